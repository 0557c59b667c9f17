"""Downloads: by purpose, under safe names, and never in the way of anybody's pages."""

import csv
import io
import re
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from urllib.parse import unquote

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from assessment.reports import child_process, formats
from assessment.reports.child_process import DocumentError
from assessment.reports.csv_file import FORMULA_STARTS, plain, safe
from assessment.reports.formats import FORMATS
from assessment.reports.worksheet_files import WORKSHEET_FORMATS
from assessment.web.shell.limits import MOST, count_attempts
from tests.support.opener import Browser

PAGES = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def _all_places_taken() -> Iterator[None]:
    """As many documents are being made as may be, until the test is over."""
    done, begun = threading.Event(), threading.Barrier(child_process.AT_ONCE + 1)

    def hold() -> None:
        with child_process.place(wait=5):
            begun.wait(5)
            done.wait(30)

    threads = [threading.Thread(target=hold) for _ in range(child_process.AT_ONCE)]
    for each in threads:
        each.start()
    begun.wait(5)
    yield
    done.set()
    for each in threads:
        each.join()


@pytest.mark.broad
def test_the_page_lists_every_format_for_each_standard_and_all_together(browser: Browser, demo: str) -> None:
    page = browser.open(demo + "downloads")
    links = {" ".join("".join(each.itertext()).split()): each.get("href") for each in page.all("a")}
    for name in ("Page", *(each.words.name for each in FORMATS.values())):
        for whom in ("ISO 9001", "ISO 14001", "all together"):
            assert f"{name} for {whom}" in links
    for address in {link for link in links.values() if "summary" in link or "plan." in link}:
        answer = browser.client.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_page_says_honestly_what_there_is_to_take_along(browser: Browser, demo: str) -> None:
    assert "Provisional" in browser.open(demo + "downloads").text
    hub = browser.start()
    assert "Nothing is answered yet" in browser.open(hub + "downloads").text


@pytest.mark.parametrize(
    "name",
    [
        "x" * 200,
        "😀🧑‍🏭",
        "../../etc/passwd",
        'a"; filename="evil.exe',
        "a\\b:c*d?e<f>g|h",
        "مرحبا بالعالم",
        "con",
        "Söhne & Co. KG",
    ],
)
def test_a_file_name_is_safe_whatever_the_organisation_is_called(browser: Browser, name: str) -> None:
    hub = browser.start(name)
    for rest in ("summary.csv", "summary.json", "plan.csv", "plan.ics", "export.json"):
        hold_to_be_safe(browser.client.get(hub + rest).headers["Content-Disposition"], name)


def hold_to_be_safe(header: str, name: str) -> None:
    """Hold the file name of a header to what every system takes."""
    header, _, own = header.partition("; filename*=UTF-8''")
    message = Message()
    message["Content-Disposition"] = header
    found = message.get_filename()
    assert header == f"attachment; filename={found}"
    assert bool(own) == (not name.isascii())
    assert not re.search(r'[/\\:*?"<>|\x00-\x1f]', unquote(own))
    assert found is not None
    assert len(found) < 150
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert found.count(".") == 1
    assert "2026-11-24" in found


OWN_NAMES = {
    "Größe & Söhne": ("grosse-sohne", "Größe & Söhne"),
    "Łódź Øre Æble": ("lodz-ore-aeble", "Łódź Øre Æble"),
    "Đakovo Þór ðú ħal ŋa œuf ısı": ("dakovo-thor-du-hal-nga-oeuf-isi", "Đakovo Þór ðú ħal ŋa œuf ısı"),
    "株式会社 見本": ("organisation", "株式会社 見本"),
    "شركة مثال": ("organisation", "شركة مثال"),
    "Zweite/Söhne: “A*B”": ("zweite-sohne-a-b", "Zweite Söhne “A B”"),
    "\u202eevil\u202c Söhne": ("evil-sohne", "evil Söhne"),
}


@pytest.mark.parametrize("name", OWN_NAMES)
def test_a_file_name_keeps_the_letters_of_the_organisation(browser: Browser, name: str) -> None:
    plain, own = OWN_NAMES[name]
    hub = browser.start(name)
    for rest, after in (("plan.ics", "plan.ics"), ("export.json", "everything.json"), ("summary.md", "gap-summary.md")):
        header = browser.client.get(hub + rest).headers["Content-Disposition"]
        first, _, starred = header.partition("; filename*=UTF-8''")
        assert first.startswith(f"attachment; filename={plain}-2026-11-24-")
        assert unquote(starred).startswith(f"{own}-2026-11-24-")
        assert first.endswith(after)
        assert starred.endswith(after)


def test_csv_with_semicolons_says_the_same_with_decimal_commas(browser: Browser, demo: str) -> None:
    for name in ("summary", "plan"):
        commas, semicolons = (
            list(csv.reader(io.StringIO(browser.client.get(demo + file).get_data().decode("utf-8-sig")), delimiter=between))
            for file, between in ((f"{name}.csv", ","), (f"{name}.semicolons.csv", ";"))
        )
        numbers = [cell for row in commas for cell in row if re.fullmatch(r"\d+\.\d+", cell)]
        if name == "summary":  # what looks like a number there is that of a clause
            assert commas == semicolons
        else:
            assert numbers
            assert [[c.replace(".", ",") if c in numbers else c for c in row] for row in commas] == semicolons


@pytest.mark.parametrize("address", ["downloads", "plan"])
def test_who_needs_semicolons_finds_them_beside_the_commas(browser: Browser, demo: str, address: str) -> None:
    page = browser.open(demo + address)
    assert "CSV with semicolons" in page.text
    assert any("semicolons.csv" in link for link in page.links())


