"""The gap summary as CSV: one row for each finding, and a head that says what it is about."""

import csv
import io
from collections.abc import Iterable
from datetime import date

from assessment.reports.columns import FINDINGS, Value, finding_rows
from assessment.reports.key_figures import key_figures
from assessment.reports.summary import GapSummary
from assessment.reports.wording import files
from assessment.reports.wording.advice import advice_in_words, why_in_words
from assessment.reports.wording.limits import SELF_ASSESSMENT

BETWEEN = " / "  # stands between several texts of one cell
# A spreadsheet takes a cell that begins with one of these for a formula, some also their wide forms.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_csv(summary: GapSummary) -> bytes:
    """Return the summary as UTF-8 with a byte order mark, so that spreadsheets read every script."""
    rows = ([column.value(row) for column in FINDINGS] for row in finding_rows(summary))
    return written([*_head(summary), (), [column.head for column in FINDINGS], *rows])


def written(rows: Iterable[Iterable[Value]]) -> bytes:
    """Return rows as UTF-8 with a byte order mark; no cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe(_text(value)) for value in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def _text(value: Value) -> str:
    """Return a value as programs read it."""
    match value:
        case None:
            return ""
        case tuple():
            return BETWEEN.join(value)
        case date():
            return value.isoformat()
        case float() | int():
            return f"{value:g}"
        case _:
            return str(value)


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: one apostrophe is put before it. ``plain`` is the inverse."""
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA_STARTS) else cell


def plain(cell: str) -> str:
    """Return the text that was made safe: where apostrophes stand before the beginning of a formula, one is taken off."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_STARTS) else cell


def _head(summary: GapSummary) -> list[tuple[Value, ...]]:
    recommendation = summary.result.recommendation
    figures = [key_figures(summary, standard, date.isoformat) for standard in summary.standards]
    return [
        (files.SUMMARY_OF, summary.organisation),
        (files.DATE, summary.on),
        (files.ADVICE, advice_in_words(recommendation), why_in_words(recommendation)),
        (files.LIMITS, SELF_ASSESSMENT),
        (),
        (files.EDITION, *(standard.result.questionnaire.edition.name for standard in summary.standards)),
        *((label, *(of[label] for of in figures)) for label in (figures[0] if figures else ())),
    ]
