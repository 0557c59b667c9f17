"""What is wrong with a workbook that comes back: with the file, its columns, or a cell."""

from collections.abc import Mapping, Sequence

from assessment.reports.texts import shortened
from assessment.reports.wording.dates import in_figures
from assessment.translation import gettext, lazy_gettext, ngettext

# What is wrong with a file, by name: a child process finds it, and who speaks the reader's language says it.
FAULTS: Mapping[str, str] = {
    "damaged": lazy_gettext(
        "This file is damaged and cannot be read. Save it again as an Excel workbook (.xlsx) and upload that."
    ),
    "no-sheet": lazy_gettext(
        "There is no sheet “%(sheet)s” in this workbook. To bring in a checklist of your own, download the workbook here as a "
        "template, copy your answers and notes into its light columns, and upload that with all its sheets."
    ),
    "other-format": lazy_gettext(
        "The hidden sheet “%(sheet)s” does not say %(format)s. Upload a workbook that was downloaded here."
    ),
    "no-references": lazy_gettext(
        "Sheet %(sheet)s: no column is called “%(column)s” within the first %(rows)s rows. It is hidden, and needed to know "
        "which row answers which question. Download the workbook again and copy your answers into it."
    ),
    "no-file": lazy_gettext("Choose a file first."),
    "password": lazy_gettext("This workbook has a password. Take the password off and upload it again."),
    "old-office": lazy_gettext(
        "This is a workbook of an old kind (.xls). Save it as an Excel workbook (.xlsx) and upload that."
    ),
    "not-excel": lazy_gettext(
        "This is not an Excel workbook (.xlsx). To bring in a checklist of your own, download the workbook here as a template, "
        "copy your answers and notes into its light columns, and upload that."
    ),
    "open-document": lazy_gettext("This is an OpenDocument file. Save it as an Excel workbook (.xlsx) and upload that."),
    "macros": lazy_gettext("This workbook holds macros. Save it as an Excel workbook without macros (.xlsx) and upload that."),
    "too-much": lazy_gettext("This file unpacks to more than a workbook of answers can hold (%(megabytes)s MB)."),
    "too-far-out": lazy_gettext(
        "%(sheet)s, cell %(cell)s: there is something this far out, which makes a sheet of %(rows)s rows and %(columns)s "
        "columns. Delete the empty rows and columns and upload it again."
    ),
    "too-many-cells": lazy_gettext(
        "Sheet %(sheet)s has %(rows)s rows and %(columns)s columns; at most %(most)s cells are read. Delete what was not in "
        "the download and upload it again."
    ),
    "too-long": lazy_gettext("Sheet %(sheet)s holds more than %(characters)s characters."),
    "no-lines": lazy_gettext(
        "No sheet has the hidden row, within the first %(rows)s rows, that says which column holds what. Download the workbook "
        "again and copy your lines into it."
    ),
    "other-worksheet": lazy_gettext("This workbook was made from another worksheet. Upload it there, or download one here."),
    "not-stored": lazy_gettext("This workbook was not made from a stored assessment. Download it from the page of downloads."),
    "other-assessment": lazy_gettext("This workbook was made from another assessment. Upload it there, or download one here."),
    "column-missing": lazy_gettext(
        "Sheet %(sheet)s, row %(row)s is missing the column “%(column)s”. The columns may stand in any order, but each must be "
        "there once, under its own name."
    ),
    "column-twice": lazy_gettext(
        "Sheet %(sheet)s, row %(row)s has the column “%(column)s” twice. The columns may stand in any order, but each must be "
        "there once, under its own name."
    ),
}

# Why a picture cannot be a logo, by name: most of it is found by a child process, too.
LOGO_FAULTS: Mapping[str, str] = {
    "empty": lazy_gettext("The file is empty. Choose the picture again."),
    "too-large": lazy_gettext("The file has %(megabytes)s MB; a logo can have 1 MB. Save it smaller."),
    "unreadable": lazy_gettext("The picture cannot be read. Open it in a picture program, save it as PNG, and choose that."),
    "other-kind": lazy_gettext(
        "A logo can be a PNG or a JPEG picture; this file is neither. Save it as PNG in a picture program, and choose that."
    ),
    "damaged": lazy_gettext(
        "The picture is damaged or ends too early. Save it again as PNG in a picture program, and choose that."
    ),
    "animated": lazy_gettext("The picture is animated. Save the one picture that is your logo as PNG, and choose that."),
    "too-many-pixels": lazy_gettext("The picture has more than 25 million pixels. Save it smaller, and choose that."),
}

