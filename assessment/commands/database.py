"""What looks after stored data: upgrade, backup, restore, tidy, history."""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from assessment import now_utc
from assessment.commands.errors import bring_up_to_date, explained, opened, refuse_what_is_no_file
from assessment.settings import former_key, read_settings
from assessment.storage import backups, daily_backups, housekeeping, sessions, signing_keys, upgrades
from assessment.storage.backups import back_up
from assessment.storage.consistency import find_breaks


@click.command()
def upgrade() -> None:
    """Bring the database up to date."""
    bring_up_to_date()
    click.echo("The database is up to date.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write a backup to FILE while people go on working. One SQLite file, whichever database is used."""

    with opened():
        back_up(file)
    click.echo(f"{file}: {file.stat().st_size:,} bytes, checked.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(file: Path, *, yes: bool) -> None:
    """Put the content of a backup in place of everything that is stored. What is there is backed up before."""

    refuse_what_is_no_file(file)
    with opened() as app:
        upgrades.upgrade(app, at=now_utc(), first_key=former_key(read_settings(os.environ)))
        if not yes:
            click.confirm("Everything stored now will be replaced by what is in the backup. Go on?", abort=True)
        saved = read_settings(os.environ).backups_folder / f"before-restore-{now_utc():%Y%m%d%H%M%S%f}.sqlite3"
        back_up(saved)
        counts = backups.restore(file)
        broken = list(find_breaks())
    click.echo(f"Restored {counts['assessment']} assessments with {counts['answer']} answers. What was there before: {saved}")
    if broken:
        raise click.ClickException(
            f"{len(broken)} assessments in the backup are not as they were written; run 'iso-readiness history'."
        )


@click.command("backups")
@click.option("--check", is_flag=True, help="Read each of them whole.")
@click.option("--json", "as_json", is_flag=True, help="For a program.")
def list_backups(*, check: bool, as_json: bool) -> None:
    """List the backups in the data folder, the newest last; end with 1 where one is damaged."""
    with explained():
        folder = read_settings(os.environ).backups_folder
        found = [_backup(path, check=check) for path in sorted(folder.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)]
    if as_json:
        click.echo(json.dumps(found, indent=2))
    else:
        for each in found:
            click.echo(f"{each['made_at']}  {each['bytes']:>13,} bytes  {each['file']}{each['fault'] and ': ' + each['fault']}")
        click.echo(f"{len(found)} backups in {folder}.")
    if any(each["fault"] for each in found):
        sys.exit(1)


def _backup(path: Path, *, check: bool) -> dict[str, Any]:
    about = path.stat()
    fault = ""
    if check:
        try:
            backups.check_backup(path)
        except backups.BackupError as error:
            fault = str(error)
    made_at = datetime.fromtimestamp(about.st_mtime, UTC).isoformat(timespec="seconds")
    return {"file": path.name, "made_at": made_at, "bytes": about.st_size, "fault": fault}


@click.command("end-sessions")
@click.option("--yes", is_flag=True, help="Do not ask.")
def end_sessions(*, yes: bool) -> None:
    """End all sessions of all browsers at once. Private links go on working; who has none needs one from 'link'."""
    with opened():
        if not yes:
            click.confirm("Everybody will need a private link to open their assessment again. Go on?", abort=True)
        ended = sessions.end_all()
    click.echo(f"{ended} sessions ended.")


@click.command("rotate-key")
def rotate_key() -> None:
    """Sign sessions with a new key from now on; what older ones signed is believed for as long as a session lasts."""
    with opened() as app:
        if app.config["SECRET_KEY"]:
            raise click.ClickException(
                "SECRET_KEY is set, so that no key is kept with the data; give it another value yourself."
            )
        signing_keys.rotate(at=now_utc())
    click.echo(f"New sessions are signed with a new key; older ones are believed for {signing_keys.BELIEVED_FOR.days} days.")


@click.command()
def tidy() -> None:
    """Delete for good what was deleted, or left empty, seven days ago, or not changed for long, and make today's backup.

    What is not changed for long: samples for 30 days, others as ISO_READINESS_RETENTION says.

    The server does this every hour while it runs.
    """
    with opened():
        settings = read_settings(os.environ)
        done = housekeeping.tidy(now_utc(), retention_months=settings.retention_months)
        if settings.backups == "daily":
            daily_backups.back_up_today(settings.backups_folder, at=now_utc())
    click.echo(
        f"{done.deleted} assessments deleted for good, {done.abandoned} empty ones, {done.expired} not changed for long, "
        f"{done.forgotten} save keys forgotten."
    )


@click.command()
def history() -> None:
    """Check that every history is whole, no change altered, left out or put in, and led to what is stored now."""

    with opened():
        broken = list(find_breaks())
    for each in broken:
        click.echo(f"{each.assessment_id}: {each.text}")
    if broken:
        sys.exit(1)
    click.echo("Every history is whole, and led to what is stored.")
