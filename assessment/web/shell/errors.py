"""Pages for what went wrong, in plain words, with what to do next."""

from dataclasses import dataclass, replace

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import HTTPException

from assessment.storage.database import OUR_FAULTS, UNAVAILABLE
from assessment.storage.history import AssessmentGoneError
from assessment.storage.idempotency import KeyReusedError
from assessment.web.shell.idempotency import SAVE_KEY
from assessment.web.shell.resubmit import in_words, typed_fields


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What an error page says."""

    title: str
    text: str


TROUBLES = {
    400: Trouble(
        title="We could not read this request",
        text="Nothing was saved. Go back, check what you typed, and send it again.",
    ),
    403: Trouble(
        title="This form came from another site",
        text="Nothing was saved. Open the page here and send the form from it.",
    ),
    404: Trouble(
        title="There is no such page here",
        text="Either the address is wrong, or it belongs to an assessment that this browser does not hold. "
        "Open it through its private link, or ask the person who started it for one.",
    ),
    405: Trouble(title="This address cannot be used that way", text="Go back to the page you came from and try again."),
    410: Trouble(
        title="This assessment is being deleted",
        text="Nothing was saved. Whoever started the assessment can undo the deletion for seven days; then send this again.",
    ),
    413: Trouble(
        title="That was too much at once",
        text="Nothing was saved. Shorten the text and send it again. One page takes up to 2 MB.",
    ),
    422: Trouble(
        title="This form was sent before with something else in it",
        text="Nothing was saved this time, so that nothing is saved twice. Look at what you typed and send it again.",
    ),
    429: Trouble(title="Too many requests", text="Nothing was saved. Wait a few minutes and send it again."),
    500: Trouble(
        title="Something went wrong on our side",
        text="Nothing was saved. Send it again; if this happens every time, tell whoever runs this installation.",
    ),
    503: Trouble(
        title="The database does not answer right now",
        text="Nothing was saved. Wait a moment and send it again; no restart is needed.",
    ),
}


ANOTHER_TAB = (
    "This browser does not hold the assessment any longer, so nothing was saved. What you typed is below. Open your private "
    "link in another tab, then come back here and send it again."
)
SECONDS_TO_WAIT = 5


def answer_errors(app: Flask) -> None:
    """Show a page of ours for every error, with what was typed; a program that asked for JSON gets the same in JSON."""

    @app.errorhandler(HTTPException)
    def show_http_error(error: HTTPException) -> ResponseReturnValue:
        return _page(error.code or 500, retry_after=getattr(error, "retry_after", None))

    def show_database_error(error: Exception) -> ResponseReturnValue:
        if isinstance(error, OUR_FAULTS):
            return show_error(error)
        app.logger.error("The database does not answer: %s", getattr(error, "orig", error))
        return _page(503, retry_after=SECONDS_TO_WAIT)

    for kind in UNAVAILABLE:
        app.register_error_handler(kind, show_database_error)

    @app.errorhandler(AssessmentGoneError)
    def show_gone(_error: AssessmentGoneError) -> ResponseReturnValue:
        return _page(404)

    @app.errorhandler(KeyReusedError)
    def show_reuse(_error: KeyReusedError) -> ResponseReturnValue:
        return _page(422)

    @app.errorhandler(Exception)
    def show_error(error: Exception) -> ResponseReturnValue:
        if app.testing and not app.config.get("SHOW_ERRORS"):
            raise error
        app.logger.error("A page failed", exc_info=error)
        return _page(500)


JSON = "application/json"


def wants_json() -> bool:
    """Whether the request comes from our own script, which saves in the background."""
    # The first is what our script sends, and needs no parsing.
    return request.headers.get("Accept") == JSON or request.accept_mimetypes.best == JSON


def _page(code: int, *, retry_after: int | None = None) -> ResponseReturnValue:
    known = TROUBLES.get(code) or (TROUBLES[500] if code >= 500 else TROUBLES[400])  # server or client
    headers = {"Retry-After": str(retry_after)} if retry_after else {}
    fields = typed_fields() if request.url_rule is not None and code != 403 else []
    if code == 404 and fields:
        known = replace(known, text=ANOTHER_TAB)
    if wants_json():
        return {"errors": [f"{known.title}. {known.text}"]}, code, headers
    # A save key that was used for something else must not be sent again.
    renewed = code == 422
    page = render_template(
        "error.html",
        trouble=known,
        fields=[each for each in fields if not (renewed and each.name == SAVE_KEY)],
        in_words=in_words,
        token=generate_csrf() if fields else "",
        new_key=renewed,
    )
    return page, code, headers
