"""What people say about the steps of their plan: owner, due date, done."""

from collections.abc import Mapping
from datetime import datetime

from assessment.domain.entries import day_or_none
from assessment.domain.merge import merge_fields
from assessment.domain.planning import StepNote
from assessment.storage import merge_save
from assessment.storage.database import reading
from assessment.storage.history import STEP, Author, Content
from assessment.storage.idempotency import IdempotencyKey
from assessment.storage.merge_save import Proposed, SaveResult
from assessment.storage.repository import Codec, Repository, Stored
from assessment.storage.serialization import storable
from assessment.storage.tables import plan_step


def step_note(content: Content) -> StepNote:
    """Return the note that a content holds; an empty one for ``None``."""
    said = {name: str(value) for name, value in content.items()} if isinstance(content, Mapping) else {}
    return StepNote(
        owner=said.get("owner", ""), due=day_or_none(said.get("due", "")), done_on=day_or_none(said.get("done_on", ""))
    )


def _content(note: StepNote) -> Content:
    return {
        "owner": storable(note.owner),
        "due": note.due.isoformat() if note.due else "",
        "done_on": note.done_on.isoformat() if note.done_on else "",
    }


def _together(base: StepNote, mine: StepNote, theirs: StepNote) -> StepNote | None:
    """Return a note with what each of two people changed; ``None`` where both changed one part of it."""
    merged, clashes = merge_fields(base=vars(base), mine=vars(mine), theirs=vars(theirs))
    return None if clashes else StepNote(**merged)


# Keys are those of the actions.
STEP_NOTES = Repository(plan_step, ("action",), Codec(to_content=_content, from_content=step_note, together=_together), STEP)


def step_notes(assessment_id: str) -> dict[str, Stored[StepNote]]:
    """Return all notes of an assessment, by the key of the action."""
    with reading() as connection:
        return STEP_NOTES.load(connection, assessment_id)


def save_step_note(
    assessment_id: str,
    proposed: Proposed[StepNote],
    *,
    who: str,
    at: datetime,
    idempotency_key: IdempotencyKey | None = None,
) -> SaveResult[StepNote]:
    """Save the note on an action, by its key and the rules of `merge_save.save`."""
    author = Author(assessment_id=assessment_id, who=storable(who), at=at)
    return merge_save.save_alone(author, STEP_NOTES, [proposed], idempotency_key=idempotency_key)
