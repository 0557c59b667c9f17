"""What the report of a worksheet says: its title, cover, first page and the heads of its registers."""

from assessment.translation import gettext, lazy_gettext, ngettext

FOOT = lazy_gettext("No certificate and no legal opinion")
CONTENTS = lazy_gettext("Contents")
PAGE = lazy_gettext("Page {page} of {pages}")
ON_ONE_PAGE = lazy_gettext("What came out")
OPEN_FIRST = lazy_gettext("Not kept, or not known")
NONE_OPEN = lazy_gettext("Nothing that was written down is open.")
APART = lazy_gettext("Helpful, listed apart")
NONE_SO = lazy_gettext("None so far.")
ACTIONS = lazy_gettext("Actions")
MISSING = lazy_gettext("What is missing for a complete one")
NOTHING_MISSING = lazy_gettext("Nothing is missing.")
REGISTERS = lazy_gettext("All lines")
NO_LINES = lazy_gettext("No line yet.")
LINE = lazy_gettext("Line")
SAYS = lazy_gettext("What it says")
JUDGED = lazy_gettext("Judged")
HOW = lazy_gettext("How it is judged")
NOT_LEGAL = lazy_gettext(
    "Written by the organisation itself. It is no certificate and no legal opinion; duties are to be checked locally."
)


def title(worksheet: str, organisation: str) -> str:
    """Return the title of the report."""
    return gettext("%(worksheet)s of %(organisation)s", worksheet=worksheet, organisation=organisation)


def counts_as(title: str, verdict: str) -> str:
    """Return the heading of the lines that count, by a method."""
    return gettext("%(title)s: %(verdict)s", title=title, verdict=verdict)


def part(letter: str, title: str) -> str:
    """Return the heading of a part."""
    return gettext("%(letter)s: %(title)s", letter=letter, title=title)


def state(lines: int, missing: int) -> str:
    """Return how much there is, and how much is missing."""
    lines_text = ngettext("%(count)s line", "%(count)s lines", lines, count=lines)
    missing_text = ngettext("%(count)s thing missing", "%(count)s things missing", missing, count=missing)
    return gettext("%(lines)s, %(missing)s.", lines=lines_text, missing=missing_text)


def day_title(label: str, line: str) -> str:
    """Return the title of a day in a calendar: what is due, and on which line."""
    return gettext("%(label)s: %(line)s", label=label, line=line)


def day_about(line: str, worksheet: str, organisation: str) -> str:
    """Return what a day in a calendar is about."""
    return gettext(
        "Line %(line)s, %(worksheet)s of %(organisation)s.", line=line, worksheet=worksheet, organisation=organisation
    )


def said(label: str, text: str) -> str:
    """Return a field of a line with its label."""
    return gettext("%(label)s: %(text)s", label=label, text=text)
