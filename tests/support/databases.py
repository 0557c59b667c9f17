"""Databases on the server of ``TEST_POSTGRESQL``: a test gets a new one, or one that is again as a new one is.

To make and drop a database takes a quarter of a second of processor time; to empty one, a twentieth of that. It is emptied only
where nobody has it open and its tables are those it was made with, as its own catalogues say; any other is dropped.
"""

import secrets
import time
from dataclasses import dataclass, field
from functools import cached_property

import psycopg
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import make_url

# Each change of a table, an index, a constraint or a trigger writes a row of these, which nobody but its transaction wrote.
_CATALOGUES = (
    "pg_class",
    "pg_attribute",
    "pg_attrdef",
    "pg_constraint",
    "pg_db_role_setting",
    "pg_extension",
    "pg_index",
    "pg_namespace",
    "pg_proc",
    "pg_trigger",
    "pg_type",
)
_SHAPE = SQL("SELECT concat_ws(' ', {})").format(
    SQL(", ").join(
        SQL("(SELECT (count(*), max(xmin::text::bigint))::text FROM {})").format(Identifier(name)) for name in _CATALOGUES
    )
)
_BYTES = SQL("SELECT sum(pg_relation_size(oid)) FROM pg_class WHERE relnamespace = 'public'::regnamespace")
_OTHERS = SQL(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
# The server notices a while after a connection was closed, on a busy machine.
_SECONDS_TO_LEAVE = 3
# What was deleted still takes room, which reading passes over: past this much a new one is cheaper.
_MOST_BYTES = 4 * 1024 * 1024


def new_on_server(server: str, like: str) -> str:
    """Make a database like another and return where it is."""
    name = f"test_{secrets.token_hex(8)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"'.encode())
    return _address(server, name)


def drop_on_server(server: str, url: str) -> None:
    """Drop a database, whoever still has it open."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)'.encode())


@dataclass
class Emptied:
    """The databases of this process that nobody uses now, each as empty as the one that all were made like."""

    server: str
    like: str
    waiting: list[str] = field(default_factory=list)
    _shapes: dict[str, str] = field(default_factory=dict)

    def take(self) -> str:
        """Return a database nobody else uses."""
        if self.waiting:
            return self.waiting.pop()
        url = new_on_server(self.server, self.like)
        with psycopg.connect(url, autocommit=True) as connection:
            self._shapes[url] = _one(connection, _SHAPE)
        return url

    def give_back(self, url: str) -> None:
        """Empty a database for whoever wants one next; drop what is not like a new one, and what was never taken here."""
        shape = self._shapes.get(url)
        if shape is not None and self._empty(url, shape):
            self.waiting.append(url)
            return
        self._shapes.pop(url, None)
        drop_on_server(self.server, url)

    def _empty(self, url: str, shape: str) -> bool:
        """Say whether it is left alone and has the tables of a new one; then they hold, too, what those of a new one hold."""
        with psycopg.connect(url, autocommit=True) as connection:
            is_like_new = _one(connection, _SHAPE) == shape and int(_one(connection, _BYTES)) <= _MOST_BYTES
            if not is_like_new or not _is_left_alone(connection):
                return False
            with connection.transaction():
                # Nothing refers to what is gone: all of it goes.
                connection.execute("SET LOCAL session_replication_role = replica")
                connection.execute(SQL(";").join(SQL("DELETE FROM {}").format(Identifier(table)) for table in self._contents))
                for table, rows in self._contents.items():
                    if rows:
                        with connection.cursor().copy(f'COPY "{table}" FROM STDIN'.encode()) as copy:
                            copy.write(rows)
        return True

    @cached_property
    def _contents(self) -> dict[str, bytes]:
        """What each table of a new one holds."""
        with psycopg.connect(_address(self.server, self.like), autocommit=True) as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            contents = {}
            for (table,) in tables:
                with connection.cursor().copy(f'COPY "{table}" TO STDOUT'.encode()) as copy:
                    contents[table] = b"".join(bytes(part) for part in copy)
        assert contents, "a database without tables"
        return contents


def _address(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _is_left_alone(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    until = time.monotonic() + _SECONDS_TO_LEAVE
    while int(_one(connection, _OTHERS)):
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


def _one(connection: psycopg.Connection[tuple[object, ...]], statement: SQL | Composed) -> str:
    row = connection.execute(statement).fetchone()
    assert row is not None
    return str(row[0])
