"""The history: every change of an assessment, in order. Rows are only ever added, each chained to the one before.

A row's hash covers its content and the hash before it, and the assessment keeps the last one: a row that is altered, left out
or put in afterwards breaks the chain, and `broken_chains` says where. The databases refuse to alter rows as well.
So a row keeps the shape it was written in for ever; `upcast` brings its content up to date whenever it is read.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, insert, null, select, update

from assessment.domain import answer_fields
from assessment.storage.compiled import Prepared
from assessment.storage.database import reading
from assessment.storage.quotas import BYTES_A_CHANGE, grow
from assessment.storage.serialization import canonical, in_utc
from assessment.storage.tables import assessment, change

Content = Mapping[str, Any] | list[str] | None

# What a change can be about besides a question's answer, whose subject is the question's ref. No standard may have such an id.
PROFILE, STEP, REFUSED, LINK, CHOICES, LETTERHEAD = "profile", "step", "refused", "link", "choices", "letterhead"
# Lines of worksheets, what was said about candidates for them, and accepted versions.
WORKSHEET = "worksheet"
# That everything before came in with an export: ``as_of`` is when that was last changed where it came from.
IMPORTED = "imported"
RESERVED = frozenset({PROFILE, STEP, REFUSED, LINK, CHOICES, LETTERHEAD, WORKSHEET, IMPORTED})


@dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """One change: what it was about, the version it led to, the whole content after it, and its link in the chain.

    Content is in the present shape. ``before`` is the content it replaced, ``None`` for the first; only `latest` fills it in.
    """

    number: int
    subject: str
    version: int
    content: Content
    changed_by: str
    changed_at: datetime
    hash: str
    before: Content = None

    @property
    def kind(self) -> str:
        """One of ``RESERVED``, or the id of the standard whose question was answered."""
        return self.subject.partition("/")[0]

    @property
    def about(self) -> str:
        """What within its kind: the id of a question, an action or a link."""
        return self.subject.partition("/")[2]


def upcast(kind: str, content: Content) -> Content:
    """Return what a change holds, written in whatever shape, in the present one.

    A content says which shape it has; the first shape of each kind says nothing, and of most kinds there was no other.
    ``kind`` is one of ``RESERVED``, or anything else for an answer. Raises ``ValueError`` for a shape not known yet.
    """
    if kind in RESERVED or not isinstance(content, Mapping):
        return content
    return answer_fields.upcast(content)


def _read(subject: str, text: str) -> Content:
    return upcast(subject.partition("/")[0], json.loads(text))


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who changes something, and when."""

    assessment_id: str
    who: str
    at: datetime


class AssessmentGoneError(LookupError):
    """There is no such assessment any more: it was deleted for good meanwhile. Nothing was written."""


@dataclass(frozen=True, kw_only=True)
class LockedAssessment:
    """An assessment that nobody else can write to until the commit: how many changes it has, and the hash of the last."""

    author: Author
    changes: int
    chain: str


_LATEST = select(assessment.c.changes, assessment.c.chain).where(assessment.c.id == bindparam("key"))
_HEAD, _LOCK = Prepared(_LATEST), Prepared(_LATEST.with_for_update())


def lock_for_update(connection: Connection, author: Author) -> LockedAssessment:
    """Let nobody else write to this assessment until the commit. SQLite does so for the whole database anyway."""
    row = _LOCK.first(connection, {"key": author.assessment_id})
    if row is None:
        raise AssessmentGoneError(author.assessment_id)
    return LockedAssessment(author=author, changes=row["changes"], chain=row["chain"])


_MOVE_ON = Prepared(
    update(assessment)
    .where(assessment.c.id == bindparam("key"), assessment.c.changes == bindparam("before"))
    .values(changes=bindparam("after"), chain=bindparam("last"), updated_at=bindparam("at"), expires_at=null())
)
_ADD = Prepared(insert(change))


def record(connection: Connection, locked: LockedAssessment, changes: Mapping[str, tuple[int, Content]]) -> None:
    """Add changes, by subject: the version each led to, and its content. Raises ``QuotaError``."""
    if not changes:
        return
    author, chain = locked.author, locked.chain
    size = 0
    for number, (subject, (version, content)) in enumerate(changes.items(), start=locked.changes + 1):
        row = {
            "number": number,
            "subject": subject,
            "version": version,
            "content": canonical(content),
            "changed_by": author.who,
            "changed_at": author.at,
        }
        chain = chained(chain, row)
        size += BYTES_A_CHANGE + len(str(row["content"]).encode())
        _ADD.run(connection, {**row, "assessment_id": author.assessment_id, "hash": chain})
    grow(connection, author.assessment_id, size, at=author.at)
    after = {"before": locked.changes, "after": locked.changes + len(changes), "last": chain, "at": author.at}
    if _MOVE_ON.run(connection, {"key": author.assessment_id, **after}) != 1:
        raise RuntimeError("the assessment changed within our own transaction")


def chained(before: str, row: Mapping[str, object]) -> str:
    """Return the hash of a change, in hex: SHA-256 over the hash before (empty for the first) and everything the row says."""
    at = row["changed_at"]
    if not isinstance(at, datetime):
        raise TypeError("a change without its time")
    said = [before, row["number"], row["subject"], row["version"], row["content"], row["changed_by"]]
    return hashlib.sha256(canonical([*said, in_utc(at).isoformat(timespec="microseconds")]).encode()).hexdigest()


