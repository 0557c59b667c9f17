"""`python -m tests.tools.processor_time`: what a question page, a save and a form cost the processor, as ratios to the floor.

A save is of a note by our script; a form is that of the whole page, of which a note changed; both is a save, then the page;
results, findings and plan are a save of another rung, then these pages. What they would cost without a part that does by hand
what could be done in the ordinary way is told by naming parts: `python -m tests.tools.processor_time compiled state-cache
carried kept-page question-html untouched pieces planners`. A speed-up that is worth less than 15 percent of a page or of a save
is not worth its code.

No server and no network: an application is called as a server calls it, in one process, and only processor time counts. What
is compared takes short turns, so that a busy machine bothers both alike; the median of the ratios is printed, with the half of
the turns in the middle.
"""

import gc
import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import Connection
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from assessment.domain.rules import Rung
from assessment.storage.compiled import Prepared
from assessment.web.questions.question_cache import render_question
from assessment.web.shell.pieces import Pieces
from assessment.web.shell.state_cache import CachedState, StateCache
from tests.support.apps import build_app
from tests.support.opener import Browser
from tests.tools import floor

PAGE = "iso-9001/questions/9.2"
TURNS, TURNS_BEFORE, REQUESTS_A_TURN = 41, 2, 30
# Pages that take long; a turn of them is a tenth of the others.
LONG = ("results", "findings", "plan")

Request = Callable[[], None]


def _statement_of(prepared: Prepared) -> Any:
    return prepared._statement


def _run(prepared: Prepared, connection: Connection, values: Mapping[str, Any]) -> int:
    count: int = connection.execute(_statement_of(prepared), values).rowcount
    return count


def _all(prepared: Prepared, connection: Connection, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(_statement_of(prepared), values).mappings()]


def _first(prepared: Prepared, connection: Connection, values: Mapping[str, Any]) -> dict[str, Any] | None:
    row = connection.execute(_statement_of(prepared), values).mappings().first()
    return dict(row) if row is not None else None


_of = StateCache.state_of


def _read_anew(_: StateCache, assessment_id: str, chain: str) -> CachedState:
    return _of(StateCache(), assessment_id, chain)


def without(part: str, app: Flask) -> AbstractContextManager[Any]:
    """Take one of the parts away for a while; the parts are named above."""
    if part == "compiled":
        return patch.multiple(Prepared, run=_run, all=_all, first=_first)
    if part == "state-cache":
        return patch.object(StateCache, "state_of", _read_anew)
    if part == "carried":
        return patch("assessment.web.shell.state_cache.carried_on", return_value=None)
    if part == "kept-page":
        return patch.object(CachedState, "get_or_write", lambda _state, _key, write: write())
    if part == "question-html":
        return patch.dict(app.extensions, {"question-html": render_question})
    if part == "untouched":
        return patch("assessment.web.questions.saving.is_untouched", return_value=False)
    if part == "pieces":
        return patch.object(Pieces, "get_or_render", lambda _pieces, _key, render: render())
    if part == "planners":
        return patch("assessment.domain.way_planner._get_or_make", lambda _shelf, _key, make, kept: make())
    raise SystemExit(f"there is no part {part}")


