"""The plan in time, its steps with owner, due date and done, what-if, and a newer edition."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field, IntegerField
from wtforms.validators import Optional

from assessment.domain.answers import Answer, AnswerSheet, State
from assessment.domain.audit_findings import findings_of, open_majors
from assessment.domain.editions import edition_step
from assessment.domain.planning import Step, StepNote
from assessment.domain.question_path import QuestionPath
from assessment.domain.rights import Right
from assessment.domain.standard import Action, Question
from assessment.domain.timeline import Timeline
from assessment.domain.upkeep import upkeep_steps
from assessment.domain.way_planner import AGAIN
from assessment.domain.worksheet_actions import actions_of
from assessment.domain.worksheet_lines import Filled
from assessment.reports.charts import plan_chart
from assessment.reports.charts.timeline import setting_dates
from assessment.reports.plan_files import FILES
from assessment.reports.plan_table import plan_table
from assessment.reports.wording import before_audits, certificates
from assessment.reports.wording import timeline as timeline_wording
from assessment.reports.wording.audits import said_of_audits
from assessment.storage.answers import load_sheet
from assessment.storage.merge_save import Conflict, Proposed
from assessment.storage.plan_steps import save_step_note, step_notes
from assessment.storage.repository import Stored
from assessment.web.files.attachment import attachment, wanted_standards
from assessment.web.planning.pace import Pace, pace, timeline_at
from assessment.web.planning.table import (
    done_address,
    filtered_address,
    kept_of_the_address,
    row_anchor,
    wanted_of,
)
from assessment.web.planning.what_if import what_if_page
from assessment.web.questions.take_over import SEEN, TakeOverForm, take_over
from assessment.web.results.gap_summary import gap_summary
from assessment.web.shell.context import AssessmentContext, library, now, own_today
from assessment.web.shell.done import lead_on
from assessment.web.shell.forms import FormError, PageForm, PlainDateField, line, not_to_come, status_of
from assessment.web.shell.idempotency import idempotency_key
from assessment.web.shell.kept_forms import FormToCome, cached_form_page
from assessment.web.shell.rights import with_assessment
from assessment.web.wording import planning as wording
from assessment.web.wording.done import Done
from assessment.web.wording.forms import VERSION
from assessment.web.worksheets.gather import filled_worksheets
from assessment.web.worksheets.parts import row_of_step, rows_by_step
from assessment.web.worksheets.to_do import to_do_view

blueprint = Blueprint("planning", __name__)


@blueprint.get("/a/<assessment_id>/plan")
@with_assessment(may=Right.READ)
def plan(opened: AssessmentContext) -> ResponseReturnValue:
    """Show every step in a doable order with its dates, and the earliest honest date of a certificate."""
    if not request.args:

        def write(form: FormToCome) -> str:
            return plan_page(opened, pace(opened.result()), form=form)

        return cached_form_page(opened, "plan page", PageForm(), write, shows_notes=False)
    at = pace(opened.result())
    return plan_page(opened, at), 422 if at.errors else 200


def _ahead(opened: AssessmentContext, at: Pace, notes: Mapping[str, Stored[StepNote]]) -> Timeline:
    """Return the plan in time; at the usual pace it is worked out once a state, others are tried out without an end."""
    if kept_of_the_address():
        return timeline_at(opened.result(), at, notes)
    return opened.state.get_or_compute(("timeline", now().date()), lambda: timeline_at(opened.result(), at, notes))


def plan_page(opened: AssessmentContext, at: Pace, errors: Sequence[FormError] = (), *, form: FormToCome | None = None) -> str:
    """Return the page of the plan from a day on and at a pace, with the errors of what was just sent."""
    result, notes = opened.result(), step_notes(opened.id)
    worksheets = filled_worksheets(opened)
    actions = actions_of(worksheets)
    ahead, wanted = _ahead(opened, at, notes), wanted_of(result, notes, actions)
    questionnaires = [asked for leg in result.legs for asked in leg.questionnaires]
    done = [key for key, stored in notes.items() if stored.value.done_on]
    said = {key: stored.value for key, stored in notes.items()}
    table = plan_table(result, ahead.calendar.planned, said, wanted, actions)
    return render_template(
        "planning/plan.html",
        opened=opened,
        result=result,
        pace=at,
        ahead=ahead,
        planned={planned.key: planned for planned in ahead.calendar.planned},
        notes=notes,
        errors=[*at.errors, *errors],
        form=form or PageForm(formdata=None),
        wanted=wanted,
        table=table,
        to_do=[to_do_view(opened, action) for action in table.actions],
        worksheets=rows_by_step(opened),
        filtered=partial(filtered_address, opened, wanted),
        done_at=done_address(opened, wanted),
        anchor=row_anchor,
        kept=kept_of_the_address(),
        saved=request.args.get("saved", ""),
        in_time=timeline_wording,
        real=_real(opened, worksheets),
        setting=setting_dates(ahead.floor),
        held=certificates.said_of_all(result, result.chosen),
        before_audits=upkeep_steps(result.upkeep, after=len(result.steps)),
        certificates=certificates,
        before_audits_in_words=before_audits,
        questionnaires=questionnaires,
        chart=plan_chart(ahead.calendar, ahead.floor, result.steps, questionnaires, today=result.on, done=done),
    )


def _real(opened: AssessmentContext, worksheets: Sequence[Filled]) -> list[str]:
    """Return what real audits mean for the dates of the plan, as every format says it."""
    result = opened.result()
    return said_of_audits(open_majors(worksheets, result.chosen), findings_of(worksheets), result)


@blueprint.get("/a/<assessment_id>/plan.<ending>")
@with_assessment(may=Right.READ)
def file(opened: AssessmentContext, ending: str) -> ResponseReturnValue:
    """Hand out the plan as a file, with the start and days a week of the page, for all chosen standards or those asked for."""
    if ending not in FILES:
        abort(404)
    result, notes = opened.result(), step_notes(opened.id)
    at = pace(result)
    if at.errors:
        start, days = request.args.get("start"), request.args.get("days")
        return redirect(url_for("planning.plan", assessment_id=opened.id, start=start, days=days), 303)
    summary = replace(gap_summary(opened, wanted_standards(opened)), timeline=timeline_at(result, at, notes))
    return attachment(
        FILES[ending].write(summary, opened.id),
        FILES[ending].media_type,
        opened.record.organisation,
        f"{result.on.isoformat()}-plan.{ending}",
    )


class StepForm(PageForm):
    """Who does a step, until when, and when it was done."""

    owner = line(wording.OWNER, hint=wording.OWNER_HINT)
    due = PlainDateField(wording.DUE, [Optional()])
    done_on = PlainDateField(wording.DONE_ON, [Optional()], description=wording.DONE_ON_HINT)
    version = IntegerField(VERSION, [Optional()])

    def validate_done_on(self, field: Field) -> None:
        """Take no day that is still to come."""
        not_to_come(field, own_today(), wording.still_to_come())


def _shown(stored: Stored[StepNote] | None) -> Mapping[str, object]:
    """Return what the form of a step shows of its note."""
    return {**vars(stored.value), "version": stored.version} if stored else {**vars(StepNote()), "version": 0}


@blueprint.route("/a/<assessment_id>/plan/<path:key>", methods=["GET", "POST"])
@with_assessment(may=Right.READ, post=Right.PLAN)
def step(opened: AssessmentContext, key: str) -> ResponseReturnValue:
    """Show one step; note its owner, due date and that it is done. A done step proposes rungs and changes no answer."""
    action_of(opened, key)
    stored = step_notes(opened.id).get(key)
    note = stored.value if stored else StepNote()
    form = StepForm(data=_shown(stored))
    if request.method == "GET":
        return _step_page(opened, key, form, note)
    if not form.validate():
        return _step_page(opened, key, form, note), status_of(form)
    typed = StepNote(owner=form.owner.data, due=form.due.data, done_on=form.done_on.data)
    proposed = Proposed(key=key, value=typed, base_version=form.version.data or 0)
    saved = save_step_note(opened.id, proposed, who=opened.record.who, at=now(), idempotency_key=idempotency_key())
    for conflict in saved.conflicts:
        form.version.data = conflict.version
        return _step_page(opened, key, form, note, conflict), 409
    return lead_on(url_for("planning.step", assessment_id=opened.id, key=key), Done.SAVED)


def action_of(opened: AssessmentContext, key: str) -> Action:
    """Return the action of a step's key, where it serves a chosen standard."""
    action = library().actions.get(key.partition(AGAIN)[0])
    asked = {question.ref for questionnaire in opened.questionnaires for question in questionnaire.questions}
    if action is None or asked.isdisjoint(action.lifts):
        abort(404)
    return action


