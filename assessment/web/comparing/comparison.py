"""One standard against another: scores, topics, and answers that carry over."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.domain.answers import AnswerSheet
from assessment.domain.comparison import Suggestion, accept_suggestion, suggestions
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rights import Right
from assessment.reports.charts import chapter_scores, dumbbell
from assessment.reports.comparison_view import by_answer, compared
from assessment.reports.wording.charts import by_chapter
from assessment.storage.answers import answers_at, load_sheet
from assessment.storage.merge_save import Proposed
from assessment.storage.suggestions import Settled, refused_suggestions, settle, settled_before
from assessment.web.comparing.decided import (
    TRUE,
    UNTRUE,
    confirmed_with,
    decided_in,
    field_of,
    name_of,
    place_of,
    pressed_alone,
)
from assessment.web.shell.context import AssessmentContext, now
from assessment.web.shell.forms import FormError, PageForm
from assessment.web.shell.idempotency import SAVE_KEY, idempotency_key
from assessment.web.shell.kept_forms import FormToCome, cached_form_page
from assessment.web.shell.rights import with_assessment
from assessment.web.wording import comparing as wording

blueprint = Blueprint("comparison", __name__)


class DecideForm(PageForm):
    """Confirm or refuse suggestions: what is chosen beside each, or the pressed button, says which."""


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
    if request.args:  # it says what was done just now
        return _render(opened, left, right, DecideForm())
    name = f"comparison of {left.standard.id} and {right.standard.id}"
    return cached_form_page(opened, name, DecideForm(), lambda form: _render(opened, left, right, form), shows_notes=False)


def _render(
    opened: AssessmentContext,
    left: Questionnaire,
    right: Questionnaire,
    form: DecideForm | FormToCome,
    errors: Sequence[FormError] = (),
) -> str:
    result = opened.result()
    sides = result.of(left.standard.id), result.of(right.standard.id)
    refused = refused_suggestions(opened.id)
    every = [*suggestions(left, [right], result.sheet), *suggestions(right, [left], result.sheet)]
    others = [(a, b) for a in opened.questionnaires for b in opened.questionnaires if a is not b]
    return render_template(
        "comparison/show.html",
        opened=opened,
        result=result,
        chart=dumbbell(chapter_scores(sides, by_chapter([left.standard.name, right.standard.name]))),
        compared=compared(*sides, result.sheet, refused),
        turned_down=[each for each in every if each.question.ref in refused],
        by_answer=by_answer,
        name_of=name_of,
        field_of=field_of,
        place_of=place_of,
        when_true=TRUE,
        when_untrue=UNTRUE,
        done=_done(opened) if request.method == "GET" else {},
        left=sides[0],
        right=sides[1],
        form=form,
        errors=errors,
        others=others if len(opened.questionnaires) > 2 else [],  # a third one to compare with
    )


def _done(opened: AssessmentContext) -> Mapping[str, Any]:
    """Return what the address says was done just now: how many were confirmed and the key that undoes it, and how many left.

    ``refused`` are the refs of those turned down, as long as they are.
    """
    key = request.args.get("saved", "")
    confirmed = len(confirmed_with(opened.id, key)) if key else 0
    counts = {name: max(0, request.args.get(name, 0, type=int)) for name in ("changed", "undone", "offered")}
    refused = sorted(refused_suggestions(opened.id) & set(request.args.get("refused", "").split()))
    return {"confirmed": confirmed, "key": key if confirmed else "", "refused": refused, **counts}


@blueprint.post("/a/<assessment_id>/compare/<left_id>/<right_id>")
@with_assessment(may=Right.CONFIRM)
def decide(opened: AssessmentContext, left_id: str, right_id: str) -> ResponseReturnValue:
    """Confirm or refuse suggestions, or undo it. What no longer stands as the page showed it is left alone, and counted.

    A form that is sent again leads to what it led to.
    """
    left, right = opened.questionnaire(left_id), opened.questionnaire(right_id)
    form = DecideForm()
    if not form.validate_on_submit():
        return _render(opened, left, right, form, list(form.errors_to_show())), 400
    before = settled_before(opened.id, idempotency_key())
    if before is not None:  # what the form says now is not what it said when it was sent
        return _settled(opened, left, right, before)
    if "undo" in request.form:
        key, *refused = request.form["undo"].split(" ")  # a save with the suggestions it turned down
        return _undo(opened, left, right, key, refused)
    if "offer" in request.form:
        return _undo(opened, left, right, "", [request.form["offer"]])
    sheet, versions = load_sheet(opened.id)
    decided = decided_in(request.form, _standing(opened, left, right, sheet), refused_suggestions(opened.id))
    if decided.is_empty and "save" in request.form:
        return _render(opened, left, right, form, [FormError(href="#carried", text=wording.nothing_decided())]), 422
    taken = [
        Proposed(
            key=suggestion.question.ref,
            value=accept_suggestion(suggestion, sheet),
            base_version=versions.get(suggestion.question.ref, 0),
        )
        for suggestion in decided.confirmed
    ]
    settled = settle(
        opened.id,
        taken,
        refused={suggestion.question.ref: suggestion.source.ref for suggestion in decided.refused},
        changed=decided.changed,
        who=opened.record.who,
        at=now(),
        idempotency_key=idempotency_key(),
    )
    return _settled(opened, left, right, settled)


def _settled(opened: AssessmentContext, left: Questionnaire, right: Questionnaire, settled: Settled) -> ResponseReturnValue:
    """Lead to where it is said what became of a form, the same however often it is sent."""
    undone = "undo" in request.form
    done: dict[str, str | int] = {
        "saved": request.form.get(SAVE_KEY, "") if settled.answered and not undone else "",
        "undone": settled.answered if undone else 0,
        "refused": " ".join(settled.refused),
        "changed": settled.changed,
        "offered": settled.offered,
    }
    place = "decided" if settled.changed else _next_place(opened, left, right)
    return redirect(_address(opened, left, right, **done) + f"#{place}", 303)


def _standing(opened: AssessmentContext, left: Questionnaire, right: Questionnaire, sheet: AnswerSheet) -> list[Suggestion]:
    refused = refused_suggestions(opened.id)
    return [*suggestions(left, [right], sheet, refused), *suggestions(right, [left], sheet, refused)]


def _next_place(opened: AssessmentContext, left: Questionnaire, right: Questionnaire) -> str:
    """Return where to go on: after a press of its own at the suggestion behind it, else where it is said what was done."""
    order = [question.ref for asked in (left, right) for question in asked.questions]
    pressed = pressed_alone(request.form)
    if pressed not in order:
        return "decided"
    left_over = _standing(opened, left, right, load_sheet(opened.id)[0])
    behind = [each for each in left_over if order.index(each.question.ref) > order.index(pressed)]
    return place_of(behind[0]) if behind else "decided"


def _undo(
    opened: AssessmentContext, left: Questionnaire, right: Questionnaire, key: str, refused: Sequence[str]
) -> ResponseReturnValue:
    """Bring answers back to what they were before a save of this page, and make suggestions again that were turned down.

    An answer that somebody changed since stays.
    """
    taken = confirmed_with(opened.id, key) if key else {}
    before = answers_at(opened.id, {ref: version - 1 for ref, version in taken.items()})
    back = [Proposed(key=ref, value=before[ref], base_version=version) for ref, version in taken.items()]
    who, at = opened.record.who, now()
    settled = settle(opened.id, back, offered=refused, who=who, at=at, idempotency_key=idempotency_key())
    return _settled(opened, left, right, settled)


def _address(opened: AssessmentContext, left: Questionnaire, right: Questionnaire, **done: str | int) -> str:
    said: dict[str, Any] = {name: value for name, value in done.items() if value}
    return url_for("comparison.show", assessment_id=opened.id, left_id=left.standard.id, right_id=right.standard.id, **said)
