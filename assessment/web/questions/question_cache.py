"""Questions with their stored answers, rendered once for each answer, so that an empty one is the same for everybody.

Without it a save and the question page after it cost 1.6 times as much processor time:
`python -m tests.tools.processor_time question-html`.
"""

from collections.abc import Callable
from functools import lru_cache

from flask import Flask, current_app, request
from markupsafe import Markup

from assessment.domain.answers import Answer, AnswerSheet
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.standard import Question
from assessment.translation import language
from assessment.web.questions.answer_form import BoundAnswer, answer_form
from assessment.web.questions.question_view import question_again, question_view
from assessment.web.shell.context import library, own_today
from assessment.web.shell.state_cache import CachedState

# Rendered questions that each worker keeps, a few kilobytes each.
QUESTIONS_KEPT = 500


def keep_questions(app: Flask) -> None:
    """Have the app keep the questions it rendered last."""
    app.extensions["question-html"] = lru_cache(maxsize=QUESTIONS_KEPT)(render_question)


def question_html(questionnaire: Questionnaire, question: Question, known: CachedState) -> Markup:
    """Return a question with its stored answer."""
    rendered: Callable[..., Markup] = current_app.extensions["question-html"]
    answer, version = known.sheet.answer(question), known.versions.get(question.ref, 0)
    return rendered(
        questionnaire.standard.id, questionnaire.edition.id, question.ref, answer, version, request.script_root, language()
    )


def render_question(standard: str, edition: str, ref: str, answer: Answer, version: int, _root: str, _language: str) -> Markup:
    """Return what `question_html` keeps: for each language, and each root of all addresses, since it links to the glossary."""
    questionnaire = library().questionnaire(standard, edition, QuestionPath.FULL)
    question = library().questions[ref]
    form = answer_form(question, answer, version, today=own_today())
    sheet = AnswerSheet(answers={ref: answer})
    return question_again(question_view(BoundAnswer(question=question, form=form), questionnaire, sheet))
