"""A file to keep, and which standards it is about."""

from dataclasses import replace
from urllib.parse import quote

from flask import Response, abort, request

from assessment.domain.cost import cost
from assessment.reports.file_names import own_name, plain_name
from assessment.reports.summary import GapSummary
from assessment.web.shell.context import AssessmentContext


def attachment(content: bytes, kind: str, organisation: str, rest: str) -> Response:
    """Hand out a file to keep, of a kind (its media type), named after an organisation and the rest of the name.

    Old programs get a name in letters that every system takes, all others the organisation's own (RFC 6266, section 4.3).
    """
    response = Response(content, content_type=kind)
    named = f"attachment; filename={plain_name(organisation)}-{rest}"
    if not organisation.isascii():
        named += f"; filename*=UTF-8''{quote(own_name(organisation), safe='')}-{rest}"
    response.headers["Content-Disposition"] = named
    return response


def with_costs_if_wanted(summary: GapSummary) -> GapSummary:
    """Return the summary with the costs where the address asks for them; they stand in no document otherwise."""
    return replace(summary, costs=cost(summary.result)) if are_costs_wanted() else summary


def are_costs_wanted() -> bool:
    """Tell whether the address asks for the costs."""
    return request.args.get("costs") == "1"


def wanted_standards(opened: AssessmentContext) -> list[str]:
    """Return the ids of the standards asked for in the address, or of all chosen ones; a 404 for one that is not chosen."""
    chosen = [questionnaire.standard.id for questionnaire in opened.questionnaires]
    wanted = request.args.getlist("standard") or chosen
    if not set(wanted) <= set(chosen):
        abort(404)
    return wanted
