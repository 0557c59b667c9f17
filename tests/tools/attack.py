"""`make attack`: other people's pages while many connections send slowly, read slowly, send nonsense, or send hostile files.

Another server is tried with its command: `python -m tests.tools.attack python other.py PORT`.

Every slow attacker comes from this machine and costs next to nothing: a byte a second. What a page takes is measured without
and with them, on the same server, by turns, since the machine may be busy with something else.
"""

import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, update

from assessment.storage.database import db
from assessment.storage.tables import answer
from tests.support.apps import build_app, drop_database
from tests.support.opener import Browser
from tests.support.servers import environment_of, free_port
from tests.tools import hostile
from tests.tools.at_work import processor_ms, serving, workers_memory
from tests.tools.clients import get, run

BODIES, READERS, CROWD = 200, 50, 40
SECONDS = 10.0
# A page that is not there by then counts as never.
SECONDS_TO_WAIT = 10.0
FORM = b"POST /start HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
LENGTH = FORM + b"Content-Length: 1000\r\n\r\na"
CHUNKED = FORM + b"Transfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n"
HEADER = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: "
NONSENSE = b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\nGET\r\n\r\n" * 20
LONG_NOTE = f'"note":"{"long " * 2_000}"'
MANY_AT_ONCE = b"GET /standards/glossary HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 100
ATTACKS: dict[str, dict[str, Any]] = {
    "nobody": {"bodies": 0, "readers": 0},
    f"{BODIES} slow bodies and {READERS} slow readers": {},
    "8 slow bodies": {"bodies": 8, "readers": 0},
    "8 slow readers": {"bodies": 0, "readers": 8},
    "300 headers never finished": {"bodies": 300, "readers": 0, "beginning": HEADER},
    "300 connections that say nothing": {"bodies": 300, "readers": 0, "beginning": b" "},
    "100 times nonsense": {"bodies": 100, "readers": 0, "beginning": NONSENSE},
    "20 times 100 requests at once": {"bodies": 20, "readers": 0, "beginning": MANY_AT_ONCE},
}


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
    large = browser.start_sample()
    with app.app_context():
        db.session.execute(update(answer).values(content=func.replace(answer.c.content, '"note":""', LONG_NOTE)))
        db.session.commit()
        db.session.remove()
    page = browser.start_sample() + "iso-9001/questions/9.2"
    value = browser.cookie()
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
    for _ in range(readers):
        attack.read_slowly(target.large)
    for number in range(bodies):
        attack.send_slowly(beginning or (CHUNKED if number % 2 else LENGTH))
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
        """Ask for an answer that the system does not keep on the way, and read nothing once it comes."""
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(SECONDS_TO_WAIT)
        connection.connect(("127.0.0.1", self._port))
        connection.sendall(request)
        connection.recv(1)  # what many answers cost to make is another matter
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


def main() -> None:
    """Print what pages take under one attack after the other, and the processor time of the server for one page."""
    command = sys.argv[1:] or [sys.executable, "-m", "assessment", "run", "--workers", "2", "--port", "PORT"]
    with tempfile.TemporaryDirectory() as name:
        app = build_app(Path(name))
        port = free_port()
        goal = target(app, port)
        files = {**hostile.requests(app), "a body of 2,800,000 chunks": hostile.tiny_chunks()}
        hostile.forget_limits(app)
        with app.app_context():
            db.engine.dispose()
        environment = environment_of(app, Path(name))
        with serving([each.replace("PORT", str(port)) for each in command], environment, port) as (server, _):
            open_pages(goal, 2)
            for what, attack in ATTACKS.items():
                with attacked(goal, **attack) as held:
                    time.sleep(2)
                    before, begun = processor_ms(server), time.monotonic()
                    pages = open_pages(goal, SECONDS)
                    processor = (processor_ms(server) - before) / len(pages.waits)
                    print(
                        f"{what}: {pages}, processor {processor:.1f} ms each; {held.held} connections held after "
                        f"{time.monotonic() - begun:.0f} s, memory {sum(workers_memory(server)):.0f} MB",
                        flush=True,
                    )
            crowd = partial(run, port, lambda *_: goal.page, clients=CROWD, seconds=SECONDS + 2)
            asking = threading.Thread(target=crowd)
            asking.start()
            time.sleep(1)
            print(f"{CROWD} people ask again and again over their connections: {open_pages(goal, SECONDS)}", flush=True)
            asking.join()
            for what, request in files.items():
                with hostile.sent_in_a_loop(port, request) as statuses:
                    time.sleep(1)
                    pages = open_pages(goal, SECONDS)
                memory = f"memory {sum(workers_memory(server)):.0f} MB"
                print(
                    f"{hostile.CLIENTS} people send {what} in a loop: {pages}; answered {dict(statuses)}, {memory}", flush=True
                )
        drop_database(app.config["DATABASE_URL"])


if __name__ == "__main__":
    main()
