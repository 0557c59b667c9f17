"""`check`: what is wrong with the questionnaires."""

import os
import sys
from pathlib import Path

import click

from assessment.commands.errors import settings_explained
from assessment.settings import read_content


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
def check(folder: Path | None) -> None:
    """Check the content of FOLDER, or of this installation, and report every fault."""
    from assessment.content import ContentError, load

    try:
        with settings_explained():
            content = folder or read_content(os.environ)
        library = load(content)
    except ContentError as error:
        click.echo(str(error), err=True)
        click.echo(f"{len(error.faults)} faults.", err=True)
        sys.exit(1)
    for standard in library.standards.values():
        click.echo(f"{standard.name}: {len(standard.questions)} questions, {len(standard.editions)} editions")
    for worksheet in library.worksheets.values():
        registers, candidates = len(worksheet.registers), len(worksheet.starter.candidates)
        click.echo(f"{worksheet.title}: {len(worksheet.parts)} parts, {registers} registers, {candidates} candidates")
    click.echo(f"{len(library.actions)} actions, {len(library.topics)} topics. No faults.")
