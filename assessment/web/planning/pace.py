"""From when and how fast the work goes: what the address asks for, or the profile tells."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from flask import request

from assessment.domain.entries import FIRST_YEAR, LAST_YEAR, earliest_today, is_likely_year
from assessment.domain.planning import StepNote
from assessment.domain.profile import ProfileKind
from assessment.domain.result import Result
from assessment.domain.timeline import Timeline, timeline
from assessment.storage.repository import Stored
from assessment.web.shell.context import library, now
from assessment.web.shell.forms import FormError
from assessment.web.wording import planning as wording
from assessment.web.wording.forms import not_a_likely_year


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
    offered = library().paces
    typed_start, typed_days = request.args.get("start", "").strip(), request.args.get("days", "").strip()
    errors = []
    today = result.on
    start, days = today, result.days_a_week
    if typed_start:
        try:
            start = date.fromisoformat(typed_start)
        except ValueError:
            errors.append(FormError(href="#start", text=wording.not_a_start()))
        if not is_likely_year(start):
            errors.append(FormError(href="#start", text=not_a_likely_year(wording.START, FIRST_YEAR, LAST_YEAR)))
            start = today
        elif start < earliest_today(now()):
            errors.append(FormError(href="#start", text=wording.start_is_past()))
        start = max(start, today)
    if typed_days and typed_days not in offered_days():
        errors.append(FormError(href="#days", text=wording.days_not_offered()))
    elif typed_days:
        days = Fraction(typed_days)
    assumed = result.profile.days_a_week() is None and not typed_days
    return Pace(start=start, days_a_week=days, assumed=assumed, offered=offered, errors=tuple(errors))


def offered_days() -> tuple[str, ...]:
    """Return the person-days a week that the profile offers."""
    question = library().profile_questions["days-a-week"]
    return tuple(choice.id for choice in question.choices) if question.kind is ProfileKind.CHOICE else ()


def timeline_at(
    result: Result,
    at: Pace,
    notes: Mapping[str, Stored[StepNote]],
    done: Collection[str] = (),
) -> Timeline:
    """Return the plan in time at a pace; steps that ``notes`` or ``done`` call done take no time."""
    finished = {key for key, stored in notes.items() if stored.value.done_on} | set(done)
    return timeline(
        result,
        start=at.start,
        days_a_week=at.days_a_week,
        offered=at.offered,
        done=finished,
    )
