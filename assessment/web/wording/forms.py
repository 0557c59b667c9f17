"""What all forms say about what was typed, and how a field is named where it comes back from an error."""

from collections.abc import Mapping

from assessment.domain.answers import State
from assessment.reports.wording.answer_fields import CHOSEN, WORDS
from assessment.translation import gettext, lazy_gettext

CHOOSE_ONE_SHOWN = lazy_gettext("Choose one of the answers shown here.")
NOT_KNOWN_YET = lazy_gettext("We don’t know yet")
STATES: Mapping[str, str] = {State.UNKNOWN.value: NOT_KNOWN_YET, State.NOT_APPLICABLE.value: lazy_gettext("Does not apply")}
TICKED = lazy_gettext("Ticked")
VERSION = lazy_gettext("Version")


def not_sent_by_us() -> str:
    """Return what a form with a missing or wrong token is told."""
    return gettext(
        "This page was open for too long, or your browser did not send our cookie. Nothing was saved; what you typed is still "
        "here. Send it again."
    )


def at_its_field(about: str, text: str) -> str:
    """Return what is wrong, behind the question or the field that it is about."""
    if about.endswith("?"):
        return gettext("%(question)s %(problem)s", question=about, problem=text)
    return gettext("%(field)s: %(problem)s", field=about, problem=text)


def too_long(label: str, length: int, longest: int) -> str:
    """Return why a text is not taken, with its length and the longest that is, in characters."""
    return gettext(
        "%(label)s has %(length)s characters; at most %(longest)s can be saved. Shorten it.",
        label=label,
        length=_with_commas(length),
        longest=_with_commas(longest),
    )


def _with_commas(number: int) -> str:
    return f"{number:,}"


def hidden_character(label: str) -> str:
    """Return why a text with a control character is not taken."""
    return gettext("%(label)s holds a hidden control character. Type it again.", label=label)


def not_a_date(label: str) -> str:
    """Return how to write a date."""
    return gettext("%(label)s: write the date as year-month-day, such as 2027-03-14.", label=label)


def not_a_likely_year(label: str, first: int, last: int) -> str:
    """Return how to write a year."""
    return gettext(
        "%(label)s: write the year with four digits, from %(first)s to %(last)s, such as 2027-03-14.",
        label=label,
        first=first,
        last=last,
    )


def still_to_come(label: str) -> str:
    """Return why the date of something that exists already is not taken."""
    return gettext("%(label)s: this day is still to come. Give the day it was made, or leave it empty.", label=label)


def not_a_number(most: int, least: int = 1) -> str:
    """Return which numbers are taken."""
    return gettext(
        "Write a whole number from %(least)s to %(most)s, such as 24 or 1,200.", least=least, most=_with_commas(most)
    )


def two_readings(typed: str) -> str:
    """Return why a number with a point or a comma is not taken."""
    return gettext(
        "“%(typed)s” can be read in two ways. Write the whole number with digits only, such as 1200.",
        typed=typed,
    )


def only_whole(typed: str) -> str:
    """Return why a number with a fraction is not taken."""
    return gettext(
        "Only whole numbers are taken: write “%(typed)s” without what comes after its last mark, such as 1200.",
        typed=typed,
    )


def field_of_an_answer(asks: str, field: str) -> str:
    """Return the name of one field of a question's answer, such as its note."""
    kind, *more = field.split("-")
    if kind == "evidence" and len(more) == 2 and more[0].isdigit():
        part = _EVIDENCE.get(more[1], more[1])
        return gettext("%(question)s Evidence %(position)s: %(part)s", question=asks, position=int(more[0]) + 1, part=part)
    return gettext("%(question)s %(field)s", question=asks, field=CHOSEN if kind == "answer" else WORDS[kind].name)


def evidence_of_an_answer(asks: str, position: int) -> str:
    """Return the name of a piece of evidence of a question's answer."""
    return gettext("%(question)s Evidence %(position)s", question=asks, position=position + 1)


_EVIDENCE = {
    "title": lazy_gettext("what it is"),
    "where": lazy_gettext("where to find it"),
    "dated": lazy_gettext("its date"),
}
