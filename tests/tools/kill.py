"""`make kill N=10000`: people save while the server is killed with SIGKILL at random moments. Nothing acknowledged is lost.

Half of the clients save answers of their own, half a line of a worksheet of their own, one after the other, at the same server.
Where a client hears nothing, it sends the very same again, as a browser does.
"""

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlencode

from assessment.storage.answers import answer_of
from assessment.storage.database import db
from assessment.storage.history import broken_chains, history
from assessment.storage.worksheet_entries import worksheet_entry
from tests.support.apps import build_app, drop_database
from tests.support.opener import Browser

CLIENTS = 4  # of each kind
PAGE = "iso-9001/questions/9.2"
QUESTION = "internal-audit"
WORKSHEET, LINE = "environmental-review", "F1"
LONGEST_LIFE = 0.12  # seconds until a server is killed
PATIENCE = 60  # seconds without any answer after which a client gives up
SERVED_FIRST = 0.7  # the part of the servers whose time begins when each kind was answered; others may die while they start


@dataclass
class Client:
    """One person with an assessment of their own, and what the server told them."""

    saves: ClassVar[str] = "answers"
    page: ClassVar[str] = PAGE
    right: ClassVar[int] = 200
    first_version: ClassVar[int] = 0
    hub: str
    cookie: str
    token: str
    port: int
    acknowledged: list[tuple[int, int]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def work(self, stop: threading.Event) -> None:
        """Save one note after the other until told to stop."""
        version, number = self.first_version, 0
        while not stop.is_set():
            number += 1
            reply = self.until_answered(self.body(number, version), stop)
            if reply is None:
                return
            code, told = reply
            if code != self.right:
                self.wrong.append(f"{code}: {told}")
                return
            version = self.reached(told, version)
            self.acknowledged.append((number, version))

    def body(self, number: int, version: int) -> str:
        """What our own script sends to save a note on top of a version."""
        fields = {
            "csrf_token": self.token,
            "save_key": f"{self.hub[3:19]}-{number:08}",
            "save": "later",
            f"{QUESTION}-note": f"note {number}",
            f"{QUESTION}-version": str(version),
        }
        return urlencode(fields)

    def reached(self, told: str, _before: int) -> int:
        """Return the version that a save reached, by the server's answer."""
        version: int = json.loads(told)["saved"][QUESTION]
        return version

    def notes(self) -> dict[int, str]:
        """Return what is in the history, by version."""
        entries = history(self.hub.split("/")[2], f"iso-9001/{QUESTION}")
        return {entry.version: answer_of(entry.content).note for entry in entries}

    def until_answered(self, body: str, stop: threading.Event) -> tuple[int, str] | None:
        """Send the same until somebody answers; ``None`` if told to stop, or if nobody does for a minute."""
        headers = {
            "Cookie": f"readiness={self.cookie}",
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        until = time.monotonic() + PATIENCE
        while not stop.is_set() and time.monotonic() < until:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            try:
                connection.request("POST", self.hub + self.page, body, headers)
                answer = connection.getresponse()
                return answer.status, answer.read().decode()
            except (OSError, http.client.HTTPException):
                time.sleep(0.005)
            finally:
                connection.close()
        return None


class LineClient(Client):
    """One person who saves a line of a worksheet instead; the answer only says where to go on, so each save is one version."""

    saves: ClassVar[str] = "lines of a worksheet"
    page: ClassVar[str] = f"worksheets/{WORKSHEET}/lines/{LINE}"
    right: ClassVar[int] = 303
    first_version: ClassVar[int] = 1

    def body(self, number: int, version: int) -> str:
        """What the form of a line sends to save it on top of a version."""
        fields = {
            "csrf_token": self.token,
            "save_key": f"{self.hub[3:19]}-{number:08}",
            "save": "here",
            "f-aspect": f"note {number}",
            "version": str(version),
        }
        return urlencode(fields)

    def reached(self, _told: str, before: int) -> int:
        """Return the version after the one that was saved upon: nobody else saves here."""
        return before + 1

    def notes(self) -> dict[int, str]:
        """Return what is in the history of the line, by version."""
        entries = history(self.hub.split("/")[2], f"worksheet/{WORKSHEET}/line/{LINE}")
        return {entry.version: str(worksheet_entry(entry.content).values.get("aspect", "")) for entry in entries}


KINDS: tuple[type[Client], ...] = (Client, LineClient)
People = dict[type[Client], list[Client]]


@dataclass(frozen=True, kw_only=True)
class Found:
    """What is there of one kind after all kills, against what was acknowledged."""

    saves: str
    kills: int
    acknowledged: int
    found: int
    lost: int
    twice: int
    wrong: tuple[str, ...]
    broken: int
    seed: int

    def __str__(self) -> str:
        return (
            f"{self.saves}: {self.kills} kills, acknowledged {self.acknowledged}, found {self.found}, lost {self.lost}, "
            f"written twice {self.twice}, wrong replies {len(self.wrong)}, damaged {self.broken}, seed {self.seed}"
        )


def kill(times: int, seed: int) -> list[Found]:
    """Kill a server so many times while clients of every kind save, and look what is there of each kind afterwards."""
    chance = random.Random(seed)  # noqa: S311  # moments to kill at
    with tempfile.TemporaryDirectory() as folder:
        app = build_app(Path(folder))
        url = app.config["DATABASE_URL"]
        people = {kind: [_client(kind, Browser(app)) for _ in range(CLIENTS)] for kind in KINDS}
        with app.app_context():
            db.engine.dispose()
        arguments = [sys.executable, "-m", "tests.tools.forks", url, app.config["SECRET_KEY"], folder]
        server = subprocess.Popen(
            arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        try:
            _kill_again_and_again(server, people, times, chance)
        finally:
            server.kill()
            server.communicate()
        with app.app_context():
            damaged = len(list(broken_chains())) + _damage()
            found = [_look(each, times, damaged, seed) for each in people.values()]
            db.engine.dispose()
        drop_database(url)
    return found


def _client(kind: type[Client], browser: Browser) -> Client:
    """Return one person who started an assessment, and the line that they will save, if they save one."""
    hub = browser.start()
    token = browser.open(hub + PAGE).fields()["csrf_token"][0]
    if kind is LineClient:
        browser.send(browser.open(f"{hub}worksheets/{WORKSHEET}/lines/F"), {"f-aspect": "note 0", "save": "here"})
    return kind(hub=hub, cookie=browser.cookie(), token=token, port=0)


def _kill_again_and_again(server: "subprocess.Popen[str]", people: People, times: int, chance: random.Random) -> None:
    assert server.stdin is not None
    assert server.stdout is not None
    port = int(server.stdout.readline())
    stop = threading.Event()
    threads = []
    for each in chain.from_iterable(people.values()):
        each.port = port
        threads.append(threading.Thread(target=each.work, args=(stop,)))
    for thread in threads:
        thread.start()
    try:
        for _ in range(times):
            pid = _another(server)
            if chance.random() < SERVED_FIRST:
                _wait_for_an_answer(people)
            time.sleep(chance.uniform(0.005, LONGEST_LIFE))
            os.kill(pid, signal.SIGKILL)
            assert server.stdout.readline() == "ended\n"
        pid = _another(server)  # the last one lives until everybody has heard
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    os.kill(pid, signal.SIGKILL)
    assert server.stdout.readline() == "ended\n"


def _another(server: "subprocess.Popen[str]") -> int:
    """Start another server; its process id."""
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write("another\n")
    server.stdin.flush()
    return int(server.stdout.readline())


def _wait_for_an_answer(people: People) -> None:
    """Until this server acknowledged something of each kind, however busy the machine is."""
    before, until = _acknowledged(people), time.monotonic() + 10
    while any(now == then for now, then in zip(_acknowledged(people), before, strict=True)) and time.monotonic() < until:
        time.sleep(0.002)


def _acknowledged(people: People) -> list[int]:
    """Return how many saves of each kind were acknowledged."""
    return [sum(len(each.acknowledged) for each in those) for those in people.values()]


def _look(people: list[Client], kills: int, damaged: int, seed: int) -> Found:
    acknowledged = found = twice = 0
    for each in people:
        notes = each.notes()
        twice += len(notes) - len(set(notes.values()))
        acknowledged += len(each.acknowledged)
        found += sum(notes.get(version) == f"note {number}" for number, version in each.acknowledged)
    return Found(
        saves=people[0].saves,
        kills=kills,
        acknowledged=acknowledged,
        found=found,
        lost=acknowledged - found,
        twice=twice,
        wrong=tuple(message for each in people for message in each.wrong),
        broken=damaged,
        seed=seed,
    )


def _damage() -> int:
    """Whether the database file itself is damaged."""
    if db.engine.dialect.name != "sqlite":
        return 0
    with db.engine.connect() as connection:
        return int(connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok")


def main() -> None:
    """Print the figures; end with 1 where anything is lost, written twice, or broken."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(10**9)
    bad = 0
    for found in kill(times, seed):
        print(found)
        bad += found.lost + found.twice + len(found.wrong) + found.broken
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
