"""Scores laid out as a dumbbell chart of SVG: a mark for what is certain, a thin bar for what open answers may add.

Down in pixels, across in percent, so that the drawing fits any width without scaling its text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assessment.reports.charts.scores import ScoreChart, ScorePoint, ScoreRow

# The shapes of the series, and the signs that stand for them in a text. A fifth series begins again with the first shape
# and carries the number 2, and so on.
SHAPES = ("circle", "square", "diamond", "triangle")
SIGNS = ("●", "□", "◆", "△")
# Pixels: a row with its label above its axis and the values below it, a further line of values; then the line of numbers.
ROW_HEIGHT, LABEL_AT, MARK_AT, VALUE_AT, LINE_HEIGHT, AXIS_HEIGHT = 72, 15, 33, 57, 18, 34
# What a value such as "● 25 to 31 %" takes, in percent of a narrow screen.
LABEL_WIDTH = 36


@dataclass(frozen=True, kw_only=True)
class Series:
    """One series: told apart by shape, fill and label. ``round`` counts how often its shape was used before it."""

    name: str
    shape: str
    round: int


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A point as it is drawn: its bar at ``bar_y``, its label at ``label_x`` and ``label_y``, to the side that ``anchor`` says
    ("end": left, "start": right). The label is empty where another point of the row says the same."""

    low: int | None
    high: int | None
    text: str
    label: str
    bar_y: int = 0
    label_y: int = 0
    anchor: str = "start"
    label_x: int = 0


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row. ``link`` is what joins the outermost marks, from and to in percent."""

    label: str
    label_y: int
    mark_y: int
    points: tuple[Mark, ...]
    link: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class Dumbbell:
    """The chart laid out, with the words that say what it shows."""

    id: str
    title: str
    description: str
    series: tuple[Series, ...]
    rows: tuple[Row, ...]
    height: int


def dumbbell(chart: ScoreChart) -> Dumbbell:
    """Lay out scores. Rows grow by a line for each series after the second."""
    height = ROW_HEIGHT + LINE_HEIGHT * max(0, len(chart.series) - 2)
    return Dumbbell(
        id=chart.id,
        title=chart.title,
        description=chart.description,
        series=tuple(
            Series(name=name, shape=SHAPES[number % len(SHAPES)], round=number // len(SHAPES))
            for number, name in enumerate(chart.series)
        ),
        rows=tuple(_row(row, position * height) for position, row in enumerate(chart.rows)),
        height=len(chart.rows) * height + AXIS_HEIGHT,
    )


def sign(number: int) -> str:
    """Return what stands for a series in a text, counted from 0."""
    again = number // len(SIGNS)
    return SIGNS[number % len(SIGNS)] + (str(again + 1) if again else "")


def _row(row: ScoreRow, top: int) -> Row:
    lows = [point.low for point in row.points if point.low is not None]
    marks = placed(row.points)
    return Row(
        label=row.label,
        label_y=top + LABEL_AT,
        mark_y=top + MARK_AT,
        points=tuple(replace(mark, bar_y=top + mark.bar_y, label_y=top + mark.label_y) for mark in marks),
        link=(min(lows), max(lows)) if len(lows) > 1 and min(lows) < max(lows) else None,
    )


def placed(points: Sequence[ScorePoint]) -> tuple[Mark, ...]:
    """Return the marks with their labels where they meet neither each other nor an edge.

    The labels of two stand outwards or one beside the other; those of more stand under each other.
    """
    marks = [
        Mark(low=each.low, high=each.high, text=each.text, label=label, bar_y=MARK_AT - 9 + number * 14 // (len(points) or 1))
        for number, (each, label) in enumerate(zip(points, _labels(points), strict=True))
    ]
    labelled = sorted((at for at, mark in enumerate(marks) if mark.label), key=lambda at: marks[at].low or 0)
    for rank, at in enumerate(labelled):
        x = marks[at].low or 0
        outwards = "end" if len(labelled) > 1 and rank == 0 else "start"
        anchor = "start" if x < LABEL_WIDTH else "end" if x > 100 - LABEL_WIDTH else outwards
        line = rank if len(labelled) > 2 else 0
        marks[at] = replace(marks[at], anchor=anchor, label_x=x, label_y=VALUE_AT + line * LINE_HEIGHT)
    if len(labelled) == 2:
        _part(marks, *labelled)
    return tuple(marks)


def _labels(points: Sequence[ScorePoint]) -> list[str]:
    """Return what each value says; a value said before is empty, and where several stay each says by its sign whose it is."""
    texts = [
        point.text if point.text not in [earlier.text for earlier in points[:at]] else "" for at, point in enumerate(points)
    ]
    if len(texts) > 1 and (all(texts) or sum(map(bool, texts)) > 1):
        return [f"{sign(at)} {text}" if text else "" for at, text in enumerate(texts)]
    return texts


def _part(marks: list[Mark], lower: int, higher: int) -> None:
    """Move two labels apart where they would meet, and back where they would leave the chart."""
    left, right = marks[lower], marks[higher]
    begin, then = (mark.label_x - (LABEL_WIDTH if mark.anchor == "end" else 0) for mark in (left, right))
    begin = max(begin, 0)
    then = min(max(then, begin + LABEL_WIDTH), 100 - LABEL_WIDTH)
    begin = min(begin, then - LABEL_WIDTH)
    for at, mark, start in ((lower, left, begin), (higher, right, then)):
        marks[at] = replace(mark, label_x=start + (LABEL_WIDTH if mark.anchor == "end" else 0))
