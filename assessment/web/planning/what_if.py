"""What would be if some steps were done or some gaps closed: everything is calculated as always, nothing is saved."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from flask import render_template, request, url_for

from assessment.domain.after_audits import after_audits
from assessment.domain.levers import Lever, levers
from assessment.domain.planning import Step
from assessment.domain.profile import WAY, Profile, way_values
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.result import Result, assess
from assessment.domain.rules import Rung
from assessment.domain.standard import Question
from assessment.domain.worksheet_lines import Filled
from assessment.storage.plan_steps import step_notes
from assessment.web.planning.pace import Pace, offered_days, pace, timeline_at
from assessment.web.shell.context import AssessmentContext, library, now
from assessment.web.worksheets.gather import filled_worksheets


def what_if_page(opened: AssessmentContext) -> str:
    """Return the page for what the address ticks: steps by key, questions by ref."""
    result, notes = opened.result(), step_notes(opened.id)
    at = pace(result)
    worksheets = filled_worksheets(opened)
    short = {asked.standard.id: _short(asked, result) for asked in result.questionnaires}
    ticked = set(request.args.getlist("closed"))
    closed = {question.ref: question.enough for part in short.values() for question in part if question.ref in ticked}
    done = [key for key, stored in notes.items() if stored.value.done_on]
    to_do = [step for step in result.steps if step.key not in done]
    wanted = set(request.args.getlist("step"))
    steps = [step for step in to_do if step.key in wanted]
    without = _assessed(result, closed, worksheets) if closed else result
    asked_for = _asked_for(result, at)
    return render_template(
        "planning/what_if.html",
        opened=opened,
        result=result,
        then=_assessed(result, closed | _lifted(steps, closed), worksheets),
        ticked=closed.keys(),
        ticked_steps={step.key for step in steps},
        short=short,
        to_do=to_do,
        levers=_levers(opened, without, at, [*done, *(step.key for step in steps)], plain=not (closed or steps)),
        shortest={standard.questionnaire.standard.id: standard.next for standard in result.standards if standard.next},
        tick_shortest=lambda standard_id: _shortest(opened, result, standard_id, steps, asked_for),
        asked_for=asked_for,
        now_dates=timeline_at(result, at, notes).calendar.milestones,
        then_dates=timeline_at(without, at, notes, [step.key for step in steps]).calendar.milestones,
    )


def _short(questionnaire: Questionnaire, result: Result) -> list[Question]:
    sheet = result.judged
    return [question for question in questionnaire.questions if sheet.is_gap(question) or sheet.is_open(question)]


def _assessed(result: Result, rungs: Mapping[str, Rung], worksheets: Iterable[Filled]) -> Result:
    """Return the result with other answers. They may lead to other advice; dates are compared along one way."""
    same_way = Profile(values={**result.profile.values, WAY: way_values(result.way)})
    found = assess(library(), result.questionnaires, result.sheet.with_rungs(rungs), same_way, result.on, result)
    return after_audits(found, worksheets)


def _lifted(steps: Iterable[Step], closed: Mapping[str, Rung]) -> dict[str, Rung]:
    """Return the rungs that steps lead to, the highest of each question, but for those that are closed anyway."""
    lifted: dict[str, Rung] = {}
    for lift in (lift for step in steps for lift in step.lifts):
        if lift.question.ref not in closed:
            lifted[lift.question.ref] = max(lift.after, lifted.get(lift.question.ref, lift.after))
    return lifted


def _levers(
    opened: AssessmentContext,
    result: Result,
    at: Pace,
    done: Sequence[str],
    *,
    plain: bool,
) -> tuple[Lever, ...]:
    """Return the strongest steps; where nothing is ticked and the pace is the usual one, they are worked out once a state."""

    def found() -> tuple[Lever, ...]:
        return levers(result.legs, at.start, at.days_a_week, done)

    usual = plain and at.start == result.on and at.days_a_week == result.days_a_week
    return opened.state.get_or_compute(("levers", now().date()), found) if usual else found()


def _asked_for(result: Result, at: Pace) -> dict[str, str]:
    """Return the start and the pace where they are not the usual ones: as they were read, never as somebody wrote them."""
    asked_for = {"start": at.start.isoformat()} if at.start != result.on else {}
    days = next((days for days in offered_days() if Fraction(days) == at.days_a_week != result.days_a_week), "")
    return {**asked_for, "days": days} if days else asked_for


def _shortest(
    opened: AssessmentContext, result: Result, standard_id: str, steps: Iterable[Step], asked_for: Mapping[str, str]
) -> str:
    """Return the address that ticks the shortest list of a standard, beside the steps that are ticked."""
    following = result.of(standard_id).next
    refs = [question.ref for question in following.questions] if following else []
    values: dict[str, Any] = {**asked_for, "closed": refs, "step": [step.key for step in steps]}
    return url_for("planning.what_if", assessment_id=opened.id, **values)
