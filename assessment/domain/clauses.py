"""Clauses of an edition: their numbers, how these are ordered, and the level that findings are grouped at."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A clause of an edition; an untitled one carries the title of the clause above it.

    ``heads_finding`` marks a clause below x.y that an auditor writes a finding against by itself.
    """

    number: str
    title: str
    auditable: bool
    heads_finding: bool


def clause_order(number: str) -> tuple[int, ...]:
    """Return the sort key of a clause number: 4.10 comes after 4.9."""
    return tuple(int(part) for part in number.split("."))


def is_within(number: str, clause: str) -> bool:
    """Tell whether a clause is another one, or lies below it: 8.5.3 lies within 8.5 and not within 8.50."""
    return f"{number}.".startswith(f"{clause}.")


def clause_group(number: str) -> str:
    """Return the clause at the level x.y that a clause belongs to: ``8.5`` for 8.5.3."""
    return ".".join(number.split(".")[:2])


def area_of(number: str, clauses: Mapping[str, Clause]) -> str:
    """Return the clause against which one finding is written for a clause: x.y, or one below it that heads findings."""
    parts = number.split(".")
    above = (".".join(parts[:length]) for length in range(len(parts), 2, -1))
    heads = (clause for clause in above if clause in clauses and clauses[clause].heads_finding)
    return next(heads, clause_group(number))
