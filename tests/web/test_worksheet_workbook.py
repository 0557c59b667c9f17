"""The workbook of a worksheet goes out, is filled in, and comes back: every change is seen first, and nobody is overwritten."""

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from flask import Flask
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from assessment.reports.workbook.worksheet_reader import MOST_LINE_CELLS
from assessment.storage.history import latest
from assessment.web.shell.limits import MOST, count_attempts
from tests.support.office import converted, filled_in, filled_lines, packed, part_of, parts, rows
from tests.support.opener import Browser, Page
from tests.support.worksheets import REAL, REVIEW
from tests.web.test_worksheets import LINES, WORKSHEET, add, change, stored

UPLOAD = WORKSHEET + "workbook"
SHEETS = {register.prefix: register.sheet for register in REVIEW.registers.values() if register.sheet}
Told = Mapping[str, Mapping[str, str | float]]


def started(browser: Browser) -> str:
    """A review with two duties, an aspect and an action."""
    hub = browser.start()
    add(browser, hub, "D", {"title": "=1+1", "means": "5 mg/m3\nZuerst 审核 مراجعة", "kept": "no", "next": "2027-03-01"})
    add(browser, hub, "D", {"title": "Waste notes", "kept": "yes", "checked": "2026-11-02"})
    aspect = {
        "aspect": "Fumes",
        "impact": "Acid in the air",
        "amount": ("410000.5", "kWh"),
        "duties": ("D1", "D2"),
        "severity": "4",
    }
    add(browser, hub, "F", aspect)
    add(browser, hub, "K", {"what": "Second stage", "for": ("D1", "F1"), "owner": "Kim", "due": "2027-02-01"})
    return hub


def downloaded(browser: Browser, hub: str) -> bytes:
    answer = browser.client.get(hub + WORKSHEET + "report.xlsx")
    assert answer.status_code == 200
    return bytes(answer.data)


def sent(browser: Browser, hub: str, data: bytes, status: int = 200) -> Page:
    """The page that says what a file would change."""
    fields = {**browser.open(hub + UPLOAD).fields(), "file": (io.BytesIO(data), "review.xlsx")}
    return browser.checked(browser.client.post(hub + UPLOAD, data=fields, content_type="multipart/form-data"), status)


def taken(browser: Browser, hub: str, page: Page, changes: dict[str, str] | None = None, status: int = 200) -> Page:
    """Press the button below the changes."""
    return browser.send(page, changes, to=hub + UPLOAD, status=status)


@pytest.fixture(scope="module")
def kept(shared: Browser) -> tuple[str, bytes]:
    """An assessment that stays as it is, and its workbook."""
    hub = started(shared)
    return hub, downloaded(shared, hub)


def test_the_workbook_has_a_sheet_for_each_register_that_content_marks(browser: Browser) -> None:
    hub = started(browser)
    page = browser.open(hub + WORKSHEET)
    assert hub + WORKSHEET + "report.xlsx" in page.links()
    assert hub + UPLOAD in page.links()
    data = downloaded(browser, hub)
    for sheet in SHEETS.values():
        assert rows(data, sheet), sheet
    quality = browser.client.get(hub + "worksheets/process-map/report.xlsx").data
    for sheet in ("Processes", "Risks", "Actions"):
        assert rows(bytes(quality), sheet), sheet


def test_a_workbook_that_nobody_touched_changes_nothing(browser: Browser) -> None:
    hub = started(browser)
    page = sent(browser, hub, downloaded(browser, hub))
    assert "This workbook changes nothing" in page.text
    assert "4 rows of it say what is here already" in page.text
    assert "Not read" not in page.text


def test_a_long_list_to_choose_from_is_one_to_choose_from_in_the_workbook_too(browser: Browser) -> None:
    hub = browser.start()
    data = bytes(browser.client.get(hub + "worksheets/real-findings/report.xlsx").data)
    areas = [choice.text for choice in REAL.registers["findings"].by_id["area"].choices]
    assert len(",".join(areas)) > 255, "no rule of a cell could hold it"
    lists = list(zip(*rows(data, "Lists"), strict=True))
    at = next(at for at, column in enumerate(lists) if column[0] == areas[0])
    assert [text for text in lists[at] if text] == areas
    column = xl_col_to_name(at, col_abs=True)
    rule = f"<formula1>Lists!{column}$1:{column}${len(areas)}</formula1>"
    sheets = [content.decode() for name, content in parts(data).items() if name.startswith("xl/worksheets/")]
    assert sum(rule in sheet for sheet in sheets) == 1


