"""The command line: run, check, upgrade."""

import os
import sys
from pathlib import Path

import click

from assessment import create_app, storage
from assessment.content import ContentError, load
from assessment.settings import SettingsError, read_settings


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


def _upgrade_or_stop() -> None:
    try:
        storage.upgrade(create_app())
    except (ContentError, SettingsError, storage.SchemaError) as error:
        raise click.ClickException(str(error)) from error
