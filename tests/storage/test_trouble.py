"""A database that is locked, full, read-only or not there: 503 with the typed text, and it recovers without a restart."""

import os
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy import make_url, text

from assessment.storage.database import UNAVAILABLE, db, writing
from assessment.storage.history import Author, history, lock_for_update
from tests.support.apps import NOW
from tests.support.opener import Browser

PAGE = "iso-9001/questions/9.2"
ON_POSTGRESQL = "TEST_POSTGRESQL" in os.environ


def file_of(app: Flask) -> Path:
    return Path(str(make_url(app.config["DATABASE_URL"]).database))


@contextmanager
def gone(app: Flask) -> Iterator[None]:
    """SQLite: the file is moved away. PostgreSQL: nobody may connect, and who was connected is thrown out."""
    if ON_POSTGRESQL:
        name = make_url(app.config["DATABASE_URL"]).database
        with psycopg.connect(os.environ["TEST_POSTGRESQL"], autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
            yield
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())
        return
    file = file_of(app)
    kept = file.with_name("elsewhere")
    for ending in ("", "-wal", "-shm"):
        if file.with_name(file.name + ending).exists():
            shutil.move(file.with_name(file.name + ending), kept.with_name(kept.name + ending))
    yield
    assert not file.exists()  # nobody made an empty one meanwhile
    for ending in ("", "-wal", "-shm"):
        if kept.with_name(kept.name + ending).exists():
            shutil.move(kept.with_name(kept.name + ending), file.with_name(file.name + ending))


@contextmanager
def read_only(app: Flask) -> Iterator[None]:
    """The database takes no writes: by its own switch, which root cannot overrule as it can a file's mode."""
    statement = "SET default_transaction_read_only = {}" if ON_POSTGRESQL else "PRAGMA query_only = {}"
    with app.app_context():
        db.engine.dispose()
        from sqlalchemy import event

        def switch(connection: object, *_: object) -> None:
            connection.cursor().execute(statement.format("on"))  # type: ignore[attr-defined]
            if ON_POSTGRESQL:
                connection.commit()  # type: ignore[attr-defined]

        event.listen(db.engine, "connect", switch)
        yield
        event.remove(db.engine, "connect", switch)
        db.engine.dispose()


def test_nothing_is_acknowledged_by_a_database_that_goes_before_the_commit(app: Flask, browser: Browser) -> None:
    hub = browser.start("Before Ltd")

    def rename(until_it_is_back: ExitStack) -> None:
        with writing() as connection:
            connection.execute(text("UPDATE assessment SET organisation = 'After Ltd'"))
            until_it_is_back.enter_context(gone(app))

    with app.app_context(), ExitStack() as until_it_is_back, pytest.raises(UNAVAILABLE):
        rename(until_it_is_back)
    assert "Before Ltd" in browser.open(hub).text


@pytest.mark.parametrize("trouble", [gone, read_only], ids=["gone", "read-only"])
def test_a_database_that_cannot_be_written_keeps_the_text_and_recovers(app: Flask, browser: Browser, trouble: object) -> None:
    hub = browser.start()
    page = browser.open(hub + PAGE)
    with trouble(app):  # type: ignore[operator]
        kept = browser.send(page, {"internal-audit-note": "long thought"}, status=503)
        assert kept.response.headers["Retry-After"]
        assert kept.fields()["internal-audit-note"][0].strip() == "long thought"
        assert browser.client.get("/healthz").status_code == 200
        if trouble is gone:
            assert browser.client.get("/readyz").status_code == 503
            assert browser.client.get(hub).status_code == 503
    browser.send(kept, to=hub + PAGE)
    assert browser.open(hub + PAGE).fields()["internal-audit-note"][0].strip() == "long thought"
    with app.app_context():
        assert [entry.version for entry in history(hub.split("/")[2], "iso-9001/internal-audit")] == [1]


def test_reading_goes_on_while_somebody_writes(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    begun, done = threading.Event(), threading.Event()

    def write() -> None:
        with app.app_context(), writing():
            begun.set()
            done.wait(20)

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait(20)
    browser.open(hub)
    browser.open(hub + "results")
    done.set()
    writer.join()


LOCKED_SECONDS = 30


def test_a_database_locked_for_thirty_seconds_keeps_every_text_and_is_over_at_once(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + PAGE)
    begun, refused = time.monotonic(), 0
    with app.app_context(), writing() as connection:
        lock_for_update(connection, Author(assessment_id=hub.split("/")[2], who="somebody", at=NOW))
        while time.monotonic() - begun < LOCKED_SECONDS:
            page = browser.send(page, {"internal-audit-note": f"thought {refused}"}, to=hub + PAGE, status=503)
            assert page.fields()["internal-audit-note"][0].strip() == f"thought {refused}"
            refused += 1
            browser.open(hub + "results")  # who reads does not wait
    assert refused >= 2
    browser.send(page, to=hub + PAGE)
    assert browser.open(hub + PAGE).fields()["internal-audit-note"][0].strip() == f"thought {refused - 1}"


FULL = """
import resource, sys
from pathlib import Path
from tests.support.apps import build_app
from tests.support.opener import Browser
app = build_app(Path(sys.argv[1]))
browser = Browser(app)
hub = browser.start()
most = max(path.stat().st_size for path in Path(sys.argv[1]).iterdir()) + 60_000
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
saved, kept = 0, 0
for number in range(40):
    text = f"{number} " + "x" * 9000
    page = browser.open(hub + "iso-9001/questions/9.2")
    answer = browser.client.post(page.path, data={**page.fields(), "internal-audit-note": text})
    if answer.status_code == 303:
        saved += 1
        last = text
    else:
        assert answer.status_code == 503, answer.status_code
        assert text in answer.get_data(as_text=True)
        kept += 1
        break
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
page = browser.open(hub + "iso-9001/questions/9.2")
assert page.fields()["internal-audit-note"][0].strip() == last
browser.send(page, {"internal-audit-note": "room again"})
assert browser.open(page.path).fields()["internal-audit-note"][0].strip() == "room again"
print(saved, kept)
"""


@pytest.mark.broad
def test_a_full_disk_loses_nothing_and_is_over_when_there_is_room(tmp_path: Path) -> None:
    """The kernel refuses to let the database's files grow, as it does on a full disk. PostgreSQL's disk is its own server's."""
    environment = {name: value for name, value in os.environ.items() if name != "TEST_POSTGRESQL"}
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)],
        capture_output=True,
        text=True,
        env=environment,
        cwd=Path.cwd(),
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    saved, kept = map(int, done.stdout.split())
    assert saved >= 1
    assert kept == 1
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
