"""The plan in time: its dates, what holds them, the days of auditors, and its steps with owner, due date and done."""

from collections.abc import Iterator, Mapping

from assessment.domain.calendar import Planned
from assessment.domain.planning import Step as PlanStep
from assessment.domain.planning import StepNote
from assessment.reports.charts.timeline import PlanInTime, plan_in_time
from assessment.reports.outline.auditors import auditor_days
from assessment.reports.outline.blocks import (
    Block,
    Calendar,
    Cell,
    Facts,
    Look,
    Run,
    Section,
    Step,
    Table,
    bullets,
    cell,
    facts,
    heading,
    paragraph,
    said,
    strong,
    table,
)
from assessment.reports.outline.held import held, shortened
from assessment.reports.summary import GapSummary
from assessment.reports.wording import (
    advice,
    auditors,
    audits,
    charts,
    plan,
    timeline,
    worksheet_actions,
)
from assessment.reports.wording.dates import day_in_short, day_in_words, days_in_words, join_and


def notices(summary: GapSummary) -> Iterator[Block]:
    """Yield the way that is taken, deadlines and warnings of the standards the summary is about."""
    yield paragraph(advice.way_taken(summary.result), Look.NOTE)
    for text in (*said_of_dates(summary), *timeline.said_of_stale_deeds(summary.timeline, summary.questionnaires)):
        yield paragraph(text, Look.NOTE)
    for text in audits.said_of_audits(summary.open_majors, summary.audit_findings, summary.result):
        yield paragraph(text, Look.NOTE)


def said_of_dates(summary: GapSummary) -> list[str]:
    """Return what is said of the dates of the standards the summary is about."""
    return timeline.said_of_dates(summary.timeline, summary.questionnaires)


def planned(summary: GapSummary) -> Section:
    """Return the dates, what holds them, the calendar, and every step."""
    dated = {each.key: each for each in summary.timeline.calendar.planned}
    has_way = summary.result.way or not summary.upkeep
    work = plan.work(summary.result, summary.steps, summary.shown, summary.timeline.been)
    lead = [paragraph(work, Look.LEAD)] if has_way else []
    spread = [paragraph(plan.spread(summary.result, summary.steps))] if summary.steps else []
    spread += [paragraph(text) for text in plan.roles_in_one_hand(summary.result, summary.steps)]
    blocks: list[Block] = [
        *lead,
        *spread,
        *notices(summary),
        *held(summary),
        *_dates(summary),
        heading(auditors.TITLE),
        *auditor_days(summary.result),
    ]
    if summary.steps:
        titles = {key: one.step.action.title for key, one in dated.items()}
        blocks += [
            heading(plan.CALENDAR),
            _calendar(summary),
            heading(plan.WHO_DOES_WHAT),
            _steps(summary, dated),
            heading(plan.ONE_BY_ONE),
            paragraph(plan.ONE_BY_ONE_ABOUT),
        ]
        for number, step in enumerate(summary.steps, start=1):
            begins = timeline.held_in_words(dated[step.key], titles)
            blocks.append(_step(summary, number, step, plan.effort(step, dated[step.key], begins)))
    blocks += _actions(summary)
    return Section(key="plan", title=str(plan.TITLE), blocks=tuple(blocks))


def _dates(summary: GapSummary) -> Iterator[Block]:
    ahead, library = summary.timeline, summary.result.library
    shown = summary.milestones
    if not shown:
        return
    if_enough = ahead.certificates_if_open_is_enough
    yield heading(plan.DATES)
    yield table(
        plan.DATES,
        (plan.STANDARD, plan.STAGE_1, plan.STAGE_2, plan.CERTIFICATE, plan.IF_ENOUGH),
        (
            (
                cell(library.standards[dates.standard].name),
                cell(day_in_words(dates.stage_1)),
                cell(day_in_words(dates.stage_2)),
                cell(strong(day_in_words(dates.certificate))),
                cell(day_in_words(if_enough[dates.standard])),
            )
            for dates in shown
        ),
        shares=(20, 20, 20, 20, 20),
    )
    for dates in shown:
        yield heading(plan.what_holds(library.standards[dates.standard].name), level=3)
        yield paragraph(timeline.chain_in_words(dates, ahead.floor.milestones[dates.standard]))
        yield bullets(timeline.forward_in_words(ahead, dates.standard, summary.result))


