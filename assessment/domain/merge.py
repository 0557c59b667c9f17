"""How two people's work on one thing comes together."""

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum
from typing import TypeVar

from assessment.domain.answers import Answer

Value = TypeVar("Value")


class Merge(Enum):
    """How two people's work on one thing comes together."""

    KEEP = "what is stored stays: I changed nothing, or we agree"
    TAKE = "mine is written: only I changed it"
    CLASH = "both changed it, differently: people must settle it, and nothing is written"


def merge(*, base: object, mine: object, theirs: object) -> Merge:
    """Merge what I send with what is stored, given what my form was made from."""
    if mine in (base, theirs):
        return Merge.KEEP
    return Merge.TAKE if theirs == base else Merge.CLASH


def merge_fields(
    *, base: Mapping[str, Value], mine: Mapping[str, Value], theirs: Mapping[str, Value]
) -> tuple[dict[str, Value], frozenset[str]]:
    """Merge what two people entered field by field, each field by the rules of `merge`.

    Return the fields, and the names of those that both changed differently; theirs stay there. A field that I do not have I
    did not change.
    """
    merged, clashes = dict(theirs), set()
    for name, value in mine.items():
        outcome = merge(base=base.get(name), mine=value, theirs=theirs.get(name))
        if outcome is Merge.TAKE:
            merged[name] = value
        elif outcome is Merge.CLASH:
            clashes.add(name)
    return merged, frozenset(clashes)


def join(*, mine: Answer, theirs: Answer) -> Answer:
    """Return my answer with the notes and the evidence of both, theirs first and nothing twice, however often it is done.

    That may be more evidence than an answer has room for: which of it matters is for people to say, so none is left out.
    """
    if _holds(mine.note, theirs.note) or _holds(theirs.note, mine.note):
        note = mine.note if _holds(mine.note, theirs.note) else theirs.note
    else:
        note = theirs.note + _BETWEEN + mine.note
    return replace(mine, note=note, evidence=tuple(dict.fromkeys((*theirs.evidence, *mine.evidence))))


def before_joining(*, joined: Answer, theirs: Answer) -> Answer:
    """Return what I said before theirs was joined to it; an answer that was not joined as it is."""
    if not joined.note.startswith(theirs.note + _BETWEEN) or not set(theirs.evidence) <= set(joined.evidence):
        return joined
    mine = tuple(piece for piece in joined.evidence if piece not in theirs.evidence)
    return replace(joined, note=joined.note.removeprefix(theirs.note + _BETWEEN), evidence=mine)


# Stands between two notes that were joined.
_BETWEEN = "\n\n"


def _holds(note: str, other: str) -> bool:
    """Tell whether a note has another among its paragraphs."""
    return not other or _BETWEEN + other + _BETWEEN in _BETWEEN + note + _BETWEEN