def test_the_zip_holds_every_format_the_plan_and_a_note_in_one_folder(browser: Browser, demo: str) -> None:
    content = browser.client.get(demo + "summary.zip").get_data()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert {each.date_time[:3] for each in archive.infolist()} == {(2026, 11, 24)}
        note = archive.read(names[0]).decode()
    (folder,) = {name.partition("/")[0] for name in names}
    assert folder == "brook-galvanising-invented-2026-11-24-iso-9001-iso-14001-gap-summary"
    files = [name.partition("/")[2] for name in names]
    assert files[0] == "README.txt"
    assert {each.partition(".")[2] for each in files} == {"txt", "ics", *FORMATS} - {"zip"}
    assert len(files) == len(FORMATS) + 3
    assert all(each in note for each in files[1:])
    for single in ("csv", "json"):
        again = browser.client.get(f"{demo}summary.{single}").get_data()
        name = {"csv": "findings", "json": "receipt"}[single]
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.read(f"{folder}/{name}.{single}") == again


def test_the_plan_of_one_standard_is_about_that_one(browser: Browser, demo: str) -> None:
    def rows(address: str) -> list[list[str]]:
        text = browser.client.get(address).get_data().decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline="")))

    one, both = rows(demo + "plan.csv?standard=iso-9001"), rows(demo + "plan.csv")
    assert [cell for cell in one[0] if "leads to" in cell] == ["ISO 9001: leads to"]
    dated = [row for row in one if row and row[0].startswith("ISO") and len(row) == 4]
    assert [row[0] for row in dated] == ["ISO 9001"]
    assert len(one) < len(both)
    assert dated[0] in both
    assert browser.client.get(demo + "plan.csv?standard=iso-0").status_code == 404


@pytest.mark.usefixtures("_all_places_taken")
def test_the_report_of_a_worksheet_waits_for_its_turn_as_a_download_does(browser: Browser, demo: str) -> None:
    address = demo + "worksheets/process-map/report.pdf"
    answer = browser.client.get(address, headers=PAGES)
    page = browser.checked(answer, 202)
    assert answer.headers["Refresh"] == "3"
    assert {address, demo + "worksheets/process-map/"} <= set(page.links())
    program = browser.client.get(address, headers={"Accept": "*/*"})
    assert (program.status_code, program.headers["Retry-After"]) == (503, "3")


def test_the_report_of_a_worksheet_that_fails_is_explained_on_a_page(
    browser: Browser, demo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise DocumentError("the shape was wrong in line 7")

    failing = {"pdf": replace(WORKSHEET_FORMATS["pdf"], write=fail)}
    monkeypatch.setattr("assessment.web.worksheets.report.WORKSHEET_FORMATS", failing)
    address = demo + "worksheets/process-map/report.pdf"
    page = browser.checked(browser.client.get(address, headers=PAGES), 500)
    assert {address, demo + "worksheets/process-map/"} <= set(page.links())
    program = browser.client.get(address)
    assert (program.status_code, program.mimetype) == (500, "text/plain")


@pytest.mark.usefixtures("_all_places_taken")
def test_a_download_that_must_wait_says_so_at_once_and_comes_back_by_itself(browser: Browser, demo: str) -> None:
    answer = browser.client.get(demo + "summary.zip?standard=iso-9001", headers=PAGES)
    assert threading.active_count() > child_process.AT_ONCE, "the places became free meanwhile"
    page = browser.checked(answer, 202)
    assert answer.headers["Refresh"] == "3"
    assert "Waiting for its turn: ZIP" in page.text
    assert demo + "summary.zip?standard=iso-9001" in page.links()
    program = browser.client.get(demo + "summary.zip", headers={"Accept": "*/*"})
    assert (program.status_code, program.headers["Retry-After"]) == (503, "3")
    # Pages, and what is made at once, do not wait.
    browser.open(demo)
    browser.open(demo + "summary.csv")


def test_a_download_comes_when_it_is_its_turn(browser: Browser, demo: str) -> None:
    answer = browser.client.get(demo + "summary.zip", headers=PAGES)
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")


def test_a_download_that_fails_is_explained_and_logged(
    app: Flask, browser: Browser, demo: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_summary: object) -> bytes:
        raise DocumentError("the shape was wrong in line 7")

    monkeypatch.setattr(formats, "FORMATS", FORMATS)
    monkeypatch.setitem(dict(FORMATS), "zip", FORMATS["zip"])
    monkeypatch.setattr("assessment.web.files.downloads.FORMATS", {**FORMATS, "zip": replace(FORMATS["zip"], write=fail)})
    page = browser.checked(browser.client.get(demo + "summary.zip", headers=PAGES), 500)
    assert "This download could not be made: ZIP" in page.text
    assert "line 7" not in page.text
    assert "Traceback" not in page.text
    assert demo + "summary.csv" in page.links()
    assert "the shape was wrong in line 7" in caplog.text
    program = browser.client.get(demo + "summary.zip")
    assert (program.status_code, program.get_data()) == (500, b"The ZIP could not be made.\n")


def test_downloads_are_limited_and_pages_are_not(app: Flask, browser: Browser, demo: str) -> None:
    count_attempts(app, {**MOST, "download": 2})
    answers = [browser.client.get(demo + "summary.csv") for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    # The page to print reads as much as a document; no other page is counted.
    browser.open(demo + "summary", status=429)
    for rest in ("", "results", "downloads", "plan"):
        browser.open(demo + rest)


@given(st.text() | st.builds("".join, st.lists(st.sampled_from([*FORMULA_STARTS, "'", " ", "a"]), max_size=5)))
def test_a_safe_cell_is_never_a_formula_and_can_be_taken_back(text: str) -> None:
    assert not safe(text).lstrip().startswith(FORMULA_STARTS)
    assert plain(safe(text)) == text
