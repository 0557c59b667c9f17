"""Workbooks in tests: filled in as a person would, and recalculated by LibreOffice."""

import re
import subprocess
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_rowcol_to_cell

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
        assert found, f"{sheet} has no cell {address}"
        style = found[1] or ""
        if isinstance(value, str):
            inner = f'<is><t xml:space="preserve">{escape(value)}</t></is>'
            cell = f'<c r="{address}"{style} t="inlineStr">{inner}</c>' if value else f'<c r="{address}"{style}/>'
        else:
            cell = f'<c r="{address}"{style}><v>{value!r}</v></c>'
        text = text[: found.start()] + cell + text[found.end() :]
    return packed({**files, name: text.encode()})


def without_values(data: bytes) -> bytes:
    """The workbook with nothing but formulas where formulas are, so that whoever shows a number has calculated it."""
    files, times = {}, 0
    for name, content in parts(data).items():
        files[name], found = _FORMULA_VALUE.subn(rb"\1", content) if name.startswith("xl/worksheets/") else (content, 0)
        times += found
    assert times > 100
    return packed(files)


def recalculated(books: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """The workbooks as LibreOffice saves them, from formulas alone; with a profile of its own in the folder."""
    return converted({name: without_values(data) for name, data in books.items()}, folder)


def converted(books: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """The workbooks opened and saved by LibreOffice."""
    before, after = folder / "before", folder / "after"
    before.mkdir(exist_ok=True)
    for name, data in books.items():
        (before / f"{name}.xlsx").write_bytes(data)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder / 'profile'}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(after),
            *(str(before / f"{name}.xlsx") for name in books),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {name: (after / f"{name}.xlsx").read_bytes() for name in books}


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
