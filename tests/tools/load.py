"""`make load`: fifty people in one assessment, then five hundred assessments at once, against two workers of the real server.

Everybody opens pages and saves answers, each as soon as the reply to the request before is there. What was acknowledged is
looked up in the history afterwards. A conflict is no error: the person opens the page again and goes on from what is there.
"""

import json
import random
import re
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from assessment.storage.answers import answer_of
from assessment.storage.database import db
from assessment.storage.history import RESERVED, broken_chains, latest
from assessment.web.shell.limits import MOST, count_attempts
from tests.support.apps import build_app, drop_database
from tests.support.opener import Browser
from tests.support.servers import environment_of, free_port
from tests.tools.at_work import COMMAND, serving, workers_memory
from tests.tools.clients import Measured, get, post, run

PEOPLE, ASSESSMENTS, SECONDS, SEED = 50, 500, 120.0, 2026
PAGES = tuple(f"iso-9001/questions/{slug}" for slug in ("4.1", "5.1", "6.1", "8.2", "9.1", "10.2"))
OVERVIEWS = ("", "results", "plan")
SAVES_A_VISIT = 3
# Megabytes a worker may grow from the second quarter to the last, as part of what it had: the caches are full by then.
MOST_GROWTH = 0.05
_VERSION = re.compile(rb'name="([a-z0-9-]+)-version" value="(\d+)"')


@dataclass
class Person:
    """Somebody at work: opens a page, saves a few of its answers, looks at an overview now and then, goes on."""

    hub: str
    cookie: str
    token: str
    chance: random.Random
    page: str = ""
    versions: dict[str, int] = field(default_factory=dict)
    saving: tuple[str, str] = ("", "")
    to_save: int = 0
    count: int = 0
    acknowledged: list[tuple[str, int, str]] = field(default_factory=list)
    conflicts: int = 0
    wrong: list[str] = field(default_factory=list)

    def ask(self) -> bytes:
        """The next request."""
        self.count += 1
        if self.to_save and self.versions:
            self.to_save -= 1
            question = self.chance.choice(sorted(self.versions))
            self.saving = (question, f"{self.cookie[-12:]} {self.count}")
            fields = {
                "csrf_token": self.token,
                "save_key": f"{self.cookie[-12:]}-{self.count:09}".replace(".", "-"),
                "save": "later",
                f"{question}-note": self.saving[1],
                f"{question}-version": self.versions[question],
            }
            return post(self.hub + self.page, self.cookie, urlencode(fields))
        self.saving = ("", "")
        if self.chance.random() < 0.1:
            return get(self.hub + self.chance.choice(OVERVIEWS), self.cookie)
        self.page, self.versions = self.chance.choice(PAGES), {}
        self.to_save = SAVES_A_VISIT
        return get(self.hub + self.page, self.cookie)

    def hear(self, status: int, body: bytes) -> None:
        """What the reply means."""
        question, note = self.saving
        if not question:
            if status != 200:
                self.wrong.append(f"{status} for a page")
            elif self.to_save:
                self.versions = {name.decode(): int(version) for name, version in _VERSION.findall(body)}
        elif status == 200:
            self.versions[question] = json.loads(body)["saved"][question]
            self.acknowledged.append((question, self.versions[question], note))
        elif status == 409 and json.loads(body)["conflicts"] == [question]:
            self.conflicts += 1
            self.to_save = 0  # look at the page again
        else:
            self.wrong.append(f"{status} for a save: {body[:200]!r}")


@dataclass(frozen=True, kw_only=True)
class Found:
    """What came of it. ``memory`` are megabytes (PSS) of both workers together, one figure for each quarter of the time."""

    people: int
    assessments: int
    measured: Measured
    acknowledged: int
    lost: int
    conflicts: int
    wrong: tuple[str, ...]
    broken: int
    memory: tuple[float, ...]

    @property
    def growth(self) -> float:
        """By how much of itself the memory grew from the second quarter to the last."""
        return self.memory[3] / self.memory[1] - 1

    def __str__(self) -> str:
        measured, by_quarter = self.measured, ", ".join(f"{each:.0f}" for each in self.memory)
        return (
            f"{self.people} people, {self.assessments} assessments, {measured.seconds:.0f} s: {measured.replies:,} replies "
            f"({measured.replies / measured.seconds:.0f} a second), median {measured.percentile(0.5):.0f} ms, "
            f"p99 {measured.percentile(0.99):.0f} ms, slowest {measured.percentile(1):.0f} ms; "
            f"acknowledged {self.acknowledged:,}, lost {self.lost}, conflicts shown {self.conflicts:,}, "
            f"errors {len(self.wrong)}, broken histories {self.broken}; "
            f"workers {by_quarter} MB by quarter of the time ({self.growth:+.1%})"
        )


