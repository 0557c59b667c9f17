"""Blocks with a meaning, said in simple blocks: what Word and Markdown show, and the order of every format."""

from collections.abc import Iterable, Iterator
from itertools import chain

from assessment.reports.outline.blocks import (
    Bar,
    Beside,
    Block,
    Calendar,
    Chart,
    Comparison,
    Counts,
    Facts,
    Finding,
    Heading,
    Listing,
    Look,
    Panel,
    Paragraph,
    Run,
    Scoreboard,
    Simple,
    Step,
    Table,
    cell,
    heading,
    paragraph,
    plain,
    strong,
)


def simple(blocks: Iterable[Block]) -> Iterator[Simple | Chart]:
    """Yield what blocks say, in order. Bars and calendars are only drawn: texts beside them say the same."""
    for block in blocks:
        match block:
            case Heading() | Paragraph() | Listing() | Table() | Facts() | Chart():
                yield block
            case Beside():
                yield from simple(chain.from_iterable(block.parts))
            case Bar() | Calendar():
                pass
            case _:
                yield from _said(block)


def _said(block: Scoreboard | Counts | Finding | Step | Comparison) -> Iterator[Simple]:
    match block:
        case Scoreboard():
            yield from chain.from_iterable(map(_panel, block.panels))
        case Counts():
            yield _counts(block)
        case Finding():
            yield from _finding(block)
        case Step():
            yield from _step(block)
        case Comparison():
            yield heading(block.title)
            yield from map(paragraph, block.sentences)


def _panel(panel: Panel) -> Iterator[Simple]:
    yield heading(panel.title, level=3)
    yield Paragraph(text=strong(panel.verdict), look=Look.LEAD)
    yield paragraph(panel.score)
    yield from map(paragraph, panel.sentences)
    if panel.counts.rows:
        yield _counts(panel.counts)


def _counts(counts: Counts) -> Facts:
    return Facts(rows=tuple((label, cell(str(number))) for label, number in counts.rows))


def _finding(finding: Finding) -> Iterator[Simple]:
    title = (finding.grade, Run(text=" "), Run(text=finding.clause), Run(text=" "), Run(text=finding.title))
    yield Heading(level=3, text=title)
    for reason in finding.reasons:
        yield paragraph(reason, Look.QUIET)
    yield from finding.questions
    if finding.helps.rows:
        yield finding.helps


def _step(step: Step) -> Iterator[Simple]:
    title = plain(f"{step.number} {step.title}")
    yield Paragraph(text=strong(f"{step.number} {step.title}")) if step.brief else Heading(level=3, text=title)
    for text in step.about:
        yield Paragraph(text=text)
    if step.facts.rows:
        yield step.facts
