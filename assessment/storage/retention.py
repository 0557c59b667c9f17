"""Deleting what nobody changed for a long time, once whoever opens it was told for a while."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, exists, not_, select, update

from assessment.domain.freshness import months_later
from assessment.storage.assessments import delete_all
from assessment.storage.database import writing
from assessment.storage.tables import assessment, change

# Who is named in the history of a sample's answers.
SAMPLE_AUTHOR = "The demo"
# A sample goes when nobody changed it for so long, and says so for the last days of that.
SAMPLE_LASTS = timedelta(days=30)
SAMPLE_NOTICE = timedelta(days=7)
# For so long everything else says that it will go.
NOTICE = timedelta(days=30)

_FILLED_BY_US = exists().where(
    change.c.assessment_id == assessment.c.id,
    change.c.changed_by == SAMPLE_AUTHOR,
    change.c.changed_at == assessment.c.created_at,
)
_WORKED_ON = exists().where(change.c.assessment_id == assessment.c.id, change.c.changed_at != assessment.c.created_at)
# Once somebody worked on in it a sample is an assessment like any other: what people type takes them effort.
_IS_SAMPLE = and_(_FILLED_BY_US, not_(_WORKED_ON))


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
