"""Whoever runs it sees what is asked for and how it stands, and nothing of a person."""

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from assessment.web.shell.access_log import LOG
from tests.support.opener import Browser
from tests.web.test_behind_a_proxy import PUBLIC, running

pytestmark = pytest.mark.usefixtures("database")


@contextmanager
def logging_app(folder: Path, form: str) -> Iterator[tuple[Flask, list[str]]]:
    """An app that writes lines, and the lines."""
    lines: list[str] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    handler = Keeping()
    LOG.addHandler(handler)
    try:
        with running(folder, log=form) as app:
            yield app, lines
    finally:
        LOG.removeHandler(handler)


def test_every_answer_leaves_a_line_without_anything_of_a_person(tmp_path: Path) -> None:
    with logging_app(tmp_path, "json") as (app, lines):
        browser = Browser(app)
        hub = browser.start("Muster & Söhne")
        shared = browser.send(browser.open(hub + "share"), {"label": "Kim"})
        (link,) = ("".join(each.itertext()).strip() for each in shared.all("textarea") if each.get("id") == "link-address")
        token = link.rpartition("/")[2]
        browser.open(f"/open/{token}")
        before = len(lines)
        answer = browser.client.get("/no/such/page?name=Muster", headers={"X-Forwarded-For": "203.0.113.7"})
        assert len(lines) == before + 1
        said = [json.loads(line) for line in lines]
        assert {tuple(each) for each in said} == {("time", "event", "method", "route", "status", "ms", "request")}
        assert (said[-1]["route"], said[-1]["status"]) == ("", 404)
        assert answer.headers["X-Request-Id"] == said[-1]["request"]
        assert {"/start", "/a/<assessment_id>/", "/a/<assessment_id>/share", "/open/<token>"} <= {
            each["route"] for each in said
        }
        assert len({each["request"] for each in said}) == len(said)
        everything = "\n".join(lines)
        for secret in (hub.split("/")[2], token, "Muster", "Kim", "203.0.113.7", "127.0.0.1", "no/such"):
            assert secret not in everything


def test_a_line_may_be_text(tmp_path: Path) -> None:
    with logging_app(tmp_path, "text") as (app, lines):
        app.test_client().get("/start")
        app.test_client().get("/nowhere")
        first, second = lines
        assert re.fullmatch(r"2026-11-24T09:00:00\.000\+00:00 GET /start 200 [\d.]+ ms [0-9a-f]{16}", first)
        assert re.search(r" - - 404 ", second)


def test_no_line_is_written_unless_it_is_asked_for(tmp_path: Path) -> None:
    with logging_app(tmp_path, "no") as (app, lines):
        assert "X-Request-Id" not in app.test_client().get("/start").headers
        assert lines == []


def test_figures_are_shown_where_that_is_asked_for(app: Flask, tmp_path: Path) -> None:
    assert app.test_client().get("/metrics").status_code == 404
    with running(tmp_path / "metrics", public_url=PUBLIC, metrics=True) as watched:
        browser = watched.test_client()
        answer = browser.get("/metrics", headers={"Host": "10.0.0.7:8000"})  # as Prometheus asks
        assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
        lines = answer.text.splitlines()
        figures = dict(line.split() for line in lines if not line.startswith("#") and "{" not in line)
        assert figures["iso_readiness_ready"] == "1"
        assert figures["iso_readiness_assessments"] == "0"
        assert int(figures["iso_readiness_database_bytes"]) > 100_000
        assert all(f"# TYPE {name} gauge" in lines and any(f"# HELP {name} " in line for line in lines) for name in figures)
        assert any(line.startswith('iso_readiness_build_info{version="') for line in lines)
