"""A step marked as done, or not done, where its row stands in the plan."""

from dataclasses import replace

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from assessment.domain.planning import StepNote
from assessment.domain.rights import Right
from assessment.storage.merge_save import Proposed
from assessment.storage.plan_steps import save_step_note, step_notes
from assessment.web.planning.pace import pace
from assessment.web.planning.plan import action_of, plan_page
from assessment.web.planning.table import filtered_address, saved_address, wanted_of
from assessment.web.shell.context import AssessmentContext, now, with_assessment
from assessment.web.shell.forms import FormError, PageForm, status_of
from assessment.web.wording import planning as wording

blueprint = Blueprint("marking", __name__)


class StepDoneForm(PageForm):
    """Mark a step as done, or as not done, where its row stands in the plan: the pressed button says which."""


@blueprint.post("/a/<assessment_id>/done")
@with_assessment(may=Right.PLAN)
def done(opened: AssessmentContext) -> ResponseReturnValue:
    """Mark a step as done today, or take that back; everything else said of it stays."""
    form = StepDoneForm()
    if not form.validate():
        return plan_page(opened, pace(opened.result()), form.errors_to_show()), status_of(form)
    key, _, version = request.form.get("step", "").rpartition(" ")
    if not key:  # sent without a button
        return redirect(filtered_address(opened, wanted_of(opened.result(), step_notes(opened.id))), 303)
    action = action_of(opened, key)
    stored, seen = step_notes(opened.id).get(key), int(version) if version.isdecimal() and len(version) < 10 else 0
    note = stored.value if stored else StepNote()
    # Whoever presses twice, or saw it as it was before somebody else changed it, has said nothing about what is there now.
    if seen == (stored.version if stored else 0):
        typed = replace(note, done_on=None if note.done_on else now().date())
        proposed = Proposed(key=key, value=typed, base_version=seen)
        saved = save_step_note(opened.id, proposed, who=opened.record.who, at=now())
        if not saved.conflicts:
            return redirect(saved_address(opened, wanted_of(opened.result(), step_notes(opened.id)), key), 303)
    changed = FormError(href="#steps", text=wording.step_changed(action.title))
    return plan_page(opened, pace(opened.result()), [changed]), 409
