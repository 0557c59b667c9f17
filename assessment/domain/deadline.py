"""A deadline held against a plan: met, met with more days a week, only with everything at once, or out of reach."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from assessment.domain.calendar import Scheduler
from assessment.domain.working_days import latest_start


class Meets(StrEnum):
    """Whether a deadline can be met."""

    YES = "yes"
    WITH_MORE_TIME = "with-more-time"
    ONLY_AT_ONCE = "only-at-once"
    NEVER = "never"


@dataclass(frozen=True, kw_only=True)
class DeadlineCheck:
    """A deadline against the plan.

    ``needed`` is the least of all paces that meets it, ``None`` where none does; ``start_by`` the latest working day on which
    work at that pace may begin; ``floor`` the earliest date with everything at once. It can never be met exactly when the floor
    lies behind it. ``is_past`` says that it lies before the beginning, ``held_by_steps`` that steps hold the floor and not the
    weeks around the audits alone.
    """

    standard: str
    deadline: date
    meets: Meets
    needed: Fraction | None
    start_by: date | None
    floor: date
    is_past: bool
    held_by_steps: bool


def check_deadline(scheduler: Scheduler, standard_id: str, deadline: date, days_a_week: Fraction) -> DeadlineCheck:
    """Hold a deadline against the plan at a pace, and search for the least pace that meets it."""
    earliest = scheduler.floor.milestones[standard_id]
    floor = earliest.certificate
    needed = None
    if scheduler.certificates(days_a_week)[standard_id] <= deadline:
        meets, needed = Meets.YES, days_a_week
    elif floor > deadline:
        meets = Meets.NEVER
    else:
        needed = scheduler.least_pace(standard_id, deadline)
        meets = Meets.WITH_MORE_TIME if needed is not None else Meets.ONLY_AT_ONCE
    start_by = None
    if needed is not None:
        start_by = latest_start(scheduler.start, scheduler.certificates(needed)[standard_id], deadline)
    return DeadlineCheck(
        standard=standard_id,
        deadline=deadline,
        meets=meets,
        needed=needed,
        start_by=start_by,
        floor=floor,
        is_past=deadline < scheduler.start,
        held_by_steps=bool(earliest.chain),
    )
