"""One app over the shipped content, and one page opener that holds every page to the basics."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from assessment import create_app, storage
from assessment.content import load
from assessment.domain.library import Library
from assessment.places import shipped
from assessment.settings import Settings
from tests.opener import Browser

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def build_app(folder: Path, content: Path | None = None) -> Flask:
    """An app with a database of its own and a clock that stands still."""
    settings = Settings(
        database_url=f"sqlite:///{folder / 'test.sqlite3'}",
        secret_key="only-for-tests-" * 4,
        data=folder,
        content=content or shipped("questionnaires"),
    )
    app = create_app(settings, clock=lambda: NOW)
    app.testing = True
    storage.upgrade(app)
    return app


@pytest.fixture(scope="session")
def library() -> Library:
    return load(shipped("questionnaires"))


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    app = build_app(tmp_path)
    yield app
    with app.app_context():
        storage.database.db.engine.dispose()


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)
