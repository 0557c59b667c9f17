"""Files that take long to read or to make keep nobody waiting but whoever sent or asked for them."""

import base64
import io
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask

from assessment.reports import child_process
from assessment.storage import quotas
from assessment.web.shell.form_data import FormRequest
from assessment.web.shell.limits import MOST, count_attempts, network_of
from tests.support.logos import picture
from tests.support.opener import Browser, Page, starting
from tests.web.test_trust import everything


@contextmanager
def taken(places: int, *, uploaded: bool = False) -> Iterator[None]:
    """As many places are taken by others."""
    done, begun = threading.Event(), threading.Barrier(places + 1)

    def hold() -> None:
        with child_process.place(wait=5, uploaded=uploaded):
            begun.wait(5)
            done.wait(30)

    threads = [threading.Thread(target=hold) for _ in range(places)]
    for each in threads:
        each.start()
    begun.wait(5)
    try:
        yield
    finally:
        done.set()
        for each in threads:
            each.join()


def send_file(browser: Browser, address: str, field: str, content: bytes, status: int, **typed: str) -> Page:
    page = browser.open(address)
    fields: dict[str, Any] = {**page.fields(), **typed, field: (io.BytesIO(content), "file")}
    answer = browser.client.post(address, data=fields, content_type="multipart/form-data")
    return browser.checked(answer, status)


UPLOADS = {"picture": ("letterhead", "logo"), "workbook": ("workbook", "file"), "verify": ("/verify", "file")}


@pytest.mark.parametrize("what", UPLOADS)
def test_a_file_that_finds_no_place_is_told_at_once_and_counts_as_an_attempt(app: Flask, browser: Browser, what: str) -> None:
    hub = browser.start()
    count_attempts(app, {**MOST, what: 1})
    address, field = UPLOADS[what]
    address = address if address.startswith("/") else hub + address
    content = picture() if what == "picture" else b"PK\x03\x04" if what == "workbook" else b"{}"
    before = everything(app)
    with taken(1, uploaded=True):
        page = send_file(browser, address, field, content, 503)
        assert page.response.headers["Retry-After"] == "3"
        assert "Other files are being read right now." in page.text
        assert "Retry-After" in send_file(browser, address, field, content, 429).response.headers
    assert everything(app) == before


@pytest.mark.parametrize("what", [*UPLOADS, "import"])
def test_a_file_without_a_token_counts_as_an_attempt_and_is_not_read_after_too_many(
    app: Flask, browser: Browser, what: str
) -> None:
    hub = browser.start()
    count_attempts(app, {**MOST, what: 1})
    address, field = {**UPLOADS, "import": ("/import", "file")}[what]
    address = address if address.startswith("/") else hub + address
    for status, content in ((400, b"{}"), (429, b" " * 100_000)):
        page = send_file(browser, address, field, content, status, csrf_token="none")
        assert ("Retry-After" in page.response.headers) == (status == 429)


def test_an_export_that_was_shown_comes_back_from_too_many_attempts_and_a_large_file_is_not_even_read(
    app: Flask, browser: Browser
) -> None:
    document = browser.client.get(browser.start() + "export.json").get_data()
    count_attempts(app, {**MOST, "import": 1})
    shown = send_file(browser, "/import", "file", document, 200)
    assert browser.send(shown, status=429).fields()["document"] == shown.fields()["document"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FormRequest, "_get_file_stream", lambda *_, **__: pytest.fail("the file is read"))
        refused = send_file(browser, "/import", "file", b" " * 5_000_000, 429)
    refused.response.request.environ["wsgi.input"].close()  # the test client leaves its own copy of a large file open


def test_a_picture_that_has_to_wait_leaves_what_was_typed_on_the_page(browser: Browser) -> None:
    hub = browser.start()
    with taken(1, uploaded=True):
        page = send_file(browser, hub + "letterhead", "logo", picture(), 503, name="Rat & Tat")
        assert page.fields()["name"] == ["Rat & Tat"]
        browser.send(page, to=hub + "letterhead")  # without a picture there is nothing to wait for
    assert browser.open(hub + "letterhead").fields()["name"] == ["Rat & Tat"]


