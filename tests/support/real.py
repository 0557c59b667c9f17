"""The real server with all invented organisations in it, for commands and tests that look from outside."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from tests.support.organisations import Assembled, Cast
from tests.support.servers import free_port, served
from tests.support.states import State, where


@dataclass(frozen=True, kw_only=True)
class Real:
    """A running server, what is in it, and the app that it shares its key and database with."""

    address: str
    app: Flask
    cast: Cast

    def where(self, state: State) -> str:
        """The address of the page that a state begins with."""
        return self.address + where(self.cast, state)


@contextmanager
def real_server(assembled: Assembled, folder: Path) -> Iterator[Real]:
    """The server as its command starts it, until the block ends."""
    port = free_port()
    with served(assembled.app, folder, port, workers=1):
        yield Real(address=f"http://127.0.0.1:{port}", app=assembled.app, cast=assembled.cast)
