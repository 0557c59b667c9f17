"""Results, advice, findings and plan: what the domain decides, shown at any time."""

from functools import partial

from flask import Blueprint, render_template

from assessment.domain.audit_time import in_half_days
from assessment.domain.findings import Grade
from assessment.domain.rights import Right
from assessment.reports.charts import KINDS, chapter_scores, coverage, dumbbell, principle_scores
from assessment.reports.wording.charts import HOW_MUCH
from assessment.reports.wording.timeline import a_week
from assessment.web.organisation.chapters import chapter_spine
from assessment.web.organisation.profile import values_in_words
from assessment.web.planning.pace import pace
from assessment.web.questions.question_view import question_address
from assessment.web.results.findings import findings_page
from assessment.web.shell.context import AssessmentContext, with_assessment

blueprint = Blueprint("results", __name__)

STEPS_SHOWN_FIRST = 5
QUESTIONS_WORTH_ASKING = 4


@blueprint.get("/a/<assessment_id>/results")
@with_assessment(may=Right.READ)
def results(opened: AssessmentContext) -> str:
    """Say where the organisation stands, how sure that is, and what comes next."""
    return opened.cached_page("results page", lambda: _results(opened))


def _results(opened: AssessmentContext) -> str:
    result = opened.result()
    return render_template(
        "results/results.html",
        opened=opened,
        result=result,
        steps=result.steps[:STEPS_SHOWN_FIRST],
        grades=Grade,
        next_questions=result.worth_asking[:QUESTIONS_WORTH_ASKING],
        address=partial(question_address, opened),
        chart=dumbbell(chapter_scores(result.standards, str(HOW_MUCH))),
        coverages=[coverage(standard.questionnaire, result.judged) for standard in result.standards],
        kinds=KINDS,
        principle_charts=[dumbbell(principle_scores(standard)) for standard in result.standards],
        spines={
            standard.questionnaire.standard.id: chapter_spine(opened, standard.questionnaire, result.judged)
            for standard in result.standards
        },
    )


@blueprint.get("/a/<assessment_id>/advice")
@with_assessment(may=Right.READ)
def advice(opened: AssessmentContext) -> str:
    """Say which standard fits better, why, and which single answer would change that."""
    result = opened.result()
    at = pace(result)
    return render_template(
        "results/advice.html",
        opened=opened,
        result=result,
        fits=result.situation.fits(),
        in_words=values_in_words,
        routes=result.ways_from(at.start, at.days_a_week),
        pace=at,
        distance={standard.questionnaire.standard.id: standard for standard in result.standards},
        halves=in_half_days,
        a_week=a_week,
    )


@blueprint.get("/a/<assessment_id>/findings")
@with_assessment(may=Right.READ)
def findings(opened: AssessmentContext) -> str:
    """Show what an auditor would probably find, as a list to work through."""
    return findings_page(opened)
