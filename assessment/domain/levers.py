"""Which step, were it done, would bring a plan forward most."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from assessment.domain.calendar import Scheduler
from assessment.domain.planning import Step
from assessment.domain.work_leg import WorkLeg

# So many steps are tried: those on which a date hangs that take longest. Trying all of them takes a second.
MOST_TRIED = 8


@dataclass(frozen=True, kw_only=True)
class Lever:
    """A step, and by how many days the last certificate would come sooner were it done; above 0."""

    step: Step
    days: int


def levers(legs: Sequence[WorkLeg], start: date, days_a_week: Fraction, done: Collection[str]) -> tuple[Lever, ...]:
    """Return the steps that bring the last certificate forward, of those that take longest, the strongest first."""
    now = Scheduler(legs=tuple(legs), start=start, done=frozenset(done)).calendar(days_a_week)
    held = {planned.key: planned for milestones in now.milestones.values() for planned in milestones.chain}
    longest = sorted(held.values(), key=lambda planned: (planned.start - planned.end, planned.key))[:MOST_TRIED]
    tried = [
        (planned.step, Scheduler(legs=tuple(legs), start=start, done=frozenset({*done, planned.key})).calendar(days_a_week))
        for planned in longest
        if planned.key not in done
    ]
    found = (Lever(step=step, days=(now.certificate - then.certificate).days) for step, then in tried)
    return tuple(sorted((lever for lever in found if lever.days > 0), key=lambda lever: (-lever.days, lever.step.key)))
