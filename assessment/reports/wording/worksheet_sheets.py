"""Words of the workbook of a worksheet. What is read back from it stands in `workbook/worksheet_columns.py`."""

from datetime import date

from assessment.domain.worksheet import Register
from assessment.reports.wording.dates import day_in_words
from assessment.translation import gettext, lazy_gettext

HOW_TO = lazy_gettext("How to fill it in")
LINE = lazy_gettext("Line")
VERSION = lazy_gettext("Version")
COUNTS = lazy_gettext("Counts as")
LOCKED = lazy_gettext("The download wrote this; an upload needs it.")
CHOOSE = lazy_gettext("Choose from the list, or leave it empty.")
A_DATE = lazy_gettext("A date, such as 2027-03-14.")
STEPS = (
    lazy_gettext("Each sheet is a register with a line in each row. Fill in what you know; nothing is needed."),
    lazy_gettext("A new line goes below the others, its id left empty: it gets one when it is taken over."),
    lazy_gettext("Other lines are named by their ids, such as F1, F2. A new line can be named once it has its id."),
    lazy_gettext("An emptied cell takes away what stood there; a row that is empty or deleted changes nothing."),
    lazy_gettext(
        "Upload the file where it was downloaded. You see every change before anything is saved, and what somebody changed "
        "there meanwhile side by side."
    ),
)


def as_of(organisation: str, on: date) -> str:
    """Return whose worksheet it is, and of which day."""
    return gettext("%(organisation)s, %(day)s", organisation=organisation, day=day_in_words(on))


def unit_of(label: str) -> str:
    """Return the head over the unit of an amount."""
    return gettext("%(label)s: unit", label=label)


def with_unit(label: str, unit: str) -> str:
    """Return the head over an amount that has only one unit."""
    return gettext("%(label)s (%(unit)s)", label=label, unit=unit)


def in_sheet(register: Register, lines: int) -> str:
    """Return what a sheet holds."""
    return gettext("%(register)s: %(lines)s", register=register.title, lines=lines)
