"""Sessions on the server: one follows another, each can be seen and ended, and looking stays looking."""

import time
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from assessment.storage.compiled import Prepared
from assessment.storage.database import db, writing
from assessment.storage.schema import HEAD, migrate
from tests.support.apps import NOW
from tests.support.opener import Browser, starting


def shared_link(browser: Browser, hub: str, label: str = "Kim") -> str:
    made = browser.send(browser.open(hub + "share"), {"label": label})
    (link,) = ("".join(each.itertext()).strip() for each in made.all("textarea") if each.get("id") == "link-address")
    return link.removeprefix("http://localhost")


def copied(app: Flask, browser: Browser) -> Browser:
    """A browser with a copy of another's cookie."""
    copy = Browser(app)
    copy.client.set_cookie("readiness", browser.cookie())
    return copy


def test_opening_a_link_ends_the_cookie_from_before_and_keeps_what_it_opened(app: Flask, browser: Browser) -> None:
    kim = Browser(app)
    own = kim.start("Kim's own")
    thief = copied(app, kim)
    theirs = browser.start("Shared")
    before = kim.cookie()
    kim.send(kim.open(shared_link(browser, theirs)))
    assert kim.cookie() != before
    for hub in (own, theirs):
        kim.open(hub)
        thief.open(hub, status=404)
    assert {own, theirs} <= set(kim.open("/").links())


def test_a_link_opened_with_two_clicks_or_again_after_a_lost_answer_loses_nothing(app: Flask, browser: Browser) -> None:
    kim = Browser(app)
    own, theirs = kim.start("Kim's own"), browser.start("Shared")
    link, before = shared_link(browser, theirs), kim.cookie()
    page = kim.open(link)
    for _ in range(2):  # neither answer reaches the browser, so that it sends the cookie it had
        kim.send(page, follow=False, status=303)
        kim.client.set_cookie("readiness", before)
    kim.open(own)
    kim.send(page)
    kim.send(kim.open(link))
    for hub in (own, theirs):
        kim.open(hub)


def test_a_form_sent_again_after_a_link_was_opened_is_still_the_same_form(app: Flask, browser: Browser) -> None:
    kim = Browser(app)
    page = kim.open("/start")
    first = kim.send(page, starting("Once")).path
    kim.send(kim.open(shared_link(browser, browser.start("Shared"))))
    assert kim.send(page, starting("Once")).path == first


def test_a_person_sees_their_browsers_and_ends_one_or_all_others(app: Flask, browser: Browser) -> None:
    hub = browser.start("Shared")
    link = shared_link(browser, hub)
    desk, phone, lost = Browser(app), Browser(app), Browser(app)
    agents = (
        "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0",
        "Mozilla/5.0 (iPhone) Version/18.0 Mobile Safari/1",
        "",
    )
    for each, agent in zip((desk, phone, lost), agents, strict=True):
        each.client.environ_base["HTTP_USER_AGENT"] = agent
        each.send(each.open(link))
    own = lost.start("Of the lost one's own")
    listed = desk.open("/browsers")
    for name in ("Firefox on Windows", "Safari on iPhone", "does not say its name", "24 November 2026", "This browser"):
        assert name in listed.text, name
    assert "Of the lost" not in listed.text
    assert browser.open("/browsers").text.count("Shared") == 1  # whoever started it came in another way
    handles = [each.get("value") for each in listed.all("input") if each.get("name") == "which"]
    assert len(handles) == 3
    assert handles[-1] == "others"
    desk.send(listed, {"which": handles[0]}, to="/browsers/end")
    desk.send(listed, {"which": handles[0]}, to="/browsers/end")
    assert sorted(each.client.get(hub).status_code for each in (phone, lost)) == [200, 404]
    desk.send(listed, {"which": "others"}, to="/browsers/end")
    for each in (phone, lost):
        each.open(hub, status=404)
    desk.open(hub)
    browser.open(hub)
    lost.open(own)  # what it holds in a way of its own stays


def test_a_browser_that_just_opened_a_link_is_one_browser_and_ends_no_part_of_itself(app: Flask, browser: Browser) -> None:
    own = browser.start("Kim's own")
    owner, other = Browser(app), Browser(app)
    link = shared_link(owner, owner.start("Shared by link"))
    other.send(other.open(link))
    browser.send(browser.open(link), follow=False, status=303)  # and before any page of the assessment is opened
    listed = browser.open("/browsers")
    assert listed.text.count("This browser") == 1
    assert len([form for form in listed.all("form") if form.get("action") == "/browsers/end"]) == 2  # the other, and all others
    browser.send(listed, {"which": "others"}, to="/browsers/end")
    browser.open(own)


