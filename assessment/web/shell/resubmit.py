"""The fields of a form that was sent, so that what was typed comes back from every error and can be sent again."""

from dataclasses import dataclass

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from assessment.reports.wording.answer_fields import WORDS
from assessment.web.shell.context import library
from assessment.web.shell.idempotency import SAVE_KEY
from assessment.web.wording import forms as wording

# A form of up to this many bytes is read to be shown again, although it is far too large to be saved.
MOST_BYTES_READ = 16 * 1024 * 1024
MOST_PARTS_READ = 20_000
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
    request.max_content_length = request.max_form_memory_size = MOST_BYTES_READ
    request.max_form_parts = MOST_PARTS_READ
    try:
        sent = list(request.form.items(multi=True))
    except (RequestEntityTooLarge, ValueError):
        return []
    return [SubmittedField(name=name, value=value, label=_label(name, value)) for name, value in sent if name != "csrf_token"]


def _label(name: str, value: str) -> str:
    if not value or name == SAVE_KEY or name in _BUTTONS or name == "version" or name.endswith("-version"):
        return ""
    if name.startswith(_CARRIED) or "was_" in name:
        return ""
    standard = (request.view_args or {}).get("standard_id", "")
    for question in library().questions.values():
        field = name.removeprefix(f"{question.id}-")
        if question.standard == standard and field != name and field.partition("-")[0] in {"answer", *WORDS}:
            return wording.field_of_an_answer(question.asks, field)
    profile_question = library().profile_questions.get(name)
    return profile_question.asks if profile_question else name.replace("-", " ").replace("_", " ").capitalize()


def in_words(field: SubmittedField) -> str:
    """Return a chosen answer as people read it; empty for text, which can be edited."""
    if not field.name.endswith("-answer"):
        return ""
    rungs = {step.rung.id: step.title for step in library().rules.ladder}
    return {**rungs, **wording.STATES}.get(field.value, "")
