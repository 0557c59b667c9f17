"""The history of an assessment to read, and bringing an earlier answer back."""

from dataclasses import dataclass
from functools import partial

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import IntegerField
from wtforms.validators import InputRequired

from assessment.domain.answers import Answer
from assessment.reports.wording import answers, dates
from assessment.reports.wording.answer_fields import in_one_line
from assessment.storage.answers import answer_of, save_answers
from assessment.storage.history import (
    CHOICES,
    LETTERHEAD,
    LINK,
    PROFILE,
    REFUSED,
    RESERVED,
    STEP,
    Content,
    HistoryEntry,
    history,
    latest,
)
from assessment.storage.letterheads import letterhead_text
from assessment.storage.merge_save import Proposed
from assessment.storage.plan_steps import step_note
from assessment.storage.profiles import profile_values
from assessment.web.organisation.profile import values_in_words
from assessment.web.shell.context import Opened, library, now, with_assessment
from assessment.web.shell.forms import FormError, PageForm
from assessment.web.shell.idempotency import idempotency_key
from assessment.web.starting.start import status_of

blueprint = Blueprint("trail", __name__)

ENTRIES_A_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Line:
    """One change as people read it. ``href`` leads to the history of that answer, where there is one."""

    entry: HistoryEntry
    about: str
    before: str
    after: str
    href: str


class RestoreForm(PageForm):
    """Bring back the version that the pressed button names, on top of the version the page was made from."""

    restore = IntegerField("Version to bring back", [InputRequired("Press the button of the version to bring back.")])
    version = IntegerField("Version now", [InputRequired("Open the history again and press the button there.")])


@blueprint.get("/a/<assessment_id>/history")
@with_assessment
def show(opened: Opened) -> str:
    """List who changed what, when, from what and to what, newest first."""
    before = request.args.get("before", opened.record.changes + 1, type=int)
    if not 0 < before < 2**31:
        abort(404)
    entries = latest(opened.id, before=before, most=ENTRIES_A_PAGE)
    lines = [_line(opened, each) for each in entries]
    older = entries[-1].number if entries and entries[-1].number > 1 else None
    return render_template("history/trail.html", opened=opened, lines=lines, older=older, newest=before > opened.record.changes)


def _line(opened: Opened, entry: HistoryEntry) -> Line:
    line = partial(Line, entry=entry, before="", href="")
    if entry.kind == PROFILE:
        question = library().profile_questions.get(entry.about)
        tell = partial(values_in_words, question) if question else _plain
        told = profile_values(entry.before), profile_values(entry.content)
        return line(about=question.asks if question else entry.about, before=tell(told[0]), after=tell(told[1]))
    if entry.kind == STEP:
        action = library().actions.get(entry.about)
        about = f"Step: {action.title if action else entry.about}"
        return line(about=about, before=_note(entry.before), after=_note(entry.content))
    if entry.kind == LETTERHEAD:
        tell_part = partial(_letterhead, entry.about)
        return line(about=f"Letterhead: {entry.about}", before=tell_part(entry.before), after=tell_part(entry.content))
    if entry.kind in RESERVED:
        return line(about=_RESERVED[entry.kind], after=_reserved(entry))
    asked = library().questions.get(entry.subject)
    return line(
        about=asked.asks if asked else f"{entry.subject}, no longer asked",
        before=_answer(answer_of(entry.before)),
        after=_answer(answer_of(entry.content)),
        href=url_for("trail.answer", assessment_id=opened.id, ref=entry.subject),
    )


_RESERVED = {
    CHOICES: "Name and standards",
    LINK: "Private link",
    REFUSED: "Suggestion turned down",
}


def _reserved(entry: HistoryEntry) -> str:
    told = entry.content if isinstance(entry.content, dict) else {}
    if entry.kind == LINK:
        return f"{'Ended' if told.get('ended') else 'Made'} for {told.get('label', '')}"
    if entry.kind == REFUSED:
        asked = library().questions.get(entry.about)
        return asked.asks if asked else entry.about
    standards = told.get("standards") or {}
    chosen = [f"{name} ({', '.join(str(each) for each in how)})" for name, how in sorted(standards.items())]
    return f"{told.get('organisation', '')}: {', '.join(chosen) or 'no standard'}"


def _plain(values: tuple[str, ...] | None) -> str:
    return ", ".join(values or ()) or "not answered"


def _note(content: object) -> str:
    note = step_note(content if isinstance(content, dict) else None)
    told = [
        f"owner {note.owner}" if note.owner else "",
        f"due {dates.day_in_words(note.due)}" if note.due else "",
        f"done {dates.day_in_words(note.done_on)}" if note.done_on else "",
    ]
    return ", ".join(each for each in told if each) or "nothing noted"


def _letterhead(part: str, content: Content) -> str:
    text = letterhead_text(content)
    return ("a picture" if text else "no picture") if part == "logo" else text or "nothing"


def _answer(answer: Answer) -> str:
    return in_one_line(answers.answer_in_words(answer, library().rules), answer)


@blueprint.route("/a/<assessment_id>/history/<path:ref>", methods=["GET", "POST"])
@with_assessment
def answer(opened: Opened, ref: str) -> ResponseReturnValue:
    """Show every version of one answer; bring one back. That makes a new version, so nothing is lost by it either."""
    entries = history(opened.id, ref)
    if not entries or entries[0].kind in RESERVED:
        abort(404)
    form = RestoreForm()
    if request.method == "GET":
        return _render(opened, ref, entries, [])
    if not form.validate():
        return _render(opened, ref, entries, form.errors_to_show()), status_of(form)
    wanted = next((each for each in entries if each.version == form.restore.data), None)
    if wanted is None:
        return _render(opened, ref, entries, [FormError(href="#main", text="There is no such version of this answer.")]), 422
    submission = Proposed(key=ref, value=answer_of(wanted.content), base_version=form.version.data)
    saved = save_answers(opened.id, [submission], who=opened.record.who, at=now(), idempotency_key=idempotency_key())
    if saved.conflicts:
        text = (
            "Somebody changed this answer meanwhile; the newest version is on top. Press again if you still want this one back."
        )
        return _render(opened, ref, history(opened.id, ref), [FormError(href="#main", text=text)]), 409
    return redirect(url_for("trail.answer", assessment_id=opened.id, ref=ref), 303)


def _render(opened: Opened, ref: str, entries: list[HistoryEntry], errors: list[FormError]) -> str:
    asked = library().questions.get(ref)
    return render_template(
        "history/answer.html",
        opened=opened,
        asks=asked.asks if asked else f"{ref}, no longer asked",
        versions=[(each, answer_of(each.content)) for each in reversed(entries)],
        newest=entries[-1].version,
        form=RestoreForm(formdata=None),
        errors=errors,
        rules=library().rules,
    )
