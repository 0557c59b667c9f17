"""The outline as plain values for the Typst files: an entry for each kind of block, and places on scales."""

from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import Any

from assessment.reports.charts.timeline import PlanInTime
from assessment.reports.charts.timescale import Timescale
from assessment.reports.outline.blocks import (
    Bar,
    Beside,
    Block,
    Calendar,
    Cell,
    Chart,
    Comparison,
    Counts,
    Facts,
    Finding,
    Heading,
    Listing,
    Paragraph,
    Run,
    Scoreboard,
    Section,
    Step,
    Table,
    Text,
    plain,
)
from assessment.reports.outline.document import CoverStandard, Outline
from assessment.reports.texts import has_word_of, one_line, runs_right_to_left, shortened

Data = dict[str, Any]
MOST_IN_HEAD = 60  # characters of a name that fit into the running head
# Questions, and lines that people wrote, beyond which a finding may go on over pages; and what a line holds at least.
KEPT_TOGETHER, LINES_TOGETHER, IN_A_LINE = 3, 20, 60
# Characters of a row or a step that is not split over pages.
SHORT = 1500
# Letters of a word that may be divided: of people's own words, and of any.
LONG_SAID, LONG = 18, 30
ROOM = 40  # the calendar goes on for one part in so many


def to_data(report: Outline, on: date, *, logo: bool) -> Data:
    """Return everything the document shows, ready to be written as JSON."""
    cover = report.cover
    return {
        "title": report.title,
        "author": report.author,
        "language": report.language,
        "date": [on.year, on.month, on.day],
        "head": text_data(plain(shortened(cover.organisation, MOST_IN_HEAD))),
        "foot": report.frame.foot,
        "page": report.frame.page,
        "contents": "" if report.brief else report.frame.contents,
        "sender": [text_data(plain(one_line(line))) for line in report.sender],
        "logo": report.frame.logo if logo else "",
        "cover": {
            "kind": cover.kind,
            "organisation": text_data(plain(one_line(cover.organisation))),
            "length": len(cover.organisation),
            "on": cover.on,
            "standards": list(map(_cover_standard, cover.standards)),
            "foot": f"{cover.key} {cover.state}" if cover.standards else cover.state,
        },
        "sections": list(map(_section, report.sections)),
    }


def _cover_standard(standard: CoverStandard) -> Data:
    return {
        "edition": standard.edition,
        "score": standard.score,
        "chapters": [{"number": number, "title": title, "low": low} for number, title, low in standard.chapters],
        "says": standard.says,
    }


def _section(section: Section) -> Data:
    return {"title": section.title, "chapters": list(section.chapters), "blocks": _blocks(section.blocks)}


def _blocks(blocks: Sequence[Block]) -> list[Data]:
    return [{"kind": block.kind, **_block(block)} for block in blocks]


def _block(block: Block) -> Data:  # noqa: C901  # a case for each kind, each of a line
    match block:
        case Heading():
            return {"level": block.level, "text": text_data(block.text), "chapter": block.chapter}
        case Paragraph():
            return {"look": block.look, "text": text_data(block.text)}
        case Listing():
            return {"items": list(map(text_data, block.items)), "numbered": block.numbered}
        case Table():
            return _table(block)
        case Facts():
            return {"rows": _facts(block)}
        case Bar():
            return _bar(block)
        case Chart():
            return _chart(block)
        case Counts():
            return _counts(block)
        case Scoreboard():
            return _scoreboard(block)
        case Finding():
            return _finding(block)
        case Step():
            return _step(block)
        case Calendar():
            return _calendar(block.plan, block.names)
        case Comparison():
            return {"title": block.title, "sentences": list(block.sentences), "bars": list(map(_bar, block.bars))}
        case Beside():
            return {"parts": list(map(_blocks, block.parts))}


def text_data(text: Text) -> list[Any]:
    """Return a paragraph as its runs: a string, or a dictionary where one needs care; see ``runs`` in ``parts.typ``."""
    return [_run(run) for run in text]


