"""The command line. What a command needs is loaded when it is called, so that the server starts quickly."""

import click

from assessment.commands.catalogue import catalogue
from assessment.commands.content import check
from assessment.commands.database import backup, end_sessions, history, restore, rotate_key, tidy, upgrade
from assessment.commands.doctor import doctor
from assessment.commands.receipts import verify
from assessment.commands.reporting import report
from assessment.commands.serving import run
from assessment.commands.transfer import export_one, import_one


@click.group(
    commands=(
        run,
        check,
        catalogue,
        verify,
        report,
        upgrade,
        backup,
        restore,
        tidy,
        history,
        rotate_key,
        end_sessions,
        doctor,
        export_one,
        import_one,
    )
)
@click.version_option(package_name="iso-readiness")
def main() -> None:
    """ISO Readiness: readiness questionnaires for management system standards."""
