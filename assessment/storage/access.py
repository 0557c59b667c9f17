"""Who may open what: private links, and the browser sessions that came through them. Only fingerprints are stored."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    RowMapping,
    and_,
    bindparam,
    delete,
    insert,
    literal,
    not_,
    or_,
    select,
    update,
)

from assessment.domain.authors import ADMINISTRATOR, as_read, is_reserved
from assessment.domain.limits import MOST_ENDED_LINKS, MOST_LINKS
from assessment.domain.rights import Role
from assessment.storage.database import reading, writing
from assessment.storage.history import LINK, Author, lock_for_update, record
from assessment.storage.idempotency import KeyReusedError
from assessment.storage.secret_tokens import fingerprint, new_token
from assessment.storage.serialization import in_utc, storable
from assessment.storage.sessions import hold, succeed
from assessment.storage.tables import access_link, change, session_grant


class LinkNameTakenError(Exception):
    """A link that works, or the product itself, has this name. Changes carry their link's name, so that two would be one."""


class TooManyLinksError(Exception):
    """As many links of the assessment work as may; who runs the installation can make one all the same."""


@dataclass(frozen=True, kw_only=True)
class LinkRecord:
    """A private link, without its token. ``made_by`` is the name that its making carries in the history."""

    id: str
    assessment_id: str
    label: str
    role: str
    created_at: datetime
    ends_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None
    made_by: str

    def works(self, at: datetime) -> bool:
        """Tell whether it opens the assessment at a time."""
        return self.revoked_at is None and (self.ends_at is None or self.ends_at > at)


def new_session_id() -> str:
    """Make an id for a browser session."""
    return new_token()


_COLUMNS = (
    access_link.c.id,
    access_link.c.assessment_id,
    access_link.c.label,
    access_link.c.role,
    access_link.c.created_at,
    access_link.c.ends_at,
    access_link.c.last_used_at,
    access_link.c.revoked_at,
)


def works(link: FromClause, at: datetime | BindParameter[Any]) -> ColumnElement[bool]:
    """Return what is true of a row of links that works at a time."""
    return and_(link.c.revoked_at.is_(None), or_(link.c.ends_at.is_(None), link.c.ends_at > at))


WORKS = works(access_link, bindparam("at"))
_LIVE = select(*_COLUMNS).where(access_link.c.token_sha256 == bindparam("token"), WORKS)
_WORKING = select(access_link.c.label).where(access_link.c.assessment_id == bindparam("assessment"), WORKS)


def create_link(
    assessment_id: str,
    label: str,
    *,
    who: str,
    at: datetime,
    role: Role = Role.EDITOR,
    token: str | None = None,
    ends_at: datetime | None = None,
) -> str:
    """Make a private link that opens the assessment in a role until ``ends_at``; return its token, which is stored nowhere.

    A form that may be sent twice brings its token along: with a token that this assessment has a link for already, nothing is
    made. Raises ``KeyReusedError`` where that link is another one, ``LinkNameTakenError`` and ``TooManyLinksError``.
    """
    token = token or new_token()
    author = Author(assessment_id=assessment_id, who=storable(who), at=at)
    same = select(access_link.c.assessment_id, access_link.c.label, access_link.c.role)
    same = same.where(access_link.c.token_sha256 == fingerprint(token))
    with writing() as connection:
        locked = lock_for_update(connection, author)
        present = connection.execute(same).first()
        if present is not None:
            if tuple(present) != (assessment_id, label, role.value):
                raise KeyReusedError
            return token
        working = connection.execute(_WORKING, {"assessment": assessment_id, "at": at}).scalars().all()
        if len(working) >= MOST_LINKS and who != ADMINISTRATOR:
            raise TooManyLinksError
        if is_reserved(label) or as_read(label) in map(as_read, working):
            raise LinkNameTakenError
        link_id = secrets.token_urlsafe(12)
        connection.execute(
            insert(access_link),
            {
                "id": link_id,
                "assessment_id": assessment_id,
                "token_sha256": fingerprint(token),
                "label": storable(label),
                "role": role.value,
                "created_at": at,
                "ends_at": ends_at,
            },
        )
        record(connection, locked, {f"{LINK}/{link_id}": (1, {"label": label})})
    return token


