"""Pages: thin views that gather from storage, decide with the domain, and show templates."""

import hashlib
from functools import cache, lru_cache
from pathlib import Path

from flask import Flask, current_app, request

from assessment.domain.answers import State
from assessment.domain.rules import Rung
from assessment.reports import explained, words
from assessment.web.comparing import comparison
from assessment.web.files import downloads, export_import, letterhead, receipts, workbook_upload
from assessment.web.organisation import hub, profile
from assessment.web.people import sharing
from assessment.web.planning import plan
from assessment.web.questions import history, pages
from assessment.web.questions.question_view import render_question
from assessment.web.results import results
from assessment.web.shell import components
from assessment.web.shell.compression import compress_answers
from assessment.web.shell.context import may, refuse_undeclared_routes
from assessment.web.shell.errors import answer_errors
from assessment.web.shell.headers import guard
from assessment.web.shell.idempotency import new_save_key
from assessment.web.shell.limits import count_attempts
from assessment.web.shell.sessions import Sessions
from assessment.web.shell.state_cache import StateCache
from assessment.web.starting import reading, start
from assessment.web.starting.glossary import linked

BLUEPRINTS = (
    start,
    reading,
    receipts,
    hub,
    profile,
    pages,
    results,
    plan,
    comparison,
    downloads,
    letterhead,
    sharing,
    history,
    export_import,
    workbook_upload,
)
# Rendered questions that each worker keeps, a few kilobytes each.
QUESTIONS_KEPT = 500
PRODUCT_NAME = "ISO Readiness"


def show_pages(app: Flask, *, https: bool) -> None:
    """Register every page, what templates may use, the headers and the error pages."""
    for module in BLUEPRINTS:
        app.register_blueprint(module.blueprint)
    refuse_undeclared_routes(app)
    app.session_interface = Sessions(app)
    compress_answers(app)
    guard(app, https=https)
    app.extensions["state-cache"] = StateCache()
    app.extensions["question-html"] = lru_cache(maxsize=QUESTIONS_KEPT)(render_question)
    count_attempts(app)
    answer_errors(app)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["day"] = words.day_in_words
    app.jinja_env.filters["moment"] = words.moment_in_words
    app.jinja_env.filters["linked"] = linked
    app.jinja_env.filters["lower_first"] = words.lower_first
    app.jinja_env.globals.update(
        words=words,
        explained=explained,
        product_name=PRODUCT_NAME,
        static_url=static_url,
        Rung=Rung,
        State=State,
        may=may,
        new_save_key=new_save_key,
    )


def show_components(app: Flask) -> None:
    """Add the page with every component in every state, for developers."""
    app.register_blueprint(components.blueprint)


def static_url(name: str) -> str:
    """Return the address of a static file with a fingerprint of its content, so that browsers may keep it for ever."""
    return f"{request.script_root}/static/{name}?v={_fingerprint(current_app.static_folder or '', name)}"


@cache
def _fingerprint(folder: str, name: str) -> str:
    return hashlib.sha256((Path(folder) / name).read_bytes()).hexdigest()[:12]
