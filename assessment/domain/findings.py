"""What an auditor would probably find today, written by area as a certification body does.

The vocabulary is that of ISO/IEC 17021-1 (major and minor nonconformity); the thresholds are ours, and stand in ``rules.toml``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from assessment.domain.answers import AnswerSheet
from assessment.domain.clauses import clause_order
from assessment.domain.freshness import done_on, is_stale
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.reasons import MAJOR_REASONS, Reason, reason_of
from assessment.domain.shortfalls import Shortfalls
from assessment.domain.standard import Question

_GRAVEST_FIRST = tuple(Reason).index


class Grade(IntEnum):
    """How an auditor would probably grade a finding, mildest first."""

    LIKELY_MINOR = 1
    LIKELY_MAJOR = 2


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """One question that falls short within a finding, and why by itself."""

    question: Question
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A likely finding against one area: its gravest reason, and every question of the area that falls short, gravest first.

    ``clause`` is the number of the area. An area has one finding at most, and a question is in one finding at most.
    """

    grade: Grade
    reason: Reason
    clause: str
    shortfalls: tuple[Shortfall, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that fall short, gravest first."""
        return tuple(shortfall.question for shortfall in self.shortfalls)


def findings(questionnaire: Questionnaire, sheet: AnswerSheet, on: date) -> tuple[Finding, ...]:
    """Return what an auditor would probably write on the date given: likely majors first, then in clause order.

    ``sheet`` is judged as it is, so stale deeds must have been lowered before (`freshness.as_of`); the date only names the
    reason. An open question is never a finding, nor is an event that has not happened yet.
    """
    rungs = {question.ref: rung for question in questionnaire.questions if (rung := sheet.rung(question)) is not None}
    short = Shortfalls(questionnaire, rungs, excluded=False, bad_exclusions=0)
    by_area: dict[str, list[Shortfall]] = {}
    for ref in rungs:
        question = questionnaire.by_ref[ref]
        if short.is_short(question):
            reason = _reason(questionnaire, question, sheet, on)
            area = questionnaire.areas[question.ref]
            by_area.setdefault(area, []).append(Shortfall(question=question, reason=reason))
    lapsed = {questionnaire.area(clause) for clause in short.low if short.is_lapsed(clause)}
    written = (_finding(area, shortfalls, several_lapses=area in lapsed) for area, shortfalls in by_area.items())
    return tuple(sorted(written, key=lambda finding: (-finding.grade, clause_order(finding.clause))))


def _reason(questionnaire: Questionnaire, question: Question, sheet: AnswerSheet, on: date) -> Reason:
    answer = sheet.answer(question)
    reason = None if answer.rung is None else reason_of(question, answer.rung, questionnaire.rules.findings)
    if reason is Reason.DEED_NOT_DONE and is_stale(question, answer, on):
        return Reason.DEED_STALE
    return reason or Reason.BELOW_ENOUGH


def _finding(area: str, shortfalls: Iterable[Shortfall], *, several_lapses: bool) -> Finding:
    ordered = tuple(sorted(shortfalls, key=lambda shortfall: _GRAVEST_FIRST(shortfall.reason)))
    reason = ordered[0].reason
    if several_lapses and reason not in MAJOR_REASONS:
        reason = Reason.SEVERAL_LAPSES
    grade = Grade.LIKELY_MAJOR if reason in MAJOR_REASONS else Grade.LIKELY_MINOR
    return Finding(grade=grade, reason=reason, clause=area, shortfalls=ordered)


def not_shown_yet(questionnaire: Questionnaire, sheet: AnswerSheet) -> tuple[Question, ...]:
    """Return what is said to be enough without anything named that shows it: no evidence, or a deed without any date.

    That is a list of its own and no finding. Where nothing has happened yet there is nothing to show.
    """
    answered = ((question, sheet.answer(question)) for question in questionnaire.questions)
    return tuple(
        question
        for question, answer in answered
        if answer.rung is not None
        and answer.rung >= question.enough
        and (not answer.evidence or (question.deed and done_on(answer) is None))
        and not sheet.has_nothing_to_show(question)
    )


def nothing_to_show_yet(questionnaire: Questionnaire, sheet: AnswerSheet) -> tuple[Question, ...]:
    """Return the events that have not happened yet, where people know the way: they conform."""
    return tuple(question for question in questionnaire.questions if sheet.has_nothing_to_show(question))
