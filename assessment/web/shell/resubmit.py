"""The fields of a form that was sent, so that what was typed comes back from every error and can be sent again."""

from contextlib import suppress
from dataclasses import dataclass

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from assessment.web.shell.form_data import UnreadableTextError
from assessment.web.shell.typed_fields import words_of

# A form of up to this many bytes is read to be shown again, although it is too large to be saved. Anybody may send one to
# any address, so reading and showing it must cost no more than saving a form does.
MOST_BYTES_READ = 2_500_000


@dataclass(frozen=True, kw_only=True)
class SubmittedField:
    """One field of a form that was sent. ``label`` is what people read beside it; empty for a field that is not shown.

    ``words`` is what was chosen as people read it; empty for text, which can be edited.
    """

    name: str
    value: str
    label: str
    words: str


def submitted_fields() -> list[SubmittedField]:
    """Return the fields of the form that was sent; none where it cannot be read."""
    if request.method != "POST":
        return []
    try:
        sent = _form()
    except (RequestEntityTooLarge, ValueError):
        return []
    fields = list(sent.items(multi=True))
    return [_field(name, value) for name, value in fields if name != "csrf_token"]


def _field(name: str, value: str) -> SubmittedField:
    found = words_of(name) if value else None
    words = str(found.values.get(value, "")) if found else ""
    return SubmittedField(name=name, value=value, label=found.label if found else "", words=words)


def _form() -> "MultiDict[str, str]":
    # Where the page itself takes more, it said so before it was refused.
    request.max_content_length = max(request.max_content_length or 0, MOST_BYTES_READ)
    request.max_form_memory_size = max(request.max_form_memory_size or 0, MOST_BYTES_READ)
    with suppress(UnreadableTextError):
        return request.form
    return request.form
