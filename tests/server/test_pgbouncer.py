"""Pages are saved through a real PgBouncer that gives each transaction to another connection, as the page on running says."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from sqlalchemy import make_url

from assessment.storage.database import db
from assessment.storage.history import broken_chains
from tests.storage.test_postgresql import application, on_postgresql
from tests.support.opener import Browser
from tests.support.servers import free_port

PEOPLE, SAVES = 4, 12
CONFIGURATION = """
[databases]
* = host={host} port={server} user={user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
"""


@contextmanager
def pgbouncer(url: str) -> Iterator[str]:
    """The address of a database through a running PgBouncer with two connections for everybody."""
    to, port = make_url(url), free_port()
    text = CONFIGURATION.format(host=to.host, server=to.port, user=to.username, port=port)
    user = "postgres" if os.getuid() == 0 else None  # it refuses to run as root
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pgbouncer.ini").write_text(text, encoding="utf-8")
        if user:
            for each in (folder, folder / "pgbouncer.ini"):
                shutil.chown(each, user)
        with (folder / "log").open("wb") as log:
            program = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
            running = subprocess.Popen([program, str(folder / "pgbouncer.ini")], stdout=log, stderr=log, user=user)
        try:
            until = time.monotonic() + 60
            while not _listens(port):
                assert running.poll() is None, (folder / "log").read_text(encoding="utf-8")
                assert time.monotonic() < until
                time.sleep(0.05)
            yield to.set(host="127.0.0.1", port=port).render_as_string(hide_password=False)
        finally:
            running.terminate()
            running.wait(60)


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


@on_postgresql
@pytest.mark.database
def test_many_people_save_over_two_connections_that_change_with_each_transaction(app: Flask, tmp_path: Path) -> None:
    with pgbouncer(app.config["DATABASE_URL"]) as url:
        through = application(url, tmp_path)
        with ThreadPoolExecutor(PEOPLE) as threads:
            hubs = list(threads.map(lambda number: _work(through, number), range(PEOPLE)))
        assert len(set(hubs)) == PEOPLE
        with through.app_context():
            assert list(broken_chains()) == []
            db.engine.dispose()


def _work(app: Flask, number: int) -> str:
    """Start an assessment and save one note after the other, each of which has to be there afterwards."""
    browser = Browser(app)
    hub = browser.start(f"Firm {number}")
    address = hub + "iso-9001/questions/9.2"
    for count in range(SAVES):
        browser.send(browser.open(address), {"internal-audit-note": f"note {number}.{count}", "save": "later"})
        assert f"note {number}.{count}" in browser.open(address).html
    return hub
