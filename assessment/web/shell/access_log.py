"""One line for every answer on standard error, as JSON or as text, where that is set: what was asked for, and how long it took.

A line has the time, the method, the route's template, the status, the milliseconds and the request's id. Never an address, a
name, a token, or the id of an assessment: the path itself is not in it.
"""

import json
import logging
import time
from typing import TextIO, cast

from flask import Flask, Response, g, request
from flask.logging import wsgi_errors_stream

from assessment.web.shell.context import now
from assessment.web.shell.security_log import request_id

LOG = logging.getLogger("iso-readiness.access")
_BEGUN = "begun"


def keep_access_log(app: Flask, form: str) -> None:
    """Write the lines, ``form`` being "json" or "text"; where it is "no" there are none."""
    if form == "no":
        return
    if not LOG.handlers:
        handler = logging.StreamHandler(cast(TextIO, wsgi_errors_stream))
        handler.setFormatter(logging.Formatter("%(message)s"))
        LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    LOG.propagate = False
    write = json.dumps if form == "json" else _as_text

    @app.before_request
    def begin() -> None:
        setattr(g, _BEGUN, time.perf_counter())
        request_id()  # so that every answer carries one

    @app.after_request
    def note_answer(response: Response) -> Response:
        begun = g.get(_BEGUN)
        said = {
            "time": now().isoformat(timespec="milliseconds"),
            "event": "request",
            "method": request.method if request.url_rule is not None else "",
            "route": request.url_rule.rule if request.url_rule is not None else "",
            "status": response.status_code,
            "ms": round((time.perf_counter() - begun) * 1000, 1) if begun is not None else 0,
            "request": request_id(),
        }
        LOG.info(write(said))
        return response


def _as_text(said: dict[str, object]) -> str:
    asked = f"{said['method'] or '-'} {said['route'] or '-'}"
    return f"{said['time']} {asked} {said['status']} {said['ms']} ms {said['request']}"
