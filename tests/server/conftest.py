"""A server in the process of the tests."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from assessment.commands import connections
from assessment.commands.claims import listen
from assessment.commands.connections import Server
from tests.support.servers import free_port

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server in this process that gives everything a second; it answers with a megabyte, four at a time."""
    for name in ("SECONDS_FOR_A_HEADER", "SECONDS_IDLE", "SECONDS_AT_LEAST"):
        monkeypatch.setattr(connections, name, 1)

    def megabyte(environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        start_response("200 OK", [("Content-Length", str(1 << 20))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [bytes(1 << 20)]

    with _serving(megabyte) as server:
        yield server


@pytest.fixture
def busy() -> Iterator[Server]:
    """A server in this process that takes a moment for each answer, four at a time."""

    def slowly(_environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        time.sleep(0.01)
        start_response("200 OK", [("Content-Length", "0")])
        return []

    with _serving(slowly) as server:
        yield server


@contextmanager
def _serving(application: "WSGIApplication") -> Iterator[Server]:
    server = Server(application, listen("127.0.0.1", free_port()), threads=4, alive=lambda: True)
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()
