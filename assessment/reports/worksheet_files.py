"""The report of a worksheet as files: the one outline, by the renderers of every report."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from assessment.domain.worksheet import Field, FieldKind
from assessment.domain.worksheet_lines import Line
from assessment.reports.outline.worksheet_report import worksheet_outline
from assessment.reports.pdf_file import outline_to_pdf
from assessment.reports.texts import shown
from assessment.reports.wording.formats import OF_WORKSHEETS
from assessment.reports.wording.worksheet_lines import line_name
from assessment.reports.wording.worksheet_report import day_about, day_title
from assessment.reports.worksheet_summary import WorksheetSummary


@dataclass(frozen=True, kw_only=True)
class WorksheetFormat:
    """One format of the report of a worksheet. A ``heavy`` one takes a place while it is made, as other documents do.

    ``holds`` says what is in it; ``write`` takes the summary and the id of the assessment.
    """

    name: str
    holds: str
    media_type: str
    write: Callable[[WorksheetSummary, str], bytes]
    heavy: bool = True


def _to_pdf(summary: WorksheetSummary, _assessment_id: str) -> bytes:
    return outline_to_pdf(worksheet_outline(summary), summary.on, _logo(summary))


def _to_docx(summary: WorksheetSummary, _assessment_id: str) -> bytes:
    from assessment.reports.docx_file import outline_to_docx

    return outline_to_docx(worksheet_outline(summary), summary.on, _logo(summary))


def _to_xlsx(summary: WorksheetSummary, assessment_id: str) -> bytes:
    from assessment.reports.workbook.worksheet_sheets import worksheet_to_xlsx

    return worksheet_to_xlsx(summary, assessment_id)


def _logo(summary: WorksheetSummary) -> bytes:
    return summary.letterhead.logo if summary.letterhead else b""


def days_ahead(summary: WorksheetSummary) -> Iterator[tuple[Line, Field, date]]:
    """Yield every day that a line has ahead of it, from today on: when a duty is due, an action done, the next review."""
    for line in summary.filled.present():
        register = summary.worksheet.register_of(line.id)
        for field in register.fields if register else ():
            if field.kind is FieldKind.DATE and field.ahead and line.text(field.id):
                day = date.fromisoformat(line.text(field.id))
                if day >= summary.on:
                    yield line, field, day


def _to_ics(summary: WorksheetSummary, assessment_id: str) -> bytes:
    """Return the days ahead as iCalendar (RFC 5545): a whole-day event for each, the same one when it is read again."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", f"-//ISO Readiness//{summary.worksheet.id}//EN")
    calendar.add("version", "2.0")
    for line, field, day in days_ahead(summary):
        event = Event()
        event.add("uid", f"{summary.worksheet.id}-{line.id}-{field.id}@{assessment_id}.iso-readiness")
        event.add("dtstamp", datetime.combine(summary.on, time(), tzinfo=UTC))
        event.add("dtstart", day)
        event.add("dtend", day if day == date.max else day + timedelta(days=1))
        event.add("summary", day_title(field.label, shown(line_name(summary.filled, line)) or line.id))
        event.add("description", day_about(line.id, summary.worksheet.title, shown(summary.organisation)))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


WORKSHEET_FORMATS: Mapping[str, WorksheetFormat] = {
    "pdf": WorksheetFormat(
        name="PDF",
        holds=OF_WORKSHEETS["pdf"],
        media_type="application/pdf",
        write=_to_pdf,
    ),
    "docx": WorksheetFormat(
        name="DOCX",
        holds=OF_WORKSHEETS["docx"],
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        write=_to_docx,
    ),
    "xlsx": WorksheetFormat(
        name="XLSX",
        holds=OF_WORKSHEETS["xlsx"],
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write=_to_xlsx,
    ),
    "ics": WorksheetFormat(
        name="ICS",
        holds=OF_WORKSHEETS["ics"],
        media_type="text/calendar; charset=utf-8",
        write=_to_ics,
        heavy=False,
    ),
}
