"""The journey in a real browser, with and without JavaScript."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page


def walk(page: Page, address: str) -> str:
    """The main job with mouse and keyboard; return the address of the overview."""
    page.goto(address)
    page.get_by_role("link", name="Start an assessment").click()
    page.get_by_label("Name of your organisation").fill("Walk & Sons")
    for standard in ("ISO 9001", "ISO 14001"):
        page.get_by_label(standard).check()
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/a/*/")
    hub = page.url
    page.get_by_role("link", name="Who wants you to be certified").click()
    page.get_by_label("ISO 14001", exact=True).check()
    page.get_by_role("button", name="Save and come back later").click()
    page.goto(f"{hub}iso-9001/questions/9.2")
    question = page.locator("#internal-audit")
    question.get_by_label("Informal").check()
    question.get_by_text("Note and evidence").click()
    question.get_by_label("Note", exact=True).fill("Only the workshop so far.")
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("9 Management review")
    page.get_by_role("link", name="Results", exact=True).click()
    assert "Begin with ISO 14001" in page.inner_text("main") or "begin with ISO 14001" in page.inner_text("main")
    assert "Do an environmental review" in page.inner_text("ol.soon")
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


def test_every_feature_that_this_browser_knows_is_off_and_none_is_unknown_to_it(chromium: Chromium, address: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    assert len(page.evaluate("document.featurePolicy.features()")) > 20
    hints = "ch-"  # what a browser says of itself in headers
    assert [name for name in page.evaluate("document.featurePolicy.allowedFeatures()") if not name.startswith(hints)] == []
    assert [text for text in said if "Permissions-Policy" in text] == []
    context.close()


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