_MAKING = and_(
    change.c.assessment_id == access_link.c.assessment_id,
    change.c.subject == literal(f"{LINK}/") + access_link.c.id,
    change.c.version == 1,
)
_MADE = select(*_COLUMNS, change.c.changed_by.label("made_by")).join(change, _MAKING, isouter=True)
_OF_ONE = _MADE.where(access_link.c.assessment_id == bindparam("assessment"))
_ALL_WORKING = _OF_ONE.where(WORKS)
_LAST_ENDED = _OF_ONE.where(not_(WORKS)).order_by(access_link.c.created_at.desc()).limit(MOST_ENDED_LINKS)
_NOT_REVOKED = _OF_ONE.where(access_link.c.revoked_at.is_(None))


def links(assessment_id: str, *, at: datetime) -> list[LinkRecord]:
    """Return the links of an assessment that work at a time, and those made last of the others; oldest first."""
    asked = {"assessment": assessment_id, "at": at}
    with reading() as connection:
        rows = [row for query in (_ALL_WORKING, _LAST_ENDED) for row in connection.execute(query, asked).mappings()]
    return sorted(map(_link, rows), key=lambda link: link.created_at)


def _link(row: RowMapping) -> LinkRecord:
    def time(name: str) -> datetime | None:
        return in_utc(row[name]) if row[name] is not None else None

    return LinkRecord(
        id=row["id"],
        assessment_id=row["assessment_id"],
        label=row["label"],
        role=row["role"],
        created_at=in_utc(row["created_at"]),
        ends_at=time("ends_at"),
        last_used_at=time("last_used_at"),
        revoked_at=time("revoked_at"),
        made_by=row.get("made_by") or "",
    )


def find_link(token: str, *, at: datetime) -> LinkRecord | None:
    """Return the link with this token; ``None`` for a wrong, an ended and a revoked one alike."""
    with reading() as connection:
        row = connection.execute(_LIVE, {"token": fingerprint(token), "at": at}).mappings().first()
    return _link(row) if row is not None else None


def redeem_link(token: str, *, sid: str | None, at: datetime, new_sid: str | None = None) -> str | None:
    """Let a browser session into the link's assessment and return its id; ``None`` as in `find_link`.

    A session that holds the assessment already keeps what it has. With ``new_sid`` a new session takes the place of the old
    one: see `sessions.succeed`. Without it there is a session ``sid``.
    """
    holder = new_sid or sid or ""
    with writing() as connection:
        row = connection.execute(_LIVE, {"token": fingerprint(token), "at": at}).mappings().first()
        if row is None:
            return None
        link = _link(row)
        connection.execute(update(access_link).where(access_link.c.id == link.id).values(last_used_at=at))
        if new_sid is not None and sid is not None:
            succeed(connection, sid, new_sid, at=at)
        hold(connection, holder, at=at)
        held = and_(session_grant.c.session_sha256 == fingerprint(holder), session_grant.c.assessment_id == link.assessment_id)
        present = connection.execute(select(session_grant.c.role).where(held)).scalar()
        if present != Role.OWNER:
            connection.execute(delete(session_grant).where(held))
            grant = {"session_sha256": fingerprint(holder), "assessment_id": link.assessment_id, "role": link.role}
            connection.execute(insert(session_grant), {**grant, "link_id": link.id, "granted_at": at})
    return link.assessment_id


def revoke_link(assessment_id: str, link_id: str, *, who: str, at: datetime) -> None:
    """End a link of this assessment, the access of everybody who came through it, and the links they made. Twice is once."""
    author = Author(assessment_id=assessment_id, who=storable(who), at=at)
    with writing() as connection:
        locked = lock_for_update(connection, author)
        present = [_link(row) for row in connection.execute(_NOT_REVOKED, {"assessment": assessment_id}).mappings()]
        ended = _with_those_made_through(link_id, present)
        if not ended:
            return
        ids = [link.id for link in ended]
        connection.execute(update(access_link).where(access_link.c.id.in_(ids)).values(revoked_at=at))
        record(connection, locked, {f"{LINK}/{link.id}": (2, {"label": link.label, "ended": True}) for link in ended})
        grants = (session_grant.c.assessment_id == assessment_id, session_grant.c.link_id.in_(ids))
        connection.execute(delete(session_grant).where(*grants))


def _with_those_made_through(link_id: str, working: list[LinkRecord]) -> list[LinkRecord]:
    """Return a link with all that were made through it, or through one of these. A name stands for one link while it works."""
    ended = [link for link in working if link.id == link_id]
    for link in ended:  # grows while it is walked
        ended += [made for made in working if made.made_by == link.label and made not in ended]
    return ended
