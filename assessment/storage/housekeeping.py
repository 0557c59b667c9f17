"""What is done from time to time: deleting what is due, and forgetting what need not be remembered any longer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from assessment.storage.assessments import delete_abandoned, delete_due
from assessment.storage.database import db, writing
from assessment.storage.idempotency import forget_old_saves
from assessment.storage.retention import announce, delete_expired, put_off_unseen
from assessment.storage.sessions import forget_empty_sessions
from assessment.storage.tables import attempt


@dataclass(frozen=True, kw_only=True)
class Tidied:
    """How many assessments were deleted for good, how many were empty and abandoned, how many nobody had changed for long,
    and how many old saves were forgotten."""

    deleted: int
    abandoned: int
    expired: int
    forgotten: int


def tidy(at: datetime, *, retention_months: int = 0) -> Tidied:
    """Delete what is due, abandoned or expired for good, also from the file; forget old save keys, attempts and empty sessions.

    What nobody changed for ``retention_months`` expires after a notice that could be seen; nothing but samples where that is 0.
    """
    deleted, abandoned = delete_due(at), delete_abandoned(at)
    put_off_unseen(at)
    announce(at, months=retention_months)
    expired, forgotten = delete_expired(at), forget_old_saves(at)
    with writing() as connection:
        connection.execute(delete(attempt).where(attempt.c.ends_at <= at))
    forget_empty_sessions()
    _clear_log(deleted=deleted + abandoned + expired > 0)
    return Tidied(deleted=deleted, abandoned=abandoned, expired=expired, forgotten=forgotten)


def _clear_log(*, deleted: bool) -> None:
    """Overwrite what the database still holds of deleted rows beside its tables: SQLite in its log, PostgreSQL in dead rows.

    Somebody who reads can keep SQLite from doing so; then the next time does it, whether or not anything was deleted by then.
    """
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    elif deleted:
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for name in db.metadata.tables:
                connection.exec_driver_sql(f'VACUUM "{name}"')
