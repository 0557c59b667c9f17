"""What a line must be like for something to hold: one field, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assessment.domain.working_days import months_later

# What a field of a line holds: one text, or several.
Value = str | tuple[str, ...]
# In a condition: whatever it says, as long as it says something.
ANYTHING = "*"
# Of the largest whole number that a field may be given.
_MOST_DIGITS = 7


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A field and what it must say: one of ``says`` (or ``ANYTHING``), a number of at least so much, a day not so long ago.

    Where it must be ``empty`` it says nothing.
    """

    field: str
    says: tuple[str, ...] = ()
    at_least: int | None = None
    within_months: int | None = None
    empty: bool = False

    def holds(self, values: Mapping[str, Value], today: date) -> bool:
        """Tell whether it holds for a line with these values."""
        value = values.get(self.field, "")
        told = (value,) if isinstance(value, str) else value
        told = tuple(text for text in told if text.strip())
        if not told or self.empty:
            return self.empty and not told
        if self.at_least is not None:
            number = number_said(told[0])
            return number is not None and number >= self.at_least
        if self.within_months is not None:
            return is_within(told[0], self.within_months, today)
        return ANYTHING in self.says or not set(told).isdisjoint(self.says)


def number_said(text: str) -> int | None:
    """Return the whole number that a text is; ``None`` for one that is none, or has more digits than any field takes."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None


def is_within(day: str, months: int, today: date) -> bool:
    """Tell whether a day, as ISO writes it, is no longer ago than so many months, and not after today."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return False
    return found <= today <= months_later(found, months)
