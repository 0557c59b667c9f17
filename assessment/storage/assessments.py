"""Assessments: starting one, finding one that a browser may open, what is chosen in it, and deleting it."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, delete, exists, func, insert, not_, or_, select, update

from assessment.domain.authors import STARTER
from assessment.domain.rights import Role
from assessment.storage.access import WORKS, works
from assessment.storage.compiled import Prepared
from assessment.storage.database import reading, writing
from assessment.storage.history import CHOICES, IMPORTED, Author, lock_for_update, record
from assessment.storage.idempotency import IdempotencyKey, remember, remembered
from assessment.storage.secret_tokens import fingerprint
from assessment.storage.serialization import in_utc, storable
from assessment.storage.sessions import hold, is_due
from assessment.storage.tables import (
    access_link,
    assessment,
    browser_session,
    change,
    chosen_standard,
    save_receipt,
    session_grant,
)

# How long a deletion can be undone.
DAYS_TO_UNDO = 7
# After how many days an assessment in which nothing was ever said counts as abandoned.
DAYS_UNTIL_ABANDONED = 7


@dataclass(frozen=True, kw_only=True)
class ChosenStandard:
    """A standard looked at in an assessment, in an edition and along a path; what is stored and exported calls that a depth."""

    standard: str
    edition: str
    path: str


@dataclass(frozen=True, kw_only=True)
class AssessmentRecord:
    """One organisation's work, as one browser sees it.

    ``role`` is what that browser is in it, ``who`` the name its changes carry, ``access_ends_at`` when its link ends, where it
    came through one that does; ``use_is_due`` whether its use is to be noted (see `sessions.note_use`), ``only_here`` whether
    no private link opens it besides; ``delete_after`` the time after which it is gone for good, where somebody asked for that,
    and ``expires_at`` where nobody changed it for long (see `retention`); ``changes`` how many changes its history has, and
    ``chain`` the hash of the last. ``imported_at`` is when it came in with an export; only `assessments_of` fills it in.
    """

    id: str
    organisation: str
    created_at: datetime
    updated_at: datetime
    role: str
    who: str
    access_ends_at: datetime | None
    use_is_due: bool
    only_here: bool
    changes: int
    chain: str
    delete_after: datetime | None
    expires_at: datetime | None
    chosen: tuple[ChosenStandard, ...]
    imported_at: datetime | None = None


_OTHER_LINK = access_link.alias("other_link")
_HAS_LINK = exists().where(_OTHER_LINK.c.assessment_id == assessment.c.id, works(_OTHER_LINK, bindparam("at")))
_HELD = (
    select(
        assessment,
        session_grant.c.role,
        access_link.c.label,
        access_link.c.ends_at,
        browser_session.c.last_used_at,
        browser_session.c.replaces,
        and_(session_grant.c.link_id.is_(None), ~_HAS_LINK).label("only_here"),
    )
    .join(session_grant, session_grant.c.assessment_id == assessment.c.id)
    .join(access_link, access_link.c.id == session_grant.c.link_id, isouter=True)
    # A server of the version before may still be writing grants alone.
    .join(browser_session, browser_session.c.session_sha256 == session_grant.c.session_sha256, isouter=True)
    .where(
        session_grant.c.session_sha256 == bindparam("session"),
        # A grant through a link ends with the link.
        or_(session_grant.c.link_id.is_(None), and_(access_link.c.id.is_not(None), WORKS)),
    )
)
_ONE = Prepared(_HELD.where(assessment.c.id == bindparam("key")))
_ALL = _HELD.order_by(assessment.c.updated_at.desc(), assessment.c.id)
_IMPORTED = (
    select(change.c.assessment_id, func.max(change.c.changed_at))
    .where(change.c.subject == IMPORTED, change.c.assessment_id.in_(bindparam("keys", expanding=True)))
    .group_by(change.c.assessment_id)
)
_CHOSEN = Prepared(select(chosen_standard).where(chosen_standard.c.assessment_id == bindparam("key")))


def create_assessment(
    organisation: str,
    chosen: Sequence[ChosenStandard],
    *,
    sid: str,
    at: datetime,
    idempotency_key: IdempotencyKey | None = None,
) -> str:
    """Start an assessment held by a browser session, and return its id; a repeat with the same save key returns the same."""
    with writing() as connection:
        return start(connection, organisation, chosen, sid=sid, at=at, idempotency_key=idempotency_key)[0]


def start(
    connection: Connection,
    organisation: str,
    chosen: Sequence[ChosenStandard],
    *,
    sid: str,
    at: datetime,
    idempotency_key: IdempotencyKey | None = None,
) -> tuple[str, bool]:
    """As `create_assessment`, within a transaction; tell as well whether it was started now and not before."""
    hold(connection, sid, at=at)
    before = remembered(connection, fingerprint(sid), idempotency_key)
    if before is not None:
        return str(before["assessment"]), False
    assessment_id = new_assessment(connection, organisation, at=at)
    author = Author(assessment_id=assessment_id, who=STARTER, at=at)
    write_choices(connection, author, organisation, chosen)
    grant(connection, assessment_id, sid, at=at)
    remember(connection, fingerprint(sid), idempotency_key, {"assessment": assessment_id}, at)
    return assessment_id, True


def new_assessment(connection: Connection, organisation: str, *, at: datetime) -> str:
    """Write the row of a new assessment without any change, and return its id."""
    assessment_id = secrets.token_urlsafe(16)
    row = {"id": assessment_id, "organisation": storable(organisation), "changes": 0, "chain": "", "delete_after": None}
    connection.execute(insert(assessment), {**row, "created_at": at, "updated_at": at})
    return assessment_id


def grant(connection: Connection, assessment_id: str, sid: str, *, at: datetime) -> None:
    """Let a browser session, which is there, hold an assessment as its owner."""
    row = {"session_sha256": fingerprint(sid), "assessment_id": assessment_id, "role": Role.OWNER.value}
    connection.execute(insert(session_grant), {**row, "link_id": None, "granted_at": at})


def write_chosen(connection: Connection, assessment_id: str, chosen: Sequence[ChosenStandard]) -> None:
    """Write what is chosen in an assessment that has nothing chosen."""
    if not chosen:
        return
    connection.execute(
        insert(chosen_standard),
        [
            {
                "assessment_id": assessment_id,
                "standard": each.standard,
                "edition": each.edition,
                "depth": each.path,
            }
            for each in chosen
        ],
    )


def find_assessment(assessment_id: str, sid: str, *, at: datetime) -> AssessmentRecord | None:
    """Return the assessment, or ``None`` where there is none or this session may not open it at that time."""
    with reading() as connection:
        row = _ONE.first(connection, {"key": assessment_id, "session": fingerprint(sid), "at": at})
        if row is None:
            return None
        chosen = _CHOSEN.all(connection, {"key": assessment_id})
    return _record(row, chosen, at)


def assessments_of(sid: str, *, at: datetime) -> list[AssessmentRecord]:
    """Return every assessment a session may open, the one changed last first. What is chosen in them is left out."""
    with reading() as connection:
        records = [
            _record(dict(row), (), at) for row in connection.execute(_ALL, {"session": fingerprint(sid), "at": at}).mappings()
        ]
        imported = connection.execute(_IMPORTED, {"keys": [record.id for record in records]}).all()
    came_in = {row[0]: in_utc(row[1]) for row in imported}
    return [replace(record, imported_at=came_in.get(record.id)) for record in records]


def _record(row: Mapping[str, Any], chosen: Sequence[Mapping[str, Any]], at: datetime) -> AssessmentRecord:
    return AssessmentRecord(
        id=row["id"],
        organisation=row["organisation"],
        created_at=in_utc(row["created_at"]),
        updated_at=in_utc(row["updated_at"]),
        role=row["role"],
        who=row["label"] or STARTER,
        access_ends_at=in_utc(row["ends_at"]) if row["ends_at"] else None,
        use_is_due=is_due(row["last_used_at"], row["replaces"], at),
        only_here=bool(row["only_here"]),
        changes=row["changes"],
        chain=row["chain"],
        delete_after=in_utc(row["delete_after"]) if row["delete_after"] else None,
        expires_at=in_utc(row["expires_at"]) if row["expires_at"] else None,
        chosen=tuple(chosen_from(each) for each in chosen),
    )


def chosen_now(connection: Connection, author: Author) -> tuple[str, list[ChosenStandard]]:
    """Return the organisation's name and what is chosen, which nobody else changes until the commit."""
    lock_for_update(connection, author)
    key = {"key": author.assessment_id}
    return connection.execute(_ORGANISATION, key).scalar_one(), [chosen_from(row) for row in _CHOSEN.all(connection, key)]


