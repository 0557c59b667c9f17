"""`verify`: whether a JSON download says what its answers lead to."""

import os
import sys
from importlib.metadata import version
from pathlib import Path

import click

from assessment.commands.errors import read_whole, settings_explained
from assessment.settings import read_content


@click.command()
@click.argument("receipt", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(receipt: Path) -> None:
    """Recompute RECEIPT, a JSON download, offline, and say whether every result is the same."""
    from assessment.content import ContentError, load
    from assessment.reports.receipt import MOST_DIFFERENCES, ReceiptError
    from assessment.reports.receipt import verify as check_receipt

    with settings_explained():
        content = read_content(os.environ)
    try:
        found = check_receipt(read_whole(receipt), load(content), version("iso-readiness"))
    except (ContentError, ReceiptError) as error:
        raise click.ClickException(str(error)) from error
    for cause in found.causes:
        click.echo(f"Made differently: {cause}.")
    if found.equal:
        click.echo("Equal: every result was recomputed as the file says.")
        if found.worksheets:
            click.echo(f"Worksheets in it, with what is missing, scores and actions: {', '.join(found.worksheets)}.")
        return
    for each in found.differences[:MOST_DIFFERENCES]:
        click.echo(f"{each.where}: the file says {each.said}, recomputed {each.found}")
    click.echo(f"{len(found.differences)} differences.")
    sys.exit(1)
