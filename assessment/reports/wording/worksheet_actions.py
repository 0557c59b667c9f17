"""What the plan says of worksheets: actions that were written down there, and how far the worksheet is that does a step."""

from assessment.domain.completeness import Completeness
from assessment.domain.worksheet_actions import Effect, WorksheetAction
from assessment.reports.wording.dates import day_in_short
from assessment.reports.wording.worksheet_lines import line_in_full, line_name
from assessment.translation import gettext, lazy_gettext

TITLE = lazy_gettext("From your worksheets")
ABOUT = lazy_gettext("Written down in a worksheet, with owner and day. It is one thing, here and there.")
HEAD = (
    lazy_gettext("Line"),
    lazy_gettext("Action"),
    lazy_gettext("What it is for"),
    lazy_gettext("Owner"),
    lazy_gettext("Due"),
    lazy_gettext("Done"),
)
WORKSHEET = lazy_gettext("Worksheet")
# What is known of the effect of an action that is done.
EFFECTS = {
    Effect.NOT_LOOKED_AT: lazy_gettext("Done, but nobody has looked yet whether it helped"),
    Effect.HELPED: lazy_gettext("It helped"),
    Effect.DID_NOT_HELP: lazy_gettext("It did not help: another action is needed"),
}
ONLY_ACTIONS_OPEN = lazy_gettext("Every step is marked as done but those from your worksheets.")


def how_far(complete: Completeness) -> str:
    """Return how many parts of a worksheet are complete, after its title."""
    return gettext(
        "%(worksheet)s: %(complete)s of %(parts)s parts complete",
        worksheet=complete.filled.worksheet.title,
        complete=complete.parts_complete,
        parts=len(complete.filled.worksheet.parts),
    )


def how_far_in_short(title: str, complete: Completeness) -> str:
    """Return the title of a step with how far the worksheet is that does it."""
    return gettext("%(step)s (%(how_far)s)", step=title, how_far=how_far(complete))


def from_worksheet(action: WorksheetAction) -> str:
    """Return in which worksheet an action was written down."""
    return gettext("from “%(worksheet)s”", worksheet=action.filled.worksheet.title)


def because(action: WorksheetAction) -> str:
    """Return what an action is for: what its own line is called where that is something else, then the lines it names."""
    own = line_name(action.filled, action.line)
    lines = [line_in_full(action.filled, line) for line in action.because]
    return "; ".join([own, *lines] if own != action.title else lines)


def until_and_effect(action: WorksheetAction) -> str:
    """Return until when an action is done at the latest, or what is known of its effect; empty where neither is known."""
    if action.note.done_on:
        return str(EFFECTS.get(action.effect, ""))
    return action.before


def about_day(action: WorksheetAction) -> list[str]:
    """Return what an entry of a calendar says of an action."""
    texts = [gettext("Owner: %(owner)s", owner=action.note.owner)] if action.note.owner else []
    reasons = because(action)
    latest = until_and_effect(action)
    reasons_text = [gettext("For: %(lines)s", lines=reasons)] if reasons else []
    return [*texts, *reasons_text, *([latest] if latest else []), from_worksheet(action)]


def due_in_short(action: WorksheetAction) -> str:
    """Return the day until when, or that nobody said one."""
    return day_in_short(action.note.due) if action.note.due else gettext("no day yet")
