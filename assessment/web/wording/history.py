"""What the history says about a change: what it was about, and what was and is there, each as one phrase."""

from collections.abc import Mapping
from datetime import datetime

from assessment.domain.answers import Answer
from assessment.domain.planning import StepNote
from assessment.domain.rules import Rules
from assessment.reports.wording import answers, dates
from assessment.reports.wording.answer_fields import in_one_line
from assessment.storage.history import CHOICES, IMPORTED, LINK, REFUSED
from assessment.translation import gettext, lazy_gettext

KINDS: Mapping[str, str] = {
    CHOICES: lazy_gettext("Name and standards"),
    LINK: lazy_gettext("Private link"),
    IMPORTED: lazy_gettext("Imported"),
    REFUSED: lazy_gettext("Suggestion turned down"),
}
RESTORE = lazy_gettext("Version to bring back")
RESTORE_MISSING = lazy_gettext("Press the button of the version to bring back.")
VERSION_NOW = lazy_gettext("Version now")
VERSION_MISSING = lazy_gettext("Open the history again and press the button there.")
_PARTS: Mapping[str, str] = {
    "name": lazy_gettext("Letterhead: name"),
    "address": lazy_gettext("Letterhead: address"),
    "logo": lazy_gettext("Letterhead: logo"),
}


def no_longer_asked(ref: str) -> str:
    """Return what stands for a question that the content does not have any more."""
    return gettext("%(question)s, no longer asked", question=ref)


def step(title: str) -> str:
    """Return what a change of a step was about."""
    return gettext("Step: %(step)s", step=title)


def letterhead_part(part: str) -> str:
    """Return what a change of the letterhead was about."""
    return _PARTS.get(part, part)


def imported(as_of: datetime) -> str:
    """Return what an import brought, with when that was last changed where it came from."""
    return gettext("Everything up to here, from an export of what was last changed %(time)s", time=dates.moment_in_words(as_of))


def offered_again(asks: str) -> str:
    """Return that a suggestion that was turned down is made again."""
    return gettext("Taken back: %(question)s", question=asks)


def link_made(label: str) -> str:
    """Return for whom a link was made."""
    return gettext("Made for %(name)s", name=label)


def link_ended(label: str) -> str:
    """Return whose link was ended."""
    return gettext("Ended for %(name)s", name=label)


def choices(organisation: str, standards: list[str]) -> str:
    """Return the name of the organisation with what is chosen."""
    if not standards:
        return gettext("%(organisation)s: no standard", organisation=organisation)
    return gettext("%(organisation)s: %(standards)s", organisation=organisation, standards=", ".join(standards))


def plain_values(values: tuple[str, ...] | None) -> str:
    """Return the answer to a question about the organisation that the content does not have any more."""
    return ", ".join(values or ()) or gettext("not answered")


def note(noted: StepNote) -> str:
    """Return what is noted at a step."""
    parts = [
        gettext("owner %(name)s", name=noted.owner) if noted.owner else "",
        gettext("due %(day)s", day=dates.day_in_words(noted.due)) if noted.due else "",
        gettext("done %(day)s", day=dates.day_in_words(noted.done_on)) if noted.done_on else "",
    ]
    return ", ".join(part for part in parts if part) or gettext("nothing noted")


def logo(*, there: bool) -> str:
    """Return whether there is a logo."""
    return gettext("a picture") if there else gettext("no picture")


def nothing() -> str:
    """Return what stands for an empty text."""
    return gettext("nothing")


def answer(given: Answer, rules: Rules) -> str:
    """Return an answer in one line, with everything that was said with it."""
    return in_one_line(answers.answer_in_words(given, rules), given)


def no_such_version() -> str:
    """Return why a version is not brought back."""
    return gettext("There is no such version of this answer.")


def changed_meanwhile() -> str:
    """Return why a version is not brought back at once."""
    return gettext(
        "This answer was changed since you opened the page; the newest version is on top. Press again if you still want this "
        "one back."
    )
