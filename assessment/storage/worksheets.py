"""Worksheets: loading what is filled in, and saving lines so that none is lost and no pointer leads nowhere."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from assessment.domain.limits import MOST_LINES
from assessment.domain.worksheet import new_line_ids
from assessment.storage import merge_save
from assessment.storage.database import reading, writing
from assessment.storage.history import Author, lock_for_update
from assessment.storage.idempotency import IdempotencyKey, remembered
from assessment.storage.merge_save import Proposed, SaveResult
from assessment.storage.repository import Stored
from assessment.storage.serialization import storable
from assessment.storage.worksheet_entries import ACCEPTED, CANDIDATE, ENTRIES, KINDS, LINE, WorksheetEntry, worksheet_key

__all__ = [
    "ACCEPTED",
    "CANDIDATE",
    "LINE",
    "Along",
    "Entries",
    "NoRoomError",
    "WorksheetEntry",
    "entries_at",
    "load_entries",
    "nothing_along",
    "save_entries",
]

# Entries of one worksheet, by kind and then by id.
Entries = Mapping[str, Mapping[str, Stored[WorksheetEntry]]]
# Told what would be stored, and the ids of the lines that were saved; raises where that must not be.
Check = Callable[[Entries, Collection[str]], None]
# Told what is stored, and the ids that new lines get; returns what is saved along with them.
Along = Callable[[Entries, Sequence[str]], Sequence[Proposed[WorksheetEntry]]]


class NoRoomError(Exception):
    """A worksheet has as many lines as there is room for. Nothing was written."""


def nothing_along(_stored: Entries, _new: Sequence[str]) -> tuple[()]:
    """Save nothing along with new lines."""
    return ()


def load_entries(
    assessment_id: str, worksheet_id: str, *, earlier: Entries | None = None, changed: Collection[str] = ()
) -> Entries:
    """Return everything kept of a worksheet, deleted lines too.

    Where ``earlier`` are its entries as they once were, and ``changed`` names the subjects of all changes since, only those are
    read: of a register of a thousand lines, the one that was just saved.
    """
    with reading() as connection:
        if earlier is None:
            return _load(connection, assessment_id, worksheet_id)
        return _brought_forward(connection, assessment_id, worksheet_id, earlier, map(ENTRIES.key, changed))


def _brought_forward(
    connection: Connection, assessment_id: str, worksheet_id: str, earlier: Entries, keys: Iterable[str]
) -> Entries:
    """Return earlier entries of a worksheet with those under some keys, of whichever worksheets, as they are by now."""
    found = {kind: dict(entries) for kind, entries in earlier.items()}
    for key in keys:
        of, kind, entry = worksheet_key(key)
        stored = ENTRIES.find(connection, assessment_id, key) if of == worksheet_id else None
        if stored is not None:
            found[kind][entry] = stored
    return found


def _load(connection: Connection, assessment_id: str, worksheet_id: str) -> Entries:
    found: dict[str, dict[str, Stored[WorksheetEntry]]] = {kind: {} for kind in KINDS}
    for key, stored in ENTRIES.load(connection, assessment_id).items():
        of, kind, entry = key.split("/", 2)
        if of == worksheet_id:
            found[kind][entry] = stored
    return found


def entries_at(assessment_id: str, worksheet_id: str, versions: Mapping[str, int]) -> dict[str, WorksheetEntry]:
    """Return what some lines were at a version each, by id; a version that never was is an empty line."""
    with reading() as connection:
        return {
            line: ENTRIES.at_version(connection, assessment_id, f"{worksheet_id}/{LINE}/{line}", version)
            for line, version in versions.items()
        }


def save_entries(
    assessment_id: str,
    worksheet_id: str,
    proposals: Sequence[Proposed[WorksheetEntry]],
    *,
    who: str,
    at: datetime,
    check: Check,
    along: Along = nothing_along,
    idempotency_key: IdempotencyKey | None = None,
) -> SaveResult[WorksheetEntry]:
    """Save entries in one transaction, by the rules of `merge_save.save` and with its errors.

    Keys are a kind and an id, such as ``line/F12``; ``line/F`` makes a new line, which gets its id while nobody else can write.
    ``along`` adds what needs that id. ``check`` sees what would be stored and may raise; nothing is written then. Raises
    ``NoRoomError``.
    """
    author = Author(assessment_id=assessment_id, who=storable(who), at=at)
    with writing() as connection:
        lock_for_update(connection, author)
        before = remembered(connection, assessment_id, idempotency_key)
        if before is not None and any(_is_new(proposed.key) for proposed in proposals):
            return SaveResult(saved=_by_key(before["saved"]), unchanged=_by_key(before["unchanged"]), conflicts=())
        stored = _load(connection, assessment_id, worksheet_id)
        numbered = _numbered(proposals, stored)
        new = [each.key.partition("/")[2] for each, asked in zip(numbered, proposals, strict=True) if _is_new(asked.key)]
        within = [replace(each, key=f"{worksheet_id}/{each.key}") for each in (*numbered, *along(stored, new))]
        result = merge_save.save(connection, author, ENTRIES, within, idempotency_key=idempotency_key)
        if result.saved and before is None:
            lines = [key.rpartition("/")[2] for key in result.saved if f"/{LINE}/" in key]
            check(_brought_forward(connection, assessment_id, worksheet_id, stored, result.saved), lines)
    return SaveResult(
        saved={key.partition("/")[2]: version for key, version in result.saved.items()},
        unchanged={key.partition("/")[2]: version for key, version in result.unchanged.items()},
        conflicts=tuple(replace(conflict, key=conflict.key.partition("/")[2]) for conflict in result.conflicts),
    )


def _by_key(versions: Mapping[str, int]) -> dict[str, int]:
    return {ENTRIES.key(subject).partition("/")[2]: version for subject, version in versions.items()}


def _is_new(key: str) -> bool:
    kind, _, entry = key.partition("/")
    return kind == LINE and entry.isalpha()


def _numbered(proposals: Sequence[Proposed[WorksheetEntry]], stored: Entries) -> list[Proposed[WorksheetEntry]]:
    """Give every new line an id. Raises ``NoRoomError``."""
    new = sum(_is_new(proposed.key) for proposed in proposals)
    if new and len(stored[LINE]) + new > MOST_LINES:
        raise NoRoomError
    ids: dict[str, Iterator[str]] = {}
    numbered = []
    for proposed in proposals:
        if _is_new(proposed.key):
            prefix = proposed.key.partition("/")[2]
            ids.setdefault(prefix, new_line_ids(prefix, stored[LINE]))
            proposed = replace(proposed, key=f"{LINE}/{next(ids[prefix])}", base_version=0)
        numbered.append(proposed)
    return numbered
