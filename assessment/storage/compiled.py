"""Statements written in SQLAlchemy and compiled once, for what happens on every page and every save.

Executed by SQLAlchemy as usual they make a save cost 1.37 times as much processor time, and a page 1.10 times:
`python -m tests.tools.processor_time compiled`. Handing their text to ``exec_driver_sql`` gives back less than half of that.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ClauseElement

Processor = Callable[[Any], Any] | None


@dataclass(frozen=True, kw_only=True)
class _Compiled:
    """A statement for one kind of database: its text, how values go in and come out, and their order where that counts."""

    text: str
    given: Mapping[str, Any]
    order: tuple[str, ...] | None
    inward: tuple[tuple[str, Callable[[Any], Any]], ...]
    names: tuple[str, ...]
    outward: tuple[tuple[int, Callable[[Any], Any]], ...]


class Prepared:
    """A statement that runs on a connection's own transaction. Times go in and come out as SQLAlchemy's types say."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def run(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Run it, and return how many rows it changed."""
        count: int = self._execute(connection, values).rowcount
        return count

    def all(self, connection: Connection, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return every row, by the names of its columns."""
        rows = self._execute(connection, values).fetchall()
        found = self._for(connection)
        return [self._row(found, row) for row in rows]

    def first(self, connection: Connection, values: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the first row, or ``None``."""
        row = self._execute(connection, values).fetchone()
        return self._row(self._for(connection), row) if row is not None else None

    def _row(self, found: _Compiled, row: tuple[Any, ...]) -> dict[str, Any]:
        if found.outward:
            told = list(row)
            for place, process in found.outward:
                told[place] = process(told[place])
            return dict(zip(found.names, told, strict=True))
        return dict(zip(found.names, row, strict=True))

    def _execute(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        found = self._for(connection)
        bound = {**found.given, **values}
        for name, process in found.inward:
            bound[name] = process(bound[name])
        parameters: Any = bound if found.order is None else tuple([bound[name] for name in found.order])
        cursor = connection.connection.cursor()
        dbapi = connection.dialect.loaded_dbapi
        try:
            cursor.execute(found.text, parameters)
        except dbapi.Error as error:
            raise DBAPIError.instance(found.text, None, error, dbapi.Error, dialect=connection.dialect) from error
        return cursor

    def _for(self, connection: Connection) -> _Compiled:
        dialect = connection.dialect
        found = self._compiled.get(dialect.name)
        if found is None:
            compiled: Any = self._statement.compile(dialect=dialect)
            inward = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()}
            columns = list(self._statement.selected_columns) if isinstance(self._statement, Select) else []
            outward = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
            found = _Compiled(
                text=compiled.string,
                given=compiled.params,
                order=tuple(compiled.positiontup) if compiled.positional else None,
                inward=tuple((name, process) for name, process in inward.items() if process is not None),
                names=tuple(str(column.key) for column in columns),
                outward=tuple((place, process) for place, process in enumerate(outward) if process is not None),
            )
            self._compiled[dialect.name] = found
        return found
