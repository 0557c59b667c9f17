"""What the overview and the pages about the organisation say."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime

from assessment.domain.question_path import QuestionPath
from assessment.reports.wording.dates import day_in_words, moment_in_words, time_in_words
from assessment.translation import gettext, lazy_gettext, ngettext

NAME = lazy_gettext("Name of your organisation")
NAME_HINT = lazy_gettext("As it should appear on the gap summary. A working name will do; you can change it.")
NAME_MISSING = lazy_gettext("Give the organisation a name. It appears on every page and download.")
STANDARDS = lazy_gettext("Which standards do you want to look at?")
STANDARDS_HINT = lazy_gettext(
    "Not sure? Tick all of them: the pages about your organisation then say which one fits. You can add or remove one later."
)
STANDARDS_MISSING = lazy_gettext("Tick at least one standard. You can add or remove one at any time.")
LOOK_AT_THIS = lazy_gettext("Look at this standard")
EDITION = lazy_gettext("Edition")
PATH = lazy_gettext("What to ask first")
NONE_OF_THESE = lazy_gettext("None of these")
NO_CERTIFICATE = lazy_gettext("No certificate")
EDITION_NOT_KNOWN = lazy_gettext("A certificate, of an edition we do not know now")


def certificate(name: str) -> str:
    """Return the name of the field for the edition of a certificate."""
    return gettext("%(standard)s: certificate held", standard=name)


def valid_until(name: str) -> str:
    """Return the name of the field for a certificate's last day."""
    return gettext("%(standard)s: certificate valid until", standard=name)


def next_audit(name: str) -> str:
    """Return the name of the field for the day of the next audit."""
    return gettext("%(standard)s: next audit on", standard=name)


def next_kind(name: str) -> str:
    """Return the name of the field for the kind of the next audit."""
    return gettext("%(standard)s: the next audit is", standard=name)


def only_in(path: str, editions: Sequence[str]) -> str:
    """Return the name of a path that only some editions offer."""
    return gettext("%(path)s (only %(editions)s)", path=path, editions=", ".join(editions))


def nothing_marked_as_new(edition: str) -> str:
    """Return why the path of what is new is refused."""
    return gettext(
        "Nothing is marked as new in %(edition)s. Choose another edition, or something else to ask first.", edition=edition
    )


def edition_missing(name: str) -> str:
    """Return why days of a certificate are not saved while none is chosen."""
    return gettext(
        "Choose the edition of your %(standard)s certificate, or empty its days and set the next audit to “Not known yet”.",
        standard=name,
    )


def no_certificates() -> str:
    """Return the answer that no certificate is held."""
    return gettext("no certificate held")


def held(changed: datetime, imported: datetime | None, deleted_on: datetime | None, *, can_restore: bool) -> str:
    """Return when an assessment was changed last, and when it was imported, if it was; when it goes for good, where it does."""
    if deleted_on is not None and can_restore:
        return gettext("Will be deleted on %(day)s. Open it to restore it.", day=day_in_words(deleted_on))
    if deleted_on is not None:
        return gettext("Will be deleted on %(day)s", day=day_in_words(deleted_on))
    if imported is None:
        return gettext("Changed %(day)s", day=day_in_words(changed))
    return gettext("Changed %(day)s, imported %(moment)s UTC", day=day_in_words(changed), moment=moment_in_words(imported))


def one_of_several(note: str, position: int, count: int) -> str:
    """Return what is said of an assessment, told apart from others of which the same is said."""
    return gettext("%(note)s (%(position)s of %(count)s)", note=note, position=position, count=count)


def tick_a_standard() -> str:
    """Return why an assessment without a standard is not saved."""
    return gettext("Tick at least one standard.")


def standard_with_title(name: str, title: str) -> str:
    """Return a standard as it is offered at the start."""
    return gettext("%(standard)s: %(title)s", standard=name, title=title.lower())


def by_standard(name: str) -> str:
    """Return the name of the field for a standard's deadline."""
    return gettext("%(standard)s by", standard=name)


def by_day(standard: str, day: str) -> str:
    """Return a standard's deadline, with its day in words; what is no day stays as it was written."""
    with suppress(ValueError):
        day = day_in_words(date.fromisoformat(day))
    return gettext("%(standard)s by %(day)s", standard=standard, day=day)


def no_deadline() -> str:
    """Return the answer that there is no deadline."""
    return gettext("no deadline")


def none_of_these() -> str:
    """Return the answer that none of the choices is true."""
    return gettext("none of these")


def not_answered() -> str:
    """Return what stands for a missing answer."""
    return gettext("not answered")


def tick_none_alone() -> str:
    """Return why "none of these" together with one of them is refused."""
    return gettext("Tick “None of these” alone, or untick it.")


def looked_at(*, chosen: bool) -> str:
    """Return whether a standard is part of an assessment."""
    return gettext("looked at") if chosen else gettext("not looked at")


def changed_meanwhile(who: str, theirs: str) -> str:
    """Return what somebody else saved while a page was open."""
    return gettext(
        "%(name)s changed this to “%(answer)s” meanwhile. Yours is shown here: save again to keep yours.",
        name=who,
        answer=theirs,
    )


def path_in_words(path: QuestionPath, questions: int, minutes: int) -> str:
    """Return what a path asks first, and how long that takes."""
    time = time_in_words(minutes)
    match path:
        case QuestionPath.QUICK:
            return ngettext(
                "Quick check: %(num)s question first, about %(time)s.",
                "Quick check: %(num)s questions first, about %(time)s.",
                questions,
                time=time,
            )
        case QuestionPath.FULL:
            return ngettext(
                "Full check: %(num)s question, about %(time)s, best over several days and with colleagues.",
                "Full check: %(num)s questions, about %(time)s, best over several days and with colleagues.",
                questions,
                time=time,
            )
        case QuestionPath.NEW_IN_EDITION:
            return ngettext(
                "New in this edition: %(num)s question first, about %(time)s.",
                "New in this edition: %(num)s questions first, about %(time)s.",
                questions,
                time=time,
            )
        case QuestionPath.AGAIN:
            return ngettext(
                "Open, short or stale: %(num)s question to go through first, about %(time)s.",
                "Open, short or stale: %(num)s questions to go through first, about %(time)s.",
                questions,
                time=time,
            )
