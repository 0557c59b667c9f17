"""Sessions of browsers: which of them a person has, when each was last used, how one follows another, and how one ends.

A browser's cookie names its session; what the session may open stands in its grants. Only fingerprints of names are stored.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, Connection, and_, bindparam, delete, exists, insert, or_, select, text, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.sql import ColumnElement

from assessment.storage.database import BUSY_MS, reading, writing
from assessment.storage.secret_tokens import fingerprint
from assessment.storage.serialization import in_utc
from assessment.storage.tables import UtcTime, assessment, browser_session, save_receipt, session_grant

# The last use of a session is noted this often at most, so that reading stays reading.
NOTED_EVERY = timedelta(hours=1)

_SHA = browser_session.c.session_sha256
# The row is locked until the commit, also where it was there: two sends of one form come one after the other.
_HOLD = text(
    "INSERT INTO browser_session (session_sha256, browser, system, created_at) VALUES (:sha, '', '', :at) "
    "ON CONFLICT (session_sha256) DO UPDATE SET browser = browser_session.browser"
).bindparams(bindparam("at", type_=UtcTime()))


@dataclass(frozen=True, kw_only=True)
class SessionRecord:
    """A browser that opens some of the same assessments in the same way.

    ``handle`` names it to people who may see it, and opens nothing. ``browser`` and ``system`` are empty where not known, and
    ``last_used_at`` is right to the hour; ``organisations`` whose assessments it shares with the session that asked.
    """

    handle: str
    browser: str
    system: str
    last_used_at: datetime | None
    is_asking: bool
    organisations: tuple[str, ...]


def _is(sha: str | BindParameter[str]) -> ColumnElement[bool]:
    return browser_session.c.session_sha256 == sha


def hold(connection: Connection, sid: str, *, at: datetime) -> None:
    """Make the session where there is none, and let nobody else change it until the commit."""
    connection.execute(_HOLD, {"sha": fingerprint(sid), "at": at})


def is_live(sid: str) -> bool:
    """Tell whether there is this session: it was begun, and not ended."""
    sha = fingerprint(sid)
    known = or_(exists().where(_is(sha)), exists().where(session_grant.c.session_sha256 == sha))
    with reading() as connection:
        return bool(connection.execute(select(known)).scalar_one())


def succeed(connection: Connection, sid: str, new_sid: str, *, at: datetime) -> None:
    """Let a new session hold what an old one holds. The old one ends when the new one is used for the first time.

    Not before: the answer that brings the new cookie may never arrive. Twice is once.
    """
    old, new = fingerprint(sid), fingerprint(new_sid)
    if old == new:
        return
    hold(connection, new_sid, at=at)
    unused = and_(_is(new), browser_session.c.last_used_at.is_(None))
    connection.execute(update(browser_session).where(unused).values(replaces=old))
    there = select(session_grant.c.assessment_id).where(session_grant.c.session_sha256 == new)
    columns = ("session_sha256", "assessment_id", "role", "link_id", "granted_at")
    copied = select(bindparam("new", new), *(session_grant.c[name] for name in columns[1:]))
    copied = copied.where(session_grant.c.session_sha256 == old, session_grant.c.assessment_id.not_in(there))
    connection.execute(insert(session_grant).from_select(columns, copied))


def is_due(last_used_at: datetime | None, replaces: str | None, at: datetime) -> bool:
    """Tell whether the use of a session at some time is to be noted."""
    return last_used_at is None or replaces is not None or abs(at - in_utc(last_used_at)) >= NOTED_EVERY


def note_use(sid: str, *, browser: str, system: str, at: datetime, wait_ms: int = BUSY_MS) -> None:
    """Note that a session was used, in which browser and on which system; what it took the place of ends now."""
    sha = fingerprint(sid)
    with writing(wait_ms) as connection:
        hold(connection, sid, at=at)
        replaced = connection.execute(select(browser_session.c.replaces).where(_is(sha))).scalar()
        said = {"browser": browser, "system": system, "last_used_at": at, "replaces": None}
        connection.execute(update(browser_session).where(_is(sha)).values(said))
        while replaced is not None:
            before = connection.execute(select(browser_session.c.replaces).where(_is(replaced))).scalar()
            _move_saves(connection, replaced, sha)
            _end(connection, replaced)
            replaced = before


def _move_saves(connection: Connection, old: str, new: str) -> None:
    """Let a form that was sent in the old session be the same form in the new one."""
    known = select(save_receipt.c.save_key).where(save_receipt.c.scope == new)
    moved = update(save_receipt).where(save_receipt.c.scope == old, save_receipt.c.save_key.not_in(known))
    connection.execute(moved.values(scope=new))
    connection.execute(delete(save_receipt).where(save_receipt.c.scope == old))


def _end(connection: Connection, sha: str, shared: ColumnElement[bool] | None = None) -> None:
    """End a session with those that were to take its place; only its access to what is ``shared``, where that is given."""
    ended = [sha]
    for each in ended:  # grows while it is walked
        ended += connection.execute(select(_SHA).where(browser_session.c.replaces == each, _SHA.not_in(ended))).scalars()
    grants = delete(session_grant).where(session_grant.c.session_sha256.in_(ended))
    connection.execute(grants.where(shared) if shared is not None else grants)
    connection.execute(_EMPTY.where(_SHA.in_(ended)))


_EMPTY = delete(browser_session).where(~exists().where(session_grant.c.session_sha256 == _SHA))


def forget(sid: str) -> None:
    """End a session: nothing can be opened with its cookie any more, nor with a copy of it. Twice is once."""
    with writing() as connection:
        _end(connection, fingerprint(sid))
        connection.execute(delete(save_receipt).where(save_receipt.c.scope == fingerprint(sid)))


def end_all() -> int:
    """End every session of every browser, and return how many there were. Links go on working."""
    with writing() as connection:
        connection.execute(delete(session_grant))
        connection.execute(delete(save_receipt))
        return connection.execute(delete(browser_session)).rowcount


def forget_empty_sessions() -> None:
    """Forget sessions that hold nothing any more."""
    with writing() as connection:
        connection.execute(_EMPTY)


_MINE, _OTHER = session_grant.alias("mine"), session_grant.alias("other")
_SAME_WAY = and_(
    _OTHER.c.assessment_id == _MINE.c.assessment_id,
    or_(_OTHER.c.link_id == _MINE.c.link_id, and_(_OTHER.c.link_id.is_(None), _MINE.c.link_id.is_(None))),
)
_BESIDE = (
    select(browser_session, assessment.c.organisation)
    .join(_OTHER, _OTHER.c.session_sha256 == _SHA)
    .join(_MINE, _SAME_WAY)
    .join(assessment, assessment.c.id == _OTHER.c.assessment_id)
    .where(
        _MINE.c.session_sha256 == bindparam("session"),
        or_(browser_session.c.replaces.is_(None), _is(bindparam("session"))),
    )
    .order_by(browser_session.c.last_used_at.desc(), _SHA, assessment.c.organisation)
)


def _beside(connection: Connection, asking: str) -> list[RowMapping]:
    """Return the sessions of a person, without those that the asking one takes the place of: they are the same browser."""
    before = [asking]
    for each in before:  # grows while it is walked
        replaced = connection.execute(select(browser_session.c.replaces).where(_is(each))).scalar()
        before += [replaced] if replaced is not None else []
    rows = connection.execute(_BESIDE, {"session": asking}).mappings()
    return [row for row in rows if row["session_sha256"] not in before[1:]]


def sessions_of(sid: str) -> list[SessionRecord]:
    """Return the sessions of whoever has this one: those that came in the same way, by the same link or the same start."""
    asking = fingerprint(sid)
    with reading() as connection:
        rows = _beside(connection, asking)
    organisations: dict[str, list[str]] = {}
    for row in rows:
        organisations.setdefault(row["session_sha256"], []).append(row["organisation"])
    return [
        SessionRecord(
            handle=_handle(sha),
            browser=row["browser"],
            system=row["system"],
            last_used_at=in_utc(row["last_used_at"]) if row["last_used_at"] else None,
            is_asking=sha == asking,
            organisations=tuple(organisations[sha]),
        )
        for sha, row in {row["session_sha256"]: row for row in rows}.items()
    ]


def end_others(sid: str, handle: str | None = None) -> int:
    """End the other session with this handle, or all others, for what they share with this one; return how many.

    What another session holds through a link of its own stays its own.
    """
    asking = fingerprint(sid)
    with writing() as connection:
        rows = _beside(connection, asking)
        others = {row["session_sha256"] for row in rows} - {asking}
        ended = [sha for sha in others if handle is None or _handle(sha) == handle]
        mine = _MINE.c.session_sha256 == asking
        same_link = or_(
            _MINE.c.link_id == session_grant.c.link_id, and_(_MINE.c.link_id.is_(None), session_grant.c.link_id.is_(None))
        )
        shared = exists().where(mine, _MINE.c.assessment_id == session_grant.c.assessment_id, same_link)
        for sha in ended:
            _end(connection, sha, shared)
    return len(ended)


def _handle(sha: str) -> str:
    return fingerprint(sha)[:24]
