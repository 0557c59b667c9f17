"""`run`: bring the database up to date and serve the product."""

import ctypes
import gc
import importlib
import logging
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from assessment import create_app, setting_values
from assessment.commands.errors import bring_up_to_date, explained
from assessment.paths import PACKAGE
from assessment.settings import Settings, SettingsError, precautions, read_settings, runs_as_root
from assessment.storage.health import LEAST_BYTES_FREE

if TYPE_CHECKING:
    from flask import Flask

# Where it is not so, which is Windows, one process serves.
CAN_FORK = hasattr(os, "fork")
# Files and connections a worker may have open, where the system allows so many (see MOST_CONNECTIONS in `connections`).
OPEN_FILES = 8192
# After so long a thread that works on a document lets one that has a page go on; Python's own is ten times as long, and a page
# stops a dozen times for the database.
SECONDS_BETWEEN_THREADS = 0.0005
# From so many bytes on a block of memory is one of its own, given back when it is freed; smaller ones come from so many heaps.
LARGE_BLOCK, HEAPS = 128 * 1024, 2
_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8  # the names that <malloc.h> of glibc has for both
# What a stop waits for tidying up to notice.
SECONDS_TO_END = 5


@click.command()
@click.option("--host", help="Address to listen on.  [default: ISO_READINESS_HOST, or 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.  [default: ISO_READINESS_PORT, or 8000]")
@click.option("--socket", "path", type=click.Path(path_type=Path), help="Unix socket to listen on instead.")
@click.option("--workers", type=click.IntRange(1, 32), help="Processes that serve.  [default: 1]")
@click.option("--threads", type=click.IntRange(1, 64), help="In each worker.  [default: 4]")
def run(host: str | None, port: int | None, path: Path | None, workers: int | None, threads: int | None) -> None:
    """Bring the database up to date and serve the product."""
    from assessment.commands.claims import claim, listen, listen_at
    from assessment.commands.workers import Workers

    with explained():
        settings = _with_options(read_settings(os.environ), host, port, path, workers, threads)
    # Held until the process ends.
    listening = listen_at(Path(settings.socket)) if settings.socket else listen(settings.host, settings.port)
    _held = claim(settings.database_url)
    bring_into_one_file(settings.database_url)  # what a server left that was killed
    if not _is_current(settings.database_url):
        bring_up_to_date()
    _load_once_for_all()
    click.echo(_first_line(settings))
    for sentence in [*little_room(settings.database_url), *precautions(settings)]:
        click.echo(sentence, err=True)
    if runs_as_root():
        click.echo("This runs as root, and needs no such rights; start it as a user of its own.", err=True)
    tidying = Tidying()
    if CAN_FORK:
        status = Workers(settings.workers, listening, partial(serve, _app, settings.threads), tidying.keep_up).run()
    else:
        status = _serve_alone(listening, settings.threads, tidying.keep_up)
    tidying.end()
    if settings.socket:
        Path(settings.socket).unlink(missing_ok=True)
    for sentence in bring_into_one_file(settings.database_url):
        click.echo(sentence, err=True)
    sys.exit(status)


def _serve_alone(listening: socket.socket, threads: int, meanwhile: Callable[[], None]) -> int:
    """Serve in this process, where the system cannot fork; ``meanwhile`` is called about every second. Return the status."""

    def look() -> bool:
        meanwhile()
        return True

    serve(_app, threads, listening, ready=lambda: None, alive=look)
    return 0


def _with_options(
    settings: Settings, host: str | None, port: int | None, path: Path | None, workers: int | None, threads: int | None
) -> Settings:
    """Return settings with what the command was told instead of them. Raises ``SettingsError``."""
    if path is not None:
        try:
            settings = replace(settings, socket=setting_values.socket(str(path)))
        except ValueError as error:
            raise SettingsError(f"--socket {error}") from error
    elif host is not None or port is not None:
        settings = replace(settings, socket="", host=host or settings.host, port=port or settings.port)
    settings = replace(settings, workers=workers or settings.workers, threads=threads or settings.threads)
    if settings.workers > 1 and not CAN_FORK:
        raise SettingsError("This system cannot fork, so there is one worker; take --workers or ISO_READINESS_WORKERS away")
    return settings


def bring_into_one_file(database_url: str) -> list[str]:
    """Write what an SQLite database still holds in the file beside it into the one file, so that whoever copies it has all.

    Return in a sentence that it still lies there, where the disk is full or somebody else reads.
    """
    if not database_url.startswith("sqlite:///"):
        return []
    file = Path(database_url.removeprefix("sqlite:///")).resolve()
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, timeout=1)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    beside = file.with_name(f"{file.name}-wal")
    if not beside.exists() or not beside.stat().st_size:
        return []
    return [
        f"What was saved last still lies in {beside}, since the disk is full or something reads; copy both files or neither."
    ]


