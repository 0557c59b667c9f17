"""The second half of `make bench`: what pages and saving cost, as ratios to a floor measured in the same run.

Both run with two workers of the same server, the floor with one thread in each, which suits it best; eight clients ask one
after the other. Floor and product take short turns, each round gives a ratio, and the median of the ratios counts, so that a
noisy machine bothers both alike. The half of the rounds in the middle is printed with it, and the ratio of processor time,
which a busy machine hardly changes.
"""

import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from assessment.storage.database import db
from tests.support.apps import build_app
from tests.support.opener import Browser
from tests.support.servers import environment_of, free_port
from tests.tools.at_work import COMMAND, SERVE, processor_ms, serving, workers_memory
from tests.tools.clients import Measured, get, post, run

ROUNDS = 21
SECONDS_A_TURN = 0.5
PAGE = "iso-9001/questions/9.2"
# Asked for after the load: both workers have then made some, in themselves and in children, and what they keep is counted.
DOCUMENTS = ("pdf", "docx", "xlsx", "zip")
ROUNDS_OF_DOCUMENTS = 3
MANY = 1_000_000
FEW = 100
# Answers in each copy: a full assessment a million times would be two hundred million rows, more than this disk takes.
ANSWERS_EACH = 3


@dataclass
class Turns:
    """What a server did in all its turns; ``right`` is the status, beside 200, of what it did right."""

    server: "subprocess.Popen[bytes]"
    ask: Callable[[], Measured]
    right: int = 200
    each: list[Measured] = field(default_factory=list)
    processor: float = 0.0

    def take(self) -> None:
        """One more turn."""
        before = processor_ms(self.server)
        self.each.append(self.ask())
        self.processor += processor_ms(self.server) - before
        if not set(self.each[-1].statuses) <= {200, self.right}:
            raise SystemExit(f"a server answered {self.each[-1].statuses}")

    @property
    def processor_ms_each(self) -> float:
        """Milliseconds of processor time for one reply."""
        return self.processor / self.replies

    @property
    def replies(self) -> int:
        """How many replies there were."""
        return sum(each.replies for each in self.each)

    @property
    def worst(self) -> float:
        """Milliseconds of the reply that took longest."""
        return max(each.percentile(1) for each in self.each)

    def median(self, of: Callable[[Measured], float]) -> float:
        """The median over the turns."""
        return statistics.median(map(of, self.each))


def compare(name: str, target: float | None, floor: Turns, product: Turns) -> float:
    """Let both take turns, print one line, and return the ratio of the times for one reply."""
    for _ in range(ROUNDS):
        floor.take()
        product.take()
    ratios = [mine.ms_each / least.ms_each for mine, least in zip(product.each, floor.each, strict=True)]
    low, ratio, high = statistics.quantiles(ratios, n=4)
    aim = "no target" if target is None else f"target: at most {target:g}"
    processor = product.processor_ms_each, product.processor_ms_each / floor.processor_ms_each
    milliseconds = [each.median(lambda turn: turn.ms_each) for each in (product, floor)]
    slowest = [each.median(lambda turn: turn.percentile(0.99)) for each in (product, floor)]
    print(
        f"{name}: {ratio:.2f} times the floor ({aim}), half of {ROUNDS} rounds from {low:.2f} to {high:.2f}; "
        f"{milliseconds[0]:.2f} ms against {milliseconds[1]:.2f}, p99 {slowest[0]:.1f} ms against {slowest[1]:.1f}; "
        f"processor {processor[0]:.2f} ms, {processor[1]:.2f} times the floor",
        flush=True,
    )
    return ratio


