"""What pages of the plan and of results say from code."""

from assessment.translation import gettext, lazy_gettext

START = lazy_gettext("The start")
OWNER = lazy_gettext("Owner")
OWNER_HINT = lazy_gettext("Who is responsible.")
DUE = lazy_gettext("Due")
DONE_ON = lazy_gettext("Done on")
DONE_ON_HINT = lazy_gettext("Leave empty until what is named under “done when” is true.")
WAY = lazy_gettext("Which way do you want to go?")
WAY_HINT = lazy_gettext("As advised follows the advice whenever it changes; any other choice stays until somebody changes it.")
WAY_MISSING = lazy_gettext("Choose a way, or as advised.")
AS_ADVISED = lazy_gettext("As advised")
NONE_NOW = lazy_gettext("None for now")


def way(names: str, *, only: bool) -> str:
    """Return a way as it is offered."""
    return gettext("Only %(standard)s", standard=names) if only else names


def way_changed(who: str, names: str) -> str:
    """Return that somebody chose another way meanwhile."""
    return gettext("%(name)s chose another way meanwhile: %(way)s. Choose again if yours still holds.", name=who, way=names)


def cost_changed(who: str, theirs: str) -> str:
    """Return that somebody told another rate or sum meanwhile."""
    if not theirs:
        return gettext("%(name)s emptied this meanwhile. Save again if yours still holds.", name=who)
    return gettext("%(name)s saved this meanwhile: %(amount)s. Save again if yours still holds.", name=who, amount=theirs)


def not_a_start() -> str:
    """Return how to write the start of a plan."""
    return gettext("Write the start as year-month-day, such as 2027-03-14.")


def start_is_past() -> str:
    """Return what becomes of a start that is past."""
    return gettext("The start is past. The plan below begins today.")


def days_not_offered() -> str:
    """Return why other days a week are not taken."""
    return gettext("Choose one of the days a week offered here; a plan needs some time.")


def still_to_come() -> str:
    """Return why a step is not noted as done on a later day."""
    return gettext("Done on: this day is still to come. Leave it empty until the step is done.")


def step_changed(title: str) -> str:
    """Return why a step was not marked as done."""
    return gettext("This step was changed since you opened the page; it is shown as it is now: %(title)s", title=title)


def not_done_yet() -> str:
    """Return why a step's answers are not taken over."""
    return gettext("Note first when the step was done; then its answers can be taken over.")


def answer_changed(asks: str) -> str:
    """Return why a step's proposal is not taken over."""
    return gettext(
        "This answer was changed since you opened the page; it is shown as it is now. Take over again if it still holds: "
        "%(question)s",
        question=asks,
    )
