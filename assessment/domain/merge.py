"""How two people's work on one thing comes together."""

from enum import Enum


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
