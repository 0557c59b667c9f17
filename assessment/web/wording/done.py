"""What a page says after a form did something, by the word that its address carries."""

from collections.abc import Mapping
from enum import StrEnum

from assessment.translation import gettext, lazy_gettext


class Done(StrEnum):
    """What a form did."""

    SAVED = "saved"
    DELETED = "deleted"
    BROUGHT_BACK = "brought-back"
    TAKEN_OVER = "taken-over"
    ACCEPTED = "accepted"
    STILL_SO = "still-so"
    ENDED = "ended"
    FORGOTTEN = "forgotten"
    KEPT = "kept"


SAYS: Mapping[Done, str] = {
    Done.SAVED: lazy_gettext("Saved."),
    Done.DELETED: lazy_gettext("Deleted."),
    Done.BROUGHT_BACK: lazy_gettext("Brought back."),
    Done.TAKEN_OVER: lazy_gettext("Taken over."),
    Done.ACCEPTED: lazy_gettext("Accepted."),
    Done.STILL_SO: lazy_gettext("Noted that it is still so."),
    Done.ENDED: lazy_gettext("Ended."),
    Done.FORGOTTEN: lazy_gettext("This browser is forgotten here. Everything that was saved stays."),
    Done.KEPT: lazy_gettext("The assessment is kept."),
}


def line_deleted(line: str) -> str:
    """Return that a line of a worksheet was deleted."""
    return gettext("%(line)s deleted.", line=line)
