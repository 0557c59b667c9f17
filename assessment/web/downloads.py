"""The gap summary, as a page that prints well and as files."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from assessment.domain.findings import Grade
from assessment.reports.csv_file import to_csv
from assessment.reports.docx_file import to_docx
from assessment.reports.json_file import to_json
from assessment.reports.markdown_file import to_markdown
from assessment.reports.pdf_file import to_pdf
from assessment.reports.summary import GapSummary, evidence_in_words, file_name
from assessment.reports.workbook import KIND, to_xlsx
from assessment.web.browser import Opened, gap_summary, with_assessment

blueprint = Blueprint("downloads", __name__)

FORMATS: Mapping[str, tuple[str, Callable[[GapSummary], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", to_csv),
    "json": ("application/json", to_json),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", to_docx),
    "md": ("text/markdown; charset=utf-8", to_markdown),
    "pdf": ("application/pdf", to_pdf),
    "xlsx": (KIND, to_xlsx),
}


@blueprint.get("/a/<assessment_id>/downloads")
@with_assessment
def overview(opened: Opened) -> str:
    """List what can be downloaded."""
    return render_template("downloads/overview.html", opened=opened)


@blueprint.get("/a/<assessment_id>/summary")
@with_assessment
def page(opened: Opened) -> str:
    """Show the gap summary as a page made for paper."""
    summary = _summary(opened)
    return render_template(
        "downloads/summary.html",
        opened=opened,
        summary=summary,
        result=summary.result,
        grades=Grade,
        evidence_in_words=evidence_in_words,
    )


@blueprint.get("/a/<assessment_id>/summary.<ending>")
@with_assessment
def file(opened: Opened, ending: str) -> ResponseReturnValue:
    """Hand out the gap summary as a file."""
    if ending not in FORMATS:
        abort(404)
    kind, write = FORMATS[ending]
    summary = _summary(opened)
    return attachment(write(summary), kind, file_name(summary, ending))


def attachment(content: bytes, kind: str, name: str) -> Response:
    """A file to keep, of a kind (its media type) and under a name."""
    response = Response(content, content_type=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _summary(opened: Opened) -> GapSummary:
    """The summary of the standards asked for, or of all chosen ones."""
    chosen = [each.standard.id for each in opened.questionnaires]
    wanted = request.args.getlist("standard") or chosen
    if not set(wanted) <= set(chosen):
        abort(404)
    return gap_summary(opened, wanted)
