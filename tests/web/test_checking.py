"""The page that checks a receipt: equal, or what differs and why; a file that is none is explained, and nothing is kept."""

import contextlib
import io
import json
import random
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from assessment.reports.receipt import ReceiptError, verify, verify_upload
from assessment.web.shell.limits import MOST, count_attempts
from tests.reports.test_receipt import demo
from tests.support.content import LIBRARY
from tests.support.opener import Browser, Page
from tests.web.test_trust import everything


@pytest.fixture(scope="module")
def downloaded(shared: Browser) -> bytes:
    hub = shared.start_sample()
    return bytes(shared.client.get(hub + "summary.json").get_data())


@pytest.fixture
def receipt(downloaded: bytes) -> dict[str, Any]:
    """A receipt of the sample organisation, for each test to change."""
    said: dict[str, Any] = json.loads(downloaded)
    return said


def checked(browser: Browser, content: bytes, *, status: int = 200, name: str = "receipt.json") -> Page:
    """Choose a file on the page and send it."""
    page = browser.open("/verify")
    return browser.send(page, {"file": (io.BytesIO(content), name)}, status=status)


def test_an_untouched_receipt_is_equal_and_nothing_is_kept(app: Flask, browser: Browser, receipt: dict[str, Any]) -> None:
    before = everything(app)
    page = checked(browser, json.dumps(receipt).encode())
    assert "Equal: every number is right" in page.text
    assert "Brook Galvanising (invented)" in page.text
    assert everything(app) == before


def test_a_changed_answer_shows_what_differs_in_words(browser: Browser, receipt: dict[str, Any]) -> None:
    receipt["standards"][1]["answers"]["scope"]["rung"] = "in-use"
    page = checked(browser, json.dumps(receipt).encode())
    assert "Not equal:" in page.text
    assert "the file was changed after it was written" in page.text
    assert "Weighted points earned so far. /standards/1/score/earned-low" in page.text


def test_a_receipt_of_other_content_says_why_it_may_differ(browser: Browser, receipt: dict[str, Any]) -> None:
    receipt["content"]["hash"] = "0" * 64
    receipt["content"]["standards"]["iso-9001"] = "2019-01"
    page = checked(browser, json.dumps(receipt).encode())
    assert "Equal: every number is right" in page.text
    assert 'the revision of ISO 9001 was "2019-01" then' in page.text
    receipt["standards"][0]["score"]["low"] += 1
    page = checked(browser, json.dumps(receipt).encode())
    assert "Not equal: 1 place differs" in page.text
    assert "Probably nobody changed anything" in page.text


def test_a_long_list_of_differences_is_cut_and_says_so(browser: Browser, receipt: dict[str, Any]) -> None:
    for standard in receipt["standards"]:
        for line in standard["met"]:
            line["asks"] = "<b>Else?</b>"
    page = checked(browser, json.dumps(receipt).encode())
    assert "The first 40 of" in page.text
    assert len(page.all("tr")) == 41
    assert not page.all("b")


def changed(at: tuple[str | int, ...], value: Any) -> Callable[[dict[str, Any]], None]:
    def change(said: dict[str, Any]) -> None:
        found: Any = said
        for part in at[:-1]:
            found = found[part]
        found[at[-1]] = value

    return change


DEEP: Any = "x"
for _ in range(400):
    DEEP = [DEEP]
BAD = [
    (changed(("chosen", 0, "edition"), "1066"), "iso-9001, edition 1066, which is not installed here"),
    (changed(("chosen",), [{}]), "'standard' is missing or not known here"),
    (changed(("organisation",), ["x"]), "gives no name of an organisation"),
    (changed(("profile", "people"), ["9" * 30]), "cannot be answered as the file says"),
    (changed(("profile", "what-it-does"), DEEP), "cannot be answered as the file says"),
    (changed(("profile", "deadline"), ["iso-14001=soon"]), "cannot be answered as the file says"),
    (changed(("date",), 7), "incomplete or was changed by hand"),
    (changed(("notes",), {"set-scope": {"owner": "a", "due": "soon", "done-on": None}}), "incomplete or was changed by hand"),
    (changed(("standards", 0, "answers"), {"scope": None}), "incomplete or was changed by hand"),
    (changed(("format",), "other"), "is not a receipt of the format"),
]