def write_choices(connection: Connection, author: Author, organisation: str, chosen: Sequence[ChosenStandard]) -> None:
    """Rename the organisation, and choose standards anew. Answers stay, also of a standard that is left out."""
    locked = lock_for_update(connection, author)
    present, before = chosen_now(connection, author)
    if locked.changes and present == organisation and _by_standard(before) == _by_standard(chosen):
        return
    named = update(assessment).where(assessment.c.id == author.assessment_id).values(organisation=storable(organisation))
    connection.execute(named)
    connection.execute(delete(chosen_standard).where(chosen_standard.c.assessment_id == author.assessment_id))
    write_chosen(connection, author.assessment_id, chosen)
    standards = {each.standard: [each.edition, each.path] for each in chosen}
    record(connection, locked, {CHOICES: (locked.changes + 1, {"organisation": organisation, "standards": standards})})


_ORGANISATION = select(assessment.c.organisation).where(assessment.c.id == bindparam("key"))


def chosen_from(row: Mapping[str, Any]) -> ChosenStandard:
    """Return what a row says, of the table or of an export."""
    return ChosenStandard(standard=row["standard"], edition=row["edition"], path=row["depth"])


def _by_standard(chosen: Sequence[ChosenStandard]) -> list[ChosenStandard]:
    return sorted(chosen, key=lambda each: each.standard)