def multiply(path: Path, hub_id: str, how_many: int) -> list[str]:
    """Copy one assessment many times over, with its answers, straight into the file; return some of the ids."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = 0")
    connection.execute("PRAGMA foreign_keys = 0")
    connection.execute("CREATE TEMP TABLE copy (id TEXT)")
    connection.execute(
        "INSERT INTO copy WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
        "SELECT printf('copy-%012d', i) FROM n",
        (how_many,),
    )
    for table in ("assessment", "chosen_standard", "answer", "session_grant"):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        key = "id" if table == "assessment" else "assessment_id"
        picked = ", ".join("copy.id" if name == key else f"t.{name}" for name in columns)
        few = f" LIMIT {ANSWERS_EACH}" if table == "answer" else ""
        source = f"(SELECT * FROM {table} WHERE {key} = ?{few})"  # noqa: S608
        connection.execute(f"INSERT INTO {table} SELECT {picked} FROM {source} t, copy", (hub_id,))  # noqa: S608
    connection.commit()
    ids = [row[0] for row in connection.execute("SELECT id FROM copy ORDER BY random() LIMIT 100")]
    connection.close()
    return ids


def _turn(ids: list[str], cookie: str, _client: int, made: int) -> bytes:
    """The question page of another assessment each time."""
    return get(f"/a/{ids[made % len(ids)]}/{PAGE}", cookie)


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = build_app(folder)
        _measure(app, folder)


class FloorCallers:
    """What clients ask of the floor, each for one turn; and where it and the product listen."""

    def __init__(self) -> None:
        self.port, self.floor_port = free_port(), free_port()
        self._count = iter(range(10**9))

    def floor_page(self) -> Measured:
        """The page of the floor."""
        return run(self.floor_port, lambda *_: get("/page/one", ""), seconds=SECONDS_A_TURN)

    def floor_save(self) -> Measured:
        """The save of the floor."""
        return run(self.floor_port, self._floor_post, seconds=SECONDS_A_TURN)

    def floor_save_and_page(self) -> Measured:
        """The save of the floor, then its page, by turns."""

        def one(client: int, made: int) -> bytes:
            return get("/page/one", "") if made % 2 else self._floor_post(client, made)

        return run(self.floor_port, one, seconds=SECONDS_A_TURN)

    def _floor_post(self, client: int, made: int) -> bytes:
        return post(f"/page/{client}", "", f"note=note+{made}")


class Callers(FloorCallers):
    """What eight clients ask of the floor and of the product, each for one turn."""

    def __init__(self, app: Flask) -> None:
        super().__init__()
        browser = Browser(app)
        self.hub = browser.start_sample()
        self._token = browser.open(self.hub + PAGE).fields()["csrf_token"][0]
        self.cookie = browser.cookie()
        self._hubs = [browser.start_sample() for _ in range(8)]
        self._versions: dict[int, int] = dict.fromkeys(range(8), 1)
        with app.app_context():
            db.engine.dispose()

    def page(self, rest: str) -> Measured:
        """A page of one assessment."""
        return run(self.port, lambda *_: get(self.hub + rest, self.cookie), seconds=SECONDS_A_TURN)

    def save(self) -> Measured:
        """One answer, each client in an assessment of its own."""
        return run(self.port, self._post, told=self._told, seconds=SECONDS_A_TURN)

    def downloads(self) -> int:
        """Have two clients download every kind of document several times, over new connections; return how many there were."""
        made = 0
        for ending in DOCUMENTS * ROUNDS_OF_DOCUMENTS:
            got = run(self.port, partial(self._download, ending), clients=2, seconds=0)
            made += got.statuses.get(200, 0)
            if got.statuses.keys() != {200}:
                raise SystemExit(f"a download was answered with {got.statuses}")
        return made

    def save_and_results(self) -> Measured:
        """One answer, then the results it leads to, by turns."""

        def one(client: int, made: int) -> bytes:
            return get(self._hubs[client] + "results", self.cookie) if made % 2 else self._post(client, made)

        return run(self.port, one, told=self._told, seconds=SECONDS_A_TURN)

    def _download(self, ending: str, _client: int, _made: int) -> bytes:
        return get(f"{self.hub}summary.{ending}", self.cookie)

    def _post(self, client: int, _: int) -> bytes:
        number = next(self._count)
        fields = {
            "csrf_token": self._token,
            "save_key": f"bench-{number:012}",
            "save": "later",
            "internal-audit-note": f"note {number}",
            "internal-audit-version": self._versions[client],
        }
        return post(self._hubs[client] + PAGE, self.cookie, urlencode(fields))

    def _told(self, client: int, status: int, body: bytes) -> None:
        self._versions[client] += status == 200 and body.startswith(b"{")


def _measure(app: Flask, folder: Path) -> None:
    callers = Callers(app)
    environment = environment_of(app, folder)
    command = [*COMMAND, str(callers.port)]
    floor_command = [sys.executable, "-c", SERVE, str(callers.floor_port)]
    with serving(floor_command, {"FLOOR_DATABASE": str(folder / "floor.sqlite3")}, callers.floor_port) as (least, _):
        with serving(command, environment, callers.port) as (server, taken):
            print(f"first page {taken:.2f} s after the start (target: at most 1)")
            page, results = Turns(server, lambda: callers.page(PAGE)), Turns(server, lambda: callers.page("results"))
            compare("opening a question page", 3, Turns(least, callers.floor_page), page)
            compare("results of a full assessment of both standards", 6, Turns(least, callers.floor_page), results)
            saves, both = Turns(server, callers.save), Turns(server, callers.save_and_results)
            least_saves = Turns(least, callers.floor_save)
            ratio = compare("saving one answer durably", 2, least_saves, saves)
            compare("a save, then the results it leads to, by turns", None, Turns(least, callers.floor_save_and_page), both)
            a_second = 1000 / saves.median(lambda each: each.ms_each)
            print(
                f"durable saves a second: {a_second:.0f} (target: 650), {1 / ratio:.2f} of the floor's (target: at least 0.5)"
            )
            print(
                f"the worst save of eight clients: {saves.worst:.0f} ms of {saves.replies} (target: at most 60), "
                f"{saves.worst / least_saves.worst:.1f} times the floor's {least_saves.worst:.0f} ms of {least_saves.replies}"
            )
            _memory("load", 120, server, least)
            made = callers.downloads()
            _memory(f"{made} downloads more ({', '.join(DOCUMENTS)})", 140, server, least)
        _many(app, folder, callers, environment)


def _memory(after: str, most: int, server: "subprocess.Popen[bytes]", least: "subprocess.Popen[bytes]") -> None:
    """Print what the workers of both take."""
    parent, *workers = workers_memory(server)
    floor = sum(workers_memory(least)[1:])
    print(
        f"memory after {after}: {len(workers)} workers {sum(workers):.0f} MB (PSS; target: at most {most}), "
        f"{sum(workers) / floor:.1f} times the floor's {floor:.0f} MB; parent {parent:.0f} MB",
        flush=True,
    )


def _many(app: Flask, folder: Path, callers: Callers, environment: dict[str, str]) -> None:
    """The same page with a hundred and with a million assessments in the database, by turns."""
    path = Path(app.config["DATABASE_URL"].removeprefix("sqlite:///"))
    turns = []
    with ExitStack() as both:
        for how_many in (FEW, MANY):
            other = folder / f"{how_many}.sqlite3"
            with sqlite3.connect(path) as source, sqlite3.connect(other) as target:
                source.backup(target)
            ask = partial(_turn, multiply(other, callers.hub.split("/")[2], how_many), callers.cookie)
            port = free_port()
            at_work = serving([*COMMAND, str(port)], {**environment, "DATABASE_URL": f"sqlite:///{other}"}, port)
            take = partial(run, port, ask, seconds=SECONDS_A_TURN)
            turns.append(Turns(both.enter_context(at_work)[0], take))
            print(f"{how_many:,} assessments: {other.stat().st_size / 2**20:,.0f} MB")
        compare(f"a question page of any of {MANY:,} assessments, the floor being {FEW}", 1.2, *turns)


if __name__ == "__main__":
    main()