def test_a_workbook_that_was_looked_at_comes_back_from_too_many_attempts(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    data = browser.client.get(hub + "summary.xlsx").get_data()
    shown = send_file(browser, hub + "workbook", "file", data, 200)
    count_attempts(app, {**MOST, "workbook": 1})
    large = base64.b64encode(data + bytes(2_500_000)).decode()
    again = browser.send(shown, {"workbook": large}, to=hub + "workbook", status=429)
    assert again.fields()["workbook"] == [large]


@pytest.mark.parametrize("ending", ["pdf", "xlsx", "docx", "zip"])
def test_nothing_is_computed_for_a_document_before_it_has_a_place(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    hub = browser.start()
    computed: list[str] = []

    def compute(*_: object) -> Callable[..., object]:
        computed.append(ending)
        raise AssertionError

    monkeypatch.setattr("assessment.web.files.downloads.summary_with_progress", compute)
    with taken(child_process.AT_ONCE):
        assert browser.client.get(f"{hub}summary.{ending}").status_code == 503
    assert computed == []


def test_a_document_that_finds_no_place_counts_as_an_attempt(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    count_attempts(app, {**MOST, "download": 1})
    with taken(child_process.AT_ONCE):
        assert [browser.client.get(hub + "summary.pdf").status_code for _ in range(2)] == [503, 429]


@pytest.mark.parametrize("rest", ["export.json", "summary"])
def test_what_reads_the_whole_history_takes_a_place_and_counts_as_an_attempt(app: Flask, browser: Browser, rest: str) -> None:
    hub = browser.start()
    count_attempts(app, {**MOST, "download": 3})
    with taken(child_process.AT_ONCE):
        waits = browser.client.get(hub + rest, headers={"Accept": "text/html"})
        assert (waits.status_code, waits.headers["Refresh"]) == (202, "3")
        assert browser.client.get(hub + rest).status_code == 503
    assert [browser.client.get(hub + rest).status_code for _ in range(2)] == [200, 429]


def test_one_address_imports_so_much_a_day(app: Flask, browser: Browser) -> None:
    raw = browser.client.get(browser.start() + "export.json").get_data()
    count_attempts(app, {**MOST, "imported kB": len(raw) // 1024 + 1})
    statuses = []
    for _ in range(2):
        shown = send_file(browser, "/import", "file", raw, 200)
        statuses.append(browser.client.post("/import", data=shown.fields()).status_code)
    assert statuses == [303, 429]


@pytest.mark.parametrize(
    ("address", "counts_as"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("203.0.113.7:40123", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::7]:40123", "2001:db8:1:2::/64"),
        ("[2001:db8:1:3::7]", "2001:db8:1:3::/64"),
        ("localhost", "localhost"),
        ("", ""),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_an_address_counts_as_one_household_or_machine(address: str, counts_as: str) -> None:
    assert network_of(address) == counts_as


def test_files_that_are_read_leave_a_place_for_a_document(browser: Browser) -> None:
    hub = browser.start()
    with taken(child_process.UPLOADS_AT_ONCE, uploaded=True):
        assert browser.client.get(hub + "summary.docx").status_code == 200


def test_an_assessment_that_has_grown_enough_for_a_day_says_so_and_keeps_what_was_typed(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = browser.start()
    address = hub + "iso-9001/questions/9.2"
    monkeypatch.setattr(quotas, "MOST_A_DAY", 3_000)
    page = browser.send(browser.open(address), {"internal-audit-note": "long thought" * 300}, status=429)
    assert "This assessment has grown too much for one day" in page.text
    assert "Nothing was saved: its history takes up to 64 MB a day" in page.text
    assert page.fields()["internal-audit-note"][0].strip() == "long thought" * 300
    assert int(page.response.headers["Retry-After"]) == 15 * 3600
    monkeypatch.undo()
    browser.send(page, to=address)
    assert browser.open(address).fields()["internal-audit-note"][0].strip() == "long thought" * 300


def test_one_address_starts_so_many_assessments_a_day_and_the_page_says_how_many(app: Flask, browser: Browser) -> None:
    count_attempts(app, {**MOST, "assessment": 2})
    browser.start()
    browser.send(browser.open("/"), to="/demo")
    refused = browser.send(browser.open("/start"), starting("Third & Co"), status=429)
    assert "from one address 2 assessments can be started or imported a day" in refused.text
    assert refused.fields()["organisation"][0].strip() == "Third & Co"
    assert int(refused.response.headers["Retry-After"]) == 15 * 3600


def test_an_empty_assessment_says_how_long_it_is_kept(browser: Browser) -> None:
    says = "As long as nothing is answered, this assessment is kept for seven days."
    hub = browser.start()
    assert says in browser.open(hub).text
    browser.send(browser.open(hub + "iso-9001/questions/9.2"), {"internal-audit-answer": "absent"})
    assert says not in browser.open(hub).text


def test_an_export_that_finds_no_place_is_told_at_once_and_need_not_be_chosen_again(browser: Browser) -> None:
    document = browser.client.get(browser.start("Moved & Co") + "export.json").get_data()
    with taken(1, uploaded=True):
        send_file(browser, "/import", "file", document, 503)
    shown = send_file(browser, "/import", "file", document, 200)
    with taken(1, uploaded=True):
        page = browser.send(shown, to="/import", status=503)
        assert page.response.headers["Retry-After"] == "3"
    assert "Overview of Moved & Co" in browser.send(page, to="/import").text


def test_an_export_of_millions_of_brackets_is_not_read_at_all(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessment.web.files.export_import.read_document", None)
    page = send_file(browser, "/import", "file", b"[" + b"[]," * 800_000 + b"[]]", 422)
    page.response.request.environ["wsgi.input"].close()  # the test client leaves its own copy of a large file open
    assert "Nothing was imported. This file holds 1,600,002 values" in page.text
