"""Saving what has versions, without losing or overwriting anything: answers, the profile, notes on steps and the letterhead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic

from sqlalchemy import Connection

from assessment.domain.merge import Merge, merge
from assessment.storage.database import writing
from assessment.storage.history import Author, Content, lock_for_update, record
from assessment.storage.idempotency import IdempotencyKey, reached_before, remember, remembered
from assessment.storage.quotas import BYTES_A_CHANGE, grow
from assessment.storage.repository import Repository, Stored, Value


@dataclass(frozen=True, kw_only=True)
class Proposed(Generic[Value]):
    """What somebody wants stored under a key, and the version their form was made from (0 for none)."""

    key: str
    value: Value
    base_version: int


@dataclass(frozen=True, kw_only=True)
class Conflict(Generic[Value]):
    """Two people changed one thing: mine was not written; theirs is what is stored, at ``version``."""

    key: str
    mine: Value
    theirs: Value
    base: Value
    base_version: int
    version: int
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class SaveResult(Generic[Value]):
    """What became of a save: the version of each key written, or left as it was because it said so already; and conflicts."""

    saved: Mapping[str, int]
    unchanged: Mapping[str, int]
    conflicts: tuple[Conflict[Value], ...]


def save(
    connection: Connection,
    author: Author,
    repository: Repository[Value],
    proposals: Sequence[Proposed[Value]],
    *,
    idempotency_key: IdempotencyKey | None = None,
) -> SaveResult[Value]:
    """Save within a transaction: each proposal with its history, all or none.

    Three-way, from the version a form was made from: who changed nothing overwrites nothing, the same value again is a
    success without a new version, two different changes are a conflict, which is reported and not written; the others still
    are. Different parts of one value, where its codec knows its parts, are no conflict. A repeat with the same idempotency key
    returns what it returned before, and tries again only what was in conflict.
    Raises ``KeyReusedError``, ``AssessmentGoneError``, ``QuotaError``, and ``ValueError`` for text that no database can keep.
    """
    locked = lock_for_update(connection, author)
    before = remembered(connection, author.assessment_id, idempotency_key)
    saved: dict[str, int] = dict(before["saved"]) if before else {}
    unchanged: dict[str, int] = dict(before["unchanged"]) if before else {}
    settled = saved.keys() | unchanged.keys()
    changes: dict[str, tuple[int, Content]] = {}
    conflicts = []
    for proposed in proposals:
        subject = repository.subject(proposed.key)
        if subject in settled:
            continue
        stored = repository.find(connection, author.assessment_id, proposed.key)
        conflict = against(connection, author.assessment_id, repository, proposed, stored)
        merged = _merged(repository, conflict)
        if merged is Merge.CLASH and conflict.version == reached_before(
            connection, author.assessment_id, idempotency_key, subject
        ):
            merged = Merge.TAKE  # what is stored is this page's own earlier save
        together = repository.codec.together(conflict.base, conflict.mine, conflict.theirs) if merged is Merge.CLASH else None
        if merged is Merge.KEEP:
            unchanged[subject] = conflict.version
        elif merged is Merge.CLASH and together is None and stored is not None:
            conflicts.append(conflict)
        else:
            wanted = proposed.value if together is None else together
            version, content = conflict.version + 1, repository.codec.to_content(wanted)
            # Compare and set: the assessment is locked, so only a fault of ours could make this fail.
            if not repository.put(connection, author, proposed.key, content, version):
                raise RuntimeError(f"{subject} changed within our own transaction")
            changes[subject] = (version, content)
            saved[subject] = version
    record(connection, locked, changes)
    if idempotency_key is not None and before is None and not changes:
        grow(connection, author.assessment_id, BYTES_A_CHANGE, at=author.at)  # what is remembered takes its place as well
    if before is None or len(saved) + len(unchanged) > len(settled):
        outcome = {"saved": saved, "unchanged": unchanged, "conflicts": len(conflicts)}
        remember(connection, author.assessment_id, idempotency_key, outcome, author.at, again=before is not None)
    by_key = [{repository.key(subject): version for subject, version in of.items()} for of in (saved, unchanged)]
    return SaveResult(saved=by_key[0], unchanged=by_key[1], conflicts=tuple(conflicts))


def save_alone(
    author: Author,
    repository: Repository[Value],
    proposals: Sequence[Proposed[Value]],
    *,
    idempotency_key: IdempotencyKey | None = None,
) -> SaveResult[Value]:
    """As `save`, in a transaction of its own."""
    with writing() as connection:
        return save(connection, author, repository, proposals, idempotency_key=idempotency_key)


def against(
    connection: Connection,
    assessment_id: str,
    repository: Repository[Value],
    proposed: Proposed[Value],
    stored: Stored[Value] | None,
) -> Conflict[Value]:
    """Return a proposal beside what is stored and what its form was made from, whether or not they differ.

    A base version that never was counts as an empty form, so that a real difference is a conflict.
    """
    version = stored.version if stored else 0
    theirs = stored.value if stored else repository.codec.from_content(None)
    base = theirs
    if proposed.base_version != version:
        base = repository.at_version(connection, assessment_id, proposed.key, proposed.base_version)
    return Conflict(
        key=proposed.key,
        mine=proposed.value,
        theirs=theirs,
        base=base,
        base_version=proposed.base_version,
        version=version,
        changed_by=stored.changed_by if stored else "",
        changed_at=stored.changed_at if stored else datetime.min.replace(tzinfo=UTC),
    )


def _merged(repository: Repository[Value], conflict: Conflict[Value]) -> Merge:
    typed = repository.codec.typed
    return merge(base=typed(conflict.base), mine=typed(conflict.mine), theirs=typed(conflict.theirs))
