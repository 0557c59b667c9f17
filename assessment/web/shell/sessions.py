"""The browser's session, a signed cookie as Flask makes it, and what was found about signatures lately.

Proving a signature costs more than reading an answer from the database, and a page that saves while somebody types sends the
same cookie and the same form token every time.
"""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from flask import Flask, Request, Response, current_app, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import validate_csrf
from itsdangerous import BadSignature
from wtforms import ValidationError

# Cookies, and tokens of pages, that one worker remembers, each in about half a kilobyte: more than are at work at once.
REMEMBERED = 2_000
# Characters; a form's token has about ninety.
LONGEST_TOKEN = 300


class Sessions(SecureCookieSessionInterface):
    """Flask's own sessions; a cookie whose signature was right is not proven again, only its age is looked at."""

    def __init__(self, app: Flask) -> None:
        signer = self.get_signing_serializer(app)

        def proven(cookie: str) -> tuple[dict[str, Any], datetime]:
            if signer is None:
                raise BadSignature("there is no secret key")
            said, signed_at = signer.loads(cookie, return_timestamp=True)
            return said, signed_at

        self._proven = lru_cache(maxsize=REMEMBERED)(proven)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """Open the session of a request; an empty one where the cookie is missing, forged or too old."""
        cookie = request.cookies.get(self.get_cookie_name(app))
        if not cookie:
            return self.session_class()
        try:
            said, signed_at = self._proven(cookie)
        except BadSignature:
            return self.session_class()
        young = signed_at <= datetime.now(UTC) <= signed_at + app.permanent_session_lifetime
        return self.session_class(said if young else None)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie where it changed. Flask would name it in ``Vary`` besides; but no such answer may be kept."""
        if session.modified:
            super().save_session(app, session, response)


def is_token_of_this_session(token: str) -> bool:
    """Whether a form's token was made for the session of this request."""
    known = session.get("csrf_token", ""), current_app.config["SECRET_KEY"]
    return len(token) <= LONGEST_TOKEN and _is_right(token, *known)


@lru_cache(maxsize=REMEMBERED)
def _is_right(token: str, _of_session: str, _secret: str) -> bool:
    """Return the verdict, which depends on nothing but the arguments: a token of ours ends with its session only."""
    try:
        validate_csrf(token)
    except ValidationError:
        return False
    return True
