"""What was typed comes back from every error, in a form that can be sent again."""

from dataclasses import dataclass

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from assessment.domain.answers import State
from assessment.reports.wording.answer_fields import CHOSEN, WORDS
from assessment.web.shell.context import library
from assessment.web.shell.idempotency import SAVE_KEY

# A form of up to this many bytes is read to be shown again, although it is far too large to be saved.
MOST_BYTES_KEPT = 16 * 1024 * 1024
MOST_PARTS_KEPT = 20_000
_BUTTONS = ("save", "clear", "join", "remove")
# What a page carries along with a form: a whole file, and what was chosen and seen about it.
_CARRIED = ("workbook", "settle-", "seen-")
_STATES = {State.UNKNOWN.value: "We don’t know yet", State.NOT_APPLICABLE.value: "Does not apply"}


@dataclass(frozen=True, kw_only=True)
class KeptField:
    """One field as it was sent. ``label`` is empty for what nobody typed: it goes along unseen."""

    name: str
    value: str
    label: str


def typed_fields() -> list[KeptField]:
    """The fields of the form that was sent; none where it cannot be read."""
    if request.method != "POST":
        return []
    request.max_content_length = request.max_form_memory_size = MOST_BYTES_KEPT
    request.max_form_parts = MOST_PARTS_KEPT
    try:
        sent = list(request.form.items(multi=True))
    except (RequestEntityTooLarge, ValueError):
        return []
    return [KeptField(name=name, value=value, label=_label(name, value)) for name, value in sent if name != "csrf_token"]


def _label(name: str, value: str) -> str:
    if not value or name == SAVE_KEY or name in _BUTTONS or name == "version" or name.endswith("-version"):
        return ""
    if name.startswith(_CARRIED):
        return ""
    standard = (request.view_args or {}).get("standard_id", "")
    for question in library().questions.values():
        field = name.removeprefix(f"{question.id}-")
        if question.standard == standard and field != name and field.partition("-")[0] in {"answer", *WORDS}:
            return f"{question.asks} {_field_in_words(field)}"
    asked = library().profile_questions.get(name)
    return asked.asks if asked else name.replace("-", " ").replace("_", " ").capitalize()


def _field_in_words(field: str) -> str:
    kind, *more = field.split("-")
    if kind == "evidence" and len(more) == 2 and more[0].isdigit():
        return f"Evidence {int(more[0]) + 1}: {_EVIDENCE.get(more[1], more[1])}"
    return CHOSEN if kind == "answer" else WORDS[kind].name


_EVIDENCE = {"title": "what it is", "where": "where to find it", "dated": "its date"}


def in_words(field: KeptField) -> str:
    """A chosen answer as people read it; empty for text, which can be edited."""
    if not field.name.endswith("-answer"):
        return ""
    rungs = {step.rung.id: step.title for step in library().rules.ladder}
    return {**rungs, **_STATES}.get(field.value, "")
