"""Addresses that programs ask every site for: what robots may read, an icon, and whom to tell of a hole."""

from datetime import timedelta

from flask import Blueprint, Response, abort, current_app, redirect, url_for
from flask.typing import ResponseReturnValue

from assessment.web.shell.context import now, public_address
from assessment.web.shell.static_files import static_url

blueprint = Blueprint("well_known", __name__)

# Search engines may show what everybody may read; what belongs to somebody is not found without its link anyway.
ROBOTS = "User-agent: *\nDisallow: /a/\nDisallow: /open/\n"
SECURITY_TXT = "/.well-known/security.txt"
# RFC 9116 asks for a day after which the file is not to be believed, less than a year ahead.
DAYS_BELIEVED = 90
_PLAIN = "text/plain; charset=utf-8"


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Say what robots may read."""
    return Response(ROBOTS, content_type=_PLAIN)


@blueprint.get("/favicon.ico")
def icon() -> ResponseReturnValue:
    """Lead to the icon, for whoever asks before reading the page that names it."""
    return redirect(static_url("icon.svg"), 303)


@blueprint.get(SECURITY_TXT)
def security() -> Response:
    """Say whom to tell of a hole in this installation (RFC 9116); a 404 where nobody is named."""
    contact: str = current_app.config["SECURITY_CONTACT"]
    if not contact:
        abort(404)
    expires = (now() + timedelta(days=DAYS_BELIEVED)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires}",
        "Preferred-Languages: en",
        f"Canonical: {public_address(url_for('well_known.security'))}",
    ]
    return Response("\n".join([*lines, ""]), content_type=_PLAIN)
