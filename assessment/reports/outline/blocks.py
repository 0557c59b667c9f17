"""What an outline is made of. Texts are plain: a format that prints them escapes them, and none reads them as markup."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from assessment.reports.charts import Chart


@dataclass(frozen=True, kw_only=True)
class Run:
    """A stretch of text. ``said`` are people's own words, in whatever script; ``href`` an http or https address."""

    text: str
    strong: bool = False
    said: bool = False
    href: str = ""


# One paragraph; and what stands in a cell: one paragraph under the other.
Text = tuple[Run, ...]
Cell = tuple[Text, ...]


class Look(StrEnum):
    """How much a paragraph stands out."""

    BODY = "body"
    LEAD = "lead"
    NOTE = "note"
    QUIET = "quiet"


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading within a section, of level 2 or 3. ``grade`` is the id of a finding's grade, which also stands in the text."""

    kind: ClassVar = "heading"
    level: int
    text: Text
    grade: str = ""


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph."""

    kind: ClassVar = "paragraph"
    text: Text
    look: Look = Look.BODY


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list; numbered where its order says something."""

    kind: ClassVar = "listing"
    items: tuple[Text, ...]
    numbered: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with a head. ``shares`` say how the columns share the width; every row has as many cells as the head."""

    kind: ClassVar = "table"
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shares: tuple[int, ...]

    def __post_init__(self) -> None:
        if {len(self.head), len(self.shares), *map(len, self.rows)} != {len(self.head)}:
            raise ValueError(f"the table {self.caption!r} has rows of different lengths")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Pairs of a label and what it is."""

    kind: ClassVar = "facts"
    rows: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A chart. Its numbers stand in a table as well, so a format that cannot draw prints its description only."""

    kind: ClassVar = "figure"
    chart: Chart


Block = Heading | Paragraph | Listing | Table | Facts | Figure


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the report with a heading of level 1. ``key`` is unique, of letters, digits and hyphens."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class Cover:
    """What stands on the first page: a line for each standard (edition, range, depth), and how far it is answered."""

    organisation: str
    on: str
    standards: tuple[tuple[str, str, str], ...]
    state: str


@dataclass(frozen=True, kw_only=True)
class Outline:
    """The whole report. The first section is the page for a director."""

    title: str
    cover: Cover
    sections: tuple[Section, ...]


def plain(text: str) -> Text:
    """A paragraph in our own words."""
    return (Run(text=text),)


def strong(text: str) -> Text:
    """A paragraph in our own words that stands out."""
    return (Run(text=text, strong=True),)


def said(text: str) -> Text:
    """A paragraph in somebody's own words."""
    return (Run(text=text, said=True),)


def cell(*texts: str | Text) -> Cell:
    """What stands in a cell; empty texts are left out, and an empty cell still has one paragraph."""
    kept = tuple(plain(each) if isinstance(each, str) else each for each in texts if each)
    return kept or ((),)


def paragraph(text: str, look: Look = Look.BODY) -> Paragraph:
    """A paragraph in our own words."""
    return Paragraph(text=plain(text), look=look)


def heading(text: str, level: int = 2) -> Heading:
    """A heading in our own words."""
    return Heading(level=level, text=plain(text))


def bullets(items: Iterable[str], *, numbered: bool = False) -> Listing:
    """A list in our own words."""
    return Listing(items=tuple(map(plain, items)), numbered=numbered)


def facts(*rows: tuple[str, Cell] | None) -> Facts:
    """Pairs of label and what it is; ``None`` is left out."""
    return Facts(rows=tuple(each for each in rows if each is not None))
