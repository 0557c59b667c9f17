"""What happened to access, one line of JSON each on standard error: enough to follow an incident, and nothing of a person.

A line has the time, the event, the route's template and the request's id, which the answer carries as well. Never a name, an
address, a token, or the id of an assessment.
"""

import json
import logging
import secrets
from enum import StrEnum
from typing import Any, TextIO, cast

from flask import Flask, Response, g, request
from flask.logging import wsgi_errors_stream

from assessment.web.shell.context import now

LOG = logging.getLogger("iso-readiness.security")
_REQUEST_ID = "request_id"


class SecurityEvent(StrEnum):
    """What is noted."""

    LINK_MADE = "link-made"
    LINK_REDEEMED = "link-redeemed"
    LINK_REFUSED = "link-refused"
    LINK_ENDED = "link-ended"
    SESSIONS_ENDED = "sessions-ended"
    BROWSER_FORGOTTEN = "browser-forgotten"
    IMPORTED = "imported"
    EXPORTED = "exported"
    DELETION_ASKED = "deletion-asked"
    DELETION_UNDONE = "deletion-undone"
    NOT_ALLOWED = "not-allowed"
    LIMIT_MET = "limit-met"


_BY_STATUS = {403: SecurityEvent.NOT_ALLOWED, 429: SecurityEvent.LIMIT_MET}


class Product(Flask):
    """The application. Of a fault of ours its log names the route and the request, and not the address as Flask does.

    The address of a private link opens an assessment.
    """

    def log_exception(self, exc_info: Any) -> None:
        """Write a fault of ours into the log, with where it happened in the code."""
        route = request.url_rule.rule if request.url_rule is not None else "-"
        self.logger.error("Fault on %s [%s], request %s", route, request.method, request_id(), exc_info=exc_info)


def keep_security_log(app: Flask) -> None:
    """Write the lines, one for every answer that refuses, too, and let such answers carry the request's id."""
    if not LOG.handlers:
        handler = logging.StreamHandler(cast(TextIO, wsgi_errors_stream))
        handler.setFormatter(logging.Formatter("%(message)s"))
        LOG.addHandler(handler)
        LOG.setLevel(logging.INFO)
        LOG.propagate = False

    @app.after_request
    def note_refusal(response: Response) -> Response:
        event = _BY_STATUS.get(response.status_code)
        if event is not None:
            note(event)
        if _REQUEST_ID in g:
            response.headers["X-Request-Id"] = g.get(_REQUEST_ID)
        return response


def note(event: SecurityEvent) -> None:
    """Write the line of an event of this request."""
    said = {
        "time": now().isoformat(timespec="milliseconds"),
        "event": event.value,
        "method": request.method if request.url_rule is not None else "",
        "route": request.url_rule.rule if request.url_rule is not None else "",
        "request": request_id(),
    }
    LOG.info(json.dumps(said))


def request_id() -> str:
    """Return the id of this request, which its answer carries from now on, too."""
    if _REQUEST_ID not in g:
        setattr(g, _REQUEST_ID, secrets.token_hex(8))
    found: str = g.get(_REQUEST_ID)
    return found
