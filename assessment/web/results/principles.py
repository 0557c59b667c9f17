"""From a principle to its questions: what is met of them and what falls short."""

from enum import StrEnum

from flask import abort, render_template

from assessment.domain.answers import AnswerSheet
from assessment.domain.standard import Question
from assessment.web.questions.question_view import question_addresses
from assessment.web.shell.context import AssessmentContext


class Standing(StrEnum):
    """How the answer to a question stands, in the order in which a page lists them."""

    SHORT = "short"
    OPEN = "open"
    MET = "met"
    EXCLUDED = "excluded"


def principle_page(opened: AssessmentContext, standard_id: str, principle_id: str) -> str:
    """Return the page of one principle of a chosen standard; a 404 where no question carries it."""
    questionnaire, result = opened.questionnaire(standard_id), opened.result()
    carried = {principle.id: (principle, questions) for principle, questions in questionnaire.by_principle}
    if principle_id not in carried:
        abort(404)
    principle, questions = carried[principle_id]
    rows: dict[Standing, list[Question]] = {standing: [] for standing in Standing}
    for question in questions:
        rows[_standing(question, result.judged)].append(question)
    return render_template(
        "results/principle.html",
        opened=opened,
        questionnaire=questionnaire,
        principle=principle,
        score=next(score for about, score in result.of(standard_id).by_principle if about.id == principle_id),
        rows={standing: those for standing, those in rows.items() if those},
        sheet=result.sheet,
        rules=result.library.rules,
        address=question_addresses(opened),
    )


def _standing(question: Question, sheet: AnswerSheet) -> Standing:
    if not sheet.applies(question):
        return Standing.EXCLUDED
    if sheet.is_open(question):
        return Standing.OPEN
    return Standing.SHORT if sheet.is_gap(question) else Standing.MET
