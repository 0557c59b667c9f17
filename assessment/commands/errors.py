"""What commands do alike: open the app over the stored data, and say in one line what went wrong."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assessment import create_app, now_utc
from assessment.settings import SettingsError, former_key, read_settings
from assessment.storage.backups import BackupError
from assessment.storage.database import UNAVAILABLE, SchemaError, db
from assessment.storage.export_check import TransferError
from assessment.storage.history import AssessmentGoneError
from assessment.storage.upgrades import BACKUP, upgrade

if TYPE_CHECKING:
    from flask import Flask


# An id may begin with a hyphen, even with -h, and is an id all the same.
# Exports and receipts that are read; a backup may be of any size. An administrator may bring more than a page takes.
MOST_BYTES = 1024 * 2**20
AN_ID = {"ignore_unknown_options": True, "help_option_names": ["--help"]}


class SettingError(click.ClickException):
    """Says what is wrong with the settings; ends with 2, as click does where something is wrong with the command."""

    exit_code = 2


def _explained() -> tuple[type[Exception], ...]:
    """Return what a command explains in one line instead of failing."""

    from assessment.content import ContentError
    from assessment.languages import CatalogueError

    return (
        CatalogueError,
        ContentError,
        SchemaError,
        BackupError,
        *UNAVAILABLE,
        sqlite3.Error,  # of what is done beside the pool: a backup, and clearing SQLite's log
    )


def refuse_what_is_no_file(path: Path) -> None:
    """Raise ``click.ClickException`` for a pipe or a device, which may never end."""
    if not path.is_file():
        raise click.ClickException(f"{path} is no regular file.")


def read_whole(path: Path) -> bytes:
    """Return what is in a file. Raises ``click.ClickException`` for a pipe or a device, or more than any file of ours has."""
    refuse_what_is_no_file(path)
    with path.open("rb") as file:
        raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise click.ClickException(f"{path} has more than {MOST_BYTES // 2**20} MB, which is no file of this product.")
    return raw


@contextmanager
def settings_explained() -> Iterator[None]:
    """Say in one line which setting cannot be used."""
    try:
        yield
    except SettingsError as error:
        raise SettingError(str(error)) from error


@contextmanager
def explained() -> Iterator[None]:
    """Say in one line what went wrong."""

    try:
        with settings_explained():
            yield
    except AssessmentGoneError as error:
        raise click.ClickException(f"There is no assessment {error}.") from error
    except TransferError as error:
        from assessment.reports.wording.transfers import why_not_taken_in

        raise click.ClickException(why_not_taken_in(error.fault, error.where, error.values)) from error
    except _explained() as error:
        # What the database itself said, without what is wrapped around it for developers.
        raise click.ClickException(str(getattr(error, "orig", None) or error)) from error
    except OSError as error:  # a disk that is full, a folder that cannot be written
        where = f"{error.filename}: " if error.filename else ""
        raise click.ClickException(f"{where}{error.strerror or error}.") from error


@contextmanager
def opened() -> Iterator["Flask"]:
    """Give the app over a database that is up to date already, in its context, and leave no connection open behind it.

    What goes wrong, at the start or inside, is said in one line.
    """
    with explained(), closing_connections(create_app(read_settings(os.environ))) as app, app.app_context():
        yield app


@contextmanager
def closing_connections(app: "Flask") -> Iterator["Flask"]:
    """Leave no connection of an app open behind."""
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


def _tell_of_the_upgrade(number: int, parts: int, part: str) -> None:
    """Say how far an upgrade is, at once: a large database takes its time, and silence looks like a fault."""
    what = "a backup of what there is" if part == BACKUP else f"to schema {part}"
    click.echo(f"Upgrading the database, {number} of {parts}: {what}.", err=True)


def bring_up_to_date() -> None:
    """Bring the database up to date, or say why that cannot be."""

    with explained():
        settings = read_settings(os.environ)
        with closing_connections(create_app(settings)) as app:
            key = former_key(settings)
            saved = upgrade(app, at=now_utc(), backups=settings.backups_folder, first_key=key, tell=_tell_of_the_upgrade)
    if saved is not None:
        click.echo(f"The database was brought up to date. A backup of what it was before: {saved}")