def test_a_browser_that_is_forgotten_opens_nothing_and_neither_does_a_copy_of_its_cookie(app: Flask, browser: Browser) -> None:
    hub = browser.start("Private")
    thief = copied(app, browser)
    page = browser.open("/browsers")
    assert "Only this browser can open these" in page.text
    assert browser.client.post("/browsers/forget", data={"csrf_token": "no"}).status_code == 400
    browser.open(hub)
    assert "Private" not in browser.send(page, to="/browsers/forget").text
    assert browser.client.get_cookie("readiness") is None or "browser" not in browser.cookie()
    for each in (browser, thief):
        each.open(hub, status=404)
    thief.start("Mine")
    again = browser.start("New")
    thief.open(again, status=404)


def test_an_ended_browser_begins_anew_where_no_copy_of_its_cookie_gets(app: Flask, browser: Browser) -> None:
    hub = browser.start("Shared")
    link = shared_link(browser, hub)
    desk, phone = Browser(app), Browser(app)
    for each in (desk, phone):
        each.send(each.open(link))
    thief = copied(app, phone)
    desk.send(desk.open("/browsers"), {"which": "others"}, to="/browsers/end")
    again = phone.start("Of the phone's own")
    phone.open(again)
    thief.open(again, status=404)


def statements(app: Flask, browser: Browser, address: str) -> list[str]:
    """What is asked of the database for a page, in order, without reading into transactions."""
    asked: list[str] = []
    execute = Prepared._execute

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    def run(prepared: Prepared, *given: Any) -> Any:
        asked.append(str(prepared._statement))
        return execute(prepared, *given)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Prepared, "_execute", run)
        browser.open(address)
    with app.app_context():
        event.remove(db.engine, "before_cursor_execute", note)
    return asked


def test_the_use_of_a_browser_is_noted_once_an_hour_and_else_reading_writes_nothing(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    later = NOW + timedelta(minutes=59)
    app.extensions["clock"] = lambda: later
    asked = statements(app, browser, hub + "results")
    assert asked
    assert not [each for each in asked if not each.startswith("SELECT")]
    assert not [each for each in asked if "FROM browser_session" in each]  # it comes along with the assessment
    app.extensions["clock"] = lambda: NOW + timedelta(hours=2)
    assert [each for each in statements(app, browser, hub + "results") if each.startswith("UPDATE browser_session")]
    assert not [each for each in statements(app, browser, hub + "results") if not each.startswith("SELECT")]
    assert "11:00" in browser.open("/browsers").text


def test_a_line_says_that_only_this_browser_opens_it_until_there_is_another_way(app: Flask, browser: Browser) -> None:
    line = "Only this browser can open this assessment"
    pages = ("", "results", "findings", "plan", "iso-9001/questions/9.2")
    hub = browser.start()
    assert line not in browser.open(hub).text
    browser.send(browser.open(hub + "iso-9001/questions/9.2"), {"internal-audit-answer": "defined"})
    assert all(line in browser.open(hub + each).text for each in pages)
    made = browser.send(browser.open(hub + "share"), {"label": "Kim", "last_day": "2026-12-24"})
    assert line not in made.text
    link = shared_link(browser, hub, "Kim's phone")
    assert not [each for each in pages if line in browser.open(hub + each).text]
    kim = Browser(app)
    kim.send(kim.open(link))
    assert line not in kim.open(hub).text
    another = browser.start("Exported")
    browser.send(browser.open(another + "iso-9001/questions/9.2"), {"internal-audit-answer": "defined"})
    assert line in browser.open(another + "plan").text
    browser.client.get(another + "export.json")
    assert not [each for each in pages if line in browser.open(another + each).text]


def test_what_a_server_of_the_version_before_let_in_stays_in(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("DELETE FROM browser_session"))  # it writes grants alone
    browser.start("Another")
    browser.open(hub)
    assert "Another" in browser.open("/browsers").text


def test_a_cookie_from_before_the_upgrade_opens_what_it_opened(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    with app.app_context():
        for target in ("0005", HEAD):
            with writing() as connection:
                migrate(connection, target)
    browser.open(hub)
    assert "This browser" in browser.open("/browsers").text


def test_whoever_comes_back_on_any_page_keeps_the_cookie_for_another_half_year(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    browser.open(hub)
    first, wall = browser.cookie(), time.time
    for hours, same in ((3, True), (30, False)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(time, "time", lambda hours=hours: wall() + hours * 3600)
            app.extensions["clock"] = lambda hours=hours: NOW + timedelta(hours=hours)
            browser.open(hub + "iso-9001/questions/9.2")
        assert (browser.cookie() == first) is same
