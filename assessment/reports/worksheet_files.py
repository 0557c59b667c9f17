"""The report of a worksheet as files: the one outline, by the renderers of every report."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assessment.reports.outline.worksheet_report import worksheet_outline
from assessment.reports.pdf_file import outline_to_pdf
from assessment.reports.worksheet_summary import WorksheetSummary


@dataclass(frozen=True, kw_only=True)
class WorksheetFormat:
    """One format of the report of a worksheet; making it takes a place, as other documents do."""

    name: str
    media_type: str
    write: Callable[[WorksheetSummary], bytes]


def _to_pdf(summary: WorksheetSummary) -> bytes:
    return outline_to_pdf(worksheet_outline(summary), summary.on, _logo(summary))


def _to_docx(summary: WorksheetSummary) -> bytes:
    from assessment.reports.docx_file import outline_to_docx

    return outline_to_docx(worksheet_outline(summary), summary.on, _logo(summary))


def _logo(summary: WorksheetSummary) -> bytes:
    return summary.letterhead.logo if summary.letterhead else b""


WORKSHEET_FORMATS: Mapping[str, WorksheetFormat] = {
    "pdf": WorksheetFormat(name="PDF", media_type="application/pdf", write=_to_pdf),
    "docx": WorksheetFormat(
        name="DOCX",
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        write=_to_docx,
    ),
}
