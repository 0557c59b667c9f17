"""One standard against another: scores, topics, and answers that carry over."""

from collections.abc import Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.domain.comparison import Suggestion, accept_suggestion, suggestions
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rights import Right
from assessment.reports.charts import chapter_scores, dumbbell
from assessment.reports.comparison_view import by_answer, compared
from assessment.reports.wording.charts import by_chapter
from assessment.storage.answers import load_sheet, refuse_suggestion, refused_suggestions, save_answers
from assessment.storage.merge_save import Proposed
from assessment.web.shell.context import AssessmentContext, now, with_assessment
from assessment.web.shell.forms import PageForm
from assessment.web.shell.idempotency import idempotency_key

blueprint = Blueprint("comparison", __name__)


class DecideForm(PageForm):
    """Confirm or refuse suggestions: the pressed button says which."""


@blueprint.get("/a/<assessment_id>/compare")
@with_assessment(may=Right.READ)
def default(opened: AssessmentContext) -> ResponseReturnValue:
    """Compare the first two chosen standards; say what is missing where only one is chosen."""
    if len(opened.questionnaires) < 2:  # a comparison has two sides
        return render_template("comparison/only_one.html", opened=opened)
    left, right = opened.questionnaires[:2]
    return redirect(_address(opened, left, right), 303)


@blueprint.get("/a/<assessment_id>/compare/<left_id>/<right_id>")
@with_assessment(may=Right.READ)
def show(opened: AssessmentContext, left_id: str, right_id: str) -> str:
    """Compare two chosen standards."""
    left, right = opened.questionnaire(left_id), opened.questionnaire(right_id)
    if left is right:
        abort(404)
    return _render(opened, left, right, DecideForm())


def _render(opened: AssessmentContext, left: Questionnaire, right: Questionnaire, form: DecideForm) -> str:
    result = opened.result()
    sides = result.of(left.standard.id), result.of(right.standard.id)
    others = [(a, b) for a in opened.questionnaires for b in opened.questionnaires if a is not b]
    return render_template(
        "comparison/show.html",
        opened=opened,
        result=result,
        chart=dumbbell(chapter_scores(sides, by_chapter([left.standard.name, right.standard.name]))),
        compared=compared(*sides, result.sheet, refused_suggestions(opened.id)),
        by_answer=by_answer,
        name_of=_name_of,
        left=sides[0],
        right=sides[1],
        form=form,
        errors=form.errors_to_show(),
        others=others if len(opened.questionnaires) > 2 else [],  # a third one to compare with
    )


@blueprint.post("/a/<assessment_id>/compare/<left_id>/<right_id>")
@with_assessment(may=Right.CONFIRM)
def decide(opened: AssessmentContext, left_id: str, right_id: str) -> ResponseReturnValue:
    """Confirm or refuse suggestions. One that no longer stands as the page showed it is left alone."""
    left, right = opened.questionnaire(left_id), opened.questionnaire(right_id)
    form = DecideForm()
    if not form.validate_on_submit():
        return _render(opened, left, right, form), 400
    sheet, versions = load_sheet(opened.id)
    refused = refused_suggestions(opened.id)
    standing = (*suggestions(left, [right], sheet, refused), *suggestions(right, [left], sheet, refused))
    confirmed = _confirmed(standing, request.form.get("confirm", "").split())
    if confirmed:
        taken = [
            Proposed(
                key=suggestion.question.ref,
                value=accept_suggestion(suggestion, sheet),
                base_version=versions.get(suggestion.question.ref, 0),
            )
            for suggestion in confirmed
        ]
        save_answers(opened.id, taken, who=opened.record.who, at=now(), idempotency_key=idempotency_key())
    for suggestion in standing:
        if suggestion.question.ref == request.form.get("refuse"):
            refuse_suggestion(opened.id, suggestion.question.ref, suggestion.source.ref, who=opened.record.who, at=now())
    return redirect(_address(opened, left, right) + "#carried", 303)


def _name_of(suggestion: Suggestion) -> str:
    """Return what a button calls a suggestion: with its rung, so that nobody confirms another sentence than the one shown."""
    return f"{suggestion.question.ref}={suggestion.rung.id}"


def _confirmed(standing: Sequence[Suggestion], names: Sequence[str]) -> list[Suggestion]:
    """Return the suggestions a button names: one, or several of those that need not be confirmed one by one."""
    named = [suggestion for suggestion in standing if _name_of(suggestion) in names]
    return named if len(names) == 1 else [suggestion for suggestion in named if not suggestion.one_by_one]


def _address(opened: AssessmentContext, left: Questionnaire, right: Questionnaire) -> str:
    return url_for("comparison.show", assessment_id=opened.id, left_id=left.standard.id, right_id=right.standard.id)
