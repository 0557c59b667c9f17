"""What an auditor would probably find today, the verdict that follows, and what would settle it.

The vocabulary is that of ISO/IEC 17021-1 (major and minor nonconformity, opportunity for improvement); the thresholds are
ours, and stand in ``rules.toml``.
"""

from collections import Counter
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


class Verdict(IntEnum):
    """How near the organisation is to an audit."""

    TOO_EARLY = 0
    READY_FOR_STAGE_1 = 1
    READY_FOR_STAGE_2 = 2


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A likely finding against one clause. One question, except for several lapses on one clause, which name them all."""

    grade: Grade
    reason: Reason
    clause: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """The verdict as a range: the worst and the best that the open answers allow, and the questions that would settle it.

    ``settled_by`` is a smallest set of open questions: once these turn out to be enough, the best verdict is certain, whatever
    the other open answers are. Empty when nothing is in doubt.
    """

    worst: Verdict
    best: Verdict
    settled_by: tuple[Question, ...]


def findings(questionnaire: Questionnaire, sheet: AnswerSheet, on: date) -> tuple[Finding, ...]:
    """Everything an auditor would probably write on the date given: gravest first, then in clause order.

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
    """The same day some months later, or the last day of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(min(day.year + years, date.max.year), month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th day")


def _several_lapses(questionnaire: Questionnaire, found: list[Finding]) -> list[Finding]:
    """Enough minors under one clause x.y together are a likely major; the minors stay on the list with their reasons."""
    lapses: dict[str, list[Question]] = {}
    for finding in found:
        if finding.grade is Grade.LIKELY_MINOR:
            (question,) = finding.questions
            lapses.setdefault(questionnaire.clause_group(question), []).append(question)
    return [
        Finding(grade=Grade.LIKELY_MAJOR, reason=Reason.SEVERAL_LAPSES, clause=clause, questions=tuple(questions))
        for clause, questions in lapses.items()
        if len(questions) >= questionnaire.rules.lapses_for_major
    ]


def _verdict(questionnaire: Questionnaire, sheet: AnswerSheet) -> Verdict:
    """The verdict on a sheet on which nothing is open."""
    if any(q.essential and q.stage == 1 and sheet.is_gap(q) for q in questionnaire.questions):
        return Verdict.TOO_EARLY
    grades = Counter(finding.grade for finding in findings(questionnaire, sheet, date.min))
    if grades[Grade.LIKELY_MAJOR] or grades[Grade.LIKELY_MINOR] > questionnaire.rules.minors_allowed:
        return Verdict.READY_FOR_STAGE_1
    return Verdict.READY_FOR_STAGE_2


def outlook(questionnaire: Questionnaire, sheet: AnswerSheet) -> Outlook:
    """The worst and the best verdict the open answers allow, and the fewest questions that would settle it."""
    unanswered = tuple(question for question in questionnaire.questions if sheet.is_open(question))
    best = _verdict(questionnaire, sheet.with_rungs({question.ref: question.enough for question in unanswered}))
    worst = _verdict(questionnaire, sheet.with_rungs({question.ref: Rung.ABSENT for question in unanswered}))
    settled_by = () if worst is best else _settling(questionnaire, sheet, unanswered, best)
    return Outlook(worst=worst, best=best, settled_by=settled_by)


def _settling(
    questionnaire: Questionnaire, sheet: AnswerSheet, unanswered: tuple[Question, ...], best: Verdict
) -> tuple[Question, ...]:
    if best is Verdict.READY_FOR_STAGE_1:
        return tuple(question for question in unanswered if question.essential and question.stage == 1)
    return _settling_stage_2(questionnaire, sheet, unanswered)


def _settling_stage_2(
    questionnaire: Questionnaire, sheet: AnswerSheet, unanswered: tuple[Question, ...]
) -> tuple[Question, ...]:
    """Every open essential, and of the rest as many as keep the clauses and the total within the rules at the worst.

    Each question belongs to one clause group, so taking from overfull groups first is the smallest choice.
    """
    rules = questionnaire.rules
    chosen = [question for question in unanswered if question.essential]
    rest = [question for question in unanswered if not question.essential]
    gaps = [question for question in questionnaire.questions if sheet.is_gap(question)]
    under = Counter(questionnaire.clause_group(question) for question in [*gaps, *rest])
    total = len(gaps) + len(rest)
    kept = []
    for question in rest:
        group = questionnaire.clause_group(question)
        if under[group] >= rules.lapses_for_major:
            under[group] -= 1
            total -= 1
            chosen.append(question)
        else:
            kept.append(question)
    spare = max(0, total - rules.minors_allowed)
    chosen += kept[:spare]
    picked = {question.ref for question in chosen}
    return tuple(question for question in unanswered if question.ref in picked)
