"""The fields of an answer, each described once: forms, merging, history, exports, the workbook and receipts read this table.

What is kept of an answer is plain values by the name of the field, together with the shape they were written in. Older shapes
are brought up to date when they are read (`upcast`), so that a new field is one more line here and nothing stored changes.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from assessment.domain.answers import NO_ANSWER, Answer, Evidence, State
from assessment.domain.limits import LONGEST_LINE, LONGEST_TEXT
from assessment.domain.rules import Rung

# What says in which shape values were written; those of the first shape say nothing.
SHAPE = "shape"


class Kind(StrEnum):
    """What a field holds."""

    STATE = "state"  # what kind of answer it is
    RUNG = "rung"  # of the ladder, or none
    LINE = "line"  # one line of text
    TEXT = "text"  # several lines of text
    DATE = "date"  # a day, or none
    EVIDENCE = "evidence"  # pieces of it
    REF = "ref"  # of a question, or none


@dataclass(frozen=True, kw_only=True)
class AnswerField:
    """One field of an answer.

    ``name`` is its attribute of an answer, and its name in what is stored, in forms and in exports; ``in_receipt`` its name in
    the JSON receipt. ``typed`` is false for what the product notes by itself. ``since`` is the shape that had it first.
    """

    name: str
    kind: Kind
    in_receipt: str
    typed: bool = True
    since: int = 1

    @property
    def longest(self) -> int:
        """The most characters it takes; 0 for what is no free text."""
        return {Kind.LINE: LONGEST_LINE, Kind.TEXT: LONGEST_TEXT}.get(self.kind, 0)

    def plain(self, answer: Answer) -> Any:
        """Return its value in an answer as JSON can hold it."""
        return _CODECS[self.kind].to_plain(getattr(answer, self.name))

    def value(self, plain: Any) -> Any:
        """Return the value that was written like this. Raises ``TypeError`` and ``ValueError`` for what never was."""
        return _CODECS[self.kind].from_plain(plain)


ANSWER_FIELDS: tuple[AnswerField, ...] = (
    AnswerField(name="state", kind=Kind.STATE, in_receipt="state"),
    AnswerField(name="rung", kind=Kind.RUNG, in_receipt="rung"),
    AnswerField(name="reason", kind=Kind.TEXT, in_receipt="reason"),
    AnswerField(name="who", kind=Kind.LINE, in_receipt="who-could-know"),
    AnswerField(name="note", kind=Kind.TEXT, in_receipt="note"),
    AnswerField(name="evidence", kind=Kind.EVIDENCE, in_receipt="evidence"),
    AnswerField(name="last_done", kind=Kind.DATE, in_receipt="last-done"),
    AnswerField(name="carried_from", kind=Kind.REF, in_receipt="carried-from", typed=False),
)
# The second shape has lists for evidence and null for nothing; the first had a text for each field, evidence as JSON within it.
_PLAIN_VALUES = 2


def shape() -> int:
    """Return the shape that answers are written in now."""
    return max([_PLAIN_VALUES, *[field.since for field in ANSWER_FIELDS]])


def plain_fields() -> tuple[AnswerField, ...]:
    """Return the fields that hold one text or one day each, which forms, files and pages can treat alike."""
    return tuple(field for field in ANSWER_FIELDS if field.kind in (Kind.LINE, Kind.TEXT, Kind.DATE))


def typed_fields() -> tuple[AnswerField, ...]:
    """Return the fields that people type."""
    return tuple(field for field in ANSWER_FIELDS if field.typed)


def further_fields() -> tuple[AnswerField, ...]:
    """Return the plain fields that were added since the second shape: pages and documents show them one after the other."""
    return tuple(field for field in plain_fields() if field.since > _PLAIN_VALUES)


def to_plain(answer: Answer) -> dict[str, Any]:
    """Return an answer as values that JSON can hold, by the names of its fields, with their shape."""
    return {**{field.name: field.plain(answer) for field in ANSWER_FIELDS}, SHAPE: shape()}


def from_plain(values: Mapping[str, Any]) -> Answer:
    """Return the answer that was written like this, in the present shape.

    Raises ``KeyError`` where a field is missing, ``TypeError`` and ``ValueError`` for a value that never was.
    """
    return make_answer({field.name: field.value(values[field.name]) for field in ANSWER_FIELDS})


def fields_since(written: int) -> tuple[AnswerField, ...]:
    """Return the fields that were added after a shape."""
    return tuple(field for field in ANSWER_FIELDS if field.since > written)


def to_receipt(answer: Answer) -> dict[str, Any]:
    """Return an answer as the JSON receipt writes it: plain values, by the names that fields have there."""
    return {field.in_receipt: field.plain(answer) for field in ANSWER_FIELDS}


def from_receipt(values: Mapping[str, Any]) -> Answer:
    """Return the answer that a receipt says, in the present shape. Raises as `from_plain` does."""
    return from_plain({field.name: values[field.in_receipt] for field in ANSWER_FIELDS})


def make_answer(values: Mapping[str, Any]) -> Answer:
    """Return the answer with these values, by the names of its fields; fields that are left out are empty."""
    return Answer(**values)


def typed_part(answer: Answer) -> dict[str, Any]:
    """Return what people type of an answer, as plain values: all that can make a difference in a merge."""
    return {field.name: field.plain(answer) for field in typed_fields()}


def upcast(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the plain values of an answer, written in whatever shape, in the present one.

    Raises ``ValueError`` for a shape that is not known yet, and ``KeyError`` where a field of the first shape is missing.
    """
    written, present = values.get(SHAPE, 1), shape()
    if type(written) is not int or not 0 < written <= present:
        raise ValueError(f"an answer of shape {str(written)[:20]}; this version knows shapes up to {present}")
    if written == present:
        return values
    found = dict(values)
    if written < _PLAIN_VALUES:
        found |= {name: found[name] or None for name in ("rung", "last_done", "carried_from")}
        evidence = json.loads(found["evidence"]) if found["evidence"] else []
        found["evidence"] = [{**piece, "dated": piece["dated"] or None} for piece in evidence]
    added = {field.name: field.plain(NO_ANSWER) for field in fields_since(written)}
    return {**added, **found, SHAPE: present}


