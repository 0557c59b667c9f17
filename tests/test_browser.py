"""The journey in a real browser, with and without JavaScript, and axe on every page in light, dark and at 320 pixels."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from tests.conftest import build_app

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
OUTSIDE = [
    "/",
    "/start",
    "/standards",
    "/standards/differences",
    "/standards/iso-9001",
    "/standards/iso-14001/editions",
    "/standards/glossary",
    "/calculation",
    "/privacy",
    "/import",
    "/nowhere",
]
INSIDE = [
    "",
    "choices",
    "profile/demand",
    "iso-9001/questions/9.1",
    "iso-9001/check/9",
    "results",
    "plan/set-scope",
    "what-if",
    "advice",
    "findings",
    "plan",
    "compare/iso-9001/iso-14001",
    "downloads",
    "summary",
    "share",
    "history",
    "history/iso-9001/internal-audit",
    "delete",
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, build_app(tmp_path_factory.mktemp("browser")), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def walk(page: Page, address: str) -> str:
    """The main job with mouse and keyboard; return the address of the overview."""
    page.goto(address)
    page.get_by_role("link", name="Start an assessment").click()
    page.get_by_label("Name of your organisation").fill("Walk & Sons")
    page.get_by_role("button", name="Start").click()
    hub = page.url
    page.get_by_role("link", name="Who asks for it").click()
    page.get_by_label("ISO 14001", exact=True).check()
    page.get_by_role("button", name="Save and come back later").click()
    page.goto(f"{hub}iso-9001/questions/9.1")
    question = page.locator("#internal-audit")
    question.get_by_label("Informal").check()
    question.get_by_text("Note and evidence").click()
    question.get_by_label("Note", exact=True).fill("Only the workshop so far.")
    page.get_by_role("button", name="Save and continue").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Check your answers")
    page.get_by_role("link", name="Results", exact=True).click()
    assert "Begin with ISO 14001" in page.inner_text("main") or "begin with ISO 14001" in page.inner_text("main")
    assert "Do an environmental review" in page.inner_text("ol.steps > li:first-child")
    page.get_by_role("link", name="Downloads", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV for ISO 9001", exact=True).click()
    assert "walk-sons" in download.value.suggested_filename
    assert "Only the workshop so far." in Path(download.value.path()).read_text(encoding="utf-8-sig")
    return hub


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_main_job_works_in_a_real_browser(chromium: Chromium, address: str, *, script: bool) -> None:
    context = chromium.new_context(java_script_enabled=script)
    assert walk(context.new_page(), address).startswith(address)
    context.close()


@pytest.fixture(scope="module", params=["light", "dark"])
def walked(request: pytest.FixtureRequest, chromium: Chromium, address: str) -> Iterator[tuple[Page, str]]:
    context = chromium.new_context(color_scheme=request.param)
    page = context.new_page()
    yield page, walk(page, address)
    context.close()


@pytest.mark.parametrize("rest", [*OUTSIDE, *INSIDE])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(walked: tuple[Page, str], address: str, rest: str) -> None:
    page, hub = walked
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address + rest if rest.startswith("/") else hub + rest)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 320, "height": 700})
    wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1], f"{wide[0]} pixels wide at 320"


def test_an_error_takes_the_focus_and_leads_to_the_field(chromium: Chromium, address: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address + "/start")
    page.get_by_role("button", name="Start").click()
    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.locator(".error-summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "organisation"
    context.close()
