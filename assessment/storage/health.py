"""Whether the database can be used right now: it answers, has the schema of this version, and takes writes."""

import shutil
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import literal, select, text

from assessment.storage.database import UNAVAILABLE, database_file, db, reading, writing
from assessment.storage.schema import HEAD, revision_of

# With less room than this on its disk SQLite soon cannot save any more.
LEAST_BYTES_FREE = 16 * 1024 * 1024
_WAIT_MS = 1_000
_BUCKET = "readyz"


class Fault(StrEnum):
    """What keeps the database from being used."""

    DATABASE = "database"
    SCHEMA = "schema"
    DISK = "disk"


def find_fault(at: datetime) -> Fault | None:
    """Return what keeps the database from being used, or ``None``. Commits one small write, as a save would."""
    try:
        with reading() as connection:
            if revision_of(connection) != HEAD:
                return Fault.SCHEMA
            for table in db.metadata.sorted_tables:  # a damaged file has a first page that is whole
                connection.execute(select(literal(1)).select_from(table).limit(1)).first()
    except UNAVAILABLE:
        return Fault.DATABASE
    if bytes_free() is not None and (bytes_free() or 0) < LEAST_BYTES_FREE:
        return Fault.DISK
    try:
        _write(at)
    except UNAVAILABLE as error:
        on_its_disk = db.engine.dialect.name == "sqlite" and "locked" not in str(error)
        return Fault.DISK if on_its_disk else Fault.DATABASE
    return None


def bytes_free() -> int | None:
    """Return the room on the disk of an SQLite file in bytes; ``None`` for PostgreSQL, which may be on another machine."""
    file = database_file()
    return shutil.disk_usage(file.parent).free if file is not None else None


def _write(at: datetime) -> None:
    """Write a count of attempts that nobody makes, and that is forgotten when tidying up."""
    row = {"bucket": _BUCKET, "ends_at": at.astimezone(UTC).replace(tzinfo=None)}
    with writing(_WAIT_MS) as connection:
        connection.execute(
            text(
                "INSERT INTO attempt (bucket, count, ends_at) VALUES (:bucket, 1, :ends_at) "
                "ON CONFLICT (bucket) DO UPDATE SET count = 1 - attempt.count"
            ),
            row,
        )
