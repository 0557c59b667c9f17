"""What was chosen changes while a page is open: what was typed is saved or comes back, and the page says which."""

import pytest
from flask import Flask

from assessment.storage.answers import load_sheet
from assessment.web.wording.errors import ANOTHER_TAB
from tests.support.opener import Browser, Page

JSON = {"Accept": "application/json"}
CHANGES: dict[str, dict[str, str | None]] = {
    "the path": {"iso-9001-path": "quick"},
    "the edition": {"iso-9001-edition": "2015"},
    "the path and the edition": {"iso-9001-path": "quick", "iso-9001-edition": "2015"},
    "the standards": {"iso-9001-chosen": None},
}


def choose(browser: Browser, hub: str, changes: dict[str, str | None]) -> None:
    browser.send(browser.open(hub + "choices"), changes)


@pytest.fixture
def hub(browser: Browser) -> str:
    hub = browser.start()
    choose(browser, hub, {"iso-9001-path": "full", "iso-9001-edition": "2026"})
    return hub


def notes_of(page: Page) -> dict[str, str]:
    """A note for every question of a page."""
    return {name: f"typed for {name}" for name in page.fields() if name.endswith("-note")}


def stored(app: Flask, hub: str) -> dict[str, str]:
    with app.app_context():
        sheet, _ = load_sheet(hub.split("/")[2])
    return {f"{ref.partition('/')[2]}-note": answer.note for ref, answer in sheet.answers.items()}


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("address", ["iso-9001/questions/6.1", "iso-9001/questions/10.1"])
def test_every_note_of_an_open_page_is_saved_whatever_a_colleague_chooses_meanwhile(
    app: Flask, browser: Browser, hub: str, address: str, what: str
) -> None:
    page = browser.open(hub + address)
    typed = notes_of(page)
    assert len(typed) > 1
    choose(browser, hub, CHANGES[what])
    after = browser.send(page, typed, to=hub + address)
    assert stored(app, hub) == typed
    assert str(ANOTHER_TAB)[:40] not in after.text
    choose(browser, hub, {"iso-9001-chosen": "y", "iso-9001-path": "full", "iso-9001-edition": "2026"})
    again = browser.open(hub + address).fields()
    assert {name: again[name][0].strip() for name in typed} == typed


def test_answers_that_are_not_asked_now_are_shown_with_the_truth_about_them(browser: Browser, hub: str) -> None:
    page = browser.open(hub + "iso-9001/questions/6.1")
    choose(browser, hub, {"iso-9001-chosen": None})
    after = browser.send(page, notes_of(page))
    assert "ISO 9001 was taken out of this assessment while your page was open. Nothing is lost" in after.text
    assert all(text in after.text for text in notes_of(page).values())


def test_a_background_save_of_an_open_page_goes_on_after_the_change(app: Flask, browser: Browser, hub: str) -> None:
    page = browser.open(hub + "iso-9001/questions/10.1")
    token = {"csrf_token": page.fields()["csrf_token"][0]}
    choose(browser, hub, CHANGES["the standards"])
    for name, text in notes_of(page).items():
        data = {**token, name: text, name.replace("-note", "-version"): "0"}
        assert browser.client.post(hub + "iso-9001/questions/10.1", data=data, headers=JSON).status_code == 200
    assert stored(app, hub) == notes_of(page)


def test_two_people_are_still_not_overwritten_where_a_question_is_not_asked_now(browser: Browser, hub: str) -> None:
    address = hub + "iso-9001/questions/6.1"
    mine, theirs = browser.open(address), browser.open(address)
    browser.send(theirs, dict.fromkeys(notes_of(theirs), "theirs"))
    choose(browser, hub, CHANGES["the path and the edition"])
    conflict = browser.send(mine, notes_of(mine), to=address, status=409)
    assert "theirs" in conflict.text
    assert {name: conflict.fields()[name][0].strip() for name in notes_of(mine)} == notes_of(mine)


def test_a_mistake_on_an_open_page_brings_back_everything_typed_after_the_change(browser: Browser, hub: str) -> None:
    address = hub + "iso-9001/questions/6.1"
    page = browser.open(address)
    typed = notes_of(page)
    choose(browser, hub, CHANGES["the path"])
    first = next(iter(typed))
    wrong = {**typed, first.replace("-note", "-evidence-0-where"): "in the cellar"}
    again = browser.send(page, wrong, to=address, status=422)
    assert {name: again.fields()[name][0].strip() for name in typed} == typed


def test_what_was_typed_for_no_question_is_shown_to_be_copied(browser: Browser, hub: str) -> None:
    address = hub + "iso-9001/questions/6.1"
    page = browser.open(address)
    again = browser.send(page, {**notes_of(page), "withdrawn-note": "a long thought"}, status=422)
    assert "a long thought" in again.text
    kept = browser.send(again, {}, to=address)
    assert "a long thought" not in kept.text


def test_whoever_holds_the_assessment_is_not_told_that_they_do_not(browser: Browser, hub: str) -> None:
    gone = browser.open(hub + "iso-9001/questions/99.9", status=404)
    assert "This page is not part of the assessment now" in gone.text
    page = browser.open(hub + "profile/organisation")
    lost = browser.send(page, {"people": "12"}, to=hub + "profile/withdrawn", status=404)
    assert "The assessment is open here" in lost.text
    assert lost.fields()["people"][0].strip() == "12"


def test_a_page_that_saves_by_itself_says_where_the_text_is_once_the_cookie_is_gone(browser: Browser, hub: str) -> None:
    address = hub + "iso-9001/questions/6.1"
    page = browser.open(address)
    browser.client.delete_cookie("readiness")
    reply = browser.client.post(address, data={**page.fields(), **notes_of(page)}, headers=JSON)
    assert reply.status_code == 404
    (told,) = reply.get_json()["errors"]
    assert "What you typed stays on this page: leave it open" in told
    assert "below" not in told
    lost = browser.send(page, notes_of(page), status=404)
    assert "What you typed is below." in lost.text
    assert "This browser does not hold the assessment any longer" in lost.text
    assert "There is no such page" not in lost.text + told
    assert {name: lost.fields()[name][0].strip() for name in notes_of(page)} == notes_of(page)
