"""`make attack`: other people's pages while many connections send slowly, read slowly, or send nonsense.

Every attacker comes from this machine and costs next to nothing: a byte a second. What a page takes is measured without and
with them, on the same server, by turns, since the machine may be busy with something else.
"""

import json
import selectors
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from sqlalchemy import update

from assessment.storage.database import db
from assessment.storage.tables import answer
from tests.conftest import build_app
from tests.support.opener import Browser
from tests.tools.clients import get

BODIES, READERS = 200, 50
SECONDS = 10.0
# A page that is not there by then counts as never.
SECONDS_TO_WAIT = 10.0
FORM = b"POST /start HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
LENGTH = FORM + b"Content-Length: 1000\r\n\r\na"
CHUNKED = FORM + b"Transfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n"
HEADER = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: "
NONSENSE = b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\nGET\r\n\r\n" * 20
MANY_AT_ONCE = b"GET /standards HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 100


@dataclass
class Pages:
    """What it took to open a page, again and again, over a connection of its own: seconds each, and how many never came."""

    waits: list[float] = field(default_factory=list)
    never: int = 0

    def percentile(self, share: float) -> float:
        """Milliseconds within which a share of the pages came."""
        return 1000 * sorted(self.waits)[min(len(self.waits) - 1, int(share * len(self.waits)))]

    def __str__(self) -> str:
        return (
            f"{len(self.waits)} pages, median {self.percentile(0.5):.0f} ms, p99 {self.percentile(0.99):.0f} ms, "
            f"{self.never} never"
        )


@dataclass(frozen=True)
class Target:
    """A server's port, and what is asked of it: the page of an ordinary person, and an answer of more than two megabytes."""

    port: int
    page: bytes
    large: bytes


def target(app: Flask, port: int) -> Target:
    """Store an ordinary assessment, and one full of long notes."""
    browser = Browser(app)
    large = browser.send(browser.open("/"), to="/demo").path
    with app.app_context():
        db.session.execute(update(answer).values(note="long " * 2_000))
        db.session.commit()
        db.session.remove()
    page = browser.send(browser.open("/"), to="/demo").path + "iso-9001/questions/9.2"
    cookie = browser.client.get_cookie("readiness")
    value = cookie.value if cookie else ""
    return Target(port=port, page=get(page, value), large=get(large + "export.json", value))


def open_pages(target: Target, seconds: float) -> Pages:
    """Open the page for some seconds, one after the other."""
    found = Pages()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        begun = time.perf_counter()
        try:
            with socket.create_connection(("127.0.0.1", target.port), timeout=SECONDS_TO_WAIT) as connection:
                connection.sendall(target.page)
                found.never += not connection.recv(1 << 16).startswith(b"HTTP/1.1 200 ")
        except OSError:
            found.never += 1
        found.waits.append(time.perf_counter() - begun)
        time.sleep(0.01)  # a person is not a load
    return found


@contextmanager
def attacked(target: Target, *, bodies: int = BODIES, readers: int = READERS, beginning: bytes = b"") -> Iterator["Attack"]:
    """Have as many connections send a body, or read an answer, a byte a second; ``beginning`` is what they send first."""
    attack = Attack(target.port)
    for number in range(bodies):
        attack.send_slowly(beginning or (CHUNKED if number % 2 else LENGTH))
    for _ in range(readers):
        attack.read_slowly(target.large)
    over = threading.Event()
    thread = threading.Thread(target=attack.keep_on, args=(over,))
    thread.start()
    try:
        yield attack
    finally:
        over.set()
        thread.join()
        attack.close()


class Attack:
    """Connections that waste the server's time. ``answers`` are the first lines that came back for slow bodies."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._senders: list[socket.socket] = []
        self._readers: list[socket.socket] = []
        self.answers: list[bytes] = []

    def send_slowly(self, beginning: bytes) -> None:
        """Begin a request."""
        connection = socket.create_connection(("127.0.0.1", self._port), timeout=SECONDS_TO_WAIT)
        connection.sendall(beginning)
        self._senders.append(connection)

    def read_slowly(self, request: bytes) -> None:
        """Ask for an answer that the system does not keep on the way, and read none of it."""
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(SECONDS_TO_WAIT)
        connection.connect(("127.0.0.1", self._port))
        connection.sendall(request)
        self._readers.append(connection)

    @property
    def held(self) -> int:
        """How many connections the server still holds."""
        return len(self._senders) + len(self._readers)

    def keep_on(self, over: threading.Event) -> None:
        """Send and read a byte a second on every connection."""
        while not over.wait(1.0):
            self._senders = [each for each in self._senders if self._send(each)]
            self._readers = [each for each in self._readers if self._read(each)]

    def _send(self, connection: socket.socket) -> bool:
        try:
            connection.settimeout(0)
            try:
                self.answers.append(connection.recv(1024).partition(b"\r\n")[0])
            except BlockingIOError:
                connection.send(b"a")
                return True
        except OSError:
            pass
        connection.close()
        return False

    def _read(self, connection: socket.socket) -> bool:
        try:
            connection.settimeout(0)
            if connection.recv(1):
                return True
        except BlockingIOError:
            return True
        except OSError:
            pass
        connection.close()
        return False

    def close(self) -> None:
        """Let go of all connections."""
        for each in (*self._senders, *self._readers):
            each.close()
