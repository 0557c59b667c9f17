"""Pages: thin views that gather from storage, decide with the domain, and show templates."""

from types import SimpleNamespace

from flask import Flask

from assessment.domain.answers import State
from assessment.domain.entries import with_line_breaks
from assessment.domain.rules import Rung
from assessment.reports.charts import dumbbell
from assessment.reports.outline.plain import simple
from assessment.reports.wording import advice, answers, calculation, dates, doubts, scores, verdicts
from assessment.reports.wording import limits as limits_wording
from assessment.reports.wording import plan as plan_wording
from assessment.reports.wording import sharing as sharing_wording
from assessment.reports.wording.answer_fields import further_remarks
from assessment.reports.wording.authors import author_in_words
from assessment.web.comparing import comparison
from assessment.web.files import downloads, export_import, letterhead, receipts, workbook_upload
from assessment.web.organisation import hub, profile
from assessment.web.organisation.next_thing import next_thing
from assessment.web.people import browsers, sharing
from assessment.web.planning import costs, marking, plan, way
from assessment.web.questions import history, pages
from assessment.web.questions.question_cache import keep_questions
from assessment.web.results import after_audit, results
from assessment.web.shell import components, language
from assessment.web.shell.access_log import keep_access_log
from assessment.web.shell.changer import changer_in_words
from assessment.web.shell.compression import compress_answers
from assessment.web.shell.contents import contents_of
from assessment.web.shell.done import said_of_it
from assessment.web.shell.errors import answer_errors
from assessment.web.shell.form_data import FormRequest
from assessment.web.shell.forms import told_apart
from assessment.web.shell.headers import guard
from assessment.web.shell.idempotency import new_save_key
from assessment.web.shell.language import speak_languages
from assessment.web.shell.limits import count_attempts
from assessment.web.shell.pieces import keep_pieces
from assessment.web.shell.retries import try_again
from assessment.web.shell.returning import address_to_return_to
from assessment.web.shell.rights import may, refuse_undeclared_routes
from assessment.web.shell.security_log import keep_security_log
from assessment.web.shell.session_cookie import SessionCookies
from assessment.web.shell.state_cache import StateCache
from assessment.web.shell.static_files import static_url
from assessment.web.starting import metrics as starting_metrics
from assessment.web.starting import reading, start, well_known
from assessment.web.starting.glossary import linked, linked_once, linking_piece
from assessment.web.worksheets import accepted, candidates, lines, parts, proposed, report, workbook

BLUEPRINTS = (
    start,
    well_known,
    language,
    reading,
    receipts,
    hub,
    profile,
    pages,
    results,
    after_audit,
    plan,
    marking,
    way,
    costs,
    comparison,
    downloads,
    letterhead,
    sharing,
    browsers,
    history,
    export_import,
    workbook_upload,
    parts,
    lines,
    candidates,
    proposed,
    report,
    workbook,
    accepted,
)
PRODUCT_NAME = "ISO Readiness"


def show_pages(app: Flask, *, https: bool) -> None:
    """Register every page, what templates may use, the headers and the error pages."""
    app.request_class = FormRequest
    app.session_interface = SessionCookies()
    speak_languages(app)
    for module in BLUEPRINTS:
        app.register_blueprint(module.blueprint)
    refuse_undeclared_routes(app)
    compress_answers(app)
    try_again(app)
    guard(app, https=https)
    app.extensions["state-cache"] = StateCache()
    keep_questions(app)
    keep_pieces(app)
    browsers.note_uses(app)
    keep_security_log(app)
    count_attempts(app)
    answer_errors(app)
    _equip_templates(app)


def _equip_templates(app: Flask) -> None:
    """Give templates their filters and what they may call."""
    environment = app.jinja_env
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.filters["day"] = dates.day_in_words
    environment.filters["moment"] = dates.moment_in_words
    environment.filters["author"] = author_in_words
    environment.filters["changer"] = changer_in_words
    # What came in with an export keeps its letters in the history; people read line breaks.
    environment.filters["in_lines"] = with_line_breaks
    environment.filters["linked"] = linked
    environment.filters["linked_once"] = linked_once
    environment.globals["linking_piece"] = linking_piece
    environment.filters["dumbbell"] = dumbbell
    environment.filters["simple"] = lambda block: list(simple((block,)))
    environment.filters["lower_first"] = dates.lower_first
    environment.filters["told_apart"] = told_apart
    environment.filters["contents"] = contents_of
    environment.globals.update(
        words=_wording(),
        explained=calculation,
        further_remarks=further_remarks,
        product_name=PRODUCT_NAME,
        static_url=static_url,
        Rung=Rung,
        State=State,
        may=may,
        done=said_of_it,
        next_thing=next_thing,
        address_to_return_to=address_to_return_to,
        new_save_key=new_save_key,
    )


def _wording() -> SimpleNamespace:
    """Return what reports are worded with, as one namespace for templates."""
    modules = (advice, answers, dates, doubts, limits_wording, plan_wording, scores, sharing_wording, verdicts)
    return SimpleNamespace(**{name: value for module in modules for name, value in vars(module).items() if name[0] != "_"})


def watch(app: Flask, log: str, *, metrics: bool) -> None:
    """Write a line for every answer in the form that is asked for, and show figures where that is."""
    keep_access_log(app, log)
    if metrics:
        app.register_blueprint(starting_metrics.blueprint)


def show_components(app: Flask) -> None:
    """Add the page with every component in every state, for developers."""
    app.register_blueprint(components.blueprint)
