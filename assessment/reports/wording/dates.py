"""Days, spans, numbers and lists as people write them in the active language."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from math import ceil

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from assessment.translation import gettext, locale, ngettext, pgettext


@lru_cache(maxsize=4096)
def _formatted(day: date, pattern: str, tag: str) -> str:
    return str(format_date(day, pattern, locale=tag))


@lru_cache(maxsize=512)
def _figure(number: float, tag: str) -> str:
    return str(format_decimal(number, locale=tag, decimal_quantization=False))


def day_in_words(day: date) -> str:
    """Return a date as people write it: 3 March 2027."""
    return _formatted(day, pgettext("pattern of a date (Unicode CLDR)", "d MMMM y"), str(locale()))


def day_in_short(day: date) -> str:
    """Return a date for a narrow column: 3 Mar 2027."""
    return _formatted(day, pgettext("pattern of a short date (Unicode CLDR)", "d MMM y"), str(locale()))


def month_in_short(day: date) -> str:
    """Return the month of a day for an axis: Mar."""
    return _formatted(day, "MMM", str(locale()))


def month_in_words(day: date) -> str:
    """Return the month of a day: March 2027."""
    return _formatted(day, pgettext("pattern of a month (Unicode CLDR)", "LLLL y"), str(locale()))


def moment_in_words(at: datetime) -> str:
    """Return a time in UTC as ``24 November 2026, 14:32``."""
    return gettext("%(day)s, %(time)s", day=day_in_words(at.date()), time=f"{at:%H:%M}")


def span_in_words(start: date, end: date) -> str:
    """Return from when to when: ``3 March 2027 to 9 April 2027``."""
    return gettext("%(start)s to %(end)s", start=day_in_words(start), end=day_in_words(end))


def span_in_short(start: date, end: date) -> str:
    """Return from when to when, for a narrow column: ``3 Mar to 9 Apr 2027``; the year once where it is one."""
    if start.year != end.year:
        return gettext("%(start)s to %(end)s", start=day_in_short(start), end=day_in_short(end))
    day = _formatted(start, pgettext("pattern of a short day within a year (Unicode CLDR)", "d MMM"), str(locale()))
    return gettext("%(start)s to %(end)s", start=day, end=day_in_short(end))


def in_figures(number: float) -> str:
    """Return a number as the language writes it, such as 1,200."""
    return str(format_decimal(number, locale=locale()))


def days_in_words(days: float) -> str:
    """Return person-days without a needless decimal: ``half a day``, ``1 day``, ``2.5 days``."""
    if days in (0.25, 0.5):
        return gettext("half a day") if days == 0.5 else gettext("a quarter of a day")
    return days_in_short(days)


def days_in_short(days: float) -> str:
    """Return person-days in figures, for narrow columns: ``0.25 day``, ``1 day``, ``2.5 days``."""
    shown = str(int(days)) if days == int(days) else _figure(days, str(locale()))
    return ngettext("%(days)s day", "%(days)s days", ceil(days) if days != 1 else 1, days=shown)


def weeks_in_words(weeks: float) -> str:
    """Return weeks without a needless decimal: ``half a week``, ``1 week``, ``2.5 weeks``."""
    if weeks == 0.5:
        return gettext("half a week")
    shown = str(int(weeks)) if weeks == int(weeks) else in_figures(weeks)
    return ngettext("%(weeks)s week", "%(weeks)s weeks", ceil(weeks) if weeks != 1 else 1, weeks=shown)


def time_in_words(minutes: int) -> str:
    """Return a span as one would say it: in five minutes up to an hour and a half, then in half hours."""
    if minutes <= 90:
        return ngettext("%(num)s minute", "%(num)s minutes", max(5, round(minutes / 5) * 5))
    hours = round(minutes / 30) / 2
    return ngettext("%(hours)s hour", "%(hours)s hours", ceil(hours), hours=in_figures(hours))


def join_and(names: Sequence[str]) -> str:
    """Return ``a``, ``a and b``, ``a, b and c``."""
    return str(format_list(list(names), locale=locale()))


def join_or(names: Sequence[str]) -> str:
    """Return ``a``, ``a or b``, ``a, b or c``."""
    return str(format_list(list(names), style="or", locale=locale()))


def plural(number: int, one: str, many: str) -> str:
    """Return a count with its English word; templates that are not marked for translation yet use it."""
    return f"{number} {one if number == 1 else many}"


def lower_first(text: str) -> str:
    """Return a sentence's words to go on within another English sentence, for templates as `plural` is."""
    return text[:1].lower() + text[1:]
