"""Pages for what went wrong, in plain words, with what to do next."""

from collections.abc import Mapping
from dataclasses import replace

from flask import Flask, current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import HTTPException

from assessment.domain.rights import Right
from assessment.storage.database import OUR_FAULTS, UNAVAILABLE
from assessment.storage.history import AssessmentGoneError
from assessment.storage.idempotency import KeyReusedError
from assessment.storage.quotas import MOST_A_DAY, QuotaError
from assessment.web.shell.form_data import UnreadableTextError
from assessment.web.shell.headers import OtherHostError, names_no_host
from assessment.web.shell.idempotency import SAVE_KEY
from assessment.web.shell.limits import LimitError
from assessment.web.shell.resubmit import submitted_fields
from assessment.web.shell.rights import NotAllowedError, may
from assessment.web.wording.errors import (
    ANOTHER_TAB,
    BY_STATUS,
    NOT_ALLOWED,
    NOT_HELD,
    PAGE_IS_GONE,
    STAYS_HERE,
    STAYS_HERE_TOO,
    STILL_IN_THE_BROWSER,
    TYPED_FOR_IT,
    UNREADABLE,
    ErrorText,
    addressed_elsewhere,
    grown_too_much,
    not_saved,
    too_many_assessments,
)

SECONDS_TO_WAIT = 5


def answer_errors(app: Flask) -> None:
    """Show a page of ours for every error, with what was typed; a program that asked for JSON gets the same in JSON."""
    _answer_limits(app)

    @app.errorhandler(HTTPException)
    def show_http_error(error: HTTPException) -> ResponseReturnValue:
        return _page(error.code or 500, headers=_headers(error))

    @app.errorhandler(UnreadableTextError)
    def show_unreadable(_error: UnreadableTextError) -> ResponseReturnValue:
        return _page(400, UNREADABLE)

    @app.errorhandler(OtherHostError)
    def show_other_host(_error: OtherHostError) -> ResponseReturnValue:
        return _page(400, addressed_elsewhere(current_app.config["PUBLIC_URL"]), foreign=True)

    @app.errorhandler(NotAllowedError)
    def show_not_allowed(error: NotAllowedError) -> ResponseReturnValue:
        refused = NOT_ALLOWED[error.right]
        return _page(403, refused if request.method in ("GET", "HEAD") else not_saved(refused))

    def show_database_error(error: Exception) -> ResponseReturnValue:
        if isinstance(error, OUR_FAULTS):
            raise error
        app.logger.error("The database does not answer: %s", getattr(error, "orig", error))
        return _page(503, headers={"Retry-After": str(SECONDS_TO_WAIT)})

    for kind in UNAVAILABLE:
        app.register_error_handler(kind, show_database_error)

    @app.errorhandler(AssessmentGoneError)
    def show_gone(_error: AssessmentGoneError) -> ResponseReturnValue:
        return _page(404)

    @app.errorhandler(KeyReusedError)
    def show_reuse(_error: KeyReusedError) -> ResponseReturnValue:
        return _page(422)


def _answer_limits(app: Flask) -> None:
    @app.errorhandler(LimitError)
    def show_limit(error: LimitError) -> ResponseReturnValue:
        text = too_many_assessments(error.most) if error.what == "assessment" else None
        return _page(429, text, headers=_headers(error))

    @app.errorhandler(QuotaError)
    def show_quota(error: QuotaError) -> ResponseReturnValue:
        return _page(429, grown_too_much(MOST_A_DAY // 2**20), headers={"Retry-After": str(error.seconds)})


JSON = "application/json"


def wants_json() -> bool:
    """Whether the request comes from our own script, which saves in the background."""
    # The first is what our script sends, and needs no parsing.
    return request.headers.get("Accept") == JSON or request.accept_mimetypes.best == JSON


def _headers(error: HTTPException) -> dict[str, str]:
    """Return what an error says besides its page: how long to wait, what an address can be used for."""
    return {name: value for name, value in error.get_headers() if name != "Content-Type"}


def _page(
    code: int, text: ErrorText | None = None, *, headers: Mapping[str, str] | None = None, foreign: bool = False
) -> ResponseReturnValue:
    # Whoever holds the assessment must not be told that they do not.
    inside = code == 404 and text is None and "opened" in g
    known = (
        (PAGE_IS_GONE if inside else text) or BY_STATUS.get(code) or BY_STATUS[500 if code >= 500 else 400]
    )  # server or client
    fields = submitted_fields() if request.url_rule is not None else []
    # Another site's text must not become a form of ours: it is shown to be copied, without a token and a button.
    foreign = foreign or (code == 403 and text is None)
    if code == 404 and fields:
        below, stays = (TYPED_FOR_IT, STAYS_HERE_TOO) if inside else (ANOTHER_TAB, STAYS_HERE)
        known = replace(known, title=known.title if inside else NOT_HELD, text=stays if wants_json() else below)
    if code == 413 and not fields:
        known = replace(known, text=STILL_IN_THE_BROWSER)
    if wants_json():
        return {"errors": [f"{known.title}. {known.text}"]}, code, dict(headers or {})
    if names_no_host():
        return render_template("unaddressed.html", trouble=known), code, dict(headers or {})
    # A save key that was used for something else must not be sent again.
    renewed = code == 422
    page = render_template(
        "error.html",
        trouble=known,
        fields=[field for field in fields if not (renewed and field.name == SAVE_KEY) and (field.label or not foreign)],
        token=generate_csrf() if fields and not foreign else "",
        new_key=renewed,
        overview=url_for("hub.show", assessment_id=g.opened.id) if code in (403, 404) and may(Right.READ) else "",
    )
    return page, code, dict(headers or {})
