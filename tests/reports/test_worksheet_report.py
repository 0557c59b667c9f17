"""The report of a worksheet: what came out first, every line, and the same words in every format."""

import io

import pypdf
import pytest
from docx import Document
from icalendar import Calendar

from assessment.domain.letterhead import Letterhead
from assessment.domain.significance import judged
from assessment.domain.worksheet import Worksheet
from assessment.reports.outline.blocks import Table
from assessment.reports.outline.document import Outline
from assessment.reports.outline.worksheet_report import worksheet_outline
from assessment.reports.worksheet_files import WORKSHEET_FORMATS
from assessment.reports.worksheet_summary import WorksheetSummary
from tests.support.worksheets import GALVANISER, PROCESS_MAP, REVIEW, TODAY, TRAVEL, Told, filled

SUMMARY = WorksheetSummary(organisation="Muster & Söhne", on=TODAY, filled=filled(GALVANISER))


def words(outline: Outline, key: str) -> str:
    """Return every word of a section, tables row by row."""
    section = next(section for section in outline.sections if section.key == key)
    texts = []
    for block in section.blocks:
        if isinstance(block, Table):
            texts += [run.text for row in block.rows for cell in row for text in cell for run in text]
        elif hasattr(block, "text"):
            texts += [run.text for run in block.text]
        elif hasattr(block, "items"):
            texts += [run.text for item in block.items for run in item]
    return "\n".join(texts)


def test_breaches_unknowns_and_significant_lines_stand_first() -> None:
    first = words(worksheet_outline(SUMMARY), "came-out")
    assert first.index("Permit, section 3.2: fumes") < first.index("Leak checks of cooling systems")
    assert first.index("Leak checks of cooling systems") < first.index("Fumes from the pickling bath")
    assert "Second stage for the scrubber" in first
    assert "no certificate and no legal opinion" in first
    found = [each for method in SUMMARY.filled.worksheet.methods for each in judged(SUMMARY.filled, method, TODAY)]
    significant = [SUMMARY.filled.name_of(each.line) for each in found if each.is_significant]
    assert significant
    assert [name for name in significant if name not in first] == []
    assert "Electricity for cranes" not in first


def test_helpful_aspects_are_listed_apart() -> None:
    summary = WorksheetSummary(
        organisation="A", on=TODAY, filled=filled({"F1": {**TRAVEL, "aspect": "Bees", "effect": "helpful"}})
    )
    first = words(worksheet_outline(summary), "came-out")
    assert first.index("Helpful, listed apart") < first.index("Bees")


def test_every_line_that_was_not_deleted_is_printed_with_its_score_step_by_step() -> None:
    lines = words(worksheet_outline(SUMMARY), "lines")
    for line_id in GALVANISER:
        assert line_id in lines.split("\n"), line_id
    assert "4 × 5 + 2 × 2 + 2 × 2 = 28; from 12 on it counts" in lines


def test_what_is_missing_is_printed_as_the_page_says_it() -> None:
    missing = words(worksheet_outline(SUMMARY), "missing")
    assert "E2 Zinc kettle: Give this step an aspect in normal running, or say why it has none." in missing
    assert "D2 Leak checks of cooling systems: Find out whether you keep it." in missing


@pytest.mark.parametrize("worksheet", [REVIEW, PROCESS_MAP], ids=lambda each: str(each.id))
def test_an_empty_worksheet_can_be_printed(worksheet: Worksheet) -> None:
    outline = worksheet_outline(WorksheetSummary(organisation="A", on=TODAY, filled=filled({}, worksheet)))
    assert [section.key for section in outline.sections] == ["came-out", "missing", "lines"]
    assert outline.title == f"{worksheet.title} of A"


def test_the_pdf_has_all_lines_on_six_to_ten_pages() -> None:
    data = WORKSHEET_FORMATS["pdf"].write(SUMMARY, "one")
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    assert 6 <= len(pages) <= 10
    said = " ".join("".join(page.extract_text() for page in pages).split())
    for text in ("Muster & Söhne", "Fumes from the pickling bath", "Acid tank of 30 m3 leaks", "27 November 2026"):
        assert text in said


def test_the_word_document_has_all_lines_and_the_letterhead() -> None:
    summary = WorksheetSummary(organisation="A", on=TODAY, filled=filled(GALVANISER), letterhead=Letterhead(name="Rat & Tat"))
    document = Document(io.BytesIO(WORKSHEET_FORMATS["docx"].write(summary, "one")))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert any("Fumes from the pickling bath" in text for text in cells)
    assert any("Rat & Tat" in paragraph.text for paragraph in document.paragraphs)


def test_the_calendar_has_every_day_ahead_and_none_that_is_over() -> None:
    over: Told = {"D4": {"title": "Over", "next": "2026-01-01"}, "H2": {"control": "Bund", "maintenance": "2027-01-05"}}
    told: Told = {**GALVANISER, **over}
    summary = WorksheetSummary(organisation="Muster & Söhne", on=TODAY, filled=filled(told))
    found = Calendar.from_ical(WORKSHEET_FORMATS["ics"].write(summary, "one"))
    events = {str(event["summary"]): (str(event.decoded("dtstart")), str(event["uid"])) for event in found.walk("VEVENT")}
    assert events == {
        "Next date: Waste notes": ("2027-03-01", "environmental-review-D3-next@one.iso-readiness"),
        "Next maintenance: Bund": ("2027-01-05", "environmental-review-H2-maintenance@one.iso-readiness"),
        "Until: Second stage for the scrubber": ("2027-02-01", "environmental-review-K1-due@one.iso-readiness"),
    }


def test_a_register_of_a_thousand_lines_can_be_printed() -> None:
    told: Told = {f"F{number}": {**TRAVEL, "aspect": f"Aspect {number}"} for number in range(1, 1001)}
    outline = worksheet_outline(WorksheetSummary(organisation="A", on=TODAY, filled=filled(told)))
    assert "Aspect 1000" in words(outline, "lines")
