"""`run`: bring the database up to date and serve the product."""

import gc
import importlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assessment import create_app
from assessment.commands.errors import bring_up_to_date, explained
from assessment.paths import PACKAGE
from assessment.settings import Settings, read_settings

if TYPE_CHECKING:
    from flask import Flask

# Requests that each worker works on at once. A download that waits for its child process must not keep pages waiting.
THREADS = 4
# Longer than any request takes; a worker that has not stopped by then never will.
SECONDS_TO_STOP = 30
STOP = (signal.SIGTERM, signal.SIGINT)


@click.command()
@click.option("--host", help="Address to listen on.  [default: ISO_READINESS_HOST, or 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 32), default=1, show_default=True)
@click.option("--threads", type=click.IntRange(1, 64), default=THREADS, show_default=True, help="In each worker.")
def run(host: str | None, port: int, workers: int, threads: int) -> None:
    """Bring the database up to date and serve the product."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    with explained():
        settings = read_settings(os.environ)
    if not _is_current(settings):
        bring_up_to_date()
    _load_once_for_all()
    _hold_signals_in_workers()
    host = host or settings.host
    click.echo(f"ISO Readiness is starting. Open {_address(settings, host, port)} in your browser; stop with Ctrl+C.")
    threading.Thread(target=_tidy_every_hour, daemon=True).start()
    server = Server(
        "assessment.commands.serving:create_worker",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_STOP,
        log_access=False,
        log_level=LogLevels.warning,
    )
    server.serve()


def _load_once_for_all() -> None:
    """Load the product's code here, so that workers begin at once and share its memory, which nothing writes to again.

    Nothing that is loaded is ever garbage; looking for some meanwhile would take a quarter of the time.
    """
    gc.disable()
    importlib.import_module("assessment.factory")
    gc.freeze()
    gc.enable()


def create_worker() -> "Flask":
    """Build the app of one worker."""
    for number in STOP:
        signal.signal(number, signal.SIG_DFL)
    threading.Thread(target=_stop_when_asked, daemon=True).start()
    app = create_app()
    gc.collect()
    gc.freeze()  # what every request uses is looked through for garbage no more
    return app


def _hold_signals_in_workers() -> None:
    """Have workers, from their first moment, put a signal to stop aside until `_stop_when_asked` asks for it.

    A fork of the server's parent would otherwise swallow it with the parent's handler until granian's own takes over.
    """
    os.register_at_fork(
        before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, STOP),
        after_in_parent=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP),
    )


def _stop_when_asked() -> None:
    """Wait in a worker for a signal to stop, and hand it to granian once that listens. Once only: its third would block."""
    asked = signal.sigwait(STOP)
    while not callable(handler := signal.getsignal(asked)):
        time.sleep(0.01)
    handler(asked, None)


def _address(settings: Settings, host: str, port: int) -> str:
    """Return where people open the product; one that listens on every address is open on this machine, too."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return settings.public_url or f"http://{name}:{port}"


def _is_current(settings: Settings) -> bool:
    """Tell whether a look into the SQLite file shows that there is nothing to upgrade: the usual case, and quick."""
    url = settings.database_url
    if not url.startswith("sqlite:///"):
        return False
    newest = max(path.name[:4] for path in (PACKAGE / "storage/migrations/versions").glob("[0-9]*.py"))
    file = Path(url.removeprefix("sqlite:///")).resolve().as_uri()
    try:
        with closing(sqlite3.connect(f"{file}?mode=ro", uri=True)) as database:
            return bool(database.execute("SELECT version_num FROM alembic_version").fetchone() == (newest,))
    except sqlite3.Error:
        return False


def _tidy_every_hour() -> None:
    """Run the command of that name in a process of its own, so that the server's parent stays small."""
    time.sleep(60)  # not while people wait for the first page
    while True:
        subprocess.run([sys.executable, "-m", "assessment", "tidy"], check=False, stdout=subprocess.DEVNULL)
        time.sleep(60 * 60)
