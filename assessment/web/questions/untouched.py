"""Answers of a form that are sent as they are stored: nobody changed them, so nothing is read, checked or saved for them.

A page sends all its questions although mostly one of them changed. Without it a save costs the processor 1.3 times as much:
`python -m tests.tools.processor_time untouched`.
"""

from collections.abc import Iterator

from werkzeug.datastructures import MultiDict

from assessment.domain.answer_fields import plain_fields
from assessment.domain.answers import Answer, State
from assessment.domain.standard import Question


def is_untouched(question: Question, stored: Answer, version: int, typed: "MultiDict[str, str]") -> bool:
    """Tell whether the fields of a question say what is stored, at the version that is stored.

    Never of an answer that wants a reason. Where it cannot be told from the texts alone, the answer counts as touched.
    """
    if stored.state is State.NOT_APPLICABLE and not stored.reason:
        return False
    prefix = f"{question.id}-"
    said = {name: _plain(typed.getlist(name)) for name in typed if name.startswith(prefix)}
    stands = {prefix + name: [value] for name, value in _stored(question, stored, version) if value}
    return {name: values for name, values in said.items() if any(values)} == stands


def _plain(values: list[str]) -> list[str]:
    """Return texts as they are stored: browsers send lines as Windows ends them."""
    return [value.replace("\r\n", "\n") for value in values]


def _stored(question: Question, stored: Answer, version: int) -> Iterator[tuple[str, str]]:
    yield "version", str(version)
    if stored.state is not State.UNANSWERED:
        yield "answer", stored.rung.id if stored.rung is not None else stored.state.value
    for field in plain_fields():
        if field.name != "last_done" or question.last_done is not None:
            yield field.name, str(getattr(stored, field.name) or "")
    for number, item in enumerate(stored.evidence):
        yield f"evidence-{number}-title", item.title
        yield f"evidence-{number}-where", item.where
        yield f"evidence-{number}-dated", item.dated.isoformat() if item.dated else ""
