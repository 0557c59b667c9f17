"""`doctor`: what is right and what is wrong with an installation, while it runs or while it does not."""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click

from assessment import create_app, now_utc
from assessment.commands.errors import closing_connections, explained
from assessment.settings import Settings, SettingsError, precautions, read_settings, runs_as_root
from assessment.storage.consistency import find_breaks
from assessment.storage.health import Fault, bytes_free, find_fault
from assessment.storage.schema import HEAD, revision

FAULTS = {
    Fault.DATABASE: "the database does not answer, is damaged or takes no writes",
    Fault.SCHEMA: "the database has another schema than this version; run 'iso-readiness upgrade'",
    Fault.DISK: "the disk is full or takes no writes",
}
# At most so many assessments are named.
SHOWN = 20
# What was found: whether it is right, and a sentence about it.
Finding = tuple[bool, str]


@click.command()
def doctor() -> None:
    """Look at settings, file modes, database, schema, disk and every history; end with 1 where something is wrong."""
    wrong = 0
    for is_right, sentence in _findings():
        wrong += not is_right
        click.echo(f"{'ok' if is_right else 'WRONG'}: {sentence}")
    if wrong:
        sys.exit(1)


def _findings() -> Iterator[Finding]:
    try:
        settings = read_settings(os.environ)
    except SettingsError as error:
        yield from ((False, line) for line in str(error).splitlines())
        data = Path(os.environ.get("ISO_READINESS_DATA", ".iso-readiness")).resolve()
        settings = Settings(database_url="", secret_key="", data=data, content=Path())
        yield from ((False, sentence) for sentence in precautions(settings))
        return
    yield True, f"the settings can work; data folder {settings.data}"
    loose = precautions(settings)
    yield from ((False, sentence) for sentence in loose)
    if not loose:
        yield True, "nobody but the owner reads the data folder and the key"
    if runs_as_root():
        click.echo("note: this is root; the product needs no such rights")
    yield from _of_database(settings)


def _of_database(settings: Settings) -> Iterator[Finding]:
    """Yield what is found in the database, as far as it can be looked into."""
    with explained(), closing_connections(create_app(settings)) as app, app.app_context():
        free = bytes_free()
        if free is not None:
            yield True, f"{free / 1e9:,.1f} GB free on the disk of the database"
        fault = find_fault(now_utc())
        if fault is not None:
            yield False, FAULTS[fault]
        else:
            yield True, f"the database answers and takes writes; its schema is {HEAD}"
        if fault is Fault.DATABASE or (fault is Fault.SCHEMA and revision() != HEAD):
            return
        for look in (_integrity, _histories):
            yield from look()


def _integrity() -> Iterator[Finding]:
    """Yield what SQLite says of its file; PostgreSQL looks after its own."""
    from assessment.storage.database import db

    if db.engine.dialect.name != "sqlite":
        return
    file = Path(str(db.engine.url.database)).resolve().as_uri()
    with closing(sqlite3.connect(f"{file}?mode=ro", uri=True)) as connection:
        said = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    yield said == "ok", "the file is whole" if said == "ok" else f"the file is damaged: {said}"


def _histories() -> Iterator[Finding]:
    found = list(find_breaks())
    yield from ((False, f"{each.assessment_id}: {each.text}") for each in found[:SHOWN])
    if len(found) > SHOWN:
        yield False, f"and {len(found) - SHOWN} more; see 'iso-readiness history'"
    if not found:
        yield True, "every history is whole, and led to what is stored"
