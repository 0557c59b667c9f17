"""What only the short report says: what an auditor would write first, the steps with their dates, and the figures."""

from collections.abc import Iterator

from assessment.domain.findings import Grade
from assessment.domain.planning import Step, StepNote
from assessment.domain.stops import Stop
from assessment.reports.key_figures import key_figures
from assessment.reports.outline.blocks import Block, Cell, Look, Section, Table, cell, facts, heading, paragraph, said, table
from assessment.reports.outline.decision import as_it_is
from assessment.reports.outline.held import before_audits, shortened
from assessment.reports.summary import FindingLine, GapSummary, StandardSummary
from assessment.reports.wording import director as words
from assessment.reports.wording import doubts, limits, plan, verdicts
from assessment.reports.wording.dates import days_in_words, span_in_short

# So many stops and likely majors of each standard, that they fit on a page; the full report has them all.
MOST_STOPS, MOST_MAJORS = 8, 12


def first_findings(summary: GapSummary) -> Section:
    """Return what would stop stage 1 and the likely majors of each standard, so many as fit."""
    blocks = [block for standard in summary.standards for block in _found(standard)]
    return Section(key="first-findings", title=str(words.FIRST_FINDINGS), blocks=tuple(blocks))


def _found(standard: StandardSummary) -> Iterator[Block]:
    result = standard.result
    edition = result.questionnaire.edition.name
    yield heading(edition)
    yield paragraph(verdicts.rehearsal_in_words(result, standard.been))
    if result.stops:
        rows = (_stop(stop, standard) for stop in result.stops[:MOST_STOPS])
        yield heading(words.stops_table(edition), level=3)
        yield table(words.stops_table(edition), words.WHAT_STOPS, rows, shares=(9, 52, 39))
        yield from _more(len(result.stops) - MOST_STOPS)
    majors = [line for line in standard.findings if line.grade is Grade.LIKELY_MAJOR]
    if majors:
        yield heading(words.majors_table(edition), level=3)
        yield table(words.majors_table(edition), words.MAJORS_HEAD, map(_major, majors[:MOST_MAJORS]), shares=(9, 27, 38, 26))
        yield from _more(len(majors) - MOST_MAJORS)


def _stop(stop: Stop, standard: StandardSummary) -> tuple[Cell, ...]:
    why = cell(str(verdicts.STOPS[stop.reason]))
    if stop.question is None:
        return cell(""), cell(str(verdicts.WHOLE_SYSTEM)), why
    return cell(", ".join(standard.result.questionnaire.clauses(stop.question))), cell(stop.question.asks), why


def _major(line: FindingLine) -> tuple[Cell, ...]:
    to_do = line.actions[0].title if line.actions else ""
    return cell(line.clause), cell(line.clause_title), cell(as_it_is(line)), cell(to_do)


def _more(count: int) -> Iterator[Block]:
    if count > 0:
        yield paragraph(words.and_more(count), Look.QUIET)


def short_plan(summary: GapSummary) -> Section:
    """Return how much work it is, and every step with its dates and who does it."""
    work = plan.work(summary.result, summary.steps, summary.shown, summary.timeline.been)
    blocks: list[Block] = [paragraph(work, Look.LEAD)]
    if summary.steps:
        blocks.append(_steps(summary))
    blocks += before_audits(summary)
    return Section(key="plan", title=str(plan.TITLE), blocks=tuple(blocks))


def _steps(summary: GapSummary) -> Table:
    dated = {planned.key: planned for planned in summary.timeline.calendar.planned}

    def row(number: int, step: Step) -> tuple[Cell, ...]:
        note, dates = summary.notes.get(step.key, StepNote()), dated[step.key]
        when = words.done_on(note.done_on) if note.done_on else span_in_short(dates.start, dates.end)
        due = "" if note.done_on or note.due is None else words.due_on(note.due, overdue=plan.is_overdue(note, summary.on))
        who = cell(said(shortened(note.owner))) if note.owner else cell(step.action.role)
        return cell(str(number)), cell(step.action.title), cell(when, due), cell(days_in_words(step.person_days)), who

    rows = (row(number, step) for number, step in enumerate(summary.steps, start=1))
    return table(plan.STEPS, words.STEPS_HEAD, rows, shares=(5, 42, 24, 10, 19))


def figures(summary: GapSummary) -> Section:
    """Return the figures that every format shows, the limits, and what the report was made with."""
    library = summary.result.library
    blocks: list[Block] = []
    for standard in summary.standards:
        blocks.append(heading(standard.result.questionnaire.edition.name))
        blocks.append(facts(*((label, cell(value)) for label, value in key_figures(summary, standard).items())))
    blocks += [
        heading(limits.TITLE),
        *(paragraph(warning, Look.NOTE) for each in summary.standards for warning in doubts.doubts(each.result)),
        paragraph(limits.SELF_ASSESSMENT),
        paragraph(limits.NOT_AFFILIATED),
        paragraph(words.IN_FULL),
        paragraph(limits.made_with(summary.product_version, library.rules.revision)),
        paragraph(library.content_hash, Look.QUIET),
    ]
    return Section(key="figures", title=str(words.FIGURES), blocks=tuple(blocks))
