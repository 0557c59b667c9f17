"""The columns of findings and of the plan, for the workbook and for CSV: a column is one entry here."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from assessment.domain.answers import Answer
from assessment.domain.calendar import Planned
from assessment.domain.early_deeds import EarlyDeed
from assessment.domain.exclusions import Doubt
from assessment.domain.findings import Grade
from assessment.domain.planning import Step, StepNote
from assessment.domain.standard import Action, Question
from assessment.domain.stops import Stop
from assessment.reports.summary import FindingLine, GapSummary, StandardSummary
from assessment.reports.wording import columns as wording
from assessment.reports.wording import doubts, verdicts
from assessment.reports.wording.answers import answer_in_words, evidence_in_words
from assessment.reports.wording.before_audits import begins
from assessment.reports.wording.dates import join_and
from assessment.reports.wording.plan import forecast_in_short
from assessment.reports.wording.timeline import held_in_words
from assessment.reports.wording.worksheet_actions import from_worksheet, how_far_in_short, until_and_effect

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
    """What an auditor would stop at, write, or still ask to be shown, in one standard. A grave row stands out.

    ``clause`` is empty for what concerns the whole of the system.
    """

    standard: StandardSummary
    grade: str
    is_grave: bool
    clause: str
    title: str
    reasons: tuple[str, ...]
    questions: tuple[Question, ...]
    actions: tuple[Action, ...]

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answers to its questions."""
        return tuple(self.standard.answer(question) for question in self.questions)


@dataclass(frozen=True, kw_only=True)
class StepRow:
    """One step of the plan: its action with its dates, a step before the next audit, or an action of a worksheet.

    The latter two have no dates but their due day; ``step`` is ``None`` for the last.
    """

    number: int | str
    title: str
    standards: str
    step: Step | None
    planned: Planned | None
    begins: str
    note: StepNote
    done_when: str

    @property
    def role(self) -> str:
        """Who usually leads it."""
        return self.step.action.role if self.step else ""

    @property
    def person_days(self) -> float | None:
        """How much work it is, where that is known."""
        return self.step.person_days if self.step else None


GRADE = Column[FindingRow](head=wording.GRADE, width=15, value=lambda row: row.grade)
FINDINGS: tuple[Column[FindingRow], ...] = (
    Column(head=wording.STANDARD, width=12, value=lambda row: row.standard.result.questionnaire.standard.name),
    Column(head=wording.EDITION, width=16, value=lambda row: row.standard.result.questionnaire.edition.name),
    Column(head=wording.CLAUSE, width=9, value=lambda row: row.clause),
    Column(head=wording.CLAUSE_TITLE, width=20, value=lambda row: row.title),
    GRADE,
    Column(head=wording.WHY, width=28, value=lambda row: row.reasons),
    Column(head=wording.QUESTION, width=40, value=lambda row: tuple(question.asks for question in row.questions)),
    Column(head=wording.ANSWER, width=18, value=lambda row: tuple(_answers(row))),
    Column(head=wording.NOTE, width=40, value=lambda row: tuple(answer.note for answer in row.answers if answer.note)),
    Column(head=wording.EVIDENCE, width=30, value=lambda row: tuple(filter(None, map(evidence_in_words, row.answers)))),
    Column(head=wording.ACTIONS, width=34, value=lambda row: tuple(action.title for action in row.actions)),
)
PLAN: tuple[Column[StepRow], ...] = (
    Column(head=wording.STEP, width=7, value=lambda row: row.number, look="number"),
    Column(head=wording.ACTION, width=34, value=lambda row: row.title, look="bold"),
    Column(head=wording.STANDARDS, width=13, value=lambda row: row.standards),
    Column(head=wording.FROM, width=12, value=lambda row: row.planned.start if row.planned else None),
    Column(head=wording.TO, width=12, value=lambda row: row.planned.end if row.planned else None),
    Column(head=wording.BEGINS, width=24, value=lambda row: row.begins),
    Column(head=wording.PERSON_DAYS, width=10, value=lambda row: row.person_days, look="days"),
    Column(head=wording.LED_BY, width=15, value=lambda row: row.role),
    Column(head=wording.OWNER, width=15, value=lambda row: row.note.owner),
    Column(head=wording.DUE, width=12, value=lambda row: row.note.due),
    Column(head=wording.DONE_ON, width=12, value=lambda row: row.note.done_on),
    Column(head=wording.DONE_WHEN, width=38, value=lambda row: row.done_when),
)


def finding_rows(summary: GapSummary) -> Iterator[FindingRow]:
    """Yield by standard what would stop stage 1, every finding, gravest first, then doubts, what is not shown, what is old."""
    for standard in summary.standards:
        yield from (_stop(summary, standard, stop) for stop in standard.result.stops)
        yield from (_finding(standard, line) for line in standard.findings)
        yield from (_doubt(standard, doubt) for doubt in standard.result.doubtful_exclusions)
        yield from (_early(standard, deed) for deed in standard.result.early_deeds)
        yield from (_on_paper(standard) for _ in standard.result.only_on_paper[:1])
        for grade, questions in (
            (verdicts.NOT_SHOWN_TITLE, standard.result.not_shown_yet),
            (verdicts.LOOK_AGAIN_TITLE, standard.result.worth_another_look),
        ):
            yield from (_remark(standard, str(grade), question) for question in questions)