@pytest.mark.parametrize(("change", "says"), BAD, ids=[says for _, says in BAD])
def test_a_receipt_with_values_that_cannot_be_is_explained(
    shared: Browser, receipt: dict[str, Any], change: Callable[[dict[str, Any]], None], says: str
) -> None:
    change(receipt)
    page = checked(shared, json.dumps(receipt).encode(), status=422)
    assert "This file cannot be checked" in page.text
    assert says in page.text


def test_a_standard_named_twice_is_refused(browser: Browser, receipt: dict[str, Any]) -> None:
    receipt["chosen"] += [receipt["chosen"][0]] * 1000
    assert "names a standard twice" in checked(browser, json.dumps(receipt).encode(), status=422).text


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"\xff\xfe\x00", b"[" * 100_000, b'{"a": NaN}', b'"\\ud800"', b'{"format": 1e999}']
)
def test_a_file_that_is_no_receipt_is_explained(shared: Browser, content: bytes) -> None:
    page = checked(shared, content, status=422)
    assert "This file cannot be checked: the file is not" in page.text
    assert page.all("title")[0].text.strip().startswith("Error: ")


def test_a_file_of_millions_of_brackets_takes_the_memory_of_its_text_and_not_of_its_values() -> None:
    text = b"[" + b"[]," * 1_000_000 + b"[]]"
    tracemalloc.start()
    try:
        with pytest.raises(ReceiptError, match="more than 200,000 values"):
            verify_upload(text, LIBRARY, "9.9")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < len(text)


def test_no_file_and_a_file_that_is_too_large_are_explained(browser: Browser) -> None:
    assert "Choose the file first." in browser.send(browser.open("/verify"), status=422).text
    page = checked(browser, b" " * (17 * 1024 * 1024), status=413)
    page.response.request.environ["wsgi.input"].close()  # the test client leaves its own copy of a large file open


def test_half_characters_and_names_in_any_script_are_shown(browser: Browser, receipt: dict[str, Any]) -> None:
    receipt["organisation"] = "مرحبا \ud800 <b>"
    receipt["surplus \ud800"] = "\ud800"
    page = checked(browser, json.dumps(receipt).encode())
    assert "مرحبا ? <b>" in page.text
    assert "/surplus ?" in page.text


def test_checking_is_limited(app: Flask, browser: Browser) -> None:
    count_attempts(app, {**MOST, "verify": 1})
    checked(browser, b"x", status=422)
    checked(browser, b"x", status=429)


VALUES: list[Any] = [
    None,
    True,
    -1,
    10**30,
    0.5,
    "",
    "x" * 500,
    "\ud800",
    [],
    [None],
    {},
    {"a": []},
    DEEP,
    "2026-02-30",
    "iso-9001",
]


@pytest.mark.parametrize("seed", range(150))
def test_a_receipt_with_anything_changed_is_checked_or_refused_and_never_fails(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # nothing secret
    said = json.loads(demo())
    for _ in range(chance.choice([1, 1, 3])):
        found: Any = said
        while True:
            key = chance.choice(list(found) if isinstance(found, dict) else range(len(found)))
            if chance.random() < 0.3 or not isinstance(found[key], dict | list) or not found[key]:
                break
            found = found[key]
        if chance.random() < 0.2:
            del found[key]
        else:
            found[key] = chance.choice(VALUES)
    with contextlib.suppress(ReceiptError):
        for each in verify(json.dumps(said).encode(), LIBRARY, "9.9").differences:
            assert f"{each.where}{each.said}{each.found}".encode()
