"""Scores side by side: a dumbbell for each chapter, with every position worked out."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.domain.answers import AnswerSheet
from assessment.domain.result import StandardResult
from assessment.domain.scoring import Score, score_of
from assessment.domain.standard import Chapter
from assessment.reports.words import percent_range, plural


@dataclass(frozen=True, kw_only=True)
class ChartPoint:
    """Where one series stands on one row, in whole percent; ``None`` where nothing applies."""

    low: int | None
    high: int | None
    text: str


@dataclass(frozen=True, kw_only=True)
class ChartRow:
    """One row of a dumbbell chart."""

    label: str
    label_y: int
    mark_y: int
    points: tuple[ChartPoint, ...]


@dataclass(frozen=True, kw_only=True)
class Series:
    """One series of a chart: told apart by shape, fill and label."""

    name: str
    shape: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A dumbbell chart, with the words that say what it shows. Positions down are in pixels, across in percent."""

    title: str
    description: str
    series: tuple[Series, ...]
    rows: tuple[ChartRow, ...]
    height: int


SHAPES = ("circle", "square")
# Pixels: a row with its label above its axis, and the line of numbers under the last row.
ROW_HEIGHT, LABEL_AT, MARK_AT, AXIS_HEIGHT = 52, 16, 34, 20


def point(score: Score) -> ChartPoint:
    """A score as a point."""
    return ChartPoint(low=score.low, high=score.high, text=percent_range(score))


def chapter_chart(results: Sequence[StandardResult], title: str) -> Chart:
    """One or two standards, chapter by chapter."""
    chapters = {chapter.number: chapter for result in results for chapter, _ in result.by_chapter}
    rows = []
    for position, (number, chapter) in enumerate(chapters.items()):
        scores = [_score(result, number) for result in results]
        rows.append(
            ChartRow(
                label=f"{number} {chapter.title}",
                label_y=position * ROW_HEIGHT + LABEL_AT,
                mark_y=position * ROW_HEIGHT + MARK_AT,
                points=tuple(point(score) for score in scores),
            )
        )
    series = tuple(
        Series(name=result.questionnaire.standard.name, shape=shape) for result, shape in zip(results, SHAPES, strict=False)
    )
    height = len(rows) * ROW_HEIGHT + AXIS_HEIGHT
    return Chart(title=title, description=_describe(results), series=series, rows=tuple(rows), height=height)


def _score(result: StandardResult, number: str) -> Score:
    """The score of a chapter; that of nothing at all where a standard has no such chapter."""
    found = {chapter.number: score for chapter, score in result.by_chapter}
    return found.get(number) or score_of((), AnswerSheet(), result.questionnaire.rules)


def _describe(results: Sequence[StandardResult]) -> str:
    parts = []
    for result in results:
        scored = [(score.low, chapter) for chapter, score in result.by_chapter if score.low is not None]
        if not scored:
            continue
        (lowest, weakest), (highest, strongest) = min(scored, key=_percent), max(scored, key=_percent)
        parts.append(
            f"{result.questionnaire.standard.name}: strongest in chapter {strongest.number} ({highest} % certain), "
            f"weakest in chapter {weakest.number} ({lowest} % certain), "
            f"{plural(result.score.open, 'answer', 'answers')} open."
        )
    return " ".join(parts)


def _percent(pair: tuple[int, Chapter]) -> int:
    return pair[0]