def _stop(summary: GapSummary, standard: StandardSummary, stop: Stop) -> FindingRow:
    clause = standard.result.questionnaire.clauses(stop.question)[0] if stop.question else ""
    return FindingRow(
        standard=standard,
        grade=str(verdicts.WOULD_STOP),
        is_grave=True,
        clause=clause,
        title=standard.result.questionnaire.clause_title(clause) if clause else str(verdicts.WHOLE_SYSTEM),
        reasons=(str(verdicts.STOPS[stop.reason]),),
        questions=(stop.question,) if stop.question else (),
        actions=summary.result.actions_for(stop.question) if stop.question else (),
    )


def _finding(standard: StandardSummary, line: FindingLine) -> FindingRow:
    return FindingRow(
        standard=standard,
        grade=str(verdicts.GRADES[line.grade]),
        is_grave=line.grade is Grade.LIKELY_MAJOR,
        clause=line.clause,
        title=line.clause_title,
        reasons=verdicts.reasons_in_words(line.reason, line.reasons),
        questions=line.questions,
        actions=line.actions,
    )


def _doubt(standard: StandardSummary, doubt: Doubt) -> FindingRow:
    return FindingRow(
        standard=standard,
        grade=str(doubts.WILL_ASK),
        is_grave=False,
        clause=doubt.clause,
        title=standard.result.questionnaire.clause_title(doubt.clause),
        reasons=(doubts.doubtful(doubt, standard.result.questionnaire),),
        questions=(doubt.question,) if doubt.question else (),
        actions=(),
    )


def _early(standard: StandardSummary, deed: EarlyDeed) -> FindingRow:
    row = _remark(standard, str(doubts.WILL_ASK), deed.question)
    return replace(row, reasons=(doubts.early_in_words(deed, standard.result.questionnaire),))


def _on_paper(standard: StandardSummary) -> FindingRow:
    return FindingRow(
        standard=standard,
        grade=str(doubts.WILL_ASK),
        is_grave=False,
        clause="",
        title=str(verdicts.WHOLE_SYSTEM),
        reasons=(doubts.paper_in_words(standard.result),),
        questions=standard.result.only_on_paper,
        actions=(),
    )


def _remark(standard: StandardSummary, grade: str, question: Question) -> FindingRow:
    clause = standard.result.questionnaire.clauses(question)[0]
    return FindingRow(
        standard=standard,
        grade=grade,
        is_grave=False,
        clause=clause,
        title=standard.result.questionnaire.clause_title(clause),
        reasons=(),
        questions=(question,),
        actions=(),
    )


def plan_columns(summary: GapSummary) -> tuple[Column[StepRow], ...]:
    """Return the columns of the plan, and one for each standard of the summary that says what a step leads to."""
    return (*PLAN, *(_leads_to(standard.result.questionnaire.standard.id, summary) for standard in summary.standards))


def plan_rows(summary: GapSummary) -> Iterator[StepRow]:
    """Yield the steps of the plan, those before audits of what is held, then actions of worksheets, first what is due first."""
    planned = {each.key: each for each in summary.timeline.calendar.planned}
    titles = {key: each.step.action.title for key, each in planned.items()}
    for number, step in enumerate(summary.steps, start=1):
        title = step.action.title if step.certain else wording.perhaps(step.action.title)
        complete = summary.worksheet_of.get(step.action.key)
        yield StepRow(
            number=number,
            title=how_far_in_short(title, complete) if complete else title,
            standards=_names(summary, step.standards),
            step=step,
            planned=planned[step.key],
            begins=held_in_words(planned[step.key], titles),
            note=summary.notes.get(step.key, StepNote()),
            done_when=step.action.done_when,
        )
    for each in summary.before_audits:
        yield StepRow(
            number=each.number,
            title=each.step.action.title if each.step.certain else wording.perhaps(each.step.action.title),
            standards=_names(summary, each.step.standards),
            step=each.step,
            planned=None,
            begins=begins(each, summary.result),
            note=summary.notes.get(each.step.key, StepNote()),
            done_when=each.step.action.done_when,
        )
    for action in summary.actions:
        yield StepRow(
            number=action.line.id,
            title=action.title,
            standards=_names(summary, action.standards),
            step=None,
            planned=None,
            begins="; ".join(text for text in (from_worksheet(action), until_and_effect(action)) if text),
            note=action.note,
            done_when="",
        )


def _answers(row: FindingRow) -> Iterator[str]:
    rules = row.standard.result.questionnaire.rules
    return (answer_in_words(answer, rules) for answer in row.answers)


def _names(summary: GapSummary, standards: Iterable[str]) -> str:
    return join_and([summary.result.library.standards[key].name for key in standards])


def _leads_to(standard: str, summary: GapSummary) -> Column[StepRow]:
    def value(row: StepRow) -> str:
        forecasts = summary.result.forecasts[row.planned.key] if row.planned else ()
        return next((forecast_in_short(each) for each in forecasts if each.standard == standard), "")

    return Column(head=wording.leads_to(summary.result.library.standards[standard].name), width=20, value=value)
