"""The cookie that a browser's session is kept in: believed whenever we signed it, and never overwritten unread."""

import time
from datetime import datetime
from typing import cast

from flask import Flask, Request, Response, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature

from assessment.web.shell.signing_keys import SECONDS_BEFORE_REFUSING, SECONDS_BEFORE_SIGNING, refresh

# A cookie is renewed by the pages that do so once it is this old; an answer that comes late then has none to overwrite.
SECONDS_BEFORE_RENEWAL = 24 * 60 * 60
_BESIDE = "-2"


class CookieSession(SecureCookieSession):
    """What a browser's cookie says.

    ``unread`` tells that the browser sent a cookie which could not be read; what is said meanwhile goes into a second one
    beside it. ``signed_at`` is when the cookie was made, in seconds since 1970; 0 where there is none.
    """

    unread = False
    signed_at = 0.0


class SessionCookies(SecureCookieSessionInterface):
    """Sessions in signed cookies.

    A cookie of ours is the only key to what was started without an account. So one from the future is read: only clocks that
    differ make one. And one that cannot be read today (another key, a copy of the data folder) stays as it is until the person
    starts, opens or imports something: `begin` says so.
    """

    session_class = CookieSession

    def __init__(self, ending: str = "") -> None:
        self._ending = ending

    def get_cookie_name(self, app: Flask) -> str:
        """Return the name of the cookie."""
        return super().get_cookie_name(app) + self._ending

    def open_session(self, app: Flask, request: Request) -> CookieSession | None:
        """Read the session out of the browser's cookie, or out of the one beside it."""
        sent = request.cookies.get(self.get_cookie_name(app))
        if not sent:
            return self.session_class()
        found = self._read(app, sent)
        if found is None and refresh(SECONDS_BEFORE_REFUSING):
            found = self._read(app, sent)
        if found is None:
            found = (_SECOND.open_session(app, request) if self is not _SECOND else None) or self.session_class()
            found.unread = True
        return found

    def _read(self, app: Flask, sent: str) -> CookieSession | None:
        signer = self.get_signing_serializer(app)
        if signer is None:
            return None
        try:
            content, signed_at = signer.loads(sent, return_timestamp=True)
        except BadSignature:
            return None
        if not isinstance(content, dict) or not isinstance(signed_at, datetime):
            return None
        if time.time() - signed_at.timestamp() > app.permanent_session_lifetime.total_seconds():
            return None
        found = self.session_class(content)
        found.signed_at = signed_at.timestamp()
        return found

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write what changed, into the cookie beside the first where that could not be read."""
        if self is not _SECOND and isinstance(session, CookieSession):
            if session.unread:
                _SECOND.save_session(app, session, response)
                return
            if session.modified:
                refresh(SECONDS_BEFORE_SIGNING)
            if session.modified and _SECOND.get_cookie_name(app) in request.cookies:
                path, secure = self.get_cookie_path(app), self.get_cookie_secure(app)
                response.delete_cookie(_SECOND.get_cookie_name(app), path=path, secure=secure)
        super().save_session(app, session, response)


_SECOND = SessionCookies(_BESIDE)


def begin() -> None:
    """Let this request replace a cookie that could not be read: the person did something that needs a session."""
    cast(CookieSession, session).unread = False
    session.modified = True


def renew() -> None:
    """Have the cookie written anew, with a new time, once it is a day old."""
    if abs(time.time() - cast(CookieSession, session).signed_at) > SECONDS_BEFORE_RENEWAL:
        session.modified = True
