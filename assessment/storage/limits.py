"""How often something was tried, counted in the database so that all workers and machines share the count."""

from datetime import UTC, datetime

from sqlalchemy import text

from assessment.storage.database import writing

_COUNT = text(
    "INSERT INTO attempt (bucket, count, ends_at) VALUES (:bucket, :more, :ends_at) "
    "ON CONFLICT (bucket) DO UPDATE SET count = attempt.count + :more RETURNING count"
)


def seconds_to_wait(what: str, who: str, *, most: int, within: int, at: datetime, more: int = 1) -> int:
    """Count an attempt, or ``more``; return 0, or the seconds to wait where that makes more than ``most`` within so many."""
    begun = int(at.timestamp()) // within * within
    ends_at = datetime.fromtimestamp(begun + within, UTC)
    bucket = f"{what}/{begun}/{who}"
    with writing() as connection:
        count = connection.execute(
            _COUNT, {"bucket": bucket, "more": more, "ends_at": ends_at.replace(tzinfo=None)}
        ).scalar_one()
    return 0 if count <= most else max(1, int((ends_at - at).total_seconds()))
