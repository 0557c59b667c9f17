"""How people are protected: what the product answers to each requirement of a standard of security, and where it differs."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_suffix(".toml")


class Answer(StrEnum):
    """What is said to a requirement."""

    MET = "met"
    ABSENT = "absent"
    DEVIATES = "deviates"


@dataclass(frozen=True, kw_only=True)
class AnsweredRequirements:
    """One answer to some requirements.

    ``of`` are their numbers, such as ``1.2.1``. Where they are met, ``tests`` name what fails without it, such as
    ``web/test_x.py::what_is_promised``; where the product deviates, ``until`` is a sentence on when that changes, if ever.
    """

    of: tuple[str, ...]
    answer: Answer
    says: str
    tests: tuple[str, ...]
    until: str


@dataclass(frozen=True, kw_only=True)
class ProtectionChapter:
    """A chapter of the standard, with its title in our words."""

    id: str
    title: str
    answers: tuple[AnsweredRequirements, ...]


@dataclass(frozen=True, kw_only=True)
class Protection:
    """All answers, by chapter."""

    chapters: tuple[ProtectionChapter, ...]

    def count(self, answer: Answer) -> int:
        """Return how many requirements got an answer."""
        return sum(len(entry.of) for entry in self._entries() if entry.answer == answer)

    def deviations(self) -> list[AnsweredRequirements]:
        """Return what the product does in another way, in the order of the chapters."""
        return [entry for entry in self._entries() if entry.answer is Answer.DEVIATES]

    def texts(self) -> list[str]:
        """Return every text that people read, for translators."""
        titles = [chapter.title for chapter in self.chapters]
        return [*titles, *(text for entry in self._entries() for text in (entry.says, entry.until) if text)]

    def _entries(self) -> list[AnsweredRequirements]:
        return [entry for chapter in self.chapters for entry in chapter.answers]


@cache
def protection() -> Protection:
    """Return the answers as the file beside this module has them."""
    return read_protection(tomllib.loads(FILE.read_text(encoding="utf-8")))


def read_protection(document: Mapping[str, Any]) -> Protection:
    """Read the answers. Raises ``ValueError`` where one is neither proven, nor explained, nor dated."""
    chapters = tuple(
        ProtectionChapter(id=chapter["id"], title=chapter["title"], answers=tuple(map(_entry, chapter["answer"])))
        for chapter in document["chapter"]
    )
    return Protection(chapters=chapters)


def _entry(found: Mapping[str, Any]) -> AnsweredRequirements:
    entry = AnsweredRequirements(
        of=tuple(found["of"]),
        answer=Answer(found["verdict"]),
        says=found["says"],
        tests=tuple(found.get("tests", ())),
        until=found.get("until", ""),
    )
    if bool(entry.tests) is not (entry.answer is Answer.MET) or bool(entry.until) is not (entry.answer is Answer.DEVIATES):
        raise ValueError(
            f"{', '.join(entry.of)}: what is met names its tests, what deviates says until when, and nothing else does"
        )
    return entry
