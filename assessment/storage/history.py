"""The history: every change of every answer, in the order it happened. Rows are only ever added."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from assessment.storage.database import reading
from assessment.storage.records import canonical, in_utc
from assessment.storage.tables import assessment, change

Content = Mapping[str, str] | list[str] | None


@dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """One change: what it was about, and the whole content after it."""

    number: int
    subject: str
    version: int
    content: Content
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who changes something, and when."""

    assessment_id: str
    who: str
    at: datetime


_HOLD = select(assessment.c.id).where(assessment.c.id == bindparam("key")).with_for_update()


def hold(connection: Connection, author: Author) -> None:
    """Let nobody else write to this assessment until the commit. SQLite does so for the whole database anyway."""
    connection.execute(_HOLD, {"key": author.assessment_id})


_COUNT_UP = (
    update(assessment)
    .where(assessment.c.id == bindparam("key"))
    .values(changes=assessment.c.changes + bindparam("by"), updated_at=bindparam("at"))
    .returning(assessment.c.changes)
)


def numbers_for(connection: Connection, author: Author, how_many: int) -> range:
    """Take the next numbers of an assessment's history, and note the time of its last change."""
    last = connection.execute(_COUNT_UP, {"key": author.assessment_id, "by": how_many, "at": author.at}).scalar_one()
    return range(last - how_many + 1, last + 1)


def record(connection: Connection, author: Author, changes: Mapping[str, tuple[int, Content]]) -> None:
    """Add changes, by subject: the version each led to, and its content."""
    if not changes:
        return
    rows = [
        {
            "assessment_id": author.assessment_id,
            "number": number,
            "subject": subject,
            "version": version,
            "content": canonical(content),
            "changed_by": author.who,
            "changed_at": author.at,
        }
        for number, (subject, (version, content)) in zip(
            numbers_for(connection, author, len(changes)), changes.items(), strict=True
        )
    ]
    connection.execute(insert(change), rows)


_AT_VERSION = select(change.c.content).where(
    change.c.assessment_id == bindparam("assessment_id"),
    change.c.subject == bindparam("subject"),
    change.c.version == bindparam("version"),
)


def content_at(connection: Connection, assessment_id: str, subject: str, version: int) -> Content:
    """The content of a subject at a version; ``None`` for a version that never was."""
    found = connection.execute(_AT_VERSION, {"assessment_id": assessment_id, "subject": subject, "version": version}).scalar()
    return json.loads(found) if found is not None else None


def history(assessment_id: str, subject: str) -> list[HistoryEntry]:
    """All changes of one subject, oldest first: a question's ref, or ``profile/`` and the id of a profile question."""
    query = select(change).where(change.c.assessment_id == assessment_id, change.c.subject == subject).order_by(change.c.number)
    with reading() as connection:
        return [
            HistoryEntry(
                number=row.number,
                subject=row.subject,
                version=row.version,
                content=json.loads(row.content),
                changed_by=row.changed_by,
                changed_at=in_utc(row.changed_at),
            )
            for row in connection.execute(query)
        ]