def test_the_list_to_choose_from_is_not_taken_for_something_that_was_added(browser: Browser) -> None:
    hub = browser.start()
    findings = hub + "worksheets/real-findings/"
    data = bytes(browser.client.get(findings + "report.xlsx").data)
    fields = {**browser.open(findings + "workbook").fields(), "file": (io.BytesIO(data), "findings.xlsx")}
    page = browser.checked(browser.client.post(findings + "workbook", data=fields, content_type="multipart/form-data"), 200)
    assert "This workbook changes nothing" in page.text
    assert "Not read" not in page.text


@pytest.mark.office
def test_a_workbook_saved_by_another_program_changes_nothing(browser: Browser, tmp_path: Path) -> None:
    hub = started(browser)
    page = sent(browser, hub, converted({"review": downloaded(browser, hub)}, tmp_path)["review"])
    assert "This workbook changes nothing" in page.text
    assert "Not read" not in page.text


def test_what_was_filled_in_is_shown_line_by_line_and_then_taken_over(app: Flask, browser: Browser) -> None:
    hub = started(browser)
    told: Told = {
        "D1": {"title": "@SUM of all", "kept": "yes, with PROOF", "checked": 46300.0, "next": ""},  # 5 October 2026
        "F1": {"duties": "D2", "amount": 12.5, "severity": 5.0},
        "G1": {"event": "+Acid tank leaks", "path": "Drain\nSurface water", "off-site": "yes"},
        "D3": {"title": "A new duty"},
    }
    page = sent(browser, hub, filled_lines(downloaded(browser, hub), told))
    for said in (
        "4 lines would change",
        "@SUM of all",
        "5 October 2026",
        "12.5 kWh",
        "+Acid tank leaks",
        "A new duty",
        "New, Obl",
    ):
        assert said in page.text, said
    assert stored(app, hub)["D1"]["title"] == "=1+1"
    done = taken(browser, hub, page)
    assert "4 lines were taken over" in done.text
    lines = stored(app, hub)
    assert lines["D1"] == {
        "title": "@SUM of all",
        "means": "5 mg/m3\nZuerst 审核 مراجعة",
        "kept": "yes",
        "checked": "2026-10-05",
    }
    assert (lines["F1"]["duties"], lines["F1"]["amount"], lines["F1"]["severity"]) == (("D2",), ("12.5", "kWh"), "5")
    assert lines["G1"] == {"event": "+Acid tank leaks", "path": ("drain", "surface-water"), "off-site": "yes"}
    assert lines["D3"] == {"title": "A new duty"}
    with app.app_context():
        assert latest(hub.split("/")[2])[0].changed_by.endswith(", from a workbook")
    assert "This workbook changes nothing" in sent(browser, hub, downloaded(browser, hub)).text


def test_the_same_file_twice_and_a_button_pressed_twice_make_no_line_twice(app: Flask, browser: Browser) -> None:
    hub = started(browser)
    data = filled_lines(downloaded(browser, hub), {"D3": {"title": "A new duty"}, "D4": {"title": "A new duty"}})
    page = sent(browser, hub, data)
    for _ in range(2):
        assert "2 lines were taken over" in taken(browser, hub, page).text
    assert "This workbook changes nothing" in sent(browser, hub, data).text
    assert sorted(line for line in stored(app, hub) if line[0] == "D") == ["D1", "D2", "D3", "D4"]


def test_a_row_that_was_emptied_or_deleted_changes_no_line(shared: Browser, kept: tuple[str, bytes]) -> None:
    hub, data = kept
    empty = dict.fromkeys(("title", "means", "kept", "next"), "")
    assert "This workbook changes nothing" in sent(shared, hub, filled_lines(data, {"D1": empty})).text
    gone = filled_lines(data, {"D1": {**empty, "obligations#id": "", "obligations#version": ""}})
    assert "This workbook changes nothing" in sent(shared, hub, gone).text


@pytest.mark.parametrize(
    ("choice", "kept"), [("here", "theirs"), ("file", "from the file"), ("join", "theirs\n\nfrom the file")]
)
def test_a_line_changed_on_both_sides_is_settled_by_people(app: Flask, browser: Browser, choice: str, kept: str) -> None:
    hub = started(browser)
    data = filled_lines(downloaded(browser, hub), {"D1": {"means": "from the file"}, "D2": {"title": "Waste"}})
    change(browser, browser.open(hub + LINES + "D1"), {"means": "theirs"})
    page = sent(browser, hub, data)
    for said in ("1 line was changed here as well", "theirs", "from the file", "Zuerst", "Waste notes"):
        assert said in page.text, said
    again = taken(browser, hub, page, status=422)
    assert "Choose what to keep: D1" in again.text
    assert stored(app, hub)["D2"]["title"] == "Waste notes"
    for _ in range(2):  # pressed twice, settled once
        assert "taken over" in taken(browser, hub, again, {"settle-D1": choice}).text
    assert stored(app, hub)["D1"]["means"] == kept
    assert stored(app, hub)["D2"]["title"] == "Waste"


