"""What was proven about a cookie or a token is remembered, and never says more than it proved."""

from datetime import timedelta

from flask import Flask

from assessment.web.shell.sessions import LONGEST_TOKEN, is_token_of_this_session
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


def test_what_one_page_does_to_its_session_stays_out_of_what_is_remembered(app: Flask) -> None:
    one = Browser(app)
    one.start()
    cookie = cookie_of(one)
    with app.test_request_context(headers={"Cookie": f"readiness={cookie}"}) as context:
        context.session["browser"] = "somebody else"
    with app.test_request_context(headers={"Cookie": f"readiness={cookie}"}) as context:
        assert context.session["browser"] != "somebody else"


def test_a_token_that_was_right_is_right_in_its_own_session_only(app: Flask) -> None:
    one, other = Browser(app), Browser(app)
    token = one.open("/start").fields()["csrf_token"][0]
    other.open("/start")

    def right(browser: Browser, sent: str) -> bool:
        with app.test_request_context(headers={"Cookie": f"readiness={cookie_of(browser)}"}):
            return is_token_of_this_session(sent)

    assert [right(one, token), right(other, token), right(one, token)] == [True, False, True]
    assert not right(one, token + " ")
    assert not right(one, "")
    assert not right(one, "x" * (LONGEST_TOKEN + 1))
    with app.test_request_context():
        assert not is_token_of_this_session(token)
