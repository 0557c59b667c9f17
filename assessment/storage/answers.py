"""Answers: loading the sheet, and saving without losing or overwriting anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from assessment.domain.answers import NO_ANSWER, Answer, AnswerSheet
from assessment.storage import merge_save
from assessment.storage.compiled import Prepared
from assessment.storage.database import reading, writing
from assessment.storage.history import REFUSED, RESERVED, Author, Content, content_at, hold, record
from assessment.storage.idempotency import Once
from assessment.storage.serialization import ANSWER_COLUMNS, answer_from_columns, answer_to_columns, in_utc, storable
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
    base_version: int
    version: int
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class SaveResult:
    """What became of a save: refs written and refs that already said so, each with its version now; and conflicts."""

    saved: Mapping[str, int]
    unchanged: Mapping[str, int]
    conflicts: tuple[Conflict, ...]


_SHEET = Prepared(select(answers).where(answers.c.assessment_id == bindparam("key")))
_KEY = (
    answers.c.assessment_id == bindparam("key"),
    answers.c.standard == bindparam("of_standard"),
    answers.c.question == bindparam("of_question"),
)
_ONE = Prepared(select(answers).where(*_KEY))
_ADD = Prepared(insert(answers))
_WRITTEN = (*ANSWER_COLUMNS, "version", "changed_by", "changed_at")
_WRITE = Prepared(
    update(answers)
    .where(*_KEY, answers.c.version == bindparam("from_version"))
    .values({name: bindparam(f"new_{name}") for name in _WRITTEN})
)


class _Answers:
    """Answers as `merge_save.save` needs them: the subject is the ref, the content one text for each column."""

    def find(self, connection: Connection, assessment_id: str, subject: str) -> merge_save.Kept | None:
        standard, _, question = subject.partition("/")
        key = {"key": assessment_id, "of_standard": standard, "of_question": question}
        row = _ONE.first(connection, key)
        return _kept(row) if row is not None else None

    def put(self, connection: Connection, author: Author, subject: str, content: Content, version: int) -> bool:
        standard, _, question = subject.partition("/")
        row = {**_columns(content), "version": version, "changed_by": author.who, "changed_at": author.at}
        if version == 1:
            key = {"assessment_id": author.assessment_id, "standard": standard, "question": question}
            _ADD.run(connection, {**key, **row})
            return True
        where = {
            "key": author.assessment_id,
            "of_standard": standard,
            "of_question": question,
            "from_version": version - 1,
        }
        return _WRITE.run(connection, {**where, **{f"new_{name}": value for name, value in row.items()}}) == 1


def _kept(row: Mapping[str, Any]) -> merge_save.Kept:
    return merge_save.Kept(
        content={name: row[name] for name in ANSWER_COLUMNS},
        version=row["version"],
        changed_by=row["changed_by"],
        changed_at=in_utc(row["changed_at"]),
    )


_NOTHING = answer_to_columns(NO_ANSWER)
_EMPTY = merge_save.Kept(content=_NOTHING, version=0, changed_by="", changed_at=datetime.min.replace(tzinfo=UTC))


def _columns(content: Content) -> Mapping[str, object]:
    return content if isinstance(content, Mapping) else _NOTHING


def _said(content: Content) -> Content:
    """Where an answer was carried from is not something a person types, so it never makes a difference in a merge."""
    return {**_columns(content), "carried_from": ""}


def load_sheet(assessment_id: str) -> tuple[AnswerSheet, dict[str, int]]:
    """All answers of an assessment, and the version of each by ref."""
    sheet, versions = {}, {}
    with reading() as connection:
        for row in _SHEET.all(connection, {"key": assessment_id}):
            ref = f"{row['standard']}/{row['question']}"
            sheet[ref] = answer_from_columns(row)
            versions[ref] = row["version"]
    return AnswerSheet(answers=sheet), versions


def load_some(assessment_id: str, refs: Sequence[str]) -> tuple[AnswerSheet, dict[str, int]]:
    """As `load_sheet`, but only of some questions."""
    sheet, versions = {}, {}
    with reading() as connection:
        for ref in refs:
            kept = _Answers().find(connection, assessment_id, ref)
            if kept is not None:
                sheet[ref], versions[ref] = answer_of(kept.content), kept.version
    return AnswerSheet(answers=sheet), versions


def answers_at(assessment_id: str, versions: Mapping[str, int]) -> dict[str, Answer]:
    """What some answers were at a version each, by ref; a version that never was is an unanswered one."""
    with reading() as connection:
        return {ref: answer_of(content_at(connection, assessment_id, ref, version)) for ref, version in versions.items()}


def save_answers(
    assessment_id: str, submissions: Sequence[Submission], *, who: str, at: datetime, once: Once | None = None
) -> SaveResult:
    """Save answers in one transaction, each by the rules of `merge_save.save`.

    Raises ``ValueError`` for text that cannot be stored, ``KeyReusedError``, ``AssessmentGoneError``; then nothing is written.
    """
    author = Author(assessment_id=assessment_id, who=storable(who), at=at)
    wanted = [
        merge_save.Wanted(subject=each.ref, content=answer_to_columns(each.answer), base_version=each.base_version)
        for each in submissions
    ]
    with writing() as connection:
        outcome = merge_save.save(connection, author, _Answers(), wanted, once=once, said=_said)
    conflicts = tuple(_conflict(each) for each in outcome.clashes)
    return SaveResult(saved=outcome.saved, unchanged=outcome.unchanged, conflicts=conflicts)


def _conflict(clash: merge_save.Clash) -> Conflict:
    return Conflict(
        ref=clash.wanted.subject,
        mine=answer_from_columns(_columns(clash.wanted.content)),
        theirs=answer_from_columns(_columns(clash.kept.content)),
        base=answer_from_columns(_columns(clash.base)),
        base_version=clash.wanted.base_version,
        version=clash.kept.version,
        changed_by=clash.kept.changed_by,
        changed_at=clash.kept.changed_at,
    )


def conflict_of(assessment_id: str, submission: Submission) -> Conflict:
    """What a submission stands against now, to be shown again. Nothing is written."""
    wanted = merge_save.Wanted(
        subject=submission.ref, content=answer_to_columns(submission.answer), base_version=submission.base_version
    )
    with reading() as connection:
        kept = _Answers().find(connection, assessment_id, submission.ref) or _EMPTY
        base = content_at(connection, assessment_id, submission.ref, submission.base_version)
    return _conflict(merge_save.Clash(wanted=wanted, base=base, kept=kept))


def answer_of(content: Content) -> Answer:
    """The answer that an entry of the history holds."""
    return answer_from_columns(_columns(content))


_LAST = (
    select(change.c.subject)
    .where(
        change.c.assessment_id == bindparam("key"),
        *(change.c.subject.not_like(f"{word}/%") for word in sorted(RESERVED)),
        change.c.subject.not_in(sorted(RESERVED)),
    )
    .order_by(change.c.number.desc())
    .limit(1)
)


def last_changed(assessment_id: str) -> str | None:
    """The ref of the answer changed last; ``None`` where no answer ever was."""
    with reading() as connection:
        found: str | None = connection.execute(_LAST, {"key": assessment_id}).scalar()
    return found


def refuse_suggestion(assessment_id: str, ref: str, source: str, *, who: str, at: datetime) -> None:
    """Remember that the suggestion for a question was turned down. Doing it twice is doing it once."""
    author = Author(assessment_id=assessment_id, who=storable(who), at=at)
    with writing() as connection:
        held = hold(connection, author)
        key = (refused_suggestion.c.assessment_id == assessment_id, refused_suggestion.c.question == ref)
        before = connection.execute(select(refused_suggestion.c.source).where(*key)).scalar()
        if before == source:
            return
        connection.execute(delete(refused_suggestion).where(*key))
        connection.execute(insert(refused_suggestion), {"assessment_id": assessment_id, "question": ref, "source": source})
        record(connection, held, {f"{REFUSED}/{ref}": (1 if before is None else 2, {"source": source})})


def refused_suggestions(assessment_id: str) -> frozenset[str]:
    """Refs of the questions whose suggestion was turned down."""
    query = select(refused_suggestion.c.question).where(refused_suggestion.c.assessment_id == assessment_id)
    with reading() as connection:
        return frozenset(connection.execute(query).scalars())
