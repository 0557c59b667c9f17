"""The plan in time: its dates, what holds them, and its steps with owner, due date and done."""

from collections.abc import Iterator

from assessment.domain.calendar import Planned
from assessment.domain.planning import Step, StepNote
from assessment.reports import calendar_words, words
from assessment.reports.outline.blocks import (
    Block,
    Cell,
    Facts,
    Look,
    Section,
    Table,
    bullets,
    cell,
    facts,
    heading,
    paragraph,
    said,
)
from assessment.reports.summary import GapSummary

NOTHING_SHORT = "Nothing is short of what is enough. Keep the evidence fresh and book the audit."


def work(summary: GapSummary) -> str:
    """How much work the plan is, at which pace."""
    if not summary.steps:
        return NOTHING_SHORT
    result = summary.result
    days = words.days_in_words(sum(step.person_days for step in summary.steps))
    assumed = " (assumed, since the profile does not say)" if result.profile.days_a_week() is None else ""
    pace = f"{calendar_words.a_week(result.days_a_week)}{assumed}"
    text = f"{words.plural(len(summary.steps), 'step', 'steps')}, {days} of work, at {pace}."
    if result.size_known:
        return text
    return f"{text} Effort is for a small organisation, because the profile does not say yet how many people you are."


def notices(summary: GapSummary) -> Iterator[Block]:
    """Deadlines and warnings of the standards the summary is about."""
    wanted = [each.result.questionnaire for each in summary.standards]
    names = {each.standard.id: each.standard.name for each in wanted}
    for check in summary.timeline.deadlines:
        if check.standard in names:
            text = calendar_words.deadline_in_words(check, names[check.standard], summary.result.days_a_week)
            yield paragraph(text, Look.NOTE)
    for text in calendar_words.warnings_in_words(summary.timeline, wanted):
        yield paragraph(text, Look.NOTE)


def plan(summary: GapSummary) -> Section:
    """The dates, what holds them, and every step."""
    planned = {each.key: each for each in summary.timeline.calendar.planned}
    blocks: list[Block] = [paragraph(work(summary), Look.LEAD), *notices(summary), *_dates(summary)]
    if summary.steps:
        numbered = list(enumerate(summary.steps, start=1))
        blocks += [heading("The steps"), _steps(summary, planned), heading("Each step in full")]
        for number, step in numbered:
            blocks.append(heading(f"{number}. {step.action.title}", level=3))
            blocks.append(_step(summary, step, planned[step.action.key]))
    return Section(key="plan", title="The plan", blocks=tuple(blocks))


def _dates(summary: GapSummary) -> Iterator[Block]:
    timeline, library = summary.timeline, summary.result.library
    shown = [timeline.calendar.milestones[each.result.questionnaire.standard.id] for each in summary.standards]
    if_enough = timeline.if_open_is_enough.milestones
    yield heading("The earliest honest dates")
    yield Table(
        caption="Dates by standard",
        head=("Standard", "Stage 1", "Stage 2", "Certificate", "If every open answer is enough"),
        rows=tuple(
            (
                cell(library.standards[each.standard].name),
                *(cell(words.day_in_words(day)) for day in (each.stage_1, each.stage_2, each.certificate)),
                cell(words.day_in_words(if_enough[each.standard].certificate)),
            )
            for each in shown
        ),
        shares=(20, 20, 20, 20, 20),
    )
    titles = {each.key: each.step.action.title for each in timeline.calendar.planned}
    for each in shown:
        name = library.standards[each.standard].name
        yield heading(f"What holds the date of {name}, and what would bring it forward")
        yield paragraph(calendar_words.chain_in_words(each))
        if each.chain:
            yield bullets(
                (
                    f"{one.step.action.title}: {words.day_in_words(one.start)} to {words.day_in_words(one.end)}, "
                    f"begins {calendar_words.held_in_words(one, titles)}."
                    for one in each.chain
                ),
                numbered=True,
            )
        yield paragraph("What would bring it forward:")
        yield bullets(f"{text[:1].upper()}{text[1:]}." for text in calendar_words.forward_in_words(timeline, each.standard))


def _steps(summary: GapSummary, planned: dict[str, Planned]) -> Table:
    def row(number: int, step: Step) -> tuple[Cell, ...]:
        note, dates = summary.notes.get(step.action.key, StepNote()), planned[step.action.key]
        return (
            cell(str(number)),
            cell(step.action.title),
            cell(f"{words.day_in_words(dates.start)} to {words.day_in_words(dates.end)}"),
            cell(words.days_in_words(step.person_days)),
            cell(said(note.owner) if note.owner else step.action.role),
            cell(words.day_in_words(note.due) if note.due else "", "Overdue" if _overdue(summary, note) else ""),
            cell(words.day_in_words(note.done_on) if note.done_on else ""),
        )

    return Table(
        caption="The steps in order",
        head=("No.", "Step", "When", "Work", "Owner, or role", "Due", "Done"),
        rows=tuple(row(number, step) for number, step in enumerate(summary.steps, start=1)),
        shares=(5, 25, 20, 9, 17, 12, 12),
    )


def _overdue(summary: GapSummary, note: StepNote) -> bool:
    return bool(note.due and not note.done_on and note.due < summary.on)


def _step(summary: GapSummary, step: Step, dates: Planned) -> Facts:
    action, library = step.action, summary.result.library
    note = summary.notes.get(action.key, StepNote())
    weeks = words.plural(action.weeks, "week", "weeks")
    marks = ["Recommended before everything else."] if step.first_step else []
    marks += [] if step.certain else ["Only if the open answers turn out short."]
    overdue = " Overdue." if _overdue(summary, note) else ""
    return facts(
        ("For", cell(words.join_and([library.standards[each].name for each in step.standards]), *marks)),
        ("Why", cell(action.why, action.note)),
        ("What to do", cell(*action.steps)),
        ("Done when", cell(action.done_when)),
        ("Effort", cell(f"{words.days_in_words(step.person_days)} of work, at least {weeks} (our judgement)")),
        ("When", cell(f"{words.day_in_words(dates.start)} to {words.day_in_words(dates.end)}")),
        ("Led by", cell(action.role)),
        ("Owner", cell(said(note.owner))) if note.owner else None,
        ("Due", cell(f"{words.day_in_words(note.due)}.{overdue}")) if note.due else None,
        ("Done", cell(f"{words.day_in_words(note.done_on)}. Its answers change only when they are taken over."))
        if note.done_on
        else None,
        ("Produces", cell(*action.produces)),
        ("Clauses", cell(*_clauses(summary, step))),
        ("Leads to", cell(*_forecasts(summary, step))),
    )


def _clauses(summary: GapSummary, step: Step) -> list[str]:
    return [
        f"{each.questionnaire.standard.name} {words.clauses_of(step, each.questionnaire)}"
        for each in summary.result.standards
        if each.questionnaire.standard.id in step.standards
    ]


def _forecasts(summary: GapSummary, step: Step) -> list[str]:
    names = {each.id: each.name for each in summary.result.library.standards.values()}
    return [
        f"{names[each.standard]} {words.percent_range(each.score)}, {words.lower_first(words.verdict_in_words(each))}"
        for each in step.forecasts
    ]
