"""What is told as true, together with how well it is known."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Confidence(StrEnum):
    """How well a fact is known (the marks of the domain notes)."""

    SEVERAL_SOURCES = "several-sources"
    ONE_SOURCE = "one-source"
    GENERAL_KNOWLEDGE = "general-knowledge"
    JUDGEMENT = "judgement"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A statement together with how well it is known.

    ``source`` names where it was read, as its authors wrote it down; empty where it is judgement or general knowledge.
    ``looked_at`` is the day on which it was last compared with its sources; ``None`` where nobody wrote it down.
    """

    text: str
    confidence: Confidence
    source: str = ""
    looked_at: date | None = None
