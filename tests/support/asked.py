"""Where the product asks its database, so that nothing of it is tried on SQLite alone.

A database has its say where it is asked something. Every process that runs tests for `make test` notes at which lines of
`assessment/storage` it asked; once both databases had their turn, `python -m tests.tools.asked` compares.
"""

import functools
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

import assessment.storage
from assessment.storage.compiled import Prepared

_STORAGE = f"{Path(assessment.storage.__file__).parent}{os.sep}"
# How it is asked, whoever asks.
_HOW = ("compiled.py", "repository.py")


@contextmanager
def noted(folder: Path) -> Iterator[dict[str, set[str]]]:
    """Note where this process asks its databases, by their kind, and leave that in a file for each of them."""
    places: dict[str, set[str]] = {}

    def note(connection: Connection) -> None:
        place = _place(sys._getframe(2))
        if place:
            places.setdefault(connection.dialect.name, set()).add(place)

    def before(connection: Connection, *_: object) -> None:
        note(connection)

    execute = Prepared._execute

    @functools.wraps(execute)
    def prepared(self: Prepared, connection: Connection, values: Any) -> Any:
        note(connection)
        return execute(self, connection, values)

    event.listen(Engine, "before_cursor_execute", before)
    Prepared._execute = prepared  # type: ignore[method-assign]
    try:
        yield places
    finally:
        event.remove(Engine, "before_cursor_execute", before)
        Prepared._execute = execute  # type: ignore[method-assign]
        for database, found in places.items():
            of_one = folder / database
            of_one.mkdir(parents=True, exist_ok=True)
            (of_one / str(os.getpid())).write_text("\n".join(sorted(found)))


def _place(frame: Any) -> str:
    """Return the line of the storage room that led here, with its function; empty where none did."""
    while frame is not None:
        code = frame.f_code
        if code.co_filename.startswith(_STORAGE) and not code.co_filename.endswith(_HOW):
            return f"{code.co_filename.removeprefix(_STORAGE)}:{frame.f_lineno} {code.co_qualname}"
        frame = frame.f_back
    return ""
