"""A workbook goes out, is filled in, and comes back: every change is seen first, and nobody is overwritten."""

import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from assessment.reports.workbook import columns
from assessment.reports.workbook.reader import WorkbookError, _check_extent, read
from assessment.storage.history import history, latest
from assessment.web.shell.limits import MOST, count_attempts
from tests.support.apps import Opening
from tests.support.office import converted, filled_in, filled_rows, packed, part_of, parts, rows
from tests.support.opener import Browser, Page

AUDIT, PROGRAMME, DESIGN = "iso-9001/internal-audit", "iso-9001/audit-programme", "iso-9001/design"
PAGE = "iso-9001/questions/9.2"
FIRST = columns.evidence_columns(1)


def started(browser: Browser) -> str:
    """An assessment with an answer of every state."""
    hub = browser.start()
    said = {
        "internal-audit-answer": "in-use",
        "internal-audit-note": "=1+1\nZuerst die Werkstatt. 审核 ✓ مراجعة",
        "internal-audit-evidence-0-title": "Audit report",
        "internal-audit-evidence-0-where": "https://example.org/a",
        "internal-audit-evidence-0-dated": "2026-03-01",
        "internal-audit-last_done": "2026-03-01",
        "audit-programme-answer": "unknown",
        "audit-programme-who": "Ada",
    }
    browser.send(browser.open(hub + PAGE), said)
    reason = {"design-answer": "not-applicable", "design-reason": "We make what is drawn."}
    browser.send(browser.open(hub + "iso-9001/questions/8.3.1"), reason)
    return hub


def downloaded(browser: Browser, hub: str) -> bytes:
    answer = browser.client.get(hub + "summary.xlsx")
    assert answer.status_code == 200
    return bytes(answer.data)


def sent(browser: Browser, hub: str, data: bytes, status: int = 200) -> Page:
    """The page that says what a file would change."""
    fields = {**browser.open(hub + "workbook").fields(), "file": (io.BytesIO(data), "answers.xlsx")}
    return browser.checked(browser.client.post(hub + "workbook", data=fields, content_type="multipart/form-data"), status)


def taken(browser: Browser, hub: str, page: Page, changes: dict[str, str] | None = None, status: int = 200) -> Page:
    """Press the button below the changes."""
    assert page.path == hub + "workbook"
    return browser.send(page, changes, status=status)


@pytest.fixture(scope="module")
def kept(shared: Browser) -> tuple[str, bytes]:
    """An assessment that stays as it is, and its workbook."""
    hub = started(shared)
    return hub, downloaded(shared, hub)


def test_a_workbook_that_nobody_touched_changes_nothing(browser: Browser) -> None:
    hub = started(browser)
    page = sent(browser, hub, downloaded(browser, hub))
    assert "This workbook changes nothing" in page.text
    assert "3 rows of it say what is here already" in page.text


@pytest.mark.office
def test_a_workbook_saved_by_another_program_changes_nothing(browser: Browser, tmp_path: Path) -> None:
    hub = browser.start_sample()
    saved = converted({"demo": downloaded(browser, hub)}, tmp_path)["demo"]
    page = sent(browser, hub, saved)
    assert "This workbook changes nothing" in page.text
    assert "Not read" not in page.text


@pytest.mark.broad
def test_what_was_filled_in_is_shown_question_by_question_and_then_taken_over(app: Flask, browser: Browser) -> None:
    hub = started(browser)
    told: dict[str, dict[str, str | float]] = {  # 46300 is 5 October 2026 as a spreadsheet counts days
        AUDIT: {columns.ANSWER: "Improved", columns.NOTE: "@SUM of all", FIRST.where: "Shelf 3", columns.LAST_DONE: 46300.0},
        PROGRAMME: {columns.ANSWER: "Not answered yet", columns.WHO: ""},
        DESIGN: {columns.REASON: "=We draw nothing"},
        "iso-9001/policy": {columns.ANSWER: "defined", columns.evidence_columns(10).title: "The policy"},
    }
    page = sent(browser, hub, filled_rows(downloaded(browser, hub), told))
    for said in ("4 answers would change", "Improved", "@SUM of all", "Shelf 3", "=We draw nothing", "The policy"):
        assert said in page.text, said
    assert browser.open(hub + PAGE).fields()["internal-audit-answer"] == ["in-use"]
    done = taken(browser, hub, page)
    assert "4 answers were taken over" in done.text
    fields = browser.open(hub + PAGE).fields()
    assert fields["internal-audit-answer"] == ["improved"]
    assert fields["internal-audit-note"][0].strip() == "@SUM of all"
    assert fields["internal-audit-evidence-0-where"] == ["Shelf 3"]
    assert fields["internal-audit-evidence-0-dated"] == ["2026-03-01"]
    assert fields["internal-audit-last_done"] == ["2026-10-05"]
    assert "audit-programme-answer" not in fields
    with app.app_context():
        entries = latest(hub.split("/")[2])
    assert entries[0].changed_by.endswith(", from a workbook")
    assert "from a workbook" in browser.open(hub + "history").text
    assert "This workbook changes nothing" in sent(browser, hub, downloaded(browser, hub)).text