@dataclass(frozen=True, kw_only=True)
class _Codec:
    """How values of one kind become plain, and back."""

    to_plain: Callable[[Any], Any]
    from_plain: Callable[[Any], Any]


def _text(plain: Any) -> str:
    if not isinstance(plain, str):
        raise TypeError("is not a text")
    return plain


def _day(plain: Any) -> date | None:
    return None if plain is None else date.fromisoformat(_text(plain))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _pieces(evidence: tuple[Evidence, ...]) -> list[dict[str, Any]]:
    return [{"title": piece.title, "where": piece.where, "dated": _iso(piece.dated)} for piece in evidence]


def _evidence(plain: Any) -> tuple[Evidence, ...]:
    if not isinstance(plain, list):
        raise TypeError("evidence is not a list")
    pieces = []
    for piece in plain:
        if piece.keys() != {"title", "where", "dated"}:
            raise ValueError("a piece of evidence has other fields")
        pieces.append(Evidence(title=_text(piece["title"]), where=_text(piece["where"]), dated=_day(piece["dated"])))
    return tuple(pieces)


_TEXT = _Codec(to_plain=lambda text: text, from_plain=_text)
_CODECS: Mapping[Kind, _Codec] = MappingProxyType(
    {
        Kind.STATE: _Codec(to_plain=lambda state: state.value, from_plain=State),
        Kind.RUNG: _Codec(
            to_plain=lambda rung: None if rung is None else rung.id,
            from_plain=lambda plain: None if plain is None else Rung.of(_text(plain)),
        ),
        Kind.LINE: _TEXT,
        Kind.TEXT: _TEXT,
        Kind.DATE: _Codec(to_plain=_iso, from_plain=_day),
        Kind.EVIDENCE: _Codec(to_plain=_pieces, from_plain=_evidence),
        Kind.REF: _Codec(to_plain=lambda ref: ref or None, from_plain=lambda plain: "" if plain is None else _text(plain)),
    }
)
