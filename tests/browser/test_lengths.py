"""Pages answer first: how long they are as they open, with the sample organisation, and that their folds need no mouse."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.states import Stage, State

# In pixels at 1280: the aims that were set for each page.
LONGEST = {"results": 2_500, "findings": 6_000, "plan": 4_000}


@pytest.mark.parametrize("at", LONGEST)
def test_a_page_is_no_longer_than_its_aim(stage: Stage, at: str) -> None:
    with stage.shown(State(name=at, at=at, of="demo")) as page:
        page.set_viewport_size({"width": 1280, "height": 900})
        assert page.evaluate("document.documentElement.scrollHeight") <= LONGEST[at]


def test_the_findings_are_worked_through_by_keyboard(stage: Stage) -> None:
    with stage.shown(State(name="findings", at="findings", of="demo")) as page:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.get_by_label("Search in questions and notes").focus()
        page.keyboard.type("emergency")
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{page.url.partition('?')[0]}?chapter=&text=emergency")
        row = page.locator("details.row > summary", has_text="Emergency preparedness and response")
        assert not _opened(row.page)
        row.focus()
        page.keyboard.press("Enter")
        assert _opened(page) == ["8.2"]
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_contain_text("essential")  # explained where it is first said
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_contain_text("Change answer")


def test_the_bar_of_filters_stays_and_covers_no_focus(stage: Stage) -> None:
    with stage.shown(State(name="findings", at="findings?open=all", of="demo")) as page:
        page.set_viewport_size({"width": 1280, "height": 900})
        summaries = page.locator("details.row > summary")
        last = summaries.count() - 1
        summaries.nth(last).focus()
        page.wait_for_function("scrollY > 500")
        bar = page.locator(".filters").bounding_box()
        assert bar
        assert bar["y"] == 0
        for number in range(last, last - 4, -1):
            summaries.nth(number).focus()
            page.evaluate("scrollBy(0, 600)")
            page.keyboard.press("Shift+Tab")
            focused = page.locator(":focus").bounding_box()
            assert focused
            assert focused["y"] >= bar["height"]


def _opened(page: Page) -> list[str]:
    return page.locator("details.row[open] > summary > .clause").all_inner_texts()


def test_the_skip_link_passes_navigation_and_spine(stage: Stage) -> None:
    with stage.shown(State(name="question page", at="iso-9001/questions/9.2", of="partly")) as page:
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("Skip to the content")
        page.keyboard.press("Enter")
        expect(page.locator("#content")).to_be_focused()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.spine, header, nav') === null")


# Text that would stand in a sliver: a paragraph or list item of more than a few words, narrower than one long word.
SLIVERS = """() => [...document.querySelectorAll("main p, main li, main dd")]
  .filter((e) => e.offsetParent && e.innerText.trim().length > 40 && e.getBoundingClientRect().width < 120)
  .map((e) => e.innerText.slice(0, 40))"""


@pytest.mark.parametrize("at", ["/standards/facts", "/protection", "/standards/differences", "/privacy", "/calculation"])
def test_no_text_of_an_open_page_stands_in_a_sliver(stage: Stage, at: str) -> None:
    with stage.shown(State(name=at, at=at)) as page:
        assert page.locator("main p, main li, main dd").count() > 5
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(SLIVERS) == [], width
