"""`export` and `import`: a whole assessment with its history as one JSON document."""

from pathlib import Path

import click

from assessment import now_utc
from assessment.commands.assessments import opening_address
from assessment.commands.errors import AN_ID, opened, read_whole
from assessment.domain.authors import IMPORTER
from assessment.domain.rights import Role
from assessment.storage.access import create_link, new_session_id
from assessment.storage.export_format import read_document
from assessment.storage.export_import import add_document, in_parts


@click.command("export", context_settings=AN_ID)
@click.argument("assessment_id")
def export_one(assessment_id: str) -> None:
    """Print a whole assessment with its history as one JSON document."""

    with opened():
        for part in in_parts(assessment_id):
            click.echo(part, nl=False)
        click.echo()


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only check the document and say what would be made of it.")
def import_one(file: Path, *, dry_run: bool) -> None:
    """Make a new assessment of an exported document, and print a private link that opens it."""

    with opened() as app:
        library = app.extensions["library"]
        document = read_document(read_whole(file), library.takes, unfit_field=library.unfit_field)
        click.echo(f"{document.organisation}: {len(document.refs)} answers, {document.changes} changes, history whole.")
        if dry_run:
            click.echo("Would be added as a new assessment. Nothing else would change; nothing was written.")
            return
        key = add_document(document, sid=new_session_id(), at=now_utc())
        token = create_link(key, "Through the import", role=Role.OWNER, who=IMPORTER, at=now_utc())
    click.echo(f"Imported. Open it at {opening_address(token)}")
