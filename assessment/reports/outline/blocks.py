"""What an outline is made of. Texts are plain: a format that prints them escapes them, and none reads them as markup.

Some blocks have a meaning (a scoreboard, a finding, a step), so that a format may draw them in a way of its own. `plain.py`
says the same in simple blocks, in the same order, for formats that have nothing better.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from assessment.domain.findings import Grade
from assessment.reports.charts.scores import ScoreChart
from assessment.reports.charts.timeline import PlanInTime
from assessment.reports.texts import shown


@dataclass(frozen=True, kw_only=True)
class Run:
    """A stretch of text, made fit to be shown. ``said`` are people's own words; ``href`` an http or https address.

    ``grade`` is the id of the grade of a finding that the text names.
    """

    text: str
    strong: bool = False
    said: bool = False
    href: str = ""
    grade: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", shown(self.text))


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
    """A heading within a section, of level 2 or 3. ``chapter`` is the number of a chapter that begins with it."""

    kind: ClassVar = "heading"
    level: int
    text: Text
    chapter: str = ""


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
    rows: tuple[tuple[Text, Cell], ...]


@dataclass(frozen=True, kw_only=True)
class Bar:
    """How far something reaches on a scale from 0 to 100: certain, and at most. ``says`` is what a text beside it says too."""

    kind: ClassVar = "bar"
    low: int
    high: int
    says: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Scores drawn side by side; ``key`` explains marks and bars. Its description and numbers stand in blocks beside it."""

    kind: ClassVar = "chart"
    chart: ScoreChart
    key: str


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many findings there are of each grade."""

    kind: ClassVar = "counts"
    rows: tuple[tuple[Text, int], ...]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Where one standard stands: its edition, its verdict, its score, sentences about it, and how many findings.

    ``bar`` is ``None`` where nothing applies; ``counts`` are empty before the first answer.
    """

    title: str
    verdict: str
    score: str
    bar: Bar | None
    counts: Counts
    sentences: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Scoreboard:
    """Where every standard stands."""

    kind: ClassVar = "scoreboard"
    panels: tuple[Panel, ...]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What an auditor would probably write: grade, clause, why, each question with its answer, and what helps."""

    kind: ClassVar = "finding"
    grade: Run
    clause: str
    title: str
    reasons: tuple[str, ...]
    questions: tuple[Facts, ...]
    helps: Facts


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of the plan with its number. A ``brief`` one stands among few others, without a heading of its own."""

    kind: ClassVar = "step"
    number: int
    title: str
    about: tuple[Text, ...]
    facts: Facts
    brief: bool = False


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The plan in time. ``names`` say what is drawn: a step that holds a date, another one, one that may fall away, one that is
    done; stage 1, stage 2 and the certificate. The table of steps and dates says the same."""

    kind: ClassVar = "calendar"
    plan: PlanInTime
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What one standard gives another: what carries over today, and the score before and after, also as bars."""

    kind: ClassVar = "comparison"
    title: str
    sentences: tuple[str, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, kw_only=True)
class Beside:
    """Parts that stand side by side where there is room, each of them blocks from top to bottom."""

    kind: ClassVar = "beside"
    parts: tuple[tuple["Block", ...], ...]


Simple = Heading | Paragraph | Listing | Table | Facts
Block = Simple | Bar | Chart | Counts | Scoreboard | Finding | Step | Calendar | Comparison | Beside


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the report with a heading of level 1. ``key`` is unique, of letters, digits and hyphens.

    ``chapters`` are the numbers of the chapters of its standard, where it goes through them.
    """

    key: str
    title: str
    blocks: tuple[Block, ...]
    chapters: tuple[str, ...] = ()


def plain(text: str) -> Text:
    """Return a paragraph in our own words."""
    return (Run(text=str(text)),)


def strong(text: str) -> Text:
    """Return a paragraph in our own words that stands out."""
    return (Run(text=str(text), strong=True),)


def said(text: str) -> Text:
    """Return a paragraph in somebody's own words."""
    return (Run(text=text, said=True),)


def grade_id(grade: Grade) -> str:
    """Return the id of a grade, such as ``likely-major``."""
    return grade.name.lower().replace("_", "-")


def cell(*texts: str | Text) -> Cell:
    """Return what stands in a cell; empty texts are left out, and an empty cell still has one paragraph."""
    kept = tuple(each if isinstance(each, tuple) else plain(each) for each in texts if each)
    return kept or ((),)


def paragraph(text: str, look: Look = Look.BODY) -> Paragraph:
    """Return a paragraph in our own words."""
    return Paragraph(text=plain(text), look=look)


def heading(text: str, level: int = 2) -> Heading:
    """Return a heading in our own words."""
    return Heading(level=level, text=plain(text))


def bullets(items: Iterable[str], *, numbered: bool = False) -> Listing:
    """Return a list in our own words."""
    return Listing(items=tuple(map(plain, items)), numbered=numbered)


def facts(*rows: tuple[str, Cell] | None) -> Facts:
    """Return pairs of label and what it is; ``None`` is left out."""
    return Facts(rows=tuple((plain(label), value) for label, value in filter(None, rows)))


def table(caption: str, head: Iterable[str], rows: Iterable[tuple[Cell, ...]], shares: tuple[int, ...]) -> Table:
    """Return a table whose caption and head are in our own words."""
    return Table(caption=str(caption), head=tuple(map(str, head)), rows=tuple(rows), shares=shares)
