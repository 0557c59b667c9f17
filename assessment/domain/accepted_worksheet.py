"""An accepted version of a worksheet: which line was how, how each was judged, and what changed since."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessment.domain.completeness import Completeness
from assessment.domain.significance import significance
from assessment.domain.worksheet_condition import Value
from assessment.domain.worksheet_lines import Filled, Line


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


def accepted_from(number: int, values: Mapping[str, Value]) -> AcceptedWorksheet:
    """Return the accepted version that an entry holds. Raises ``ValueError`` and ``KeyError`` for what is none."""
    scores = json.loads(str(values.get("scores", "{}")))
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


def since(accepted: AcceptedWorksheet, filled: Filled, versions: Mapping[str, int]) -> dict[str, Since]:
    """Return how every line stands to an accepted version, by id."""
    found = {}
    for line in filled.lines.values():
        before = accepted.lines.get(line.id)
        if before is None:
            if not line.removed:
                found[line.id] = Since.NEW
        elif line.removed:
            found[line.id] = Since.DELETED
        else:
            found[line.id] = _stands(line, is_same=before == versions[line.id], on=accepted.on)
    return found


def _stands(line: Line, *, is_same: bool, on: date) -> Since:
    if line.confirmed_on is not None and line.confirmed_on >= on:
        return Since.CONFIRMED
    return Since.TO_CONFIRM if is_same else Since.CHANGED
