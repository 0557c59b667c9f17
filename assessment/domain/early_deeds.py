"""Deeds dated before everything else that is shown: an auditor will ask which system they looked at."""

from dataclasses import dataclass
from datetime import date

from assessment.domain.answers import Answer, AnswerSheet
from assessment.domain.freshness import done_on
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.standard import Question


@dataclass(frozen=True, kw_only=True)
class EarlyDeed:
    """A deed that counts, and the first day of which anything is named that stage 1 looks at."""

    question: Question
    done_on: date
    first_shown: date


def early_deeds(questionnaire: Questionnaire, sheet: AnswerSheet) -> tuple[EarlyDeed, ...]:
    """Return the deeds that are enough and were done before the first day of what stage 1 looks at.

    That is no proof: papers are written again. So it is a question, and moves no verdict.
    """
    applying = [question for question in questionnaire.questions if sheet.applies(question)]
    shown = [day for question in applying if question.stage == 1 and (day := _first_day(sheet.answer(question)))]
    if not shown:
        return ()
    first = min(shown)
    return tuple(
        EarlyDeed(question=question, done_on=day, first_shown=first)
        for question in applying
        if question.deed
        and (rung := sheet.rung(question)) is not None
        and rung >= question.enough
        and (day := done_on(sheet.answer(question))) is not None
        and day < first
    )


def _first_day(answer: Answer) -> date | None:
    """Return the first day of which an answer says that something was there."""
    days = [piece.dated for piece in answer.evidence if piece.dated]
    return min([*days, *([answer.last_done] if answer.last_done else [])], default=None)
