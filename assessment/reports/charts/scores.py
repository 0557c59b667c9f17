"""Scores side by side, by chapter or principle, for any number of standards: values and what they show, no drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.domain.scoring import Score, score_of
from assessment.domain.standard_result import StandardResult
from assessment.reports.wording import charts as wording
from assessment.reports.wording.scores import percent_range


@dataclass(frozen=True, kw_only=True)
class ScorePoint:
    """Where one series stands on one row: certain and at most, in whole percent; ``None`` where nothing applies."""

    low: int | None
    high: int | None
    text: str


@dataclass(frozen=True, kw_only=True)
class ScoreRow:
    """One row: a chapter or a principle, with a point for each series."""

    label: str
    points: tuple[ScorePoint, ...]


@dataclass(frozen=True, kw_only=True)
class ScoreChart:
    """Scores to be drawn, with the words that say what they show. ``id`` is its own on any page that shows several."""

    id: str
    title: str
    description: str
    series: tuple[str, ...]
    rows: tuple[ScoreRow, ...]


def point(score: Score) -> ScorePoint:
    """Return a score as a point."""
    return ScorePoint(low=score.low, high=score.high, text=percent_range(score))


def chapter_scores(results: Sequence[StandardResult], title: str) -> ScoreChart:
    """Return standards chapter by chapter; the score of nothing at all where a standard has no such chapter."""
    chapters = {chapter.number: chapter for result in results for chapter, _ in result.by_chapter}
    scores = [{chapter.number: score for chapter, score in result.by_chapter} for result in results]
    nothing = [score_of((), {}, result.questionnaire.rules) for result in results]
    rows = [
        (f"{number} {chapter.title}", [by.get(number, none) for by, none in zip(scores, nothing, strict=True)])
        for number, chapter in chapters.items()
    ]
    key = "-".join(("chapters", *(result.questionnaire.standard.id for result in results)))
    return _chart(key, title, " ".join(map(_chapters_in_words, results)), results, rows)


def principle_scores(result: StandardResult) -> ScoreChart:
    """Return one standard principle by principle; standards have principles of their own, so each has its own chart."""
    standard = result.questionnaire.standard
    rows = [(principle.title, [score]) for principle, score in result.by_principle]
    scored = [(score.low, principle.title) for principle, score in result.by_principle if score.low is not None]
    description = wording.principles(standard.name, scored, result.score.open)
    return _chart(f"principles-{standard.id}", wording.by_principle(standard.name), description, [result], rows)


def _chapters_in_words(result: StandardResult) -> str:
    scored = [(score.low, chapter.number) for chapter, score in result.by_chapter if score.low is not None]
    return wording.chapters(result.questionnaire.standard.name, scored, result.score.open)


def _chart(
    key: str, title: str, description: str, results: Sequence[StandardResult], rows: Sequence[tuple[str, list[Score]]]
) -> ScoreChart:
    return ScoreChart(
        id=key,
        title=title,
        description=description,
        series=tuple(result.questionnaire.standard.name for result in results),
        rows=tuple(ScoreRow(label=label, points=tuple(map(point, scores))) for label, scores in rows),
    )
