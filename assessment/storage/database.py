"""The connection to the database, how its transactions begin, and when it counts as gone."""

import os
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any

from flask import Flask, current_app, g, has_request_context
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, DBAPIError, DisconnectionError, IntegrityError, InterfaceError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

db = SQLAlchemy(session_options={"expire_on_commit": False})

BUSY_MS = 5000
# WAL lets people read while somebody writes; FULL keeps an acknowledged commit through a power cut; what is deleted is
# overwritten in the file.
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": BUSY_MS, "secure_delete": 1}
_WRITES = "readiness_writes"
_READER = "readiness_reader"
_TURN = "turn-to-write"

# What a database raises that is locked, full, read-only, damaged, or not there. Faults of ours are kinds of it, and excluded.
UNAVAILABLE = (DatabaseError, InterfaceError, PoolTimeoutError)
OUR_FAULTS = (IntegrityError, ProgrammingError)


class SchemaError(Exception):
    """The database cannot be used by this version of the product; the message says why."""


def init(app: Flask) -> None:
    """Connect the app to the database named in ``app.config["DATABASE_URL"]``."""
    url = make_url(app.config["DATABASE_URL"])
    # What people wrote stands in parameters, and a fault of ours would write them into the log.
    options: dict[str, Any] = {"hide_parameters": True}
    if url.get_backend_name() == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
        from assessment.storage import postgresql  # its driver is there only where it is wanted

        options |= postgresql.OPTIONS
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)
    app.extensions[_TURN] = Lock()
    app.teardown_request(end_reading)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _prepare_sqlite(db.engine)
        else:
            from assessment.storage import postgresql

            postgresql.prepare(db.engine)


def database_file() -> Path | None:
    """Return the file of an SQLite database; ``None`` of any other, which may be on another machine."""
    url = db.engine.url
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def _prepare_sqlite(engine: Engine) -> None:
    """Take transactions into our own hands, and watch the file.

    sqlite3 would begin transactions too late, and reads must never take a write lock. It would also make an empty file where
    there is none, and write on into a file that was deleted or replaced: both would lose saved answers.
    """
    file = engine.url.database or ""

    @event.listens_for(engine, "do_connect")
    def refuse_to_make_one(*_: object) -> None:
        if not os.path.exists(file):  # noqa: PTH110  # on every connection, so the quick way
            raise sqlite3.OperationalError(f"there is no database at {file}")
        free_side_files(file)

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        for name, value in PRAGMAS.items():
            connection.execute(f"PRAGMA {name} = {value}")
            found = connection.execute(f"PRAGMA {name}").fetchone()[0]
            if str(found) != str(value):
                raise SchemaError(f"SQLite has {name} = {found}; the product needs {value}")
        record.info["file"] = _identity(file)
        # SQLite opens a file read-only where it must, and goes on so when it would not have to any more.
        record.info["read-only"] = not os.access(file, os.W_OK)

    @event.listens_for(engine, "checkout")
    def refuse_another_file(_connection: Any, record: Any, _proxy: object) -> None:
        if record.info.get("file") != _identity(file):
            raise DisconnectionError("the database file was moved or replaced")
        if record.info.get("read-only") and os.access(file, os.W_OK):
            raise DisconnectionError("the database file can be written again")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        _begin(connection, connection.get_execution_options().get(_WRITES))


def _begin(connection: Connection, wait_ms: int | None) -> None:
    """Begin to write, waiting for at most so many milliseconds; to read where that is ``None``."""
    cursor = connection.connection.cursor()
    try:
        if wait_ms is not None:
            _begin_writing(cursor, wait_ms)
        else:
            cursor.execute("BEGIN")
    except sqlite3.Error as error:
        raise DBAPIError.instance("BEGIN", None, error, sqlite3.Error, dialect=connection.dialect) from error


