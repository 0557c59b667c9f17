"""Scores side by side: a dumbbell for each chapter or principle, with every position worked out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assessment.domain.answers import AnswerSheet
from assessment.domain.result import StandardResult
from assessment.domain.scoring import Score, score_of
from assessment.reports.words import percent_range, plural


@dataclass(frozen=True, kw_only=True)
class ChartPoint:
    """Where one series stands on one row, in whole percent; ``None`` where nothing applies.

    Its label stands at ``label_x`` percent, and ``anchor`` says to which side of that ("end": left, "start": right). It is
    empty where another point of the row says the same.
    """

    low: int | None
    high: int | None
    text: str
    label: str
    anchor: str = "start"
    label_x: int = 0


@dataclass(frozen=True, kw_only=True)
class ChartRow:
    """One row of a dumbbell chart. ``link`` is what joins two marks, from and to in percent."""

    label: str
    label_y: int
    mark_y: int
    value_y: int
    points: tuple[ChartPoint, ...]
    link: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class Series:
    """One series of a chart: told apart by shape, fill and label."""

    name: str
    shape: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A dumbbell chart, with the words that say what it shows. Positions down are in pixels, across in percent.

    ``id`` is its own on any page that shows several.
    """

    id: str
    title: str
    description: str
    series: tuple[Series, ...]
    rows: tuple[ChartRow, ...]
    height: int


SHAPES = ("circle", "square")
SIGNS = ("●", "□")
# Pixels: a row with its label above its axis and the values below it; then the line of numbers.
ROW_HEIGHT, LABEL_AT, MARK_AT, VALUE_AT, AXIS_HEIGHT = 72, 15, 33, 57, 34
# What a value such as "● 25 to 31 %" takes, in percent of a narrow screen.
LABEL_WIDTH = 36


def point(score: Score) -> ChartPoint:
    """A score as a point."""
    return ChartPoint(low=score.low, high=score.high, text=percent_range(score), label=percent_range(score))


def chapter_chart(results: Sequence[StandardResult], title: str) -> Chart:
    """One or two standards, chapter by chapter; the score of nothing at all where a standard has no such chapter."""
    chapters = {chapter.number: chapter for result in results for chapter, _ in result.by_chapter}
    found = [{chapter.number: score for chapter, score in result.by_chapter} for result in results]
    nothing = [score_of((), AnswerSheet(), result.questionnaire.rules) for result in results]
    rows = [
        (f"{number} {chapter.title}", [by.get(number, none) for by, none in zip(found, nothing, strict=True)])
        for number, chapter in chapters.items()
    ]
    names = [result.questionnaire.standard.name for result in results]
    said = [_finding(result, "chapter", [(c.number, score) for c, score in result.by_chapter]) for result in results]
    key = "-".join(("chapters", *(result.questionnaire.standard.id for result in results)))
    return _chart(key, title, " ".join(said), names, rows)


def principle_chart(result: StandardResult) -> Chart:
    """One standard, principle by principle; standards have principles of their own, so each has its own chart."""
    standard = result.questionnaire.standard
    rows = [(principle.title, [score]) for principle, score in result.by_principle]
    said = _finding(result, "", [(f"“{principle.title}”", score) for principle, score in result.by_principle])
    return _chart(f"principles-{standard.id}", f"{standard.name} by principle", said, [standard.name], rows)


def _chart(name: str, title: str, description: str, names: Sequence[str], rows: Sequence[tuple[str, list[Score]]]) -> Chart:
    return Chart(
        id=name,
        title=title,
        description=description,
        series=tuple(Series(name=name, shape=shape) for name, shape in zip(names, SHAPES, strict=False)),
        rows=tuple(_row(label, position * ROW_HEIGHT, scores) for position, (label, scores) in enumerate(rows)),
        height=len(rows) * ROW_HEIGHT + AXIS_HEIGHT,
    )


def _row(label: str, top: int, scores: list[Score]) -> ChartRow:
    lows = [score.low for score in scores if score.low is not None]
    return ChartRow(
        label=label,
        label_y=top + LABEL_AT,
        mark_y=top + MARK_AT,
        value_y=top + VALUE_AT,
        points=placed([point(score) for score in scores]),
        link=(min(lows), max(lows)) if len(lows) > 1 and min(lows) < max(lows) else None,
    )


def placed(points: list[ChartPoint]) -> tuple[ChartPoint, ...]:
    """The points with their labels where they meet neither each other nor an edge: outwards, or one beside the other."""
    found = list(points)
    for index, each in enumerate(points):
        if each.label in [earlier.label for earlier in points[:index]]:
            found[index] = replace(each, label="")
    if len(found) > 1 and all(each.label for each in found):  # each says by its mark whose value it is
        found = [replace(each, label=f"{sign} {each.label}") for sign, each in zip(SIGNS, found, strict=False)]
    order = sorted((index for index, each in enumerate(found) if each.label), key=lambda index: points[index].low or 0)
    for rank, index in enumerate(order):
        at = points[index].low or 0
        outwards = "end" if len(order) > 1 and rank == 0 else "start"
        anchor = "start" if at < LABEL_WIDTH else "end" if at > 100 - LABEL_WIDTH else outwards
        found[index] = replace(found[index], anchor=anchor, label_x=at)
    if len(order) > 1:
        _part(found, order[0], order[-1])
    return tuple(found)


def _part(found: list[ChartPoint], lower: int, higher: int) -> None:
    """Move two labels apart where they would meet, and back where they would leave the chart."""
    left, right = found[lower], found[higher]
    begin, then = (each.label_x - (LABEL_WIDTH if each.anchor == "end" else 0) for each in (left, right))
    begin = max(begin, 0)
    then = min(max(then, begin + LABEL_WIDTH), 100 - LABEL_WIDTH)
    begin = min(begin, then - LABEL_WIDTH)
    for index, each, start in ((lower, left, begin), (higher, right, then)):
        found[index] = replace(each, label_x=start + (LABEL_WIDTH if each.anchor == "end" else 0))


def _finding(result: StandardResult, kind: str, scores: Sequence[tuple[str, Score]]) -> str:
    """What the chart shows of one standard, in a sentence."""
    name = result.questionnaire.standard.name
    scored = [(score.low, title) for title, score in scores if score.low is not None]
    if not scored:
        return f"{name}: nothing applies."
    still_open = f"{plural(result.score.open, 'answer', 'answers')} open."
    (lowest, weakest), (highest, strongest) = min(scored, key=_percent), max(scored, key=_percent)
    if lowest == highest:
        return f"{name}: {lowest} % certain everywhere, {still_open}"
    strong, weak = f"{kind} {strongest}".strip(), f"{kind} {weakest}".strip()
    return f"{name}: strongest in {strong} ({highest} % certain), weakest in {weak} ({lowest} % certain), {still_open}"


def _percent(pair: tuple[int, str]) -> int:
    return pair[0]
