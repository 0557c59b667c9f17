"""A PostgreSQL that says nothing keeps no page waiting, first starts do not meet, and what lost is tried again."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from psycopg.sql import SQL, Identifier
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError

from assessment import create_app
from assessment.paths import shipped
from assessment.settings import Settings
from assessment.storage import postgresql
from assessment.storage.database import db
from assessment.storage.schema import HEAD, revision
from assessment.storage.signing_keys import signing_keys
from assessment.storage.upgrades import upgrade
from tests.support.apps import NOW, Opening, database_url, drop_database
from tests.support.databases import drop_on_server, new_on_server
from tests.support.opener import Browser

SERVER = os.environ.get("TEST_POSTGRESQL", "")


def on_postgresql(test: Callable[..., None]) -> Callable[..., None] | None:
    """Have a test where there is such a server; elsewhere it would prove nothing."""
    return test if SERVER else None


def application(url: str, folder: Path) -> Flask:
    settings = Settings(database_url=url, secret_key="", data=folder, content=shipped("questionnaires"))
    app = create_app(settings, clock=lambda: NOW)
    app.testing = True
    app.secret_key = "for-tests" * 9
    return app


@contextmanager
def silent() -> Iterator[int]:
    """The port of a server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def test_a_server_that_takes_connections_and_says_nothing_is_a_503(tmp_path: Path) -> None:
    with silent() as port:
        app = application(f"postgresql://me@127.0.0.1:{port}/readiness", tmp_path)
        client = app.test_client()
        assert client.get("/healthz").status_code == 200  # asks no database
        answer = client.get("/readyz")
        assert (answer.status_code, answer.get_json()["fault"]) == (503, "database")
        with app.app_context():
            db.engine.dispose()


class Gate:
    """Something between us and a server that can stop handing anything on, as where the server is frozen."""

    def __init__(self, host: str, port: int) -> None:
        self._to = (host, port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.is_open = threading.Event()
        self.is_open.set()
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        while True:
            try:
                here, _ = self._listening.accept()
            except OSError:
                return
            there = socket.create_connection(self._to)
            self._ends += [here, there]
            for one, other in ((here, there), (there, here)):
                threading.Thread(target=self._hand_on, args=(one, other), daemon=True).start()

    def _hand_on(self, one: socket.socket, other: socket.socket) -> None:
        try:
            while data := one.recv(65536):
                self.is_open.wait()
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)
        except OSError:
            return

    def close(self) -> None:
        self.is_open.set()
        for end in (self._listening, *self._ends):
            end.close()


@on_postgresql
def test_a_server_that_freezes_is_a_503_and_serves_again_when_it_wakes(app: Flask, tmp_path: Path) -> None:
    url = make_url(app.config["DATABASE_URL"])
    with closing(Gate(str(url.host), int(url.port or 5432))) as gate:
        through = application(url.set(host="127.0.0.1", port=gate.port).render_as_string(hide_password=False), tmp_path)
        browser = Browser(through)
        hub = browser.start("Before it froze")
        page = browser.open(hub + "iso-9001/questions/9.2")
        gate.is_open.clear()
        limits = (postgresql.SECONDS_FOR_A_SIGN_OF_LIFE, postgresql.SECONDS_FOR_AN_ANSWER, postgresql.SECONDS_TO_CONNECT)
        assert sum(limits) - postgresql.SECONDS_FOR_AN_ANSWER < 5
        kept = browser.send(page, {"internal-audit-note": "typed meanwhile"}, status=503)
        assert "typed meanwhile" in kept.html
        assert browser.client.get("/healthz").status_code == 200
        gate.is_open.set()
        browser.send(kept, {})
        assert "typed meanwhile" in browser.open(hub + "iso-9001/questions/9.2").html
        with through.app_context():
            db.engine.dispose()


@on_postgresql
def test_two_servers_that_start_on_an_empty_database_upgrade_it_once(app: Flask, tmp_path: Path) -> None:
    url = new_on_server(SERVER, like="template1")
    apps = [application(url, tmp_path / str(number)) for number in range(4)]
    with ThreadPoolExecutor(len(apps)) as threads:
        list(threads.map(lambda each: upgrade(each, at=NOW), apps))
    for each in apps:
        with each.app_context():
            assert revision() == HEAD
            assert len(signing_keys(NOW)) == 1
            db.engine.dispose()
    drop_on_server(SERVER, url)


@on_postgresql
def test_limits_hold_on_every_connection(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        said = [connection.execute(text(f"SHOW {name}")).scalar() for name in ("lock_timeout", "statement_timeout", "timezone")]
    assert said == ["4s", "20s", "UTC"]


def everything_in(url: str) -> dict[str, list[tuple[object, ...]]]:
    """What each table of a database holds."""
    with psycopg.connect(url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {name: connection.execute(SQL("SELECT * FROM {}").format(Identifier(name))).fetchall() for (name,) in tables}


@on_postgresql
def test_what_a_test_leaves_in_a_database_is_never_met_by_the_next(database: Opening, tmp_path: Path) -> None:
    url = database_url(tmp_path)
    new = everything_in(url)
    app = application(url, tmp_path)
    Browser(app).start()
    assert everything_in(url) != new
    with app.app_context():
        db.engine.dispose()
    drop_database(url)
    assert database_url(tmp_path) == url
    assert everything_in(url) == new
    drop_database(url)


@on_postgresql
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE more (id integer)",
        "DROP INDEX assessment_to_delete",
        "ALTER TABLE assessment ADD more integer",
        "ALTER TABLE answer ALTER content DROP NOT NULL",
        "ALTER TABLE assessment ADD CHECK (changes < 1000)",
        "ALTER ROLE readiness IN DATABASE {} SET timezone = 'Asia/Tokyo'",
        "CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    ],
)
def test_a_database_that_was_changed_is_given_to_nobody(database: Opening, tmp_path: Path, statement: str) -> None:
    url = database_url(tmp_path)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.format(make_url(url).database).encode())
    drop_database(url)
    another = database_url(tmp_path)
    assert another != url
    drop_database(another)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


@on_postgresql
def test_a_database_that_somebody_still_has_open_is_given_to_nobody(database: Opening, tmp_path: Path) -> None:
    url = database_url(tmp_path)
    with psycopg.connect(url):
        drop_database(url)
        another = database_url(tmp_path)
    assert another != url
    drop_database(another)


class Lost(psycopg.errors.SerializationFailure):
    """What PostgreSQL says of a transaction that lost against another."""

    sqlstate = "40001"


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(("times", "status"), [(0, 200), (1, 200), (3, 200), (4, 503)])
def test_what_lost_against_another_is_tried_again_and_saved_once(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch, times: int, status: int
) -> None:
    hub = browser.start()
    page = browser.open(hub + "iso-9001/questions/9.2")
    save: Callable[..., Any] = app.view_functions["questions.page"]
    calls = 0

    def losing(**parts: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls <= times:
            raise OperationalError("UPDATE", {}, Lost("could not serialize access"))
        return save(**parts)

    monkeypatch.setitem(app.view_functions, "questions.page", losing)
    browser.send(page, {"internal-audit-note": "once"}, status=status)
    monkeypatch.undo()
    assert calls >= min(times + 1, 4)
    with app.app_context(), db.engine.connect() as connection:
        saved = connection.execute(text("SELECT count(*) FROM change WHERE content LIKE '%once%'")).scalar()
    assert saved == (status == 200)
