"""What is said to PostgreSQL, and how long it may take to answer: a server that hangs must not hang every page.

Its own limits end what takes long, as long as it lives; one that is frozen, or behind a dead network, says nothing.
"""

import time
from typing import Any

import psycopg
from flask import has_request_context
from psycopg import errors
from sqlalchemy import Engine, event

BUSY_MS = 4_000
LONGEST_STATEMENT_MS = 20_000
# Seconds that a page waits for an answer, for the first on a connection that lay idle, and for a connection. With all three a
# page says after about five seconds that the database does not answer.
SECONDS_FOR_AN_ANSWER = 5.0
SECONDS_FOR_A_SIGN_OF_LIFE = 1.0
SECONDS_TO_CONNECT = 2
OPTIONS: dict[str, Any] = {
    "pool_pre_ping": True,
    "connect_args": {
        "connect_timeout": SECONDS_TO_CONNECT,
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "tcp_user_timeout": 20_000,
        # Nothing is prepared on the server: a PgBouncer that pools transactions gives each of them to another connection.
        "prepare_threshold": None,
    },
}
# Said by each connection for itself, since PgBouncer takes no options at the start.
LIMITS = f"SET timezone = 'UTC'; SET lock_timeout = {BUSY_MS}; SET statement_timeout = {LONGEST_STATEMENT_MS}"


class ImpatientConnection(psycopg.Connection[Any]):
    """A connection that gives up waiting while a page is made. Commands may wait as long as the server does."""

    is_idle = False

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for the server. Raises ``OperationalError``, and closes the connection, where it does not answer in time."""
        if has_request_context():
            timeout = SECONDS_FOR_A_SIGN_OF_LIFE if self.is_idle else SECONDS_FOR_AN_ANSWER
        begun = time.monotonic()
        try:
            return super().wait(gen, interval, timeout)
        except errors.Error:
            if timeout is None or time.monotonic() < begun + timeout:
                raise
            self.pgconn.finish()
            raise psycopg.OperationalError(f"the server did not answer within {timeout:g} seconds") from None
        finally:
            self.is_idle = False


def prepare(engine: Engine) -> None:
    """Have an engine make connections that are limited on both sides."""

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, parts: Any, named: Any) -> ImpatientConnection:
        return ImpatientConnection.connect(*parts, **named)

    @event.listens_for(engine, "connect")
    def limit(connection: ImpatientConnection, _record: object) -> None:
        connection.autocommit = True
        connection.execute(LIMITS)
        connection.autocommit = False

    @event.listens_for(engine, "checkin")
    def note_idle(connection: ImpatientConnection | None, _record: object) -> None:
        if connection is not None:
            connection.is_idle = True
