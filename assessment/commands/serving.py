"""`run`: bring the database up to date and serve the product."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import click

from assessment.commands.troubles import bring_up_to_date
from assessment.places import PACKAGE
from assessment.settings import SettingsError, read_settings


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 32), default=1, show_default=True)
def run(port: int, workers: int) -> None:
    """Bring the database up to date and serve the product on this machine."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    if not _is_current():
        bring_up_to_date()
    click.echo(f"ISO Readiness is starting. Open http://127.0.0.1:{port} in your browser; stop with Ctrl+C.")
    threading.Thread(target=_tidy_every_hour, daemon=True).start()
    server = Server(
        "assessment:create_app",
        factory=True,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        log_access=False,
        log_level=LogLevels.warning,
    )
    server.serve()


def _is_current() -> bool:
    """Whether a look into the SQLite file is enough to know that there is nothing to upgrade; the usual case, and quick."""
    try:
        url = read_settings(os.environ).database_url
    except SettingsError:
        return False
    if not url.startswith("sqlite:///"):
        return False
    newest = max(path.name[:4] for path in (PACKAGE / "storage/migrations/versions").glob("[0-9]*.py"))
    try:
        with closing(sqlite3.connect(f"{Path(url.removeprefix('sqlite:///')).resolve().as_uri()}?mode=ro", uri=True)) as found:
            return bool(found.execute("SELECT version_num FROM alembic_version").fetchone() == (newest,))
    except sqlite3.Error:
        return False


def _tidy_every_hour() -> None:
    """Run the command of that name in a process of its own, so that the server's parent stays small."""
    time.sleep(60)  # not while people wait for the first page
    while True:
        subprocess.run([sys.executable, "-m", "assessment", "tidy"], check=False, stdout=subprocess.DEVNULL)
        time.sleep(60 * 60)
