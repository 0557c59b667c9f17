"""Each security event leaves one line that says what happened, and nothing of a person."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import insert

from assessment import now_utc
from assessment.storage.database import writing
from assessment.storage.tables import session_grant
from assessment.web.shell.limits import MOST, count_attempts
from assessment.web.shell.security_log import LOG, SecurityEvent
from tests.support.opener import Browser, starting
from tests.web.test_browsers import shared_link


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """What is written while a test runs."""
    written: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: written.append(record.getMessage())  # type: ignore[method-assign]
    LOG.addHandler(handler)
    yield written
    LOG.removeHandler(handler)


def test_every_event_leaves_a_line_without_a_name_an_id_or_a_token(app: Flask, browser: Browser, lines: list[str]) -> None:
    hub = browser.start("Muster & Söhne")
    link = shared_link(browser, hub, "Kim Novak")
    kim = Browser(app)
    kim.send(kim.open(link))
    for browser_of_kim in (kim, kim):
        browser_of_kim.send(browser_of_kim.open("/browsers"), {"which": "others"}, to="/browsers/end")
    kim.send(kim.open(hub + "share"), {"label": "Lee"})
    kim.client.post(hub + "delete", data={"csrf_token": kim.open(hub + "share").fields()["csrf_token"][0]})
    document = browser.client.get(hub + "export.json").data
    fields = {**kim.open("/import").fields(), "file": (io.BytesIO(document), "export.json")}
    page = kim.checked(kim.client.post("/import", data=fields, content_type="multipart/form-data"), 200)
    kim.send(page, to="/import")
    shares = browser.open(hub + "share")
    revoke = next(form.get("action") for form in shares.all("form") if (form.get("action") or "").endswith("/revoke"))
    browser.send(shares, to=revoke)
    kim.open(link, status=404)
    browser.send(browser.open(hub + "delete"))
    browser.send(browser.open(hub + "delete"), to=hub + "delete/undo")
    count_attempts(app, {**MOST, "start": 0})
    met = browser.send(browser.open("/start"), starting("More"), status=429)
    kim.send(kim.open("/browsers"), to="/browsers/forget")

    said = [json.loads(line) for line in lines]
    assert {each["event"] for each in said} == {event.value for event in SecurityEvent}
    for each in said:
        assert each.keys() == {"time", "event", "method", "route", "request"}
        assert each["time"].startswith("2026-11-24T09:00:00")
    redeemed = next(each for each in said if each["event"] == "link-redeemed")
    assert (redeemed["method"], redeemed["route"]) == ("POST", "/open/<token>")
    limited = next(each for each in said if each["event"] == "limit-met")
    assert met.response.headers["X-Request-Id"] == limited["request"]
    whole = "\n".join(lines)
    for secret in ("Muster", "Kim", "Lee", hub.split("/")[2], link.rpartition("/")[2], browser.cookie(), "127.0.0.1"):
        assert secret not in whole, secret


def test_a_page_that_is_only_looked_at_leaves_no_line(browser: Browser, lines: list[str]) -> None:
    browser.open(browser.start() + "results")
    assert lines == []


def test_a_fault_of_ours_is_logged_without_the_address_and_what_was_written(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    hub = browser.start()
    link = shared_link(browser, hub, "Kim Novak")
    app.testing = False

    def fail(*_: object, **__: object) -> None:
        with writing() as connection:
            row = {"session_sha256": "x", "assessment_id": "nobody's", "role": "a note in confidence"}
            connection.execute(insert(session_grant), {**row, "granted_at": now_utc()})

    monkeypatch.setattr("assessment.web.people.sharing.redeem_link", fail)
    page = browser.send(browser.open(link), status=500)
    said = caplog.text
    assert f"/open/<token> [POST], request {page.response.headers['X-Request-Id']}" in said
    assert "IntegrityError" in said
    assert link.rpartition("/")[2] not in said
    assert "confidence" not in said
