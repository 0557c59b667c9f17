"""What a probe is told, and what recovers by itself once the trouble is over."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import event, text

from assessment.storage import health
from assessment.storage.database import db, free_side_files, writing
from assessment.storage.schema import HEAD
from tests.storage.test_trouble import ON_POSTGRESQL, PAGE, file_of, gone, read_only
from tests.support.opener import Browser


def ready(app: Flask) -> tuple[int, str]:
    app.extensions.pop("fault-of-late", None)
    answer = app.test_client().get("/readyz")
    told = answer.get_json()
    parts = {name: told[name] for name in ("database", "schema", "disk") if name in told}
    fault = told.get("fault", "")
    assert [name for name, state in parts.items() if state == "fault"] == ([fault] if fault else [])
    assert fault or list(parts.values()) == ["ok"] * 3
    return answer.status_code, fault


@contextmanager
def of_another_schema(app: Flask) -> Iterator[None]:
    with app.app_context():
        for number in ("9999", None):
            with writing() as connection:
                connection.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": number or HEAD})
            if number:
                yield


@contextmanager
def damaged(app: Flask) -> Iterator[None]:
    """The tables of the file are overwritten; its first page, which says what it is, is whole."""
    if ON_POSTGRESQL:
        with gone(app):
            yield
        return
    with app.app_context():
        with db.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    whole = file_of(app).read_bytes()
    file_of(app).write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    yield
    file_of(app).write_bytes(whole)


@contextmanager
def full(_: Flask) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(health, "bytes_free", lambda: 1_000)
        yield


TROUBLES = {
    "gone": (gone, "database"),
    "of another schema": (of_another_schema, "schema"),
    "damaged": (damaged, "database"),
    "read-only": (read_only, "database" if ON_POSTGRESQL else "disk"),
    "full": (full, "disk"),
}


@pytest.mark.parametrize(("trouble", "fault"), TROUBLES.values(), ids=TROUBLES)
def test_a_probe_is_told_whether_saves_would_succeed_and_what_is_in_the_way(
    app: Flask, trouble: Callable[[Flask], object], fault: str
) -> None:
    assert ready(app) == (200, "")
    with trouble(app):  # type: ignore[attr-defined]
        assert ready(app) == (503, fault)
        assert app.test_client().get("/healthz").status_code == 200
    assert ready(app) == (200, "")


def test_probes_in_a_row_write_once(app: Flask) -> None:
    assert ready(app) == (200, "")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assessment.web.starting.start.find_fault", lambda _: 1 / 0)
        assert app.test_client().get("/readyz").status_code == 200


@contextmanager
def opened_read_only(app: Flask) -> Iterator[None]:
    """Connections are opened as SQLite does where the disk takes no writes; they stay in the pool when it takes them again."""
    file = file_of(app)
    access = os.access

    def connect(*_: object) -> sqlite3.Connection:
        return sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, check_same_thread=False)

    def may(path: object, mode: int) -> bool:
        return mode != os.W_OK and access(str(path), mode)

    with app.app_context():
        db.engine.dispose()
        event.listen(db.engine, "do_connect", connect)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("assessment.storage.database.os", SimpleNamespace(**{**vars(os), "access": may}))
            yield
        event.remove(db.engine, "do_connect", connect)


def test_a_disk_that_took_no_writes_for_a_while_needs_no_restart(app: Flask, browser: Browser, tmp_path: Path) -> None:
    if ON_POSTGRESQL:
        assert shutil.disk_usage(tmp_path).free  # its disk is its own server's
        return
    hub = browser.start()
    page = browser.open(hub + PAGE)
    with opened_read_only(app):
        browser.open(hub)
        kept = browser.send(page, {"internal-audit-note": "long thought"}, status=503)
        browser.open(hub)
    browser.send(kept, to=hub + PAGE)
    assert browser.open(hub + PAGE).fields()["internal-audit-note"][0].strip() == "long thought"
    browser.start("Another")


def test_what_was_made_beside_a_read_only_database_keeps_nobody_from_writing(tmp_path: Path) -> None:
    file, sides = tmp_path / "one", [tmp_path / "one-wal", tmp_path / "one-shm"]
    for each in (file, *sides):
        each.touch(mode=0o600)
    for each in sides:
        each.chmod(0o444)

    def may(path: str, mode: int) -> bool:  # as anybody but root finds it
        return bool(Path(path).stat().st_mode & 0o200) if mode == os.W_OK else True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assessment.storage.database.os", SimpleNamespace(**{**vars(os), "access": may}))
        file.chmod(0o444)
        free_side_files(str(file))
        assert {each.stat().st_mode & 0o777 for each in sides} == {0o444}
        file.chmod(0o600)
        free_side_files(str(file))
    assert {each.stat().st_mode & 0o777 for each in sides} == {0o600}
