"""The gap summary, as a page that prints well and as files."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.domain.letterhead import Letterhead
from assessment.domain.rights import Right
from assessment.reports.file_names import after_name
from assessment.reports.formats import FORMATS, Format
from assessment.reports.outline.report import outline
from assessment.web.files.attachment import are_costs_wanted, wanted_standards, with_costs_if_wanted
from assessment.web.files.in_turn import AskedFile, in_its_turn, when_free
from assessment.web.organisation.chapters import chapter_spine
from assessment.web.results.director import summary_with_progress
from assessment.web.shell.context import AssessmentContext
from assessment.web.shell.rights import with_assessment
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
    wanted, back = wanted_standards(opened), url_for("downloads.overview", assessment_id=opened.id)
    return when_free(opened, str(wording.SUMMARY_PAGE), back, lambda: _page(opened, wanted))


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

    def make() -> tuple[bytes, str]:
        summary = with_costs_if_wanted(summary_with_progress(opened, wanted))
        return asked.write(summary), after_name(summary, asked.ending)

    wanted_file = AskedFile(
        name=asked.words.name,
        media_type=asked.media_type,
        heavy=asked.heavy,
        make=make,
        back=url_for("downloads.overview", assessment_id=opened.id),
        others=_instead_of(opened, asked),
    )
    return in_its_turn(opened, wanted_file)


def _instead_of(opened: AssessmentContext, asked: Format) -> list[tuple[str, str, str]]:
    """Return what holds the same numbers and is made at once: address, name and purpose."""
    about: dict[str, Any] = {"assessment_id": opened.id, "standard": request.args.getlist("standard")}
    others = [other for other in FORMATS.values() if other is not asked and not other.heavy]
    return [
        (url_for("downloads.page", **about), wording.page_to_print(), ""),
        *((url_for("downloads.file", ending=other.ending, **about), other.words.name, other.words.purpose) for other in others),
    ]
