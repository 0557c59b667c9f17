"""When a plan can be done, and the earliest honest date of a certificate.

Several orders of work are tried and the best is taken, on working days only; no standard gets a later date from more days a
week. The weeks around the audits stand in ``rules.toml``.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from assessment.domain.audits_been import Been
from assessment.domain.network import Network, Placed, StartConstraint, network
from assessment.domain.planning import Step
from assessment.domain.rules import CalendarRules
from assessment.domain.work_leg import Needed, WorkLeg
from assessment.domain.working_days import WORKING_DAYS, on_or_after, weeks_later, working_days_later, working_days_until

# Person-days a week that are tried, least first, until a deadline is met: an order that does at one pace is kept for the next.
PACES = tuple(Fraction(half, 2) for half in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 20, 24, 30, 40, 60, 80, 100))


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A step with its dates. ``held_by`` is the key of the step that holds its beginning, empty where nothing does."""

    step: Step
    start: date
    end: date
    constraint: StartConstraint
    held_by: str

    @property
    def key(self) -> str:
        """The key of the step."""
        return self.step.key


@dataclass(frozen=True, kw_only=True)
class Milestones:
    """The dates of one standard: ready for and at stage 1, ready for and at stage 2, certificate. An audit that took place has
    its own day.

    ``chain`` holds the steps that fix the date, first to last: were any of them shorter, the date could come forward. It is
    empty where only the weeks around the audits fix it.
    """

    standard: str
    ready_for_stage_1: date
    stage_1: date
    ready_for_stage_2: date
    stage_2: date
    certificate: date
    chain: tuple[Planned, ...]


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """A plan in time. ``days_a_week`` is ``None`` for "everything at once": then only waiting takes time."""

    start: date
    days_a_week: Fraction | None
    planned: tuple[Planned, ...]
    milestones: Mapping[str, Milestones]

    @property
    def certificate(self) -> date:
        """The date by which every standard on the way has its certificate."""
        return max((milestones.certificate for milestones in self.milestones.values()), default=self.start)


