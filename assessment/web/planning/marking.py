"""A step marked as done, or not done, where its row stands in the plan."""

from dataclasses import replace

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from assessment.domain.planning import StepNote
from assessment.domain.rights import Right
from assessment.domain.worksheet_actions import actions_of
from assessment.reports.plan_table import PlanFilter
from assessment.storage.merge_save import Proposed
from assessment.storage.plan_steps import save_step_note, step_notes
from assessment.web.planning.pace import pace
from assessment.web.planning.plan import action_of, plan_page
from assessment.web.planning.table import filtered_address, saved_address, wanted_of
from assessment.web.shell.context import AssessmentContext, now
from assessment.web.shell.forms import FormError, PageForm, status_of, version_said
from assessment.web.shell.rights import with_assessment
from assessment.web.wording import planning as wording
from assessment.web.worksheets.gather import filled_worksheets
from assessment.web.worksheets.to_do import action_at, line_version, turn_done

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
        return redirect(filtered_address(opened, _wanted(opened)), 303)
    seen = version_said(version)
    to_do = action_at(opened, key)
    if to_do is not None:
        title, is_saved = to_do.title, seen == line_version(opened, to_do) and turn_done(opened, to_do)
    else:
        title, is_saved = action_of(opened, key).title, _turn_step(opened, key, seen)
    if is_saved:
        return redirect(saved_address(opened, _wanted(opened), key), 303)
    changed = FormError(href="#steps", text=wording.step_changed(title))
    return plan_page(opened, pace(opened.result()), [changed]), 409


def _wanted(opened: AssessmentContext) -> PlanFilter:
    return wanted_of(opened.result(), step_notes(opened.id), actions_of(filled_worksheets(opened)))


def _turn_step(opened: AssessmentContext, key: str, seen: int) -> bool:
    """Mark a step as done today, or take that back.

    Whoever presses twice, or saw it as it was before somebody else changed it, has said nothing about what is there now.
    """
    stored = step_notes(opened.id).get(key)
    if seen != (stored.version if stored else 0):
        return False
    note = stored.value if stored else StepNote()
    typed = replace(note, done_on=None if note.done_on else now().date())
    saved = save_step_note(opened.id, Proposed(key=key, value=typed, base_version=seen), who=opened.record.who, at=now())
    return not saved.conflicts
