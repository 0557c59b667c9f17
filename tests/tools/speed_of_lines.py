"""The third part of `make bench`: what a worksheet's pages and saving a line cost, as ratios to the floor of the second part.

With a hundred lines in the register that is shown, and with a thousand. The first opening after a change is another matter,
since everything is worked out and written anew then; saving and opening by turns shows what that costs.
"""

import sys
import tempfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from assessment.storage.database import db
from assessment.storage.merge_save import Proposed
from assessment.storage.worksheets import LINE, WorksheetEntry, save_entries
from tests.support.apps import build_app
from tests.support.opener import Browser
from tests.support.servers import environment_of
from tests.support.worksheets import FUMES, REVIEW
from tests.tools.at_work import COMMAND, SERVE, serving
from tests.tools.clients import Measured, get, post, run
from tests.tools.speed import SECONDS_A_TURN, FloorCallers, Turns, compare

WORKSHEET = f"worksheets/{REVIEW.id}/"
SIZES = (100, 1_000)
_AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Register:
    """An assessment with so many aspects, each pointing at one of as many duties, and a clock of saves."""

    def __init__(self, app: Flask, browser: Browser, lines: int) -> None:
        self.lines, self.hub = lines, browser.start(f"{lines} lines")
        duties = [
            Proposed(key=f"{LINE}/D", value=WorksheetEntry(values={"title": f"Duty {number}", "kept": "yes"}), base_version=0)
            for number in range(1, lines + 1)
        ]
        aspects = [
            Proposed(
                key=f"{LINE}/F",
                value=WorksheetEntry(values={**FUMES, "aspect": f"Aspect {number}", "duties": (f"D{number}",)}),
                base_version=0,
            )
            for number in range(1, lines + 1)
        ]
        with app.app_context():
            save_entries(self.hub.split("/")[2], REVIEW.id, [*duties, *aspects], who="Ada", at=_AT, check=lambda *_: None)
        self.token = browser.open(f"{self.hub}{WORKSHEET}lines/F").fields()["csrf_token"][0]


class Callers(FloorCallers):
    """What clients ask about lines, each for one turn."""

    def __init__(self, app: Flask) -> None:
        super().__init__()
        browser = Browser(app)
        self.registers = {lines: [Register(app, browser, lines) for _ in range(8)] for lines in SIZES}
        self.cookie = browser.cookie()
        self._versions: dict[str, int] = {}
        with app.app_context():
            db.engine.dispose()

    def page(self, lines: int, rest: str) -> Measured:
        """A page of one worksheet."""
        address = self.registers[lines][0].hub + WORKSHEET + rest
        return run(self.port, lambda *_: get(address, self.cookie), seconds=SECONDS_A_TURN)

    def save(self, lines: int) -> Measured:
        """One line, each client in an assessment of its own."""
        return run(self.port, partial(self._post, lines), told=self._told(lines), seconds=SECONDS_A_TURN)

    def save_and_page(self, lines: int) -> Measured:
        """One line, then the page of its register, by turns."""

        def one(client: int, made: int) -> bytes:
            page = self.registers[lines][client].hub + WORKSHEET + "aspects"
            return get(page, self.cookie) if made % 2 else self._post(lines, client, made)

        return run(self.port, one, told=self._told(lines), seconds=SECONDS_A_TURN)

    def _post(self, lines: int, client: int, _made: int) -> bytes:
        register, number = self.registers[lines][client], next(self._count)
        fields = {
            "csrf_token": register.token,
            "save_key": f"bench-{number:012}",
            "save": "here",
            "f-aspect": f"Aspect of {number}",
            "version": self._versions.get(register.hub, 1),
        }
        return post(f"{register.hub}{WORKSHEET}lines/F1", self.cookie, urlencode(fields))

    def _told(self, lines: int) -> "Told":
        return Told(self, lines)


class Told:
    """Counts the version of each client's line on: a save that led on is one version."""

    def __init__(self, callers: Callers, lines: int) -> None:
        self._callers, self._lines = callers, lines

    def __call__(self, client: int, status: int, _body: bytes) -> None:
        """Hear what became of one request."""
        if status == 303:
            hub = self._callers.registers[self._lines][client].hub
            self._callers._versions[hub] = self._callers._versions.get(hub, 1) + 1


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = build_app(folder)
        callers = Callers(app)
        environment = environment_of(app, folder)
        floor_command = [sys.executable, "-c", SERVE, str(callers.floor_port)]
        at_floor = serving(floor_command, {"FLOOR_DATABASE": str(folder / "floor.sqlite3")}, callers.floor_port)
        at_work = serving([*COMMAND, str(callers.port)], environment, callers.port)
        with at_floor as (least, _), at_work as (server, _):
            for lines in SIZES:
                aims = (3.0, 3.0, 4.0) if lines == SIZES[0] else (None, None, None)
                for name, aim, rest in (("a register", aims[0], "aspects"), ("one line of it", aims[1], "lines/F1")):
                    ask = partial(callers.page, lines, rest)
                    compare(f"opening {name} of {lines} lines", aim, Turns(least, callers.floor_page), Turns(server, ask))
                saves = Turns(server, partial(callers.save, lines), right=303)
                compare(f"saving a line among {lines}", aims[2], Turns(least, callers.floor_save), saves)
                both = Turns(server, partial(callers.save_and_page, lines), right=303)
                compare(f"a save, then the register, by turns, {lines}", None, Turns(least, callers.floor_save_and_page), both)


if __name__ == "__main__":
    main()
