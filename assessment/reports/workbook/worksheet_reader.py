"""The workbook of a worksheet that comes back, read as plain texts in a child process, as `reader` reads one of answers."""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from assessment.reports.workbook.columns import ORIGIN
from assessment.reports.workbook.reader import (
    DAMAGED,
    HEADS_WITHIN,
    MOST_CHARACTERS,
    WorkbookError,
    check_file,
    child_said,
    origin_of,
    texts_of,
    without_empty_edges,
)
from assessment.reports.workbook.unread import NOTHING_UNREAD, Unread, unread_beside
from assessment.reports.workbook.worksheet_columns import FORMAT, register_named

# What a sheet may hold: more than as many lines as a worksheet has room for, of the register with the most fields.
MOST_LINE_CELLS = 400_000


@dataclass(frozen=True, kw_only=True)
class RegisterTable:
    """One sheet: which register it is of, the names of its columns, and the rows below as texts. ``names_at`` counts from 0."""

    register: str
    sheet: str
    names_at: int
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class WorksheetTables:
    """What a workbook holds: where it came from, its sheets, and what of it is not read."""

    origin: Mapping[str, str]
    tables: tuple[RegisterTable, ...]
    unread: Unread = NOTHING_UNREAD


def read_worksheet_workbook(data: bytes) -> WorksheetTables:
    """Read a file in a child process. Raises ``WorkbookError``, and ``TooBusyError`` where others are being read already."""
    told = child_said(__name__, data)
    tables = tuple(
        RegisterTable(**{**each, "names": tuple(each["names"]), "rows": tuple(tuple(row) for row in each["rows"])})
        for each in told["tables"]
    )
    unread = Unread(**{name: tuple(named) for name, named in told["unread"].items()})
    return WorksheetTables(origin=told["origin"], tables=tables, unread=unread)


def read(data: bytes) -> WorksheetTables:
    """Read a file in this process. Raises ``WorkbookError``."""
    check_file(data)
    tables: list[RegisterTable] = []
    heads: dict[str, list[list[str]]] = {}
    characters = 0
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            origin = origin_of(book)
            if origin.get("format") != FORMAT:
                raise WorkbookError("other-format", sheet=ORIGIN, format=FORMAT)
            for name in book.sheet_names:
                rows = without_empty_edges(name, texts_of(book.get_sheet_by_name(name)), MOST_LINE_CELLS)
                characters += sum(len(text) for row in rows for text in row)
                if characters > MOST_CHARACTERS:
                    raise WorkbookError("too-long", sheet=name, characters=MOST_CHARACTERS)
                table = _table(name, rows)
                if table is not None:
                    tables.append(table)
                    heads[name] = rows
    except (CalamineError, ValueError, OSError) as error:
        raise WorkbookError(DAMAGED) from error
    if not tables:
        raise WorkbookError("no-lines", rows=HEADS_WITHIN)
    named = {table.sheet: table.names_at for table in tables}
    return WorksheetTables(origin=origin, tables=tuple(tables), unread=unread_beside(data, origin, named, heads))


def _table(sheet: str, rows: list[list[str]]) -> RegisterTable | None:
    for at, row in enumerate(rows[:HEADS_WITHIN]):
        register = register_named(row)
        if register:
            below = tuple(tuple(each) for each in rows[at + 1 :])
            return RegisterTable(register=register, sheet=sheet, names_at=at, names=tuple(row), rows=below)
    return None


def main() -> None:
    """Read standard input; write what is in it, or the fault, as JSON."""
    try:
        found = read(sys.stdin.buffer.read())
        told: dict[str, Any] = {
            "origin": found.origin,
            "tables": [asdict(table) for table in found.tables],
            "unread": asdict(found.unread),
        }
    except WorkbookError as error:
        told = {"fault": error.name, "values": error.values}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
