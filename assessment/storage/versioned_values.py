"""Rows of one text value under a key, with a version: the profile's answers and the notes on steps."""

import json

from sqlalchemy import Connection, RowMapping, Table, bindparam, insert, select, update

from assessment.storage.history import Author, Content
from assessment.storage.merge_save import Kept
from assessment.storage.serialization import canonical, in_utc


class Noted:
    """A table of such rows as `versioned.save` needs it. The subject is ``prefix``, a slash, and the row's key."""

    def __init__(self, table: Table, key_column: str, prefix: str) -> None:
        self._prefix = prefix
        of = table.c[key_column]
        this = (table.c.assessment_id == bindparam("of_assessment"), of == bindparam("of_key"))
        self._all = select(table, of.label("key")).where(table.c.assessment_id == bindparam("of_assessment"))
        self._one = self._all.where(of == bindparam("of_key"))
        self._add = insert(table).values({key_column: bindparam("of_key"), "assessment_id": bindparam("of_assessment")})
        self._write = update(table).where(*this, table.c.version == bindparam("from_version"))

    def load(self, connection: Connection, assessment_id: str) -> dict[str, Kept]:
        """Everything stored for an assessment, by key."""
        rows = connection.execute(self._all, {"of_assessment": assessment_id}).mappings()
        return {row["key"]: _kept(row) for row in rows}

    def find(self, connection: Connection, assessment_id: str, subject: str) -> Kept | None:
        """See `versioned.Shelf`."""
        key = {"of_assessment": assessment_id, "of_key": self._key(subject)}
        row = connection.execute(self._one, key).mappings().first()
        return _kept(row) if row is not None else None

    def put(self, connection: Connection, author: Author, subject: str, content: Content, version: int) -> bool:
        """See `versioned.Shelf`."""
        row = {"value": canonical(content), "version": version, "changed_by": author.who, "changed_at": author.at}
        key = {"of_assessment": author.assessment_id, "of_key": self._key(subject)}
        if version == 1:
            connection.execute(self._add.values(row), key)
            return True
        return connection.execute(self._write.values(row), {**key, "from_version": version - 1}).rowcount == 1

    def _key(self, subject: str) -> str:
        return subject.removeprefix(f"{self._prefix}/")


def _kept(row: RowMapping) -> Kept:
    return Kept(
        content=json.loads(row["value"]),
        version=row["version"],
        changed_by=row["changed_by"],
        changed_at=in_utc(row["changed_at"]),
    )
