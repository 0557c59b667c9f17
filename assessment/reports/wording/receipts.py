"""What is wrong with a receipt, and what was different when it was made."""

from assessment.translation import gettext, lazy_gettext

TOO_DEEP = lazy_gettext("the file is nested too deeply for a receipt")
NOT_JSON = lazy_gettext("the file is not JSON")
NO_NAME = lazy_gettext("the file gives no name of an organisation")
STANDARD_TWICE = lazy_gettext("the file names a standard twice under “chosen”")
NOTHING = lazy_gettext("nothing")
# What a receipt was made with, by where it says so.
_MADE_WITH = {
    "/content/hash": lazy_gettext("the content was %(then)s then and is %(now)s now"),
    "/content/rules-revision": lazy_gettext("the revision of the rules was %(then)s then and is %(now)s now"),
    "/product-version": lazy_gettext("the product was %(then)s then and is %(now)s now"),
}


def too_many_values(most: int) -> str:
    """Return that a file holds more than any receipt does."""
    return gettext("the file holds more than %(most)s values, more than any receipt has", most=f"{most:,}")


def made_with(where: str, then: str, now: str) -> str:
    """Return what was different when a receipt was made; empty where the place says nothing about that."""
    return str(_MADE_WITH[where]) % {"then": then, "now": now} if where in _MADE_WITH else ""


def revision(standard: str, then: str, now: str) -> str:
    """Return that a standard had another revision when a receipt was made."""
    return gettext("the revision of %(standard)s was %(then)s then and is %(now)s now", standard=standard, then=then, now=now)


def other_format(name: str) -> str:
    """Return that a file is no receipt of this format."""
    return gettext("the file is not a receipt of the format %(format)s", format=name)


def missing(what: str) -> str:
    """Return that something is missing in a receipt, or not known here."""
    return gettext("the file is incomplete or was changed by hand (%(what)s is missing or not known here)", what=what)


def unusable(why: str) -> str:
    """Return that a receipt cannot be used, with the fault in the words of the program."""
    return gettext("the file is incomplete or was changed by hand (%(why)s)", why=why)


def no_such_profile(name: str) -> str:
    """Return that a question of the profile has an answer it does not take."""
    return gettext("the profile question “%(name)s” cannot be answered as the file says", name=name)


def not_installed(standard: str, edition: str) -> str:
    """Return that a receipt is about an edition that is not installed."""
    return gettext(
        "the file is about %(standard)s, edition %(edition)s, which is not installed here", standard=standard, edition=edition
    )


def other_shape(written: str) -> str:
    """Return that the answers of a receipt have a shape that is not known."""
    return gettext("the file has answers of shape %(shape)s, which this version does not know", shape=written)
