"""What people do to a browser: Back, double clicks, two tabs, a slow or lost network. Nothing is saved twice or lost."""

import re

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, Route, expect

from tests.support.chromium import started

QUESTIONS = "iso-9001/questions/9.3"


@pytest.fixture
def hub(context: BrowserContext, address: str) -> str:
    return started(context, address, "Back & Forth")


@pytest.fixture
def page(context: BrowserContext, hub: str) -> Page:
    page = context.new_page()
    page.clock.install()
    page.goto(hub + QUESTIONS)
    page.locator("#management-review").get_by_text("Note and evidence").click()
    return page


def stored(page: Page, hub: str) -> str:
    return str(page.context.request.get(hub + QUESTIONS).text())


def says(page: Page, text: str) -> None:
    expect(page.locator("#saving")).to_contain_text(text, timeout=20_000)


def dialogs(page: Page) -> list[str]:
    """Agree to whatever the browser asks, and note what kind it was."""
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", agree)
    return asked


def test_a_double_click_starts_one_assessment(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + "/start")
    page.get_by_label("Name of your organisation").fill("Once Only Ltd")
    for standard in ("ISO 9001", "ISO 14001"):
        page.get_by_label(standard).check()
    page.get_by_role("button", name="Start").dblclick()
    # The second press ends the way that the first one led to; where the second leads is what a person sees.
    expect(page).to_have_url(re.compile("/a/[^/]+/$"), timeout=20_000)
    page.goto(address)
    assert page.get_by_role("link", name="Once Only Ltd").count() == 1


def test_a_double_click_makes_one_link(page: Page, hub: str) -> None:
    page.goto(hub + "share")
    page.get_by_label("Who is this link for?").fill("Ada")
    page.get_by_role("button", name="Make a link").dblclick()
    expect(page.locator("#link-address")).to_be_visible()
    page.goto(hub + "share")
    assert page.get_by_role("row").filter(has_text="Ada").count() == 1


def test_back_and_forward_show_what_is_saved(page: Page, hub: str) -> None:
    page.locator("#management-review").get_by_label("Defined").check()
    says(page, "Saved")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check your answers")
    page.go_back()
    expect(page.locator("#management-review").get_by_label("Defined")).to_be_checked()
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check your answers")
    assert "Defined" in page.inner_text("main")


def test_two_tabs_on_two_questions_are_no_conflict(page: Page, context: BrowserContext, hub: str) -> None:
    other = context.new_page()
    other.goto(hub + QUESTIONS)
    page.locator("#management-review").get_by_label("Defined").check()
    says(page, "Saved")
    other.locator("#review-dates").get_by_label("Informal").check()
    says(other, "Saved")
    other.get_by_role("button", name="Save and continue").click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("Check your answers")
    assert "Defined" in other.inner_text("main")
    assert "Informal" in other.inner_text("main")


def test_a_slow_network_keeps_the_order_and_the_last_word(page: Page, context: BrowserContext, hub: str) -> None:
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    slow = {"offline": False, "latency": 1_500, "downloadThroughput": 20_000, "uploadThroughput": 20_000}
    network.send("Network.emulateNetworkConditions", slow)
    note = page.locator("#management-review-note")
    note.press_sequentially("Slow but")
    note.blur()
    says(page, "Saving")
    page.locator("#management-review").get_by_label("Informal").check()
    note.press_sequentially(" sure", delay=20)
    page.locator("#management-review").get_by_label("Defined").check()
    says(page, "Saved")
    assert note.input_value() == "Slow but sure"
    network.send("Network.emulateNetworkConditions", {**slow, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})
    page.goto(hub + QUESTIONS)
    assert note.input_value() == "Slow but sure"
    expect(page.locator("#management-review").get_by_label("Defined")).to_be_checked()


def test_a_save_without_a_network_stays_on_the_page(page: Page, context: BrowserContext, hub: str) -> None:
    context.set_offline(True)
    page.locator("#management-review-note").fill("typed in the tunnel")
    page.get_by_role("button", name="Save and continue").click()
    says(page, "Not saved yet, retrying")
    assert page.locator("#management-review-note").input_value() == "typed in the tunnel"
    context.set_offline(False)
    says(page, "Saved")
    assert "typed in the tunnel" in stored(page, hub)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check your answers")


