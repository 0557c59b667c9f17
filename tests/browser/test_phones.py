"""On a phone in one hand: a session of questions, names in the calendar, and whole words in every row."""

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Locator, Page, expect

from tests.support.states import STATES, Stage, State

PLAN = State(name="plan", at="plan", of="demo")
# What stands beside others in a row: dates, work, owner, done. Two lines of it are as much as any of them is long.
SLIVERS = """() => [...document.querySelectorAll(".plan-table td:nth-child(n + 3)")]
  .filter((e) => e.getBoundingClientRect().height > 60).map((e) => e.innerText)"""


def fits(page: Page) -> bool:
    inside: bool = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return inside


@pytest.mark.parametrize("width", [320, 390])
def test_the_calendar_names_every_step_on_a_phone(stage: Stage, width: int) -> None:
    with stage.shown(PLAN) as page:
        page.set_viewport_size({"width": width, "height": 800})
        page.get_by_text("The calendar", exact=True).click()
        names = page.locator(".calendar-steps > li")
        titles = page.locator(".plan-table tr:not(.done) .row-title").all_inner_texts()
        assert len(titles) > 20
        expect(names).to_have_count(len(titles))
        shown = names.all_inner_texts()
        for title in titles:
            assert [text for text in shown if text.startswith(title)], title
        for number in (0, len(titles) - 1):
            bar, item = names.nth(number).locator("rect").bounding_box(), names.nth(number).bounding_box()
            assert bar
            assert item
            assert item["x"] <= bar["x"] < bar["x"] + bar["width"] <= item["x"] + item["width"]
        assert fits(page)


def test_on_a_wide_screen_names_stand_beside_their_bars(stage: Stage) -> None:
    with stage.shown(PLAN) as page:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.get_by_text("The calendar", exact=True).click()
        expect(page.locator("svg.calendar .bar-title").first).to_be_visible()
        expect(page.locator(".calendar-steps")).to_be_hidden()


def test_no_word_of_an_unfolded_step_is_cut_off_at_320_pixels(stage: Stage) -> None:
    with stage.shown(PLAN) as page:
        page.set_viewport_size({"width": 320, "height": 800})
        opened: int = page.evaluate(
            "() => { const all = [...document.querySelectorAll('.plan-table details')];"
            " all.forEach((each) => each.open = true); return all.length; }"
        )
        assert opened > 40
        cut = """() => [...document.querySelectorAll('.plan-table td *')]
          .filter((e) => e.getBoundingClientRect().right > innerWidth && !e.closest('.visually-hidden'))
          .map((e) => e.innerText)"""
        assert page.evaluate(cut) == []


def test_a_row_that_is_done_stands_in_no_sliver_at_320_pixels(stage: Stage) -> None:
    with stage.shown(PLAN) as page:
        page.set_viewport_size({"width": 320, "height": 800})
        page.locator(".plan-table tr", has_text="Build the register of obligations").get_by_role("button").click()
        page.wait_for_load_state()
        row = page.locator(".plan-table .done")
        expect(row.get_by_role("button", name="Not done")).to_be_visible()
        expect(row.get_by_role("status")).to_have_text("Saved")
        assert page.locator(".plan-table td:nth-child(3)").count() > 20
        assert page.evaluate(SLIVERS) == []
        assert fits(page)
        row.get_by_role("button", name="Not done").click()


WIDE_TABLES = [
    *(State(name=at, at=at, of="older edition") for at in ("director", "way", "plan", "after-the-audit")),
    State(name="compare", at="compare/iso-9001/iso-14001", of="demo"),
    *(state for state in STATES if state.name in ("share", "browsers", "differences", "editions", "receipt, changed")),
]
assert len(WIDE_TABLES) == 10


@pytest.mark.parametrize("state", WIDE_TABLES, ids=lambda state: state.name)
def test_the_column_that_answers_is_on_a_small_screen_with_its_head(stage: Stage, state: State) -> None:
    with stage.shown(state) as page:
        page.set_viewport_size({"width": 320, "height": 640})
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        found = page.locator(".table-wrap:has(> table.stacked):visible")
        assert found.count() > 0
        for table in found.all():
            assert table.evaluate("each => each.scrollWidth <= each.clientWidth")
            heads = table.locator("thead th").all_text_contents()
            cells = table.locator("tbody td")
            assert cells.count() > 0
            for cell in cells.all():
                assert cell.get_attribute("data-label") in heads


# How many pixels of what has the focus lie under the bar.
UNDER_THE_BAR = """() => Math.max(0, document.activeElement.getBoundingClientRect().bottom
  - document.querySelector(".save-bar").getBoundingClientRect().top)"""


def test_what_the_bar_says_covers_no_field_in_focus(stage: Stage) -> None:
    with stage.shown(State(name="question page", at="iso-9001/questions/9.2", of="demo")) as page:
        page.set_viewport_size({"width": 320, "height": 640})
        if not page.locator("#internal-audit-note").is_visible():
            page.locator("#internal-audit").get_by_text("Note and evidence").click()
        page.context.clear_cookies()
        page.locator("#internal-audit-note").fill("typed after the session was lost")
        page.keyboard.press("Tab")
        expect(page.locator("#saving")).to_have_attribute("data-state", "failing", timeout=15_000)
        assert page.locator(".save-bar").evaluate("each => each.offsetHeight") < 200
        for _ in range(4):
            assert page.evaluate("document.activeElement.matches('input, textarea')")
            page.wait_for_function(f"({UNDER_THE_BAR})() === 0")
            page.keyboard.press("Tab")


def test_twelve_questions_are_answered_with_a_thumb(chromium: Chromium, address: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(address + "/start")
    page.get_by_label("Name of your organisation").fill("Thumb & Co")
    page.get_by_label("ISO 9001").check()
    page.get_by_role("button", name="Start").tap()
    page.wait_for_url("**/a/*/")
    hub = page.url
    page.goto(hub + "iso-9001/questions/7.1")
    answered: list[str] = []
    while len(answered) < 12:
        assert "/questions/7." in page.url
        for name in page.evaluate(ASKED):
            option = page.locator(f'.option:has(> input[name="{name}"][value="in-use"])')
            option.scroll_into_view_if_needed()
            assert is_large(option)
            option.locator("label").first.tap()
            expect(page.locator("#saving")).to_contain_text("Saved")
            assert fits(page)
            onwards = page.get_by_role("button", name="Save and continue")
            assert is_large(onwards)
            assert stands_low(page, onwards)
            answered.append(name)
        with page.expect_navigation():
            onwards.tap()
        expect(page.locator("h1")).to_be_in_viewport()
    page.goto(hub + "history")
    assert page.locator("main").inner_text().count("In use") >= len(answered)
    context.close()


# The questions of a page that are not folded, by the name of their answers.
ASKED = """() => [...new Set([...document.querySelectorAll('input[type="radio"][value="in-use"]')]
  .filter((e) => !e.closest("details")).map((e) => e.name))]"""


def is_large(target: Locator) -> bool:
    """Tell whether a thumb meets it: 44 pixels high or more."""
    box = target.bounding_box()
    return box is not None and box["height"] >= 44


def stands_low(page: Page, button: Locator) -> bool:
    """Tell whether a button stands whole in the lowest fifth of the screen, where the thumb is."""
    box, size = button.bounding_box(), page.viewport_size
    return bool(box and size and 0.8 * size["height"] <= box["y"] and box["y"] + box["height"] <= size["height"])
