"""The fields of a form that was sent, so that what was typed comes back from every error and can be sent again."""

from contextlib import suppress
from dataclasses import dataclass

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from assessment.domain.standard import Question
from assessment.reports.wording.answer_fields import WORDS
from assessment.web.shell.context import library
from assessment.web.shell.form_data import UnreadableTextError
from assessment.web.shell.idempotency import SAVE_KEY
from assessment.web.wording import forms as wording

# A form of up to this many bytes is read to be shown again, although it is too large to be saved. Anybody may send one to
# any address, so reading and showing it must cost no more than a page does.
MOST_BYTES_READ = 4 * 1024 * 1024
_BUTTONS = ("save", "clear", "join", "remove")
# Beginnings of names of what a page carries along with a form: a whole file, and what was chosen and seen about it. Names with
# "was_" hold what a page showed.
_CARRIED = ("workbook", "settle-", "seen-")


@dataclass(frozen=True, kw_only=True)
class SubmittedField:
    """One field of a form that was sent. ``label`` is what people read beside it; empty for a field that is not shown."""

    name: str
    value: str
    label: str


def submitted_fields() -> list[SubmittedField]:
    """Return the fields of the form that was sent; none where it cannot be read."""
    if request.method != "POST":
        return []
    try:
        sent = _form()
    except (RequestEntityTooLarge, ValueError):
        return []
    fields = list(sent.items(multi=True))
    return [SubmittedField(name=name, value=value, label=_label(name, value)) for name, value in fields if name != "csrf_token"]


def _form() -> "MultiDict[str, str]":
    # Where the page itself takes more, it said so before it was refused.
    request.max_content_length = max(request.max_content_length or 0, MOST_BYTES_READ)
    request.max_form_memory_size = max(request.max_form_memory_size or 0, MOST_BYTES_READ)
    with suppress(UnreadableTextError):
        return request.form
    return request.form


def _label(name: str, value: str) -> str:
    if not value or name == SAVE_KEY or name in _BUTTONS or name == "version" or name.endswith("-version"):
        return ""
    if name.startswith(_CARRIED) or "was_" in name:
        return ""
    question, field = _question_and_field(name)
    if question is not None:
        return wording.field_of_an_answer(question.asks, field)
    profile_question = library().profile_questions.get(name)
    return profile_question.asks if profile_question else name.replace("-", " ").replace("_", " ").capitalize()


def _question_and_field(name: str) -> tuple[Question | None, str]:
    """Return the question of this page's standard that a field is about, and what it is of its answer; ``None`` for others."""
    standard = (request.view_args or {}).get("standard_id", "")
    question_id, evidence, part = name.rpartition("-evidence-")
    if not evidence:
        question_id, _, part = name.rpartition("-")
    question = library().questions.get(f"{standard}/{question_id}")
    if question is None or (part not in {"answer", *WORDS} and not evidence):
        return None, ""
    return question, f"evidence-{part}" if evidence else part


def in_words(field: SubmittedField) -> str:
    """Return a chosen answer as people read it; empty for text, which can be edited."""
    if not field.name.endswith("-answer"):
        return ""
    rungs = {step.rung.id: step.title for step in library().rules.ladder}
    return {**rungs, **wording.STATES}.get(field.value, "")