def test_different_fields_of_one_line_come_together_as_on_its_page(app: Flask, browser: Browser) -> None:
    hub = started(browser)
    data = filled_lines(downloaded(browser, hub), {"D1": {"title": "Permit"}})
    change(browser, browser.open(hub + LINES + "D1"), {"who": "Grace"})
    page = sent(browser, hub, data)
    assert "1 line would change" in page.text
    taken(browser, hub, page)
    assert (stored(app, hub)["D1"]["title"], stored(app, hub)["D1"]["who"]) == ("Permit", "Grace")


def test_a_line_that_changes_while_somebody_chooses_is_shown_again(app: Flask, browser: Browser) -> None:
    hub = started(browser)
    data = filled_lines(downloaded(browser, hub), {"D1": {"means": "from the file"}})
    change(browser, browser.open(hub + LINES + "D1"), {"means": "theirs"})
    page = sent(browser, hub, data)
    change(browser, browser.open(hub + LINES + "D1"), {"means": "theirs, again"})
    again = taken(browser, hub, page, {"settle-D1": "file"}, status=422)
    assert "This line was changed again meanwhile" in again.text
    assert "theirs, again" in again.text
    assert stored(app, hub)["D1"]["means"] == "theirs, again"


@pytest.mark.parametrize(("choice", "there"), [("here", False), ("file", True)])
def test_a_line_deleted_meanwhile_comes_back_only_by_choice(app: Flask, browser: Browser, choice: str, there: bool) -> None:
    hub = started(browser)
    data = downloaded(browser, hub)
    change(browser, browser.open(hub + LINES + "K1"), {}, button="delete")
    assert "This workbook changes nothing" in sent(browser, hub, data).text
    page = sent(browser, hub, filled_lines(data, {"K1": {"owner": "Ada"}}))
    assert "Deleted here since the download" in page.text
    taken(browser, hub, page, {"settle-K1": choice})
    assert ("K1" in stored(app, hub)) is there


WRONG: list[tuple[str, str, str | float, str]] = [
    ("D1", "title", "x" * 301, "characters"),
    ("D1", "means", "x" * 5_000, "2,000"),
    ("D1", "means", "a_x0007_b", "hidden"),
    ("D1", "kept", "Perhaps", "choose one of what is offered"),
    ("D1", "checked", "2026-11-30", "still to come"),
    ("D1", "checked", "yesterday", "date"),
    ("D1", "next", 1e9, "date"),
    ("F1", "amount", "-3", "cannot be less than 0"),
    ("F1", "amount", "1,200", "can be read in two ways"),
    ("F1", "amount#unit", "", "needs its unit"),
    ("F1", "amount", "", "write the number"),
    ("F1", "duties", "D9", "there is no line D9"),
    ("F1", "duties", "G1", "there is no line G1"),
    ("F1", "impact", "Fumes", "say another thing"),
    ("D1", "obligations#id", "D7", "the id of a line that is here"),
    ("D1", "obligations#id", "F1", "the id of a line that is here"),
    ("D1", "obligations#id", "../D1", "the id of a line that is here"),
    ("D2", "obligations#id", "D1", "each line once"),
    ("D1", "obligations#version", "latest", "the version that the download wrote"),
    ("D1", "obligations#version", 99.0, "the version that the download wrote"),
    ("D1", "obligations#version", 0.0, "the version that the download wrote"),
]


@pytest.mark.parametrize(("line", "field", "value", "says"), WRONG)
def test_a_wrong_cell_is_named_and_nothing_is_saved(
    shared: Browser, kept: tuple[str, bytes], line: str, field: str, value: str | float, says: str
) -> None:
    hub, workbook = kept
    before = stored(shared.client.application, hub)
    name = field if field != "amount#unit" else "aspects/amount#unit"
    page = sent(shared, hub, filled_lines(workbook, {line: {name: value}, "K1": {"owner": "Ada"}}), status=422)
    assert "Nothing was saved. Correct 1 cell" in page.text
    assert says in page.text
    (cell,) = [each for each in page.all("th") if "!" in "".join(each.itertext())]
    assert "".join(cell.itertext()).strip().startswith(f"{SHEETS[line[0]]}!")
    assert "workbook" not in page.fields()
    assert stored(shared.client.application, hub) == before


