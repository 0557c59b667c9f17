"""Saving what has versions, without losing or overwriting anything: answers, the profile, and notes on steps alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from assessment.domain.merge import Merge, merge
from assessment.storage.history import Author, Content, content_at, hold, record
from assessment.storage.idempotency import Once, reached_before, remember, remembered


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What is stored about a subject: its content, the version it has reached, and who changed it last."""

    content: Content
    version: int
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody wants a subject to be, and the version their form was made from (0 for none)."""

    subject: str
    content: Content
    base_version: int


@dataclass(frozen=True, kw_only=True)
class Clash:
    """Two people changed one subject: what is wanted was not written; ``kept`` is what is stored."""

    wanted: Wanted
    base: Content
    kept: Kept


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a save: the version of each subject written, or left as it was because it said so already; and clashes."""

    saved: Mapping[str, int] = field(default_factory=dict)
    unchanged: Mapping[str, int] = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()


class Shelf(Protocol):
    """Where one kind of subject is stored."""

    def find(self, connection: Connection, assessment_id: str, subject: str) -> Kept | None:
        """What is stored about a subject, if anything."""

    def put(self, connection: Connection, author: Author, subject: str, content: Content, version: int) -> bool:
        """Write a subject's content as a version; false where another version than the one before it is stored."""


def save(
    connection: Connection,
    author: Author,
    shelf: Shelf,
    wanted: Sequence[Wanted],
    *,
    once: Once | None = None,
    said: Callable[[Content], Content] = lambda content: content,
) -> Outcome:
    """Save within a transaction: each subject with its history, all or none.

    Three-way, from the version a form was made from: who changed nothing overwrites nothing, the same content again is a
    success without a new version, two different changes are a clash, which is reported and not written; the others still
    are. ``said`` gives the part of a content that people type, where there is more to it. A repeat with the same save key
    returns what it returned before, and tries again only what clashed. Raises ``KeyReusedError`` and ``AssessmentGoneError``.
    """
    held = hold(connection, author)
    before = remembered(connection, author.assessment_id, once)
    saved: dict[str, int] = dict(before["saved"]) if before else {}
    unchanged: dict[str, int] = dict(before["unchanged"]) if before else {}
    settled = saved.keys() | unchanged.keys()
    changes: dict[str, tuple[int, Content]] = {}
    clashes = []
    for each in wanted:
        if each.subject in settled:
            continue
        kept = shelf.find(connection, author.assessment_id, each.subject)
        theirs, version = (kept.content, kept.version) if kept else (None, 0)
        base = theirs if each.base_version == version else _base(connection, author, each)
        merged = merge(base=said(base), mine=said(each.content), theirs=said(theirs))
        if merged is Merge.CLASH and version == reached_before(connection, author.assessment_id, once, each.subject):
            merged = Merge.TAKE  # what is stored is this page's own earlier save
        if merged is Merge.KEEP:
            unchanged[each.subject] = version
        elif merged is Merge.CLASH and kept is not None:
            clashes.append(Clash(wanted=each, base=base, kept=kept))
        else:
            # Compare and set: the assessment is held, so only a fault of ours could make this fail.
            if not shelf.put(connection, author, each.subject, each.content, version + 1):
                raise RuntimeError(f"{each.subject} changed within our own transaction")
            changes[each.subject] = (version + 1, each.content)
            saved[each.subject] = version + 1
    record(connection, held, changes)
    if before is None or len(saved) + len(unchanged) > len(settled):
        outcome = {"saved": saved, "unchanged": unchanged}
        remember(connection, author.assessment_id, once, outcome, author.at, again=before is not None)
    return Outcome(saved=saved, unchanged=unchanged, clashes=tuple(clashes))


def _base(connection: Connection, author: Author, wanted: Wanted) -> Content:
    """What the form was made from. A version that never was counts as an empty form, so a real difference is a clash."""
    return content_at(connection, author.assessment_id, wanted.subject, wanted.base_version)