def test_pressing_twice_saves_once(app: Flask, browser: Browser) -> None:
    hub = started(browser)
    page = sent(browser, hub, filled_rows(downloaded(browser, hub), {AUDIT: {columns.ANSWER: "Defined"}}))
    first, again = taken(browser, hub, page), taken(browser, hub, page)
    assert "1 answer was taken over" in first.text
    assert "1 answer was taken over" in again.text
    with app.app_context():
        assert len(history(hub.split("/")[2], AUDIT)) == 2


def test_a_row_that_was_emptied_and_an_empty_answer_change_no_answer(shared: Browser, kept: tuple[str, bytes]) -> None:
    hub, workbook = kept
    empty = dict.fromkeys(
        (columns.ANSWER, columns.NOTE, columns.LAST_DONE, FIRST.title, FIRST.where, FIRST.dated, columns.WHO, columns.REASON),
        "",
    )
    data = filled_rows(workbook, {AUDIT: empty, DESIGN: {columns.ANSWER: ""}})
    assert "This workbook changes nothing" in sent(shared, hub, data).text


@pytest.mark.parametrize(("choice", "kept"), [("here", "theirs"), ("file", "from the file")])
def test_an_answer_changed_on_both_sides_is_settled_by_people(browser: Browser, choice: str, kept: str) -> None:
    hub = started(browser)
    data = filled_rows(downloaded(browser, hub), {AUDIT: {columns.NOTE: "from the file"}, PROGRAMME: {columns.WHO: "Grace"}})
    browser.send(browser.open(hub + PAGE), {"internal-audit-note": "theirs"})
    page = sent(browser, hub, data)
    for said in ("1 answer was changed here as well", "theirs", "from the file", "Zuerst die Werkstatt", "Grace"):
        assert said in page.text, said
    again = taken(browser, hub, page, status=422)
    assert "Choose what to keep: " in again.text
    assert browser.open(hub + PAGE).fields()["audit-programme-who"] == ["Ada"]
    taken(browser, hub, again, {f"settle-{AUDIT}": choice})
    fields = browser.open(hub + PAGE).fields()
    assert fields["internal-audit-note"][0].strip() == kept
    assert fields["audit-programme-who"] == ["Grace"]


def test_an_answer_that_changes_while_somebody_chooses_is_shown_again(browser: Browser) -> None:
    hub = started(browser)
    data = filled_rows(downloaded(browser, hub), {AUDIT: {columns.NOTE: "from the file"}})
    browser.send(browser.open(hub + PAGE), {"internal-audit-note": "theirs"})
    page = sent(browser, hub, data)
    browser.send(browser.open(hub + PAGE), {"internal-audit-note": "theirs, again"})
    again = taken(browser, hub, page, {f"settle-{AUDIT}": "file"}, status=422)
    assert "This answer was changed again meanwhile" in again.text
    assert "theirs, again" in again.text
    assert browser.open(hub + PAGE).fields()["internal-audit-note"][0].strip() == "theirs, again"


def test_what_only_others_changed_stays_as_they_left_it(browser: Browser) -> None:
    hub = started(browser)
    data = filled_rows(downloaded(browser, hub), {PROGRAMME: {columns.WHO: "Grace"}})
    browser.send(browser.open(hub + PAGE), {"internal-audit-note": "theirs"})
    taken(browser, hub, sent(browser, hub, data))
    assert browser.open(hub + PAGE).fields()["internal-audit-note"][0].strip() == "theirs"


