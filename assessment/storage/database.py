"""The connection to the database, how its transactions begin, and bringing its tables up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event, text

db = SQLAlchemy(session_options={"expire_on_commit": False})

MIGRATIONS = Path(__file__).parent / "migrations"
# WAL lets people read while somebody writes; FULL keeps an acknowledged commit through a power cut.
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
_WRITES = "readiness_writes"


class SchemaError(Exception):
    """The database cannot be used by this version of the product; the message says why."""


def init(app: Flask) -> None:
    """Connect the app to the database named in ``app.config["DATABASE_URL"]``."""
    app.config["SQLALCHEMY_DATABASE_URI"] = app.config["DATABASE_URL"]
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _prepare_sqlite(db.engine)


def _prepare_sqlite(engine: Engine) -> None:
    """Take transactions into our own hands: sqlite3 would begin them too late, and reads must never take a write lock."""

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for name, value in PRAGMAS.items():
            connection.execute(f"PRAGMA {name} = {value}")
            found = connection.execute(f"PRAGMA {name}").fetchone()[0]
            if str(found) != str(value):
                raise SchemaError(f"SQLite has {name} = {found}; the product needs {value}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection to read with."""
    with db.engine.connect() as connection:
        yield connection


@contextmanager
def writing() -> Iterator[Connection]:
    """A connection in a transaction that commits at the end, or leaves nothing behind when something goes wrong."""
    with db.engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        yield connection


def check_health() -> None:
    """Return if the database answers; raise ``sqlalchemy.exc.OperationalError`` if it does not."""
    with reading() as connection:
        connection.execute(text("SELECT 1"))


def upgrade(app: Flask) -> None:
    """Bring the tables up to date. Raises ``SchemaError`` for a database made by a newer version of the product."""
    with app.app_context():
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        with db.engine.connect() as connection:
            present = MigrationContext.configure(connection).get_current_revision()
        if present is not None and present not in known:
            raise SchemaError(
                f"The database was made by a newer version of the product (its schema is {present}). "
                "Install that version, or restore a backup made before it."
            )
        with writing() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
