"""A workbook that comes back, read as plain texts.

Whoever sends a file may send anything, so it is read in a child process: run as a program, this module takes the file on
standard input and gives what it holds as JSON. Sizes are checked before anything is unpacked into memory.
"""

import json
import re
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from xml.parsers.expat import ExpatError
from zlib import error as ZlibError  # noqa: N812  # zlib's own name for it says nothing

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from assessment.domain.entries import with_line_breaks
from assessment.reports.child_process import DocumentError, make_in_child
from assessment.reports.wording.uploads import fault
from assessment.reports.workbook.columns import ANSWERS, FORMAT, ORIGIN, REF
from assessment.reports.workbook.unread import NOTHING_UNREAD, Unread, unread_of

MOST_FILES, MOST_UNPACKED, MOST_CELLS, MOST_CHARACTERS = 500, 64 * 2**20, 2_000_000, 16_000_000
# What the answers sheet may hold is read again by the server; ten times what the largest download has.
MOST_ANSWER_CELLS = 200_000
# The sheet that says where a workbook came from has a handful of rows.
_ORIGIN_ROWS = 100
# The heads are looked for in so many rows from the top, in case somebody put a few lines above them.
HEADS_WITHIN = 40
_LIMITS: Mapping[str, Any] = {"seconds": 20, "processor_seconds": 8, "megabytes": 1024}
_OLD_OFFICE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
# No tag has "<" within it; without that bound a file of nothing but beginnings of cells would be read over and over.
_ADDRESS = re.compile(rb"""<(?:\w+:)?c\b[^<>]*?\sr\s*=\s*["']([A-Z]+)(\d+)["']""")
DAMAGED = "damaged"


class WorkbookError(Exception):
    """A file is not a workbook of ours that can be read; as a text it says why, in words for people."""

    def __init__(self, name: str, **values: str | int) -> None:
        super().__init__(name, values)
        self.name = name
        self.values = values

    def __str__(self) -> str:
        """Return why, in the language of whoever reads it."""
        return fault(self.name, self.values)


@dataclass(frozen=True, kw_only=True)
class Table:
    """The answers sheet: where it came from, its heads, and its rows as texts. ``heads_at`` counts from 0.

    ``unread`` names what the file holds beside that.
    """

    origin: Mapping[str, str]
    heads_at: int
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    unread: Unread = NOTHING_UNREAD


def read_workbook(data: bytes) -> Table:
    """Read a file in a child process. Raises ``WorkbookError``, and ``TooBusyError`` where others are being read already."""
    told = child_said(__name__, data)
    rows = tuple(tuple(row) for row in told["rows"])
    unread = Unread(**{name: tuple(named) for name, named in told["unread"].items()})
    return Table(origin=told["origin"], heads_at=told["heads_at"], heads=tuple(told["heads"]), rows=rows, unread=unread)


def child_said(module: str, data: bytes) -> dict[str, Any]:
    """Return what a module says of a file, run as a process. Raises ``WorkbookError``, also for what it says is wrong."""
    try:
        told: dict[str, Any] = json.loads(make_in_child(module, data, uploaded=True, **_LIMITS))
    except DocumentError as error:
        raise WorkbookError(DAMAGED) from error
    if "fault" in told:
        raise WorkbookError(told["fault"], **told["values"])
    return told


def read(data: bytes) -> Table:
    """Read a file in this process. Raises ``WorkbookError``."""
    check_file(data)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            missing = [name for name in (ANSWERS, ORIGIN) if name not in book.sheet_names]
            if missing:
                raise WorkbookError("no-sheet", sheet=missing[0])
            origin = origin_of(book)
            answers = without_empty_edges(ANSWERS, texts_of(book.get_sheet_by_name(ANSWERS)))
    except (CalamineError, ValueError, OSError) as error:
        raise WorkbookError(DAMAGED) from error
    if origin.get("format") != FORMAT:
        raise WorkbookError("other-format", sheet=ORIGIN, format=FORMAT)
    for at, row in enumerate(answers[:HEADS_WITHIN]):
        if REF in row:
            rows = tuple(tuple(each) for each in answers[at + 1 :])
            return Table(origin=origin, heads_at=at, heads=tuple(row), rows=rows, unread=unread_of(data, origin, at, answers))
    raise WorkbookError("no-references", sheet=ANSWERS, column=REF, rows=HEADS_WITHIN)