WRONG: list[tuple[str, str, str | float, str]] = [
    (AUDIT, columns.ANSWER, "Splendid", "one of “Not there”"),
    (AUDIT, columns.ANSWER, "Does not apply", "this question always applies"),
    (AUDIT, columns.NOTE, "x" * 10_001, "at most 10,000 characters; it has 10,001"),
    (AUDIT, columns.NOTE, "a_x0007_b", "no hidden control characters"),
    (AUDIT, columns.LAST_DONE, "yesterday", "year-month-day"),
    (AUDIT, columns.LAST_DONE, 60000.0, "a day in the past"),
    (AUDIT, columns.LAST_DONE, 99999.0, "a year of four digits, from 1900 to 2100"),
    (AUDIT, FIRST.dated, 60000.0, "a day in the past"),
    (AUDIT, FIRST.dated, "0026-03-01", "a year of four digits, from 1900 to 2100"),
    (PROGRAMME, columns.LAST_DONE, "2026-01-01", "does not ask when it was last done"),
    (AUDIT, FIRST.title, "", "what the evidence is"),
    (AUDIT, FIRST.dated, "2026-13-01", "year-month-day"),
    (AUDIT, FIRST.dated, 1e9, "year-month-day"),
    (AUDIT, columns.WHO, "x" * 301, "at most 300 characters"),
    (DESIGN, columns.REASON, "", "why this does not apply"),
    (AUDIT, columns.REF, "iso-9001/nothing", "the reference of a question"),
    (PROGRAMME, columns.REF, AUDIT, "each question once"),
    (AUDIT, columns.VERSION, "latest", "the version that the download wrote"),
    (AUDIT, columns.VERSION, -1.0, "the version that the download wrote"),
    (AUDIT, columns.VERSION, 1e15, "the version that the download wrote"),
]


def test_what_two_people_wrote_is_joined_through_a_workbook_as_on_the_page(browser: Browser) -> None:
    hub = started(browser)
    mine = filled_rows(downloaded(browser, hub), {AUDIT: {columns.NOTE: "from the file", FIRST.title: "Their plan"}})
    browser.send(browser.open(hub + PAGE), {"internal-audit-note": "from the page"})
    page = sent(browser, hub, mine)
    for _ in range(2):  # pressed twice, joined once
        assert "1 answer was taken over" in taken(browser, hub, page, {f"settle-{AUDIT}": "join"}).text
    kept = browser.open(hub + PAGE).fields()
    assert kept["internal-audit-note"][0].strip() == "from the page\n\nfrom the file"
    assert [kept[f"internal-audit-evidence-{place}-title"] for place in (0, 1)] == [["Audit report"], ["Their plan"]]


def test_more_than_there_is_room_for_is_not_joined_unseen(browser: Browser) -> None:
    hub = started(browser)
    data = downloaded(browser, hub)
    titles = {columns.evidence_columns(number).title: f"File {number}" for number in range(1, 8)}
    page = browser.open(hub + PAGE)
    here = {f"internal-audit-evidence-{place}-title": f"Page {place}" for place in range(7)}
    browser.send(page, here)
    both = sent(browser, hub, filled_rows(data, {AUDIT: titles}))
    again = taken(browser, hub, both, {f"settle-{AUDIT}": "join"}, status=422)
    assert "Both together are more than an answer has room for" in again.text


@pytest.mark.parametrize(("ref", "head", "value", "says"), WRONG)
def test_a_wrong_cell_is_named_and_nothing_is_saved(
    shared: Browser, kept: tuple[str, bytes], ref: str, head: str, value: str | float, says: str
) -> None:
    hub, workbook = kept
    data = filled_rows(workbook, {ref: {head: value}, "iso-9001/policy": {columns.ANSWER: "In use"}})
    page = sent(shared, hub, data, status=422)
    assert "Nothing was saved. Correct 1 cell" in page.text
    assert says in page.text
    (cell,) = [each for each in page.all("th") if "".join(each.itertext()).startswith("Answers!")]
    shown = rows(data, columns.ANSWERS)
    assert head in shown[4]
    assert "workbook" not in page.fields()
    assert "".join(cell.itertext()).removeprefix("Answers!").rstrip("0123456789").isalpha()


def test_the_cell_named_is_the_cell_that_is_wrong(shared: Browser, kept: tuple[str, bytes]) -> None:
    hub, workbook = kept
    page = sent(shared, hub, filled_in(workbook, columns.ANSWERS, {"D8": "Splendid"}), status=422)
    assert '<th scope="row"><bdi>Answers!D8</bdi></th>' in page.html
    assert "Splendid" in page.text


