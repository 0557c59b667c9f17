"""Bringing the tables up to date, with a backup before."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import Connection, text

from assessment.storage.backups import back_up
from assessment.storage.database import SchemaError, writing
from assessment.storage.schema import HEAD, REVISIONS, make_file_where_missing, migrate, revision, revision_of
from assessment.storage.signing_keys import make_where_missing, signing_keys

# What only one server does at a time, as a number that nobody else has: the first letters of the product.
UPGRADING = 0x49534F52


# What stands in the place of a schema where the part of an upgrade is the backup before it.
BACKUP = "backup"


def upgrade(
    app: Flask,
    *,
    at: datetime,
    backups: Path | None = None,
    first_key: str = "",
    tell: Callable[[int, int, str], None] = lambda number, parts, part: None,
) -> Path | None:
    """Bring the tables up to date, and return the backup that was made before, if there was anything to lose.

    ``backups`` is the folder for it; without one no backup is made. ``first_key`` is what sessions were signed with before keys
    were kept with the data, if anything. ``tell`` is called before each part of the upgrade of a database that has tables: its
    number, how many there are, and the schema it leads to, or ``BACKUP``. Raises ``SchemaError`` for a database made by a newer
    version of the product.
    """
    with app.app_context():
        make_file_where_missing()
        present = revision()
        if present == HEAD:
            if not signing_keys(at):
                with writing() as connection:
                    _upgrade_alone(connection)
                    make_where_missing(connection, first_key, at=at)
            return None
        if present is not None and present not in REVISIONS:
            raise SchemaError(
                f"The database was made by a newer version of the product (its schema is {present}; this version knows up to "
                f"{HEAD}). Install that version, or restore a backup made before it."
            )
        saved = None
        further = REVISIONS[REVISIONS.index(present) + 1 :] if present is not None else ()
        parts = [*([BACKUP] if backups is not None else []), *further]
        if present is not None and backups is not None:
            tell(1, len(parts), BACKUP)
            saved = backups / f"before-{HEAD}-{re.sub('[^0-9]', '', at.isoformat(timespec='seconds'))[:14]}.sqlite3"
            back_up(saved)
        with writing() as connection:
            _upgrade_alone(connection)
            if revision_of(connection) != HEAD:  # another server may have done it meanwhile
                for schema in further:
                    tell(parts.index(schema) + 1, len(parts), schema)
                    migrate(connection, schema)
                migrate(connection, HEAD)
            make_where_missing(connection, first_key, at=at)
        return saved


def _upgrade_alone(connection: Connection) -> None:
    """Let no other server upgrade the database until the end of the transaction, and let this one take its time."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": UPGRADING})
