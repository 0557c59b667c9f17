"""What people say about the steps of their plan: owner, due date, done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from assessment.domain.planning import StepNote
from assessment.storage import merge_save
from assessment.storage.database import reading, writing
from assessment.storage.history import STEP, Author, Content
from assessment.storage.idempotency import Once
from assessment.storage.serialization import storable
from assessment.storage.tables import plan_step
from assessment.storage.versioned_values import Noted


@dataclass(frozen=True, kw_only=True)
class StoredNote:
    """A note with the version it has reached, and who changed it last."""

    note: StepNote
    version: int
    changed_by: str


_SHELF = Noted(plan_step, "action", STEP)


def step_notes(assessment_id: str) -> dict[str, StoredNote]:
    """All notes of an assessment, by the key of the action."""
    with reading() as connection:
        kept = _SHELF.load(connection, assessment_id)
    return {action: _stored(each) for action, each in kept.items()}


def _stored(kept: merge_save.Kept) -> StoredNote:
    return StoredNote(note=step_note(kept.content), version=kept.version, changed_by=kept.changed_by)


def save_step_note(
    assessment_id: str,
    action: str,
    note: StepNote,
    base_version: int,
    *,
    who: str,
    at: datetime,
    once: Once | None = None,
) -> StoredNote | None:
    """Save a note, by the rules of `save_answers`. Return ``None``, or what somebody else saved; then nothing is written."""
    author = Author(assessment_id=assessment_id, who=storable(who), at=at)
    wanted = merge_save.Wanted(subject=f"{STEP}/{action}", content=_content(note), base_version=base_version)
    with writing() as connection:
        outcome = merge_save.save(connection, author, _SHELF, [wanted], once=once, said=_said)
    return _stored(outcome.clashes[0].kept) if outcome.clashes else None


def _content(note: StepNote) -> dict[str, object]:
    return {
        "owner": storable(note.owner),
        "due": note.due.isoformat() if note.due else "",
        "done_on": note.done_on.isoformat() if note.done_on else "",
    }


def _said(content: Content) -> Content:
    return content if isinstance(content, Mapping) else _content(StepNote())


def step_note(content: Content) -> StepNote:
    """The note that an entry of the history holds."""
    told = {name: str(value) for name, value in content.items()} if isinstance(content, Mapping) else {}
    return StepNote(owner=told.get("owner", ""), due=_day(told.get("due", "")), done_on=_day(told.get("done_on", "")))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