def test_all_wrong_cells_are_told_at_once_up_to_fifty(shared: Browser, kept: tuple[str, bytes]) -> None:
    hub, workbook = kept
    data = filled_in(workbook, columns.ANSWERS, {f"{letter}{row}": "Splendid" for letter in "DH" for row in range(6, 41)})
    page = sent(shared, hub, data, status=422)
    assert "Correct 70 cells" in page.text
    assert "These are the first 50." in page.text
    assert page.text.count("Splendid") == 50


def test_an_answer_past_the_end_of_the_sheet_is_not_lost_unseen(shared: Browser, kept: tuple[str, bytes]) -> None:
    hub, data = kept
    files, name = parts(data), part_of(data, columns.ANSWERS)
    extra = b'<row r="900"><c r="G900" t="inlineStr"><is><t>What about us?</t></is></c></row></sheetData>'
    files[name] = files[name].replace(b"</sheetData>", extra)
    assert "the version that the download wrote here" in sent(shared, hub, packed(files), status=422).text


@pytest.mark.parametrize(
    "changes",
    [{"iso-9001-path": "quick"}, {"iso-9001-edition": "2015"}, {"iso-9001-chosen": None}],
    ids=["another path", "another edition", "a standard taken out"],
)
def test_a_workbook_of_a_week_is_taken_whatever_was_chosen_meanwhile(browser: Browser, changes: dict[str, str | None]) -> None:
    hides = "iso-9001-path" not in changes  # a path only says what is asked first
    hub = started(browser)
    browser.send(browser.open(hub + "choices"), {"iso-9001-path": "full"})
    data = downloaded(browser, hub)
    refs = [row[-2] for row in rows(data, columns.ANSWERS)[5:] if row[-2].startswith("iso-9001/")]
    filled = filled_rows(data, {ref: {columns.NOTE: f"typed for {ref}"} for ref in refs})
    browser.send(browser.open(hub + "choices"), changes)
    assert "This workbook changes nothing" in sent(browser, hub, data).text
    page = sent(browser, hub, filled)
    assert ("Not asked in what is chosen now: taken over, this answer is kept" in page.text) is hides
    taken(browser, hub, page)
    browser.send(browser.open(hub + "choices"), {"iso-9001-chosen": "y", "iso-9001-path": "full", "iso-9001-edition": "2026"})
    kept = {row[-2]: row[6] for row in rows(downloaded(browser, hub), columns.ANSWERS)[5:]}
    assert len(refs) > 90
    assert {ref: kept[ref] for ref in refs} == {ref: f"typed for {ref}" for ref in refs}


def test_what_a_workbook_holds_beside_its_answers_is_named(shared: Browser, kept: tuple[str, bytes]) -> None:
    hub, data = kept
    files, name = parts(data), part_of(data, columns.ANSWERS)
    cells = '<c r="ZZ{row}" t="inlineStr"><is><t>{text}</t></is></c></row>'
    for row, text in ((5, "Our doc no"), (7, "QM-7")):
        head, start, rest = files[name].decode().partition(f'<row r="{row}"')
        files[name] = (head + start + rest.replace("</row>", cells.format(row=row, text=text), 1)).encode()
    (comments,) = [part for part in files if part.startswith("xl/comments")]
    mine = b'<comment ref="G7" authorId="1"><text><r><t>Ask Kim</t></r></text></comment></commentList>'
    named = files[comments].replace(b"</authors>", b"<author>Kim</author></authors>")
    files[comments] = named.replace(b"</commentList>", mine)
    assert "Not read: 1 comment, column Our doc no." in sent(shared, hub, packed(files)).text
    assert "Not read" not in sent(shared, hub, data).text


def a_checklist() -> bytes:
    out = io.BytesIO()
    book = Workbook(out)
    book.add_worksheet("Gap").write_row(0, 0, ["Number", "Question", "Rating", "Evidence"])
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("own", [b"number;question;rating\n4.1;Context;3\n", a_checklist()], ids=["CSV", "a workbook"])
def test_a_checklist_of_ones_own_is_refused_with_the_way_to_bring_it_in(
    shared: Browser, kept: tuple[str, bytes], own: bytes
) -> None:
    hub, _ = kept
    refused = sent(shared, hub, own, status=422).text
    assert "To bring in a checklist of your own, download the workbook here as a template" in refused


