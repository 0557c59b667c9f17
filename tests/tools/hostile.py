"""Hostile files, and people who send them in a loop: a picture, a workbook, receipts, and a form of far too many fields.

Whoever sends them comes from as many addresses as it takes: no limit of attempts within an hour is reached.
"""

import json
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import update

from assessment import now_utc
from assessment.reports.workbook import columns
from assessment.storage.database import db
from assessment.storage.tables import attempt
from assessment.web.shell.limits import MOST, limit
from tests.support.logos import many_scans
from tests.support.office import packed, part_of, parts
from tests.support.opener import Browser

CLIENTS = 4
SECONDS_TO_WAIT = 60.0
_BOUNDARY = "between"


def forget_limits(app: Flask) -> None:
    """Let this machine attempt whatever it likes for this hour of the real server's clock."""
    app.extensions["clock"] = now_utc
    for what in MOST:
        with app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
            limit(what)
    with app.app_context():
        db.session.execute(update(attempt).values(count=-(10**9)))
        db.session.commit()
        db.session.remove()


def requests(app: Flask) -> dict[str, bytes]:
    """Return what is sent, each as a whole request of somebody who holds an assessment."""
    browser = Browser(app)
    hub = browser.start_sample()
    brackets = b"[" + b"[]," * 5_000_000 + b"[]]"
    receipt = json.loads(browser.client.get(hub + "summary.json").get_data())
    receipt["other-answers"] = {f"x/{n}": receipt["standards"][0]["answers"]["scope"] for n in range(8_000)}
    return {
        "a picture of 70,000 scans": _upload(browser, hub + "letterhead", "logo", many_scans()),
        "a workbook of nothing but beginnings": _upload(browser, hub + "workbook", "file", _workbook(browser, hub)),
        "a receipt of five million brackets": _upload(browser, "/verify", "file", brackets),
        "a receipt of eight thousand answers": _upload(browser, "/verify", "file", json.dumps(receipt).encode()),
        "a form of 400,000 fields to nowhere": _form(b"&".join(b"a%d=1" % n for n in range(400_000))),
        "a question for a PDF": _ask(browser, hub + "summary.pdf"),
        "a question for a workbook": _ask(browser, hub + "summary.xlsx"),
    }


def _workbook(browser: Browser, hub: str) -> bytes:
    data = browser.client.get(hub + "summary.xlsx").get_data()
    return packed({**parts(data), part_of(data, columns.ANSWERS): b"<c " * 20_000_000})


def _cookie(browser: Browser) -> str:
    return browser.cookie()


def _upload(browser: Browser, address: str, field: str, content: bytes) -> bytes:
    part = '--{}\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    fields = browser.open(address).fields()
    body = b"".join(part.format(_BOUNDARY, n, "").encode() + v[0].encode() + b"\r\n" for n, v in fields.items() if n != field)
    body += part.format(_BOUNDARY, field, '; filename="file"').encode() + content + f"\r\n--{_BOUNDARY}--\r\n".encode()
    return _post(address, f"multipart/form-data; boundary={_BOUNDARY}", body, _cookie(browser))


def _form(body: bytes) -> bytes:
    return _post("/a/nope/iso-9001/questions/4.1", "application/x-www-form-urlencoded", body, "")


def tiny_chunks() -> bytes:
    """Return a request whose body comes in millions of chunks of a byte: each costs more to find than to keep."""
    head = b"POST /start HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    return head + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\na\r\n" * 2_800_000 + b"0\r\n\r\n"


def _post(address: str, kind: str, body: bytes, cookie: str) -> bytes:
    head = f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Cookie: readiness={cookie}\r\nConnection: close\r\n\r\n".encode() + body


def _ask(browser: Browser, address: str) -> bytes:
    head = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: readiness={_cookie(browser)}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode()


@contextmanager
def sent_in_a_loop(port: int, request: bytes, clients: int = CLIENTS) -> Iterator["Counter[str]"]:
    """Have clients send the same again as soon as it is answered; give the statuses that came back, with how many of each."""
    statuses: Counter[str] = Counter()
    over = threading.Event()

    def send() -> None:
        while not over.is_set():
            statuses[_answer(port, request)] += 1

    threads = [threading.Thread(target=send) for _ in range(clients)]
    for each in threads:
        each.start()
    try:
        yield statuses
    finally:
        over.set()
        for each in threads:
            each.join()


def _answer(port: int, request: bytes) -> str:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=SECONDS_TO_WAIT) as connection:
            connection.sendall(request)
            status = connection.recv(1 << 16)[9:12].decode()
            while connection.recv(1 << 16):
                pass
    except OSError:
        return "none"
    return status or "none"
