"""Every component in every state on one page, ``/design``: for developers, and never there unless a setting asks for it."""

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, current_app, render_template
from markupsafe import Markup

from assessment.domain.answers import NO_ANSWER, Answer, AnswerSheet, State, on_rung
from assessment.domain.library import Library
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.result import Result, assess
from assessment.domain.rules import Rung
from assessment.domain.sample import Sample
from assessment.domain.standard import Question
from assessment.domain.timeline import timeline
from assessment.reports.charts import KINDS, chapter_scores, coverage, dumbbell, plan_chart, principle_scores
from assessment.reports.summary import summarise
from assessment.reports.worklist import FINDINGS, Filter, worklist
from assessment.web.organisation.chapters import chapter_spine
from assessment.web.questions.answer_form import BoundAnswer, answer_form
from assessment.web.questions.question_view import question_again, question_view
from assessment.web.shell.context import library, now
from assessment.web.shell.forms import FormError, PageForm
from assessment.web.wording.questions import STATUSES

blueprint = Blueprint("components", __name__)

ROLES = (
    *("canvas", "surface", "field", "line", "line-strong", "text", "text-quiet", "accent", "accent-strong", "accent-soft"),
    *("on-accent", "focus", "attention", "attention-soft", "problem", "problem-soft", "positive", "series-1", "series-2"),
)
# A range of nothing, of everything, a wide one, one that is settled, and full marks.
RANGES = ((0, 0), (0, 100), (58, 71), (42, 42), (100, 100))
LONG_NAME = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 2


@blueprint.get("/design")
def show() -> str:
    """Show every component, with the sample organisation and with what is empty, full, long or wrong."""
    read: Callable[[], Sample] = current_app.extensions["demo"]
    sample, content, today = read(), library(), now().date()
    result = assess(content, sample.questionnaires, sample.sheet, sample.profile, today)
    ahead = timeline(result, start=today, days_a_week=result.days_a_week, offered=())
    first = sample.questionnaires[0]
    summary = summarise(result, sample.organisation, "", [each.standard.id for each in sample.questionnaires])
    rows = [row for each in worklist(summary, Filter()).standards for kind in FINDINGS for row in each.rows.get(kind, ())[:2]]
    return render_template(
        "components.html",
        roles=ROLES,
        ranges=RANGES,
        statuses=STATUSES,
        long_name=LONG_NAME,
        result=result,
        findings=rows,
        here=lambda _question: "#work",
        spines=_spines(first, sample.sheet),
        chart=dumbbell(chapter_scores(result.standards, "Chapter by chapter")),
        principles=dumbbell(principle_scores(result.standards[0])),
        covered=coverage(first, sample.sheet),
        kinds=KINDS,
        calendar=plan_chart(ahead.calendar, ahead.floor, result.steps[:8], sample.questionnaires, today=today),
        questions=_questions(first),
        nothing=_nothing_answered(content, sample, result),
        errors=[FormError(href="#name", text="Give the organisation a name.")],
        form=PageForm(),
    )


def _spines(questionnaire: Questionnaire, sheet: AnswerSheet) -> list[tuple[str, object]]:
    full = AnswerSheet(answers={each.ref: on_rung(each.enough) for each in questionnaire.questions})
    return [
        ("Nothing answered", chapter_spine(None, questionnaire, AnswerSheet())),
        ("In progress", chapter_spine(None, questionnaire, sheet)),
        ("All met", chapter_spine(None, questionnaire, full)),
    ]


def _nothing_answered(content: Library, sample: Sample, result: Result) -> Result:
    return assess(content, sample.questionnaires[:1], AnswerSheet(), result.profile, result.on)


def _questions(questionnaire: Questionnaire) -> list[Markup]:
    """Render a question in five states: not answered, answered, not known, does not apply, and with an error."""
    excludable = [each for each in questionnaire.questions if each.may_not_apply]
    others = [each for each in questionnaire.questions if not each.may_not_apply]
    answers = (
        (others[0], NO_ANSWER),
        (others[1], replace(on_rung(Rung.IN_USE), note="Only the workshop so far.")),
        (others[2], Answer(state=State.UNKNOWN, who="The production manager")),
        (excludable[0], Answer(state=State.NOT_APPLICABLE, reason="We do not design anything.")),
    )
    shown = [_question(questionnaire, question, answer) for question, answer in answers]
    return [*shown, _question(questionnaire, excludable[1], Answer(state=State.NOT_APPLICABLE), wrong=True)]


def _question(questionnaire: Questionnaire, question: Question, answer: Answer, *, wrong: bool = False) -> Markup:
    form = answer_form(question, answer, 0 if answer is NO_ANSWER else 1, today=now().date())
    view = question_view(BoundAnswer(question=question, form=form), questionnaire, AnswerSheet())
    reason = view.not_applicable.reason.name if view.not_applicable else ""
    return question_again(replace(view, errors={reason: "Say why this does not apply."}) if wrong else view)