def test_a_workbook_of_another_assessment_is_refused(shared: Browser, kept: tuple[str, bytes]) -> None:
    _, theirs = kept
    assert "was made from another assessment" in sent(shared, shared.start("Other"), theirs, status=422).text


def test_columns_may_move_but_not_go(shared: Browser, kept: tuple[str, bytes]) -> None:
    hub, data = kept
    gone = filled_in(data, columns.ANSWERS, {"G5": "Remarks"})
    assert "row 5 is missing the column “Note”" in sent(shared, hub, gone, status=422).text
    twice = filled_in(data, columns.ANSWERS, {"A5": "Note"})
    assert "has the column “Note” twice" in sent(shared, hub, twice, status=422).text
    swapped = filled_in(data, columns.ANSWERS, {"B5": "Question", "C5": "Clause"})
    assert "This workbook changes nothing" in sent(shared, hub, swapped).text


def renamed(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        files = parts(data)
        files["xl/workbook.xml"] = files["xl/workbook.xml"].replace(old, new)
        return packed(files)

    return change


def with_file(name: str, content: bytes = b"x") -> Callable[[bytes], bytes]:
    return lambda data: packed({**parts(data), name: content})


def with_cell(address: str) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        files, name = parts(data), part_of(data, columns.ANSWERS)
        row = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        extra = f'<row r="{row}"><c r="{address}"><v>1</v></c></row></sheetData>'.encode()
        files[name] = files[name].replace(b"</sheetData>", extra)
        return packed(files)

    return change


def with_spelling(cell: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        files, name = parts(data), part_of(data, columns.ANSWERS)
        files[name] = files[name].replace(b"</sheetData>", b"<row>" + cell + b"</row></sheetData>")
        return packed(files)

    return change


def with_many_cells(data: bytes) -> bytes:
    files, name = parts(data), part_of(data, columns.ANSWERS)
    many = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (row, row) for row in range(1_000, 30_000))
    files[name] = files[name].replace(b"</sheetData>", many + b"</sheetData>")
    return packed(files)


def test_a_sheet_of_nothing_but_beginnings_of_cells_takes_time_in_step_with_its_length() -> None:
    def seconds(cells: int) -> float:
        sheet, begun = b"<c " * cells, time.process_time()
        _check_extent("sheet", sheet)
        return time.process_time() - begun

    seconds(1_000)
    assert seconds(160_000) < 16 * 4 * max(seconds(10_000) for _ in range(3))


def with_a_lie(data: bytes) -> bytes:
    """A file that unpacks to far more than its table of contents says."""
    told = packed({**parts(data), "xl/media/bomb.bin": b"\0" * 2_000_000})
    return told.replace((2_000_000).to_bytes(4, "little"), (2_000).to_bytes(4, "little"))


def locked(_data: bytes) -> bytes:
    return b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")


def open_document(_data: bytes) -> bytes:
    return packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})


def without_reference(data: bytes) -> bytes:
    place = rows(data, columns.ANSWERS)[4].index(columns.REF)
    return filled_in(data, columns.ANSWERS, {xl_rowcol_to_cell(4, place): ""})


