"""Text goes out small where the browser takes it, and its length tells nothing."""

import gzip
import re

import pytest
from flask import Flask

from assessment.paths import PACKAGE
from assessment.web.shell.static_files import static_url
from tests.support.opener import Browser
from tests.web.test_walk import INSIDE, OPEN_PAGES

TAKES_GZIP = {"Accept-Encoding": "gzip, deflate, br"}
MARK = "somebody-elses-words-4711"
# Whatever a page asks its address for, found where it does; the search of findings stands on a page without a secret, below.
_ASKS = re.compile(r"args\.get(?:list)?\(\s*\"(\w+)\"")
PARAMETERS = sorted(
    {name for path in PACKAGE.rglob("*.py") for name in _ASKS.findall(path.read_text(encoding="utf-8"))} - {"text"}
    | {"q", "owner", "month", "doing", "kind", "refused"}  # those whose names stand elsewhere
)
ASKED = "&".join(f"{name}={MARK}" for name in PARAMETERS)


def test_what_pages_ask_their_addresses_for_is_found() -> None:
    assert {"start", "days", "closed", "step", "standard", "kind"} <= set(PARAMETERS)


def test_a_page_goes_out_small_and_is_the_same_page(browser: Browser) -> None:
    hub = browser.start()
    small = browser.client.get(hub + "iso-9001/questions/4.1", headers=TAKES_GZIP)
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert int(small.headers["Content-Length"]) == len(small.data) < 10_000
    assert b"<h1>4 " in gzip.decompress(small.data)
    assert browser.open(hub + "iso-9001/questions/4.1").response.headers.get("Content-Encoding") is None


def test_the_length_of_the_same_page_is_blurred(app: Flask) -> None:
    lengths = {len(app.test_client().get("/privacy", headers=TAKES_GZIP).data) for _ in range(20)}
    assert len(lengths) > 5


def style_address(app: Flask) -> str:
    with app.test_request_context():
        return static_url("style.css")


def test_static_text_is_small_and_kept_for_a_year(app: Flask) -> None:
    style = app.test_client().get(style_address(app), headers=TAKES_GZIP, buffered=True)
    assert style.headers["Content-Encoding"] == "gzip"
    assert "immutable" in style.headers["Cache-Control"]
    tag = style.headers["ETag"]
    again = app.test_client().get(style_address(app), headers={**TAKES_GZIP, "If-None-Match": tag}, buffered=True)
    assert again.status_code == 304


def test_a_part_of_a_file_says_like_the_whole_what_it_varies_by(app: Flask) -> None:
    asked = {**TAKES_GZIP, "Range": "bytes=0-99"}
    part = app.test_client().get(style_address(app), headers=asked, buffered=True)
    assert (part.status_code, len(part.data), part.headers.get("Content-Encoding")) == (206, 100, None)
    assert "Accept-Encoding" in part.headers["Vary"]
    unchanged = app.test_client().head(style_address(app), headers=TAKES_GZIP, buffered=True)
    assert "Accept-Encoding" in unchanged.headers["Vary"]


def test_what_is_small_or_compressed_already_goes_out_as_it_is(app: Flask) -> None:
    client = app.test_client()
    assert "Content-Encoding" not in client.get("/healthz", headers=TAKES_GZIP).headers
    assert "Content-Encoding" not in client.get("/static/fonts/public-sans.woff2", headers=TAKES_GZIP, buffered=True).headers


@pytest.fixture(scope="module")
def new(shared: Browser) -> str:
    """An assessment in which nothing is answered, to look at."""
    return shared.start()


@pytest.mark.parametrize("rest", INSIDE)
def test_no_page_of_an_assessment_shows_words_of_its_address(shared: Browser, new: str, rest: str) -> None:
    page = shared.client.get(f"{new}{rest}?{ASKED}", follow_redirects=True)
    assert MARK not in page.get_data(as_text=True)


def test_the_page_that_shows_what_one_looks_for_holds_no_secret(browser: Browser) -> None:
    page = browser.open(f"{browser.start()}findings?text={MARK}")
    assert MARK in page.text
    assert "csrf_token" not in page.html


@pytest.mark.parametrize("address", OPEN_PAGES)
def test_no_other_page_shows_words_of_its_address(shared: Browser, address: str) -> None:
    page = Browser(shared.client.application).client.get(f"{address.partition('?')[0]}?{ASKED}", follow_redirects=True)
    assert MARK not in page.get_data(as_text=True)