def _begin_writing(cursor: Any, wait_ms: int) -> None:
    """Wait for the turn to write, for at most so many milliseconds.

    SQLite itself waits by sleeping up to 100 ms at a time, long after the other writer has finished; we look more often.
    """
    until = time.monotonic() + wait_ms / 1000
    cursor.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                cursor.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > until:
                    raise
                time.sleep(random.uniform(0.0001, 0.0006))  # noqa: S311  # so that two who wait do not wait in step
            else:
                return
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")


def free_side_files(file: str) -> None:
    """Let the files beside a database be written as the database itself.

    SQLite gives them its mode when it makes them, and keeps them: what was made while the database was read-only would keep it
    so for ever, even over a restart.
    """
    if not os.access(file, os.W_OK):
        return
    for side in (f"{file}-wal", f"{file}-shm"):
        if os.path.exists(side) and not os.access(side, os.W_OK):  # noqa: PTH110  # as above
            with suppress(OSError):  # then SQLite itself says what is in the way
                os.chmod(side, os.stat(file).st_mode & 0o777)  # noqa: PTH101, PTH116


def _identity(file: str) -> tuple[int, int] | None:
    try:
        found = os.stat(file)  # noqa: PTH116  # at every checkout, so the quick way
    except OSError:
        return None
    return found.st_dev, found.st_ino


@contextmanager
def reading() -> Iterator[Connection]:
    """Give a connection to read with. All reads of one request share it and see one state of the database."""
    if not has_request_context():
        with db.engine.connect() as connection:
            yield connection
        return
    if _READER not in g:
        connection = db.engine.connect()
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        connection.begin()
        setattr(g, _READER, connection)
    yield getattr(g, _READER)


def end_reading(_error: BaseException | None = None) -> None:
    """Let go of what this request reads with; its next read sees what is stored by then."""
    reader: Connection | None = g.pop(_READER, None)
    if reader is not None:
        reader.close()


@contextmanager
def writing(wait_ms: int = BUSY_MS) -> Iterator[Connection]:
    """Give a connection in a transaction that commits at the end, or leaves nothing behind when something goes wrong.

    Where somebody else writes to SQLite it waits for at most so many milliseconds.
    """
    if has_request_context():
        end_reading()
    try:
        with _turn(wait_ms), db.engine.connect().execution_options(**{_WRITES: wait_ms}) as connection, connection.begin():
            yield connection
            _refuse_if_replaced(connection)
    except DBAPIError as error:
        if _is_read_only(error.orig):
            db.engine.dispose()  # what was opened while the disk took no writes would refuse them for ever
        raise


def _is_read_only(error: BaseException | None) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_READONLY


def _refuse_if_replaced(connection: Connection) -> None:
    """Commit nothing into a file that was moved or replaced since the connection was taken: nobody would ever read it there."""
    file = connection.info.get("file")
    if file is not None and file != _identity(connection.engine.url.database or ""):
        replaced = sqlite3.OperationalError("the database file was moved or replaced")
        raise DBAPIError.instance("COMMIT", None, replaced, sqlite3.Error, dialect=connection.dialect)


@contextmanager
def _turn(wait_ms: int) -> Iterator[None]:
    """SQLite takes one writer at a time: threads of this process wait for each other asleep, and one of them asks the file."""
    if db.engine.dialect.name != "sqlite":
        yield
        return
    turn: Lock = current_app.extensions[_TURN]
    if not turn.acquire(timeout=wait_ms / 1000):
        locked = sqlite3.OperationalError("database is locked")
        raise DBAPIError.instance("BEGIN", None, locked, sqlite3.Error, dialect=db.engine.dialect)
    try:
        yield
    finally:
        turn.release()


def is_worth_another_try(error: BaseException) -> bool:
    """Tell whether a transaction was ended only because of another, so that the same may well succeed a moment later.

    SQLSTATE 40001 is a serialization failure, 40P01 a deadlock (PostgreSQL, appendix A). Nothing of it was stored.
    """
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in ("40001", "40P01")
