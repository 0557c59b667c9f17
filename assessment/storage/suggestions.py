"""Suggestions that answers carry over: what was decided about them, saved all at once, and remembered under its save key."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from assessment.domain.answers import Answer
from assessment.storage import merge_save
from assessment.storage.answers import ANSWERS
from assessment.storage.database import reading, writing
from assessment.storage.history import REFUSED, Author, Content, lock_for_update, record
from assessment.storage.idempotency import IdempotencyKey, remember, remembered
from assessment.storage.merge_save import Proposed
from assessment.storage.serialization import storable
from assessment.storage.tables import change, refused_suggestion

_SETTLED = "settled"


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What became of a form about suggestions.

    ``answered`` is how many answers were written, ``refused`` the refs whose suggestion was turned down, ``offered`` how many
    suggestions are made again, and ``changed`` how many no longer stood as the form showed them and were left alone.
    """

    answered: int
    refused: list[str]
    offered: int
    changed: int


def settled_before(assessment_id: str, idempotency_key: IdempotencyKey | None) -> Settled | None:
    """Return what this very form led to before; ``None`` for a new one. Raises ``KeyReusedError``."""
    with reading() as connection:
        return _settled_before(connection, assessment_id, idempotency_key)


def _settled_before(connection: Connection, assessment_id: str, idempotency_key: IdempotencyKey | None) -> Settled | None:
    before = remembered(connection, assessment_id, idempotency_key)
    return Settled(**before[_SETTLED]) if before and _SETTLED in before else None


def settle(
    assessment_id: str,
    answers: Sequence[Proposed[Answer]] = (),
    *,
    refused: Mapping[str, str] | None = None,
    offered: Collection[str] = (),
    changed: int = 0,
    who: str,
    at: datetime,
    idempotency_key: IdempotencyKey | None = None,
) -> Settled:
    """Save answers by the rules of `merge_save.save`, turn suggestions down and make others again, in one transaction.

    ``refused`` has the ref of the answer that a suggestion comes from, by the ref it is for; ``offered`` are refs; ``changed``
    counts what was left alone already. Doing anything of it twice is doing it once.
    """
    author = Author(assessment_id=assessment_id, who=storable(who), at=at)
    with writing() as connection:
        lock_for_update(connection, author)
        before = _settled_before(connection, assessment_id, idempotency_key)
        if before is not None:
            return before
        saved = merge_save.save(connection, author, ANSWERS, answers, idempotency_key=idempotency_key)
        for ref, source in (refused or {}).items():
            _refuse(connection, author, ref, source)
        settled = Settled(
            answered=len(saved.saved),
            refused=list(refused or ()),
            offered=_offer_again(connection, author, offered),
            changed=changed + len(saved.conflicts),
        )
        outcome = {"saved": saved.saved, "unchanged": saved.unchanged, _SETTLED: asdict(settled)}
        remember(connection, assessment_id, idempotency_key, outcome, at, again=True)
    return settled


def _refuse(connection: Connection, author: Author, ref: str, source: str) -> None:
    """Remember that the suggestion for a question was turned down."""
    locked, assessment_id = lock_for_update(connection, author), author.assessment_id
    key = (refused_suggestion.c.assessment_id == assessment_id, refused_suggestion.c.question == ref)
    before = connection.execute(select(refused_suggestion.c.source).where(*key)).scalar()
    if before == source:
        return
    connection.execute(delete(refused_suggestion).where(*key))
    connection.execute(insert(refused_suggestion), {"assessment_id": assessment_id, "question": ref, "source": source})
    record(connection, locked, {f"{REFUSED}/{ref}": _refusal(connection, assessment_id, ref, source)})


def _offer_again(connection: Connection, author: Author, refs: Collection[str]) -> int:
    """Forget that suggestions for questions were turned down; return for how many they were."""
    locked, assessment_id = lock_for_update(connection, author), author.assessment_id
    own = refused_suggestion.c.assessment_id == assessment_id
    refused = connection.execute(select(refused_suggestion.c.question).where(own)).scalars()
    back = sorted(set(refs) & set(refused))
    connection.execute(delete(refused_suggestion).where(own, refused_suggestion.c.question.in_(back)))
    record(connection, locked, {f"{REFUSED}/{ref}": _refusal(connection, assessment_id, ref, None) for ref in back})
    return len(back)


def _refusal(connection: Connection, assessment_id: str, ref: str, source: str | None) -> tuple[int, Content]:
    """Return the next version of a refusal; one without a source says that it was taken back."""
    about = (change.c.assessment_id == assessment_id, change.c.subject == f"{REFUSED}/{ref}")
    return connection.execute(select(func.count()).where(*about)).scalar_one() + 1, {"source": source}


def refused_suggestions(assessment_id: str) -> frozenset[str]:
    """Return the refs of the questions whose suggestion was turned down."""
    query = select(refused_suggestion.c.question).where(refused_suggestion.c.assessment_id == assessment_id)
    with reading() as connection:
        return frozenset(connection.execute(query).scalars())
