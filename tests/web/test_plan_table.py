"""The plan as a table: done in the row, and filters as addresses."""

import re

from flask import Flask

from assessment.domain.rights import Role
from tests.support.assessments import joined
from tests.support.opener import Browser, Page


def rows(page: Page) -> dict[str, str]:
    """The words of each row by its id."""
    found = {}
    for each in page.all("tr"):
        if (each.get("id") or "").startswith("row-"):
            found[each.get("id")] = " ".join("".join(each.itertext()).split())
    return found


def buttons(page: Page) -> list[str]:
    """What the button of each row says: the key of its step and the version it saw."""
    return [each.get("value") for each in page.all("button") if each.get("form") == "done"]


def mark(browser: Browser, page: Page, said: str, *, status: int = 200) -> Page:
    """Press the button of a row."""
    (form,) = (each for each in page.all("form") if each.get("id") == "done")
    return browser.send(page, {"step": said}, to=form.get("action"), status=status)


def test_done_is_marked_in_the_row_said_to_be_saved_and_taken_back(browser: Browser, demo: str) -> None:
    page = browser.open(demo + "plan")
    count = len(rows(page))
    assert len(buttons(page)) == count > 30
    assert f"To do {count}" in page.text
    saved = mark(browser, page, buttons(page)[0])
    (marked,) = (text for text in rows(saved).values() if "Saved" in text)
    assert "24 Nov 2026" in marked
    assert "Done 1" in saved.text
    assert f"To do {count - 1}" in saved.text
    again = mark(browser, saved, buttons(saved)[0])
    assert "Done 0" in again.text
    (marked,) = (text for text in rows(again).values() if "Saved" in text)
    assert "24 Nov 2026" not in marked.partition(" to ")[0]


def test_marking_a_step_keeps_its_owner_and_due_date(browser: Browser, demo: str) -> None:
    page = browser.open(demo + "plan")
    step = demo + "plan/" + buttons(page)[0].partition(" ")[0]
    browser.send(browser.open(step), {"owner": "Kim Lee", "due": "2027-01-31"})
    page = browser.open(demo + "plan?doing=open&owner=Kim+Lee")
    assert len(rows(page)) == 1
    back = mark(browser, page, buttons(page)[0])
    assert rows(back) == {}  # the filter stays
    fields = browser.open(step).fields()
    assert (fields["owner"], fields["due"], fields["done_on"]) == (["Kim Lee"], ["2027-01-31"], ["2026-11-24"])


def test_what_somebody_changed_meanwhile_is_not_overwritten(browser: Browser, demo: str) -> None:
    page = browser.open(demo + "plan")
    step = demo + "plan/" + buttons(page)[0].partition(" ")[0]
    browser.send(browser.open(step), {"owner": "Kim Lee"})
    late = mark(browser, page, buttons(page)[0], status=409)
    assert "This step was changed since you opened the page" in late.text
    assert browser.open(step).fields()["done_on"] == [""]
    assert "Kim Lee" in late.text


def test_filters_stand_in_the_address_with_start_and_pace(browser: Browser, demo: str) -> None:
    whole = len(rows(browser.open(demo + "plan")))
    page = browser.open(demo + "plan?days=5&standard=iso-9001&doing=open")
    titles = rows(page)
    assert 0 < len(titles) < whole
    assert all("ISO 9001" in text for text in titles.values())
    links = [link for link in page.links() if "doing=done" in link]
    assert links
    assert all("days=5" in link and "standard=iso-9001" in link for link in links)
    everything = browser.open(demo + "plan?standard=zebra&doing=perhaps&month=soon")
    assert len(rows(everything)) == whole
    month = re.findall(r'<option value="(\d{4}-\d{2})"', everything.html)[1]
    assert 0 < len(rows(browser.open(demo + f"plan?month={month}"))) < whole


def test_whoever_may_not_plan_has_no_button(app: Flask, browser: Browser, demo: str) -> None:
    page = joined(app, demo, Role.READER).open(demo + "plan")
    assert len(rows(page)) > 30
    assert buttons(page) == []


def test_what_sets_the_date_is_marked_and_is_few(browser: Browser, demo: str) -> None:
    page = browser.open(demo + "plan")
    marked = [text for text in rows(page).values() if "Sets the date" in text]
    # Of a plan at two days a week nearly every step holds the date; the mark means those that no number of people shortens.
    assert re.search(r"(\d+) steps hold this date at this pace", page.text)
    held = int(re.findall(r"(\d+) steps hold this date at this pace", page.text)[0])
    assert 0 < len(marked) < 10 < held
    always = re.findall(r"However many people work, these (\d+) set it: ", page.text)
    assert len(marked) == max(map(int, always))
    said = re.findall(r"However many people work, these \d+ set it: (.*?)\.", page.text)
    for title in re.findall(r"“([^”]+)”", " ".join(said)):
        assert any(title in text for text in marked), title
