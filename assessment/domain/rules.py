"""The ladder of rungs and every number of the rules, from ``rules.toml``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cached_property


class Rung(IntEnum):
    """One step of the answer ladder, lowest first. Titles and points are in ``rules.toml``."""

    ABSENT = 0
    INFORMAL = 1
    DEFINED = 2
    IN_USE = 3
    IMPROVED = 4

    @property
    def id(self) -> str:
        """The word used in content, storage and downloads, such as ``in-use``."""
        return self.name.lower().replace("_", "-")

    @classmethod
    def of(cls, rung_id: str) -> "Rung":
        """Return the rung with this id; ``KeyError`` when there is none."""
        return _RUNGS[rung_id]


_RUNGS = {rung.id: rung for rung in Rung}


class Overlap(StrEnum):
    """How much of a topic's evidence serves every standard that has the topic, most first.

    Full: the same piece of evidence. Most: the same way of working, with content to add. Part: the method only.
    """

    FULL = "full"
    MOST = "most"
    PART = "part"

    @classmethod
    def least(cls, overlaps: Iterable["Overlap"]) -> "Overlap":
        """Return the weakest of the overlaps; full when there is none."""
        return max(overlaps, key=tuple(cls).index, default=cls.FULL)


class Size(StrEnum):
    """Size of the organisation, for the effort of actions. Limits are in ``rules.toml``."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


@dataclass(frozen=True, kw_only=True)
class RungRule:
    """What a rung is called, how to test for it, and its points."""

    rung: Rung
    title: str
    test: str
    points: int


@dataclass(frozen=True, kw_only=True)
class FitRules:
    """When need counts as strong, close or weak; all in percent of the possible points."""

    strong: int
    close: int
    weak: int


@dataclass(frozen=True, kw_only=True)
class FindingRules:
    """When a shortfall is a likely major.

    An essential on ``essential_major_up_to`` or lower, a required element on ``required_major_up_to`` or lower; and
    ``lapses_for_major`` questions of one lowest clause that low, ``absent_for_major`` of them absent. A stale deed counts as
    ``stale_counts_as`` at most. What is shown by nothing newer than ``look_again_months`` is worth another look.
    """

    essential_major_up_to: Rung
    required_major_up_to: Rung
    lapses_for_major: int
    absent_for_major: int
    stale_counts_as: Rung
    look_again_months: int


@dataclass(frozen=True, kw_only=True)
class GateRules:
    """What a verdict needs; percents are of all questions that apply.

    Stage 1: its questions on ``stage_1_at_least``, reasons of ``reason_words`` without the ``empty_words``,
    ``defined_percent`` defined or better and, of what is no event, ``in_use_percent`` in use or better. Stage 2: likely minors
    in at most ``minor_areas_allowed`` areas, and ``ready_in_use_percent`` in use or better, or an event that has not happened.
    """

    stage_1_at_least: Rung
    reason_words: int
    empty_words: frozenset[str]
    defined_percent: int
    in_use_percent: int
    minor_areas_allowed: int
    ready_in_use_percent: int


@dataclass(frozen=True, kw_only=True)
class CalendarRules:
    """Weeks around the audits, and what is assumed where the organisation told nothing.

    Stage 1 comes at most ``stage_1_before_ready_weeks`` before everything for stage 2 is ready, stage 2 at least
    ``stage_2_after_ready_weeks`` after that and ``stage_2_after_weeks`` after stage 1. ``warn_under_weeks``: a certificate
    sooner than this after the start carries a warning.
    """

    days_a_week: int
    notice_weeks: int
    stage_1_before_ready_weeks: int
    stage_2_after_weeks: int
    stage_2_after_ready_weeks: int
    decision_weeks: int
    warn_under_weeks: int


@dataclass(frozen=True, kw_only=True)
class WorkRules:
    """How work and weeks change with the number of people.

    Actions are written down for ``people``; ``assumed_people`` is taken where nobody tells. Effort grows with the
    ``effort_power`` of the people and is at least ``least_days``; weeks with the ``weeks_power``, within
    ``weeks_shortest`` and ``weeks_longest`` times what is written down. ``spread_percent`` is how far an effort may be out.
    Up to ``one_hand_up_to`` people several roles are one person's. Where a standard with as much work is in place, another
    takes ``later_part`` of its own, but for what is done anew.
    """

    people: int
    assumed_people: int
    effort_power: float
    least_days: float
    weeks_power: float
    weeks_shortest: float
    weeks_longest: float
    spread_percent: int
    bought_percent: int
    one_hand_up_to: int
    later_part: float


@dataclass(frozen=True, kw_only=True)
class CarryRules:
    """What an answer of one standard gives another.

    ``at_most`` is the highest rung that an overlap can suggest, ``None`` where it suggests none. From ``method_from`` on there
    is a way of working that can be used again where no rung carries.
    """

    at_most: Mapping[Overlap, Rung | None]
    method_from: Rung


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Every number of the rules, from ``rules.toml``."""

    revision: str
    ladder: tuple[RungRule, ...]
    enough: Rung
    findings: FindingRules
    gates: GateRules
    carried: CarryRules
    fit: FitRules
    calendar: CalendarRules
    work: WorkRules
    small_up_to: int
    medium_up_to: int

    @cached_property
    def by_rung(self) -> tuple[int, ...]:
        """Points of each rung, before weight, in ladder order."""
        return tuple(step.points for step in self.ladder)

    def points(self, rung: Rung) -> int:
        """Return the points of a rung, before weight."""
        return self.by_rung[rung]

    def title(self, rung: Rung) -> str:
        """Return what people read for a rung."""
        return self.ladder[rung].title

    def size(self, people: int) -> Size:
        """Return the size class of an organisation with this many people."""
        if people <= self.small_up_to:
            return Size.SMALL
        return Size.MEDIUM if people <= self.medium_up_to else Size.LARGE
