"""The command line. What a command needs is loaded when it is called, so that the server starts quickly."""

import click

from assessment.commands.assessments import delete, demo, link, list_assessments, stats
from assessment.commands.catalogue import catalogue
from assessment.commands.content import check
from assessment.commands.database import backup, end_sessions, history, list_backups, restore, rotate_key, tidy, upgrade
from assessment.commands.doctor import doctor
from assessment.commands.receipts import verify
from assessment.commands.reporting import report
from assessment.commands.serving import run
from assessment.commands.settings import settings
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
        list_backups,
        settings,
        restore,
        tidy,
        history,
        rotate_key,
        end_sessions,
        doctor,
        list_assessments,
        link,
        delete,
        demo,
        stats,
        export_one,
        import_one,
    ),
    # Of every command within, too.
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="iso-readiness")
def main() -> None:
    """ISO Readiness: readiness questionnaires for management system standards."""
