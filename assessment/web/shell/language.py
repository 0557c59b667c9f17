"""The language of a request: the one chosen in this browser, else the one the browser asks for that is here."""

from collections.abc import Mapping
from contextlib import ExitStack

from flask import Blueprint, Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from assessment.translation import SOURCE_LANGUAGE, Language, speaking
from assessment.web.shell.paths import is_ours

blueprint = Blueprint("language", __name__)

COOKIE = "language"
SECONDS_KEPT = 365 * 24 * 60 * 60


def speak_languages(app: Flask) -> None:
    """Answer each request in its language; before anything else is done, so that pages on what went wrong speak it, too."""
    languages: Mapping[str, Language] = app.extensions["languages"]
    app.jinja_env.globals.update(languages=languages, way_back=way_back)
    if len(languages) == 1:
        return

    @app.before_request
    def begin() -> None:
        chosen = languages[_wanted(languages)]
        g.speaking = ExitStack()
        g.speaking.enter_context(speaking(chosen.tag, chosen.translations))

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        if "speaking" in g:
            g.pop("speaking").close()


def _wanted(languages: Mapping[str, Language]) -> str:
    by_lower_case = _by_name(languages)
    chosen = request.cookies.get(COOKIE, "").lower()
    if chosen in by_lower_case:
        return by_lower_case[chosen]
    # The best first. Werkzeug's own match would take English, second on the list, before German for whoever wants Austrian.
    for wanted, quality in request.accept_languages:
        for tag in (wanted.lower(), wanted.partition("-")[0].lower()):
            if quality > 0 and tag in by_lower_case:
                return by_lower_case[tag]
    return SOURCE_LANGUAGE


def _by_name(languages: Mapping[str, Language]) -> dict[str, str]:
    """Return tags by what they are asked for: themselves in lower case, and the source language also without its country."""
    return {SOURCE_LANGUAGE.partition("-")[0]: SOURCE_LANGUAGE} | {tag.lower(): tag for tag in languages}


@blueprint.get("/language")
def choose() -> ResponseReturnValue:
    """Remember a language in this browser, and go back to the page it was chosen on.

    A GET, since nothing but how this browser is spoken to depends on it; so no page needs a token of a session for it.
    """
    languages: Mapping[str, Language] = current_app.extensions["languages"]
    back = request.args.get("back", "")
    response = redirect(request.script_root + back if is_ours(back) else url_for("start.home"), 303)
    chosen = _by_name(languages).get(request.args.get("language", "").lower())
    if chosen:
        secure, path = current_app.config["SESSION_COOKIE_SECURE"], current_app.config["APPLICATION_ROOT"]
        response.set_cookie(COOKIE, chosen, SECONDS_KEPT, path=path, secure=secure, httponly=True, samesite="Lax")
    return response


def way_back() -> str:
    """Return the path of this page, or of the first one where this page cannot be asked for again."""
    rule = request.url_rule
    return request.path if rule is None or "GET" in (rule.methods or ()) else "/"
