"""What a workbook holds beside the cells that are read is named, and our own things in it are not."""

import re
from collections.abc import Callable

import pytest

from assessment.reports.workbook.columns import ANSWERS
from assessment.reports.workbook.reader import read
from assessment.reports.workbook.unread import NOTHING_UNREAD, Unread
from assessment.reports.xlsx_file import to_xlsx
from tests.reports.summaries import open_only
from tests.support.office import packed, part_of, parts

BOOK = to_xlsx(open_only())


def with_part(change: Callable[[str], str], name: str) -> bytes:
    files = parts(BOOK)
    files[name] = change(files[name].decode()).encode()
    return packed(files)


def with_cells(row: int, cells: str, data: bytes = BOOK) -> bytes:
    """The workbook with cells put at the end of a row of its answers."""
    files, name = parts(data), part_of(data, ANSWERS)
    changed, times = re.subn(rf'(<row r="{row}".*?)(</row>)', rf"\1{cells}\2", files[name].decode(), count=1, flags=re.DOTALL)
    assert times == 1
    return packed({**files, name: changed.encode()})


def text(address: str, said: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{said}</t></is></c>'


def with_comment() -> bytes:
    (name,) = [name for name in parts(BOOK) if re.fullmatch(r"xl/comments\d+\.xml", name)]
    mine = '<comment ref="G7" authorId="1"><text><r><t>Ask Kim</t></r></text></comment></commentList>'
    return with_part(
        lambda xml: xml.replace("</authors>", "<author>Kim</author></authors>").replace("</commentList>", mine), name
    )


def with_formula() -> bytes:
    name = part_of(BOOK, ANSWERS)
    return with_part(lambda xml: re.sub(r'<c r="G7"[^>]*?/>', '<c r="G7"><f>A7&amp;"!"</f></c>', xml, count=1), name)


def with_sheet() -> bytes:
    files = parts(BOOK)
    files["xl/worksheets/sheet99.xml"] = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        + text("A1", "12,000").encode()
        + b"</row></sheetData></worksheet>"
    )
    added = '<sheet name="Budget &amp; time" sheetId="99" r:id="rId99"/></sheets>'
    files["xl/workbook.xml"] = files["xl/workbook.xml"].decode().replace("</sheets>", added).encode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="worksheets/sheet99.xml"/></Relationships>'
    rels = "xl/_rels/workbook.xml.rels"
    files[rels] = files[rels].decode().replace("</Relationships>", relation).encode()
    return packed(files)


ADDED: dict[str, tuple[Callable[[], bytes], Unread]] = {
    "a comment": (with_comment, Unread(comments=("Answers!G7",))),
    "a formula without a result": (with_formula, Unread(formulas=("Answers!G7",))),
    "a column of one's own": (
        lambda: with_cells(8, text("ZZ8", "QM-7"), with_cells(5, text("ZZ5", "Our doc no"))),
        Unread(columns=("Our doc no",)),
    ),
    "a column without a head": (lambda: with_cells(8, text("ZZ8", "QM-7")), Unread(columns=("ZZ",))),
    "a head with nothing below": (lambda: with_cells(5, text("ZZ5", "Our doc no")), NOTHING_UNREAD),
    "a sheet of one's own": (with_sheet, Unread(sheets=("Budget & time",))),
}


@pytest.mark.parametrize("what", ADDED)
def test_what_somebody_added_is_named(what: str) -> None:
    made, expected = ADDED[what]
    assert read(made()).unread == expected


def test_of_a_download_everything_is_read() -> None:
    assert read(BOOK).unread == NOTHING_UNREAD


def test_a_download_of_before_names_no_column_of_ours_as_added() -> None:
    files = parts(BOOK)
    name = part_of(BOOK, "Origin")
    older = {**files, name: files[name].replace(b">heads<", b">older<").replace(b">sheets<", b">old<")}
    shared = "xl/sharedStrings.xml"
    if shared in files:
        older[shared] = files[shared].replace(b">heads<", b">older<").replace(b">sheets<", b">old<")
    assert read(packed(older)).unread == NOTHING_UNREAD
