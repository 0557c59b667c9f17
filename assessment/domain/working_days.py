"""Working days: Monday to Friday without the first of January. Other holidays are not known here."""

from bisect import bisect_right
from datetime import MAXYEAR, date, timedelta

WORKING_DAYS = 5
DAYS_A_WEEK = 7


def on_or_after(day: date) -> date:
    """Return the first working day from a day on; the calendar's last day where there is none."""
    while not is_working_day(day):
        if day == date.max:
            return day
        day += timedelta(days=1)
    return day


def is_working_day(day: date) -> bool:
    """Tell whether people work on a day."""
    return day.weekday() < WORKING_DAYS and (day.month, day.day) != (1, 1)


def working_days_later(start: date, count: int) -> date:
    """Return the day so many working days after the first working day from ``start`` on; the calendar's last at most."""
    first = on_or_after(start)
    weeks, rest = divmod(count, WORKING_DAYS)
    days = weeks * DAYS_A_WEEK + rest + (2 if first.weekday() + rest >= WORKING_DAYS else 0)
    if days >= (date.max - first).days:
        return date.max
    day = first + timedelta(days=days)
    # Each New Year's Day on the way that falls on a weekday moves what comes after it by one working day.
    year = first.year + 1
    while year <= MAXYEAR and date(year, 1, 1) <= day:
        if date(year, 1, 1).weekday() < WORKING_DAYS:
            if day == date.max:
                return day
            day = _next_weekday(day)
        year += 1
    return day


def latest_start(start: date, end: date, deadline: date) -> date:
    """Return the last working day on which something may begin that takes from ``start`` to ``end``, and still meet a deadline.

    As many working days lie between. Where there is no later one, it is the first working day from ``start`` on.
    """
    takes = working_days_until(start, end)
    return working_days_later(start, max(0, working_days_until(start, deadline) - takes))


def working_days_until(start: date, end: date) -> int:
    """Return how many working days after the first from ``start`` on something may end that ends by a day; 0 at least."""
    days = range(max(0, (end - start).days) + 1)
    return max(0, bisect_right(days, end, key=lambda count: working_days_later(start, count)) - 1)


def _next_weekday(day: date) -> date:
    days = 3 if day.weekday() == WORKING_DAYS - 1 else 1
    return date.max if days > (date.max - day).days else day + timedelta(days=days)


def weeks_later(day: date, weeks: int) -> date:
    """Return the day so many weeks later; the calendar's last day where there is none."""
    days = weeks * DAYS_A_WEEK
    return date.max if days > (date.max - day).days else day + timedelta(days=days)


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(min(day.year + years, date.max.year), month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th day")
