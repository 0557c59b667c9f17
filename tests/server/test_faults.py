"""The real server with a document half made, a child that hangs, and no room for what is large."""

import errno
import os
import signal
import subprocess
import time
import urllib.request
from concurrent.futures import Future, ThreadPoolExecutor
from http.client import HTTPResponse
from pathlib import Path
from typing import NoReturn

import pytest
from flask import Flask
from waitress.buffers import TempfileBasedBuffer

from assessment.commands.connections import Server
from tests.support.opener import Browser
from tests.support.servers import ASK, connect, free_port, read, served

SECONDS = 90


class Person:
    """Somebody with the sample organisation, at a running server."""

    def __init__(self, app: Flask, port: int) -> None:
        browser = Browser(app)
        self.hub = browser.start_sample()
        self._cookie, self.port = f"readiness={browser.cookie()}", port

    def get(self, address: str) -> tuple[int, bytes]:
        """Return status and content of what an address answers."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{self.hub}{address}", headers={"Cookie": self._cookie})
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                return _whole(answer)
        except urllib.error.HTTPError as refused:
            with refused:
                return _whole(refused)


def _whole(answer: HTTPResponse | urllib.error.HTTPError) -> tuple[int, bytes]:
    return int(answer.status or 0), answer.read()


def child_of(server: "subprocess.Popen[bytes]") -> int:
    """Wait for a child that makes a document, and return its process id."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        for worker in _children(server.pid):
            for child in _children(worker):
                if b"assessment.reports" in Path(f"/proc/{child}/cmdline").read_bytes():
                    return child
        time.sleep(0.005)
    raise AssertionError("no document is being made")


def _children(process: int) -> list[int]:
    children: list[int] = []
    for thread in Path(f"/proc/{process}/task").iterdir():
        children += map(int, (thread / "children").read_text().split())
    return children


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGHUP], ids=["to stop", "to begin anew"])
def test_a_document_that_is_being_made_comes_whole_though_the_server_is_told(
    app: Flask, tmp_path: Path, told: signal.Signals
) -> None:
    person = Person(app, free_port())
    with served(app, tmp_path, person.port) as server, ThreadPoolExecutor(1) as threads:
        asked: Future[tuple[int, bytes]] = threads.submit(person.get, "summary.pdf")
        child_of(server)
        server.send_signal(told)
        status, document = asked.result()
        assert status == 200
        assert document.startswith(b"%PDF-")
        assert document.rstrip().endswith(b"%%EOF")
        if told is signal.SIGTERM:
            assert server.wait(SECONDS) == 0
        else:
            assert person.get("")[0] == 200


def test_a_child_that_hangs_is_ended_and_gives_its_place_back_while_pages_open(app: Flask, tmp_path: Path) -> None:
    person = Person(app, free_port())
    with served(app, tmp_path, person.port, workers=1) as server, ThreadPoolExecutor(1) as threads:
        asked: Future[tuple[int, bytes]] = threads.submit(person.get, "summary.pdf")
        child = child_of(server)
        os.kill(child, signal.SIGSTOP)
        assert person.get("findings")[0] == 200
        assert not asked.done()
        status, page = asked.result()
        assert status == 500
        assert b"could not be made" in page
        assert not Path(f"/proc/{child}").exists()
        assert person.get("summary.pdf")[0] == 200


@pytest.fixture
def no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file can be made in the temporary folder."""

    def refuse(_: TempfileBasedBuffer) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(TempfileBasedBuffer, "newfile", refuse)


@pytest.mark.usefixtures("no_room")
def test_a_body_that_finds_no_room_is_refused_and_the_next_person_is_answered(quick: Server) -> None:
    body = bytes(1 << 20)
    with connect(quick) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body))
        connection.sendall(body)
        assert read(connection).startswith(b"HTTP/1.1 503 ")
    with connect(quick) as connection:
        connection.sendall(b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(1 << 16).startswith(b"HTTP/1.1 200 OK\r\n")


@pytest.mark.usefixtures("no_room")
def test_an_answer_that_finds_no_room_ends_its_connection_only(quick: Server) -> None:
    with connect(quick) as slow:
        slow.sendall(ASK)
        with connect(quick) as connection:
            connection.sendall(b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert connection.recv(1 << 16).startswith(b"HTTP/1.1 200 OK\r\n")
        # What it was to get is cut off where its length says so: a browser calls the download broken.
        with pytest.raises(ConnectionResetError):
            read(slow)