def delete_later(assessment_id: str, *, at: datetime) -> datetime:
    """Have an assessment deleted in seven days, and return when. Asked twice, the first date stands."""
    with writing() as connection:
        present = connection.execute(select(assessment.c.delete_after).where(assessment.c.id == assessment_id)).scalar()
        if present is not None:
            return in_utc(present)
        due = at + timedelta(days=DAYS_TO_UNDO)
        connection.execute(update(assessment).where(assessment.c.id == assessment_id).values(delete_after=due))
    return due


def keep_after_all(assessment_id: str) -> None:
    """Undo `delete_later`. Twice is once."""
    with writing() as connection:
        connection.execute(update(assessment).where(assessment.c.id == assessment_id).values(delete_after=None))


def delete_due(at: datetime) -> int:
    """Delete every assessment whose seven days are over, with all that belongs to it; return how many there were."""
    return delete_all(select(assessment.c.id).where(assessment.c.delete_after <= at))


def delete_abandoned(at: datetime) -> int:
    """Delete every assessment in which nothing was ever said and nobody did anything for seven days; return how many."""
    since = at - timedelta(days=DAYS_UNTIL_ABANDONED)
    said = exists().where(change.c.assessment_id == assessment.c.id, change.c.subject != CHOICES)
    held = exists().where(session_grant.c.assessment_id == assessment.c.id, session_grant.c.granted_at > since)
    return delete_all(
        select(assessment.c.id).where(
            assessment.c.updated_at <= since, assessment.c.delete_after.is_(None), not_(said), not_(held)
        )
    )


def delete_now(assessment_id: str) -> bool:
    """Delete an assessment for good, and tell whether there was one."""
    return delete_all(select(assessment.c.id).where(assessment.c.id == assessment_id)) > 0


def delete_all(which: Select[tuple[str]]) -> int:
    """Delete the assessments with the ids that a query finds, with all that belongs to them; return how many there were."""
    with writing() as connection:
        # Whoever is just saving comes first; then the query looks again.
        ids = connection.execute(which.with_for_update(of=assessment)).scalars().all()
        for assessment_id in ids:
            connection.execute(delete(save_receipt).where(save_receipt.c.scope == assessment_id))
            connection.execute(delete(assessment).where(assessment.c.id == assessment_id))
    return len(ids)
