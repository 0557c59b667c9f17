"""What a worksheet says is to be done stands in the plan, and is one thing there and in its line."""

import pytest
from flask import Flask

from tests.support.opener import Browser
from tests.web.test_worksheets import LINES, WORKSHEET, add, change, stored

ACTION = {"what": "Second stage for the scrubber", "owner": "Kim", "due": "2027-02-01"}
KEY = "environmental-review/K1"


def test_an_action_of_a_worksheet_is_a_step_of_the_plan_with_owner_and_day(browser: Browser) -> None:
    hub = browser.start()
    assert "From your worksheets" not in browser.open(hub + "plan").text
    add(browser, hub, "D", {"title": "Permit"})
    add(browser, hub, "K", {**ACTION, "for": ("D1",)})
    page = browser.open(hub + "plan")
    assert "From your worksheets K1 Second stage for the scrubber" in page.text
    assert "For: D1 Permit" in page.text
    assert "1 Feb 2027 Kim" in page.text
    assert hub + LINES + "K1" in page.links()


@pytest.mark.broad
def test_done_in_the_plan_is_done_in_the_worksheet_and_taken_back_there_it_is_open_here(browser: Browser, app: Flask) -> None:
    hub = browser.start()
    add(browser, hub, "K", ACTION)
    before = browser.open(hub + "plan")
    page = browser.send(before, {"step": f"{KEY} 1"}, to=hub + "done")
    assert "Saved" in page.text
    assert stored(app, hub)["K1"]["done"] == "2026-11-24"
    assert "Not done: Second stage" in page.text
    # Pressed twice, or on a page from before: nothing more happens, and it is said.
    assert "changed" in browser.send(before, {"step": f"{KEY} 1"}, to=hub + "done", status=409).text
    change(browser, browser.open(hub + LINES + "K1"), {"done": ""})
    assert "Done: Second stage" in browser.open(hub + "plan").text
    assert "done" not in stored(app, hub)["K1"]


def test_an_action_is_found_by_the_filters_of_the_plan(browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "K", ACTION)
    for wanted, there in (
        ("owner=Kim", True),
        ("month=2027-02", True),
        ("month=2027-03", False),
        ("doing=done", False),
        ("standard=iso-14001", True),
        ("standard=iso-9001", False),
    ):
        assert ("Second stage for the scrubber" in browser.open(f"{hub}plan?{wanted}").text) is there, wanted


def test_the_row_of_a_step_says_how_many_parts_of_its_worksheet_are_complete(browser: Browser) -> None:
    hub = browser.start()
    assert "Environmental review: not begun" in browser.open(hub + "plan").text
    add(browser, hub, "H", {"control": "Scrubber"})
    missing = browser.open(hub + WORKSHEET + "practice").text
    assert "1 of 11 parts begun, 0 complete" in browser.open(hub + "plan").text, missing
    assert hub + WORKSHEET in browser.open(hub + "plan").links()


def test_a_key_of_no_action_is_not_found(browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "A", {"name": "Works"})
    for key in ("environmental-review/K9", "environmental-review/A1", "nowhere/K1"):
        browser.send(browser.open(hub + "plan"), {"step": f"{key} 1"}, to=hub + "done", status=404)
