"""What is said about each format of the gap summary and of the report of a worksheet."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.translation import lazy_gettext


@dataclass(frozen=True, kw_only=True)
class FormatWords:
    """The name of a format, its ``purpose`` (what or whom it is for), what it ``holds``, how long it takes to be ``made``."""

    name: str
    purpose: str
    holds: str
    made: str


FORMATS: Mapping[str, FormatWords] = {
    "short.pdf": FormatWords(
        name=lazy_gettext("PDF, short"),
        purpose=lazy_gettext("For your director"),
        holds=lazy_gettext(
            "About seven pages: what is asked of whoever decides, the first risks, likely majors, the steps and the figures."
        ),
        made=lazy_gettext("At once"),
    ),
    "pdf": FormatWords(
        name=lazy_gettext("PDF, full"),
        purpose=lazy_gettext("To hand on with everything in it"),
        holds=lazy_gettext("The same beginning, then every finding, comparison, plan, evidence, and how all was calculated."),
        made=lazy_gettext("A second or two"),
    ),
    "xlsx": FormatWords(
        name="XLSX",
        purpose=lazy_gettext("To work with"),
        holds=lazy_gettext(
            "A workbook of summary, findings, plan, comparison and all answers; its scores are formulas you can follow."
        ),
        made=lazy_gettext("At once"),
    ),
    "short.docx": FormatWords(
        name=lazy_gettext("Word, short"),
        purpose=lazy_gettext("For a decision paper of your own"),
        holds=lazy_gettext("What the short PDF holds, to edit."),
        made=lazy_gettext("At once"),
    ),
    "docx": FormatWords(
        name=lazy_gettext("Word, full"),
        purpose=lazy_gettext("For a report of your own"),
        holds=lazy_gettext("The whole summary with headings, tables and contents, to edit and to write your own text around."),
        made=lazy_gettext("A second or two"),
    ),
    "md": FormatWords(
        name="Markdown",
        purpose=lazy_gettext("To paste into a wiki or a ticket"),
        holds=lazy_gettext("The whole summary as plain text with headings, lists and tables."),
        made=lazy_gettext("At once"),
    ),
    "csv": FormatWords(
        name="CSV",
        purpose=lazy_gettext("For any spreadsheet or script"),
        holds=lazy_gettext(
            "The key figures, then one row for each likely finding with question, answer, note, evidence and actions."
        ),
        made=lazy_gettext("At once"),
    ),
    "semicolons.csv": FormatWords(
        name=lazy_gettext("CSV with semicolons"),
        purpose=lazy_gettext("For Excel where numbers have a decimal comma"),
        holds=lazy_gettext(
            "The same as CSV; in German, French, Dutch and many other settings Excel opens it in columns at once."
        ),
        made=lazy_gettext("At once"),
    ),
    "json": FormatWords(
        name="JSON",
        purpose=lazy_gettext("To recompute and prove"),
        holds=lazy_gettext(
            "The receipt: every answer and line of a worksheet, every result, and which content and rules they were made with."
        ),
        made=lazy_gettext("At once"),
    ),
    "zip": FormatWords(
        name="ZIP",
        purpose=lazy_gettext("Everything at once"),
        holds=lazy_gettext(
            "Every form of the summary, the plan and your worksheets in one file, with a note that says what is what."
        ),
        made=lazy_gettext("A few seconds"),
    ),
}
PLAN = lazy_gettext("The plan: one row for each step with its dates, then the audits.")
PLAN_WITH_SEMICOLONS = lazy_gettext("The same plan for Excel where numbers have a decimal comma.")
PLAN_AS_CALENDAR = lazy_gettext("The plan for a calendar program.")
# What the files of a worksheet hold, after its name.
OF_WORKSHEETS: Mapping[str, str] = {
    "pdf": lazy_gettext("the report, what came out first, then every line."),
    "docx": lazy_gettext("the same report to edit."),
    "xlsx": lazy_gettext("its registers as sheets, to fill in and upload again."),
    "ics": lazy_gettext("its days ahead for a calendar program."),
}
