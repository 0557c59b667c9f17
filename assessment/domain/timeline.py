"""The plan held against time: the date, what it would take to meet a deadline, and what to be warned of."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from assessment.domain.calendar import Calendar, Scheduler
from assessment.domain.deadline import DeadlineCheck, check_deadline
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.result import Result
from assessment.domain.working_days import weeks_later


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """A calendar of the chosen way, with its alternatives.

    ``by_days`` holds calendars for other person-days a week, ``floor`` the one with everything at once, ``if_open_is_enough``
    the one in which every open answer turns out to be enough. ``hasty`` and ``after_edition`` name standards: a certificate
    sooner than is honest, and one after the last day for new certificates of the chosen edition.
    """

    calendar: Calendar
    by_days: Mapping[Fraction, Calendar]
    floor: Calendar
    if_open_is_enough: Calendar
    deadlines: tuple[DeadlineCheck, ...]
    hasty: tuple[str, ...]
    after_edition: tuple[str, ...]


def timeline(
    result: Result, *, start: date, days_a_week: Fraction, offered: Iterable[Fraction], done: Collection[str] = ()
) -> Timeline:
    """Hold the plan of a result against time. ``offered``: person-days a week to compare; ``done``: keys of steps done."""
    scheduler = Scheduler(legs=result.legs, start=start, done=frozenset(done))
    best = Scheduler(legs=result.legs_if_open_is_enough, start=start, done=frozenset(done))
    now = scheduler.calendar(days_a_week)
    on_the_way = [asked for leg in result.legs for asked in leg.questionnaires]
    deadlines = result.profile.deadlines()
    return Timeline(
        calendar=now,
        by_days={days: scheduler.calendar(days) for days in sorted({*offered, days_a_week})},
        floor=scheduler.floor,
        if_open_is_enough=best.calendar(days_a_week),
        deadlines=tuple(
            check_deadline(scheduler, asked.standard.id, deadlines[asked.standard.id], days_a_week)
            for asked in on_the_way
            if asked.standard.id in deadlines
        ),
        hasty=tuple(asked.standard.id for asked in on_the_way if _hasty(asked, now)),
        after_edition=tuple(asked.standard.id for asked in on_the_way if _after_edition(asked, now)),
    )


def _hasty(questionnaire: Questionnaire, calendar: Calendar) -> bool:
    certificate = calendar.milestones[questionnaire.standard.id].certificate
    return certificate < weeks_later(calendar.start, questionnaire.rules.calendar.warn_under_weeks)


def _after_edition(questionnaire: Questionnaire, calendar: Calendar) -> bool:
    last = questionnaire.edition.no_new_certificates_after
    return last is not None and calendar.milestones[questionnaire.standard.id].certificate > last
