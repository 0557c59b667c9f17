"""What real audits found, in every format: the same sentences and counts, and nothing where no audit is written down."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from assessment.domain.worksheet_lines import Filled
from assessment.reports.formats import FORMATS
from assessment.reports.outline.after_audit import after_audit
from assessment.reports.outline.blocks import Paragraph, Table
from assessment.reports.outline.report import outline, short_outline
from assessment.reports.plan_files import to_csv, to_ics
from assessment.reports.receipt import ReceiptError, verify
from assessment.reports.summary import GapSummary
from assessment.reports.wording.audits import said_of_audits
from tests.reports import spoken
from tests.reports.situations import situation
from tests.support.content import LIBRARY
from tests.support.worksheets import AUDITED, REAL, filled

OPEN_MAJOR = (
    "ISO 9001: 1 major of a real audit is open (F1). A certificate is not decided while a major is open, so every date here "
    "holds only once it is closed. It has to be closed by 5 February 2027, 6 months after stage 2; otherwise stage 2 is done "
    "again (several sources)."
)


def audited() -> GapSummary:
    return situation("real audits")


def with_lines(told: Filled) -> GapSummary:
    return replace(audited(), worksheets=(told,))


def bare(text: str) -> str:
    """The letters and figures of a text: formats set blanks and marks as they need."""
    return "".join(filter(str.isalnum, text))


def counts(summary: GapSummary) -> list[tuple[str, ...]]:
    """The counts as the section shows them."""
    (table,) = (
        block
        for block in after_audit(summary).blocks
        if isinstance(block, Table) and block.caption == "How often were we right"
    )
    return [tuple(text[0].text for text in (cell[0] for cell in row)) for row in table.rows]


@pytest.mark.broad
def test_the_sentences_stand_in_every_document_and_in_the_workbook_the_plan_and_the_receipt() -> None:
    summary = audited()
    said = said_of_audits(summary.open_majors, summary.audit_findings, summary.result)
    assert said[0] == OPEN_MAJOR
    assert len(said) == 3
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(FORMATS["xlsx"].write(summary)))
    cells = [str(cell) for row in sheets.get_sheet_by_index(0).to_python() for cell in row]
    plan = to_csv(summary).decode("utf-8-sig")
    receipt = json.loads(FORMATS["json"].write(summary))["real-audits"]["says"]
    assert receipt == said
    for text in said:
        assert text in cells
        assert text in plan.replace('""', '"')
    readers: dict[str, Callable[[bytes], str]] = {"md": spoken.of_markdown, "docx": spoken.of_docx, "pdf": spoken.of_pdf}
    for ending, read in readers.items():
        told = bare(read(FORMATS[ending].write(summary)))
        assert bare(OPEN_MAJOR) in told, ending
        assert bare("How often were we right") in told, ending


def test_every_format_has_the_counts_that_were_decided() -> None:
    summary = audited()
    told = summary.audits_together
    total = ("All together", str(told.both), str(told.only_found), str(told.only_expected))
    assert counts(summary)[-1] == total
    assert told.found == 4
    receipt = json.loads(FORMATS["json"].write(summary))["real-audits"]["together"]
    assert receipt == {
        "found-and-expected": told.both,
        "found-only": told.only_found,
        "expected-only": told.only_expected,
        "apart": told.apart,
        "too-few": True,
    }
    assert told.only_expected > 0
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(FORMATS["xlsx"].write(summary)))
        .get_sheet_by_name("After the audit")
        .to_python()
    )
    kinds = [str(row[1]) for row in rows if str(row[2]).startswith("ISO")]
    by_kind = {title: kinds.count(title) for title in ("Found and expected", "Found, not expected", "Expected, not found")}
    assert list(by_kind.values()) == [told.both, told.only_found, told.only_expected]
    assert ["All together", told.both, told.only_found, told.only_expected] in [row[:4] for row in rows]


def test_without_an_audit_the_workbook_has_no_sheet_of_it() -> None:
    names = CalamineWorkbook.from_filelike(io.BytesIO(FORMATS["xlsx"].write(situation("empty")))).sheet_names
    assert names
    assert "After the audit" not in names


def test_no_percentage_and_no_probability_is_shown() -> None:
    blocks = after_audit(audited()).blocks
    texts = [run.text for block in blocks if isinstance(block, Paragraph) for run in block.text]
    texts += [
        run.text
        for block in blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        for t in cell
        for run in t
    ]
    assert len(texts) > 40
    assert not [text for text in texts if "%" in text]


def test_both_reports_begin_with_the_open_major_and_only_the_full_one_has_the_section() -> None:
    summary = audited()
    keys = [section.key for section in outline(summary).sections]
    assert keys.index("after-audit") == keys.index("plan") + 1
    assert "after-audit" not in [section.key for section in short_outline(summary).sections]
    for name in ("empty", "worksheets"):
        assert "after-audit" not in [section.key for section in outline(situation(name)).sections]


def test_the_day_to_close_majors_by_is_in_the_calendar_until_it_has_passed_or_they_are_closed() -> None:
    def events(summary: GapSummary) -> list[tuple[str, date]]:
        found = Calendar.from_ical(to_ics(summary)).walk("VEVENT")
        return [(str(each["summary"]), each.decoded("dtstart")) for each in found if "close majors" in str(each["summary"])]

    ((title, day),) = events(audited())
    assert (title.startswith("ISO 9001: last day to close majors of stage 2"), day) == (True, date(2027, 2, 5))
    assert events(replace(audited(), on=date(2027, 2, 6))) == []
    closed = filled({**AUDITED, "F1": {**AUDITED["F1"], "closed": "2026-10-01"}}, REAL)
    assert events(with_lines(closed)) == []


def test_a_major_that_was_not_closed_in_time_says_to_ask_whether_stage_2_is_done_again() -> None:
    told = {**AUDITED, "A2": {**AUDITED["A2"], "began": "2026-01-05", "ended": "2026-01-06"}}
    summary = with_lines(filled(told, REAL))
    text = said_of_audits(summary.open_majors, summary.audit_findings, summary.result)[0]
    assert "The day to close it by was 6 July 2026" in text
    assert text.endswith("ask your certification body whether stage 2 is done again.")


def test_an_action_that_did_not_help_is_said_to_need_another_one() -> None:
    told = {**AUDITED, "F2": {**AUDITED["F2"], "effect": "no", "checked": "2026-11-01"}}
    summary = with_lines(filled(told, REAL))
    said = said_of_audits(summary.open_majors, summary.audit_findings, summary.result)
    assert "1 corrective action of a real audit did not help; find the cause again: F2." in said


def test_a_receipt_recomputes_how_often_we_were_right_and_one_from_before_is_still_equal() -> None:
    said = json.loads(FORMATS["json"].write(audited()))
    assert verify(json.dumps(said).encode(), LIBRARY, "9.9").equal
    said["real-audits"]["together"]["found-only"] += 1
    assert [each.where for each in verify(json.dumps(said).encode(), LIBRARY, "9.9").differences] == [
        "/real-audits/together/found-only"
    ]
    before = json.loads(FORMATS["json"].write(situation("worksheets")))
    del before["real-audits"]
    for each in before["worksheets"].values():
        for action in each["actions"]:
            del action["effect"]
    assert verify(json.dumps(before).encode(), LIBRARY, "9.9").equal


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.update({"held-against": []}),
        lambda told: told["held-against"]["real-findings/A2"].pop("expected"),
        lambda told: told["held-against"]["real-findings/A2"]["expected"]["iso-9001"]["areas"].update({"8.4": "perhaps"}),
        lambda told: told["held-against"]["real-findings/A2"]["expected"]["iso-9001"].update({"answers-of": "soon"}),
        lambda told: told["held-against"]["real-findings/A2"]["expected"]["iso-9001"].update({"open": [4]}),
    ],
)
def test_an_expectation_that_cannot_be_is_refused(change: Callable[[dict[str, object]], None]) -> None:
    said = json.loads(FORMATS["json"].write(audited()))
    change(said["real-audits"])
    with pytest.raises(ReceiptError):
        verify(json.dumps(said).encode(), LIBRARY, "9.9")