@dataclass(frozen=True, kw_only=True)
class _Audits:
    """The audits of one standard in working days from the start; ``fixed_by``: the places of steps whose last fixes them."""

    ready_1: int
    stage_1: int
    ready_2: int
    stage_2: int
    certificate: int
    fixed_by: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Scheduler:
    """The legs of a way as one network, to be placed at any pace. Steps whose keys are in ``done`` take no more time.

    ``best`` holds by pace the best way to work that was found already, here or by another scheduler of the same `timing`.
    ``been`` are audits that took place already, by standard.
    """

    legs: tuple[WorkLeg, ...]
    start: date
    done: frozenset[str] = frozenset()
    best: dict[Fraction, Placed] = field(default_factory=dict)
    been: Mapping[str, Been] = field(default_factory=dict)

    def after(self, been: Mapping[str, Been]) -> "Scheduler":
        """Return the same after audits that took place. What is best depends on them, so none of it is kept for others."""
        return replace(self, been=been, best={}) if been else self

    @cached_property
    def _rules(self) -> Mapping[str, CalendarRules]:
        return {asked.standard.id: asked.rules.calendar for leg in self.legs for asked in leg.questionnaires}

    @cached_property
    def _needed(self) -> dict[str, Needed]:
        return {standard: needed for leg in self.legs for standard, needed in leg.needed.items()}

    @cached_property
    def _places(self) -> dict[str, tuple[tuple[int, ...], tuple[int, ...]]]:
        """For each standard the places of the steps it needs for stage 1 and for stage 2."""
        places = self.network.places
        return {
            standard: (
                tuple(sorted(places[key] for key in needed.stage_1)),
                tuple(sorted(places[key] for key in needed.stage_2)),
            )
            for standard, needed in self._needed.items()
        }

    @cached_property
    def _before(self) -> dict[str, tuple[str, ...]]:
        """For each standard those of the leg before: its audits wait for them to be ready."""
        standards = [tuple(asked.standard.id for asked in leg.questionnaires) for leg in self.legs]
        return {standard: earlier for earlier, leg in zip(((), *standards), standards, strict=False) for standard in leg}

    @cached_property
    def network(self) -> Network:
        """All legs: a leg begins once all that the one before needs for its audits is done."""
        steps: list[Step] = []
        before: dict[str, float] = {}
        needed: set[str] = set()
        for leg in self.legs:
            steps += [replace(step, waits_for={**before, **step.waits_for}) if before else step for step in leg.steps]
            own = {key for needed_by in leg.needed.values() for key in needed_by.stage_2}
            # In the order of the plan, so that of two that end at once always the same one holds what comes after.
            before |= {step.key: 0 for step in leg.steps if step.key in own}
            needed |= own
        return network(steps, self.done, {step.key for step in steps} - needed)

    @cached_property
    def floor(self) -> Calendar:
        """The calendar with everything at once: nothing is ready earlier, whoever helps."""
        return self._calendar(self.network.at_once, None)

    def calendar(self, days_a_week: Fraction) -> Calendar:
        """Return the plan at a pace in person-days a week, above 0; ``ValueError`` otherwise.

        Dates beyond the calendar's last year are given as its last day.
        """
        if days_a_week <= 0:
            raise ValueError("a plan needs more than no time a week")
        if days_a_week not in self._calendars:
            *_, (_, placed) = self._placed(days_a_week)
            self._calendars[days_a_week] = self._calendar(placed, days_a_week)
        return self._calendars[days_a_week]

    def certificates(self, days_a_week: Fraction) -> dict[str, date]:
        """Return when each standard has its certificate at a pace, by id; quicker than `calendar`, which dates each step."""
        audits = self._audits_at(days_a_week).items()
        return {standard: working_days_later(self.start, its.certificate) for standard, its in audits}

    def stages_2(self, days_a_week: Fraction) -> dict[str, date]:
        """Return when stage 2 of each standard is at a pace, by id; as quick as `certificates`."""
        return {standard: self._stage_2(standard, its) for standard, its in self._audits_at(days_a_week).items()}

    def _audits_at(self, days_a_week: Fraction) -> dict[str, _Audits]:
        *_, (_, placed) = self._placed(days_a_week)
        return {standard: self._audits(standard, placed) for standard in self._needed}

    @cached_property
    def _calendars(self) -> dict[Fraction, Calendar]:
        return {}

    def least_pace(self, standard: str, deadline: date) -> Fraction | None:
        """Return the least of the paces tried at which a certificate comes by a deadline; ``None`` where none is enough."""
        if self.floor.milestones[standard].certificate > deadline:
            return None
        for pace, placed in self._placed(PACES[-1]):
            if working_days_later(self.start, self._audits(standard, placed).certificate) <= deadline:
                return pace
        return None

    def _placed(self, up_to: Fraction) -> Iterator[tuple[Fraction, Placed]]:
        """Yield each pace up to this one with the best way to work at it.

        Among the orders that make no standard later than at the pace before, the one that is soonest for all; there always is
        one, since the order of the pace before makes nothing later.
        """
        before: Placed | None = None
        for pace in (*(pace for pace in PACES if pace < up_to), up_to):
            if pace not in self.best:
                self.best[pace] = self._choose(pace, before)
            before = self.best[pace]
            yield pace, before

    def _choose(self, pace: Fraction, before: Placed | None) -> Placed:
        kept = self.network.place(before.order, pace) if before else None
        best, least = kept, self._certificates(kept) if kept else None
        most = least
        for order in self.network.orders:
            if before and order == before.order:
                continue
            placed = self.network.place(order, pace)
            found = self._certificates(placed)
            if most is not None and any(one > other for one, other in zip(found, most, strict=True)):
                continue
            if least is None or (max(found, default=0), sum(found)) < (max(least, default=0), sum(least)):
                best, least = placed, found
        return best or self.network.at_once

    def _certificates(self, placed: Placed) -> list[int]:
        return [self._audits(standard, placed).certificate for standard in self._needed]

    def _audits(self, standard: str, placed: Placed) -> _Audits:
        (for_1, for_2), rules = self._places[standard], self._rules[standard]
        ready_1, ready_2 = placed.all_done(for_1), placed.all_done(for_2)
        has_work = ready_2 > 0
        ready_1, ready_2 = min(ready_1, ready_2), max(ready_1, ready_2)
        turn = max((placed.all_done(self._places[other][1]) for other in self._before[standard]), default=0)
        near = ready_2 - rules.stage_1_before_ready_weeks * WORKING_DAYS
        stage_1 = max(ready_1, rules.notice_weeks * WORKING_DAYS, near, turn)
        ready = ready_2 + rules.stage_2_after_ready_weeks * WORKING_DAYS if has_work else 0
        stage_2 = max(ready, stage_1 + rules.stage_2_after_weeks * WORKING_DAYS)
        fixed_by = for_2 if stage_2 == ready or stage_1 == near else for_1 if stage_1 == ready_1 else ()
        if been := self.been.get(standard):
            stage_1 = 0
            stage_2 = self._stage_2_after(been, max(ready, turn), rules)
            fixed_by = for_2 if stage_2 == ready > 0 else ()
        return _Audits(
            ready_1=ready_1,
            stage_1=stage_1,
            ready_2=ready_2,
            stage_2=stage_2,
            certificate=max(0, stage_2 + rules.decision_weeks * WORKING_DAYS),
            fixed_by=fixed_by,
        )

    def _stage_2(self, standard: str, audits: _Audits) -> date:
        been = self.been.get(standard)
        took_place = been.stage_2 if been and not been.is_stage_2_again(self.start) else None
        return took_place or working_days_later(self.start, audits.stage_2)

    def _stage_2_after(self, been: Been, ready: int, rules: CalendarRules) -> int:
        """Return when stage 2 is, after what took place: negative where it did. While a major is open, it is as if today."""
        if been.stage_2 and not been.is_stage_2_again(self.start):
            return 0 if been.majors else -working_days_until(on_or_after(been.stage_2), on_or_after(self.start))
        if been.stage_2 or not been.stage_1:
            return max(ready, rules.notice_weeks * WORKING_DAYS)
        soonest = on_or_after(weeks_later(been.stage_1, rules.stage_2_after_weeks))
        return max(ready, working_days_until(self.start, soonest))

    def _calendar(self, placed: Placed, days_a_week: Fraction | None) -> Calendar:
        planned = self._planned(placed)
        by_key = {one.key: one for one in planned}

        def day(offset: int) -> date:
            return working_days_later(self.start, offset)

        milestones = {}
        for standard in self._needed:
            audits = self._audits(standard, placed)
            last = max(audits.fixed_by, key=lambda place: (placed.ends[place], -place), default=-1)
            last_key = self.network.steps[last].key if last >= 0 and placed.ends[last] else ""
            been = self.been.get(standard)
            milestones[standard] = Milestones(
                standard=standard,
                ready_for_stage_1=day(audits.ready_1),
                stage_1=(been and (been.stage_1 or been.stage_2)) or day(audits.stage_1),
                ready_for_stage_2=day(audits.ready_2),
                stage_2=self._stage_2(standard, audits),
                certificate=day(audits.certificate),
                chain=_chain(last_key, by_key),
            )
        return Calendar(start=self.start, days_a_week=days_a_week, planned=planned, milestones=milestones)

    def _planned(self, placed: Placed) -> tuple[Planned, ...]:
        steps, holders = self.network.steps, self.network.holders(placed)
        dated = []
        for place in placed.order:
            holder, constraint = holders[place]
            dated.append(
                Planned(
                    step=steps[place],
                    start=working_days_later(self.start, placed.days(placed.begins[place])),
                    end=working_days_later(self.start, placed.days(placed.ends[place])),
                    constraint=constraint,
                    held_by=steps[holder].key if holder >= 0 else "",
                )
            )
        return tuple(dated)


def timing(legs: Iterable[WorkLeg], done: frozenset[str]) -> Hashable:
    """Return all that the best way to work through legs depends on: what a network reads of steps, and what is needed."""
    return done, tuple((leg.standards, tuple(leg.needed.items()), tuple(step.timing for step in leg.steps)) for leg in legs)


def _chain(last: str, planned: Mapping[str, Planned]) -> tuple[Planned, ...]:
    chain: list[Planned] = []
    one = planned.get(last)
    while one is not None:
        chain.append(one)
        one = planned.get(one.held_by)
    return tuple(reversed(chain))