# What is expected in a cell.
LINE_ID = lazy_gettext("the id of a line that is here, as the download wrote it; or nothing for a new line")
VERSION = lazy_gettext("the version that the download wrote here")
REFERENCE = lazy_gettext("the reference of a question, as the download wrote it")
REASON = lazy_gettext("why this does not apply; without a reason it stays open")
ALWAYS_APPLIES = lazy_gettext("another answer: this question always applies")
NO_CONTROLS = lazy_gettext("no hidden control characters; type it again")
A_DATE = lazy_gettext("a date, written as year-month-day such as 2027-03-14")
NO_LAST_DONE = lazy_gettext("nothing: this question does not ask when it was last done")
PAST_DAY = lazy_gettext("a day in the past")
EVIDENCE = lazy_gettext("what the evidence is; or empty the other two cells beside it")


def fault(name: str, values: Mapping[str, str | int]) -> str:
    """Return what is wrong with a file."""
    shown = {key: in_figures(value) if isinstance(value, int) else value for key, value in values.items()}
    return str(FAULTS[name]) % shown


def no_logo(name: str, values: Mapping[str, float]) -> str:
    """Return why a picture cannot be a logo."""
    said = str(LOGO_FAULTS[name])
    return said % {key: in_figures(value) for key, value in values.items()} if values else said


def once(where: str) -> str:
    """Return that a question stands in a cell already."""
    return gettext("each question once; %(cell)s has it already", cell=where)


def once_line(where: str) -> str:
    """Return that a line stands in a cell already."""
    return gettext("each line once; %(cell)s has it already", cell=where)


def one_of(words: Sequence[str]) -> str:
    """Return which words a cell takes."""
    return gettext("one of %(words)s", words=", ".join(gettext("“%(word)s”", word=word) for word in words))


def at_most(longest: int, length: int) -> str:
    """Return how many characters a cell takes, and how many it has."""
    return ngettext(
        "at most %(most)s character; it has %(number)s",
        "at most %(most)s characters; it has %(number)s",
        longest,
        most=in_figures(longest),
        number=in_figures(length),
    )


def four_digits(first: int, last: int) -> str:
    """Return which years a day can have."""
    return gettext("a year of four digits, from %(first)s to %(last)s, such as 2027-03-14", first=first, last=last)


def comments_not_read(number: int) -> str:
    """Return that a file holds comments, within a list of what was not read."""
    return ngettext("%(num)s comment", "%(num)s comments", number)


def formulas_not_read(cells: Sequence[str]) -> str:
    """Return that a file holds formulas without a result, within a list of what was not read."""
    return ngettext(
        "%(num)s formula without a result (%(cells)s)",
        "%(num)s formulas without a result (%(cells)s)",
        len(cells),
        cells=", ".join(_some(cells)),
    )


def columns_not_read(heads: Sequence[str]) -> str:
    """Return which columns somebody added, within a list of what was not read."""
    return ngettext("column %(names)s", "columns %(names)s", len(heads), names=", ".join(_some(heads)))


def sheets_not_read(names: Sequence[str]) -> str:
    """Return which sheets somebody added, within a list of what was not read."""
    return ngettext("sheet %(names)s", "sheets %(names)s", len(names), names=", ".join(_some(names)))


_MOST_NAMED, _LONGEST_NAMED = 10, 60


def _some(names: Sequence[str]) -> list[str]:
    """Return the first names, each cut where it is long; three dots say that there is more."""
    shown = [shortened(name, _LONGEST_NAMED) for name in names[:_MOST_NAMED]]
    return [*shown, "…"] if len(names) > _MOST_NAMED else shown


def evidence_at_most(most: int, number: int) -> str:
    """Return how many pieces of evidence a row takes, and how many it has."""
    return ngettext(
        "at most %(num)s piece of evidence in this row; it has %(number)s",
        "at most %(num)s pieces of evidence in this row; it has %(number)s",
        most,
        number=number,
    )
