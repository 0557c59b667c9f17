"""A cookie and a form's token hold for their own session, and only as long as it does."""

import io
import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from assessment.storage.database import db
from assessment.web.shell.forms import is_token_right
from assessment.web.shell.session_cookie import SessionCookies
from tests.support.opener import Browser, Page, starting


def test_a_cookie_that_was_right_ends_all_the_same(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    browser.open(hub)
    app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(seconds=-1)
    browser.open(hub, status=404)
    app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(days=1)
    browser.open(hub)


def test_a_cookie_that_is_nearly_right_is_wrong(browser: Browser) -> None:
    hub = browser.start()
    right = browser.cookie()
    for wrong in (right[:-9] + ("A" if right[-9] != "A" else "B") + right[-8:], right + "A", right.upper(), "", "é"):
        browser.client.set_cookie("readiness", wrong)
        browser.open(hub, status=404)
    browser.client.set_cookie("readiness", right)
    browser.open(hub)


def test_a_token_is_right_in_its_own_session_only(app: Flask) -> None:
    one, other = Browser(app), Browser(app)
    token = one.open("/start").fields()["csrf_token"][0]
    other.open("/start")

    def right(cookies: dict[str, str], sent: str) -> bool:
        with app.test_request_context(method="POST", headers=cookies, data={"csrf_token": sent}):
            return is_token_right()

    ours, theirs = ({"Cookie": f"readiness={browser.cookie()}"} for browser in (one, other))
    assert [right(ours, token), right(theirs, token), right(ours, token)] == [True, False, True]
    for wrong in (token + " ", "", "x" * 100_000):
        assert not right(ours, wrong)
    assert not right({}, token)


@pytest.mark.parametrize("seconds", [2, 240, 3600, 400 * 24 * 3600])
def test_a_clock_that_was_ahead_shuts_nobody_out(browser: Browser, seconds: int) -> None:
    wall = time.time
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "time", lambda: wall() + seconds)
        hub = browser.start()
    browser.open(hub)
    browser.open("/")
    browser.send(browser.open(hub + "choices"), {"organisation": "Still mine"})
    assert "Still mine" in browser.open("/").text


def otherwise_signed(app: Flask, browser: Browser) -> None:
    """Have the browser hold a cookie that was signed with another key."""
    browser.client.set_cookie("readiness", browser.cookie())
    app.secret_key = "another-key-" * 4


def too_old(app: Flask, browser: Browser) -> None:
    """Have the browser hold a cookie that was signed 200 days ago."""
    signer = SessionCookies().get_signing_serializer(app)
    assert signer is not None
    then = time.time() - 200 * 24 * 3600
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "time", lambda: then)
        browser.client.set_cookie("readiness", str(signer.dumps(signer.loads(browser.cookie()))))


@pytest.mark.parametrize("unreadable", [otherwise_signed, too_old])
def test_a_cookie_that_cannot_be_read_is_left_alone_until_somebody_starts_something(
    app: Flask, browser: Browser, unreadable: Callable[[Flask, Browser], None]
) -> None:
    hub = browser.start("Mine from before")
    key = app.secret_key
    unreadable(app, browser)
    kept = browser.cookie()
    browser.open(hub, status=404)
    for address in ("/", "/start", "/import", "/verify", "/nowhere"):
        browser.client.get(address)
    browser.send(browser.open("/verify"), status=422)  # forms work meanwhile
    assert browser.cookie() == kept
    app.secret_key, app.config["PERMANENT_SESSION_LIFETIME"] = key, timedelta(days=400)
    browser.open(hub)
    assert "Mine from before" in browser.open("/").text


def test_a_new_start_works_over_a_cookie_that_cannot_be_read(app: Flask, browser: Browser) -> None:
    browser.start("Lost")
    otherwise_signed(app, browser)
    hub = browser.start("Found")
    browser.open(hub)
    assert browser.client.get_cookie("readiness-2") is None
    browser.send(browser.open(hub + "choices"), {"organisation": "Changed"})


def chosen_file(browser: Browser) -> Page:
    """The page that shows what an export holds, in a browser that has no session yet."""
    other = Browser(browser.client.application)
    document = other.client.get(other.start() + "export.json").data
    fields = {**browser.open("/import").fields(), "file": (io.BytesIO(document), "export.json")}
    return browser.checked(browser.client.post("/import", data=fields, content_type="multipart/form-data"), 200)


FIRST_VISITS: dict[str, tuple[Callable[[Browser], Page], str, dict[str, Any]]] = {
    "a start": (lambda browser: browser.open("/start"), "/start", starting("Once & Co")),
    "the sample": (lambda browser: browser.open("/"), "/demo", {}),
    "an import": (chosen_file, "/import", {}),
}


@pytest.mark.parametrize(("page", "to", "typed"), FIRST_VISITS.values(), ids=FIRST_VISITS)
def test_two_clicks_on_a_first_visit_make_one_assessment_that_the_browser_opens(
    app: Flask, browser: Browser, page: Callable[[Browser], Page], to: str, typed: dict[str, Any]
) -> None:
    shown = page(browser)

    def assessments() -> int:
        with app.app_context(), db.engine.connect() as connection:
            return int(connection.execute(text("SELECT count(*) FROM assessment")).scalar_one())

    before, cookie = assessments(), browser.cookie()
    first = browser.send(shown, typed, to=to)
    # The browser sent the second click before the first was answered, with the cookie it had then.
    browser.client.set_cookie("readiness", cookie)
    second = browser.send(shown, typed, to=to)
    assert second.path == first.path
    assert assessments() == before + 1
    assert first.path in browser.open("/").links()


def test_whoever_knows_the_cookie_of_a_first_visit_gets_nowhere_with_it(app: Flask, browser: Browser) -> None:
    page = browser.open("/start")
    thief = Browser(app)
    thief.client.set_cookie("readiness", browser.cookie())
    hub = browser.send(page, starting("Mine")).path
    thief.start("Another")
    thief.open(hub, status=404)
    assert json.dumps("Mine") not in thief.open("/").html