def load(people: int, assessments: int, seconds: float, seed: int = SEED, *, at_least: int = 1) -> Found:
    """Have people work in as many assessments, evenly shared, and look what is there afterwards.

    They work for some seconds, and longer where somebody has not yet made ``at_least`` so many requests.
    """
    with tempfile.TemporaryDirectory() as name:
        app = build_app(Path(name))
        count_attempts(app, {**MOST, "start": 10**6, "assessment": 10**6, "open": 10**6})  # all of them come from one address
        everybody = _arrive(app, people, assessments, seed)
        with app.app_context():
            db.engine.dispose()
        port = free_port()
        environment = environment_of(app, Path(name))
        with serving([*COMMAND, str(port)], environment, port) as (server, _), _watched(server) as memory:
            measured = run(
                port,
                lambda number, _: everybody[number].ask(),
                clients=people,
                seconds=seconds,
                at_least=at_least,
                told=lambda number, status, body: everybody[number].hear(status, body),
            )
        with app.app_context():
            lost, broken = _lost(everybody), len(list(broken_chains()))
            db.engine.dispose()
        drop_database(app.config["DATABASE_URL"])
    return Found(
        people=people,
        assessments=assessments,
        measured=measured,
        acknowledged=sum(len(each.acknowledged) for each in everybody),
        lost=lost,
        conflicts=sum(each.conflicts for each in everybody),
        wrong=tuple(message for each in everybody for message in each.wrong),
        broken=broken,
        memory=quarters(memory),
    )


def _arrive(app: Flask, people: int, assessments: int, seed: int) -> list[Person]:
    """One person starts each assessment; the others come in by a private link."""
    everybody: list[Person] = []
    links: list[str] = []
    for number in range(people):
        browser = Browser(app)
        if number < assessments:
            hub = browser.start(f"Organisation {number}")
            if people > assessments:
                shared = browser.send(browser.open(hub + "share"), {"label": "Everybody"})
                (link,) = (
                    "".join(each.itertext()).strip() for each in shared.all("textarea") if each.get("id") == "link-address"
                )
                links.append(link.partition("localhost")[2])
        else:
            hub = browser.send(browser.open(links[number % assessments])).path
        token = browser.open(hub + PAGES[0]).fields()["csrf_token"][0]
        chance = random.Random(seed + number)  # noqa: S311  # who does what
        everybody.append(Person(hub=hub, cookie=browser.cookie(), token=token, chance=chance))
    return everybody


@contextmanager
def _watched(server: object) -> Iterator[list[float]]:
    """The memory of both workers, looked at every half second."""
    seen: list[float] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.5):
            seen.append(sum(workers_memory(server)[1:]))  # type: ignore[arg-type]

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def quarters(seen: Sequence[float]) -> tuple[float, ...]:
    """The median of each quarter of some figures, at least four."""
    size = len(seen) / 4
    return tuple(statistics.median(seen[int(part * size) : int((part + 1) * size)]) for part in range(4))


def _lost(everybody: list[Person]) -> int:
    """How many acknowledged saves are not in the history as they were made."""
    lost = 0
    for hub in {each.hub for each in everybody}:
        entries = latest(hub.split("/")[2], most=10**9)
        answers = [each for each in entries if each.kind not in RESERVED]
        notes = {(each.about, each.version): answer_of(each.content).note for each in answers}
        here = [save for each in everybody if each.hub == hub for save in each.acknowledged]
        lost += sum(notes.get((question, version)) != note for question, version, note in here)
    return lost


def main() -> None:
    """Print the figures; end with 1 where anything is wrong, lost or broken, or the memory is not flat."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    bad = False
    for people, assessments in ((PEOPLE, 1), (ASSESSMENTS, ASSESSMENTS)):
        found = load(people, assessments, seconds)
        print(found, flush=True)
        bad |= bool(found.lost or found.wrong or found.broken or found.growth > MOST_GROWTH)
    sys.exit(bad)


if __name__ == "__main__":
    main()
