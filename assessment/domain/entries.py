"""What people enter, read as they mean it: breaks within a text, whole numbers, and days."""

import re
from datetime import date, datetime, timedelta

# What programs put where a line ends: slides and word processors U+000B within a paragraph, old files a form feed.
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# What stands between groups of three digits, by the habits of different countries.
_BLANKS = " \u00a0\u2007\u2008\u2009\u202f"
_POINTS = ".,'\u2019\u02bc\u066c\u00b7"
_GROUPED = re.compile(rf"[1-9]\d{{0,2}}(?:([{re.escape(_BLANKS + _POINTS)}])\d{{3}})(?:\1\d{{3}})*")
_DIGITS_AND_MARKS = re.compile(rf"\d[\d{re.escape(_BLANKS + _POINTS)}]*")

# Days outside of these years are slips of the hand, such as 26 or 0202 for a year of four digits.
FIRST_YEAR, LAST_YEAR = 1900, 2100
# How far the clocks of the earth are before and behind UTC.
_AHEAD, _BEHIND = timedelta(hours=14), timedelta(hours=12)


class TwoReadingsError(ValueError):
    """A number with a point or comma that could be a fraction or a thousand: only whoever typed it knows."""


def with_line_breaks(text: str) -> str:
    """Return a text whose breaks of every kind are line breaks, vertical tabs and form feeds too: nobody sees which kind."""
    return _BREAKS.sub("\n", text)


def on_one_line(text: str) -> str:
    """Return a text for a field of one line: a break is a blank there, since browsers would join the words around it."""
    return re.sub("[ \t]*\n\\s*", " ", with_line_breaks(text))


def whole_number(text: str) -> int:
    """Return a whole number as people write it: 1200, 1,200, 1.200, 1 200 and 1’200 alike, in the digits of any script.

    Raises ``TwoReadingsError`` for 1,2 or 1.20, and ``ValueError`` for what is no whole number.
    """
    typed = text.strip()
    if typed.isdecimal():
        return int(typed)
    if grouped := _GROUPED.fullmatch(typed):
        return int(typed.replace(grouped[1], ""))
    if _DIGITS_AND_MARKS.fullmatch(typed):
        raise TwoReadingsError(typed)
    raise ValueError(typed)


def is_day(text: str) -> bool:
    """Tell whether a text is a day as ISO writes it in full."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def day_or_none(text: str) -> date | None:
    """Return the day that a kept text says; ``None`` where it is empty. Raises ``ValueError`` for what is no day."""
    return date.fromisoformat(text) if text else None


def is_likely_year(day: date) -> bool:
    """Tell whether the year of a day is one that people mean."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def latest_today(now: datetime) -> date:
    """Return the day it is where the day begins first: nobody's own today is after it. ``now`` is in UTC."""
    return (now + _AHEAD).date()


def earliest_today(now: datetime) -> date:
    """Return the day it is where the day ends last: nobody's own today is before it. ``now`` is in UTC."""
    return (now - _BEHIND).date()
