"""The profile: stored and saved by the same rules as answers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from assessment.domain.answers import Profile
from assessment.storage.database import reading, writing
from assessment.storage.history import Author, content_at, hold, record
from assessment.storage.records import canonical, storable
from assessment.storage.tables import profile_answer

Values = tuple[str, ...] | None


@dataclass(frozen=True, kw_only=True)
class ProfileSubmission:
    """A profile answer somebody wants saved; ``None`` for not answered. ``base_version`` as in a submission of an answer."""

    question: str
    values: Values
    base_version: int


@dataclass(frozen=True, kw_only=True)
class ProfileConflict:
    """Two people changed one profile answer: mine was not written."""

    question: str
    mine: Values
    theirs: Values
    version: int
    changed_by: str


@dataclass(frozen=True, kw_only=True)
class ProfileResult:
    """What became of a save."""

    saved: tuple[str, ...]
    unchanged: tuple[str, ...]
    conflicts: tuple[ProfileConflict, ...]


@dataclass(frozen=True, kw_only=True)
class _Stored:
    values: Values
    version: int
    changed_by: str


_PROFILE = select(profile_answer).where(profile_answer.c.assessment_id == bindparam("key"))


def load_profile(assessment_id: str) -> tuple[Profile, dict[str, int]]:
    """The profile, and the version of each of its answers by question id."""
    with reading() as connection:
        stored = _load(connection, assessment_id)
    values = {question: each.values for question, each in stored.items() if each.values is not None}
    return Profile(values=values), {question: each.version for question, each in stored.items()}


def _load(connection: Connection, assessment_id: str) -> dict[str, _Stored]:
    rows = connection.execute(_PROFILE, {"key": assessment_id})
    return {
        row.question: _Stored(values=_values(json.loads(row.value)), version=row.version, changed_by=row.changed_by)
        for row in rows
    }


def _values(content: object) -> Values:
    return tuple(str(each) for each in content) if isinstance(content, list) else None


def save_profile(assessment_id: str, submissions: Sequence[ProfileSubmission], *, who: str, at: datetime) -> ProfileResult:
    """Save profile answers in one transaction, by the rules of `save_answers`."""
    author = Author(assessment_id=assessment_id, who=storable(who), at=at)
    changes: dict[str, tuple[int, list[str] | None]] = {}
    unchanged: list[str] = []
    conflicts: list[ProfileConflict] = []
    with writing() as connection:
        hold(connection, author)
        stored = _load(connection, assessment_id)
        for each in submissions:
            present = stored.get(each.question, _Stored(values=None, version=0, changed_by=""))
            base = _base(connection, assessment_id, each, present)
            if each.values in (present.values, base):
                unchanged.append(each.question)
            elif base == present.values:
                changes[f"profile/{each.question}"] = _write(connection, author, each, present.version + 1)
            else:
                conflicts.append(
                    ProfileConflict(
                        question=each.question,
                        mine=each.values,
                        theirs=present.values,
                        version=present.version,
                        changed_by=present.changed_by,
                    )
                )
        record(connection, author, changes)
    saved = tuple(subject.partition("/")[2] for subject in changes)
    return ProfileResult(saved=saved, unchanged=tuple(unchanged), conflicts=tuple(conflicts))


def _base(connection: Connection, assessment_id: str, submission: ProfileSubmission, present: _Stored) -> Values:
    if submission.base_version == present.version:
        return present.values
    return _values(content_at(connection, assessment_id, f"profile/{submission.question}", submission.base_version))


def _write(connection: Connection, author: Author, submission: ProfileSubmission, version: int) -> tuple[int, list[str] | None]:
    content = [storable(each) for each in submission.values] if submission.values is not None else None
    key = {"assessment_id": author.assessment_id, "question": submission.question}
    connection.execute(delete(profile_answer).filter_by(**key))
    row = {"value": canonical(content), "version": version, "changed_by": author.who, "changed_at": author.at}
    connection.execute(insert(profile_answer), {**key, **row})
    return version, content
