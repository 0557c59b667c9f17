"""How two people's work on one thing comes together."""

from dataclasses import replace
from enum import Enum

from assessment.domain.answers import Answer


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


def join(*, mine: Answer, theirs: Answer) -> Answer:
    """Return my answer with the notes and the evidence of both, theirs first and nothing twice.

    That may be more evidence than an answer has room for: which of it matters is for people to say, so none is left out.
    """
    notes = dict.fromkeys(note for note in (theirs.note, mine.note) if note)
    return replace(mine, note="\n\n".join(notes), evidence=tuple(dict.fromkeys((*theirs.evidence, *mine.evidence))))
