"""The product as its command starts it, in processes of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from assessment.commands.connections import Server

ASK = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def environment_of(app: Flask, folder: Path) -> dict[str, str]:
    """What makes a program use the database, the key and the folder of an app."""
    return {
        "DATABASE_URL": app.config["DATABASE_URL"],
        "SECRET_KEY": app.config["SECRET_KEY"],
        "ISO_READINESS_DATA": str(folder),
    }


@contextmanager
def served(
    app: Flask, folder: Path, port: int, workers: int = 2, settings: Mapping[str, str] | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """The product as its command starts it, with some settings of its own."""
    environment = {**os.environ, **environment_of(app, folder), **(settings or {})}
    command = [sys.executable, "-m", "assessment", "run", "--port", str(port), "--workers", str(workers)]
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


def connect(server: Server) -> socket.socket:
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(30)
    connection.connect(("127.0.0.1", int(server.effective_port)))
    return connection


def read(connection: socket.socket) -> bytes:
    """Everything until the other side ends it."""
    got = b""
    while part := connection.recv(1 << 16):
        got += part
    return got
