"""The fields of an answer in words: what pages, files and documents call each, and what it says."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessment.domain.answer_fields import AnswerField, Kind, further_fields, typed_fields
from assessment.domain.answers import Answer
from assessment.reports.wording.dates import day_in_words
from assessment.translation import gettext, lazy_gettext


@dataclass(frozen=True, kw_only=True)
class FieldWords:
    """How people know a field: ``name`` where it says something, ``asks`` where it is to be filled in."""

    name: str
    asks: str


# The chosen answer: state and rung together.
CHOSEN = lazy_gettext("Answer")
# Every field that people type besides the chosen answer.
WORDS: dict[str, FieldWords] = {
    "reason": FieldWords(name=lazy_gettext("Why it does not apply"), asks=lazy_gettext("Why does it not apply?")),
    "who": FieldWords(name=lazy_gettext("Who could know"), asks=lazy_gettext("Who could know?")),
    "note": FieldWords(name=lazy_gettext("Note"), asks=lazy_gettext("Note")),
    "evidence": FieldWords(name=lazy_gettext("Evidence"), asks=lazy_gettext("Evidence")),
    "last_done": FieldWords(name=lazy_gettext("Last done"), asks=lazy_gettext("When was it last done?")),
}


def field_name(field: AnswerField) -> str:
    """Return what people call a field."""
    return WORDS[field.name].name if field.name in WORDS else CHOSEN


def value_in_words(field: AnswerField, answer: Answer) -> str:
    """Return what a field of an answer says besides the chosen answer; empty where it says nothing."""
    value = getattr(answer, field.name)
    match field.kind:
        case Kind.DATE:
            return day_in_words(value) if value else ""
        case Kind.EVIDENCE:
            return ", ".join(piece.title for piece in value)
        case _:
            return str(value or "")


def remarks(answer: Answer, fields: Iterable[AnswerField]) -> list[tuple[str, str]]:
    """Return the name and the words of each of some fields in which an answer says something."""
    said = [(field_name(field), value_in_words(field, answer)) for field in fields]
    return [(name, words) for name, words in said if words]


def further_remarks(answer: Answer) -> list[tuple[str, str]]:
    """Return what an answer says in fields that have no place of their own on pages and in documents."""
    return remarks(answer, further_fields())


def changed_fields(before: Answer, after: Answer) -> tuple[str, ...]:
    """Return what people call the fields they type in which two answers differ, within a sentence; state and rung are one."""
    differing = [field for field in typed_fields() if field.plain(before) != field.plain(after)]
    names = dict.fromkeys(str(field_name(field)) for field in differing)
    return tuple(name[:1].lower() + name[1:] for name in names)


def in_one_line(chosen: str, answer: Answer) -> str:
    """Return an answer in one line: the chosen answer in words, and what was said with it."""
    shown = [field for field in typed_fields() if field.name not in ("state", "rung", "reason", "who")]
    said = [
        gettext("%(field)s “%(text)s”" if field.longest else "%(field)s: %(text)s", field=name, text=words)
        for field in shown
        for name, words in remarks(answer, [field])
    ]
    return "; ".join([chosen, *said])
