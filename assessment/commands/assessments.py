"""What an administrator does for people: `list` assessments, `link` to one, `delete` one, make a `demo`, and `stats`."""

import json
import os
from dataclasses import asdict
from datetime import datetime
from typing import Any

import click

from assessment import now_utc
from assessment.commands.errors import AN_ID, opened
from assessment.domain.authors import ADMINISTRATOR
from assessment.domain.limits import LONGEST_LABEL, text_fault
from assessment.domain.rights import Role
from assessment.settings import read_settings
from assessment.storage.access import LinkNameTakenError, create_link, new_session_id
from assessment.storage.assessments import delete_later, delete_now, keep_after_all
from assessment.storage.inventory import InventoryEntry, inventory, statistics

# The name that the making of a link has in the history.


def opening_address(token: str) -> str:
    """Return the whole address of a private link."""
    return f"{read_settings(os.environ).address}/open/{token}"


@click.command("list")
@click.argument("text", default="")
@click.option("--json", "as_json", is_flag=True, help="For a program.")
def list_assessments(text: str, *, as_json: bool) -> None:
    """List the assessments, or those with TEXT in their id or the organisation's name; the one changed last first."""
    with opened():
        entries = inventory(now_utc())
    wanted = [entry for entry in entries if text.casefold() in entry.organisation.casefold() or text in entry.id]
    if as_json:
        click.echo(json.dumps([asdict(entry) for entry in wanted], indent=2, default=datetime.isoformat))
        return
    for entry in wanted:
        click.echo(_line(entry))
    click.echo(f"{len(wanted)} assessments.", err=True)


def _line(entry: InventoryEntry) -> str:
    due = f", deleted after {entry.delete_after:%Y-%m-%d %H:%M} UTC" if entry.delete_after else ""
    name = "".join(letter if letter.isprintable() else " " for letter in entry.organisation)
    return (
        f"{entry.id}  {entry.updated_at:%Y-%m-%d %H:%M}  {entry.answers} answers, {entry.links} links, "
        f"{entry.browsers} browsers{due}  {name}"
    )


@click.command(context_settings=AN_ID)
@click.argument("assessment_id")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.OWNER.value, show_default=True)
@click.option("--label", default="Through the administrator", help="The name that changes carry which come through it.")
def link(assessment_id: str, role: str, label: str) -> None:
    """Print a new private link to an assessment, for somebody who has none any more."""
    # Room for the number that tells it from others.
    if text_fault(label, LONGEST_LABEL - 10):
        raise click.ClickException(f"The label has more than {LONGEST_LABEL - 10} characters, or one that nobody types.")
    with opened():
        token = _link(assessment_id, label, Role(role))
    click.echo(opening_address(token))


def _link(assessment_id: str, label: str, role: Role) -> str:
    for name in (label, *(f"{label} ({number})" for number in range(2, 1000))):
        try:
            return create_link(assessment_id, name, role=role, who=ADMINISTRATOR, at=now_utc())
        except LinkNameTakenError:
            continue
    raise click.ClickException(f"All names like {label} are taken; choose another with --label.")


@click.command(context_settings=AN_ID)
@click.argument("assessment_id")
@click.option("--now", is_flag=True, help="For good, and not in seven days.")
@click.option("--undo", is_flag=True, help="Keep it after all.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(assessment_id: str, *, now: bool, undo: bool, yes: bool) -> None:
    """Delete an assessment in seven days, in which everybody who holds it can undo that."""
    with opened():
        names = [entry.organisation for entry in inventory(now_utc()) if entry.id == assessment_id]
        if not names:
            raise click.ClickException(f"There is no assessment {assessment_id}.")
        if undo:
            keep_after_all(assessment_id)
            click.echo(f"{names[0]}: is kept.")
            return
        if not yes:
            click.confirm(f"{names[0]}: delete it {'for good' if now else 'in seven days'}?", abort=True)
        if now:
            delete_now(assessment_id)
            click.echo(f"{names[0]}: deleted for good. Backups made before still have it.")
        else:
            click.echo(f"{names[0]}: deleted after {delete_later(assessment_id, at=now_utc()):%Y-%m-%d %H:%M} UTC.")


@click.command()
def demo() -> None:
    """Start an assessment of the sample organisation, and print a private link that opens it."""
    from assessment.web.starting.start import start_sample

    with opened() as app:
        read = app.extensions["demo"]
        if read is None:
            raise click.ClickException("The content has no sample organisation.")
        assessment_id = start_sample(read(), sid=new_session_id(), at=now_utc())
        token = _link(assessment_id, "Sample", Role.OWNER)
    click.echo(opening_address(token))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For a program.")
def stats(*, as_json: bool) -> None:
    """Print figures over all assessments."""
    with opened():
        figures: dict[str, Any] = asdict(statistics(now_utc()))
    if as_json:
        click.echo(json.dumps(figures, indent=2))
        return
    for name, figure in figures.items():
        click.echo(f"{name.replace('_', ' '):<16} {figure:>15,}")
