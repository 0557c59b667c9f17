"""`doctor`: what is right and what is wrong with an installation, while it runs or while it does not."""

import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Literal, NamedTuple

import click
from flask import Flask

from assessment import create_app, now_utc
from assessment.commands.errors import closing_connections, explained
from assessment.settings import HAS_MODES, Settings, SettingsError, precautions, read_settings, read_values, runs_as_root
from assessment.storage.consistency import find_breaks
from assessment.storage.daily_backups import daily_backups
from assessment.storage.health import Fault, bytes_free, find_fault
from assessment.storage.inventory import last_change_at
from assessment.storage.schema import HEAD, revision
from assessment.storage.signing_keys import signing_keys

FAULTS = {
    Fault.DATABASE: "the database does not answer, is damaged or takes no writes",
    Fault.SCHEMA: "the database has another schema than this version; run 'iso-readiness upgrade'",
    Fault.DISK: "the disk is full or takes no writes",
}
# At most so many assessments are named.
SHOWN = 20
# Clocks of several servers differ by less.
CLOCK_MAY_DIFFER = timedelta(minutes=5)
ONE_DAY_LATE = timedelta(days=2)
Kind = Literal["ok", "note", "WRONG"]


class Finding(NamedTuple):
    """What was found of something: ``ok``, a ``note`` that may be meant so, or ``WRONG``."""

    kind: Kind
    about: str
    sentence: str


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For a program.")
def doctor(*, as_json: bool) -> None:
    """Look at settings, proxy, key, file modes, database, schema, disk, clock, backups, fonts and every history.

    Ends with 1 where something is wrong.
    """
    findings = list(_findings())
    if as_json:
        click.echo(json.dumps([finding._asdict() for finding in findings], indent=2))
    else:
        for finding in findings:
            click.echo(f"{finding.kind}: {finding.sentence}")
    if any(finding.kind == "WRONG" for finding in findings):
        sys.exit(1)


def _findings() -> Iterator[Finding]:
    try:
        settings = read_settings(os.environ)
    except SettingsError as error:
        yield from (Finding("WRONG", "settings", line) for line in str(error).splitlines())
        data = read_values(os.environ)[0].get("ISO_READINESS_DATA")
        if data is not None:
            settings = Settings(database_url="", secret_key="", data=data, content=Path())
            yield from (Finding("WRONG", "modes", sentence) for sentence in precautions(settings))
        return
    yield Finding("ok", "settings", f"the settings can work; data folder {settings.data}")
    loose = precautions(settings)
    yield from (Finding("WRONG", "modes", sentence) for sentence in loose)
    if not HAS_MODES:
        yield Finding("note", "modes", "this system says who may read the data folder in its own way; look at that yourself")
    elif not loose:
        yield Finding("ok", "modes", "nobody but the owner reads the data folder and the key")
    if runs_as_root():
        yield Finding("note", "user", "this is root; the product needs no such rights")
    yield from _proxy(settings)
    yield from _fonts()
    yield from _backups(settings)
    with explained(), closing_connections(create_app(settings)) as app, app.app_context():
        yield from _of_database(app)


def _proxy(settings: Settings) -> Iterator[Finding]:
    """Yield what does not fit together of the address people use, and what stands in front."""
    here_only = settings.socket != "" or settings.host in ("127.0.0.1", "::1", "localhost")
    if settings.https and not settings.trusted_proxies:
        sentence = "PUBLIC_URL says https, which a proxy brings, and TRUSTED_PROXIES is 0: all visitors share one set of limits"
        yield Finding("note", "proxy", sentence)
    elif settings.trusted_proxies and not settings.public_url:
        yield Finding("note", "proxy", "TRUSTED_PROXIES is set and PUBLIC_URL is not: links begin with whatever a request says")
    elif settings.trusted_proxies and not here_only:
        sentence = f"whoever reaches {settings.host}, port {settings.port}, past the proxy can claim any address"
        yield Finding("note", "proxy", sentence)
    elif not here_only and not settings.https:
        yield Finding("note", "proxy", "others reach this server without https: what they type can be read on the way")
    else:
        yield Finding("ok", "proxy", f"people open {settings.address}")


