"""Where days lie on a line from the first day of a plan to its last, in percent, and where the line carries marks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from assessment.reports.wording.dates import month_in_short

MONTHS = 12
# Months between two marks: the closest of these that leaves at most so many marks on the line.
STRIDES = (1, 3, 6, 12, 24, 60, 120, 600, 1200, 6000, 12000)
MOST_MARKS = 16


@dataclass(frozen=True, kw_only=True)
class Tick:
    """The first day of a month: where it lies, in percent, and its label, either part of which may be empty."""

    at: float
    month: str
    year: str


class Timescale:
    """A line of days. It is never shorter than four weeks, so that a plan of nothing still has a calendar."""

    def __init__(self, start: date, days: Iterable[date]) -> None:
        self._start = start
        shortest = timedelta(weeks=4)
        last = max(days, default=start)
        self._end = last if last - start > shortest or date.max - start < shortest else start + shortest
        self._length = max(1, (self._end - start).days)

    def place(self, day: date) -> float:
        """Where a day lies, in percent of the line."""
        return round(100 * (min(max(day, self._start), self._end) - self._start).days / self._length, 2)

    def ticks(self) -> list[Tick]:
        """Return first days of months, as many as are read well."""
        yearly = self._stride() >= MONTHS
        return [
            Tick(
                at=self.place(day),
                month="" if yearly else month_in_short(day),
                year=str(day.year) if yearly or at == 0 or day.month == 1 else "",
            )
            for at, day in enumerate(self._firsts(self._stride()))
        ]

    def _stride(self) -> int:
        months = (self._end.year - self._start.year) * MONTHS + self._end.month - self._start.month
        return next((each for each in STRIDES if months // each <= MOST_MARKS), STRIDES[-1])

    def _firsts(self, stride: int) -> Iterator[date]:
        month = self._start.year * MONTHS + self._start.month  # the month after the first, counted from year 0
        month += -month % stride if stride > 1 else 0
        while month // MONTHS <= date.max.year and (day := date(month // MONTHS, month % MONTHS + 1, 1)) <= self._end:
            yield day
            month += stride
