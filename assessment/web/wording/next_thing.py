"""The one thing to do next, and how long it takes."""

from assessment.domain.question_path import QuestionPath
from assessment.reports.wording.dates import time_in_words
from assessment.translation import gettext, ngettext


def profile(group: str) -> str:
    """Return that a page of the profile is next."""
    return gettext("About your organisation: %(title)s", title=group)


def about_the_profile() -> str:
    """Return what the profile is good for, and how long it takes."""
    return gettext("About 5 minutes in all. It decides which standard fits and sets the size of the plan.")


def start(path: QuestionPath, standard: str) -> str:
    """Return that a standard is begun on its path."""
    match path:
        case QuestionPath.QUICK:
            return gettext("Start the quick check of %(standard)s", standard=standard)
        case QuestionPath.FULL:
            return gettext("Start the full check of %(standard)s", standard=standard)
        case QuestionPath.NEW_IN_EDITION:
            return gettext("Start with what is new in %(standard)s", standard=standard)
        case QuestionPath.AGAIN:
            return gettext("Go through what is open, short or stale in %(standard)s", standard=standard)


def go_on(standard: str, chapter: str, title: str) -> str:
    """Return that a standard is gone on with."""
    return gettext("Continue where you left off: %(name)s, %(number)s %(title)s", name=standard, number=chapter, title=title)


def further(path: QuestionPath, standard: str) -> str:
    """Return that the questions are next which a path did not ask first."""
    if path is QuestionPath.QUICK:
        return gettext("Go on to the full check of %(standard)s", standard=standard)
    return gettext("Go on with the other questions of %(standard)s", standard=standard)


def plan() -> str:
    """Return that there is nothing left to answer."""
    return gettext("Work on the plan")


def all_looked_at() -> str:
    """Return why the plan is next."""
    return gettext("Every question has been looked at.")


def left(done: int, count: int, minutes: int) -> str:
    """Return how many of the questions of a path are done, and how long the others take."""
    return ngettext(
        "%(done)s of %(num)s question done, about %(time)s left.",
        "%(done)s of %(num)s questions done, about %(time)s left.",
        count,
        done=done,
        time=time_in_words(minutes),
    )


def ahead(questions: int, minutes: int) -> str:
    """Return how many questions lie ahead, and how long they take."""
    return ngettext(
        "%(num)s question, about %(time)s.", "%(num)s questions, about %(time)s.", questions, time=time_in_words(minutes)
    )
