"""The contents of a long page, in the margin or folded above it: without a script, by keyboard, and passed by the skip link."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

ADDRESS = "/calculation"


@pytest.fixture
def page(chromium: Chromium, address: str) -> Iterator[Page]:
    """A long page where scripts are off."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + ADDRESS)
    yield page
    context.close()


def top_of(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["y"]


def test_in_the_margin_they_stay_and_lead_to_every_part(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    links = page.get_by_role("navigation", name="On this page").get_by_role("link")
    assert links.count() > 10
    for name, anchor in (("Auditor days", "#audit-days"), ("The score", "#score")):
        links.filter(has_text=name).click()
        assert 0 <= top_of(page, f"h2{anchor}") < 200
        assert 0 <= top_of(page, ".contents a") < 200  # still there to go on from
    links.filter(has_text="Back to the top").click()
    assert top_of(page, "h1") > 0
    contents, main = page.locator(".contents").bounding_box(), page.locator("main h1").bounding_box()
    assert contents
    assert main
    assert contents["x"] + contents["width"] < main["x"]


@pytest.mark.parametrize("width", [320, 390, 1024])
def test_on_a_narrow_screen_they_are_folded_and_open_by_keyboard(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    nav = page.get_by_role("navigation", name="On this page")
    expect(nav.get_by_role("link")).to_have_count(0)
    nav.locator("summary").focus()
    page.keyboard.press("Enter")
    link = nav.get_by_role("link", name="The verdict")
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{page.url.partition('#')[0]}#verdict")
    assert 0 <= top_of(page, "h2#verdict") < 200


@pytest.mark.parametrize("width", [390, 1280])
def test_the_skip_link_passes_them(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)


def test_on_paper_they_are_not(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator(".contents")).to_be_hidden()
