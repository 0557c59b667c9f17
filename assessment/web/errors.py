"""Pages for what went wrong, in plain words, with what to do next."""

from dataclasses import dataclass

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException


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
    413: Trouble(
        title="That was too much at once",
        text="Nothing was saved. Go back, shorten the text, and save again. One page takes up to 2 MB.",
    ),
    429: Trouble(title="Too many requests", text="Nothing was saved. Wait a minute, go back, and send it again."),
    500: Trouble(
        title="Something went wrong on our side",
        text="Nothing was saved. Go back and send it again; what you typed should still be in the form.",
    ),
    503: Trouble(
        title="The database does not answer right now",
        text="Nothing was saved. Go back in a minute and send it again; what you typed should still be in the form.",
    ),
}


def answer_errors(app: Flask) -> None:
    """Show a page of ours for every error."""

    @app.errorhandler(HTTPException)
    def show_http_error(error: HTTPException) -> ResponseReturnValue:
        return _page(error.code or 500)

    @app.errorhandler(OperationalError)
    def show_database_error(error: OperationalError) -> ResponseReturnValue:
        app.logger.error("The database does not answer: %s", error.orig)
        return _page(503)

    @app.errorhandler(Exception)
    def show_error(error: Exception) -> ResponseReturnValue:
        if app.testing:
            raise error
        app.logger.error("A page failed", exc_info=error)
        return _page(500)


def _page(code: int) -> ResponseReturnValue:
    known = TROUBLES.get(code) or (TROUBLES[500] if code >= 500 else TROUBLES[400])  # server or client
    return render_template("error.html", trouble=known), code
