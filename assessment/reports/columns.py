"""The columns of findings and of the plan, for the workbook and for CSV: a column is one entry here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from assessment.domain.calendar import Planned
from assessment.domain.findings import Grade
from assessment.domain.planning import StepNote
from assessment.reports.summary import FindingLine, GapSummary, StandardSummary
from assessment.reports.wording import columns as wording
from assessment.reports.wording.answers import answer_in_words, evidence_in_words
from assessment.reports.wording.dates import join_and
from assessment.reports.wording.plan import forecast_in_short
from assessment.reports.wording.timeline import held_in_words
from assessment.reports.wording.verdicts import GRADES, REASONS

# What stands in a cell; several texts are joined as the format joins them, and ``None`` is an empty cell.
Value = str | tuple[str, ...] | int | float | date | None
Row = TypeVar("Row")


@dataclass(frozen=True, kw_only=True)
class Column(Generic[Row]):
    """A column: its head, its width in characters, what a row says in it, and how it looks where formats have looks."""

    head: str
    width: int
    value: Callable[[Row], Value]
    look: str = "text"


@dataclass(frozen=True, kw_only=True)
class FindingRow:
    """One finding of one standard."""

    standard: StandardSummary
    line: FindingLine


@dataclass(frozen=True, kw_only=True)
class StepRow:
    """One step of the plan, with its dates and what people say about it."""

    summary: GapSummary
    number: int
    planned: Planned
    note: StepNote
    titles: dict[str, str]


GRADE = Column[FindingRow](head=wording.GRADE, width=15, value=lambda row: str(GRADES[row.line.grade]))
FINDINGS: tuple[Column[FindingRow], ...] = (
    Column(head=wording.STANDARD, width=12, value=lambda row: row.standard.result.questionnaire.standard.name),
    Column(head=wording.EDITION, width=16, value=lambda row: row.standard.result.questionnaire.edition.name),
    Column(head=wording.CLAUSE, width=9, value=lambda row: row.line.clause),
    Column(head=wording.CLAUSE_TITLE, width=20, value=lambda row: row.line.clause_title),
    GRADE,
    Column(head=wording.WHY, width=28, value=lambda row: tuple(_reasons(row))),
    Column(head=wording.QUESTION, width=40, value=lambda row: tuple(question.asks for question in row.line.questions)),
    Column(head=wording.ANSWER, width=18, value=lambda row: tuple(_answers(row))),
    Column(head=wording.NOTE, width=40, value=lambda row: tuple(each.note for each in row.line.answers if each.note)),
    Column(head=wording.EVIDENCE, width=30, value=lambda row: tuple(filter(None, map(evidence_in_words, row.line.answers)))),
    Column(head=wording.ACTIONS, width=34, value=lambda row: tuple(action.title for action in row.line.actions)),
)
PLAN: tuple[Column[StepRow], ...] = (
    Column(head=wording.STEP, width=7, value=lambda row: row.number, look="number"),
    Column(head=wording.ACTION, width=34, value=lambda row: _action(row), look="bold"),
    Column(head=wording.STANDARDS, width=13, value=lambda row: _standards(row)),
    Column(head=wording.FROM, width=12, value=lambda row: row.planned.start),
    Column(head=wording.TO, width=12, value=lambda row: row.planned.end),
    Column(head=wording.BEGINS, width=24, value=lambda row: held_in_words(row.planned, row.titles)),
    Column(head=wording.PERSON_DAYS, width=10, value=lambda row: row.planned.step.person_days, look="days"),
    Column(head=wording.LED_BY, width=15, value=lambda row: row.planned.step.action.role),
    Column(head=wording.OWNER, width=15, value=lambda row: row.note.owner),
    Column(head=wording.DUE, width=12, value=lambda row: row.note.due),
    Column(head=wording.DONE_ON, width=12, value=lambda row: row.note.done_on),
    Column(head=wording.DONE_WHEN, width=38, value=lambda row: row.planned.step.action.done_when),
)


def finding_rows(summary: GapSummary) -> Iterator[FindingRow]:
    """Yield every finding in the order of the summary: by standard, gravest first."""
    for standard in summary.standards:
        for line in standard.findings:
            yield FindingRow(standard=standard, line=line)


def plan_columns(summary: GapSummary) -> tuple[Column[StepRow], ...]:
    """Return the columns of the plan, and one for each standard of the summary that says what a step leads to."""
    return (*PLAN, *(_leads_to(standard.result.questionnaire.standard.id, summary) for standard in summary.standards))


def plan_rows(summary: GapSummary) -> Iterator[StepRow]:
    """Yield every step in the order of the plan."""
    planned = {each.key: each for each in summary.timeline.calendar.planned}
    titles = {key: each.step.action.title for key, each in planned.items()}
    for number, step in enumerate(summary.steps, start=1):
        note = summary.notes.get(step.action.key, StepNote())
        yield StepRow(summary=summary, number=number, planned=planned[step.action.key], note=note, titles=titles)


def is_grave(row: FindingRow) -> bool:
    """Return whether a finding stands out."""
    return row.line.grade is Grade.LIKELY_MAJOR


def _reasons(row: FindingRow) -> Iterator[str]:
    """Yield why this is a finding, the gravest reason first, none twice."""
    return (str(REASONS[reason]) for reason in dict.fromkeys((row.line.reason, *row.line.reasons)))


def _answers(row: FindingRow) -> Iterator[str]:
    rules = row.standard.result.questionnaire.rules
    return (answer_in_words(answer, rules) for answer in row.line.answers)


def _action(row: StepRow) -> str:
    step = row.planned.step
    return step.action.title if step.certain else wording.perhaps(step.action.title)


def _standards(row: StepRow) -> str:
    return join_and([row.summary.result.library.standards[key].name for key in row.planned.step.standards])


def _leads_to(standard: str, summary: GapSummary) -> Column[StepRow]:
    def value(row: StepRow) -> str:
        return next((forecast_in_short(each) for each in row.planned.step.forecasts if each.standard == standard), "")

    return Column(head=wording.leads_to(summary.result.library.standards[standard].name), width=20, value=value)
