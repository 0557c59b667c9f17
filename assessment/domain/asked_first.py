"""The questions a path asks first."""

from datetime import date

from assessment.domain.answers import AnswerSheet
from assessment.domain.freshness import freshness
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.standard import Question


def asked_first(questionnaire: Questionnaire, sheet: AnswerSheet, on: date) -> tuple[Question, ...]:
    """Return the questions the questionnaire's path asks first, in clause order; all others can be answered as well.

    Quick: the ones marked for it. New in this edition: those the edition before did not ask; all where there was none. Again:
    what is open or short, every deed, and what was last done longer ago than is usual.
    """
    if questionnaire.marked is not None:
        return questionnaire.marked
    if questionnaire.path is not QuestionPath.AGAIN:
        return questionnaire.questions
    old = {entry.question.ref for entry in freshness(questionnaire, sheet) if entry.until < on}
    return tuple(
        question
        for question in questionnaire.questions
        if sheet.applies(question)
        and (question.deed or question.ref in old or sheet.is_open(question) or sheet.is_gap(question))
    )
