"""The workbook of a worksheet: a sheet for each register that content marks, to be filled in without a connection."""

from collections.abc import Iterable, Mapping
from typing import Any

from xlsxwriter.utility import xl_range_abs

from assessment.domain.entries import day_or_none
from assessment.domain.significance import Significance
from assessment.domain.worksheet import FieldKind, Register
from assessment.domain.worksheet_lines import Line
from assessment.reports.wording import worksheet_sheets as wording
from assessment.reports.wording.limits import SELF_ASSESSMENT
from assessment.reports.wording.significance import verdict_in_words
from assessment.reports.wording.worksheet_report import title
from assessment.reports.workbook.columns import FIRST_DAY, ORIGIN
from assessment.reports.workbook.look import Book, Sheet
from assessment.reports.workbook.unread import SHEETS
from assessment.reports.workbook.worksheet_columns import (
    FIRST_ROW,
    FORMAT,
    HEADS_AT,
    LISTS,
    NAMES_AT,
    FieldColumn,
    cell_text,
    columns_of,
    id_name,
    verdict_name,
    version_name,
)
from assessment.reports.worksheet_summary import WorksheetSummary

# Rows below the last line that are ready to be filled in.
EMPTY_ROWS = 60
_WIDTHS = {FieldKind.TEXT: 38, FieldKind.LINE: 28, FieldKind.DATE: 12, FieldKind.TICK: 10, FieldKind.WHOLE: 10}
_USUAL_WIDTH = 18
# A list of choices is written into the rule of a cell, which takes so many characters with commas between.
_LONGEST_LIST = 255
# By the name of a column, the texts to choose from that stand on the hidden sheet.
_Lists = Mapping[str, list[str]]


def worksheet_to_xlsx(summary: WorksheetSummary, assessment_id: str) -> bytes:
    """Return the registers of a worksheet as sheets; the same lines give the same bytes. Texts are only ever texts."""
    book = Book(summary.on, summary.organisation)
    registers = [register for register in summary.worksheet.registers.values() if register.sheet]
    _write_how_to(book, summary, registers)
    lists = _long_lists(registers)
    for register in registers:
        _write_register(book, summary, register, lists)
    _write_lists(book, lists)
    _write_origin(book, summary, assessment_id)
    book.properties(title(summary.worksheet.title, summary.organisation), SELF_ASSESSMENT)
    return book.to_bytes()


def _write_how_to(book: Book, summary: WorksheetSummary, registers: list[Register]) -> None:
    sheet = book.sheet(wording.HOW_TO)
    sheet.widths([90])
    sheet.text(0, 0, summary.worksheet.title, "title-line")
    sheet.height(0, 28)
    sheet.text(1, 0, wording.as_of(summary.organisation, summary.on), "remark")
    row = 3
    for step in wording.STEPS:
        sheet.text(row, 0, step, "wrapped")
        row += 1
    for register in registers:
        row += 1
        sheet.text(row, 0, wording.in_sheet(register, len(summary.filled.of(register.id))), "wrapped")


def _write_register(book: Book, summary: WorksheetSummary, register: Register, lists: _Lists) -> None:
    sheet = book.sheet(register.sheet, colour="#155AA7")
    fields, lines = list(columns_of(register)), summary.filled.of(register.id)
    is_scored = summary.worksheet.method_of(register.id) is not None
    heads = [wording.LINE, *map(_head, fields), *([wording.COUNTS] if is_scored else []), wording.VERSION]
    names = [
        id_name(register.id),
        *(column.name for column in fields),
        *([verdict_name(register.id)] if is_scored else []),
        version_name(register.id),
    ]
    sheet.widths([8, *(_WIDTHS.get(column.field.kind, _USUAL_WIDTH) for column in fields), *([20] if is_scored else [])])
    sheet.width(len(heads) - 1, 10, {"hidden": True})
    sheet.text(0, 0, register.title, "title-line")
    sheet.height(0, 28)
    sheet.text(1, 0, wording.as_of(summary.organisation, summary.on), "remark")
    for at, name in enumerate(names):
        sheet.text(NAMES_AT, at, name, "remark")
    sheet.worksheet.set_row(NAMES_AT, None, None, {"hidden": True})
    last_input = len(fields)
    sheet.heads(HEADS_AT, list(map(str, heads)), lambda at: "head-input" if 1 <= at <= last_input else "head-quiet")
    sheet.height(HEADS_AT, 44)
    for position, line in enumerate(lines):
        _write_line(sheet, FIRST_ROW + position, summary, line, fields)
    last_row = FIRST_ROW + len(lines) + EMPTY_ROWS - 1
    for row in range(FIRST_ROW + len(lines), last_row + 1):
        for at, column in enumerate(fields, start=1):
            sheet.text(row, at, "", "input-day" if column.field.kind is FieldKind.DATE else "input")
    _set_up(sheet, fields, len(heads), last_row, lists)


