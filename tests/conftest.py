"""One app over the shipped content, and one page opener that holds every page to the basics."""

import atexit
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import psycopg
import pytest
from flask import Flask
from sqlalchemy import make_url

from assessment import create_app
from assessment.content import load
from assessment.domain.library import Library
from assessment.paths import PACKAGE, shipped
from assessment.settings import Settings
from assessment.storage.database import db
from assessment.storage.upgrades import upgrade
from tests.support.opener import Browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium
    from playwright.sync_api import BrowserContext

    from tests.support.states import Stage

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def database_url(folder: Path) -> str:
    """A database nobody else uses, with its tables: a file, or one on the PostgreSQL server that ``TEST_POSTGRESQL`` names."""
    server = os.environ.get("TEST_POSTGRESQL")
    if server:
        return _new_on_server(server, like=_with_tables())
    file = folder / "test.sqlite3"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_with_tables(), file)
    return f"sqlite:///{file}"


def _new_on_server(server: str, like: str) -> str:
    name = f"test_{secrets.token_hex(8)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"'.encode())
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@cache
def _with_tables() -> str:
    """Where an empty database with all tables is, made once: each app gets a copy, which takes a hundredth of the time."""
    server = os.environ.get("TEST_POSTGRESQL")
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    url = _new_on_server(server, like="template1") if server else f"sqlite:///{folder / 'empty.sqlite3'}"
    app = _app(url, folder)
    upgrade(app, at=NOW)
    with app.app_context():
        db.engine.dispose()
    return make_url(url).database or ""


def drop_database(url: str) -> None:
    """Drop a database that `database_url` made."""
    server = os.environ.get("TEST_POSTGRESQL")
    if server:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)'.encode())


def build_app(folder: Path, content: Path | None = None, *, design: bool = False, locale: Path | None = None) -> Flask:
    """An app with a database of its own and a clock that stands still, which speaks the languages of a folder."""
    return _app(database_url(folder), folder, content, design=design, locale=locale)


@contextmanager
def built(folder: Path, content: Path | None = None, *, design: bool = False, locale: Path | None = None) -> Iterator[Flask]:
    """As `build_app`, and nothing is left open or behind."""
    app = build_app(folder, content, design=design, locale=locale)
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()
        drop_database(app.config["DATABASE_URL"])


def _app(url: str, folder: Path, content: Path | None = None, *, design: bool = False, locale: Path | None = None) -> Flask:
    settings = Settings(
        database_url=url,
        secret_key="only-for-tests-" * 4,
        data=folder,
        content=content or shipped("questionnaires"),
        design=design,
        locale=locale or PACKAGE / "locale",
    )
    with patch("assessment.factory.load", load if content else _read_once):
        app = create_app(settings, clock=lambda: NOW)
    app.testing = True
    return app


@cache
def _read_once(content: Path) -> Library:
    """The shipped content: nothing changes it, so that each app may have the same."""
    return load(content)


# What is computed from texts, or how a page looks: no database has a say in it, so PostgreSQL need not be asked again.
WITHOUT_A_DATABASE = frozenset({"browser", "content", "domain", "house", "reports"})


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL leave out what no database has a say in."""
    if "TEST_POSTGRESQL" in os.environ:
        folder = Path(__file__).parent
        left_out = [each for each in items if each.path.relative_to(folder).parts[0] in WITHOUT_A_DATABASE]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [each for each in items if each not in left_out]


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Have a figure printed at the end of the tests, whichever process measured it."""
    return lambda text: record_property("figure", text)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests measured."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, text in getattr(report, "user_properties", ()):
                if name == "figure" and getattr(report, "when", "") == "call":
                    terminalreporter.write_line(str(text))


@pytest.fixture(scope="session")
def library() -> Library:
    return load(shipped("questionnaires"))


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    with built(tmp_path) as app:
        yield app


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


# One Chromium and one stage for all tests of a run that want them; who wants none does not wait for them.


@pytest.fixture(scope="session")
def chromium() -> Iterator["Chromium"]:
    from tests.support.chromium import launched

    with launched() as browser:
        yield browser


@pytest.fixture
def context(chromium: "Chromium") -> Iterator["BrowserContext"]:
    """A real browser of one person, which holds nothing yet."""
    context = chromium.new_context()
    yield context
    context.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where an empty app is served to a real browser."""
    from tests.support.chromium import served

    with built(tmp_path_factory.mktemp("browser")) as app, served(app) as address:
        yield address


@pytest.fixture(scope="session")
def stage(chromium: "Chromium", tmp_path_factory: pytest.TempPathFactory) -> Iterator["Stage"]:
    """Every invented organisation, in an app of their own."""
    from tests.support.states import staged

    with built(tmp_path_factory.mktemp("stage")) as app, staged(app, chromium) as stage:
        yield stage
