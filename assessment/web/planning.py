"""The plan in time, its steps with owner, due date and done, what-if, and a newer edition."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field, IntegerField, ValidationError
from wtforms.validators import Optional

from assessment import storage
from assessment.domain.answers import AnswerSheet, State
from assessment.domain.editions import edition_step
from assessment.domain.planning import Step, StepNote
from assessment.domain.profile import ProfileKind
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.result import Result, assess
from assessment.domain.standard import Action, Question
from assessment.domain.timeline import Timeline, timeline
from assessment.reports import calendar_words
from assessment.reports.charts import plan_chart
from assessment.reports.plan_files import to_csv, to_ics
from assessment.reports.summary import plain_name
from assessment.web.browser import Opened, gap_summary, library, now, with_assessment
from assessment.web.downloads import attachment, wanted_standards
from assessment.web.forms import FormError, PageForm, PlainDateField, line
from assessment.web.once import once
from assessment.web.start import status_of

blueprint = Blueprint("planning", __name__)

FILES: Mapping[str, str] = {"csv": "text/csv; charset=utf-8", "ics": "text/calendar; charset=utf-8"}


@dataclass(frozen=True, kw_only=True)
class Pace:
    """From when and how fast, as asked for in the address or told in the profile. ``errors`` say what could not be read."""

    start: date
    days_a_week: Fraction
    assumed: bool
    offered: tuple[Fraction, ...]
    errors: tuple[FormError, ...] = field(default=())


def pace(result: Result) -> Pace:
    """Read start and days a week from the address. What cannot be used is explained, and the usual value stands in."""
    offered = tuple(sorted(Fraction(each) for each in offered_days()))
    typed_start, typed_days = request.args.get("start", "").strip(), request.args.get("days", "").strip()
    errors = []
    today = result.on
    start, days = today, result.days_a_week
    if typed_start:
        try:
            start = date.fromisoformat(typed_start)
        except ValueError:
            errors.append(FormError(href="#start", text="Write the start as year-month-day, such as 2027-03-14."))
        if start < today:
            errors.append(FormError(href="#start", text="The start is past. The plan below begins today."))
            start = today
    if typed_days and typed_days not in offered_days():
        errors.append(FormError(href="#days", text="Choose one of the days a week offered here; a plan needs some time."))
    elif typed_days:
        days = Fraction(typed_days)
    assumed = result.profile.days_a_week() is None and not typed_days
    return Pace(start=start, days_a_week=days, assumed=assumed, offered=offered, errors=tuple(errors))


def offered_days() -> tuple[str, ...]:
    """The person-days a week that the profile offers."""
    question = library().profile_questions["days-a-week"]
    return tuple(choice.id for choice in question.choices) if question.kind is ProfileKind.CHOICE else ()


def _timeline(result: Result, at: Pace, notes: Mapping[str, storage.StoredNote]) -> Timeline:
    done = {key for key, stored in notes.items() if stored.note.done_on}
    return timeline(result, start=at.start, days_a_week=at.days_a_week, offered=at.offered, done=done)


@blueprint.get("/a/<assessment_id>/plan")
@with_assessment
def plan(opened: Opened) -> ResponseReturnValue:
    """Show every step in a doable order with its dates, and the earliest honest date of a certificate."""
    at = pace(opened.result())
    if request.args:  # other starts and paces are tried out, and there is no end of them
        return _plan(opened, at), 422 if at.errors else 200
    return opened.page_once("plan page", lambda: _plan(opened, at))


def _plan(opened: Opened, at: Pace) -> str:
    result, notes = opened.result(), storage.step_notes(opened.id)
    ahead = _timeline(result, at, notes)
    questionnaires = [each.questionnaire for each in result.standards]
    done = [key for key, stored in notes.items() if stored.note.done_on]
    return render_template(
        "planning/plan.html",
        opened=opened,
        result=result,
        pace=at,
        ahead=ahead,
        planned={each.key: each for each in ahead.calendar.planned},
        titles={each.key: each.step.action.title for each in ahead.calendar.planned},
        notes=notes,
        errors=at.errors,
        in_time=calendar_words,
        questionnaires=questionnaires,
        chart=plan_chart(ahead.calendar, result.steps, questionnaires, today=result.on, done=done),
    )


@blueprint.get("/a/<assessment_id>/plan.<ending>")
@with_assessment
def file(opened: Opened, ending: str) -> ResponseReturnValue:
    """Hand out the plan as a file, with the start and days a week of the page, for all chosen standards or those asked for."""
    if ending not in FILES:
        abort(404)
    result, notes = opened.result(), storage.step_notes(opened.id)
    at = pace(result)
    if at.errors:
        start, days = request.args.get("start"), request.args.get("days")
        return redirect(url_for("planning.plan", assessment_id=opened.id, start=start, days=days), 303)
    summary = replace(gap_summary(opened, wanted_standards(opened)), timeline=_timeline(result, at, notes))
    name = f"{plain_name(opened.record.organisation)}-{result.on.isoformat()}-plan.{ending}"
    return attachment(to_csv(summary) if ending == "csv" else to_ics(summary, opened.id), FILES[ending], name)


class StepForm(PageForm):
    """Who does a step, until when, and when it was done."""

    owner = line("Owner", hint="Who sees to it.")
    due = PlainDateField("Due", [Optional()])
    done_on = PlainDateField("Done on", [Optional()], description="Leave empty until what is named under “done when” is true.")
    version = IntegerField("Version", [Optional()])

    def validate_done_on(self, field: Field) -> None:
        """Take no day that is still to come."""
        if field.data and field.data > now().date():
            raise ValidationError("Done on: this day is still to come. Leave it empty until the step is done.")


class TakeOverForm(PageForm):
    """Take over the rungs that a finished step proposes: the pressed button says which."""


@blueprint.route("/a/<assessment_id>/plan/<path:key>", methods=["GET", "POST"])
@with_assessment
def step(opened: Opened, key: str) -> ResponseReturnValue:
    """Show one step; note its owner, due date and that it is done. A done step proposes rungs and changes no answer."""
    action = _action(opened, key)
    stored = storage.step_notes(opened.id).get(key)
    note, version = (stored.note, stored.version) if stored else (StepNote(), 0)
    form = StepForm(data={"owner": note.owner, "due": note.due, "done_on": note.done_on, "version": version})
    if request.method == "GET":
        return _step_page(opened, action, form, note)
    if not form.validate():
        return _step_page(opened, action, form, note), status_of(form)
    typed = StepNote(owner=form.owner.data, due=form.due.data, done_on=form.done_on.data)
    base_version = form.version.data or 0
    theirs = storage.save_step_note(opened.id, key, typed, base_version, who=opened.record.who, at=now(), once=once())
    if theirs is not None:
        form.version.data = theirs.version
        return _step_page(opened, action, form, note, theirs), 409
    return redirect(url_for("planning.step", assessment_id=opened.id, key=key), 303)


def _action(opened: Opened, key: str) -> Action:
    """The action of this key, where it serves a chosen standard."""
    action = library().actions.get(key)
    asked = {question.ref for each in opened.questionnaires for question in each.questions}
    if action is None or asked.isdisjoint(action.lifts):
        abort(404)
    return action


def _step_page(
    opened: Opened,
    action: Action,
    form: StepForm,
    note: StepNote,
    theirs: storage.StoredNote | None = None,
    errors: Sequence[FormError] = (),
) -> str:
    result = opened.result()
    found: Step | None = next((each for each in result.steps if each.action is action), None)
    return render_template(
        "planning/step.html",
        opened=opened,
        result=result,
        action=action,
        step=found,
        form=form,
        note=note,
        theirs=theirs,
        errors=[*form.errors_to_show(), *errors],
        proposals=_proposals(opened, action, result.sheet),
        take_over=TakeOverForm(),
    )


def _proposals(opened: Opened, action: Action, sheet: AnswerSheet) -> list[tuple[Question, str]]:
    """The questions the action lifts, with the rung it proposes, where the answer is lower or open."""
    found = []
    for each in opened.questionnaires:
        for question in each.questions:
            reached = action.lifts.get(question.ref)
            present = sheet.rung(question)
            if reached is not None and sheet.applies(question) and (present is None or present < min(reached, question.enough)):
                found.append((question, each.rules.title(min(reached, question.enough))))
    return found


@blueprint.post("/a/<assessment_id>/take-over/<path:key>")
@with_assessment
def take_over(opened: Opened, key: str) -> ResponseReturnValue:
    """Answer questions with what a finished step proposes: one, or all of the step. Only on this press, never by itself."""
    action = _action(opened, key)
    form = TakeOverForm()
    address = url_for("planning.step", assessment_id=opened.id, key=key)
    stored = storage.step_notes(opened.id).get(key)
    note = stored.note if stored else StepNote()
    right = form.validate()
    if not right or not note.done_on:
        data = {"owner": note.owner, "due": note.due, "done_on": note.done_on, "version": stored.version if stored else 0}
        not_done = FormError(href="#done_on", text="Note first when the step was done; then its answers can be taken over.")
        errors = form.errors_to_show() or [not_done]
        return _step_page(opened, action, StepForm(formdata=None, data=data), note, errors=errors), 422 if right else 400
    sheet, versions = storage.load_sheet(opened.id)
    wanted = request.form.get("question", "")
    taken = [
        storage.Submission(
            ref=question.ref,
            answer=replace(
                sheet.answer(question), state=State.RUNG, rung=min(action.lifts[question.ref], question.enough), carried_from=""
            ),
            base_version=versions.get(question.ref, 0),
        )
        for question, _ in _proposals(opened, action, sheet)
        if wanted in (question.ref, "all")
    ]
    storage.save_answers(opened.id, taken, who=opened.record.who, at=now(), once=once())
    return redirect(address, 303)


@blueprint.get("/a/<assessment_id>/what-if")
@with_assessment
def what_if(opened: Opened) -> str:
    """Show what would be if some gaps were closed, as ticked in the address. Nothing is saved."""
    result, notes = opened.result(), storage.step_notes(opened.id)
    at = pace(result)
    questionnaires = [each.questionnaire for each in result.standards]
    short = {each.standard.id: _short(each, result.sheet) for each in questionnaires}
    ticked = set(request.args.getlist("closed"))
    closed = {question.ref: question.enough for part in short.values() for question in part if question.ref in ticked}
    then = assess(library(), questionnaires, result.sheet.with_rungs(closed), result.profile, result.on)
    return render_template(
        "planning/what_if.html",
        opened=opened,
        result=result,
        then=then,
        ticked=closed.keys(),
        short=short,
        now_dates=_timeline(result, at, notes).calendar.milestones,
        then_dates=_timeline(then, at, notes).calendar.milestones,
    )


def _short(questionnaire: Questionnaire, sheet: AnswerSheet) -> list[Question]:
    return [question for question in questionnaire.questions if sheet.is_gap(question) or sheet.is_open(question)]


@blueprint.get("/a/<assessment_id>/<standard_id>/newer-edition")
@with_assessment
def newer_edition(opened: Opened, standard_id: str) -> str:
    """Show what the edition after the chosen one adds, what of it is met already, and the work that remains."""
    old = opened.questionnaire(standard_id)
    following = next((each for each in old.standard.editions if each.supersedes == old.edition.id), None)
    if following is None:
        abort(404)
    result = opened.result()
    old_in_full = library().questionnaire(standard_id, old.edition.id, QuestionPath.FULL)
    new = library().questionnaire(standard_id, following.id, QuestionPath.FULL)
    found = edition_step(old_in_full, new, library().actions, result.sheet, result.size)
    return render_template("planning/newer_edition.html", opened=opened, result=result, old=old, new=new, found=found)
