"""The history of an assessment to read, and bringing an earlier answer back."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import IntegerField
from wtforms.validators import InputRequired

from assessment.domain.planning import StepNote
from assessment.domain.profile import WAY
from assessment.domain.rights import Right
from assessment.domain.way_planner import AGAIN
from assessment.reports.wording.cost import FIELDS
from assessment.storage.answers import answer_of, save_answers
from assessment.storage.history import (
    IMPORTED,
    LETTERHEAD,
    LINK,
    PROFILE,
    REFUSED,
    RESERVED,
    STEP,
    WORKSHEET,
    Content,
    HistoryEntry,
    latest,
    latest_of,
)
from assessment.storage.letterheads import letterhead_text
from assessment.storage.merge_save import Proposed
from assessment.storage.plan_steps import step_note
from assessment.storage.profiles import profile_values
from assessment.web.organisation.profile import values_in_words
from assessment.web.planning.way import way_in_words
from assessment.web.shell.context import AssessmentContext, library, now
from assessment.web.shell.done import lead_on
from assessment.web.shell.forms import FormError, PageForm, status_of
from assessment.web.shell.idempotency import idempotency_key
from assessment.web.shell.rights import with_assessment
from assessment.web.wording import history as wording
from assessment.web.wording import planning as planning_wording
from assessment.web.wording.done import Done
from assessment.web.worksheets.changes import address_of_line, change_in_words

blueprint = Blueprint("history", __name__)

ENTRIES_A_PAGE = 50
_MOST = 2**31 - 1  # what both databases take as an integer


@dataclass(frozen=True, kw_only=True)
class Line:
    """One change as people read it. ``href`` leads to the history of that answer, or to the line of a worksheet."""

    entry: HistoryEntry
    about: str
    before: str
    after: str
    href: str


class RestoreForm(PageForm):
    """Bring back the version that the pressed button names, on top of the version the page was made from."""

    restore = IntegerField(wording.RESTORE, [InputRequired(wording.RESTORE_MISSING)])
    version = IntegerField(wording.VERSION_NOW, [InputRequired(wording.VERSION_MISSING)])


@blueprint.get("/a/<assessment_id>/history")
@with_assessment(may=Right.READ)
def show(opened: AssessmentContext) -> str:
    """List who changed what, when, from what and to what, newest first."""
    before = request.args.get("before", opened.record.changes + 1, type=int)
    if not 0 < before < 2**31:
        abort(404)
    entries = latest(opened.id, before=before, most=ENTRIES_A_PAGE)
    lines = [_line(opened, entry) for entry in entries]
    older = entries[-1].number if entries and entries[-1].number > 1 else None
    return render_template("history/show.html", opened=opened, lines=lines, older=older, newest=before > opened.record.changes)


def _line(opened: AssessmentContext, entry: HistoryEntry) -> Line:
    line = partial(Line, entry=entry, before="", href="")
    if entry.kind == PROFILE and entry.about == WAY:
        before, after = profile_values(entry.before), profile_values(entry.content)
        return line(about=str(planning_wording.WAY), before=way_in_words(before), after=way_in_words(after))
    if entry.kind == PROFILE:
        question = library().profile_questions.get(entry.about)
        in_words = partial(values_in_words, question) if question else wording.plain_values
        before, after = profile_values(entry.before), profile_values(entry.content)
        about = question.asks if question else _rate_or_sum(entry.about)
        return line(about=about, before=in_words(before), after=in_words(after))
    if entry.kind == STEP:
        action = library().actions.get(entry.about.partition(AGAIN)[0])
        about = wording.step(action.title if action else entry.about)
        return line(about=about, before=wording.note(_note(entry.before)), after=wording.note(_note(entry.content)))
    if entry.kind == LETTERHEAD:
        part = partial(_letterhead, entry.about)
        return line(about=wording.letterhead_part(entry.about), before=part(entry.before), after=part(entry.content))
    if entry.kind == WORKSHEET:
        about, was, became = change_in_words(entry.about, entry.before, entry.content)
        return line(about=about, before=was, after=became, href=address_of_line(opened, entry.about))
    if entry.kind in RESERVED:
        return line(about=wording.KINDS[entry.kind], after=_reserved(entry))
    return line(
        about=_asks(entry.subject),
        before=wording.answer(answer_of(entry.before), library().rules),
        after=wording.answer(answer_of(entry.content), library().rules),
        href=url_for("history.answer", assessment_id=opened.id, ref=entry.subject),
    )


def _rate_or_sum(about: str) -> str:
    """Return what a field of the costs is called; any other id as it is."""
    return next((str(label) for field, label in FIELDS.items() if field.value == about), about)


def _asks(ref: str) -> str:
    question = library().questions.get(ref)
    return question.asks if question else wording.no_longer_asked(ref)


def _reserved(entry: HistoryEntry) -> str:
    content = entry.content if isinstance(entry.content, dict) else {}
    if entry.kind == LINK:
        label = str(content.get("label", ""))
        return wording.link_ended(label) if content.get("ended") else wording.link_made(label)
    if entry.kind == IMPORTED:
        return wording.imported(datetime.fromisoformat(str(content["as_of"])))
    if entry.kind == REFUSED:
        asks = library().questions[entry.about].asks if entry.about in library().questions else entry.about
        return asks if content.get("source") else wording.offered_again(asks)
    chosen = content.get("standards") or {}
    standards = [f"{name} ({', '.join(str(part) for part in how)})" for name, how in sorted(chosen.items())]
    return wording.choices(str(content.get("organisation", "")), standards)


def _note(content: Content) -> StepNote:
    return step_note(content if isinstance(content, dict) else None)


def _letterhead(part: str, content: Content) -> str:
    text = letterhead_text(content)
    return wording.logo(there=bool(text)) if part == "logo" else text or wording.nothing()


@blueprint.route("/a/<assessment_id>/history/<path:ref>", methods=["GET", "POST"])
@with_assessment(may=Right.READ, post=Right.ANSWER)
def answer(opened: AssessmentContext, ref: str) -> ResponseReturnValue:
    """Show the versions of one answer, newest first; bring one back. That makes a new version, so nothing is lost by it."""
    newest = next(iter(latest_of(opened.id, ref)), None)
    if newest is None or newest.kind in RESERVED:
        abort(404)
    form = RestoreForm()
    if request.method == "GET":
        return _render(opened, ref, newest, [])
    if not form.validate():
        return _render(opened, ref, newest, form.errors_to_show()), status_of(form)
    wanted = _version(opened, ref, form.restore.data)
    if wanted is None:
        return _render(opened, ref, newest, [FormError(href="#main", text=wording.no_such_version())]), 422
    submission = Proposed(key=ref, value=answer_of(wanted.content), base_version=form.version.data)
    saved = save_answers(opened.id, [submission], who=opened.record.who, at=now(), idempotency_key=idempotency_key())
    if saved.conflicts:
        error = FormError(href="#main", text=wording.changed_meanwhile())
        return _render(opened, ref, latest_of(opened.id, ref)[0], [error]), 409
    return lead_on(url_for("history.answer", assessment_id=opened.id, ref=ref), Done.BROUGHT_BACK)


def _version(opened: AssessmentContext, ref: str, number: int) -> HistoryEntry | None:
    if not 0 < number < _MOST:
        return None
    return next((entry for entry in latest_of(opened.id, ref, before=number + 1) if entry.version == number), None)


def _render(opened: AssessmentContext, ref: str, newest: HistoryEntry, errors: list[FormError]) -> str:
    before = request.args.get("before", _MOST, type=int)
    entries = latest_of(opened.id, ref, before=before, most=ENTRIES_A_PAGE) if 0 < before <= _MOST else []
    if not entries:
        abort(404)
    return render_template(
        "history/answer.html",
        opened=opened,
        asks=_asks(ref),
        ref=ref,
        versions=[(entry, answer_of(entry.content)) for entry in entries],
        newest=newest.version,
        older=entries[-1].version if entries[-1].version > 1 else None,
        form=RestoreForm(formdata=None),
        errors=errors,
        rules=library().rules,
    )
