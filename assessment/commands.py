"""The command line: run, check, verify, upgrade."""

import os
import sys
from importlib.metadata import version
from pathlib import Path

import click

from assessment import create_app, now_utc, storage
from assessment.content import ContentError, load
from assessment.reports.receipt import ReceiptError
from assessment.reports.receipt import verify as check_receipt
from assessment.settings import SettingsError, read_settings

# A receipt made with other content can differ everywhere; this many say enough.
MOST_DIFFERENCES = 40
_TROUBLES = (ContentError, SettingsError, storage.SchemaError, storage.BackupError)


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

    _upgrade_or_stop()
    click.echo(f"ISO Readiness is starting. Open http://127.0.0.1:{port} in your browser; stop with Ctrl+C.")
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


@main.command()
@click.argument("receipt", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(receipt: Path) -> None:
    """Recompute RECEIPT, a JSON download, offline, and say whether every result is the same."""
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


def _upgrade_or_stop() -> None:
    try:
        settings = read_settings(os.environ)
        saved = storage.upgrade(create_app(settings), at=now_utc(), backups=settings.data / "backups")
    except _TROUBLES as error:
        raise click.ClickException(str(error)) from error
    if saved is not None:
        click.echo(f"The database was brought up to date. A backup of what it was before: {saved}")