def _head(column: FieldColumn) -> str:
    field = column.field
    if column.is_unit:
        return wording.unit_of(field.label)
    return wording.with_unit(field.label, field.units[0]) if len(field.units) == 1 else field.label


def _write_line(sheet: Sheet, row: int, summary: WorksheetSummary, line: Line, fields: list[FieldColumn]) -> None:
    sheet.text(row, 0, line.id, "bold")
    for at, column in enumerate(fields, start=1):
        text = cell_text(summary.filled, line, column)
        if column.field.kind is FieldKind.DATE:
            sheet.day(row, at, day_or_none(text), "input-day")
        else:
            sheet.text(row, at, text, "input")
    found: Significance | None = summary.judged.get(line.id)
    at = len(fields) + 1
    if found is not None:
        sheet.text(row, at, verdict_in_words(found), "working-text")
        at += 1
    sheet.number(row, at, summary.versions.get(line.id, 0), "working")


def _set_up(sheet: Sheet, fields: list[FieldColumn], columns: int, last_row: int, lists: _Lists) -> None:
    worksheet = sheet.worksheet
    worksheet.freeze_panes(FIRST_ROW, 2)
    worksheet.autofilter(HEADS_AT, 0, last_row, columns - 1)
    worksheet.repeat_rows(HEADS_AT)
    worksheet.ignore_errors({"number_stored_as_text": f"A1:CZ{last_row + 1}"})
    for at, column in enumerate(fields, start=1):
        if rule := _rule(column, lists):
            worksheet.data_validation(FIRST_ROW, at, last_row, at, rule)
    for at in (0, columns - 1):
        told = {"validate": "custom", "value": "=FALSE", "error_message": str(wording.LOCKED)[:255]}
        worksheet.data_validation(FIRST_ROW, at, last_row, at, told)


def _rule(column: FieldColumn, lists: _Lists) -> dict[str, Any]:
    """Return the rule of a column: a day, or a list to choose from; only a warning, since an upload checks."""
    field = column.field
    if field.kind is FieldKind.DATE:
        told: dict[str, Any] = {"validate": "date", "criteria": ">=", "value": FIRST_DAY}
        return {**told, "error_type": "warning", "error_message": str(wording.A_DATE)[:255]}
    offered = _offered(column)
    if not offered:
        return {}
    source: list[str] | str = offered
    if column.name in lists:
        at = list(lists).index(column.name)
        source = f"={LISTS}!{xl_range_abs(0, at, len(offered) - 1, at)}"
    return {"validate": "list", "source": source, "error_type": "warning", "error_message": str(wording.CHOOSE)[:255]}


def _offered(column: FieldColumn) -> list[str]:
    if column.is_unit:
        return list(column.field.units)
    if column.field.kind is FieldKind.TICK:
        return ["yes"]
    return [choice.text for choice in column.field.choices] if column.field.kind is FieldKind.CHOICE else []


def _long_lists(registers: Iterable[Register]) -> _Lists:
    """Return the lists that a rule cannot hold itself: too long, or with commas in them."""
    offered = {column.name: _offered(column) for register in registers for column in columns_of(register)}
    return {
        name: texts
        for name, texts in offered.items()
        if any("," in text for text in texts) or len(",".join(texts)) > _LONGEST_LIST
    }


def _write_lists(book: Book, lists: _Lists) -> None:
    """Write on a hidden sheet what rules of cells point at, a column for each list."""
    if not lists:
        return
    sheet = book.sheet(LISTS, colour="#79898E")
    for at, texts in enumerate(lists.values()):
        for row, text in enumerate(texts):
            sheet.text(row, at, text)
    sheet.worksheet.hide()


def _write_origin(book: Book, summary: WorksheetSummary, assessment_id: str) -> None:
    """Write what an upload is held against, on a hidden sheet."""
    sheet = book.sheet(ORIGIN, colour="#79898E")
    sheet.widths([22, 70])
    told = [
        ("format", FORMAT),
        ("assessment", assessment_id),
        ("worksheet", summary.worksheet.id),
        ("revision", summary.worksheet.revision),
        ("date", summary.on.isoformat()),
        (SHEETS, "\n".join(each.get_name() for each in book.workbook.worksheets())),
    ]
    for row, (name, text) in enumerate(told):
        sheet.text(row, 0, name)
        sheet.text(row, 1, text)
    sheet.worksheet.hide()
