"""Saving while people work, in a real browser: what the line says is true, and nothing is lost on the way.

Its clock runs ahead where people would rest.
"""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.support.chromium import started


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    hub = started(context, address, "Autosave & Sons")
    page = context.new_page()
    page.clock.install()
    page.goto(hub + "iso-9001/questions/9.2")
    page.locator("#internal-audit").get_by_text("Note and evidence").click()
    return page


# In milliseconds: the rest after which text is saved, and what is waited after a second failure.
REST, SECOND_WAIT = 1_000, 4_000


def note(page: Page, text: str, rest: int = REST) -> None:
    """Type a note, and rest: no time at all if something else follows at once."""
    page.locator("#internal-audit-note").fill(text)
    page.clock.fast_forward(rest)


def stored(page: Page) -> str:
    """What the server has, as another tab would see it."""
    return str(page.context.request.get(page.url).text())


def says(page: Page, text: str) -> None:
    expect(page.locator("#saving")).to_contain_text(text, timeout=15_000)


def test_text_is_saved_after_a_rest_and_a_choice_at_once(page: Page) -> None:
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 60"))
    note(page, "Only the workshop so far.", rest=REST - 1)
    assert "Only the workshop so far." not in stored(page)
    page.clock.fast_forward(1)
    says(page, "Saved")
    page.clock.resume()
    assert "Only the workshop so far." in stored(page)
    assert page.evaluate("document.activeElement.id") == "internal-audit-note"
    page.locator("#internal-audit").get_by_label("Informal").check()
    says(page, "Saved")
    expect(page.locator("#internal-audit [data-version]")).to_have_value("2")
    assert page.locator("#internal-audit").get_by_label("Informal").is_checked()
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue").click()
    assert "Two people" not in page.title()


def test_a_lost_network_is_told_and_made_good(page: Page, context: BrowserContext) -> None:
    context.set_offline(True)
    note(page, "typed in the tunnel")
    says(page, "Not saved yet, retrying")
    expect(page.get_by_role("button", name="Save now")).to_be_visible()
    note(page, "typed in the tunnel, and more", rest=0)
    context.set_offline(False)
    says(page, "Saved")
    assert "typed in the tunnel, and more" in stored(page)
    expect(page.get_by_role("button", name="Save now")).to_be_hidden()


def test_a_failing_server_is_retried_with_the_same_key(page: Page) -> None:
    keys: list[str] = []

    def fail_twice(route: object) -> None:
        keys.append(dict(pair.split("=", 1) for pair in route.request.post_data.split("&"))["save_key"])  # type: ignore[attr-defined]
        if len(keys) < 3:
            route.fulfill(status=503, body="{}")  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route("**/questions/9.2", fail_twice)
    note(page, "patience")
    says(page, "Not saved yet, retrying")
    with page.expect_response("**/questions/9.2"):
        page.get_by_role("button", name="Save now").click()
    page.clock.fast_forward(SECOND_WAIT)
    says(page, "Saved")
    assert len(keys) == 3
    assert len(set(keys)) == 1
    assert "patience" in stored(page)


def test_what_was_typed_just_before_leaving_is_saved(page: Page) -> None:
    address = page.url
    note(page, "last words", rest=0)
    page.goto("about:blank")
    for _ in range(750):  # what was sent on leaving may come after the page has gone
        if "last words" in page.context.request.get(address).text():
            break
        page.wait_for_timeout(20)
    page.goto(address)
    assert page.locator("#internal-audit-note").input_value() == "last words"


def test_a_reply_that_was_lost_is_no_conflict_with_oneself(page: Page) -> None:
    def lose(route: object) -> None:
        route.fetch()  # type: ignore[attr-defined]  # the server saves it
        route.abort()  # type: ignore[attr-defined]  # and nobody hears of it

    page.route("**/questions/9.2", lose, times=1)
    note(page, "Only th")
    says(page, "Not saved yet, retrying")
    note(page, "Only the workshop")
    says(page, "Saved")
    assert "Only the workshop" in stored(page)


def test_two_tabs_on_one_answer_see_both(page: Page, context: BrowserContext) -> None:
    other = context.new_page()
    other.goto(page.url)
    other.locator("#internal-audit").get_by_text("Note and evidence").click()
    note(other, "from the other tab")
    says(other, "Saved")
    note(page, "from this tab")
    says(page, "This answer was changed meanwhile")
    assert page.locator("#internal-audit-note").input_value() == "from this tab"
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue").click()
    assert "This answer was changed in another tab or browser" in page.inner_text("h1")
    assert "from the other tab" in page.inner_text("main")
    assert page.locator("#internal-audit-note").input_value() == "from this tab"


def test_a_stale_form_from_the_back_button_is_caught(page: Page) -> None:
    note(page, "first", rest=0)
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue").click()
    page.go_back()
    assert page.locator("#internal-audit-note").input_value() in ("first", "")
    note(page, "second")
    says(page, "Saved")
    assert "second" in stored(page)


def test_a_double_click_saves_once(page: Page) -> None:
    note(page, "twice", rest=0)
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue").dblclick()
    assert "Two people" not in page.title()


def test_a_reason_that_is_removed_is_saved_and_told_to_be_missing_by_line_and_button_alike(page: Page) -> None:
    page.goto(page.url.replace("9.2", "8.3.1"))
    page.locator("#design").get_by_label("Does not apply").check()
    reason = page.locator("#design-reason")
    reason.fill("Customers specify everything.")
    reason.blur()
    expect(page.locator("#saving")).to_have_attribute("data-state", "saved", timeout=15_000)
    expect(page.locator("#saving")).not_to_contain_text("reason")
    reason.fill("")
    reason.blur()
    says(page, "Saved; without a reason it stays open.")
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue").click()
    assert "Saved; without a reason it stays open." in page.locator(".notice-line").inner_text()
    assert "Nothing has been saved" not in page.inner_text("main")


def test_too_much_text_is_said_and_kept(page: Page) -> None:
    note(page, "x" * 10_001)
    says(page, "10,001 characters")
    assert len(page.locator("#internal-audit-note").input_value()) == 10_001
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
