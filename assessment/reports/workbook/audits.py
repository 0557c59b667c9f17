"""The sheet of real audits: area by area what was expected and what was found, and the counts."""

from collections.abc import Iterator

from assessment.domain.hindsight import Hindsight
from assessment.domain.library import Library
from assessment.reports.summary import GapSummary
from assessment.reports.wording import audits as words
from assessment.reports.workbook.look import Book

_WIDTHS = (34, 24, 24, 28, 60)
_HEADS_AT = 3


def write_audits(book: Book, summary: GapSummary) -> None:
    """Write a row for each area in which something was found or expected, then the counts; nothing where there is no audit."""
    if not summary.audits:
        return
    sheet = book.sheet(words.TITLE)
    sheet.widths(_WIDTHS)
    sheet.text(0, 0, words.conclusion(summary.audits_together), "title-line")
    sheet.height(0, 28)
    sheet.text(1, 0, words.ABOUT, "remark")
    sheet.heads(_HEADS_AT, [words.COUNTS_HEAD[0], words.GROUP, words.AREA, *words.AREAS_HEAD])
    row = _HEADS_AT
    for found in summary.audits:
        for texts in _rows(found, summary.result.library):
            row += 1
            for at, text in enumerate(texts):
                sheet.text(row, at, text)
    row += 2
    sheet.heads(row, list(words.COUNTS_HEAD))
    for found in summary.audits:
        row += 1
        sheet.text(row, 0, words.audit_name(found.audit))
        sheet.number(row, 1, len(found.both))
        sheet.number(row, 2, len(found.only_found))
        if found.only_expected is None:
            sheet.text(row, 3, words.NOT_COUNTED)
        else:
            sheet.number(row, 3, len(found.only_expected))
    told = summary.audits_together
    sheet.text(row + 1, 0, words.TOGETHER, "bold")
    for at, count in enumerate((told.both, told.only_found, told.only_expected), start=1):
        sheet.number(row + 1, at, count)


def _rows(found: Hindsight, library: Library) -> Iterator[tuple[str, ...]]:
    groups = zip(words.COUNTS_HEAD[1:], (found.both, found.only_found, found.only_expected or ()), strict=True)
    for title, rows in groups:
        for row in rows:
            yield words.audit_name(found.audit), str(title), words.area_of(row, library), *words.expected_and_found(row)
