"""The gap summary as Markdown (CommonMark with the tables of GFM). Every text is escaped, so that it shows as it was typed."""

import re
from collections.abc import Iterator

from assessment.reports.outline.blocks import Cell, Chart, Facts, Heading, Listing, Look, Paragraph, Run, Simple, Table, Text
from assessment.reports.outline.document import Outline
from assessment.reports.outline.plain import simple
from assessment.reports.outline.report import outline
from assessment.reports.summary import GapSummary

# What can begin something anywhere in a line, or an address by itself; and what can at the start of one.
_ANYWHERE = re.compile(r"([\\`*_\[\]<>|~&$@]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
_AT_START = re.compile(r"^(\d{0,9})([-+=#.)])")


def to_markdown(summary: GapSummary) -> bytes:
    """Return the summary as UTF-8."""
    return printed(outline(summary)).encode("utf-8", "replace")


def printed(report: Outline) -> str:
    """Return a report as text. Charts are left out: their descriptions and numbers stand beside them."""
    parts = [
        f"# {escaped(report.title)}",
        *(["\\\n".join(map(escaped, report.sender))] if report.sender else ()),
        *_cover(report),
        *(
            part
            for section in report.sections
            for part in (f"## {escaped(section.title)}", *map(_block, simple(section.blocks)))
        ),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(text: str) -> str:
    """Return a line as it shows, whatever stands before it."""
    return _guarded(_ANYWHERE.sub(r"\\\1", text.replace("\n", " ")).strip())


def _guarded(line: str) -> str:
    """Return an escaped line that begins nothing where it stands first."""
    return _AT_START.sub(r"\1\\\2", line)


def _cover(report: Outline) -> Iterator[str]:
    yield escaped(f"{report.cover.on}. {report.cover.state}")
    yield "\n".join(f"- {escaped(', '.join((each.edition, each.score, each.answered)))}" for each in report.cover.standards)


def _block(block: Simple | Chart) -> str:
    match block:
        case Heading():
            return f"{'#' * (block.level + 1)} {' '.join(_lines(block.text))}"
        case Paragraph():
            text = _paragraph(_lines(block.text))
            return f"> {text}" if block.look is Look.NOTE else text
        case Listing():
            return "\n".join(
                f"{f'{number}.' if block.numbered else '-'} {_guarded(' '.join(_lines(item)))}"
                for number, item in enumerate(block.items, start=1)
            )
        case Table():
            return _table(block)
        case Facts():
            return _paragraph([line for label, value in block.rows for line in _fact(label, value)])
        case Chart():
            return ""


def _paragraph(lines: list[str]) -> str:
    """Escaped lines, each on a line of its own also where it is shown."""
    return "\\\n".join(map(_guarded, lines))


def _fact(label: Text, value: Cell) -> list[str]:
    first, *more = [line for text in value for line in _lines(text)]
    return [f"**{' '.join(_lines(label))}:** {first}", *more]


def _table(table: Table) -> str:
    head = f"| {' | '.join(map(escaped, table.head))} |"
    rule = f"|{' --- |' * len(table.head)}"
    rows = (" | ".join("<br>".join(line for text in cell for line in _lines(text)) for cell in row) for row in table.rows)
    return "\n".join((head, rule, *(f"| {row} |" for row in rows)))


def _lines(text: Text) -> list[str]:
    """Return the lines of a paragraph, escaped for the middle of a line. Blanks at the start of one would mean something."""
    return [line.strip() for line in "".join(map(_run, text)).split("\n")]


def _run(run: Run) -> str:
    safe = _ANYWHERE.sub(r"\\\1", run.text)
    if not run.strong or not safe.strip():
        return safe
    return f"**{safe.strip()}**{' ' if safe.endswith(' ') else ''}"
