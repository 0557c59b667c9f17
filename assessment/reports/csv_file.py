"""The gap summary as CSV: one row for each finding, and a head that says what it is about."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assessment.reports.columns import FINDINGS, Value, finding_rows
from assessment.reports.key_figures import key_figures
from assessment.reports.summary import GapSummary
from assessment.reports.wording import files
from assessment.reports.wording.advice import headline_in_words, reason_in_words
from assessment.reports.wording.limits import SELF_ASSESSMENT

BETWEEN = " / "  # stands between several texts of one cell
# A spreadsheet takes a cell that begins with one of these for a formula, some also their wide forms.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, kw_only=True)
class Habit:
    """What stands between cells, and before the decimals of a number."""

    between: str
    point: str


COMMAS = Habit(between=",", point=".")
# Excel expects these by a double click wherever numbers are written with a decimal comma.
SEMICOLONS = Habit(between=";", point=",")


def to_csv(summary: GapSummary, habit: Habit = COMMAS) -> bytes:
    """Return the summary as UTF-8 with a byte order mark, so that spreadsheets read every script."""
    rows = ([column.value(row) for column in FINDINGS] for row in finding_rows(summary))
    return written([*_head(summary), (), [column.head for column in FINDINGS], *rows], habit)


def with_semicolons(summary: GapSummary) -> bytes:
    """Return the same as `to_csv`, for spreadsheets of countries that write a decimal comma."""
    return to_csv(summary, SEMICOLONS)


def written(rows: Iterable[Iterable[Value]], habit: Habit = COMMAS) -> bytes:
    """Return rows as UTF-8 with a byte order mark; no cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=habit.between, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe(_text(value, habit)) for value in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def _text(value: Value, habit: Habit) -> str:
    """Return a value as programs read it."""
    match value:
        case None:
            return ""
        case tuple():
            return BETWEEN.join(value)
        case date():
            return value.isoformat()
        case float() | int():
            return f"{value:g}".replace(".", habit.point)
        case _:
            return str(value)


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: one apostrophe is put before it. ``plain`` is the inverse."""
    return f"'{cell}" if _begins_a_formula(cell) else cell


def plain(cell: str) -> str:
    """Return the text that was made safe: where apostrophes stand before the beginning of a formula, one is taken off."""
    return cell[1:] if cell.startswith("'") and _begins_a_formula(cell) else cell


def _begins_a_formula(cell: str) -> bool:
    bare = cell.lstrip("'")
    # Blanks before it are dropped when a file is opened.
    return bare.startswith(FORMULA_STARTS) or bare.lstrip().startswith(FORMULA_STARTS)


def _head(summary: GapSummary) -> list[tuple[Value, ...]]:
    figures = [key_figures(summary, standard, date.isoformat) for standard in summary.standards]
    return [
        (files.SUMMARY_OF, summary.organisation),
        (files.DATE, summary.on),
        (files.ADVICE, headline_in_words(summary.result), reason_in_words(summary.result)),
        (files.LIMITS, SELF_ASSESSMENT),
        (),
        (files.EDITION, *(standard.result.questionnaire.edition.name for standard in summary.standards)),
        *((label, *(of[label] for of in figures)) for label in (figures[0] if figures else ())),
    ]
