"""What a question page weighs as people get it: from the real server, into an empty Chromium."""

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, Route
from werkzeug.test import run_wsgi_app

from tests.support.chromium import hold, served
from tests.support.organisations import Assembled
from tests.support.real import Real, real_server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

KILOBYTE = 1024
MOST_IN_ALL, MOST_SCRIPT = 60 * KILOBYTE, 15 * KILOBYTE
PIECES = 30
QUESTIONS = "iso-9001/questions/9.2"


@dataclass
class Load:
    """What came over the wire for a page: bytes with headers by address, the kind of each, and every host that was asked."""

    bytes: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=set)

    @property
    def script(self) -> int:
        return sum(size for address, size in self.bytes.items() if self.kinds[address] == "Script")


def load(page: Page, address: str) -> Load:
    """Open a page as for the first time."""
    found, names = Load(), dict[str, str]()
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def asked(event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("data:"):
            return
        names[event["requestId"]] = event["request"]["url"]
        found.kinds[event["request"]["url"]] = event["type"]
        found.hosts.add(urlsplit(event["request"]["url"]).netloc)

    def came(event: dict[str, Any]) -> None:
        if event["requestId"] in names:
            found.bytes[names[event["requestId"]]] = int(event["encodedDataLength"])

    network.on("Network.requestWillBeSent", asked)
    network.on("Network.loadingFinished", came)
    page.goto(address, wait_until="networkidle")
    return found


@pytest.fixture(scope="module")
def real(assembled: Assembled, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Real]:
    with real_server(assembled, tmp_path_factory.mktemp("weight")) as real:
        yield real


@pytest.fixture
def page(real: Real, chromium: Chromium) -> Iterator[Page]:
    context = chromium.new_context()
    hold(context, real.app, real.address, real.cast.sid)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("organisation", ["new", "partly"])
def test_a_question_page_weighs_at_most_60_kilobytes(
    real: Real, page: Page, organisation: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = load(page, real.address + real.cast.address(organisation) + QUESTIONS)
    assert page.locator("fieldset.question").count() == 6
    assert set(found.kinds.values()) >= {"Document", "Stylesheet", "Script", "Font"}
    assert sum(found.bytes.values()) <= MOST_IN_ALL, found.bytes
    assert 0 < found.script <= MOST_SCRIPT
    assert found.hosts == {urlsplit(real.address).netloc}
    with capsys.disabled():
        print(f"\nquestion page, {organisation}: {sum(found.bytes.values()):,} bytes, of them {found.script:,} script")


def in_pieces(app: Flask) -> "WSGIApplication":
    """Send each page in pieces that end before a tag, as a slow line brings it, with time to paint between them."""

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        environ.pop("HTTP_ACCEPT_ENCODING", None)  # what is packed cannot be cut between two tags
        body, status, headers = run_wsgi_app(app, environ, buffered=True)
        whole = b"".join(body)
        start_response(status, list(headers))
        tags = [found.start() for found in re.finditer(rb"<[a-z]", whole)] if b"<!doctype" in whole else []
        for start, end in pairwise([0, *tags[:: len(tags) // PIECES or 1], len(whole)]):
            yield whole[start:end]
            time.sleep(0.03)

    return application


SHIFT = """() => new Promise((done) => {
  let moved = 0;
  new PerformanceObserver((list) => { for (const each of list.getEntries()) moved += each.value; })
    .observe({ type: "layout-shift", buffered: true });
  document.fonts.ready.then(() => setTimeout(() => done(moved), 500));
})"""


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("rest", ["", QUESTIONS, "results", "plan"])
def test_nothing_moves_while_a_page_loads(real: Real, page: Page, rest: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(real.address + real.cast.address("partly") + rest)
    assert page.evaluate(SHIFT) == 0


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("rest", ["", QUESTIONS, "results", "plan"])
def test_nothing_moves_when_the_font_comes_after_the_words(real: Real, page: Page, rest: str, width: int) -> None:
    """As on a slow line or a busy machine: the font arrives when people read already."""
    page.set_viewport_size({"width": width, "height": 800})
    held: list[Route] = []
    page.route("**/*.woff2*", lambda route: held.append(route))  # Playwright asks a function of ours for its name
    page.goto(real.address + real.cast.address("partly") + rest, wait_until="domcontentloaded")
    while not page.evaluate("performance.getEntriesByName('first-contentful-paint').length"):
        page.wait_for_timeout(20)  # Playwright's own waiting evaluates a string in the page, which our policy forbids
    assert len(held) == 1
    with page.expect_event("requestfinished", lambda request: ".woff2" in request.url):
        held[0].continue_()
    assert page.evaluate(SHIFT) == 0


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("rest", ["", QUESTIONS, "iso-9001/check/9", "results", "plan"])
def test_nothing_moves_when_a_page_comes_in_pieces(assembled: Assembled, chromium: Chromium, rest: str, width: int) -> None:
    with served(in_pieces(assembled.app)) as address, chromium.new_context() as context:
        hold(context, assembled.app, address, assembled.cast.sid)
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address + assembled.cast.address("partly") + rest)
        assert page.evaluate(SHIFT) == 0
