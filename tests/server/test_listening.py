"""Where the server listens, and what it leaves behind when it is stopped."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from flask import Flask

from tests.support.opener import Browser
from tests.support.servers import free_port, served


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder whose path is short enough for a socket."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    shutil.rmtree(folder)


def asked_at(path: Path, request: str) -> str:
    """What is answered over a Unix socket."""
    until = time.monotonic() + 60
    while True:
        with closing(socket.socket(socket.AF_UNIX)) as asking:
            try:
                asking.connect(str(path))
            except OSError:
                assert time.monotonic() < until, "nobody listens"
                time.sleep(0.05)
                continue
            asking.settimeout(60)
            asking.sendall(f"GET {request} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            return b"".join(iter(lambda: asking.recv(65536), b"")).decode()


@contextmanager
def listening_at(app: Flask, folder: Path, *options: str) -> Iterator["subprocess.Popen[str]"]:
    environment = {**os.environ, "DATABASE_URL": app.config["DATABASE_URL"], "ISO_READINESS_DATA": str(folder)}
    server = subprocess.Popen(
        [sys.executable, "-m", "assessment", "run", *options], env=environment, text=True, stdout=-1, stderr=-1
    )
    try:
        yield server
    finally:
        if server.poll() is None:
            server.send_signal(signal.SIGTERM)
        server.communicate(timeout=120)


def test_a_unix_socket_serves_and_is_taken_away_at_the_end(app: Flask, tmp_path: Path, short: Path) -> None:
    path = short / "socket"
    with closing(socket.socket(socket.AF_UNIX)) as left_behind:  # by a server that was killed
        left_behind.bind(str(path))
    with listening_at(app, tmp_path, "--socket", str(path)) as server:
        page = asked_at(path, "/start")
        assert page.startswith("HTTP/1.1 200")
        assert "Content-Security-Policy" in page
        assert path.stat().st_mode & 0o777 == 0o660
        with listening_at(app, tmp_path / "other", "--socket", str(path)) as second:
            _, said = second.communicate(timeout=120)
        assert (second.returncode, said) == (
            2,
            f"Error: The socket {path} is taken by another program; stop that one, or choose another path.\n",
        )
        assert asked_at(path, "/healthz").startswith("HTTP/1.1 200")
    assert server.returncode == 0
    assert not path.exists()


def test_no_file_is_taken_away_for_a_socket(app: Flask, tmp_path: Path, short: Path) -> None:
    path = short / "precious"
    path.write_text("keep")
    with listening_at(app, tmp_path, "--socket", str(path)) as server:
        _, said = server.communicate(timeout=120)
    assert (server.returncode, said.count("\n")) == (2, 1)
    assert path.read_text() == "keep"


def test_address_port_and_workers_come_from_the_environment(app: Flask, tmp_path: Path) -> None:
    port = free_port()
    settings = {"ISO_READINESS_HOST": "127.0.0.2", "ISO_READINESS_PORT": str(port), "ISO_READINESS_WORKERS": "2"}
    environment = {**os.environ, "DATABASE_URL": app.config["DATABASE_URL"], "ISO_READINESS_DATA": str(tmp_path), **settings}
    server = subprocess.Popen(
        [sys.executable, "-m", "assessment", "run"],
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert server.stdout is not None
    first = server.stdout.readline()
    server.terminate()
    server.communicate(timeout=120)
    assert f"Open http://127.0.0.2:{port} in" in first
    assert f"Listens on 127.0.0.2, port {port}; data folder {tmp_path}, database " in first
    assert first.endswith("workers 2.\n")


def test_after_a_stop_the_one_file_has_everything(app: Flask, tmp_path: Path) -> None:
    if not app.config["DATABASE_URL"].startswith("sqlite"):
        return  # PostgreSQL looks after its own files
    with served(app, tmp_path, free_port()) as server:
        browser = Browser(app)
        hub = browser.start("In the one file")
        browser.send(browser.open(hub + "iso-9001/questions/9.2"), {"internal-audit-note": "keep me"})
        file = Path(app.config["DATABASE_URL"].removeprefix("sqlite:///"))
        assert file.with_name(f"{file.name}-wal").stat().st_size > 0
        server.send_signal(signal.SIGTERM)
        assert server.wait(120) == 0
    beside = file.with_name(f"{file.name}-wal")
    assert not beside.exists() or beside.stat().st_size == 0
    copied = tmp_path / "copied.sqlite3"
    shutil.copyfile(file, copied)  # and not what lies beside it
    with closing(sqlite3.connect(copied)) as database:
        assert database.execute("SELECT organisation FROM assessment").fetchall() == [("In the one file",)]
        assert "keep me" in str(database.execute("SELECT content FROM answer").fetchall())
