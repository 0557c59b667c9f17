"""What is sent in a form is read within bounds, whoever sends it and to whatever address; what cannot be read is refused."""

import tracemalloc
from collections.abc import Mapping

import pytest
from flask import Flask

from assessment.factory import MOST_FORM_PARTS
from assessment.web.shell.forms import version_said
from tests.support.opener import Browser
from tests.web.test_trust import everything

PAGE = "iso-9001/questions/9.2"
NOWHERE = "/a/nope/iso-9001/questions/9.2"
URLENCODED = "application/x-www-form-urlencoded"
BOUNDARY = "between"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
NOT_UTF8 = {
    "a byte of Latin 1": b"Gr\xfc\xdfe",
    "half a character": b"\xed\xa0\x80",
    "a long form": b"\xc0\xaf",
    "half": b"\xe2\x82",
}


def urlencoded(fields: Mapping[str, bytes]) -> bytes:
    return b"&".join(name.encode() + b"=" + b"".join(b"%%%02X" % byte for byte in value) for name, value in fields.items())


def raw(fields: Mapping[str, bytes]) -> bytes:
    return b"&".join(name.encode() + b"=" + value for name, value in fields.items())


def multipart(fields: Mapping[str, bytes]) -> bytes:
    head = '--{}\r\nContent-Disposition: form-data; name="{}"\r\n\r\n'
    parts = b"".join(head.format(BOUNDARY, name).encode() + value + b"\r\n" for name, value in fields.items())
    return parts + f"--{BOUNDARY}--\r\n".encode()


WAYS = {"percent": (urlencoded, URLENCODED), "raw": (raw, URLENCODED), "parts": (multipart, MULTIPART)}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("what", NOT_UTF8)
def test_bytes_that_are_not_utf8_are_refused_and_shown_as_far_as_they_can_be_read(
    app: Flask, browser: Browser, way: str, what: str
) -> None:
    hub = browser.start()
    fields = {name: values[0].encode() for name, values in browser.open(hub + PAGE).fields().items()}
    fields["internal-audit-note"] = b"long thought " + NOT_UTF8[what] + b" and more"
    before = everything(app)
    encode, kind = WAYS[way]
    page = browser.checked(browser.client.post(hub + PAGE, data=encode(fields), content_type=kind), 400)
    assert "Some characters could not be read" in page.text
    shown = page.fields()["internal-audit-note"][0].strip()
    assert shown.startswith("long thought ")
    assert shown.endswith(" and more")
    assert "\N{REPLACEMENT CHARACTER}" in shown
    assert everything(app) == before
    browser.send(page, {"internal-audit-note": "Grüße 审核 😀"}, to=hub + PAGE)
    assert browser.open(hub + PAGE).fields()["internal-audit-note"][0].strip() == "Grüße 审核 😀"


@pytest.mark.parametrize("way", ["percent", "parts"])
def test_text_in_any_script_is_read_as_it_was_typed(browser: Browser, way: str) -> None:
    hub = browser.start()
    fields = {name: values[0].encode() for name, values in browser.open(hub + PAGE).fields().items()}
    text = "Grüße 审核 مراجعة 😀 \N{REPLACEMENT CHARACTER} %FF + & ="
    encode, kind = WAYS[way]
    answer = browser.client.post(hub + PAGE, data=encode({**fields, "internal-audit-note": text.encode()}), content_type=kind)
    assert answer.status_code == 303
    assert browser.open(hub + PAGE).fields()["internal-audit-note"][0].strip() == text


def many(fields: int, kind: str) -> bytes:
    if kind == URLENCODED:
        return b"&".join(b"a%d=1" % number for number in range(fields))
    return multipart({f"a{number}": b"1" for number in range(fields)})


@pytest.mark.parametrize("kind", [URLENCODED, MULTIPART])
@pytest.mark.parametrize("address", [NOWHERE, "/start", "/verify", "/import", "/nowhere"])
def test_a_form_of_too_many_fields_is_refused_without_making_anything_of_it(shared: Browser, kind: str, address: str) -> None:
    answer = shared.client.post(address, data=many(MOST_FORM_PARTS + 1, kind), content_type=kind)
    page = shared.checked(answer, 404 if "now" in address or "nope" in address else 413)
    assert len(page.html) < 10_000


def test_a_form_of_hundreds_of_thousands_of_fields_to_nowhere_takes_the_memory_of_its_bytes(browser: Browser) -> None:
    sent = many(400_000, URLENCODED)
    tracemalloc.start()
    try:
        answer = browser.client.post(NOWHERE, data=sent, content_type=URLENCODED)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    answer.request.environ["wsgi.input"].close()  # the test client leaves its own copy of a large form open
    assert answer.status_code == 404
    assert len(answer.get_data()) < 10_000
    assert peak < 4 * len(sent)  # the bytes, what the test client keeps of them, and the page


def test_a_text_that_is_far_too_large_to_be_shown_is_left_in_the_browser(browser: Browser) -> None:
    hub = browser.start()
    sent = b"internal-audit-note=" + b"%3C" * 2_000_000
    page = browser.checked(browser.client.post(hub + PAGE, data=sent, content_type=URLENCODED), 413)
    page.response.request.environ["wsgi.input"].close()  # the test client leaves its own copy of a large form open
    assert "go back in your browser, where it still is" in page.text
    assert len(page.html) < 10_000


def test_a_page_with_every_field_it_may_have_comes_back_whole(browser: Browser) -> None:
    sent = {f"scope-evidence-{number}-where": "here" for number in range(MOST_FORM_PARTS - 1)}
    page = browser.checked(browser.client.post(NOWHERE, data=sent), 404)
    assert len(page.fields()) == MOST_FORM_PARTS  # and the token


def test_a_version_in_a_form_is_a_number_that_databases_take_or_none() -> None:
    assert [version_said(text) for text in ("0", "7", "999999999")] == [0, 7, 999_999_999]
    assert {version_said(text) for text in ("", "-1", "+1", " 1", "1.0", "٣", "1e3", "9" * 10, "9" * 5000)} == {0}