def _run(run: Run) -> str | Data:
    care = {
        "strong": run.strong,
        "grade": run.grade,
        "href": run.href,
        "rtl": runs_right_to_left(run.text),
        "long": has_word_of(run.text, LONG_SAID if run.said else LONG),
    }
    return {"text": run.text, **care} if any(care.values()) or "\n" in run.text else run.text


def _cell(cell: Cell) -> list[Any]:
    return [text_data(text) for text in cell if text]


def _length(cells: Sequence[Cell]) -> int:
    return sum(len(run.text) + IN_A_LINE * run.text.count("\n") for text in chain.from_iterable(cells) for run in text)


def _table(table: Table) -> Data:
    """Return a table; numbers and dates stand to the right where a whole column holds nothing else, and is narrow."""
    return {
        "head": list(table.head),
        "shares": list(table.shares),
        "rows": [{"cells": list(map(_cell, row)), "long": _length(row) > SHORT} for row in table.rows],
    }


def _facts(facts: Facts) -> list[Data]:
    return [{"label": text_data(label), "parts": _cell(value)} for label, value in facts.rows]


def _bar(bar: Bar) -> Data:
    return {"low": bar.low, "high": bar.high, "says": bar.says}


def _chart(block: Chart) -> Data:
    chart = block.chart
    return {
        "says": f"{chart.title}. {chart.description}",
        "key": block.key,
        "series": list(chart.series),
        "rows": [
            {"label": row.label, "points": [{"low": each.low, "high": each.high, "text": each.text} for each in row.points]}
            for row in chart.rows
        ],
    }


def _counts(counts: Counts) -> Data:
    return {"rows": [{"label": text_data(label), "number": number} for label, number in counts.rows]}


def _scoreboard(board: Scoreboard) -> Data:
    return {
        "panels": [
            {
                "title": panel.title,
                "verdict": panel.verdict,
                "score": panel.score,
                "bar": _bar(panel.bar) if panel.bar else None,
                "counts": _counts(panel.counts),
                "sentences": list(panel.sentences),
            }
            for panel in board.panels
        ]
    }


def _finding(finding: Finding) -> Data:
    written = [run.text for facts in finding.questions for _, cell in facts.rows for text in cell for run in text if run.said]
    lines = sum(len(line) // IN_A_LINE + 1 for text in written for line in text.splitlines())
    return {
        "grade": _run(finding.grade),
        "clause": finding.clause,
        "title": finding.title,
        "reasons": list(finding.reasons),
        "questions": [_facts(facts) for facts in finding.questions],
        "helps": _facts(finding.helps),
        "long": len(finding.questions) > KEPT_TOGETHER or lines > LINES_TOGETHER,
    }


def _step(step: Step) -> Data:
    return {
        "number": step.number,
        "title": step.title,
        "about": list(map(text_data, step.about)),
        "facts": _facts(step.facts),
        "brief": step.brief,
        "long": _length([value for _, value in step.facts.rows]) > SHORT,
    }


def _calendar(plan: PlanInTime, names: Sequence[str]) -> Data:
    """Return the calendar with places in percent; the line goes on a little after the last day, so that it is drawn within."""
    last = max((day for each in plan.audits for day in each.days), default=plan.start)
    last = max([last, *(step.end for step in plan.steps)])
    scale = Timescale(plan.start, [last + min((last - plan.start) / ROOM, date.max - last)])
    return {
        "says": plan.description,
        "names": list(names),
        "ticks": [{"at": tick.at, "month": tick.month, "year": tick.year} for tick in scale.ticks()],
        "audits": [{"name": audits.name, "at": list(map(scale.place, audits.days))} for audits in plan.audits],
        "bars": [
            {
                "number": step.number,
                "title": step.title,
                "from": scale.place(step.start),
                "to": scale.place(step.end),
                "holds": step.holds,
                "certain": step.certain,
                "done": step.done,
            }
            for step in sorted(plan.steps, key=lambda step: (step.start, step.number))
        ],
    }
