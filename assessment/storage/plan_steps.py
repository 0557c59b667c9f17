"""What people say about the steps of their plan: owner, due date, done."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from assessment.domain.planning import StepNote
from assessment.storage.database import reading, writing
from assessment.storage.history import Author, content_at, hold, record
from assessment.storage.records import canonical, storable
from assessment.storage.tables import plan_step


@dataclass(frozen=True, kw_only=True)
class StoredNote:
    """A note with the version it has reached, and who changed it last."""

    note: StepNote
    version: int
    changed_by: str


_NO_NOTE = StoredNote(note=StepNote(), version=0, changed_by="")
_NOTES = select(plan_step).where(plan_step.c.assessment_id == bindparam("key"))


def step_notes(assessment_id: str) -> dict[str, StoredNote]:
    """All notes of an assessment, by the key of the action."""
    with reading() as connection:
        return _load(connection, assessment_id)


def _load(connection: Connection, assessment_id: str) -> dict[str, StoredNote]:
    return {
        row.action: StoredNote(note=_note(json.loads(row.value)), version=row.version, changed_by=row.changed_by)
        for row in connection.execute(_NOTES, {"key": assessment_id})
    }


def save_step_note(
    assessment_id: str, action: str, note: StepNote, base_version: int, *, who: str, at: datetime
) -> StoredNote | None:
    """Save a note, made from a version of it. Return ``None``, or what somebody else saved meanwhile; then nothing is written.

    The same content as stored is a success without a new version. Every change goes to the history.
    """
    author = Author(assessment_id=assessment_id, who=storable(who), at=at)
    with writing() as connection:
        hold(connection, author)
        present = _load(connection, assessment_id).get(action, _NO_NOTE)
        base = present.note
        if base_version != present.version:
            earlier = content_at(connection, assessment_id, f"step/{action}", base_version)
            base = _note(earlier) if isinstance(earlier, Mapping) else StepNote()
        if note in (present.note, base):
            return None
        if base != present.note:
            return present
        content = _content(note)
        key = {"assessment_id": assessment_id, "action": action}
        connection.execute(delete(plan_step).filter_by(**key))
        row = {"value": canonical(content), "version": present.version + 1, "changed_by": author.who, "changed_at": at}
        connection.execute(insert(plan_step), {**key, **row})
        record(connection, author, {f"step/{action}": (present.version + 1, content)})
    return None


def _content(note: StepNote) -> dict[str, str]:
    return {
        "owner": storable(note.owner),
        "due": note.due.isoformat() if note.due else "",
        "done_on": note.done_on.isoformat() if note.done_on else "",
    }


def _note(content: Mapping[str, str]) -> StepNote:
    return StepNote(owner=content["owner"], due=_day(content["due"]), done_on=_day(content["done_on"]))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
