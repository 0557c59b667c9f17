"""Deleting what nobody changed for a long time, once whoever opens it was told for a while.

Only time in which pages could be opened counts: a server that stood still told nobody.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, exists, not_, select, text, update

from assessment.domain.authors import DEMO
from assessment.domain.working_days import months_later
from assessment.storage.assessments import delete_all
from assessment.storage.database import writing
from assessment.storage.serialization import in_utc
from assessment.storage.tables import assessment, attempt, change

# A sample goes when nobody changed it for so long, and says so for the last days of that.
SAMPLE_LASTS = timedelta(days=30)
SAMPLE_NOTICE = timedelta(days=7)
# For so long everything else says that it will go.
NOTICE = timedelta(days=30)
# Tidying up, which a server does every hour, shows that it runs; after so long without it notices stood where nobody saw them.
SHOWN_FOR = timedelta(days=1)
# By so much may the clocks of servers on one database differ.
CLOCKS_DIFFER = timedelta(hours=1)
# Until when notices count as shown, kept among what else has an end.
_SHOWN = "notices-shown"

_SHOWN_UNTIL = select(attempt.c.ends_at).where(attempt.c.bucket == _SHOWN)
# One statement, since several servers on one database tidy up at the same time.
_SHOW = text(
    "INSERT INTO attempt (bucket, count, ends_at) VALUES (:bucket, 1, :ends_at) "
    "ON CONFLICT (bucket) DO UPDATE SET ends_at = excluded.ends_at"
).bindparams(bindparam("ends_at", type_=attempt.c.ends_at.type))
_ANNOUNCED = select(assessment.c.id, assessment.c.expires_at).where(assessment.c.expires_at.is_not(None))
_PUT_OFF = update(assessment).where(assessment.c.id == bindparam("key")).values(expires_at=bindparam("then"))

_FILLED_BY_US = exists().where(
    change.c.assessment_id == assessment.c.id,
    change.c.changed_by == DEMO,
    change.c.changed_at == assessment.c.created_at,
)
_WORKED_ON = exists().where(change.c.assessment_id == assessment.c.id, change.c.changed_at != assessment.c.created_at)
# Once somebody worked on in it a sample is an assessment like any other: what people type takes them effort.
_IS_SAMPLE = and_(_FILLED_BY_US, not_(_WORKED_ON))


def put_off_unseen(at: datetime) -> timedelta:
    """Put every deletion off by as long as no server ran to show its notice, and return for how long that was.

    Where nobody knows when a server ran last, as after an upgrade, or after a clock that ran ahead was set back, every notice
    begins anew.
    """
    with writing() as connection:
        shown = connection.execute(_SHOWN_UNTIL).scalar()
        if shown is not None and in_utc(shown) > at + SHOWN_FOR + CLOCKS_DIFFER:
            shown = None
        unseen = max(timedelta(0), at - in_utc(shown)) if shown else NOTICE
        if unseen:
            announced = connection.execute(_ANNOUNCED).all()
            later = [
                {"key": key, "then": in_utc(day) + unseen if shown else max(in_utc(day), at + NOTICE)} for key, day in announced
            ]
            if later:
                connection.execute(_PUT_OFF, later)
        until = max(at + SHOWN_FOR, in_utc(shown)) if shown else at + SHOWN_FOR
        connection.execute(_SHOW, {"bucket": _SHOWN, "ends_at": until})
    return unseen


def announce(at: datetime, *, months: int) -> int:
    """Have every assessment that nobody changed for so many months say that it will go; for none of them but samples where
    that is 0. Return how many say so from now on.

    What was announced lasts until somebody changes something (`history.record`), keeps it (`keep_longer`), or no assessment
    goes any longer. However long ago the last change was, nothing goes without its notice.
    """
    due = [(and_(_IS_SAMPLE, assessment.c.updated_at <= at - (SAMPLE_LASTS - SAMPLE_NOTICE)), SAMPLE_NOTICE)]
    if months:
        due.append((and_(not_(_IS_SAMPLE), assessment.c.updated_at <= _months_before(at, months) + NOTICE), NOTICE))
    silent = and_(assessment.c.expires_at.is_(None), assessment.c.delete_after.is_(None))
    announced = 0
    with writing() as connection:
        if not months:
            connection.execute(
                update(assessment).where(assessment.c.expires_at.is_not(None), not_(_IS_SAMPLE)).values(expires_at=None)
            )
        for which, notice in due:
            announced += connection.execute(update(assessment).where(silent, which).values(expires_at=at + notice)).rowcount
    return announced


def withdraw(connection: Connection) -> None:
    """Take every announcement back, as for a backup that is restored: nobody could read what was announced in it."""
    connection.execute(update(assessment).where(assessment.c.expires_at.is_not(None)).values(expires_at=None))


def delete_expired(at: datetime) -> int:
    """Delete every assessment whose notice is over, with all that belongs to it; return how many there were."""
    return delete_all(select(assessment.c.id).where(assessment.c.expires_at <= at))


def keep_longer(assessment_id: str, *, at: datetime) -> None:
    """Count an assessment as changed today, so that it stays as long as one that was. Twice is once."""
    with writing() as connection:
        kept = update(assessment).where(assessment.c.id == assessment_id, assessment.c.expires_at.is_not(None))
        connection.execute(kept.values(expires_at=None, updated_at=at))


def _months_before(at: datetime, months: int) -> datetime:
    return datetime.combine(months_later(at.date(), -months), at.timetz())
