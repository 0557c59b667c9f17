"""Assessments: starting one, finding one that a browser may open, and what is chosen in it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, and_, bindparam, delete, insert, or_, select, update

from assessment.storage.access import OWNER, fingerprint
from assessment.storage.database import reading, writing
from assessment.storage.records import in_utc, storable
from assessment.storage.tables import access_link, assessment, chosen_standard, session_grant

# What the history calls whoever started an assessment and came through no link.
STARTER = "The person who started it"


@dataclass(frozen=True, kw_only=True)
class ChosenStandard:
    """A standard looked at in an assessment, in an edition and at a depth."""

    standard: str
    edition: str
    depth: str


@dataclass(frozen=True, kw_only=True)
class AssessmentRecord:
    """One organisation's work, as one browser sees it. ``who`` is the name that browser's changes carry."""

    id: str
    organisation: str
    created_at: datetime
    updated_at: datetime
    role: str
    who: str
    chosen: tuple[ChosenStandard, ...]


_HELD = (
    select(assessment, session_grant.c.role, access_link.c.label)
    .join(session_grant, session_grant.c.assessment_id == assessment.c.id)
    .join(access_link, access_link.c.id == session_grant.c.link_id, isouter=True)
    .where(
        session_grant.c.session_sha256 == bindparam("session"),
        # A grant through a link ends with the link.
        or_(session_grant.c.link_id.is_(None), and_(access_link.c.id.is_not(None), access_link.c.revoked_at.is_(None))),
    )
)
_ONE = _HELD.where(assessment.c.id == bindparam("key"))
_ALL = _HELD.order_by(assessment.c.updated_at.desc(), assessment.c.id)
_CHOSEN = select(chosen_standard).where(chosen_standard.c.assessment_id == bindparam("key"))


def create_assessment(organisation: str, chosen: Sequence[ChosenStandard], *, sid: str, at: datetime) -> str:
    """Start an assessment held by a browser session, and return its id."""
    assessment_id = secrets.token_urlsafe(16)
    with writing() as connection:
        row = {"id": assessment_id, "organisation": storable(organisation), "changes": 0}
        connection.execute(insert(assessment), {**row, "created_at": at, "updated_at": at})
        _write_chosen(connection, assessment_id, chosen)
        grant = {"session_sha256": fingerprint(sid), "assessment_id": assessment_id, "role": OWNER}
        connection.execute(insert(session_grant), {**grant, "link_id": None, "granted_at": at})
    return assessment_id


def _write_chosen(connection: Connection, assessment_id: str, chosen: Sequence[ChosenStandard]) -> None:
    if not chosen:
        return
    connection.execute(
        insert(chosen_standard),
        [
            {
                "assessment_id": assessment_id,
                "standard": each.standard,
                "edition": each.edition,
                "depth": each.depth,
            }
            for each in chosen
        ],
    )


def find_assessment(assessment_id: str, sid: str) -> AssessmentRecord | None:
    """The assessment, or ``None`` where there is none or this session may not open it."""
    with reading() as connection:
        row = connection.execute(_ONE, {"key": assessment_id, "session": fingerprint(sid)}).first()
        if row is None:
            return None
        chosen = connection.execute(_CHOSEN, {"key": assessment_id}).all()
    return _record(row, chosen)


def assessments_of(sid: str) -> list[AssessmentRecord]:
    """Every assessment a session may open, the one changed last first. What is chosen in them is left out."""
    with reading() as connection:
        return [_record(row, ()) for row in connection.execute(_ALL, {"session": fingerprint(sid)})]


def _record(row: "Row[tuple[object, ...]]", chosen: Sequence["Row[tuple[object, ...]]"]) -> AssessmentRecord:
    return AssessmentRecord(
        id=row.id,
        organisation=row.organisation,
        created_at=in_utc(row.created_at),
        updated_at=in_utc(row.updated_at),
        role=row.role,
        who=row.label or STARTER,
        chosen=tuple(ChosenStandard(standard=each.standard, edition=each.edition, depth=each.depth) for each in chosen),
    )


def choose(assessment_id: str, *, organisation: str, chosen: Sequence[ChosenStandard], at: datetime) -> None:
    """Rename the organisation, and choose standards anew. Answers stay, also of a standard that is left out."""
    with writing() as connection:
        values = {"organisation": storable(organisation), "updated_at": at}
        connection.execute(update(assessment).where(assessment.c.id == assessment_id).values(values))
        connection.execute(delete(chosen_standard).where(chosen_standard.c.assessment_id == assessment_id))
        _write_chosen(connection, assessment_id, chosen)
