"""A cookie and a form's token hold for their own session, and only as long as it does."""

from datetime import timedelta

from flask import Flask

from assessment.web.shell.forms import is_token_right
from tests.support.opener import Browser


def cookie_of(browser: Browser) -> str:
    found = browser.client.get_cookie("readiness")
    assert found is not None
    return found.value


def test_a_cookie_that_was_right_ends_all_the_same(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    browser.open(hub)
    app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(seconds=-1)
    browser.open(hub, status=404)
    app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(days=1)
    browser.open(hub)


def test_a_cookie_that_is_nearly_right_is_wrong(browser: Browser) -> None:
    hub = browser.start()
    right = cookie_of(browser)
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

    ours, theirs = ({"Cookie": f"readiness={cookie_of(browser)}"} for browser in (one, other))
    assert [right(ours, token), right(theirs, token), right(ours, token)] == [True, False, True]
    for wrong in (token + " ", "", "x" * 100_000):
        assert not right(ours, wrong)
    assert not right({}, token)
