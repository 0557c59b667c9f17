"""A worker says that it lives while every thread for pages waits, and nobody holds its loop by a line that never ends."""

import http.client
import threading
from typing import TYPE_CHECKING

import pytest
from waitress.adjustments import Adjustments

from assessment.commands.claims import listen
from assessment.commands.connections import Server
from assessment.commands.request_parser import MOST_BYTES_A_CHUNK_LINE, MOST_BYTES_A_TRAILER, MOST_BYTES_AROUND_CHUNKS, Parser
from tests.support.servers import free_port

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

THREADS = 2


def test_a_worker_says_that_it_lives_while_all_pages_wait() -> None:
    waiting, go_on = threading.Semaphore(0), threading.Event()

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        if environ["PATH_INFO"] != "/iso/healthz":
            waiting.release()
            go_on.wait(60)
        start_response("200 OK", [("Content-Length", "0")])
        return []

    port = free_port()
    server = Server(application, listen("127.0.0.1", port), threads=THREADS, alive=lambda: True, prefix="/iso")
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        asked = [http.client.HTTPConnection("127.0.0.1", port, timeout=60) for _ in range(THREADS + 2)]
        for each in asked:
            each.request("GET", "/")
        assert all(waiting.acquire(timeout=60) for _ in range(THREADS))
        alive = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        alive.request("GET", "/iso/healthz")
        assert alive.getresponse().status == 200
        assert not go_on.is_set()
        alive.close()
        go_on.set()
        assert [each.getresponse().status for each in asked] == [200] * len(asked)
        for each in asked:
            each.close()
    finally:
        go_on.set()
        server.stop()
        thread.join()


HEAD = b"POST /import HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("begins", "most"), [(b"1;a=", MOST_BYTES_A_CHUNK_LINE), (b"0\r\nX: ", MOST_BYTES_A_TRAILER)], ids=["line", "trailer"]
)
def test_what_stands_between_chunks_is_refused_when_it_never_ends(begins: bytes, most: int) -> None:
    parser = Parser(Adjustments())
    parser.received(HEAD)
    parser.received(begins)
    taken = 0
    while not parser.completed:
        taken += parser.received(b"a" * 512)
        assert taken < most + 1024
    assert parser.error.code == 400
    parser.close()


@pytest.mark.parametrize(
    "small", [b"1\r\na\r\n", b"\r\n", b"8\r\naaaaaaaa\r\n"], ids=["a byte each", "nothing", "eight bytes each"]
)
def test_a_body_of_endless_tiny_chunks_is_refused(small: bytes) -> None:
    parser = Parser(Adjustments())
    parser.received(HEAD)
    taken = 0
    while not parser.completed:
        taken += parser.received(small * 500)
        assert taken < 4 * MOST_BYTES_AROUND_CHUNKS
    assert parser.error.code == 400
    parser.close()


def test_a_large_body_in_chunks_of_an_ordinary_size_is_taken() -> None:
    parser = Parser(Adjustments())
    parser.received(HEAD)
    chunks = 10_000
    for _ in range(chunks):
        parser.received(b"100\r\n" + b"a" * 256 + b"\r\n")
    parser.received(b"0\r\n\r\n")
    assert parser.error is None
    assert len(parser.get_body_stream().read()) == 256 * chunks
    parser.close()


def test_chunks_with_a_line_and_a_trailer_as_people_write_them_are_taken() -> None:
    parser = Parser(Adjustments())
    parser.received(HEAD)
    for part in (b"3;name=value\r\nabc\r\n", b"2\r\nde\r\n", b"0\r\nX-Sum: 1\r\n\r\n"):
        parser.received(part)
    assert parser.completed
    assert parser.error is None
    assert parser.get_body_stream().read() == b"abcde"
    parser.close()
