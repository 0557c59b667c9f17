"""How much an assessment may grow in a day: far more than people write, and far less than fills a disk in an hour."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, bindparam, insert, select, update

from assessment.storage.compiled import Prepared
from assessment.storage.tables import attempt

# Bytes of history a day. Twenty people who each save a note of ten thousand characters every two minutes stay below.
MOST_A_DAY = 64 * 2**20
# What a change takes besides its content, in bytes: its row, its place in the index, and what is remembered of its form.
BYTES_A_CHANGE = 250


class QuotaError(Exception):
    """An assessment would grow by more than it may today. Nothing was written; ``seconds`` is when it may grow again."""

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds


_GROW = Prepared(
    update(attempt)
    .where(attempt.c.bucket == bindparam("of"), attempt.c.count <= bindparam("room"))
    .values(count=attempt.c.count + bindparam("more"))
)
_FIND = Prepared(select(attempt.c.count).where(attempt.c.bucket == bindparam("of")))
_BEGIN = Prepared(insert(attempt))


def grow(connection: Connection, assessment_id: str, more: int, *, at: datetime) -> None:
    """Count so many bytes that an assessment grows by, in the transaction that writes them. Raises ``QuotaError``.

    Nobody else writes to the assessment meanwhile: see ``history.lock_for_update``.
    """
    day = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    bucket, ends_at = f"growth/{day:%Y-%m-%d}/{assessment_id}", day + timedelta(days=1)
    if _GROW.run(connection, {"of": bucket, "room": MOST_A_DAY - more, "more": more}):
        return
    if more > MOST_A_DAY or _FIND.first(connection, {"of": bucket}) is not None:
        raise QuotaError(max(1, int((ends_at - at).total_seconds())))
    _BEGIN.run(connection, {"bucket": bucket, "count": more, "ends_at": ends_at})
