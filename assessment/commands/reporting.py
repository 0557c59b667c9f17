"""`report`: any form of the gap summary from a file, without a server and without a database."""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assessment import now_utc
from assessment.commands.errors import explained, read_whole
from assessment.settings import read_content
from assessment.storage.export_check import TransferError
from assessment.storage.export_format import read_document

if TYPE_CHECKING:
    from assessment.domain.library import Library
    from assessment.domain.progress import GivenAnswer
    from assessment.reports.summary import GapSummary

# A document that is made for a script may take longer than one that somebody waits for in front of a page.
SECONDS_TO_WAIT = 60


class _Ending(click.ParamType[str]):
    """The ending of a format. Formats are read when one is asked for, so that other commands start at once."""

    name = "format"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Show what may be asked for."""
        return f"[{'|'.join(_endings())}]"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return an ending that there is, or say which there are."""
        if value not in _endings():
            self.fail(f"{value!r} is not one of {', '.join(map(repr, _endings()))}.", param, ctx)
        return value


def _endings() -> tuple[str, ...]:
    from assessment.reports.formats import FORMATS

    return tuple(FORMATS)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "ending", type=_Ending(), required=True, help="The form to make.")
@click.option("--standard", "standards", multiple=True, help="Only this standard, by id; may be given several times.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day it is about: today, or that of a receipt.")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it; by default a telling name here."
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def report(file: Path, *, ending: str, standards: tuple[str, ...], day: date | None, output: Path | None, force: bool) -> None:
    """Make a gap summary of FILE: an export (“Download everything”) or a receipt (JSON). Nothing else is read or kept."""
    from assessment.reports.child_process import DocumentError, TooBusyError, place
    from assessment.reports.file_names import file_name
    from assessment.reports.formats import FORMATS

    summary = _summary(file, standards, day and date(day.year, day.month, day.day))
    form, target = FORMATS[ending], output or Path(file_name(summary, ending))
    if target.exists() and not force:
        raise click.ClickException(f"{target} is there already. Name another with --output, or write over it with --force.")
    if form.heavy:
        click.echo(f"Making the {form.words.name} of {summary.organisation} ...", err=True)
    try:
        with place(wait=SECONDS_TO_WAIT):
            content = form.write(summary)
        with target.open("wb" if force else "xb") as out:
            out.write(content)
    except (DocumentError, TooBusyError) as error:
        raise click.ClickException(f"The {form.words.name} could not be made: {error}") from error
    except OSError as error:
        raise click.ClickException(f"{target} cannot be written: {error.strerror}.") from error
    click.echo(f"{target}: {len(content):,} bytes.", err=True)


def _summary(file: Path, standards: tuple[str, ...], day: date | None) -> "GapSummary":
    """Return what a file leads to with the content of this installation."""
    from assessment.content import load
    from assessment.domain.progress import progress
    from assessment.reports.receipt import ReceiptError, read_receipt, summary_of

    raw = read_whole(file)
    with explained():
        library = load(read_content(os.environ))
        given: list[GivenAnswer] | None = None
        try:
            said = read_receipt(raw)
        except ReceiptError:
            summary, given = _of_export(raw, library, day or now_utc().date())
        else:
            try:
                summary = summary_of(said, library, version("iso-readiness"), day)
            except ReceiptError as error:
                raise click.ClickException(f"{file} cannot be used: {error}.") from error
    shown = summary.shown
    unknown = [each for each in standards if each not in shown]
    if unknown:
        raise click.ClickException(f"{', '.join(unknown)} is not in {file}; there is {', '.join(shown) or 'no standard'}.")
    if standards:
        summary = _about(summary, standards)
    if given is None:
        return summary
    asked = [each.result.questionnaire for each in summary.standards]
    return replace(summary, progress=progress(given, asked, summary.on))


def _about(summary: "GapSummary", standards: Sequence[str]) -> "GapSummary":
    """Return the summary of some of its standards only."""
    from assessment.reports.summary import summarise

    return summarise(
        summary.result,
        summary.organisation,
        summary.product_version,
        standards,
        notes=summary.notes,
        refused=summary.refused,
        letterhead=summary.letterhead,
        worksheets=summary.worksheets,
        expected=summary.expected,
    )


def _of_export(raw: bytes, library: "Library", day: date) -> tuple["GapSummary", list["GivenAnswer"]]:
    """Return the summary of an export, and the answers of its history. Raises ``TransferError``."""

    from assessment.domain.audit_findings import audits_of
    from assessment.domain.hindsight import days_before, expectations
    from assessment.domain.letterhead import Letterhead
    from assessment.domain.question_path import QuestionPath
    from assessment.domain.result import assess
    from assessment.reports.summary import summarise
    from assessment.storage.filled_worksheets import filled_from

    document = read_document(raw, library.takes, unfit_field=library.unfit_field)
    chosen = {each["standard"]: each for each in document.told["chosen"]}
    questionnaires = []
    for standard_id, each in chosen.items():
        try:
            questionnaires.append(library.questionnaire(standard_id, each["edition"], QuestionPath(each["depth"])))
        except KeyError as error:
            raise TransferError("is-not-installed", standard=standard_id, edition=each["edition"]) from error
    in_order = list(library.standards)
    questionnaires.sort(key=lambda each: in_order.index(each.standard.id))
    result = assess(library, questionnaires, document.sheet, document.profile, day)
    worksheets = [filled_from(each, document.worksheet_entries(each.id)) for each in library.worksheets.values()]
    audits = audits_of(worksheets)
    given = dict.fromkeys(days_before(audits).values(), document.given)
    letterhead = Letterhead(name=document.letterhead("name"), address=document.letterhead("address"), logo=document.logo)
    summary = summarise(
        result,
        document.organisation,
        version("iso-readiness"),
        list(chosen),
        notes=document.notes,
        refused=document.refused,
        letterhead=letterhead if letterhead != Letterhead() else None,
        worksheets=worksheets,
        expected=expectations(audits, questionnaires, given, result.judged, day),
    )
    return summary, document.given
