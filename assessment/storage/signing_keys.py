"""The keys that sign sessions and forms: kept with the data, so that whoever has the data lets everybody in again.

The newest signs. An older one is believed for as long as what it signed may last, counted from when the next one was made.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, inspect, select

from assessment.storage.database import db, writing
from assessment.storage.serialization import in_utc
from assessment.storage.tables import signing_key

# As long as a browser's cookie is believed.
BELIEVED_FOR = timedelta(days=180)

Row = tuple[str, datetime]


def signing_keys(at: datetime) -> list[str]:
    """Return the keys that are believed at a time, the one that signs first; none where there is none yet.

    Not within what a request reads: a key may be asked for before a request has begun.
    """
    with db.engine.connect() as connection:
        rows = _rows(connection)
    replaced_at = [None, *(made_at for _, made_at in rows)]
    return [key for (key, _), end in zip(rows, replaced_at, strict=False) if end is None or at < end + BELIEVED_FOR]


def _rows(connection: Connection) -> list[Row]:
    found = connection.execute(select(signing_key.c.key, signing_key.c.made_at).order_by(signing_key.c.made_at.desc()))
    return [(row.key, in_utc(row.made_at)) for row in found]


def make_where_missing(connection: Connection, key: str, *, at: datetime) -> None:
    """Keep a key where there is none; a new one where the text is empty."""
    if not _rows(connection):
        _add(connection, key or new_key(), at)


def rotate(*, at: datetime) -> None:
    """Sign with a new key from now on. What can be believed no longer is forgotten."""
    with writing() as connection:
        rows = _rows(connection)
        forgotten = [
            key for (key, _), (_, replaced_at) in zip(rows[1:], rows, strict=False) if at >= replaced_at + BELIEVED_FOR
        ]
        connection.execute(delete(signing_key).where(signing_key.c.key.in_(forgotten)))
        _add(connection, new_key(), max([at, *(made_at + timedelta(milliseconds=1) for _, made_at in rows[:1])]))


def new_key() -> str:
    """Make a key that nobody can guess."""
    return secrets.token_urlsafe(48)


def kept(connection: Connection) -> list[Row]:
    """Return all keys, to be put beside those of a backup; none where the schema has none."""
    return _rows(connection) if inspect(connection).has_table(signing_key.name) else []


def keep_too(connection: Connection, rows: Sequence[Row]) -> None:
    """Put keys beside those that are there: what either signed is believed."""
    there = {key for key, _ in _rows(connection)}
    for key, made_at in rows:
        if key not in there:
            _add(connection, key, made_at)


def _add(connection: Connection, key: str, made_at: datetime) -> None:
    connection.execute(insert(signing_key).values(key=key, made_at=made_at))
