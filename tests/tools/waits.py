"""A part of `make bench`: what one person waits for, as ratios to a bare page and a bare durable save of the same run.

One person asks one after the other, on a connection that stays open, of a server with one worker, and so does the floor. What
is read after a save is timed alone, by turns with saves that are not. Each round asks the floor and the product; the median of
the rounds' ratios counts. `python -m tests.tools.waits plan compare` measures only rows whose names hold one of the words.
"""

import http.client
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from assessment.domain.answers import Answer
from assessment.domain.rules import Rung
from assessment.storage.answers import load_some, save_answers
from assessment.storage.database import db
from assessment.storage.merge_save import Proposed
from tests.support.apps import NOW, build_app
from tests.support.opener import Browser
from tests.support.servers import environment_of, free_port
from tests.tools.at_work import COMMAND, SERVE, serving
from tests.tools.speed import PAGE

ROUNDS, FLOORS_A_ROUND = 25, 8
HISTORY = 500
OFTEN_CHANGED = "iso-9001/internal-audit"


class Connection:
    """One person's connection to a server."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port)
        self._headers = {"Cookie": f"readiness={cookie}", "Accept-Encoding": "gzip, deflate"}
        self.bytes = 0

    def ask(self, address: str, fields: Mapping[str, object] | None = None, *, script: bool = False) -> float:
        """Return the milliseconds until the whole reply to a GET, or to the POST of a form, was there."""
        body = urlencode(fields, doseq=True) if fields is not None else None
        headers = self._headers | ({"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {})
        headers |= {"Accept": "application/json"} if script else {}
        begun = time.perf_counter()
        self._connection.request("GET" if body is None else "POST", address, body, headers)
        reply = self._connection.getresponse()
        self.bytes = len(reply.read())
        taken = 1000 * (time.perf_counter() - begun)
        if reply.status not in (200, 303):
            raise SystemExit(f"{address} was answered with {reply.status}")
        return taken


class Person:
    """Somebody with the demo, who reads and saves."""

    def __init__(self, app: Flask, port: int) -> None:
        browser = Browser(app)
        self.hub = browser.start_sample()
        _change_often(app, self.hub.split("/")[2])
        self._fields = browser.open(self.hub + PAGE).fields()
        self._server = Connection(port, browser.cookie())
        self._saves = 0
        with app.app_context():
            db.engine.dispose()

    @property
    def kilobytes(self) -> float:
        """How large the last reply was, compressed."""
        return self._server.bytes / 1024

    def read(self, rest: str) -> float:
        """Return the milliseconds that a page takes."""
        return self._server.ask(self.hub + rest)

    def save(self, *, script: bool = True, note: bool = False) -> float:
        """Return the milliseconds that saving another answer takes, or only another note of it.

        It is sent alone by our script, or in the form of the whole page.
        """
        self._saves += 1
        version = int(self._fields["internal-audit-version"][0])
        said = {"note": f"note {self._saves}"} if note else {"answer": tuple(Rung)[self._saves % len(Rung)].id}
        changed = {f"internal-audit-{name}": [text] for name, text in {**said, "version": str(version)}.items()}
        kept = {"csrf_token": self._fields["csrf_token"], "save": ["later"]} if script else self._fields
        taken = self._server.ask(self.hub + PAGE, {**kept, **changed, "save_key": f"waits-{self._saves:012}"}, script=script)
        self._fields["internal-audit-version"] = [str(version + 1)]
        return taken

    def read_after_save(self, rest: str, *, note: bool = False) -> float:
        """Return the milliseconds that a page takes when another answer was just saved, or only another note."""
        self.save(note=note)
        return self.read(rest)


def _change_often(app: Flask, assessment_id: str) -> None:
    with app.app_context():
        sheet, versions = load_some(assessment_id, [OFTEN_CHANGED])
        answer, version = sheet.answers.get(OFTEN_CHANGED, Answer()), versions.get(OFTEN_CHANGED, 0)
        for number in range(HISTORY):
            proposed = Proposed(key=OFTEN_CHANGED, value=replace(answer, note=f"change {number}"), base_version=version)
            version = save_answers(assessment_id, [proposed], who="Ada", at=NOW).saved[OFTEN_CHANGED]


@dataclass(frozen=True, kw_only=True)
class Row:
    """What a person waits for: its name, what it is compared to, the most times as long it may take, and how it is done."""

    name: str
    aim: float
    done: Callable[[Person], float]
    to_save: bool = False


def _page(rest: str) -> Callable[[Person], float]:
    return lambda person: person.read(rest)


def _after_save(rest: str, *, note: bool = False) -> Callable[[Person], float]:
    return lambda person: person.read_after_save(rest, note=note)


COMPARE = "compare/iso-9001/iso-14001"
ROWS = (
    Row(name="question page, warm", aim=2.5, done=_page(PAGE)),
    Row(name="question page, right after a save", aim=4, done=_after_save(PAGE)),
    Row(name="saving one answer by script", aim=2.3, done=lambda person: person.save(), to_save=True),
    Row(name="saving a form of four", aim=2.5, done=lambda person: person.save(script=False), to_save=True),
    Row(name="results after another answer", aim=10, done=_after_save("results")),
    Row(name="results after another note", aim=10, done=_after_save("results", note=True)),
    Row(name="findings after another answer", aim=12, done=_after_save("findings")),
    Row(name="findings after another note", aim=12, done=_after_save("findings", note=True)),
    Row(name="plan after another answer", aim=15, done=_after_save("plan")),
    Row(name="plan after another note", aim=15, done=_after_save("plan", note=True)),
    Row(name="plan, kept", aim=15, done=_page("plan")),
    Row(name="compare, kept", aim=2, done=_page(COMPARE)),
    Row(name="compare after a save", aim=10, done=_after_save(COMPARE)),
    Row(name="results, kept", aim=1.5, done=_page("results")),
    Row(name="advice, results warm", aim=1.5, done=_page("advice")),
    Row(name="overview after a save", aim=10, done=_after_save("")),
    Row(name=f"one question's history of {HISTORY} changes", aim=5, done=_page(f"history/{OFTEN_CHANGED}")),
)


def _measured(row: Row, person: Person, least: Connection) -> str:
    page = "/page/one"
    ratios, times, floors = [], [], []
    for number in range(ROUNDS + 2):
        form = {"note": f"note {number}"} if row.to_save else None
        floor = statistics.median(least.ask(page, form) for _ in range(FLOORS_A_ROUND))
        taken = row.done(person)
        if number > 1:  # before, the server warms up
            floors.append(floor)
            times.append(taken)
            ratios.append(taken / floor)
    low, ratio, high = statistics.quantiles(ratios, n=4)
    return (
        f"{row.name}: {ratio:.1f} times the floor (aim: at most {row.aim:g}), half of {ROUNDS} rounds from {low:.1f} to "
        f"{high:.1f}; {statistics.median(times):.2f} ms against {statistics.median(floors):.2f}; {person.kilobytes:.0f} KB"
    )


def main() -> None:
    """Print the figures."""
    wanted = sys.argv[1:]
    with tempfile.TemporaryDirectory() as name, ExitStack() as running:
        folder = Path(name)
        app = build_app(folder)
        port, floor_port = free_port(), free_port()
        person = Person(app, port)
        environment = environment_of(app, folder)
        command = [word if word != "2" else "1" for word in COMMAND]
        floor_environment = {"FLOOR_DATABASE": str(folder / "floor.sqlite3")}
        running.enter_context(serving([sys.executable, "-c", SERVE, str(floor_port)], floor_environment, floor_port))
        running.enter_context(serving([*command, str(port)], environment, port))
        least = Connection(floor_port)
        for row in ROWS:
            if not wanted or any(word in row.name for word in wanted):
                print(_measured(row, person, least), flush=True)


if __name__ == "__main__":
    main()
