"""Actions of worksheets as steps of the plan: where their lines are, and marking one as done."""

from dataclasses import dataclass

from flask import url_for

from assessment.domain.worksheet_actions import WorksheetAction, actions_of, marked_done
from assessment.reports.wording import worksheet_actions as wording
from assessment.storage.filled_worksheets import entry_of
from assessment.storage.merge_save import Proposed
from assessment.storage.worksheets import LINE, save_entries
from assessment.web.shell.context import AssessmentContext, now
from assessment.web.worksheets.gather import FaultyLineError, check_of, filled_worksheets, open_worksheet


@dataclass(frozen=True, kw_only=True)
class ToDoView:
    """An action as the plan shows it: what it is for and until when, in words; its line's address, and the version it has.

    ``latest`` says until when at the latest, or what is known of its effect once it is done.
    """

    action: WorksheetAction
    because: str
    latest: str
    due: str
    href: str
    version: int


def to_do_view(opened: AssessmentContext, action: WorksheetAction) -> ToDoView:
    """Return an action as the plan shows it."""
    return ToDoView(
        action=action,
        because=wording.because(action),
        latest=wording.until_and_effect(action),
        due=wording.due_in_short(action),
        href=url_for("lines.line", assessment_id=opened.id, worksheet_id=action.filled.worksheet.id, line_id=action.line.id),
        version=line_version(opened, action),
    )


def action_at(opened: AssessmentContext, key: str) -> WorksheetAction | None:
    """Return the action of a worksheet that a key of the plan names; ``None`` where it names none."""
    return next((action for action in actions_of(filled_worksheets(opened)) if action.key == key), None)


def line_version(opened: AssessmentContext, action: WorksheetAction) -> int:
    """Return the version that the line of an action has reached."""
    return open_worksheet(opened, action.filled.worksheet.id).version(LINE, action.line.id)


def turn_done(opened: AssessmentContext, action: WorksheetAction) -> bool:
    """Mark an action as done today, or take that back, in its line; false where somebody changed the line meanwhile."""
    at = open_worksheet(opened, action.filled.worksheet.id)
    wanted = marked_done(action, None if action.note.done_on else at.today)
    proposed = Proposed(key=f"{LINE}/{action.line.id}", value=entry_of(wanted), base_version=at.version(LINE, action.line.id))
    try:
        saved = save_entries(opened.id, at.worksheet.id, [proposed], who=opened.record.who, at=now(), check=check_of(at))
    except FaultyLineError:
        return False
    return not saved.conflicts
