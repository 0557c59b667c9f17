"""Answers: loading the sheet, and saving without losing or overwriting anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from assessment.domain.answers import NO_ANSWER, Answer, AnswerSheet, merge
from assessment.storage.database import reading, writing
from assessment.storage.history import Author, content_at, hold, record
from assessment.storage.records import answer_from_columns, answer_to_columns, in_utc, storable
from assessment.storage.tables import answer as answers
from assessment.storage.tables import change, refused_suggestion


@dataclass(frozen=True, kw_only=True)
class Submission:
    """An answer somebody wants saved, and the version their form was made from (0 for none)."""

    ref: str
    answer: Answer
    base_version: int


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Two people changed one answer: mine was not written; theirs is what is stored, at ``version``."""

    ref: str
    mine: Answer
    theirs: Answer
    base: Answer
    version: int
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class SaveResult:
    """What became of a save: refs written, refs that already said so, and conflicts."""

    saved: tuple[str, ...]
    unchanged: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, kw_only=True)
class _Stored:
    answer: Answer
    version: int
    changed_by: str
    changed_at: datetime


_SHEET = select(answers).where(answers.c.assessment_id == bindparam("key"))
_WRITE = (
    update(answers)
    .where(
        answers.c.assessment_id == bindparam("key"),
        answers.c.standard == bindparam("of_standard"),
        answers.c.question == bindparam("of_question"),
        answers.c.version == bindparam("from_version"),
    )
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in (
                *("state", "rung", "reason", "who", "note", "evidence", "last_done", "carried_from"),
                *("version", "changed_by", "changed_at"),
            )
        }
    )
)


def load_sheet(assessment_id: str) -> tuple[AnswerSheet, dict[str, int]]:
    """All answers of an assessment, and the version of each by ref."""
    with reading() as connection:
        stored = _load(connection, assessment_id)
    sheet = AnswerSheet(answers={ref: each.answer for ref, each in stored.items()})
    return sheet, {ref: each.version for ref, each in stored.items()}


def _load(connection: Connection, assessment_id: str) -> dict[str, _Stored]:
    rows = connection.execute(_SHEET, {"key": assessment_id}).mappings()
    return {
        f"{row['standard']}/{row['question']}": _Stored(
            answer=answer_from_columns(dict(row)),
            version=row["version"],
            changed_by=row["changed_by"],
            changed_at=in_utc(row["changed_at"]),
        )
        for row in rows
    }


def save_answers(assessment_id: str, submissions: Sequence[Submission], *, who: str, at: datetime) -> SaveResult:
    """Save answers in one transaction.

    Each is merged with what is stored: who changed nothing overwrites nothing, the same value again is a success without a
    new version, and two different changes are a conflict, which is reported and not written; the others still are.
    Raises ``ValueError`` for text that cannot be stored; then nothing is written.
    """
    author = Author(assessment_id=assessment_id, who=storable(who), at=at)
    changes: dict[str, tuple[int, Mapping[str, str]]] = {}
    unchanged: list[str] = []
    conflicts: list[Conflict] = []
    with writing() as connection:
        hold(connection, author)
        stored = _load(connection, assessment_id)
        for each in submissions:
            present = stored.get(each.ref)
            theirs = present.answer if present else NO_ANSWER
            base = _base(connection, assessment_id, each, present)
            merged = merge(base=base, mine=each.answer, theirs=theirs)
            if merged.conflict and present is not None:
                conflicts.append(_conflict(each, base, present))
            elif merged.answer == theirs:
                unchanged.append(each.ref)
            else:
                changes[each.ref] = _write(connection, author, each.ref, merged.answer, present)
        record(connection, author, changes)
    return SaveResult(saved=tuple(changes), unchanged=tuple(unchanged), conflicts=tuple(conflicts))


def _base(connection: Connection, assessment_id: str, submission: Submission, present: _Stored | None) -> Answer:
    """What the form was made from. A version that never was counts as an empty form, so a real difference is a conflict."""
    if present is None or submission.base_version == 0:
        return NO_ANSWER
    if submission.base_version == present.version:
        return present.answer
    content = content_at(connection, assessment_id, submission.ref, submission.base_version)
    return answer_from_columns(content) if isinstance(content, Mapping) else NO_ANSWER


def _conflict(submission: Submission, base: Answer, present: _Stored) -> Conflict:
    return Conflict(
        ref=submission.ref,
        mine=submission.answer,
        theirs=present.answer,
        base=base,
        version=present.version,
        changed_by=present.changed_by,
        changed_at=present.changed_at,
    )


def _write(
    connection: Connection, author: Author, ref: str, answer: Answer, present: _Stored | None
) -> tuple[int, Mapping[str, str]]:
    """Write one answer as the version after the present one. Compare-and-set, should anybody have come between."""
    standard, _, question = ref.partition("/")
    content = answer_to_columns(answer)
    version = present.version + 1 if present else 1
    row = {**content, "version": version, "changed_by": author.who, "changed_at": author.at}
    if present is None:
        key = {"assessment_id": author.assessment_id, "standard": standard, "question": question}
        connection.execute(insert(answers), {**key, **row})
        return version, content
    where = {
        "key": author.assessment_id,
        "of_standard": standard,
        "of_question": question,
        "from_version": present.version,
    }
    written = connection.execute(_WRITE, {**where, **{f"new_{name}": value for name, value in row.items()}})
    if written.rowcount != 1:
        raise RuntimeError(f"{ref} changed within our own transaction")
    return version, content


def last_changed(assessment_id: str) -> str | None:
    """The ref of the answer changed last; ``None`` where no answer ever was."""
    query = (
        select(change.c.subject)
        .where(change.c.assessment_id == assessment_id, change.c.subject.not_like("profile/%"))
        .order_by(change.c.number.desc())
        .limit(1)
    )
    with reading() as connection:
        found: str | None = connection.execute(query).scalar()
    return found


def refuse_suggestion(assessment_id: str, ref: str, source: str) -> None:
    """Remember that the suggestion for a question was turned down. Doing it twice is doing it once."""
    with writing() as connection:
        key = (refused_suggestion.c.assessment_id == assessment_id, refused_suggestion.c.question == ref)
        connection.execute(delete(refused_suggestion).where(*key))
        connection.execute(insert(refused_suggestion), {"assessment_id": assessment_id, "question": ref, "source": source})


def refused_suggestions(assessment_id: str) -> frozenset[str]:
    """Refs of the questions whose suggestion was turned down."""
    query = select(refused_suggestion.c.question).where(refused_suggestion.c.assessment_id == assessment_id)
    with reading() as connection:
        return frozenset(connection.execute(query).scalars())