def test_lines_of_one_file_that_point_in_a_circle_are_refused(browser: Browser) -> None:
    hub = browser.start()
    base = hub + "worksheets/process-map/"
    for name in ("Buying", "Selling"):
        browser.send(browser.open(base + "lines/P"), {"f-name": name, "save": "here"})
    data = bytes(browser.client.get(base + "report.xlsx").data)
    table = rows(data, "Processes")
    at = next(row for row, texts in enumerate(table) if "processes#id" in texts)
    after = table[at].index("processes/after")
    cells: dict[str, str | float] = {
        xl_rowcol_to_cell(at + 2, after): "P2",
        xl_rowcol_to_cell(at + 3, after): "P1",
    }
    fields = {**browser.open(base + "workbook").fields(), "file": (io.BytesIO(filled_in(data, "Processes", cells)), "p.xlsx")}
    answer = browser.client.post(base + "workbook", data=fields, content_type="multipart/form-data")
    assert "would point in a circle" in browser.checked(answer, 422).text


def test_a_workbook_of_another_assessment_or_worksheet_is_refused(shared: Browser, kept: tuple[str, bytes]) -> None:
    hub, theirs = kept
    quality = bytes(shared.client.get(hub + "worksheets/process-map/report.xlsx").data)
    answers = bytes(shared.client.get(hub + "summary.xlsx").data)
    assert "was made from another worksheet" in sent(shared, hub, quality, status=422).text
    assert "iso-readiness/worksheet/1" in sent(shared, hub, answers, status=422).text
    assert "was made from another assessment" in sent(shared, shared.start("Other"), theirs, status=422).text


def test_the_workbook_of_an_accepted_version_is_not_taken_for_what_is_here_now(browser: Browser) -> None:
    hub = browser.start()
    base = hub + "worksheets/process-map/"
    browser.send(browser.open(base + "lines/MC1"), {"f-leader": "Kim", "f-next": "2027-11-01", "save": "here"})
    browser.send(browser.open(base + "accepted"), {}, to=base + "accepted")
    data = bytes(browser.client.get(base + "report.xlsx?version=1").data)
    fields = {**browser.open(base + "workbook").fields(), "file": (io.BytesIO(data), "p.xlsx")}
    answer = browser.client.post(base + "workbook", data=fields, content_type="multipart/form-data")
    assert "was not made from a stored assessment" in browser.checked(answer, 422).text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "Choose a file first"),
        (b"\xd0\xcf\x11\xe0", "old kind"),
        (b"PK\x03\x04 not a zip", "damaged"),
        (b"id;title\nD1;x\n", "not an Excel workbook"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(shared: Browser, kept: tuple[str, bytes], data: bytes, says: str) -> None:
    hub, _ = kept
    assert says in sent(shared, hub, data, status=422).text


def test_a_hostile_workbook_is_refused_in_a_child(shared: Browser, kept: tuple[str, bytes]) -> None:
    hub, data = kept
    files, name = parts(data), part_of(data, "Obligations")
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    assert (
        "this far out" in sent(shared, hub, packed({**files, name: files[name].replace(b"</sheetData>", far)}), status=422).text
    )
    bomb = packed({**files, "xl/media/bomb.bin": b"\0" * (65 * 2**20)})
    assert "unpacks to more" in sent(shared, hub, bomb, status=422).text
    macros = packed({**files, "xl/vbaProject.bin": b"x"})
    assert "macros" in sent(shared, hub, macros, status=422).text
    lost = packed({**files, name: files[name].replace(b"obligations#id", b"whatever")})
    table = rows(lost, "Obligations")
    assert len(table) * len(table[0]) < MOST_LINE_CELLS


def test_what_a_workbook_holds_beside_its_lines_is_named(shared: Browser, kept: tuple[str, bytes]) -> None:
    hub, data = kept
    files, name = parts(data), part_of(data, "Obligations")
    own = '<c r="ZZ{row}" t="inlineStr"><is><t>{text}</t></is></c></row>'
    for row, text in ((4, "Our number"), (5, "QM-7")):
        head, start, rest = files[name].decode().partition(f'<row r="{row}"')
        files[name] = (head + start + rest.replace("</row>", own.format(row=row, text=text), 1)).encode()
    assert "Not read: column Obligations: Our number." in sent(shared, hub, packed(files)).text


def test_more_uploads_than_anybody_needs_are_refused_for_a_while(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    count_attempts(app)
    page = browser.open(hub + UPLOAD)
    for _ in range(MOST["workbook"]):
        browser.client.post(hub + UPLOAD, data={**page.fields(), "file": (io.BytesIO(b"x"), "a.xlsx")})
    again = {**page.fields(), "file": (io.BytesIO(b"x"), "a.xlsx")}
    assert browser.client.post(hub + UPLOAD, data=again, content_type="multipart/form-data").status_code == 429