@pytest.mark.parametrize("meets", ["nobody", "a proxy without its server"])
def test_a_save_while_the_server_is_away_stays_on_the_page_and_is_made_good(page: Page, hub: str, meets: str) -> None:
    """The browser itself knows of a network, so only a try tells."""

    def away(route: Route) -> None:
        if meets == "nobody":
            route.abort()
        else:
            route.fulfill(status=502, body="Bad Gateway")

    page.route("**/questions/9.3", away)
    note = page.locator("#management-review-note")
    note.fill("typed while it was stopped")
    page.get_by_role("button", name="Save and continue").click()
    says(page, "Not saved yet, retrying")
    assert note.input_value() == "typed while it was stopped"
    page.unroute("**/questions/9.3")
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check your answers")
    assert "typed while it was stopped" in stored(page, hub)
    page.go_back()
    expect(note).to_have_value("typed while it was stopped")
    history = page.context.request.get(hub + "history/iso-9001/management-review").text()
    assert history.count("typed while it was stopped") == 1, "saved once, whatever was tried"


def test_back_after_an_error_that_was_mended_shows_what_is_stored(page: Page, hub: str) -> None:
    page.goto(hub + "profile/organisation")
    page.locator("#people").fill("many")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.reload()
    expect(page.locator("#people")).to_have_value("many")
    page.locator("#people").fill("12")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/profile/demand?*")
    page.go_back()
    expect(page.locator("#people")).to_have_value("12")
    assert page.locator(".error-summary").count() == 0


def test_back_after_an_answer_to_a_form_that_was_left_by_a_link_asks_nothing(page: Page, hub: str) -> None:
    page.goto(hub + QUESTIONS)
    page.evaluate("document.getElementById('management-review-note').value = 'x'.repeat(10_001)")
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.get_by_role("link", name="Overview", exact=True).click()
    page.wait_for_url(hub)
    page.go_back()
    expect(page.locator("#management-review-note")).to_have_value("")


def test_back_after_a_form_whose_address_takes_only_forms_leads_to_the_overview(page: Page, hub: str) -> None:
    page.goto(hub + "plan")
    page.evaluate(
        """at => { const form = Object.assign(document.createElement('form'), { method: 'post', action: at });
        document.body.append(form); form.submit(); }""",
        hub + "done",
    )
    page.wait_for_url(hub + "done")
    page.get_by_role("link", name="Downloads", exact=True).click()
    page.wait_for_url("**/downloads")
    page.go_back()
    expect(page).to_have_url(hub)


@pytest.mark.parametrize("sends", [True, False], ids=["sent", "left"])
def test_a_page_with_something_typed_asks_before_it_is_left_unless_it_is_sent(page: Page, hub: str, sends: bool) -> None:
    asked = dialogs(page)
    page.goto(hub + "profile/organisation")
    page.locator("#people").press_sequentially("12")
    if sends:
        page.get_by_role("button", name="Save and continue").click()
    else:
        page.get_by_role("link", name="Overview", exact=True).click()
    page.wait_for_url("**/profile/demand?*" if sends else hub)
    assert asked == ([] if sends else ["beforeunload"])


def test_a_search_is_left_without_a_word(page: Page, hub: str) -> None:
    asked = dialogs(page)
    page.goto(hub + "findings")
    page.locator("form[role=search] input:visible").first.press_sequentially("audit")
    page.get_by_role("link", name="Overview", exact=True).click()
    page.wait_for_url(hub)
    assert asked == []


def test_a_page_that_the_browser_kept_is_sent_as_a_new_save(page: Page, hub: str) -> None:
    """Chromium keeps no page that may not be stored; other browsers do, so their event is made by hand."""
    page.locator("#management-review-note").fill("first")
    page.clock.fast_forward(1_000)  # people rest
    says(page, "Saved")
    before = page.locator("input[name=save_key]").first.input_value()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert page.locator("input[name=save_key]").first.input_value() != before
    assert page.locator("input[name=follows]").first.input_value() == before
    page.locator("#management-review-note").fill("second")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check your answers")
    assert "second" in stored(page, hub)
