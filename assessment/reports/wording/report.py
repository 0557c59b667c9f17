"""The report as a document: its title, cover, the page for a director, how to read it, and the titles of its lists."""

from collections.abc import Sequence

from assessment.domain.rules import Rules
from assessment.translation import gettext, lazy_gettext

KIND = lazy_gettext("Gap summary")
CONTENTS = lazy_gettext("Contents")
FOOT = lazy_gettext("A self-assessment, not an audit")
PAGE = lazy_gettext("Page {page} of {pages}")
RULERS = lazy_gettext("Each ruler shows the chapters of a standard, filled as far as they are met for certain.")

ON_ONE_PAGE = lazy_gettext("On one page")
WHERE = lazy_gettext("Where do we stand, and how sure is that?")
WHAT_NEXT = lazy_gettext("What next?")
WHICH = lazy_gettext("Which standard, and why?")
WHEN = lazy_gettext("When, and with how much work?")
EARLIEST = lazy_gettext("The earliest dates")

READING = lazy_gettext("How to read this summary")
LADDER = lazy_gettext("The ladder of answers")
HOW_TO_TELL = lazy_gettext("How to tell")
RANGE = lazy_gettext("Range")
RANGE_MEANS = lazy_gettext(
    "The lower end is certain today. The upper end would hold if every open answer turned out to be enough."
)

CHAPTERS = lazy_gettext("Chapter by chapter")
AS_TABLE = lazy_gettext("The same as a table")
CHAPTER = lazy_gettext("Chapter")
PRINCIPLE = lazy_gettext("Principle")
MET = lazy_gettext("Met")
ANSWERED = lazy_gettext("Answered")

CLAUSE = lazy_gettext("Clause")
QUESTION = lazy_gettext("Question")
MET_HEAD = (CLAUSE, lazy_gettext("Question and answer"), lazy_gettext("Evidence and note"))
NOTHING_MET = lazy_gettext("Nothing yet.")
EXCLUDED = lazy_gettext("What does not apply")
EXCLUDED_HEAD = (CLAUSE, QUESTION, lazy_gettext("Reason"))
EVERYTHING_APPLIES = lazy_gettext("Nothing is left out: every question applies.")
UNKNOWN = lazy_gettext("What is not known")
UNKNOWN_HEAD = (CLAUSE, QUESTION, lazy_gettext("State"), lazy_gettext("Who could know, and note"))
EVERYTHING_ANSWERED = lazy_gettext("Everything is answered.")


def title(organisation: str) -> str:
    """Return the title of the report."""
    return gettext("Gap summary of %(organisation)s", organisation=organisation)


def logo_of(name: str) -> str:
    """Return what a logo shows, for people who cannot see it."""
    return gettext("Logo of %(name)s", name=name) if name else gettext("Logo")


def bar_of(name: str, text: str) -> str:
    """Return what a bar shows: of what, and how far."""
    return gettext("%(name)s: %(text)s", name=name, text=text)


def spine_in_words(edition: str, chapters: Sequence[tuple[str, str, str]]) -> str:
    """Return what the ruler of an edition shows; ``chapters`` are number, title and score."""
    shown = "; ".join(
        gettext("%(number)s %(title)s, %(range)s", number=number, title=title, range=score) for number, title, score in chapters
    )
    return gettext("%(edition)s, chapter by chapter: %(chapters)s", edition=edition, chapters=shown)


def enough(rules: Rules) -> str:
    """Return how questions are answered."""
    return gettext(
        "Every question is answered by a step of a ladder. For most, “%(enough)s” is enough.", enough=rules.title(rules.enough)
    )


def met(edition: str) -> str:
    """Return the title of what is met."""
    return gettext("Met: %(edition)s", edition=edition)


def excluded(edition: str) -> str:
    """Return what the table of exclusions is about."""
    return gettext("Does not apply: %(edition)s", edition=edition)


def unknown(edition: str) -> str:
    """Return what the table of open questions is about."""
    return gettext("Not known: %(edition)s", edition=edition)