class Requests:
    """What asks the floor and the product for a page and for a save."""

    def __init__(self, folder: Path) -> None:
        os.environ["FLOOR_DATABASE"] = str(folder / "floor.sqlite3")
        floor.prepare()
        least, self.product = floor.create_app(), build_app(folder)
        self.product.testing = False
        browser = Browser(self.product)
        path = browser.start_sample() + PAGE
        self._fields = browser.open(path).fields()
        self._saves = iter(range(10**9))
        self._rungs = 0
        gc.collect()
        gc.freeze()  # as in a worker
        headers = {"Cookie": f"readiness={browser.cookie()}", "Accept-Encoding": "gzip, deflate, br"}
        self.of_floor = {
            "page": _request(least, "/page/one", {}),
            "save": _request(least, "/page/one", {}, lambda: "note=another+note"),
            "form": _request(least, "/page/one", {}, lambda: "note=another+note"),
        }
        self.of_floor["both"] = _both(self.of_floor["save"], self.of_floor["page"])
        self.of_floor |= dict.fromkeys(LONG, self.of_floor["both"])
        self.of_product = {
            "page": _request(self.product, path, headers),
            "save": _request(self.product, path, headers | {"Accept": "application/json"}, self._body),
            "form": _request(self.product, path, headers, self._whole_body),
        }
        save, hub = self.of_product["save"], path.removesuffix(PAGE)
        self.of_product["both"] = _both(save, self.of_product["page"])
        other_rung = _request(self.product, path, headers | {"Accept": "application/json"}, self._body_with_rung)
        self.of_product |= {name: _both(other_rung, _request(self.product, hub + name, headers)) for name in LONG}

    def _body(self) -> str:
        return urlencode({"csrf_token": self._fields["csrf_token"][0], "save": "later", **self._changed()})

    def _body_with_rung(self) -> str:
        self._rungs += 1
        return f"{self._body()}&internal-audit-answer={tuple(Rung)[self._rungs % len(Rung)].id}"

    def _whole_body(self) -> str:
        return urlencode({**self._fields, **self._changed()}, doseq=True)

    def _changed(self) -> dict[str, object]:
        number = next(self._saves)
        return {
            "save_key": f"bench-{number:012}",
            "internal-audit-note": f"note {number}",
            "internal-audit-version": int(self._fields["internal-audit-version"][0]) + number,
        }


def _both(save: Request, page: Request) -> Request:
    def ask() -> None:
        save()
        page()

    return ask


def _request(app: Flask, path: str, headers: Mapping[str, str], body: Callable[[], str] | None = None) -> Request:
    """Return what makes one request, as a server does, and reads the reply to its end."""
    every = dict(headers)
    if body:
        every |= {"Content-Type": "application/x-www-form-urlencoded"}
    always = EnvironBuilder(path, method="POST" if body else "GET", headers=Headers(every)).get_environ()

    def ask() -> None:
        data = body().encode() if body else b""
        statuses: list[str] = []

        def start(status: str, _headers: Any, *_more: Any) -> Any:
            statuses.append(status)

        reply = app({**always, "CONTENT_LENGTH": str(len(data)), "wsgi.input": io.BytesIO(data)}, start)
        length = sum(map(len, reply))
        getattr(reply, "close", lambda: None)()
        if statuses[0][:3] not in ("200", "303") or not length:
            raise SystemExit(f"{path} was answered with {statuses[0]}")

    return ask


def microseconds(ask: Request, times: int) -> float:
    """Return the processor time of one request, over a turn of them."""
    begun = time.process_time()
    for _ in range(times):
        ask()
    return (time.process_time() - begun) * 1_000_000 / times


def ratio(less: Request, more: Request, times: int, around: Callable[[], AbstractContextManager[Any]] = nullcontext) -> str:
    """Measure two requests by turns of so many, the second one within ``around``, and return in words how they compare."""
    turns = []
    for number in range(TURNS_BEFORE + TURNS):
        first = microseconds(less, times)
        with around():
            second = microseconds(more, times)
        if number >= TURNS_BEFORE:
            turns.append((first, second))
    low, median, high = statistics.quantiles((second / first for first, second in turns), n=4)
    before, after = (statistics.median(each) for each in zip(*turns, strict=True))
    return f"{median:.2f} times ({low:.2f} to {high:.2f}), {after:.0f} microseconds against {before:.0f}"


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        requests = Requests(Path(name))
        for what, ask in requests.of_product.items():
            times = REQUESTS_A_TURN // 10 if what in LONG else REQUESTS_A_TURN
            if not sys.argv[1:]:
                print(f"a {what} costs the floor's {ratio(requests.of_floor[what], ask, times)}", flush=True)
            for part in sys.argv[1:]:
                compared = ratio(ask, ask, times, partial(without, part, requests.product))
                print(f"a {what} without {part} costs {compared}", flush=True)


if __name__ == "__main__":
    main()