def _calendar(summary: GapSummary) -> Calendar:
    questionnaires = summary.questionnaires
    done = {key for key, note in summary.notes.items() if note.done_on}
    shown: PlanInTime = plan_in_time(
        summary.timeline.calendar, summary.timeline.floor, summary.steps, questionnaires, done=done
    )
    return Calendar(plan=shown, names=tuple(map(str, charts.CALENDAR_NAMES)))


def _steps(summary: GapSummary, dated: Mapping[str, Planned]) -> Table:
    def row(number: int, step: PlanStep) -> tuple[Cell, ...]:
        note, dates = summary.notes.get(step.key, StepNote()), dated[step.key]
        overdue = str(plan.OVERDUE) if plan.is_overdue(note, summary.on) else ""
        return (
            cell(str(number)),
            cell(step.action.title),
            cell(day_in_short(dates.start), day_in_short(dates.end)),
            cell(days_in_words(step.person_days)),
            cell(said(shortened(note.owner)) if note.owner else step.action.role),
            cell(day_in_short(note.due) if note.due else "", strong(overdue) if overdue else ""),
            cell(day_in_short(note.done_on) if note.done_on else ""),
        )

    rows = (row(number, step) for number, step in enumerate(summary.steps, start=1))
    return table(plan.STEPS, plan.STEPS_HEAD, rows, shares=(6, 31, 14, 10, 15, 12, 12))


def _actions(summary: GapSummary) -> Iterator[Block]:
    """Yield the actions of worksheets: steps that people wrote down, with the lines they are for."""
    if not summary.actions:
        return
    yield heading(worksheet_actions.TITLE)
    yield paragraph(worksheet_actions.ABOUT)
    rows = (
        (
            cell(action.line.id),
            cell(said(action.title)),
            cell(said(worksheet_actions.because(action)), "" if action.note.done_on else action.before),
            cell(said(shortened(action.note.owner))),
            cell(
                worksheet_actions.due_in_short(action),
                strong(str(plan.OVERDUE)) if plan.is_overdue(action.note, summary.on) else "",
            ),
            cell(
                day_in_short(action.note.done_on) if action.note.done_on else "",
                worksheet_actions.until_and_effect(action) if action.note.done_on else "",
            ),
        )
        for action in summary.actions
    )
    yield table(worksheet_actions.TITLE, worksheet_actions.HEAD, rows, shares=(8, 28, 26, 14, 12, 12))


def _step(summary: GapSummary, number: int, step: PlanStep, effort: str) -> Step:
    action, library = step.action, summary.result.library
    note = summary.notes.get(step.key, StepNote())
    standards = join_and([library.standards[key].name for key in step.standards])
    marks = (
        str(plan.MUST_NOT_WAIT) if step.urgent else "",
        str(plan.FIRST_OF_ALL) if step.first_step else "",
        "" if step.certain else str(plan.PERHAPS),
    )
    about = " ".join(part for part in (*marks, action.why, action.note) if part)
    complete = summary.worksheet_of.get(action.key)
    leads_to = (plan.forecast(library.standards[each.standard].name, each) for each in summary.result.forecasts[step.key])
    due, done = plan.due(note, summary.on), plan.done(note)
    return Step(
        number=number,
        title=action.title,
        about=((Run(text=plan.for_standards(standards), strong=True), Run(text=f" {about}")),),
        facts=_facts(
            (plan.TO_DO, cell(*action.steps)),
            (plan.DONE_WHEN, cell(action.done_when)),
            (plan.EFFORT, cell(effort)),
            (plan.LED_BY, cell(action.role)),
            (plan.OWNER, cell(said(note.owner)) if note.owner else ()),
            (plan.DUE, cell(due) if due else ()),
            (worksheet_actions.WORKSHEET, cell(worksheet_actions.how_far(complete)) if complete else ()),
            (plan.DONE, cell(done) if done else ()),
            (plan.PRODUCES, cell("; ".join(action.produces)) if action.produces else ()),
            (plan.CLAUSES, cell("; ".join(_clauses(summary, step)))),
            (plan.LEADS_TO, cell(*leads_to)),
        ),
    )


def _facts(*rows: tuple[str, Cell]) -> Facts:
    """Return the pairs that say something."""
    return facts(*(row for row in rows if row[1]))


def _clauses(summary: GapSummary, step: PlanStep) -> list[str]:
    return [
        f"{result.questionnaire.standard.name} {plan.clauses_of(step, result.questionnaire)}"
        for result in summary.result.standards
        if result.questionnaire.standard.id in step.standards
    ]
