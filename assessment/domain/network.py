"""The steps of a plan as a network: what each waits for, how long it takes, and when it can be done at a pace.

Time is counted in working days, five a week. People work on one step after another; waiting runs beside work. To be exact at
every pace it is measured in ticks, of which half a working day has ``2 * numerator`` at a pace of ``numerator / denominator``
person-days a week; efforts are in quarters of a day and weeks in halves, so that everything is a whole number of ticks.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from heapq import heapify, heappop, heappush
from math import inf

from assessment.domain.planning import Step

WORKING_DAYS = 5
_QUARTERS = 4
_HALVES = 2
# The paces at which orders of work are drawn up. Every order is then tried at every pace.
_DRAWN_AT = (1, 2, 5)

# Places of steps, with the half working days that must have passed.
_Links = tuple[tuple[int, int], ...]


class StartConstraint(StrEnum):
    """What keeps a step from beginning earlier: the end of another, the beginning of another, or work on another."""

    NOTHING = "nothing"
    AFTER = "after"
    ALONGSIDE = "alongside"
    WORK = "work"


@dataclass(frozen=True, kw_only=True)
class Placed:
    """When the steps of a network begin and end, in ticks; ``order`` holds the places of the steps as they are worked on.

    ``ticks`` is how many half a working day has.
    """

    order: tuple[int, ...]
    begins: tuple[int, ...]
    ends: tuple[int, ...]
    ticks: int

    def days(self, moment: int) -> int:
        """Return a moment in whole working days, a day that has begun as a whole one."""
        return -(-moment // (_HALVES * self.ticks))

    def all_done(self, places: Iterable[int]) -> int:
        """Return the whole working days until the steps at these places have ended; 0 where nothing has to be done."""
        return self.days(max(map(self.ends.__getitem__, places), default=0))


@dataclass(frozen=True, kw_only=True)
class Network:
    """Steps, in the order of their plan.

    Those whose keys are in ``done`` take no time; ``optional`` ones come last, but for what must not wait.
    """

    steps: tuple[Step, ...]
    done: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each step, by key."""
        return {step.key: place for place, step in enumerate(self.steps)}

    @cached_property
    def quarters(self) -> tuple[int, ...]:
        """The work of each step, in quarters of a person-day."""
        return tuple(0 if step.key in self.done else round(step.person_days * _QUARTERS) for step in self.steps)

    @cached_property
    def least(self) -> tuple[int, ...]:
        """The least time each step takes, in half working days."""
        return tuple(0 if step.key in self.done else _half_days(step.weeks) for step in self.steps)

    @cached_property
    def after(self) -> tuple[_Links, ...]:
        """For each step the places of those that must have ended, with the half working days that must then have passed."""
        return tuple(() if step.key in self.done else self._links(step.waits_for) for step in self.steps)

    @cached_property
    def alongside(self) -> tuple[_Links, ...]:
        """For each step the places of those that must have begun, with the half working days that must then have passed."""
        return tuple(() if step.key in self.done else self._links(step.alongside) for step in self.steps)

    def _links(self, named: Mapping[str, float]) -> _Links:
        return tuple(
            (self.places[key], _half_days(weeks)) for key, weeks in named.items() if key in self.places and key not in self.done
        )

    @cached_property
    def binding(self) -> tuple[tuple[_Links, _Links], ...]:
        """For each step those links after and alongside others that say something new: they alone give the same times.

        A link says nothing new where one that lies between is waited for, and itself waits for the earlier one long enough.
        """
        return tuple(
            (self._binding(self.after, place), self._binding(self.alongside, place)) for place in range(len(self.steps))
        )

    def _binding(self, links: Sequence[_Links], place: int) -> _Links:
        kept = dict(links[place])
        for between, until in (*self.after[place], *self.alongside[place]):
            for earlier, lag in links[between]:
                if kept.get(earlier, inf) <= lag + until:
                    del kept[earlier]
        return tuple(kept.items())

    @cached_property
    def later(self) -> tuple[tuple[int, ...], ...]:
        """For each step the places of those that wait for it."""
        later: list[list[int]] = [[] for _ in self.steps]
        for place, (after, alongside) in enumerate(self.binding):
            for earlier in {one for one, _ in (*after, *alongside)}:
                later[earlier].append(place)
        return tuple(map(tuple, later))

    @cached_property
    def at_once(self) -> Placed:
        """Everything as soon as it can begin, whatever work that is at a time: the floor."""
        begins: list[int] = []
        ends: list[int] = []
        for place in range(len(self.steps)):  # a plan is in a doable order
            after = (ends[earlier] + lag for earlier, lag in self.after[place])
            alongside = (begins[earlier] + lag for earlier, lag in self.alongside[place])
            begins.append(max((*after, *alongside), default=0))
            ends.append(begins[place] + self.least[place])
        order = sorted(range(len(begins)), key=lambda place: (self.steps[place].key not in self.done, begins[place], place))
        return Placed(order=tuple(order), begins=tuple(begins), ends=tuple(ends), ticks=1)

    @cached_property
    def orders(self) -> tuple[tuple[int, ...], ...]:
        """The orders to try, each once: by the longest way to the end at several paces, as soon as possible, as planned."""
        drawn = [self._drawn(Fraction(pace)) for pace in _DRAWN_AT]
        planned = sorted(range(len(self.steps)), key=lambda place: self.steps[place].key not in self.done)
        return tuple(dict.fromkeys((*drawn, self.at_once.order, tuple(planned))))

    def _drawn(self, pace: Fraction) -> tuple[int, ...]:
        """Return the order in which the step with the longest way to the end is begun first, among those that can begin."""
        ticks = _ticks(pace)
        took = self._took(pace)
        longest = self._longest(took, ticks)
        left = [len({one for one, _ in (*after, *alongside)}) for after, alongside in self.binding]
        rank = [
            (
                step.key in self.optional and not step.urgent and step.key not in self.done,
                -1 if step.key in self.done else 0 if step.urgent else 1 if step.first_step or step.early else 2,
                -longest[place],
                place,
            )
            for place, step in enumerate(self.steps)
        ]
        begins, ends = [0] * len(self.steps), [0] * len(self.steps)
        coming = [(0, place) for place, count in enumerate(left) if not count]
        heapify(coming)
        ready: list[tuple[tuple[bool, int, int, int], int]] = []
        order: list[int] = []
        moment = 0
        while coming or ready:
            if not ready:
                moment = max(moment, coming[0][0])
            while coming and coming[0][0] <= moment:
                place = heappop(coming)[1]
                heappush(ready, (rank[place], place))
            _, place = heappop(ready)
            order.append(place)
            begins[place] = moment
            work, least = took[place]
            ends[place] = moment + max(work, least)
            moment += work
            for later in self.later[place]:
                left[later] -= 1
                if not left[later]:
                    heappush(coming, (self._ready(later, begins, ends, ticks), later))
        return tuple(order)

    def _took(self, pace: Fraction) -> list[tuple[int, int]]:
        """Return of each step its work and the least it takes, in ticks."""
        each, ticks = WORKING_DAYS * pace.denominator, _ticks(pace)
        return [(quarters * each, least * ticks) for quarters, least in zip(self.quarters, self.least, strict=True)]

    def _longest(self, took: Sequence[tuple[int, int]], ticks: int) -> list[int]:
        longest = [max(work, least) for work, least in took]
        for place in reversed(range(len(self.steps))):
            after, alongside = self.binding[place]
            for earlier, lag in after:
                longest[earlier] = max(longest[earlier], max(took[earlier]) + lag * ticks + longest[place])
            for earlier, lag in alongside:
                longest[earlier] = max(longest[earlier], lag * ticks + longest[place])
        return longest

    def _ready(self, place: int, begins: Sequence[int], ends: Sequence[int], ticks: int) -> int:
        """Return when a step can begin."""
        when = 0
        after, alongside = self.binding[place]
        for earlier, lag in after:
            if ends[earlier] + lag * ticks > when:
                when = ends[earlier] + lag * ticks
        for earlier, lag in alongside:
            if begins[earlier] + lag * ticks > when:
                when = begins[earlier] + lag * ticks
        return when

    def place(self, order: Sequence[int], pace: Fraction) -> Placed:
        """Work through the steps in this order. More days a week never make any of it later: nothing overtakes."""
        ticks, took = _ticks(pace), self._took(pace)
        begins, ends = [0] * len(self.steps), [0] * len(self.steps)
        free = 0
        for place in order:
            begins[place] = max(free, self._ready(place, begins, ends, ticks))
            work, least = took[place]
            free = begins[place] + work
            ends[place] = begins[place] + max(work, least)
        return Placed(order=tuple(order), begins=tuple(begins), ends=tuple(ends), ticks=ticks)

    def holders(self, placed: Placed) -> list[tuple[int, StartConstraint]]:
        """Return for each step the place of the one that holds its beginning (-1 where nothing does), and how it holds it."""
        holders = [(-1, StartConstraint.NOTHING)] * len(self.steps)
        last = -1
        for place in placed.order:
            when, holder, constraint = self._awaited(place, placed)
            if placed.begins[place] > 0:
                holders[place] = (holder, constraint) if when == placed.begins[place] else (last, StartConstraint.WORK)
            last = place
        return holders

    def _awaited(self, place: int, placed: Placed) -> tuple[int, int, StartConstraint]:
        """Return when a step could begin, the place of what it waited for longest (-1 for nothing), and how it waited."""
        when, holder, constraint = 0, -1, StartConstraint.NOTHING
        for earlier, lag in self.after[place]:
            if placed.ends[earlier] + lag * placed.ticks > when:
                when, holder, constraint = placed.ends[earlier] + lag * placed.ticks, earlier, StartConstraint.AFTER
        for earlier, lag in self.alongside[place]:
            if placed.begins[earlier] + lag * placed.ticks > when:
                when, holder, constraint = placed.begins[earlier] + lag * placed.ticks, earlier, StartConstraint.ALONGSIDE
        return when, holder, constraint


def _ticks(pace: Fraction) -> int:
    return _QUARTERS // _HALVES * pace.numerator


def _half_days(weeks: float) -> int:
    return round(weeks * WORKING_DAYS * _HALVES)


def network(steps: Sequence[Step], done: Collection[str] = (), optional: Collection[str] = ()) -> Network:
    """Return the network of these steps."""
    return Network(steps=tuple(steps), done=frozenset(done), optional=frozenset(optional))
