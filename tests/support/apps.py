"""Apps over the shipped content, each with a database of its own and a clock that stands still."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import CodeType
from unittest.mock import patch

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import make_url

from assessment import create_app
from assessment.content import load
from assessment.paths import PACKAGE
from assessment.settings import Settings
from assessment.storage.database import db
from assessment.storage.upgrades import upgrade
from tests.support import kinds
from tests.support.content import CONTENT, LIBRARY
from tests.support.databases import Emptied, new_on_server


class _Compiled(BytecodeCache):
    """Templates compiled once for all apps of a process: compiling them took half the time of all tests of pages."""

    def __init__(self) -> None:
        self.codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.codes[bucket.key, bucket.checksum] = bucket.code


_TEMPLATES = _Compiled()
# What the fixture `database` gives: opens an app with a database of its own.
Opening = Callable[..., AbstractContextManager[Flask]]
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def database_url(folder: Path) -> str:
    """Return a database nobody else uses, with its tables: a file, or one on the PostgreSQL server of ``TEST_POSTGRESQL``."""
    kinds.expect("database")
    server = os.environ.get("TEST_POSTGRESQL")
    if server:
        return _on_server(server).take()
    file = folder / "test.sqlite3"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_with_tables(), file)
    return f"sqlite:///{file}"


@cache
def _with_tables() -> str:
    """Where an empty database with all tables is, made once: each app gets a copy, which takes a hundredth of the time."""
    server = os.environ.get("TEST_POSTGRESQL")
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    url = new_on_server(server, like="template1") if server else f"sqlite:///{folder / 'empty.sqlite3'}"
    app = _app(url, folder)
    upgrade(app, at=NOW)
    with app.app_context():
        db.engine.dispose()
    return make_url(url).database or ""


@cache
def _on_server(server: str) -> Emptied:
    return Emptied(server=server, like=_with_tables())


def drop_database(url: str) -> None:
    """Leave a database that `database_url` gave, which nobody uses any more."""
    server = os.environ.get("TEST_POSTGRESQL")
    if server:
        _on_server(server).give_back(url)


def build_app(folder: Path, content: Path | None = None, *, design: bool = False, locale: Path | None = None) -> Flask:
    """Return an app with a database of its own and a clock that stands still; it speaks what lies in the folder ``locale``."""
    return _app(database_url(folder), folder, content, design=design, locale=locale)


def another_process_of(app: Flask, folder: Path) -> Flask:
    """Return an app as another process of the same installation has it: the same database, nothing kept yet."""
    return _app(app.config["DATABASE_URL"], folder)


@contextmanager
def built(folder: Path, content: Path | None = None, *, design: bool = False, locale: Path | None = None) -> Iterator[Flask]:
    """Do as `build_app`, and leave nothing open or behind."""
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
        secret_key="only-for-tests-5vQ0bXw8Rk2LzYh7TnJd4MfGc9SpA1Eu",
        data=folder,
        content=content or CONTENT,
        design=design,
        locale=locale or PACKAGE / "locale",
    )
    with patch("assessment.factory.load", load if content else lambda _: LIBRARY):
        app = create_app(settings, clock=lambda: NOW)
    app.testing = True
    app.jinja_env.bytecode_cache = _TEMPLATES
    return app
