"""The plan held against time: the date, what it would take to meet a deadline, and what to be warned of."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from assessment.domain.audits_been import Been
from assessment.domain.calendar import Calendar, Scheduler
from assessment.domain.deadline import DeadlineCheck, check_deadline
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.result import Result
from assessment.domain.way_planner import WayPlanner
from assessment.domain.working_days import weeks_later


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """A calendar of the chosen way, with its alternatives, each worked out when it is first asked for.

    ``offered`` are person-days a week to compare with; ``done`` holds the keys of steps that are done, ``been`` the audits that
    took place, by standard.
    """

    result: Result
    start: date
    days_a_week: Fraction
    offered: frozenset[Fraction]
    done: frozenset[str]
    been: Mapping[str, Been] = field(default_factory=dict)

    @property
    def calendar(self) -> Calendar:
        """The plan in time."""
        return self._scheduler.calendar(self.days_a_week)

    @cached_property
    def certificates_by_days(self) -> Mapping[Fraction, Mapping[str, date]]:
        """The certificates by standard, at the person-days a week that are offered and at those of the plan, least first."""
        return {days: self._scheduler.certificates(days) for days in sorted({*self.offered, self.days_a_week})}

    @property
    def floor(self) -> Calendar:
        """The calendar with everything at once."""
        return self._scheduler.floor

    @cached_property
    def certificates_if_open_is_enough(self) -> Mapping[str, date]:
        """The certificates by standard, if every open answer turns out to be enough."""
        return self._scheduler_of(self.result.planner_if_open_is_enough).certificates(self.days_a_week)

    @cached_property
    def deadlines(self) -> tuple[DeadlineCheck, ...]:
        """The deadlines that the profile tells, held against the plan."""
        told = self.result.profile.deadlines()
        return tuple(
            check_deadline(self._scheduler, asked.standard.id, told[asked.standard.id], self.days_a_week)
            for asked in self._on_the_way
            if asked.standard.id in told
        )

    @property
    def hasty(self) -> tuple[str, ...]:
        """The standards whose certificate would come sooner than is honest."""
        return tuple(
            asked.standard.id
            for asked in self._on_the_way
            if asked.standard.id not in self.been and _hasty(asked, self.calendar)
        )

    @property
    def after_edition(self) -> tuple[str, ...]:
        """The standards whose certificate would come after the last day for new certificates of the chosen edition."""
        return tuple(asked.standard.id for asked in self._on_the_way if _after_edition(asked, self.calendar))

    @property
    def _on_the_way(self) -> tuple[Questionnaire, ...]:
        return tuple(asked for leg in self.result.legs for asked in leg.questionnaires)

    @cached_property
    def _scheduler(self) -> Scheduler:
        return self._scheduler_of(self.result.planner)

    def _scheduler_of(self, planner: WayPlanner) -> Scheduler:
        return planner.scheduler(self.result.way, self.start, self.done).after(self.been)


def timeline(
    result: Result,
    *,
    start: date,
    days_a_week: Fraction,
    offered: Iterable[Fraction],
    done: Collection[str] = (),
) -> Timeline:
    """Hold the plan of a result against time. ``offered``: person-days a week to compare; ``done``: keys of steps done."""
    return Timeline(
        result=result,
        start=start,
        days_a_week=days_a_week,
        offered=frozenset(offered),
        done=frozenset(done),
        been={standard: been for standard, been in result.been.items() if standard in result.on_the_way},
    )


def _hasty(questionnaire: Questionnaire, calendar: Calendar) -> bool:
    certificate = calendar.milestones[questionnaire.standard.id].certificate
    return certificate < weeks_later(calendar.start, questionnaire.rules.calendar.warn_under_weeks)


def _after_edition(questionnaire: Questionnaire, calendar: Calendar) -> bool:
    last = questionnaire.edition.no_new_certificates_after
    return last is not None and calendar.milestones[questionnaire.standard.id].certificate > last
