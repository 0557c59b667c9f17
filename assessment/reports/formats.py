"""All formats of the gap summary in one table: pages, the command line and the file with everything read it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from assessment.reports import bundle, csv_file, json_file, markdown_file, pdf_file, plan_files
from assessment.reports.summary import GapSummary
from assessment.reports.wording.files import of_worksheet
from assessment.reports.worksheet_files import WORKSHEET_FORMATS, WorksheetFormat
from assessment.reports.worksheet_summary import WorksheetSummary
from assessment.translation import lazy_gettext


@dataclass(frozen=True, kw_only=True)
class Format:
    """One format of the gap summary.

    ``purpose`` says what or whom it is for; ``holds`` what is in it; ``made`` how long it takes and
    ``kilobytes`` how large it gets, for a whole assessment of two standards.
    ``heavy`` formats take long enough to be felt, so only a few are made at once (`child_process.place`).
    """

    ending: str
    name: str
    media_type: str
    purpose: str
    holds: str
    made: str
    kilobytes: int
    write: Callable[[GapSummary], bytes]
    heavy: bool = False


# What takes its time to load is loaded when it is asked for: the start of a server need not wait for it.
def _to_xlsx(summary: GapSummary) -> bytes:
    from assessment.reports.xlsx_file import to_xlsx

    return to_xlsx(summary)


def _to_docx(summary: GapSummary) -> bytes:
    from assessment.reports.docx_file import to_docx

    return to_docx(summary)


def _to_short_docx(summary: GapSummary) -> bytes:
    from assessment.reports.docx_file import to_short_docx

    return to_short_docx(summary)


_SINGLE = (
    Format(
        ending="short.pdf",
        name=lazy_gettext("PDF, short"),
        media_type="application/pdf",
        purpose=lazy_gettext("For your director"),
        holds=lazy_gettext(
            "About seven pages: what is asked of whoever decides, the first risks, likely majors, the steps and the figures."
        ),
        made=lazy_gettext("At once"),
        kilobytes=125,
        write=pdf_file.to_short_pdf,
        heavy=True,
    ),
    Format(
        ending="pdf",
        name=lazy_gettext("PDF, full"),
        media_type="application/pdf",
        purpose=lazy_gettext("To hand on with everything in it"),
        holds=lazy_gettext("The same beginning, then every finding, comparison, plan, evidence, and how all was calculated."),
        made=lazy_gettext("A second or two"),
        kilobytes=730,
        write=pdf_file.to_pdf,
        heavy=True,
    ),
    Format(
        ending="xlsx",
        name="XLSX",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        purpose=lazy_gettext("To work with"),
        holds=lazy_gettext(
            "A workbook of summary, findings, plan, comparison and all answers; its scores are formulas you can follow."
        ),
        made=lazy_gettext("At once"),
        kilobytes=130,
        write=_to_xlsx,
        heavy=True,
    ),
    Format(
        ending="short.docx",
        name=lazy_gettext("Word, short"),
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        purpose=lazy_gettext("For a decision paper of your own"),
        holds=lazy_gettext("What the short PDF holds, to edit."),
        made=lazy_gettext("At once"),
        kilobytes=50,
        write=_to_short_docx,
        heavy=True,
    ),
    Format(
        ending="docx",
        name=lazy_gettext("Word, full"),
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        purpose=lazy_gettext("For a report of your own"),
        holds=lazy_gettext("The whole summary with headings, tables and contents, to edit and to write your own text around."),
        made=lazy_gettext("A second or two"),
        kilobytes=90,
        write=_to_docx,
        heavy=True,
    ),
    Format(
        ending="md",
        name="Markdown",
        media_type="text/markdown; charset=utf-8",
        purpose=lazy_gettext("To paste into a wiki or a ticket"),
        holds=lazy_gettext("The whole summary as plain text with headings, lists and tables."),
        made=lazy_gettext("At once"),
        kilobytes=150,
        write=markdown_file.to_markdown,
    ),
    Format(
        ending="csv",
        name="CSV",
        media_type="text/csv; charset=utf-8",
        purpose=lazy_gettext("For any spreadsheet or script"),
        holds=lazy_gettext(
            "The key figures, then one row for each likely finding with question, answer, note, evidence and actions."
        ),
        made=lazy_gettext("At once"),
        kilobytes=14,
        write=csv_file.to_csv,
    ),
    Format(
        ending="semicolons.csv",
        name=lazy_gettext("CSV with semicolons"),
        media_type="text/csv; charset=utf-8",
        purpose=lazy_gettext("For Excel where numbers have a decimal comma"),
        holds=lazy_gettext(
            "The same as CSV; in German, French, Dutch and many other settings Excel opens it in columns at once."
        ),
        made=lazy_gettext("At once"),
        kilobytes=15,
        write=csv_file.with_semicolons,
    ),
    Format(
        ending="json",
        name="JSON",
        media_type="application/json",
        purpose=lazy_gettext("To recompute and prove"),
        holds=lazy_gettext(
            "The receipt: every answer and line of a worksheet, every result, and which content and rules they were made with."
        ),
        made=lazy_gettext("At once"),
        kilobytes=380,
        write=json_file.to_json,
    ),
)


def _to_zip(summary: GapSummary) -> bytes:
    """Every format and the plan in one file."""
    files = [
        bundle.Part(name=f"{_STEMS.get(each.ending, 'gap-summary')}.{each.ending}", holds=each.holds, write=each.write)
        for each in _SINGLE
    ]
    return bundle.to_bundle(summary, [*files, *_PLAN, *_worksheets(summary)])


def _worksheets(summary: GapSummary) -> Iterator[bundle.Part]:
    """Yield the files of every worksheet in which something is filled in."""
    versions = summary.provenance.lines if summary.provenance else {}
    for filled in summary.worksheets:
        told = WorksheetSummary(
            organisation=summary.organisation,
            on=summary.on,
            filled=filled,
            letterhead=summary.letterhead,
            versions=versions.get(filled.worksheet.id, {}),
            accepted=summary.accepted.get(filled.worksheet.id),
        )
        for ending, made in WORKSHEET_FORMATS.items():
            yield bundle.Part(
                name=f"{filled.worksheet.id}.{ending}",
                holds=of_worksheet(filled.worksheet.title, made.holds),
                write=partial(_written, made, told),
            )


def _written(made: WorksheetFormat, told: WorksheetSummary, summary: GapSummary) -> bytes:
    return made.write(told, summary.provenance.assessment_id if summary.provenance else "")


_STEMS = {"csv": "findings", "semicolons.csv": "findings", "json": "receipt", "xlsx": "workbook"}
_PLAN = (
    bundle.Part(
        name="plan.csv",
        holds=lazy_gettext("The plan: one row for each step with its dates, then the audits."),
        write=plan_files.to_csv,
    ),
    bundle.Part(
        name="plan.semicolons.csv",
        holds=lazy_gettext("The same plan for Excel where numbers have a decimal comma."),
        write=lambda summary: plan_files.to_csv(summary, csv_file.SEMICOLONS),
    ),
    bundle.Part(name="plan.ics", holds=lazy_gettext("The plan for a calendar program."), write=plan_files.to_ics),
)
_EVERYTHING = Format(
    ending="zip",
    name="ZIP",
    media_type="application/zip",
    purpose=lazy_gettext("Everything at once"),
    holds=lazy_gettext(
        "Every form of the summary, the plan and your worksheets in one file, with a note that says what is what."
    ),
    made=lazy_gettext("A few seconds"),
    kilobytes=550,
    write=_to_zip,
    heavy=True,
)
FORMATS: Mapping[str, Format] = {each.ending: each for each in (*_SINGLE, _EVERYTHING)}