def _step_page(
    opened: AssessmentContext,
    key: str,
    form: StepForm,
    note: StepNote,
    conflict: Conflict[StepNote] | None = None,
    errors: Sequence[FormError] = (),
) -> str:
    result, action = opened.result(), action_of(opened, key)
    upkeep = (step for one in result.upkeep for step in one.steps)
    planned: Step | None = next((step for step in (*result.steps, *upkeep) if step.key == key), None)
    return render_template(
        "planning/step.html",
        opened=opened,
        result=result,
        key=key,
        action=action,
        step=planned,
        form=form,
        note=note,
        conflict=conflict,
        errors=[*form.errors_to_show(), *errors],
        proposals=_proposals(opened, action, result.judged),
        take_over=TakeOverForm(formdata=None),
        versions=load_sheet(opened.id)[1] if note.done_on else {},
        seen=SEEN,
        worksheet=row_of_step(opened, action.key),
    )


def _proposals(opened: AssessmentContext, action: Action, sheet: AnswerSheet) -> list[tuple[Question, str]]:
    """Return the questions the action lifts, with the rung it proposes, where the answer is lower or open."""
    proposed = []
    for questionnaire in opened.questionnaires:
        for question in questionnaire.questions:
            reached = action.lifts.get(question.ref)
            present = sheet.rung(question)
            if reached is not None and sheet.applies(question) and (present is None or present < min(reached, question.enough)):
                proposed.append((question, questionnaire.rules.title(min(reached, question.enough))))
    return proposed


