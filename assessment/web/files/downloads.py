"""The gap summary, as a page that prints well and as files."""

from collections.abc import Sequence
from contextlib import nullcontext

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from assessment.domain.letterhead import Letterhead
from assessment.domain.rights import Right
from assessment.reports import child_process
from assessment.reports.formats import FORMATS, Format
from assessment.reports.outline.report import outline
from assessment.reports.summary import after_name
from assessment.web.files.attachment import are_costs_wanted, attachment, wanted_standards, with_costs_if_wanted
from assessment.web.organisation.chapters import chapter_spine
from assessment.web.results.director import summary_with_progress
from assessment.web.shell.context import AssessmentContext, with_assessment
from assessment.web.shell.limits import limit
from assessment.web.wording import files as wording

blueprint = Blueprint("downloads", __name__)


@blueprint.get("/a/<assessment_id>/downloads")
@with_assessment(may=Right.READ)
def overview(opened: AssessmentContext) -> str:
    """List what can be downloaded, by what it is for."""
    return render_template(
        "downloads/overview.html",
        opened=opened,
        result=opened.result(),
        formats=FORMATS.values(),
        about=opened.summaries(),
        costs="1" if are_costs_wanted() else None,
    )


@blueprint.get("/a/<assessment_id>/summary")
@with_assessment(may=Right.READ)
def page(opened: AssessmentContext) -> ResponseReturnValue:
    """Show the gap summary as a page made for paper, or say that its turn has not come yet: it reads the whole history."""
    wanted = wanted_standards(opened)
    limit("download")
    try:
        with child_process.place(wait=0):
            return _page(opened, wanted)
    except child_process.TooBusyError:
        return waiting(opened, str(wording.SUMMARY_PAGE))


def _page(opened: AssessmentContext, wanted: Sequence[str]) -> str:
    summary = with_costs_if_wanted(summary_with_progress(opened, wanted))
    return render_template(
        "downloads/summary.html",
        opened=opened,
        summary=summary,
        told=outline(summary),
        letterhead=summary.letterhead or Letterhead(),
        spines=[chapter_spine(None, standard.result.questionnaire, standard.result.judged) for standard in summary.standards],
    )


@blueprint.get("/a/<assessment_id>/summary.<ending>")
@with_assessment(may=Right.READ)
def file(opened: AssessmentContext, ending: str) -> ResponseReturnValue:
    """Hand out the gap summary as a file, or say that its turn has not come yet."""
    asked = FORMATS.get(ending)
    if asked is None:
        abort(404)
    wanted = wanted_standards(opened)
    try:
        content, rest = _made(opened, asked, wanted)
    except child_process.TooBusyError:
        return waiting(opened, asked.name)
    except child_process.DocumentError:
        current_app.logger.exception("A download could not be made: %s", ending)
        return _failed(opened, asked)
    return attachment(content, asked.media_type, opened.record.organisation, rest)


def _made(opened: AssessmentContext, asked: Format, wanted: Sequence[str]) -> tuple[bytes, str]:
    """Make the file, and say what follows the organisation in its name.

    What takes long is begun only when a place is free, its summary as well: waiting here would hold a thread that pages need.
    """
    limit("download")  # also for what finds no place: asking again and again is not free
    with child_process.place(wait=0) if asked.heavy else nullcontext():
        summary = with_costs_if_wanted(summary_with_progress(opened, wanted))
        return asked.write(summary), after_name(summary, asked.ending)


def waiting(opened: AssessmentContext, name: str) -> ResponseReturnValue:
    """Show a page that asks again by itself until it is its turn; a program gets a 503 with the seconds to wait."""
    at_once, seconds = child_process.AT_ONCE, child_process.SECONDS_UNTIL_FREE
    if not _is_read_by_a_person():
        text = wording.documents_in_the_making(at_once, seconds)
        return f"{text}\n", 503, {"Retry-After": str(seconds), "Content-Type": "text/plain; charset=utf-8"}
    page = render_template("downloads/waiting.html", opened=opened, name=name, at_once=at_once, seconds=seconds)
    return page, 202, {"Refresh": str(seconds)}


def _failed(opened: AssessmentContext, asked: Format) -> ResponseReturnValue:
    if not _is_read_by_a_person():
        return f"{wording.document_failed(asked.name)}\n", 500, {"Content-Type": "text/plain; charset=utf-8"}
    others = [other for other in FORMATS.values() if other is not asked and not other.heavy]
    return render_template("downloads/failed.html", opened=opened, asked=asked, others=others), 500


def _is_read_by_a_person() -> bool:
    """Tell whether the one who asks says that it shows pages, as browsers do and programs do not."""
    return "text/html" in request.headers.get("Accept", "")
