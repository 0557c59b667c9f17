"""A whole document: its cover, what stands around the text, and its sections."""

from dataclasses import dataclass

from assessment.reports.outline.blocks import Bar, Section


@dataclass(frozen=True, kw_only=True)
class CoverStandard:
    """A standard on the cover: edition, score, how much is answered, and each chapter.

    A chapter is its number, title and what is certain (``None``: nothing applies). ``says`` tells the chapters in words.
    """

    edition: str
    score: str
    answered: str
    bar: Bar | None
    chapters: tuple[tuple[str, str, int | None], ...]
    says: str


@dataclass(frozen=True, kw_only=True)
class Cover:
    """What stands on the first page. ``key`` explains the rulers, where chapters are drawn as such."""

    kind: str
    organisation: str
    on: str
    standards: tuple[CoverStandard, ...]
    key: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What stands around the text: the title of the contents, the foot, and ``{page}`` of ``{pages}``."""

    contents: str
    foot: str
    page: str
    logo: str


@dataclass(frozen=True, kw_only=True)
class Outline:
    """The whole report. The first section is the page for a director; the contents follow it.

    ``sender`` are the lines of a letterhead, its name first. A ``brief`` one needs no contents where pages are set.
    """

    title: str
    author: str
    sender: tuple[str, ...]
    language: str
    cover: Cover
    frame: Frame
    sections: tuple[Section, ...]
    brief: bool = False
