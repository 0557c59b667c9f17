"""The report of a worksheet as a file to keep."""

from datetime import date

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from assessment.domain.letterhead import Letterhead
from assessment.domain.rights import Right
from assessment.domain.worksheet_lines import Filled
from assessment.reports.worksheet_files import WORKSHEET_FORMATS
from assessment.reports.worksheet_summary import WorksheetSummary
from assessment.storage.letterheads import load_letterhead
from assessment.web.files.in_turn import AskedFile, in_its_turn
from assessment.web.shell.context import AssessmentContext
from assessment.web.shell.rights import with_assessment
from assessment.web.worksheets.gather import OpenedWorksheet, open_worksheet

blueprint = Blueprint("worksheet_report", __name__)


def _asked_for(at: OpenedWorksheet) -> tuple[date, Filled]:
    """Return the day and the lines of the version in the address; those of today where none is asked for."""
    if not request.args.get("version"):
        return at.today, at.filled
    asked = at.as_accepted(request.args.get("version", 0, type=int))
    return asked.version.on, asked.filled


@blueprint.get("/a/<assessment_id>/worksheets/<worksheet_id>/report.<ending>")
@with_assessment(may=Right.READ)
def file(opened: AssessmentContext, worksheet_id: str, ending: str) -> ResponseReturnValue:
    """Hand out the report of a worksheet, or say that its turn has not come yet."""
    asked = WORKSHEET_FORMATS.get(ending)
    at = open_worksheet(opened, worksheet_id)
    if asked is None:
        abort(404)

    def make() -> tuple[bytes, str]:
        letterhead, _ = load_letterhead(opened.id)
        on, filled = _asked_for(at)
        is_accepted = bool(request.args.get("version"))
        summary = WorksheetSummary(
            organisation=opened.record.organisation,
            on=on,
            filled=filled,
            letterhead=letterhead if letterhead != Letterhead() else None,
            versions={} if is_accepted else at.line_versions,
            accepted=None if is_accepted else at.last_accepted,
        )
        # What is filled in from the workbook of an accepted version cannot come back: it is not what is here now.
        content = asked.write(summary, "" if is_accepted and ending == "xlsx" else opened.id)
        return content, f"{on.isoformat()}-{at.worksheet.id}.{ending}"

    wanted_file = AskedFile(name=asked.name, media_type=asked.media_type, heavy=asked.heavy, make=make, back=at.address())
    return in_its_turn(opened, wanted_file)
