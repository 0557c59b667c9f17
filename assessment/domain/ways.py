"""Standards together, one after the other, or one alone: the way that is advised, and what every way takes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import permutations

from assessment.domain.audits_been import Been
from assessment.domain.fit import Advice, Recommendation, Why
from assessment.domain.planning import Step
from assessment.domain.way_planner import Legs, WayPlanner

MOST_ORDERS = 6  # three standards have six orders; more would not be read


@dataclass(frozen=True, kw_only=True)
class Leg:
    """One stretch of a way: standards worked on together, the work, and when the last of them has its certificate."""

    standards: tuple[str, ...]
    person_days: float
    certificate: date


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way, as legs one after the other. ``saved`` is in person-days, against each of its standards alone."""

    legs: tuple[Leg, ...]
    saved: float

    @property
    def person_days(self) -> float:
        """The work of the whole way."""
        return sum(leg.person_days for leg in self.legs)

    @property
    def standards(self) -> Legs:
        """The standards, stretch by stretch."""
        return tuple(leg.standards for leg in self.legs)


def advised_legs(
    recommendation: Recommendation, chosen: Sequence[str], held: Iterable[str] = (), *, open_advice: bool = False
) -> Legs:
    """Return the way that the advice leads to among the standards that were chosen and are not held already.

    First what it begins with, then what it says comes later; a standard it does not name is not on the way. Where the advice
    names none of the chosen, what was chosen is what is wanted: all of it together while nothing is known or the advice is
    open, and a single one.
    """
    wanted = tuple(standard for standard in chosen if standard not in held)
    first = tuple(standard.id for standard in recommendation.first if standard.id in wanted)
    later = tuple((standard.id,) for standard in recommendation.later if standard.id in wanted)
    legs = ((first,) if first else ()) + later
    if legs or (recommendation.advice is Advice.NONE_URGENT and len(chosen) > 1 and not open_advice):
        return legs
    return (wanted,) if wanted else ()


def by_deadline(
    recommendation: Recommendation,
    deadlines: Mapping[str, date],
    readiness: Mapping[str, int],
    certificates: Callable[[Legs], Mapping[str, date]],
) -> Recommendation:
    """Return the advice, with one standard after the other where that meets every deadline and together would miss one.

    The nearer deadline comes first, then the more ready standard (DOMAIN.md 8.3). ``certificates`` tells when those of a way
    come.
    """

    def missed(way: Legs) -> bool:
        return any(day > deadlines.get(standard, date.max) for standard, day in certificates(way).items())

    first = recommendation.first
    if recommendation.advice is not Advice.TOGETHER or deadlines.keys().isdisjoint(standard.id for standard in first):
        return recommendation
    order = sorted(first, key=lambda each: (deadlines.get(each.id, date.max), -readiness.get(each.id, 0)))
    if not missed((tuple(standard.id for standard in first),)) or missed(tuple((standard.id,) for standard in order)):
        return recommendation
    later = (*order[1:], *recommendation.later)
    return Recommendation(advice=Advice.ONE, why=Why.NEARER_DEADLINE, first=(order[0],), later=later)


def possible_legs(chosen: Sequence[str]) -> tuple[Legs, ...]:
    """Return every way over these standards: all together, one after the other in each order, and each alone."""
    if len(chosen) < 2:
        return tuple(((standard,),) for standard in chosen)
    orders = list(permutations(chosen))[:MOST_ORDERS]
    return (
        (tuple(chosen),),
        *(tuple((standard,) for standard in order) for order in orders),
        *(((standard,),) for standard in chosen),
    )


def ways(
    planner: WayPlanner, standards: Sequence[str], on: date, days_a_week: Fraction, been: Mapping[str, Been]
) -> tuple[Way, ...]:
    """Return what every possible way over these standards takes and when it ends, begun on a day and at a pace.

    ``been`` are audits that took place already, by standard.
    """
    alone = {standard: _work(planner.legs(((standard,),))[0].steps) for standard in standards}
    compared = []
    for legs in possible_legs(standards):
        dates = planner.scheduler(legs, on).after(been).certificates(days_a_week)
        taken = tuple(
            Leg(
                standards=together,
                person_days=_work(leg.steps),
                certificate=max(dates[standard] for standard in together),
            )
            for together, leg in zip(legs, planner.legs(legs), strict=True)
        )
        each_alone = sum(alone[standard] for together in legs for standard in together)
        compared.append(Way(legs=taken, saved=each_alone - sum(leg.person_days for leg in taken)))
    return tuple(compared)


def _work(steps: Iterable[Step]) -> float:
    return sum(step.person_days for step in steps)
