"""The server itself: killed, stopped and started again under load, and started by its command. Nothing acknowledged is lost."""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from assessment import storage
from assessment.storage.database import db
from tests.conftest import build_app, drop_database
from tests.kill import PAGE, QUESTION, Client, kill
from tests.opener import Browser

KILLS = 200


def test_two_hundred_kills_lose_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    seed = random.SystemRandom().randrange(10**9)
    found = kill(KILLS, seed)
    with capsys.disabled():
        print(f"\n{found.kills} kills: acknowledged {found.acknowledged}, found {found.found}, lost {found.lost}, seed {seed}")
    assert found.wrong == ()
    assert (found.lost, found.twice, found.broken) == (0, 0, 0), f"seed {seed}"
    assert found.acknowledged > KILLS


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def served(app: Flask, folder: Path, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """The product as its command starts it, with two workers."""
    environment = {
        **os.environ,
        "DATABASE_URL": app.config["DATABASE_URL"],
        "SECRET_KEY": app.config["SECRET_KEY"],
        "ISO_READINESS_DATA": str(folder),
    }
    command = [sys.executable, "-m", "assessment", "run", "--port", str(port), "--workers", "2"]
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        for _ in range(400):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                    assert answer.status == 200
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        yield server
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["stopped", "killed"])
def test_a_restart_of_the_real_server_under_load_loses_nothing(tmp_path: Path, how: signal.Signals) -> None:
    app = build_app(tmp_path)
    browser = Browser(app)
    port = free_port()
    people = []
    for _ in range(4):
        hub = browser.start()
        token = browser.open(hub + PAGE).fields()["csrf_token"][0]
        cookie = browser.client.get_cookie("readiness")
        people.append(Client(hub=hub, cookie=cookie.value if cookie else "", token=token, port=port))
    stop = threading.Event()
    threads = [threading.Thread(target=each.work, args=(stop,)) for each in people]
    with served(app, tmp_path, port) as server:
        for thread in threads:
            thread.start()
        time.sleep(0.5)
        os.killpg(server.pid, how) if how is signal.SIGKILL else server.send_signal(how)
        assert server.wait(20) is not None
    with served(app, tmp_path, port):
        before = [len(each.acknowledged) for each in people]
        time.sleep(0.5)
        stop.set()
        for thread in threads:
            thread.join()
    for each, earlier in zip(people, before, strict=True):
        assert each.wrong == []
        assert len(each.acknowledged) > earlier > 0
        with app.app_context():
            entries = storage.history(each.hub.split("/")[2], f"iso-9001/{QUESTION}")
        notes = {entry.version: storage.answer_of(entry.content).note for entry in entries}
        assert all(notes[version] == f"note {number}" for number, version in each.acknowledged)
        assert len(set(notes.values())) == len(notes)
    with app.app_context():
        assert list(storage.broken_chains()) == []
        db.engine.dispose()
    drop_database(app.config["DATABASE_URL"])


def run(app: Flask, folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        **os.environ,
        "DATABASE_URL": app.config["DATABASE_URL"],
        "SECRET_KEY": app.config["SECRET_KEY"],
        "ISO_READINESS_DATA": str(folder),
    }
    command = [sys.executable, "-m", "assessment", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def test_the_commands_back_up_restore_export_import_and_check(app: Flask, browser: Browser, tmp_path: Path) -> None:
    hub = browser.start("Muster & Söhne")
    browser.send(browser.open(hub + PAGE), {"internal-audit-note": "keep me"})
    assert "checked" in run(app, tmp_path, "backup", str(tmp_path / "one.sqlite3")).stdout
    again = run(app, tmp_path, "backup", str(tmp_path / "one.sqlite3"))
    assert (again.returncode, "never overwrites" in again.stderr) == (1, True)
    browser.send(browser.open(hub + PAGE), {"internal-audit-note": "lost by the restore"})
    restored = run(app, tmp_path, "restore", "--yes", str(tmp_path / "one.sqlite3"))
    assert "Restored 1 assessments with 1 answers" in restored.stdout
    assert browser.open(hub + PAGE).fields()["internal-audit-note"][0].strip() == "keep me"
    assert len(list((tmp_path / "backups").iterdir())) == 1
    assert run(app, tmp_path, "history").stdout == "Every history is whole.\n"
    exported = run(app, tmp_path, "export", hub.split("/")[2])
    (tmp_path / "out.json").write_text(exported.stdout, encoding="utf-8")
    dry = run(app, tmp_path, "import", "--dry-run", str(tmp_path / "out.json"))
    assert "nothing was written" in dry.stdout
    taken = run(app, tmp_path, "import", str(tmp_path / "out.json"))
    opened = browser.send(browser.open("/open/" + taken.stdout.rpartition("/open/")[2].strip()))
    assert "Muster & Söhne" in opened.text
    assert run(app, tmp_path, "export", "nothing").returncode == 1
    assert run(app, tmp_path, "import", str(tmp_path / "one.sqlite3")).returncode == 1
    assert "0 assessments deleted" in run(app, tmp_path, "tidy").stdout
