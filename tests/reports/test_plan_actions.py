"""Actions that worksheets hold are in the plan of every format, and how far the worksheet is that does a step."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from assessment.reports.formats import FORMATS
from assessment.reports.outline.report import outline
from assessment.reports.plan_files import FILES
from tests.reports import spoken
from tests.reports.situations import situation

SUMMARY = situation("worksheets")
FAR = "Environmental review: 1 of 11 parts complete"


def test_the_actions_are_those_of_all_worksheets_what_is_due_first_before_the_others() -> None:
    assert [(action.line.id, action.note.owner) for action in SUMMARY.actions] == [("M1", "Kim <b>"), ("K1", "Kim"), ("M2", "")]


@pytest.mark.broad
@pytest.mark.parametrize("read", [spoken.of_pdf, spoken.of_docx, spoken.of_markdown], ids=["pdf", "docx", "md"])
def test_a_document_says_each_action_with_owner_day_and_what_it_is_for(read: Callable[[bytes], str]) -> None:
    ending = read.__name__.removeprefix("of_").replace("markdown", "md")
    text = read(FORMATS[ending].write(SUMMARY))
    wanted = ("From your worksheets", "=1+1", "Overdue", "Second stage for the scrubber", "D1 Permit, section 3.2: fumes", FAR)
    for said in wanted:
        assert spoken.squeezed(said) in text, said


def test_the_page_to_print_says_them_too() -> None:
    told = "".join(spoken.of_outline(outline(SUMMARY)))
    assert spoken.squeezed("Second stage for the scrubber") in told
    assert spoken.squeezed(FAR) in told


@pytest.mark.parametrize(("ending", "between"), [("csv", ","), ("semicolons.csv", ";")])
def test_the_plan_as_a_table_has_a_row_for_each_action(ending: str, between: str) -> None:
    rows = list(csv.reader(io.StringIO(FILES[ending].write(SUMMARY, "one").decode("utf-8-sig")), delimiter=between))
    heads = rows[0]
    found = {row[0]: dict(zip(heads, row, strict=True)) for row in rows[1:] if row and row[0] in ("M1", "K1", "M2")}
    assert found["M1"]["Action"].lstrip("'") == "=1+1"
    assert found["M1"]["Action"] != "=1+1"
    assert (found["K1"]["Owner"], found["K1"]["Due"], found["M2"]["Done on"]) == ("Kim", "2027-02-01", "2026-11-02")
    assert any(FAR in row[1] for row in rows[1:] if len(row) > 1)


def test_the_workbook_has_the_same_rows() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(FORMATS["xlsx"].write(SUMMARY)))
    rows = {row[0]: row for row in book.get_sheet_by_name("Plan").to_python() if row}
    assert rows["M1"][1] == "=1+1"
    assert "Kim" in rows["K1"]


def test_the_calendar_has_the_due_day_of_what_is_not_done() -> None:
    events = Calendar.from_ical(FILES["ics"].write(SUMMARY, "one")).walk("VEVENT")
    found = {str(event["uid"]): event for event in events}
    assert str(found["environmental-review-K1@one.iso-readiness"].decoded("dtstart")) == "2027-02-01"
    assert "process-map-M2@one.iso-readiness" not in found


def test_the_receipt_has_them() -> None:
    said = json.loads(FORMATS["json"].write(SUMMARY))
    assert [action["line"] for action in said["worksheets"]["process-map"]["actions"]] == ["M1", "M2"]
    assert said["worksheets"]["environmental-review"]["parts-complete"] == 1
