"""The command line: run, check, verify, upgrade, backup, restore, tidy, history, export, import."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assessment import create_app, now_utc
from assessment.settings import SettingsError, read_settings

if TYPE_CHECKING:
    from flask import Flask

# What a command needs is loaded when it is called: the server's own command needs none of it, and starts quickly.

# A receipt made with other content can differ everywhere; this many say enough.
MOST_DIFFERENCES = 40


def _troubles() -> tuple[type[Exception], ...]:
    """What a command explains in one line instead of failing."""
    from assessment import storage
    from assessment.content import ContentError

    return (
        ContentError,
        SettingsError,
        storage.SchemaError,
        storage.BackupError,
        storage.TransferError,
        *storage.UNAVAILABLE,
    )


@click.group()
@click.version_option(package_name="iso-readiness")
def main() -> None:
    """ISO Readiness: readiness questionnaires for management system standards."""


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 32), default=1, show_default=True)
def run(port: int, workers: int) -> None:
    """Bring the database up to date and serve the product on this machine."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    if not _is_current():
        _upgrade_or_stop()
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


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
def check(folder: Path | None) -> None:
    """Check the content of FOLDER, or of this installation, and report every fault."""
    from assessment.content import ContentError, load

    try:
        content = folder or read_settings(os.environ).content
        library = load(content)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    except ContentError as error:
        click.echo(str(error), err=True)
        click.echo(f"{len(error.faults)} faults.", err=True)
        sys.exit(1)
    for standard in library.standards.values():
        click.echo(f"{standard.name}: {len(standard.questions)} questions, {len(standard.editions)} editions")
    click.echo(f"{len(library.actions)} actions, {len(library.topics)} topics. No faults.")


@main.command()
def upgrade() -> None:
    """Bring the database up to date."""
    _upgrade_or_stop()
    click.echo("The database is up to date.")


def _opened() -> "Flask":
    """The app over a database that is up to date already; says what is wrong where there is none."""
    try:
        return create_app(read_settings(os.environ))
    except _troubles() as error:
        raise click.ClickException(str(error)) from error


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write a backup to FILE while people go on working. One SQLite file, whichever database is used."""
    from assessment import storage

    with _opened().app_context(), _explained():
        storage.back_up(file)
    click.echo(f"{file}: {file.stat().st_size:,} bytes, checked.")


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(file: Path, *, yes: bool) -> None:
    """Put the content of a backup in place of everything that is stored. What is there is backed up before."""
    from assessment import storage

    settings = read_settings(os.environ)
    app = _opened()
    storage.upgrade(app, at=now_utc())
    if not yes:
        click.confirm("Everything stored now will be replaced by what is in the backup. Go on?", abort=True)
    with app.app_context(), _explained():
        saved = settings.data / "backups" / f"before-restore-{now_utc():%Y%m%d%H%M%S%f}.sqlite3"
        storage.back_up(saved)
        counts = storage.restore(file)
        broken = list(storage.broken_chains())
    click.echo(f"Restored {counts['assessment']} assessments with {counts['answer']} answers. What was there before: {saved}")
    if broken:
        raise click.ClickException(f"{len(broken)} histories in the backup are not whole; run 'iso-readiness history'.")


@main.command()
def tidy() -> None:
    """Delete for good what was deleted seven days ago. The server does this every hour while it runs."""
    from assessment import storage

    with _opened().app_context(), _explained():
        done = storage.tidy(now_utc())
    click.echo(f"{done.deleted} assessments deleted for good, {done.forgotten} save keys forgotten.")


@main.command()
def history() -> None:
    """Check that the history of every assessment is whole: no change altered, left out or put in afterwards."""
    from assessment import storage

    with _opened().app_context(), _explained():
        broken = list(storage.broken_chains())
    for each in broken:
        click.echo(f"{each.assessment_id}: {each.text}")
    if broken:
        sys.exit(1)
    click.echo("Every history is whole.")


@main.command("export")
@click.argument("assessment_id")
def export_one(assessment_id: str) -> None:
    """Print a whole assessment with its history as one JSON document."""
    from assessment import storage

    with _opened().app_context(), _explained():
        click.echo(storage.to_json(storage.to_document(assessment_id)))


@main.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only check the document and say what would be made of it.")
def import_one(file: Path, *, dry_run: bool) -> None:
    """Make a new assessment of an exported document, and print a private link that opens it."""
    from assessment import storage

    app = _opened()
    with app.app_context(), _explained():
        document = storage.read_document(file.read_bytes(), app.extensions["library"].takes)
        click.echo(f"{document.organisation}: {len(document.refs)} answers, {document.changes} changes, history whole.")
        if dry_run:
            click.echo("Would be added as a new assessment. Nothing else would change; nothing was written.")
            return
        key = storage.add_document(document, sid=storage.new_session_id(), at=now_utc())
        token = storage.create_link(key, "Import", who="Import", at=now_utc())
    click.echo(f"Imported. Open it at /open/{token}")


@contextmanager
def _explained() -> Iterator[None]:
    """Say in one line what went wrong."""
    from assessment import storage

    try:
        yield
    except storage.AssessmentGoneError as error:
        raise click.ClickException(f"There is no assessment {error}.") from error
    except _troubles() as error:
        raise click.ClickException(str(error)) from error


@main.command()
@click.argument("receipt", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(receipt: Path) -> None:
    """Recompute RECEIPT, a JSON download, offline, and say whether every result is the same."""
    from assessment.content import ContentError, load
    from assessment.reports.receipt import ReceiptError
    from assessment.reports.receipt import verify as check_receipt

    try:
        library = load(read_settings(os.environ).content)
        found = check_receipt(receipt.read_bytes(), library, version("iso-readiness"))
    except (SettingsError, ContentError, ReceiptError) as error:
        raise click.ClickException(str(error)) from error
    for cause in found.causes:
        click.echo(f"Made differently: {cause}.")
    if found.equal:
        click.echo("Equal: every result was recomputed as the file says.")
        return
    for each in found.differences[:MOST_DIFFERENCES]:
        click.echo(f"{each.where}: the file says {each.said}, recomputed {each.found}")
    click.echo(f"{len(found.differences)} differences.")
    sys.exit(1)


def _is_current() -> bool:
    """Whether a look into the SQLite file is enough to know that there is nothing to upgrade; the usual case, and quick."""
    try:
        url = read_settings(os.environ).database_url
    except SettingsError:
        return False
    if not url.startswith("sqlite:///"):
        return False
    newest = max(path.name[:4] for path in (Path(__file__).parent / "storage/migrations/versions").glob("[0-9]*.py"))
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


def _upgrade_or_stop() -> None:
    """Bring the database up to date, or say why that cannot be."""
    from assessment import storage

    try:
        settings = read_settings(os.environ)
        saved = storage.upgrade(create_app(settings), at=now_utc(), backups=settings.data / "backups")
    except _troubles() as error:
        raise click.ClickException(str(error)) from error
    if saved is not None:
        click.echo(f"The database was brought up to date. A backup of what it was before: {saved}")
