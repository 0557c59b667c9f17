"""Words of the answers sheet that nobody reads back; those an upload reads stand in `workbook/columns.py`."""

from assessment.translation import gettext, lazy_gettext

TITLE = lazy_gettext("Answers")
# Content beside each answer, and formulas over it: the name of the range, and the head of its column.
CONTENT = {
    "chapter": lazy_gettext("Chapter"),
    "group": lazy_gettext("Area of a finding"),
    "principles": lazy_gettext("Principles"),
    "weight": lazy_gettext("Weight"),
    "essential": lazy_gettext("Essential"),
    "stage": lazy_gettext("Stage"),
    "exempt": lazy_gettext("May not apply"),
    "enough": lazy_gettext("Enough"),
    "needed": lazy_gettext("Rung that is enough"),
}
FORMULAS = {
    "applies": lazy_gettext("Applies"),
    "rung": lazy_gettext("Rung, 1 to 5"),
    "answered": lazy_gettext("Answered"),
    "earned": lazy_gettext("Earned points"),
    "at_most": lazy_gettext("Points if open is enough"),
    "possible": lazy_gettext("Possible points"),
    "short": lazy_gettext("Short of enough"),
}
CHOOSE = lazy_gettext("Choose from the list")
CHOOSE_HOW = lazy_gettext("Choose one of the answers in the list. Not every question can be put aside as not applying.")
NEEDS_A_DATE = lazy_gettext("This needs a date")
DATE_HOW = lazy_gettext("Write a date, such as 2027-03-14.")
LOCKED = lazy_gettext("Leave this column as it is.")


def how_to(unanswered: str) -> list[str]:
    """Return how to fill the sheet in, line by line; ``unanswered`` is the word that takes an answer back."""
    first = gettext(
        "Fill in the light columns: choose an answer from its list, and name the evidence that shows it. "
        "Point at an answer to see what it takes."
    )
    then = gettext(
        "Then upload this file on the page of downloads: you see every change before it is taken over. "
        "A row with nothing in it is left alone;"
    )
    last = gettext(
        "to clear an answer choose “%(unanswered)s”. "
        "Further right (open the + above) is room for more evidence, and the points.",
        unanswered=unanswered,
    )
    return [first, then, last]


def rung_looks_like(rung: str, text: str) -> str:
    """Return what an answer takes, after its name."""
    return gettext("%(rung)s: %(text)s", rung=rung, text=text)


def group_of(standard: str, clause: str) -> str:
    """Return the area of a finding of a standard."""
    return gettext("%(standard)s, %(clause)s", standard=standard, clause=clause)
