"""Backup and restore. A backup is one SQLite file, whichever database it was made from, and restores into either.

It is taken while people work: what was acknowledged before it began is in it, whole.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, MetaData, create_engine, func, insert, select, text

from assessment.storage.database import SchemaError, database_file, db, writing
from assessment.storage.retention import withdraw
from assessment.storage.schema import HEAD, REVISIONS, migrate, revision_of
from assessment.storage.signing_keys import keep_too, kept

ROWS_AT_ONCE = 1000


class BackupError(Exception):
    """A file is no backup that can be used; the message says why."""


def back_up(path: Path) -> None:
    """Write a backup. The file appears whole or not at all, and is checked before it gets its name. Raises ``BackupError``."""
    if path.exists():
        raise BackupError(f"{path} is there already; a backup never overwrites anything.")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    try:
        file = database_file()
        if file is not None:
            _copy_file(file, part)
        else:
            _copy_out(part)
        check_backup(part)
        _settle(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _copy_file(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as present, closing(sqlite3.connect(target)) as copy:
        present.backup(copy)
        copy.execute("PRAGMA journal_mode = delete")


def _settle(path: Path) -> None:
    """Have the disk keep what was written, before anybody is told that there is a backup."""
    with path.open("rb+") as file:  # Windows settles only what may be written
        os.fsync(file.fileno())


def _copy_out(target: Path) -> None:
    """Copy every table of another database, as it was at one moment, into a new SQLite file."""
    engine = create_engine(f"sqlite:///{target}")
    try:
        with db.engine.connect().execution_options(isolation_level="REPEATABLE READ") as source, engine.begin() as copy:
            migrate(copy, revision_of(source) or HEAD)
            _copy_rows(source, copy)
    finally:
        engine.dispose()


def _copy_rows(source: Connection, target: Connection) -> dict[str, int]:
    """Copy the rows of every table into a database of the same schema that has none; return how many each has."""
    told, kept = MetaData(), MetaData()
    told.reflect(source)
    kept.reflect(target)
    counts = {}
    for table in kept.sorted_tables:
        if table.name == "alembic_version":
            continue
        columns = [told.tables[table.name].c[column.name] for column in table.columns]
        rows = source.execution_options(yield_per=ROWS_AT_ONCE).execute(select(*columns)).mappings()
        for some in rows.partitions(ROWS_AT_ONCE):
            target.execute(insert(table), [dict(row) for row in some])
        counts[table.name] = target.execute(select(func.count()).select_from(table)).scalar_one()
    return counts


def check_backup(path: Path) -> str:
    """Check that a file is a whole backup, and return the schema it was made with. Raises ``BackupError``."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
            if found != "ok":
                raise BackupError(f"{path} is damaged: {found}.")
            if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise BackupError(f"{path} is damaged: it has rows that belong to nothing.")
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise BackupError(f"{path} is no backup of this product: {error}.") from error
    if row is None:
        raise BackupError(f"{path} is no backup of this product: it does not say which schema it has.")
    return str(row[0])


def restore(path: Path) -> dict[str, int]:
    """Put the content of a backup in place of everything stored, in one transaction; return the rows of each table.

    An older backup is upgraded on the way. What would have gone by itself since it was made is announced anew (`retention`).
    Keys that sign are believed from here and from the backup, so that nobody is shut out who was in. Raises ``BackupError`` and
    ``SchemaError``; then nothing was changed.
    """
    found = check_backup(path)
    if found not in REVISIONS:
        raise SchemaError(f"{path} was made by a newer version of the product (its schema is {found}). Install that version.")
    engine = create_engine(f"sqlite:///file:{quote(str(path.resolve()))}?mode=ro&uri=true")
    try:
        with engine.connect() as source, writing() as connection:
            keys = kept(connection)
            _empty(connection)
            migrate(connection, found)
            counts = _copy_rows(source, connection)
            migrate(connection, HEAD)
            withdraw(connection)
            keep_too(connection, keys)
    finally:
        engine.dispose()
    return counts


def _empty(connection: Connection) -> None:
    """Drop every table, with what guards them."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP FUNCTION IF EXISTS history_guard() CASCADE"))
    present = MetaData()
    present.reflect(connection)
    present.drop_all(connection)