def origin_of(book: CalamineWorkbook) -> dict[str, str]:
    """Return what the hidden sheet says of where a workbook came from. Raises ``WorkbookError`` where there is none."""
    if ORIGIN not in book.sheet_names:
        raise WorkbookError("no-sheet", sheet=ORIGIN)
    return {row[0]: row[1] for row in texts_of(book.get_sheet_by_name(ORIGIN))[:_ORIGIN_ROWS] if len(row) > 1}


def check_file(data: bytes) -> None:
    """Refuse what is no plain .xlsx of a bearable size."""
    if not data:
        raise WorkbookError("no-file")
    if data.startswith(_OLD_OFFICE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise WorkbookError("password" if locked else "old-office")
    if not data.startswith(_ZIP):
        raise WorkbookError("not-excel")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_archive(archive)
    except (zipfile.BadZipFile, ZlibError, NotImplementedError, EOFError, RuntimeError, OSError, ExpatError) as error:
        raise WorkbookError(DAMAGED) from error


def _check_archive(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = [each.filename.lower() for each in entries]
    if any(each.flag_bits & 1 for each in entries):
        raise WorkbookError("password")
    if "mimetype" in names and "content.xml" in names:
        raise WorkbookError("open-document")
    if "xl/workbook.xml" not in names:
        raise WorkbookError("not-excel")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise WorkbookError("macros")
    if len(entries) > MOST_FILES or len(set(names)) < len(names) or sum(each.file_size for each in entries) > MOST_UNPACKED:
        raise WorkbookError("too-much", megabytes=MOST_UNPACKED // 2**20)
    for each in entries:
        # Reading checks that the sizes the file tells are true: a wrong one does not fit its checksum.
        content = archive.read(each)
        if each.filename.startswith("xl/worksheets/"):
            _check_extent(each.filename, content)


def _check_extent(name: str, content: bytes) -> None:
    """Refuse a sheet whose cells lie so far apart that reading it would fill the memory."""
    last_row = last_column = 0
    for found in _ADDRESS.finditer(content):
        last_row, last_column = max(last_row, int(found[2][:10])), max(last_column, _column(found[1][:4]))
        if last_row * last_column > MOST_CELLS:
            sheet = name.rpartition("/")[2]
            address = (found[1] + found[2]).decode()[:14]
            raise WorkbookError("too-far-out", sheet=sheet, cell=address, rows=last_row, columns=last_column)


def _column(letters: bytes) -> int:
    """Return the number of a column, from 1."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def texts_of(sheet: CalamineSheet) -> list[list[str]]:
    """Return what the cells of a sheet say. Raises ``WorkbookError`` where that is too long."""
    rows, characters = [], 0
    for row in sheet.to_python(skip_empty_area=False):
        rows.append([_text(value) for value in row])
        characters += sum(map(len, rows[-1]))
        if characters > MOST_CHARACTERS:
            raise WorkbookError("too-long", sheet=sheet.name, characters=MOST_CHARACTERS)
    return rows


def without_empty_edges(sheet: str, rows: list[list[str]], most: int = MOST_ANSWER_CELLS) -> list[list[str]]:
    """Return the rows of a sheet up to the last cell to the right and the last below that hold something.

    Raises ``WorkbookError`` where that is more than ``most`` cells.
    """
    high = max((at for at, row in enumerate(rows, start=1) if any(row)), default=0)
    wide = max((at for row in rows[:high] for at, text in enumerate(row, start=1) if text), default=0)
    if high * wide > most:
        raise WorkbookError("too-many-cells", sheet=sheet, rows=high, columns=wide, most=most)
    return [row[:wide] for row in rows[:high]]


def _text(value: Any) -> str:
    """Return what a cell says, as a person reads it: days as year-month-day, whole numbers without a point."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return with_line_breaks(str(value)).strip()


def main() -> None:
    """Read standard input; write the table, or the fault, as JSON."""
    try:
        table = read(sys.stdin.buffer.read())
        told: dict[str, Any] = {
            "origin": table.origin,
            "heads_at": table.heads_at,
            "heads": table.heads,
            "rows": table.rows,
            "unread": asdict(table.unread),
        }
    except WorkbookError as error:
        told = {"fault": error.name, "values": error.values}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
