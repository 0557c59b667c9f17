"""What people enter is taken as they mean it: breaks nobody sees, numbers in groups, days of their own."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from assessment.domain.answers import Answer, Evidence
from assessment.storage.answers import save_answers
from assessment.storage.merge_save import Proposed
from assessment.storage.profiles import load_profile
from tests.support.apps import NOW
from tests.support.opener import Browser

PAGE = "iso-9001/questions/9.2"


@pytest.mark.parametrize("soft", ["\x0b", "\x0c", "\x85", "\u2028"])
def test_a_soft_break_pasted_from_slides_is_a_line_break_and_on_one_line_a_blank(browser: Browser, soft: str) -> None:
    hub = browser.start()
    browser.send(
        browser.open(hub + PAGE),
        {"audit-programme-note": f"first{soft}second", "audit-programme-evidence-0-title": f"Audit{soft}plan", "save": "later"},
    )
    kept = browser.open(hub + PAGE).fields()
    assert kept["audit-programme-note"][0].strip() == "first\nsecond"
    assert kept["audit-programme-evidence-0-title"] == ["Audit plan"]


def test_a_soft_break_that_came_with_an_export_is_a_line_break_wherever_it_is_shown(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    soft = Answer(note="first\x0bsecond", evidence=(Evidence(title="Audit\x0cplan"),))
    with app.app_context():
        proposed = Proposed(key="iso-9001/internal-audit", value=soft, base_version=0)
        save_answers(hub.split("/")[2], [proposed], who="somebody", at=NOW)
    file = io.BytesIO(browser.client.get(hub + "export.json").data)
    fields = {**browser.open("/import").fields(), "file": (file, "export.json")}
    shown = browser.checked(browser.client.post("/import", data=fields, content_type="multipart/form-data"), 200)
    copy = browser.send(shown).path
    for page in (PAGE, "iso-9001/check/9", "history/iso-9001/internal-audit", "history", "summary"):
        html = browser.open(copy + page).html
        assert "\x0b" not in html, page
        assert "\x0c" not in html, page
    assert "first\nsecond" in browser.open(copy + "iso-9001/check/9").html
    browser.send(browser.open(copy + PAGE), {"internal-audit-answer": "defined", "save": "later"})
    assert browser.open(copy + PAGE).fields()["internal-audit-note"][0].strip() == "first\nsecond"


@pytest.mark.parametrize("typed", ["1,200", "1.200", "1 200", "1\u202f200", "1\u00a0200", "1'200", "1’200"])
def test_people_are_counted_however_their_number_is_written(app: Flask, browser: Browser, typed: str) -> None:
    hub = browser.start()
    browser.send(browser.open(hub + "profile/organisation"), {"people": typed})
    with app.app_context():
        assert load_profile(hub.split("/")[2])[0].people() == 1200


@pytest.mark.parametrize("typed", ["1,2", "1.20", "12 34"])
def test_a_number_that_can_be_read_in_two_ways_comes_back_with_the_way_to_write_it(browser: Browser, typed: str) -> None:
    hub = browser.start()
    again = browser.send(browser.open(hub + "profile/organisation"), {"people": typed}, status=422)
    assert f"“{typed}” can be read in two ways. Write the whole number with digits only" in again.text
    assert again.fields()["people"] == [typed]


def test_a_number_with_a_fraction_comes_back_with_the_way_to_write_it(browser: Browser) -> None:
    hub = browser.start()
    again = browser.send(browser.open(hub + "profile/organisation"), {"people": "1,200.50"}, status=422)
    assert "Only whole numbers are taken: write “1,200.50” without what comes after its last mark" in again.text
    assert again.fields()["people"] == ["1,200.50"]


DATES = [
    (PAGE, "internal-audit-last_done"),
    (PAGE, "audit-programme-evidence-0-dated"),
    ("profile/demand", "deadline-iso-9001"),
    ("share", "last_day"),
]


@pytest.fixture(scope="module")
def new(shared: Browser) -> str:
    """An assessment in which nothing is answered, and nothing will be."""
    return shared.start()


@pytest.mark.parametrize(("address", "field"), DATES)
@pytest.mark.parametrize("day", ["0026-03-01", "0202-03-01", "1899-12-31", "2101-01-01"])
def test_a_year_that_lost_a_digit_is_refused_asking_for_four(
    shared: Browser, new: str, address: str, field: str, day: str
) -> None:
    typed = {field: day, "audit-programme-evidence-0-title": "Audit plan", "label": "Kim"}
    page = shared.open(new + address)
    again = shared.send(page, {name: text for name, text in typed.items() if name in page.fields()}, status=422)
    assert "write the year with four digits, from 1900 to 2100" in again.text
    assert again.fields()[field] == [day]


def test_evidence_is_not_of_a_day_to_come(browser: Browser) -> None:
    hub = browser.start()
    typed = {"audit-programme-evidence-0-title": "Audit plan", "audit-programme-evidence-0-dated": "2062-03-01"}
    again = browser.send(browser.open(hub + PAGE), typed, status=422)
    assert "Its date: this day is still to come." in again.text
    assert again.fields()["audit-programme-evidence-0-dated"] == ["2062-03-01"]


@pytest.mark.parametrize(("hours_from_utc", "at"), [(14, 11), (14, 23), (-12, 0), (-12, 11)])
def test_today_is_taken_wherever_on_earth_one_is(app: Flask, browser: Browser, hours_from_utc: int, at: int) -> None:
    now = datetime(2026, 11, 24, at, tzinfo=UTC)
    app.extensions["clock"] = lambda: now
    today = str((now + timedelta(hours=hours_from_utc)).date())
    hub = browser.start()
    done = {
        "internal-audit-last_done": today,
        "audit-programme-evidence-0-title": "Audit plan",
        "audit-programme-evidence-0-dated": today,
        "save": "later",
    }
    browser.send(browser.open(hub + PAGE), done)
    made = browser.send(browser.open(hub + "share"), {"label": "Kim", "role": "reader", "last_day": today})
    kim = Browser(app)
    kim.client.set_cookie("language", "en")
    (address,) = ("".join(each.itertext()).strip() for each in made.all("textarea") if each.get("id") == "link-address")
    kim.send(kim.open(address[address.index("/open/") :]))
    when = datetime.fromisoformat(today)
    assert f"Works until {when:%-d %B %Y}" in browser.open(hub + "share").text


def test_a_day_that_was_stored_before_stays_until_another_is_typed(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + PAGE)
    app.extensions["clock"] = lambda: datetime(2030, 1, 1, tzinfo=UTC)
    browser.send(page, {"internal-audit-last_done": "2029-12-01", "save": "later"})
    app.extensions["clock"] = lambda: datetime(2026, 11, 24, tzinfo=UTC)
    browser.send(browser.open(hub + PAGE), {"internal-audit-note": "more", "save": "later"})
    assert browser.open(hub + PAGE).fields()["internal-audit-note"][0].strip() == "more"
    browser.send(browser.open(hub + PAGE), {"internal-audit-last_done": "2029-12-02"}, status=422)
