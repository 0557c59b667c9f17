"""What a cell is called, and what text it can hold."""

import re

from assessment.reports.wording.workbook import cut_here
from assessment.reports.workbook.columns import ANSWERS

# UTF-16 units.
MOST_IN_A_CELL = 32_767
NOT_IN_XML = re.compile("[\ufffe\uffff]")
MOST_IN_A_NAME = 31
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
CONTROL = re.compile("[\x00-\x1f\x7f]+")


def cell(row: int, column: int, *, fixed: bool = False) -> str:
    """Return the address of a cell, such as ``D7`` or ``$D$7``."""
    from xlsxwriter.utility import xl_rowcol_to_cell  # the whole library, which the server's start need not wait for

    address: str = xl_rowcol_to_cell(row, column, row_abs=fixed, col_abs=fixed)
    return address


def sheet_name(text: str) -> str:
    """Return what a sheet may be called, as near to a text as can be."""
    return NOT_IN_A_NAME.sub(" ", str(text))[:MOST_IN_A_NAME].strip("' ")


def of_sheet(text: str) -> str:
    """Return what stands before an address on another sheet in a formula."""
    return "'{}'!".format(sheet_name(text).replace("'", "''"))


def said(text: str) -> str:
    """Return a text as a formula says it."""
    return '"{}"'.format(str(text).replace('"', '""'))


def storable(text: str) -> str:
    """Return the text with a replacement for what no XML file can hold: half a character, and two that are none."""
    if text.isascii():
        return str(text)
    return NOT_IN_XML.sub("\ufffd", text.encode("utf-8", "replace").decode())


def one_line(text: str) -> str:
    """Return the text as one line without control characters, for places that take no others."""
    return " ".join(CONTROL.sub(" ", storable(text)).split())


def fitted(text: str) -> str:
    """Return the text, or as much of it as a cell holds with a remark that says how much is missing."""
    if 2 * len(text) <= MOST_IN_A_CELL:  # a character takes two units at most
        return text
    units = len(text.encode("utf-16-le")) // 2
    if units <= MOST_IN_A_CELL:
        return text
    remark = f" … {cut_here(MOST_IN_A_CELL, units, ANSWERS)}"
    kept = text.encode("utf-16-le")[: 2 * (MOST_IN_A_CELL - len(remark))].decode("utf-16-le", "ignore")
    return kept + remark
