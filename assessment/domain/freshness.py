"""What was done when: until when a deed shows that it still works, what a stale one counts as, and what else is old.

The day of judgement comes in as an argument; nothing here reads a clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from assessment.domain.answers import Answer, AnswerSheet
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.standard import Question
from assessment.domain.working_days import months_later


@dataclass(frozen=True, kw_only=True)
class Freshness:
    """Until when something that was done shows that it still works."""

    question: Question
    last_done: date
    until: date


def freshness(questionnaire: Questionnaire, sheet: AnswerSheet) -> tuple[Freshness, ...]:
    """Return what has a date and grows old, the earliest first; what is old already is among it."""
    dated = []
    for question in questionnaire.growing_old:
        answer = sheet.answer(question)
        until = _fresh_until(question, answer)
        last_done = done_on(answer)
        if until and last_done and sheet.applies(question):
            dated.append(Freshness(question=question, last_done=last_done, until=until))
    return tuple(sorted(dated, key=lambda entry: entry.until))


def done_on(answer: Answer) -> date | None:
    """Return the day up to which an answer is shown: when it was last done or, where that is not told, its newest evidence."""
    return answer.last_done or max((piece.dated for piece in answer.evidence if piece.dated), default=None)


def is_stale(question: Question, answer: Answer, on: date) -> bool:
    """Tell whether a deed was last done too long ago for its rhythm, seen from a day. Without a date nothing is stale."""
    return question.deed and _is_old(question, answer, on)


def worth_another_look(questionnaire: Questionnaire, sheet: AnswerSheet, on: date) -> tuple[Question, ...]:
    """Return what is said to be enough, is no deed, and is shown by nothing but what is old: a hint, never a finding.

    Old is what was last done longer ago than is usual for the question; the rules say what is usual where it does not.
    """
    usual = questionnaire.rules.findings.look_again_months
    return tuple(
        question
        for question in questionnaire.questions
        if not question.deed
        and (rung := sheet.rung(question)) is not None
        and rung >= question.enough
        and not sheet.has_nothing_to_show(question)
        and _is_old(question, sheet.answer(question), on, usual)
    )


def as_of(sheet: AnswerSheet, questionnaires: Iterable[Questionnaire], on: date) -> AnswerSheet:
    """Return the sheet as it is judged on a day: stale deeds stand no higher than the rules let them, all else is unchanged."""
    lowered: dict[str, Answer] = {}
    for questionnaire in questionnaires:
        highest = questionnaire.rules.findings.stale_counts_as
        for question in questionnaire.growing_old:
            answer = sheet.answer(question)
            if answer.rung is not None and answer.rung > highest and is_stale(question, answer, on):
                lowered[question.ref] = replace(answer, rung=highest)
    return AnswerSheet(answers={**sheet.answers, **lowered}) if lowered else sheet


def _is_old(question: Question, answer: Answer, on: date, usual: int | None = None) -> bool:
    until = _fresh_until(question, answer, usual)
    return until is not None and until < on


def _fresh_until(question: Question, answer: Answer, usual: int | None = None) -> date | None:
    months = (question.last_done and question.last_done.fresh_for_months) or usual
    last_done = done_on(answer)
    return months_later(last_done, months) if last_done and months else None
