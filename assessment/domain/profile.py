"""What the organisation is asked about itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# The largest number a profile question takes.
MOST_NUMBER = 1_000_000


class ProfileKind(StrEnum):
    """What an answer to a profile question looks like."""

    CHOICE = "choice"
    MANY = "many"
    STANDARDS = "standards"
    DATES = "dates"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True)
class ProfileChoice:
    """One answer a profile question offers."""

    id: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ProfileQuestion:
    """A question about the organisation. ``choices`` is empty for numbers, texts, and what depends on the standards."""

    id: str
    group: str
    kind: ProfileKind
    asks: str
    hint: str
    choices: tuple[ProfileChoice, ...]

    def accepts(self, values: tuple[str, ...], standards: Collection[str]) -> bool:
        """Whether these are values that an answer to this question can have, as the profile describes them."""
        match self.kind:
            case ProfileKind.TEXT:
                return len(values) == 1
            case ProfileKind.NUMBER:
                return len(values) == 1 and values[0].isascii() and values[0].isdigit() and 1 <= int(values[0]) <= MOST_NUMBER
            case ProfileKind.CHOICE:
                return len(values) == 1 and values[0] in {choice.id for choice in self.choices}
            case ProfileKind.MANY:
                return set(values) <= {choice.id for choice in self.choices}
            case ProfileKind.STANDARDS:
                return set(values) <= set(standards)
            case ProfileKind.DATES:
                pairs = [value.partition("=") for value in values]
                return all(standard in standards and _is_day(day) for standard, _, day in pairs)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@dataclass(frozen=True, kw_only=True)
class ProfileGroup:
    """Profile questions shown on one page."""

    id: str
    title: str
    intro: str
    questions: tuple[ProfileQuestion, ...]
