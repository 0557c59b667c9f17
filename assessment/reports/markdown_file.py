"""The gap summary as Markdown (CommonMark with the tables of GFM). Every text is escaped, so that it shows as it was typed."""

import re
from collections.abc import Iterator

from assessment.domain.letterhead import Letterhead
from assessment.reports.outline.blocks import (
    Block,
    Cell,
    Facts,
    Figure,
    Heading,
    Listing,
    Look,
    Outline,
    Paragraph,
    Run,
    Table,
    Text,
)
from assessment.reports.outline.report import outline
from assessment.reports.outline.texts import shown
from assessment.reports.summary import GapSummary
from assessment.reports.words import SELF_ASSESSMENT

# What can begin something anywhere in a line, or an address by itself; and what can at the start of one.
_ANYWHERE = re.compile(r"([\\`*_\[\]<>|~&$@]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
_AT_START = re.compile(r"^(\d{0,9})([-+=#.)])")


def to_markdown(summary: GapSummary) -> bytes:
    """The summary as UTF-8."""
    told = outline(summary)
    parts = [
        f"# {escaped(told.title)}",
        *_letterhead(summary.letterhead or Letterhead()),
        *_cover(told),
        *(part for section in told.sections for part in (f"## {escaped(section.title)}", *map(_block, section.blocks))),
    ]
    return ("\n\n".join(parts) + "\n").encode("utf-8", "replace")


def escaped(text: str) -> str:
    """A line as it shows, whatever stands before it."""
    return _guarded(_ANYWHERE.sub(r"\\\1", shown(text).replace("\n", " ")).strip())


def _guarded(line: str) -> str:
    """An escaped line that begins nothing where it stands first."""
    return _AT_START.sub(r"\1\\\2", line)


def _letterhead(given: Letterhead) -> Iterator[str]:
    lines = [each for each in (given.name, *given.address.splitlines()) if each.strip()]
    if lines:
        yield "\\\n".join(map(escaped, lines))


def _cover(told: Outline) -> Iterator[str]:
    yield escaped(f"{told.cover.on}. {told.cover.state} {SELF_ASSESSMENT}")
    yield "\n".join(f"- {escaped(', '.join(each))}" for each in told.cover.standards)


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * (block.level + 1)} {' '.join(_lines(block.text))}"
        case Paragraph():
            text = _paragraph(_lines(block.text))
            return f"> {text}" if block.look is Look.NOTE else text
        case Listing():
            return "\n".join(
                f"{f'{number}.' if block.numbered else '-'} {_guarded(' '.join(_lines(each)))}"
                for number, each in enumerate(block.items, start=1)
            )
        case Table():
            return _table(block)
        case Facts():
            return _paragraph([line for label, value in block.rows for line in _fact(label, value)])
        case Figure():
            return (
                f"The chart “{escaped(block.chart.title)}” is in the PDF and on the page; its numbers are in the table below."
            )


def _paragraph(lines: list[str]) -> str:
    """Escaped lines, each on a line of its own also where it is shown."""
    return "\\\n".join(map(_guarded, lines))


def _fact(label: str, value: Cell) -> list[str]:
    first, *more = [line for text in value for line in _lines(text)]
    return [f"**{escaped(label)}:** {first}", *more]


def _table(table: Table) -> str:
    head = f"| {' | '.join(map(escaped, table.head))} |"
    rule = f"|{' --- |' * len(table.head)}"
    rows = (" | ".join("<br>".join(line for text in cell for line in _lines(text)) for cell in row) for row in table.rows)
    return "\n".join((head, rule, *(f"| {row} |" for row in rows)))


def _lines(text: Text) -> list[str]:
    """The lines of a paragraph, escaped for the middle of a line. Blanks at the start of one would mean something."""
    return [line.strip() for line in "".join(map(_run, text)).split("\n")]


def _run(run: Run) -> str:
    safe = _ANYWHERE.sub(r"\\\1", shown(run.text))
    if not run.strong or not safe.strip():
        return safe
    return f"**{safe.strip()}**{' ' if safe.endswith(' ') else ''}"
