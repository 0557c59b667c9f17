"""What is kept of a worksheet: entries of three kinds, each under a key and with a form of its own in the history."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from assessment.domain.limits import LONGEST_WORKSHEET_TEXT
from assessment.domain.merge import merge_fields
from assessment.domain.worksheet_condition import Value
from assessment.storage.history import WORKSHEET, Content
from assessment.storage.repository import Codec, Repository
from assessment.storage.serialization import all_storable
from assessment.storage.tables import worksheet_entry as table

# A line; what somebody said about a candidate; a version that was accepted.
LINE, CANDIDATE, ACCEPTED = "line", "candidate", "accepted"
KINDS = (LINE, CANDIDATE, ACCEPTED)
# An accepted version names every line with its version and its score.
_LONGEST_ACCEPTED = 500_000
# Two registers of a thousand lines, and about six megabytes of a worker's memory.
_REMEMBERED = 4_096
_PARTS = frozenset({"values", "candidate", "removed", "confirmed_on"})


@dataclass(frozen=True, kw_only=True)
class WorksheetEntry:
    """One entry: its fields, the candidate it was copied from, whether it was deleted, and when it was last confirmed."""

    values: Mapping[str, Value] = field(default_factory=dict)
    candidate: str = ""
    removed: bool = False
    confirmed_on: str = ""


def worksheet_key(about: str) -> tuple[str, str, str]:
    """Return worksheet, kind and entry of a key such as ``review/line/F12``. Raises ``ValueError`` for what is no such key."""
    parts = about.split("/", 2)
    if len(parts) != len(("worksheet", "kind", "entry")) or not all(parts) or parts[1] not in KINDS:
        raise ValueError("is about no entry of a worksheet")
    return parts[0], parts[1], parts[2]


def longest_text(kind: str) -> int:
    """Return the most characters of one text of an entry."""
    return _LONGEST_ACCEPTED if kind == ACCEPTED else LONGEST_WORKSHEET_TEXT


def worksheet_entry(content: Content) -> WorksheetEntry:
    """Return the entry that a content holds; an empty one for ``None``. Raises ``TypeError`` and ``ValueError``."""
    if content is None:
        return WorksheetEntry()
    if not isinstance(content, Mapping) or content.keys() != _PARTS:
        raise ValueError("is no entry of a worksheet")
    if not isinstance(content["values"], Mapping):
        raise TypeError("has fields that are none")
    if type(content["removed"]) is not bool or not all(
        isinstance(content[name], str) for name in ("candidate", "confirmed_on")
    ):
        raise TypeError("has another form")
    values = MappingProxyType({str(name): _value(value) for name, value in content["values"].items()})
    return WorksheetEntry(
        values=values, candidate=content["candidate"], removed=content["removed"], confirmed_on=content["confirmed_on"]
    )


def _value(plain: Any) -> Value:
    if isinstance(plain, str):
        return plain
    if not isinstance(plain, list) or not all(isinstance(part, str) for part in plain):
        raise TypeError("has a field that is no text")
    return tuple(plain)


def _content(entry: WorksheetEntry) -> Content:
    values = {name: value if isinstance(value, str) else list(value) for name, value in entry.values.items()}
    content: Content = all_storable(
        {"values": values, "candidate": entry.candidate, "removed": entry.removed, "confirmed_on": entry.confirmed_on}
    )
    return content


def _together(base: WorksheetEntry, mine: WorksheetEntry, theirs: WorksheetEntry) -> WorksheetEntry | None:
    """Return an entry with the fields that each of two people changed; ``None`` where both changed one, or one deleted it."""
    if mine.removed or theirs.removed:
        return None
    names = base.values.keys() | mine.values.keys() | theirs.values.keys()
    sides = [{name: side.values.get(name, "") for name in names} for side in (base, mine, theirs)]
    merged, clashes = merge_fields(base=sides[0], mine=sides[1], theirs=sides[2])
    if clashes:
        return None
    return WorksheetEntry(
        values={name: value for name, value in merged.items() if value},
        candidate=theirs.candidate,
        confirmed_on=max(mine.confirmed_on, theirs.confirmed_on),
    )


ENTRIES = Repository(
    table,
    ("worksheet", "kind", "entry"),
    Codec(to_content=_content, from_content=worksheet_entry, together=_together, remembers=_REMEMBERED),
    WORKSHEET,
)
