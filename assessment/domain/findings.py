"""What an auditor would probably find today, and what goes stale when.

The vocabulary is that of ISO/IEC 17021-1 (major and minor nonconformity, opportunity for improvement); the thresholds are
ours, and stand in ``rules.toml``.
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from assessment.domain.answers import AnswerSheet
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.standard import Question


class Grade(IntEnum):
    """How an auditor would probably grade a finding, mildest first."""

    OPPORTUNITY = 0
    LIKELY_MINOR = 1
    LIKELY_MAJOR = 2


class Reason(StrEnum):
    """Why something is a finding."""

    ESSENTIAL_MISSING = "essential-missing"
    ESSENTIAL_NOT_LIVED = "essential-not-lived"
    BELOW_ENOUGH = "below-enough"
    SEVERAL_LAPSES = "several-lapses"
    NOT_SHOWN = "not-shown"
    OUT_OF_DATE = "out-of-date"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A likely finding against one clause. One question, except for several lapses on one clause, which name them all."""

    grade: Grade
    reason: Reason
    clause: str
    questions: tuple[Question, ...]


def findings(questionnaire: Questionnaire, sheet: AnswerSheet, on: date) -> tuple[Finding, ...]:
    """Return everything an auditor would probably write on the date given: gravest first, then in clause order.

    An open question is never a finding.
    """
    found = [finding for question in questionnaire.questions if (finding := _finding(questionnaire, question, sheet, on))]
    found += _several_lapses(questionnaire, found)
    return tuple(sorted(found, key=lambda finding: -finding.grade))


def _finding(questionnaire: Questionnaire, question: Question, sheet: AnswerSheet, on: date) -> Finding | None:
    rung = sheet.rung(question)
    if rung is None or not sheet.applies(question):
        return None
    if rung < question.enough:
        grade, reason = _shortfall(questionnaire, question, rung)
    elif _not_shown(question, sheet):
        grade, reason = Grade.OPPORTUNITY, Reason.NOT_SHOWN
    elif _out_of_date(question, sheet, on):
        grade, reason = Grade.OPPORTUNITY, Reason.OUT_OF_DATE
    else:
        return None
    clause = questionnaire.clauses(question)[0]
    return Finding(grade=grade, reason=reason, clause=clause, questions=(question,))


def _shortfall(questionnaire: Questionnaire, question: Question, rung: Rung) -> tuple[Grade, Reason]:
    if not question.essential:
        return Grade.LIKELY_MINOR, Reason.BELOW_ENOUGH
    if rung <= questionnaire.rules.major_up_to:
        return Grade.LIKELY_MAJOR, Reason.ESSENTIAL_MISSING
    return Grade.LIKELY_MINOR, Reason.ESSENTIAL_NOT_LIVED


def _not_shown(question: Question, sheet: AnswerSheet) -> bool:
    answer = sheet.answer(question)
    return not answer.evidence or (question.last_done is not None and answer.last_done is None)


def _out_of_date(question: Question, sheet: AnswerSheet, on: date) -> bool:
    last_done = sheet.answer(question).last_done
    if last_done is None or question.last_done is None or question.last_done.fresh_for_months is None:
        return False
    return months_later(last_done, question.last_done.fresh_for_months) < on


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(min(day.year + years, date.max.year), month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th day")


def _several_lapses(questionnaire: Questionnaire, found: list[Finding]) -> list[Finding]:
    """Find the clauses x.y whose shortfalls together are a likely major; each stays on the list with its own reason.

    A missing essential counts as one of them; otherwise a better answer to it could add a finding.
    """
    lapses: dict[str, list[Question]] = {}
    for finding in found:
        if finding.grade is not Grade.OPPORTUNITY:
            (question,) = finding.questions
            lapses.setdefault(questionnaire.clause_group(question), []).append(question)
    return [
        Finding(grade=Grade.LIKELY_MAJOR, reason=Reason.SEVERAL_LAPSES, clause=clause, questions=tuple(questions))
        for clause, questions in lapses.items()
        if len(questions) >= questionnaire.rules.lapses_for_major
    ]


@dataclass(frozen=True, kw_only=True)
class Freshness:
    """Until when something that was done shows that it still works."""

    question: Question
    last_done: date
    until: date


def freshness(questionnaire: Questionnaire, sheet: AnswerSheet) -> tuple[Freshness, ...]:
    """Return what has a date and goes stale, the earliest first; what is stale already is among it."""
    dated = []
    for question in questionnaire.questions:
        last_done = sheet.answer(question).last_done
        months = question.last_done.fresh_for_months if question.last_done else None
        if last_done and months and sheet.applies(question):
            dated.append(Freshness(question=question, last_done=last_done, until=months_later(last_done, months)))
    return tuple(sorted(dated, key=lambda entry: entry.until))
