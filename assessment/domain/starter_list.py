"""Starter lists: candidates for lines, by sector. A candidate is never an answer: somebody copies it, or turns it down."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from assessment.domain.working_days import months_later
from assessment.domain.worksheet_condition import Value

# From so many months on a page says how old a candidate is.
OLD_FROM_MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class StarterList:
    """The candidates of one sector; ``for_all`` are offered to everybody."""

    id: str
    title: str
    examples: str
    for_all: bool


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """What a line could say. ``points`` names, by field, candidates that it would point at.

    One without a list is offered where an offered one points at it. ``not_for`` are lists of trades that have no such thing: it
    is not offered to somebody who chose none but those.
    """

    id: str
    list_id: str
    register: str
    values: Mapping[str, Value]
    points: Mapping[str, tuple[str, ...]]
    as_of: date
    applies_when: str = ""
    status: str = ""
    source: str = ""
    confidence: str = ""
    not_for: tuple[str, ...] = ()

    def is_old(self, today: date) -> bool:
        """Tell whether it was looked up so long ago that a page says so."""
        return months_later(self.as_of, OLD_FROM_MONTHS) < today

    def months_old(self, today: date) -> int:
        """Return for how many whole months it was not looked at."""
        months = (today.year - self.as_of.year) * 12 + today.month - self.as_of.month
        return max(0, months - (today.day < self.as_of.day))


@dataclass(frozen=True, kw_only=True)
class StarterLists:
    """All starter lists of a worksheet, and their candidates."""

    lists: tuple[StarterList, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    name_fields: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, Candidate]:
        """Every candidate by its id."""
        return {candidate.id: candidate for candidate in self.candidates}

    def offered(self, chosen: Collection[str]) -> tuple[Candidate, ...]:
        """Return what is offered to somebody who chose these lists.

        Several lists may hold one activity; of two with the same name and the same register the first is offered.
        """
        direct = [
            candidate
            for candidate in self.candidates
            if self._is_on(candidate.list_id, chosen) and not (chosen and set(chosen) <= set(candidate.not_for))
        ]
        seen: set[tuple[str, str]] = set()
        offered = []
        for candidate in direct:
            name = (candidate.register, str(candidate.values.get(self.name_fields.get(candidate.register, ""), "")).casefold())
            if not name[1] or name not in seen:
                offered.append(candidate)
                seen.add(name)
        pointed = set(_pointed_at(direct))
        return (*offered, *(each for each in self.candidates if not each.list_id and each.id in pointed))

    def _is_on(self, list_id: str, chosen: Collection[str]) -> bool:
        return bool(list_id) and (list_id in chosen or any(one.id == list_id and one.for_all for one in self.lists))


def _pointed_at(candidates: Iterable[Candidate]) -> Iterable[str]:
    return (target for candidate in candidates for targets in candidate.points.values() for target in targets)
