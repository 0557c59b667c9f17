"""Answers: loading the sheet, and saving without losing or overwriting anything."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from json import loads

from sqlalchemy import bindparam, func, or_, select

from assessment.domain.answer_fields import from_plain, to_plain, typed_part, upcast
from assessment.domain.answers import NO_ANSWER, Answer, AnswerSheet
from assessment.domain.progress import GivenAnswer
from assessment.storage import merge_save
from assessment.storage.database import reading
from assessment.storage.history import RESERVED, Author, Content
from assessment.storage.idempotency import IdempotencyKey
from assessment.storage.merge_save import Conflict, Proposed, SaveResult
from assessment.storage.repository import Codec, Repository
from assessment.storage.serialization import all_storable, in_utc, storable
from assessment.storage.tables import answer, change


def answer_of(content: Content) -> Answer:
    """Return the answer that a content holds, in whatever shape it was written; an unanswered one for ``None``."""
    return from_plain(upcast(content)) if isinstance(content, Mapping) else NO_ANSWER


def _content(answer: Answer) -> Content:
    content: Content = all_storable(to_plain(answer))
    return content


# Ten full assessments of both standards, and about three megabytes of a worker's memory: after a save one answer is new.
_REMEMBERED = 2_048
# Keys are refs.
ANSWERS = Repository(
    answer,
    ("standard", "question"),
    Codec(to_content=_content, from_content=answer_of, typed=typed_part, remembers=_REMEMBERED),
)


def load_sheet(assessment_id: str) -> tuple[AnswerSheet, dict[str, int]]:
    """Return all answers of an assessment, and the version of each by ref."""
    with reading() as connection:
        stored = ANSWERS.load(connection, assessment_id)
    sheet = AnswerSheet(answers={ref: each.value for ref, each in stored.items()})
    return sheet, {ref: each.version for ref, each in stored.items()}


def load_some(assessment_id: str, refs: Sequence[str]) -> tuple[AnswerSheet, dict[str, int]]:
    """As `load_sheet`, but only of some questions."""
    sheet, versions = {}, {}
    with reading() as connection:
        for ref in refs:
            stored = ANSWERS.find(connection, assessment_id, ref)
            if stored is not None:
                sheet[ref], versions[ref] = stored.value, stored.version
    return AnswerSheet(answers=sheet), versions


def answers_at(assessment_id: str, versions: Mapping[str, int]) -> dict[str, Answer]:
    """Return what some answers were at a version each, by ref; a version that never was is an unanswered one."""
    with reading() as connection:
        return {ref: ANSWERS.at_version(connection, assessment_id, ref, version) for ref, version in versions.items()}


def save_answers(
    assessment_id: str,
    proposals: Sequence[Proposed[Answer]],
    *,
    who: str,
    at: datetime,
    idempotency_key: IdempotencyKey | None = None,
) -> SaveResult[Answer]:
    """Save answers, by ref, in one transaction, each by the rules of `merge_save.save` and with its errors."""
    author = Author(assessment_id=assessment_id, who=storable(who), at=at)
    return merge_save.save_alone(author, ANSWERS, proposals, idempotency_key=idempotency_key)


def conflict_of(assessment_id: str, proposed: Proposed[Answer]) -> Conflict[Answer]:
    """Return what a proposed answer stands against now, to be shown again. Nothing is written."""
    with reading() as connection:
        stored = ANSWERS.find(connection, assessment_id, proposed.key)
        return merge_save.against(connection, assessment_id, ANSWERS, proposed, stored)


# What changes of answers are told from others by.
_OF_ANSWERS = (
    *(change.c.subject.not_like(f"{word}/%") for word in sorted(RESERVED)),
    change.c.subject.not_in(sorted(RESERVED)),
)
_LAST = (
    select(change.c.subject)
    .where(
        change.c.assessment_id == bindparam("key"),
        *_OF_ANSWERS,
    )
    .order_by(change.c.number.desc())
    .limit(1)
)


def last_changed(assessment_id: str) -> str | None:
    """Return the ref of the answer changed last; ``None`` where no answer ever was."""
    with reading() as connection:
        found: str | None = connection.execute(_LAST, {"key": assessment_id}).scalar()
    return found


def given_answers(assessment_id: str, back: date) -> list[GivenAnswer]:
    """Return the answer to each question as it was given last, and as it was at the end of an earlier day, earliest first."""
    end = datetime.combine(back, time.min, UTC) + timedelta(days=1)
    own = (change.c.assessment_id == assessment_id, *_OF_ANSWERS)
    last = select(func.max(change.c.number)).where(*own).group_by(change.c.subject)
    wanted = or_(change.c.number.in_(last), change.c.number.in_(last.where(change.c.changed_at < end)))
    query = select(change).where(change.c.assessment_id == assessment_id, wanted).order_by(change.c.number)
    with reading() as connection:
        return [
            GivenAnswer(
                ref=row["subject"],
                answer=answer_of(loads(row["content"])),
                who=row["changed_by"],
                on=in_utc(row["changed_at"]).date(),
            )
            for row in connection.execute(query).mappings()
        ]
