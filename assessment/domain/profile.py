"""What the organisation is asked about itself."""

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, kw_only=True)
class ProfileGroup:
    """Profile questions shown on one page."""

    id: str
    title: str
    intro: str
    questions: tuple[ProfileQuestion, ...]
