"""Rows of one content under a key, with a version: answers, the profile, notes on steps and the letterhead are all kept so."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Table, bindparam, insert, select, update

from assessment.storage.compiled import Prepared
from assessment.storage.history import Author, Content, content_at, upcast
from assessment.storage.serialization import canonical, in_utc

Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True)
class Stored(Generic[Value]):
    """A value that is stored: the version it has reached, who changed it last, and when."""

    value: Value
    version: int
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Codec(Generic[Value]):
    """How values of one kind become content, and back.

    ``from_content`` takes ``None`` for nothing stored. ``typed`` is the part of a value that people type, which alone makes a
    difference when the work of two is merged. ``together`` makes one value of what two people changed since the first, where
    they changed different parts; ``None`` where people must settle it. ``remembers`` is how many values are kept by their
    content, so that a register of which one line changed is not read anew as a whole; 0 for none. They must never be changed.
    """

    to_content: Callable[[Value], Content]
    from_content: Callable[[Content], Value]
    typed: Callable[[Value], object] = lambda value: value
    together: Callable[[Value, Value, Value], Value | None] = lambda _base, _mine, _theirs: None
    remembers: int = 0


class Repository(Generic[Value]):
    """Where values of one kind are stored, in a table whose key has the named columns.

    Keys are texts, with a slash between their parts. The history knows a value by its subject: the ``prefix`` and the key.
    """

    def __init__(self, table: Table, key_columns: tuple[str, ...], codec: Codec[Value], prefix: str = "") -> None:
        self.codec = codec
        self._kind = prefix
        self._prefix = f"{prefix}/" if prefix else ""
        self._value = lru_cache(codec.remembers)(self._read) if codec.remembers else self._read
        self._columns = key_columns
        of_assessment = table.c.assessment_id == bindparam("of_assessment")
        this = (of_assessment, *(table.c[name] == bindparam(f"of_{name}") for name in key_columns))
        self._all = Prepared(select(table).where(of_assessment))
        self._one = Prepared(select(table).where(*this))
        self._insert = Prepared(insert(table))
        written: dict[str, Any] = {
            name: bindparam(f"new_{name}") for name in ("content", "version", "changed_by", "changed_at")
        }
        self._update = Prepared(update(table).where(*this, table.c.version == bindparam("from_version")).values(written))

    def subject(self, key: str) -> str:
        """Return what the history calls the value under a key."""
        return self._prefix + key

    def key(self, subject: str) -> str:
        """Return the key of a value that the history calls like this."""
        return subject.removeprefix(self._prefix)

    def load(self, connection: Connection, assessment_id: str) -> dict[str, Stored[Value]]:
        """Return everything stored for an assessment, by key."""
        rows = self._all.all(connection, {"of_assessment": assessment_id})
        return {"/".join([row[name] for name in self._columns]): self._stored(row) for row in rows}

    def find(self, connection: Connection, assessment_id: str, key: str) -> Stored[Value] | None:
        """Return what is stored under a key, if anything."""
        row = self._one.first(connection, {"of_assessment": assessment_id, **self._parts(key, "of_")})
        return self._stored(row) if row is not None else None

    def at_version(self, connection: Connection, assessment_id: str, key: str, version: int) -> Value:
        """Return what was stored under a key at a version; what nothing stored stands for, for a version that never was."""
        return self.codec.from_content(content_at(connection, assessment_id, self.subject(key), version))

    def put(self, connection: Connection, author: Author, key: str, content: Content, version: int) -> bool:
        """Write a version; return false where another version than the one before it is stored."""
        row = {"content": canonical(content), "version": version, "changed_by": author.who, "changed_at": author.at}
        if version == 1:
            self._insert.run(connection, {"assessment_id": author.assessment_id, **self._parts(key), **row})
            return True
        new = {f"new_{name}": value for name, value in row.items()}
        this = {"of_assessment": author.assessment_id, "from_version": version - 1, **self._parts(key, "of_")}
        return self._update.run(connection, {**this, **new}) == 1

    def _parts(self, key: str, before: str = "") -> dict[str, str]:
        parts = key.split("/", len(self._columns) - 1)
        return {before + name: part for name, part in zip(self._columns, [*parts, ""], strict=False)}

    def _read(self, content: str) -> Value:
        return self.codec.from_content(upcast(self._kind, json.loads(content)))

    def _stored(self, row: Mapping[str, Any]) -> Stored[Value]:
        return Stored(
            value=self._value(row["content"]),
            version=row["version"],
            changed_by=row["changed_by"],
            changed_at=in_utc(row["changed_at"]),
        )
