"""An accepted version of a worksheet: which line was how, how each was judged, and what changed since."""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessment.domain.completeness import Completeness
from assessment.domain.significance import judged, significance
from assessment.domain.worksheet_condition import Value
from assessment.domain.worksheet_lines import Filled, Line

_NUMBER = re.compile("[1-9][0-9]{0,5}")


@dataclass(frozen=True, kw_only=True)
class AcceptedWorksheet:
    """What was accepted: on which day, by whom, by which content, the version of each line, and the scores.

    A score is its total and whether the line counted.
    """

    number: int
    on: date
    leader: str
    revision: str
    lines: Mapping[str, int]
    scores: Mapping[str, tuple[int | None, bool]]

    def to_values(self) -> dict[str, Value]:
        """Return it as the fields of an entry."""
        return {
            "on": self.on.isoformat(),
            "leader": self.leader,
            "revision": self.revision,
            "lines": json.dumps(dict(self.lines), sort_keys=True),
            "scores": json.dumps({line: list(score) for line, score in self.scores.items()}, sort_keys=True),
        }


def accepted_versions(told: Mapping[str, Mapping[str, Value]]) -> tuple[AcceptedWorksheet, ...]:
    """Return the accepted versions that entries hold, by number, the first one first; what is none is left out.

    An older release took in whatever an import said.
    """
    numbers = sorted(int(number) for number in told if _NUMBER.fullmatch(number))
    found = []
    for number in numbers:
        with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
            found.append(accepted_from(number, told[str(number)]))
    return tuple(found)


def accepted_from(number: int, values: Mapping[str, Value]) -> AcceptedWorksheet:
    """Return the accepted version that an entry holds.

    Raises ``ValueError``, ``KeyError``, ``TypeError``, ``AttributeError`` and ``RecursionError`` for what is none.
    """
    scores = json.loads(str(values.get("scores", "{}")))
    if any(total is not None and type(total) is not int for total, _ in scores.values()):
        raise TypeError("has a score that is no number")
    return AcceptedWorksheet(
        number=number,
        on=date.fromisoformat(str(values["on"])),
        leader=str(values.get("leader", "")),
        revision=str(values.get("revision", "")),
        lines={str(line): int(version) for line, version in json.loads(str(values["lines"])).items()},
        scores={str(line): (total, bool(counts)) for line, (total, counts) in scores.items()},
    )


def accept(complete: Completeness, number: int, versions: Mapping[str, int]) -> AcceptedWorksheet:
    """Return a worksheet as it is accepted today, given the version of each line."""
    filled = complete.filled
    found = {}
    for method in filled.worksheet.methods:
        for line in filled.of(method.register):
            judged = significance(method, filled, line, complete.today)
            found[line.id] = (judged.score.total, bool(judged.is_significant))
    conclusion = filled.worksheet.conclusion_in
    register = filled.worksheet.registers[conclusion]
    return AcceptedWorksheet(
        number=number,
        on=complete.today,
        leader=filled.single(conclusion).text(register.named_by),
        revision=filled.worksheet.revision,
        lines={line.id: versions[line.id] for line in filled.present()},
        scores=found,
    )


def cannot_accept(complete: Completeness) -> tuple[str, ...]:
    """Return the ids of rules and registers that stand in the way: the conclusion, and what the content names besides."""
    worksheet = complete.filled.worksheet
    blocking = [rule for rule in worksheet.accept_rules if complete.by_rule[rule]]
    conclusion = worksheet.conclusion_in
    if not conclusion:
        return tuple(blocking)
    return (*blocking, *([] if complete.is_filled_in(conclusion) else [conclusion]))


class Since(StrEnum):
    """How a line stands to the version that was accepted last."""

    NEW = "new"
    CHANGED = "changed"
    DELETED = "deleted"
    CONFIRMED = "confirmed"  # somebody said that it is still so
    TO_CONFIRM = "to-confirm"


@dataclass(frozen=True, kw_only=True)
class AcceptedLines:
    """An accepted version with its lines as they were."""

    version: AcceptedWorksheet
    filled: Filled


@dataclass(frozen=True, kw_only=True)
class SinceLine:
    """A line beside the version that was accepted last: ``fields`` are those that say something else now.

    A score is its total and whether the line counted; ``None`` where it is not scored, then or now.
    """

    line: Line
    how: Since
    before: Line | None
    fields: tuple[str, ...]
    scored_before: tuple[int | None, bool] | None
    scored: tuple[int | None, bool] | None

    @property
    def is_scored_otherwise(self) -> bool:
        """Whether it was judged otherwise then, with the criteria of then."""
        return self.scored_before is not None and self.scored is not None and self.scored_before != self.scored


def since(accepted: AcceptedLines, complete: Completeness) -> tuple[SinceLine, ...]:
    """Return how every line stands to an accepted version: new, changed, deleted, confirmed, or still to be confirmed."""
    filled = complete.filled
    scores = {
        found.line.id: (found.score.total, bool(found.is_significant))
        for method in filled.worksheet.methods
        for found in judged(filled, method, complete.today)
    }
    there = [*filled.present(), *(line for line in filled.lines.values() if line.removed and line.id in accepted.version.lines)]
    found = []
    for line in there:
        before = accepted.filled.lines.get(line.id)
        names = {*line.values, *before.values} if before else set()
        fields = tuple(sorted(name for name in names if before and line.values.get(name) != before.values.get(name)))
        found.append(
            SinceLine(
                line=line,
                how=stands(line, before, complete.today),
                before=before,
                fields=fields,
                scored_before=accepted.version.scores.get(line.id),
                scored=scores.get(line.id),
            )
        )
    return tuple(found)


def stands(line: Line, before: Line | None, today: date) -> Since:
    """Return how a line stands to what it was in an accepted version."""
    if before is None:
        return Since.NEW
    if line.removed:
        return Since.DELETED
    if line.values != before.values:
        return Since.CHANGED
    # Said twice on one day it is said once, which leaves no trace.
    is_confirmed = line.confirmed_on is not None and (line.confirmed_on != before.confirmed_on or line.confirmed_on >= today)
    return Since.CONFIRMED if is_confirmed else Since.TO_CONFIRM
