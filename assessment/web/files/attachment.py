"""A file to keep, and which standards it is about."""

from flask import Response, abort, request

from assessment.web.shell.context import AssessmentContext


def attachment(content: bytes, kind: str, name: str) -> Response:
    """Hand out a file to keep, of a kind (its media type) and under a name."""
    response = Response(content, content_type=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def wanted_standards(opened: AssessmentContext) -> list[str]:
    """Return the ids of the standards asked for in the address, or of all chosen ones; a 404 for one that is not chosen."""
    chosen = [questionnaire.standard.id for questionnaire in opened.questionnaires]
    wanted = request.args.getlist("standard") or chosen
    if not set(wanted) <= set(chosen):
        abort(404)
    return wanted
