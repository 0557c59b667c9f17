"""The tables. Answers of one assessment share the beginning of their key, so that they lie together on disk."""

from datetime import datetime

from sqlalchemy import Column, DateTime, Dialect, ForeignKey, Index, Integer, LargeBinary, Table, Text
from sqlalchemy.types import TypeDecorator

from assessment.storage.database import db
from assessment.storage.serialization import in_utc

_metadata = db.metadata


class UtcTime(TypeDecorator[datetime]):
    """A time, stored in UTC whatever zone it comes in: SQLite would drop the zone and keep the hour."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else in_utc(value)


def _of_assessment() -> "Column[str]":
    return Column("assessment_id", Text, ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True, nullable=False)


def _time(name: str, *, optional: bool = False) -> "Column[datetime]":
    return Column(name, UtcTime, nullable=optional)


def _versioned(name: str, *key: str) -> Table:
    """Make a table of one content, as JSON, under a key, with a version: see `repository.Repository`."""
    return Table(
        name,
        _metadata,
        _of_assessment(),
        *(Column(part, Text, primary_key=True) for part in key),
        Column("content", Text, nullable=False),
        Column("version", Integer, nullable=False),
        Column("changed_by", Text, nullable=False),
        _time("changed_at"),
        sqlite_with_rowid=False,
    )


assessment = Table(
    "assessment",
    _metadata,
    Column("id", Text, primary_key=True),
    Column("organisation", Text, nullable=False),
    Column("changes", Integer, nullable=False, default=0),
    Column("chain", Text, nullable=False),
    _time("created_at"),
    _time("updated_at"),
    _time("delete_after", optional=True),
    _time("expires_at", optional=True),
    Index("assessment_to_delete", "delete_after"),
    Index("assessment_to_expire", "expires_at"),
)
chosen_standard = Table(
    "chosen_standard",
    _metadata,
    _of_assessment(),
    Column("standard", Text, primary_key=True),
    Column("edition", Text, nullable=False),
    Column("depth", Text, nullable=False),
    sqlite_with_rowid=False,
)
answer = _versioned("answer", "standard", "question")
profile_answer = _versioned("profile_answer", "question")
plan_step = _versioned("plan_step", "action")
letterhead = _versioned("letterhead", "part")
# ``kind`` is one of those of `worksheets`: lines, what was said about candidates, accepted versions.
worksheet_entry = _versioned("worksheet_entry", "worksheet", "kind", "entry")
# The picture that part "logo" of the letterhead names by its hash; kept apart, so that only documents read it.
logo = Table("logo", _metadata, _of_assessment(), Column("png", LargeBinary, nullable=False))
change = Table(
    "change",
    _metadata,
    _of_assessment(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("subject", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("changed_by", Text, nullable=False),
    _time("changed_at"),
    Column("hash", Text, nullable=False),
    Index("change_by_subject", "assessment_id", "subject", "version"),
    sqlite_with_rowid=False,
)
refused_suggestion = Table(
    "refused_suggestion",
    _metadata,
    _of_assessment(),
    Column("question", Text, primary_key=True),
    Column("source", Text, nullable=False),
    sqlite_with_rowid=False,
)
access_link = Table(
    "access_link",
    _metadata,
    Column("id", Text, primary_key=True),
    Column("assessment_id", Text, ForeignKey("assessment.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("token_sha256", Text, nullable=False, unique=True),
    Column("label", Text, nullable=False),
    Column("role", Text, nullable=False),
    _time("created_at"),
    _time("ends_at", optional=True),
    _time("last_used_at", optional=True),
    _time("revoked_at", optional=True),
)
session_grant = Table(
    "session_grant",
    _metadata,
    Column("session_sha256", Text, primary_key=True),
    _of_assessment(),
    Column("role", Text, nullable=False),
    Column("link_id", Text, ForeignKey("access_link.id", ondelete="CASCADE"), nullable=True, index=True),
    _time("granted_at"),
    Index("session_grant_by_assessment", "assessment_id"),
    sqlite_with_rowid=False,
)
# ``replaces`` names the session whose grants were copied here, until this one is used for the first time: see `sessions`.
browser_session = Table(
    "browser_session",
    _metadata,
    Column("session_sha256", Text, primary_key=True, nullable=False),
    Column("browser", Text, nullable=False),
    Column("system", Text, nullable=False),
    _time("created_at"),
    _time("last_used_at", optional=True),
    Column("replaces", Text, nullable=True, index=True),
    sqlite_with_rowid=False,
)
save_receipt = Table(
    "save_receipt",
    _metadata,
    Column("scope", Text, primary_key=True, nullable=False),
    Column("save_key", Text, primary_key=True, nullable=False),
    Column("body_sha256", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    _time("saved_at"),
    Index("save_receipt_by_age", "saved_at"),
    sqlite_with_rowid=False,
)
attempt = Table(
    "attempt",
    _metadata,
    Column("bucket", Text, primary_key=True, nullable=False),
    Column("count", Integer, nullable=False),
    _time("ends_at"),
    sqlite_with_rowid=False,
)
# See `signing_keys`.
signing_key = Table(
    "signing_key",
    _metadata,
    Column("key", Text, primary_key=True, nullable=False),
    _time("made_at"),
    sqlite_with_rowid=False,
)
