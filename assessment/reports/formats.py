"""All formats of the gap summary in one table: pages, the command line and the file with everything read it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from assessment.reports import bundle, csv_file, json_file, markdown_file, pdf_file, plan_files
from assessment.reports.summary import GapSummary
from assessment.reports.wording import formats as wording
from assessment.reports.wording.files import of_worksheet
from assessment.reports.wording.formats import FormatWords
from assessment.reports.worksheet_files import WORKSHEET_FORMATS, WorksheetFormat
from assessment.reports.worksheet_summary import WorksheetSummary


@dataclass(frozen=True, kw_only=True)
class Format:
    """One format of the gap summary.

    ``kilobytes`` is how large it gets, for a whole assessment of two standards.
    ``heavy`` formats take long enough to be felt, so only a few are made at once (`child_process.place`).
    """

    ending: str
    media_type: str
    kilobytes: int
    write: Callable[[GapSummary], bytes]
    heavy: bool = False

    @property
    def words(self) -> FormatWords:
        """What is said about it."""
        return wording.FORMATS[self.ending]


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
        media_type="application/pdf",
        kilobytes=125,
        write=pdf_file.to_short_pdf,
        heavy=True,
    ),
    Format(
        ending="pdf",
        media_type="application/pdf",
        kilobytes=730,
        write=pdf_file.to_pdf,
        heavy=True,
    ),
    Format(
        ending="xlsx",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        kilobytes=130,
        write=_to_xlsx,
        heavy=True,
    ),
    Format(
        ending="short.docx",
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        kilobytes=50,
        write=_to_short_docx,
        heavy=True,
    ),
    Format(
        ending="docx",
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        kilobytes=90,
        write=_to_docx,
        heavy=True,
    ),
    Format(
        ending="md",
        media_type="text/markdown; charset=utf-8",
        kilobytes=150,
        write=markdown_file.to_markdown,
    ),
    Format(
        ending="csv",
        media_type="text/csv; charset=utf-8",
        kilobytes=14,
        write=csv_file.to_csv,
    ),
    Format(
        ending="semicolons.csv",
        media_type="text/csv; charset=utf-8",
        kilobytes=15,
        write=csv_file.with_semicolons,
    ),
    Format(
        ending="json",
        media_type="application/json",
        kilobytes=380,
        write=json_file.to_json,
    ),
)


def _to_zip(summary: GapSummary) -> bytes:
    """Every format and the plan in one file."""
    files = [
        bundle.Part(name=f"{_STEMS.get(each.ending, 'gap-summary')}.{each.ending}", holds=each.words.holds, write=each.write)
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
        holds=wording.PLAN,
        write=plan_files.to_csv,
    ),
    bundle.Part(
        name="plan.semicolons.csv",
        holds=wording.PLAN_WITH_SEMICOLONS,
        write=lambda summary: plan_files.to_csv(summary, csv_file.SEMICOLONS),
    ),
    bundle.Part(name="plan.ics", holds=wording.PLAN_AS_CALENDAR, write=plan_files.to_ics),
)
_EVERYTHING = Format(
    ending="zip",
    media_type="application/zip",
    kilobytes=550,
    write=_to_zip,
    heavy=True,
)
FORMATS: Mapping[str, Format] = {each.ending: each for each in (*_SINGLE, _EVERYTHING)}