def _first_line(settings: Settings) -> str:
    """Return what an administrator wants to know of a start; no password."""
    url = urlsplit(settings.database_url)
    database = f"PostgreSQL on {url.hostname or 'this machine'}{url.path}"
    if url.scheme == "sqlite":
        database = str(Path(settings.database_url.removeprefix("sqlite:///")).resolve())
    listens = f"socket {settings.socket}" if settings.socket else f"{settings.host}, port {settings.port}"
    opened = f"Open {settings.address} in your browser" if settings.public_url or not settings.socket else "Ready"
    return (
        f"ISO Readiness {version('iso-readiness')}. {opened}; stop with Ctrl+C. "
        f"Listens on {listens}; data folder {settings.data}, database {database}, workers {settings.workers}."
    )


def little_room(database_url: str) -> list[str]:
    """Return that the disk of an SQLite file is nearly full, if it is: saving fails there, and `/readyz` says so, too."""
    if not database_url.startswith("sqlite:///"):
        return []
    folder = Path(database_url.removeprefix("sqlite:///")).resolve().parent
    free = shutil.disk_usage(folder).free
    if free >= LEAST_BYTES_FREE:
        return []
    return [f"The disk of {folder} has {free / 1e6:.1f} MB left, and saving fails when it is full; make room on it."]


def _load_once_for_all() -> None:
    """Load the product's code here, so that workers begin at once and share its memory, which nothing writes to again.

    Nothing that is loaded is ever garbage. Where it is looked through all the same, a stop takes 6 seconds instead of 1: a
    worker that ends touches all the memory it shared (two workers, `kill -TERM`, by turns on a busy machine).
    """
    gc.disable()
    importlib.import_module("assessment.factory")
    importlib.import_module("assessment.commands.connections")
    gc.freeze()
    gc.enable()


def _app() -> "Flask":
    """Build the app of one worker; say in one line what is wrong where there can be none."""
    from assessment.web.shell.signing_keys import use_keys_of_data

    with explained():
        app = create_app()
        use_keys_of_data(app)
    return app


def serve(
    make_app: Callable[[], "Flask"],
    threads: int,
    listening: socket.socket,
    ready: Callable[[], None],
    alive: Callable[[], bool] | None = None,
) -> None:
    """Be a worker until told to stop by SIGTERM or SIGINT, or until ``alive`` says no: usually once the parent has ended."""
    from assessment.commands.connections import Server

    parent = os.getppid()
    _give_memory_back()
    app = make_app()
    gc.collect()
    gc.freeze()  # what every request uses is looked through for garbage no more
    _allow_open_files()
    sys.setswitchinterval(SECONDS_BETWEEN_THREADS)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that requests wait for a thread is no news
    prefix = urlsplit(app.config.get("PUBLIC_URL", "")).path  # a bare app, as measurements serve, has none
    server = Server(app, listening, threads, alive=alive or (lambda: os.getppid() == parent), prefix=prefix)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.stop())
    ready()
    server.serve()


def _give_memory_back() -> None:
    """Let what a document took go back to the system when it is made.

    The C library of Linux (glibc) keeps blocks of up to 32 MB for the next of their size once it has freed one, in eight heaps
    a processor: two workers held 197 MB after downloads of every format, and 159 so.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:  # other C libraries have none
        mallopt(_M_MMAP_THRESHOLD, LARGE_BLOCK)
        mallopt(_M_ARENA_MAX, HEAPS)


def _allow_open_files() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    least, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if most == resource.RLIM_INFINITY else min(OPEN_FILES, most)
    if least != resource.RLIM_INFINITY and least < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _is_current(url: str) -> bool:
    """Tell whether a look into the SQLite file shows that there is nothing to upgrade: the usual case, and quick."""
    if not url.startswith("sqlite:///"):
        return False
    newest = max(path.name[:4] for path in (PACKAGE / "storage/migrations/versions").glob("[0-9]*.py"))
    file = Path(url.removeprefix("sqlite:///")).resolve().as_uri()
    try:
        with closing(sqlite3.connect(f"{file}?mode=ro", uri=True)) as database:
            return bool(database.execute("SELECT version_num FROM alembic_version").fetchone() == (newest,))
    except sqlite3.Error:
        return False


class Tidying:
    """Runs the command of that name every hour in a process of its own, so that the server's parent stays small."""

    def __init__(self) -> None:
        self._next = time.monotonic() + 60  # not while people wait for the first page
        self._running: subprocess.Popen[bytes] | None = None

    def keep_up(self) -> None:
        """Begin where it is time, and take note of the end."""
        if self._running is not None and self._running.poll() is not None:
            self._running = None
        if self._running is None and time.monotonic() >= self._next:
            self._next = time.monotonic() + 60 * 60
            self._running = subprocess.Popen([sys.executable, "-P", "-m", "assessment", "tidy"], stdout=subprocess.DEVNULL)

    def end(self) -> None:
        """Stop what is running; the next start does it again."""
        if self._running is not None and self._running.poll() is None:
            self._running.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._running.wait(SECONDS_TO_END)
