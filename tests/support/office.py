"""Workbooks in tests: filled in as a person would, and recalculated by LibreOffice."""

import atexit
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from tests.support.worksheets import REVIEW

Rows = list[list[Any]]
_FORMULA_VALUE = re.compile(rb"(<f>[^<]*</f>)<v>[^<]*</v>")


def rows(data: bytes, sheet: str) -> Rows:
    """All cells of a sheet."""
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def parts(data: bytes) -> dict[str, bytes]:
    """The files inside a workbook."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {each.filename: archive.read(each) for each in archive.infolist()}


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files put back into a workbook."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def part_of(data: bytes, sheet: str) -> str:
    """The name of the file that holds a sheet; sheets are numbered in their order."""
    return f"xl/worksheets/sheet{CalamineWorkbook.from_filelike(BytesIO(data)).sheet_names.index(sheet) + 1}.xml"


def filled_in(data: bytes, sheet: str, cells: Mapping[str, str | float]) -> bytes:
    """The workbook with some cells typed over: texts as texts, numbers as numbers, empty texts as empty cells."""
    files, name = parts(data), part_of(data, sheet)
    text = files[name].decode()
    for address, value in cells.items():
        pattern = re.compile(rf'<c r="{address}"( s="\d+")?[^>]*?(/>|>.*?</c>)', re.DOTALL)
        found = pattern.search(text)
        begins, ends = found.span() if found else (_place_for(address, text),) * 2
        style = (found and found[1]) or ""
        if isinstance(value, str):
            inner = f'<is><t xml:space="preserve">{escape(value)}</t></is>'
            cell = f'<c r="{address}"{style} t="inlineStr">{inner}</c>' if value else f'<c r="{address}"{style}/>'
        else:
            cell = f'<c r="{address}"{style}><v>{value!r}</v></c>'
        text = text[:begins] + cell + text[ends:]
    return packed({**files, name: text.encode()})


def _place_for(address: str, sheet: str) -> int:
    """Where a cell goes into which nothing is written, and whose column gives it its look."""
    row, column = xl_cell_to_rowcol(address)
    assert re.search(rf'<col min="{column + 1}" max="{column + 1}" width="[^"]*" style=', sheet), f"there is no cell {address}"
    line = re.search(rf'<row r="{row + 1}"[^>]*>(.*?)</row>', sheet, re.DOTALL)
    assert line, f"there is no cell {address}"
    behind = (each for each in re.finditer(r'<c r="(\w+)"', line[1]) if xl_cell_to_rowcol(each[1])[1] > column)
    return line.start(1) + next((each.start() for each in behind), len(line[1]))


def without_values(data: bytes) -> bytes:
    """The workbook with nothing but formulas where formulas are, so that whoever shows a number has calculated it."""
    files, times = {}, 0
    for name, content in parts(data).items():
        files[name], found = _FORMULA_VALUE.subn(rb"\1", content) if name.startswith("xl/worksheets/") else (content, 0)
        times += found
    assert times > 100
    return packed(files)


def recalculated(books: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """The workbooks as LibreOffice saves them, from formulas alone."""
    return converted({name: without_values(data) for name, data in books.items()}, folder)


def converted(books: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """The workbooks opened and saved by LibreOffice."""
    before, after = folder / "before", folder / "after"
    before.mkdir(exist_ok=True)
    for name, data in books.items():
        (before / f"{name}.xlsx").write_bytes(data)
    convert([before / f"{name}.xlsx" for name in books], "xlsx:Calc MS Excel 2007 XML", after)
    return {name: (after / f"{name}.xlsx").read_bytes() for name in books}


def convert(files: Sequence[Path], kind: str, folder: Path) -> None:
    """Open files in LibreOffice and save them as another kind into a folder; many at once cost little more than one."""
    command = ["soffice", f"-env:UserInstallation={_profile().as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", str(folder), *map(str, files)], check=True, capture_output=True, timeout=280)


@cache
def _profile() -> Path:
    """Where LibreOffice keeps its settings, made once for a process: making them takes longer than most documents."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def filled_rows(data: bytes, told: Mapping[str, Mapping[str, str | float]]) -> bytes:
    """A downloaded workbook with some cells of its answers typed over: by question ref, then by the head of the column."""
    table = rows(data, "Answers")
    at = next(number for number, row in enumerate(table) if "Question reference" in row)
    heads = table[at]
    ref = heads.index("Question reference")
    places = {row[ref]: number for number, row in enumerate(table) if number > at}
    cells = {
        xl_rowcol_to_cell(places[question], heads.index(head)): value
        for question, row in told.items()
        for head, value in row.items()
    }
    return filled_in(data, "Answers", cells)


def filled_lines(data: bytes, told: Mapping[str, Mapping[str, str | float]]) -> bytes:
    """The workbook of a worksheet with cells typed over: by the id of a line, and by field.

    Lines are found by their place, D1 being in the first row; one past the last is new. Other columns go by their whole name.
    """
    for line, fields in told.items():
        prefix = line.rstrip("0123456789")
        register = next(each for each in REVIEW.registers.values() if each.prefix == prefix)
        table = rows(data, register.sheet)
        at = next(row for row, texts in enumerate(table) if f"{register.id}#id" in texts)
        places = {name: table[at].index(name if "#" in name else f"{register.id}/{name}") for name in fields}
        row = at + 1 + int(line.removeprefix(prefix))
        data = filled_in(data, register.sheet, {xl_rowcol_to_cell(row, places[name]): fields[name] for name in fields})
    return data
