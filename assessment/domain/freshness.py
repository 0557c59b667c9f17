"""What was done when: until when a deed shows that it still works, and what a stale one counts as.

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
        if until and answer.last_done and sheet.applies(question):
            dated.append(Freshness(question=question, last_done=answer.last_done, until=until))
    return tuple(sorted(dated, key=lambda entry: entry.until))


def is_stale(question: Question, answer: Answer, on: date) -> bool:
    """Tell whether a deed was last done too long ago for its rhythm, seen from a day. Without a date nothing is stale."""
    return question.deed and _is_old(question, answer, on)


def worth_another_look(questionnaire: Questionnaire, sheet: AnswerSheet, on: date) -> tuple[Question, ...]:
    """Return what is no deed and was last done longer ago than is usual: a hint, never a finding."""
    return tuple(
        question
        for question in questionnaire.growing_old
        if not question.deed and sheet.rung(question) is not None and _is_old(question, sheet.answer(question), on)
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


def _is_old(question: Question, answer: Answer, on: date) -> bool:
    until = _fresh_until(question, answer)
    return until is not None and until < on


def _fresh_until(question: Question, answer: Answer) -> date | None:
    if answer.last_done is None or question.last_done is None or question.last_done.fresh_for_months is None:
        return None
    return months_later(answer.last_done, question.last_done.fresh_for_months)
