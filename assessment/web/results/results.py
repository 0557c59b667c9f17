"""Results, advice, the page for a director, principles and findings: what the domain decides, shown at any time."""

from flask import Blueprint, render_template, request, url_for

from assessment.domain.rights import Right
from assessment.domain.standard_result import StandardResult
from assessment.reports.charts import KINDS as COVERED
from assessment.reports.charts import chapter_scores, coverage, dumbbell, principle_scores
from assessment.reports.outline.auditors import auditor_days
from assessment.reports.outline.first_steps import first_steps
from assessment.reports.summary import GRADES
from assessment.reports.wording.audits import said_of_audits
from assessment.reports.wording.charts import HOW_MUCH
from assessment.reports.wording.timeline import a_week
from assessment.reports.worklist import Kind
from assessment.web.organisation.chapters import chapter_spine
from assessment.web.planning.pace import pace
from assessment.web.questions.question_view import question_addresses
from assessment.web.results.director import director_page
from assessment.web.results.findings import findings_page
from assessment.web.results.gap_summary import gap_summary
from assessment.web.results.principles import principle_page
from assessment.web.shell.context import AssessmentContext
from assessment.web.shell.rights import with_assessment
from assessment.web.wording.results import KINDS

blueprint = Blueprint("results", __name__)

QUESTIONS_WORTH_ASKING = 4


@blueprint.get("/a/<assessment_id>/results")
@with_assessment(may=Right.READ)
def results(opened: AssessmentContext) -> str:
    """Say where the organisation stands, how sure that is, and what comes next."""
    # Before the first answer it leads on to what comes after the question that was changed last, be it by a note.
    return opened.cached_page("results page", lambda: _results(opened), shows_notes=not opened.is_begun)


def _results(opened: AssessmentContext) -> str:
    result, summary = opened.result(), gap_summary(opened)
    return render_template(
        "results/results.html",
        opened=opened,
        result=result,
        summary=summary,
        real=said_of_audits(summary.open_majors, summary.audit_findings, result),
        steps=first_steps(summary),
        counted={standard.questionnaire.standard.id: _counted(opened, standard) for standard in result.standards},
        next_questions=result.worth_asking[:QUESTIONS_WORTH_ASKING],
        address=question_addresses(opened),
        chart=dumbbell(chapter_scores(result.standards, str(HOW_MUCH))),
        coverages=[coverage(standard.questionnaire, result.judged) for standard in result.standards],
        kinds=COVERED,
        principle_charts=[dumbbell(principle_scores(standard)) for standard in result.standards],
        spines={
            standard.questionnaire.standard.id: chapter_spine(opened, standard.questionnaire, result.judged)
            for standard in result.standards
        },
    )


def _counted(opened: AssessmentContext, standard: StandardResult) -> list[tuple[str, int, str]]:
    """Return what would stop stage 1 and what an auditor would write, as counts that lead to the rows they count."""
    majors, minors = (len(standard.graded(grade)) for grade in GRADES)
    counts = ((Kind.STOP, len(standard.stops)), (Kind.MAJOR, majors), (Kind.MINOR, minors))
    about = standard.questionnaire.standard.id
    return [
        (str(KINDS[kind]), count, url_for("results.findings", assessment_id=opened.id, standard=about, kind=kind.value))
        for kind, count in counts
        if count
    ]


@blueprint.get("/a/<assessment_id>/advice")
@with_assessment(may=Right.READ)
def advice(opened: AssessmentContext) -> str:
    """Say which standard fits better, why, and which single answer would change that."""
    if request.args:  # from when and how fast
        return _advice(opened)
    return opened.cached_page("advice page", lambda: _advice(opened))


def _advice(opened: AssessmentContext) -> str:
    result = opened.result()
    at = pace(result)
    return render_template(
        "results/advice.html",
        opened=opened,
        result=result,
        fits=result.fits,
        routes=result.ways_from(at.start, at.days_a_week),
        pace=at,
        distance={standard.questionnaire.standard.id: standard for standard in result.standards},
        audit_blocks=tuple(auditor_days(result)),
        a_week=a_week,
    )


@blueprint.get("/a/<assessment_id>/director")
@with_assessment(may=Right.READ)
def director(opened: AssessmentContext) -> str:
    """Show what is asked of who decides, and what the decision rests on: what the short report begins with."""
    return opened.cached_page("director page", lambda: director_page(opened))


@blueprint.get("/a/<assessment_id>/<standard_id>/principles/<principle_id>")
@with_assessment(may=Right.READ)
def principle(opened: AssessmentContext, standard_id: str, principle_id: str) -> str:
    """Show the questions that carry a principle: what is met of them and what falls short."""
    return principle_page(opened, standard_id, principle_id)


@blueprint.get("/a/<assessment_id>/findings")
@with_assessment(may=Right.READ)
def findings(opened: AssessmentContext) -> str:
    """Show what an auditor would probably find, as a list to work through."""
    return findings_page(opened)
