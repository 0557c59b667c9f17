"""What the pages of private links and of browsers say."""

from collections.abc import Mapping
from datetime import datetime

from assessment.domain.rights import Role
from assessment.reports.wording.dates import day_in_words, moment_in_words
from assessment.translation import gettext, lazy_gettext

LABEL = lazy_gettext("Who is this link for?")
LABEL_MISSING = lazy_gettext("Say who the link is for, such as a name or a department.")
LABEL_HINT = lazy_gettext("Changes made through this link carry this name.")
ROLE = lazy_gettext("What may they do?")
LAST_DAY = lazy_gettext("Last day")
LAST_DAY_HINT = lazy_gettext("The link stops working after this day. Leave it empty for a link that works until it is revoked.")
ROLES: Mapping[str, str] = {
    Role.OWNER: lazy_gettext("Everything, like the person who started it"),
    Role.EDITOR: lazy_gettext("Read, answer and plan, and make links"),
    Role.RESPONDENT: lazy_gettext("Read and answer"),
    Role.READER: lazy_gettext("Only read"),
}


def oneself_elsewhere() -> str:
    """Return who changed something where it was saved under the reader's own name."""
    return gettext("You (in another tab or browser)")


def name_taken() -> str:
    """Return why no link gets this name."""
    return gettext("There is a link with this name already. Choose another name, or revoke that link first.")


def too_many_links(most: int) -> str:
    """Return why no further link is made."""
    return gettext("%(most)s links work already, and there is room for no more. Revoke one that nobody needs first.", most=most)


def name_reserved() -> str:
    """Return why nobody's link gets this name."""
    return gettext("The history uses this name for something else. Choose another name.")


def last_day_is_past() -> str:
    """Return why a link does not end on this day."""
    return gettext("Last day: this day is past. Choose today or a later day.")


def last_day_after_own() -> str:
    """Return why a link does not work longer than the link of whoever makes it."""
    return gettext("Last day: your own link ends before this day. Choose an earlier one.")


def works() -> str:
    """Return the state of a link that works without an end."""
    return gettext("Works")


def works_until(day: datetime) -> str:
    """Return the state of a link that works up to and including a day."""
    return gettext("Works until %(day)s", day=day_in_words(day))


def ended(day: datetime) -> str:
    """Return the state of a link whose last day is past."""
    return gettext("Ended %(day)s", day=day_in_words(day))


def revoked(day: datetime) -> str:
    """Return the state of a link that somebody ended."""
    return gettext("Revoked %(day)s", day=day_in_words(day))


def browser_on(browser: str, system: str) -> str:
    """Return a browser as its person knows it; both names are empty where they are not known."""
    if browser and system:
        return gettext("%(browser)s on %(system)s", browser=browser, system=system)
    return browser or system or gettext("A browser that does not say its name")


def last_used(at: datetime) -> str:
    """Return when a browser was last used, to the hour."""
    return gettext("About %(moment)s", moment=moment_in_words(at.replace(minute=0, second=0, microsecond=0)))


def not_used_yet() -> str:
    """Return what is said of a browser that opened no page yet."""
    return gettext("Not yet")