REFUSED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "nothing": (lambda _: b"", "Choose a file first"),
    "a text": (lambda _: b"hello", "not an Excel workbook"),
    "another archive": (lambda _: packed({"a.txt": b"x"}), "not an Excel workbook"),
    "an old workbook": (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "of an old kind (.xls)"),
    "a workbook with a password": (locked, "has a password"),
    "an OpenDocument file": (open_document, "OpenDocument"),
    "macros": (with_file("xl/vbaProject.bin"), "holds macros"),
    "half a file": (lambda data: data[: len(data) // 2], "damaged"),
    "a file with a hole": (lambda data: data[:3_000] + b"\0" * 200 + data[3_200:], "damaged"),
    "a sheet that is no XML": (with_file("xl/worksheets/sheet5.xml", b"<worksheet><sheetData><row>"), "damaged"),
    "a bomb": (with_file("xl/media/bomb.bin", b"\0" * 70_000_000), "unpacks to more than"),
    "a bomb that lies": (with_a_lie, "damaged"),
    "a thousand files": (lambda data: packed({**parts(data), **{f"x/{n}": b"" for n in range(999)}}), "unpacks to more than"),
    "a billion rows": (with_cell("ZZ999999999"), "there is something this far out"),
    "a cell in the last corner": (with_cell("XFD1048576"), "cell XFD1048576: there is something this far out"),
    "a far cell in single quotes": (with_spelling(b"<c r='XFD1048576'/>"), "there is something this far out"),
    "a far cell with blanks": (with_spelling(b'<c s="1"\n r = "XFD1048576"/>'), "there is something this far out"),
    "a far cell with a prefix": (with_spelling(b'<x:c r="XFD1048576"/>'), "there is something this far out"),
    "far more rows than questions": (with_many_cells, "at most 200,000 cells are read"),
    "a column beyond any sheet": (with_cell("ZZZZ1"), "there is something this far out"),
    "another product's workbook": (renamed(b'name="Origin"', b'name="Elsewhere"'), "no sheet “Origin”"),
    "a renamed sheet": (renamed(b'name="Answers"', b'name="My answers"'), "no sheet “Answers”"),
    "another format": (
        lambda data: filled_in(data, columns.ORIGIN, {"B1": "iso-readiness/workbook/9"}),
        "does not say iso-readiness/workbook/1",
    ),
    "no reference column": (without_reference, "no column is called"),
}


@pytest.fixture(scope="module")
def plain(database: Opening, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A workbook as anybody downloads it."""
    with database(tmp_path_factory.mktemp("plain")) as app:
        browser = Browser(app)
        return downloaded(browser, browser.start())


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_workbook_of_ours_is_refused_in_plain_words(what: str, plain: bytes) -> None:
    damage, says = REFUSED[what]
    with pytest.raises(WorkbookError) as refused:
        read(damage(plain))
    assert says in str(refused.value)


@pytest.mark.parametrize("what", ["a text", "macros", "a bomb", "a cell in the last corner", "half a file"])
def test_a_refused_file_is_explained_on_the_page_and_nothing_is_saved(
    shared: Browser, kept: tuple[str, bytes], what: str
) -> None:
    hub, workbook = kept
    damage, says = REFUSED[what]
    page = sent(shared, hub, damage(workbook), status=422)
    assert "Nothing was saved. " in page.text
    assert says in page.text


def test_a_file_that_is_too_large_is_refused(shared: Browser, kept: tuple[str, bytes]) -> None:
    hub, _ = kept
    page = sent(shared, hub, b"PK\x03\x04" + b"x" * 5_000_000, status=413)
    assert "more than 4 MB" in page.text
    page.response.request.environ["wsgi.input"].close()  # the test client leaves its own copy of a large file open


def test_a_wrong_token_keeps_the_file_that_was_shown(browser: Browser) -> None:
    hub = started(browser)
    page = sent(browser, hub, filled_rows(downloaded(browser, hub), {AUDIT: {columns.ANSWER: "Defined"}}))
    again = taken(browser, hub, page, {"csrf_token": "wrong"}, status=400)
    assert "Nothing was saved" in again.text
    assert "1 answer was taken over" in taken(browser, hub, again).text


def test_a_file_that_did_not_come_along_is_asked_for_again(browser: Browser) -> None:
    hub = started(browser)
    page = sent(browser, hub, filled_rows(downloaded(browser, hub), {AUDIT: {columns.ANSWER: "Defined"}}))
    assert "did not come along" in taken(browser, hub, page, {"workbook": "%%%"}, status=422).text


def test_somebody_elses_assessment_takes_no_workbook(browser: Browser) -> None:
    hub = started(browser)
    data = downloaded(browser, hub)
    stranger = Browser(browser.client.application)
    page = stranger.open(stranger.start() + "workbook")
    fields = {**page.fields(), "file": (io.BytesIO(data), "answers.xlsx")}
    assert stranger.client.post(hub + "workbook", data=fields, content_type="multipart/form-data").status_code == 404


def test_too_many_uploads_have_to_wait(app: Flask, browser: Browser) -> None:
    hub = started(browser)
    count_attempts(app, {**MOST, "workbook": 1})
    sent(browser, hub, b"x", status=422)
    assert sent(browser, hub, b"x", status=429).response.headers["Retry-After"]


def test_a_file_made_of_a_sample_has_nowhere_to_go_back_to(shared: Browser, kept: tuple[str, bytes]) -> None:
    hub, workbook = kept
    data = filled_in(workbook, columns.ORIGIN, {"B2": ""})
    assert "was not made from a stored assessment" in sent(shared, hub, data, status=422).text