_AT_VERSION = Prepared(
    select(change.c.content).where(
        change.c.assessment_id == bindparam("assessment_id"),
        change.c.subject == bindparam("subject"),
        change.c.version == bindparam("version"),
    )
)


def last_change(assessment_id: str) -> tuple[int, str] | None:
    """Return number and hash of the last change of an assessment; ``None`` where there is no such assessment."""
    with reading() as connection:
        row = _HEAD.first(connection, {"key": assessment_id})
    return (row["changes"], row["chain"]) if row is not None else None


# More changes than these are not followed one by one: reading everything is then as quick.
_MOST_FOLLOWED = 40
_SINCE = Prepared(
    select(change.c.number, change.c.subject, change.c.hash)
    .where(change.c.assessment_id == bindparam("key"), change.c.number >= bindparam("since"))
    .order_by(change.c.number)
    .limit(_MOST_FOLLOWED + 2)
)


def changed_since(assessment_id: str, number: int, chain: str) -> frozenset[str] | None:
    """Return the subjects of all changes after the one with this number and hash.

    ``None`` where the history has no such change (a backup was put back, or it is newer than what can be seen), and where too
    many came after it.
    """
    with reading() as connection:
        rows = _SINCE.all(connection, {"key": assessment_id, "since": number})
    if not rows or rows[0]["number"] != number or rows[0]["hash"] != chain or len(rows) > _MOST_FOLLOWED + 1:
        return None
    return frozenset(row["subject"] for row in rows[1:])


def content_at(connection: Connection, assessment_id: str, subject: str, version: int) -> Content:
    """Return the content of a subject at a version, in the present shape; ``None`` for a version that never was."""
    if not 0 < version < _LARGEST:
        return None
    row = _AT_VERSION.first(connection, {"assessment_id": assessment_id, "subject": subject, "version": version})
    return _read(subject, row["content"]) if row is not None else None


# What both databases take as an integer; a larger number in a form is a version that never was.
_LARGEST = 2**31


def _entry(row: RowMapping) -> HistoryEntry:
    return HistoryEntry(
        number=row["number"],
        subject=row["subject"],
        version=row["version"],
        content=_read(row["subject"], row["content"]),
        changed_by=row["changed_by"],
        changed_at=in_utc(row["changed_at"]),
        hash=row["hash"],
    )


def history(assessment_id: str, subject: str) -> list[HistoryEntry]:
    """Return all changes of one subject, oldest first: a question's ref, or one of ``RESERVED`` with what it is about."""
    query = select(change).where(change.c.assessment_id == assessment_id, change.c.subject == subject).order_by(change.c.number)
    with reading() as connection:
        return [_entry(row) for row in connection.execute(query).mappings()]


def latest_of(assessment_id: str, subject: str, *, before: int = 2**31 - 1, most: int = 1) -> list[HistoryEntry]:
    """Return at most ``most`` changes of one subject that led to a version under ``before``, newest first."""
    query = (
        select(change)
        .where(change.c.assessment_id == assessment_id, change.c.subject == subject, change.c.version < before)
        .order_by(change.c.version.desc())
        .limit(most)
    )
    with reading() as connection:
        return [_entry(row) for row in connection.execute(query).mappings()]


def latest(assessment_id: str, *, before: int = 2**31 - 1, most: int = 100) -> list[HistoryEntry]:
    """Return at most ``most`` changes with a number under ``before``, newest first, each with what it replaced."""
    earlier = change.alias("earlier")
    same = (
        (earlier.c.assessment_id == change.c.assessment_id)
        & (earlier.c.subject == change.c.subject)
        & (earlier.c.version == change.c.version - 1)
    )
    query = (
        select(change, earlier.c.content.label("before"))
        .join(earlier, same, isouter=True)
        .where(change.c.assessment_id == assessment_id, change.c.number < before)
        .order_by(change.c.number.desc())
        .limit(most)
    )
    with reading() as connection:
        rows = connection.execute(query).mappings().all()
    return [replace(_entry(row), before=_read(row["subject"], row["before"]) if row["before"] else None) for row in rows]


@dataclass(frozen=True, kw_only=True)
class Break:
    """Where the history of an assessment is not what was written: the number of the change, and what is wrong."""

    assessment_id: str
    number: int
    text: str


def check_chain(entries: Sequence[Mapping[str, object]], changes: int, chain: str) -> tuple[int, str] | None:
    """Return the first number at which a history, oldest first, is not whole, and what is wrong; ``None`` if it is whole."""
    before = ""
    for number, row in enumerate(entries, start=1):
        if row["number"] != number:
            return number, f"change {number} is missing"
        before = chained(before, row)
        if row["hash"] != before:
            return number, f"change {number} does not have the hash it was written with"
    if len(entries) != changes:
        return len(entries) + 1, f"{changes} changes were made, {len(entries)} are there"
    return None if before == chain else (changes, "the last change is not the one that was made last")


def broken_chains() -> Iterator[Break]:
    """Check the history of every assessment, one after the other."""
    with reading() as connection:
        heads = connection.execute(select(assessment.c.id, assessment.c.changes, assessment.c.chain)).all()
        for assessment_id, changes, chain in heads:
            query = select(change).where(change.c.assessment_id == assessment_id).order_by(change.c.number)
            found = check_chain([dict(row) for row in connection.execute(query).mappings()], changes, chain)
            if found is not None:
                yield Break(assessment_id=assessment_id, number=found[0], text=found[1])