def _lifted(answer: Answer, question: Question, action: Action, done_on: date) -> Answer:
    """Return an answer as a finished step leaves it; what grows old was then done on the day the step was finished."""
    last_done = done_on if question.last_done and question.last_done.fresh_for_months else answer.last_done
    rung = min(action.lifts[question.ref], question.enough)
    return replace(answer, state=State.RUNG, rung=rung, last_done=last_done, carried_from="")


@blueprint.post("/a/<assessment_id>/take-over/<path:key>", endpoint="take_over")
@with_assessment(may=Right.CONFIRM)
def take_over_lifted(opened: AssessmentContext, key: str) -> ResponseReturnValue:
    """Answer questions with what a finished step proposes: one, or all of the step. Only on this press, never by itself."""
    action = action_of(opened, key)
    form = TakeOverForm()
    address = url_for("planning.step", assessment_id=opened.id, key=key)
    stored = step_notes(opened.id).get(key)
    note, filled = stored.value if stored else StepNote(), StepForm(formdata=None, data=_shown(stored))
    right = form.validate()
    if not right or not note.done_on:
        not_done = FormError(href="#done_on", text=wording.not_done_yet())
        errors = form.errors_to_show() or [not_done]
        return _step_page(opened, key, filled, note, errors=errors), 422 if right else 400
    sheet, _ = load_sheet(opened.id)
    questions = (question for question, _ in _proposals(opened, action, opened.judged()))
    lifted = {each.ref: _lifted(sheet.answer(each), each, action, note.done_on) for each in questions}
    if changed := take_over(opened, lifted, href="#proposed"):
        return _step_page(opened, key, filled, note, errors=changed), 409
    return lead_on(address, Done.TAKEN_OVER)


@blueprint.get("/a/<assessment_id>/what-if")
@with_assessment(may=Right.READ)
def what_if(opened: AssessmentContext) -> str:
    """Show what would be if some steps were done or gaps closed, as ticked in the address. Nothing is saved."""
    return what_if_page(opened)


@blueprint.get("/a/<assessment_id>/<standard_id>/newer-edition")
@with_assessment(may=Right.READ)
def newer_edition(opened: AssessmentContext, standard_id: str) -> str:
    """Show what the edition after the chosen one adds, what of it is met already, and the work that remains."""
    old = opened.questionnaire(standard_id)
    following = next((edition for edition in old.standard.editions if edition.supersedes == old.edition.id), None)
    if following is None:
        abort(404)
    result = opened.result()
    old_in_full = library().questionnaire(standard_id, old.edition.id, QuestionPath.FULL)
    new = library().questionnaire(standard_id, following.id, QuestionPath.FULL)
    adds = edition_step(old_in_full, new, library().actions, result.judged, result.firm)
    return render_template("planning/newer_edition.html", opened=opened, result=result, old=old, new=new, found=adds)