def _fonts() -> Iterator[Finding]:
    from assessment.reports.pdf.glyphs import FONT_FILES
    from assessment.reports.pdf.typesetting import FONTS

    missing = [file.name for file in FONT_FILES if not (file.is_file() and file.stat().st_size)]
    if missing:
        names = ", ".join(missing)
        yield Finding("WRONG", "fonts", f"fonts for documents are not in {FONTS}: {names}; install the product again")
    else:
        yield Finding("ok", "fonts", f"{len(FONT_FILES)} fonts for documents are there")


def _backups(settings: Settings) -> Iterator[Finding]:
    days = daily_backups(settings.backups_folder)
    if settings.backups == "no":
        yield Finding("note", "backups", "no backup is made every day, as ISO_READINESS_BACKUPS says")
    elif not days:
        yield Finding("note", "backups", "there is no daily backup yet; the server makes one in its first minutes")
    elif now_utc().date() - max(days) > ONE_DAY_LATE:
        yield Finding("WRONG", "backups", f"the last daily backup is of {max(days)}; the server says on its standard error why")
    else:
        yield Finding("ok", "backups", f"{len(days)} daily backups, the last of {max(days)}")


def _of_database(app: Flask) -> Iterator[Finding]:
    """Yield what is found in the database, as far as it can be looked into."""
    free = bytes_free()
    if free is not None:
        yield Finding("ok", "disk", f"{free / 1e9:,.1f} GB free on the disk of the database")
    fault = find_fault(now_utc())
    if fault is not None:
        yield Finding("WRONG", fault.value, FAULTS[fault])
    else:
        yield Finding("ok", "database", f"the database answers and takes writes; its schema is {HEAD}")
    if fault is Fault.DATABASE or (fault is Fault.SCHEMA and revision() != HEAD):
        return
    yield _key(app)
    yield _clock()
    yield from _integrity()
    yield from _histories()


def _key(app: Flask) -> Finding:
    if app.config["SECRET_KEY"]:
        return Finding("ok", "key", "SECRET_KEY signs sessions; keep it with the backups, which do not have it")
    keys = signing_keys(now_utc())
    if not keys:
        return Finding("WRONG", "key", "there is no key to sign sessions with; run 'iso-readiness upgrade'")
    return Finding("ok", "key", f"the key that signs sessions is kept with the data; {len(keys)} are believed")


def _clock() -> Finding:
    last, now = last_change_at(), now_utc()
    if last is not None and last > now + CLOCK_MAY_DIFFER:
        sentence = f"the clock says {now:%Y-%m-%d %H:%M} UTC, and the last change was at {last:%Y-%m-%d %H:%M}"
        return Finding("WRONG", "clock", sentence)
    return Finding("ok", "clock", f"the clock says {now:%Y-%m-%d %H:%M} UTC, and no change is from later")


def _integrity() -> Iterator[Finding]:
    """Yield what SQLite says of its file; PostgreSQL looks after its own."""
    from assessment.storage.database import database_file

    file = database_file()
    if file is None:
        return
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        said = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if said == "ok":
        yield Finding("ok", "file", "the file is whole")
    else:
        yield Finding("WRONG", "file", f"the file is damaged: {said}")


def _histories() -> Iterator[Finding]:
    found = list(find_breaks())
    yield from (Finding("WRONG", "history", f"{broken.assessment_id}: {broken.text}") for broken in found[:SHOWN])
    if len(found) > SHOWN:
        yield Finding("WRONG", "history", f"and {len(found) - SHOWN} more; see 'iso-readiness history'")
    if not found:
        yield Finding("ok", "history", "every history is whole, and led to what is stored")
