"""The gap summary as CSV: one row for each finding, and a head that says what it is about."""

import csv
import io
from datetime import date

from assessment.reports import words
from assessment.reports.figures import key_figures
from assessment.reports.summary import FindingLine, GapSummary, StandardSummary, finding_row

COLUMNS = (
    "Standard",
    "Edition",
    "Clause",
    "Clause title",
    "Grade",
    "Why",
    "Question",
    "Answer",
    "Note",
    "Evidence",
    "Actions",
)
# A spreadsheet takes a cell that begins with one of these for a formula, some also their wide forms.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_csv(summary: GapSummary) -> bytes:
    """The summary as UTF-8 with a byte order mark, so that spreadsheets read every script."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in _head(summary):
        writer.writerow([safe(cell) for cell in row])
    writer.writerow([])
    writer.writerow(COLUMNS)
    for standard in summary.standards:
        for line in standard.findings:
            writer.writerow([safe(cell) for cell in _row(summary, standard, line)])
    return out.getvalue().encode("utf-8-sig", "replace")


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: one apostrophe is put before it. ``plain`` is the inverse."""
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA_STARTS) else cell


def plain(cell: str) -> str:
    """The text that was made safe: where apostrophes stand before the beginning of a formula, one is taken off."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_STARTS) else cell


def _head(summary: GapSummary) -> list[tuple[str, ...]]:
    recommendation = summary.result.recommendation
    figures = [key_figures(summary, each, date.isoformat) for each in summary.standards]
    return [
        ("Gap summary of", summary.organisation),
        ("Date", summary.on.isoformat()),
        ("Advice", words.advice_in_words(recommendation), words.why_in_words(recommendation)),
        ("Limits", words.SELF_ASSESSMENT),
        (),
        ("Edition", *(each.result.questionnaire.edition.name for each in summary.standards)),
        *((label, *(of[label] for of in figures)) for label in (figures[0] if figures else ())),
    ]


def _row(summary: GapSummary, standard: StandardSummary, line: FindingLine) -> tuple[str, ...]:
    questionnaire = standard.result.questionnaire
    told = finding_row(line, summary.result, notes=" / ", lists="; ")
    return (questionnaire.standard.name, questionnaire.edition.name, *told)
