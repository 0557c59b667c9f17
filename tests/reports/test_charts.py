"""Charts say what is so, and their marks and labels lie where they can be read."""

from datetime import date
from itertools import pairwise, product

import pytest

from assessment.content import read_sample
from assessment.domain.answers import AnswerSheet
from assessment.domain.library import Library
from assessment.domain.question_path import QuestionPath
from assessment.domain.result import Result, assess
from assessment.domain.rules import Rung
from assessment.domain.sample import Sample
from assessment.domain.scoring import Score
from assessment.domain.timeline import timeline
from assessment.paths import shipped
from assessment.reports.charts import chapter_scores, coverage, dumbbell, plan_chart, principle_scores, ticks
from assessment.reports.charts.dumbbell import placed, sign
from assessment.reports.charts.scores import ScoreChart, ScorePoint, ScoreRow, point

TODAY = date(2026, 11, 24)
# Pixels: what a chart has on a screen of 320, and what its longest value takes there.
NARROW, VALUE = 272, 97


@pytest.fixture(scope="module")
def sample(library: Library) -> Sample:
    return read_sample(shipped("questionnaires") / "demo.toml", library, TODAY)


@pytest.fixture(scope="module")
def result(library: Library, sample: Sample) -> Result:
    return assess(library, sample.questionnaires, sample.sheet, sample.profile, TODAY)


def score(percent: int) -> Score:
    return Score(earned_low=percent, earned_high=percent, possible=100, asked=1, answered=1, excluded=0)


def span(at: int, anchor: str) -> tuple[float, float]:
    """From where to where a label reaches on a narrow screen, in pixels."""
    x = at / 100 * NARROW
    return (x - VALUE, x) if anchor == "end" else (x, x + VALUE)


def test_the_labels_of_two_marks_never_meet_and_never_leave_a_narrow_screen() -> None:
    for left, right in product(range(101), repeat=2):
        labelled = [each for each in placed([point(score(left)), point(score(right))]) if each.label]
        spans = sorted(span(each.label_x, each.anchor) for each in labelled)
        assert len(spans) == (1 if left == right else 2)  # what both say is said once
        assert all(before[1] <= after[0] + 1 for before, after in pairwise(spans)), (left, right, spans)
        assert spans[0][0] >= 0, (left, right, spans)
        assert spans[-1][1] <= NARROW, (left, right, spans)


def test_two_values_of_a_row_say_by_their_mark_whose_they_are() -> None:
    assert [each.label for each in placed([point(score(20)), point(score(70))])] == ["● 20 %", "□ 70 %"]
    assert [each.label for each in placed([point(score(70)), point(score(70))])] == ["70 %", ""]
    assert [each.label for each in placed([point(score(20))])] == ["20 %"]


@pytest.mark.parametrize("series", [1, 2, 3, 4, 5, 9])
def test_a_chart_shows_any_number_of_standards_and_tells_them_apart(series: int) -> None:
    points = tuple(ScorePoint(low=10 * at, high=10 * at + 5, text=f"{10 * at} %") for at in range(series))
    names = tuple(f"Standard {at}" for at in range(series))
    rows = tuple(ScoreRow(label=f"Chapter {at}", points=points) for at in range(3))
    drawn = dumbbell(ScoreChart(id="many", title="Many", description="Many.", series=names, rows=rows))
    assert [each.name for each in drawn.series] == list(names)
    assert len({(each.shape, each.round) for each in drawn.series}) == series == len({sign(at) for at in range(series)})
    tops = [row.label_y for row in drawn.rows]
    for row, below in zip(drawn.rows, [*tops[1:], drawn.height - 20], strict=True):
        assert all(row.mark_y < mark.label_y < below for mark in row.points)
        labels = sorted((mark.label_y, *span(mark.label_x, mark.anchor)) for mark in row.points if mark.label)
        assert len(labels) == series
        for (line, _, end), (next_line, begin, _) in pairwise(labels):
            assert line < next_line or end <= begin + 1


def test_a_chart_of_chapters_names_the_strongest_and_the_weakest(result: Result) -> None:
    chart = chapter_scores(result.standards, "Chapters")
    assert [row.label.split()[0] for row in chart.rows] == ["4", "5", "6", "7", "8", "9", "10"]
    for each in result.standards:
        lowest = min(each.by_chapter, key=lambda pair: pair[1].low or 0)
        assert f"weakest in chapter {lowest[0].number} ({lowest[1].low} % certain)" in chart.description


def test_a_chart_of_principles_shows_each_principle_of_its_standard(result: Result) -> None:
    for each in result.standards:
        chart = principle_scores(each)
        assert [row.label for row in chart.rows] == [principle.title for principle, _ in each.by_principle]
        assert [row.points[0].low for row in chart.rows] == [found.low for _, found in each.by_principle]
        assert "strongest in “" in chart.description


def test_coverage_counts_every_question_once_and_fills_its_bar(result: Result) -> None:
    for each in result.standards:
        shown = coverage(each.questionnaire, result.sheet)
        assert sum(row.total for row in shown.rows) == len(each.questionnaire.questions)
        for row in shown.rows:
            assert sum(row.numbers.values()) == row.total
            assert sum(segment.width for segment in row.segments) == pytest.approx(100, abs=0.1)
        assert sum(row.numbers["excluded"] for row in shown.rows) == each.score.excluded
        assert sum(row.numbers["unknown"] + row.numbers["unanswered"] for row in shown.rows) == each.score.open


def test_the_spine_has_a_tick_for_each_question_as_tall_as_its_answer(library: Library) -> None:
    standard = next(iter(library.standards.values()))
    questions = library.questionnaire(standard.id, standard.current.id, QuestionPath.FULL).questions[:3]
    sheet = AnswerSheet().with_rungs({questions[0].ref: questions[0].enough, questions[1].ref: Rung.ABSENT})
    drawn = ticks(questions, sheet)
    assert (drawn.met, drawn.short, drawn.open) == ("M0.5 20V2", "M1.5 20V11", "M2.5 20V16")
    assert drawn.counts == "1 met, 1 short, 1 open"


def test_the_calendar_shows_every_step_within_its_width_and_marks_what_holds_the_dates(result: Result) -> None:
    questionnaires = [each.questionnaire for each in result.standards]
    ahead = timeline(result, start=TODAY, days_a_week=result.days_a_week, offered=())
    chart = plan_chart(ahead.calendar, ahead.floor, result.steps, questionnaires, today=TODAY)
    assert [bar.number for bar in chart.bars] == list(range(1, len(result.steps) + 1))
    assert all(bar.x >= 7 and bar.x + bar.width <= 100.01 for bar in chart.bars)
    setting = {bar.number for bar in chart.bars if bar.holds}
    assert setting == {number for row in chart.audits for number in row.holding}
    # At the usual pace nearly every step holds the date: a mark on all of them would say nothing.
    held = {planned.key for dates in ahead.calendar.milestones.values() for planned in dates.chain}
    assert 0 < len(setting) < 10 < len(held)
    assert f"{len(setting)} steps set the dates, however many people work" in chart.description
    for row in chart.audits:
        assert [mark.x for mark in row.marks] == sorted(mark.x for mark in row.marks)
        assert row.name in chart.description
    assert chart.today_x == 7


def test_a_done_step_has_no_bar_and_keeps_its_number(result: Result) -> None:
    questionnaires = [each.questionnaire for each in result.standards]
    done = [result.steps[0].action.key]
    ahead = timeline(result, start=TODAY, days_a_week=result.days_a_week, offered=(), done=done)
    chart = plan_chart(ahead.calendar, ahead.floor, result.steps, questionnaires, today=TODAY, done=done)
    assert [bar.number for bar in chart.bars][:2] == [2, 3]


def test_a_plan_that_begins_later_shows_no_today(result: Result) -> None:
    questionnaires = [each.questionnaire for each in result.standards]
    later = date(2027, 3, 1)
    ahead = timeline(result, start=later, days_a_week=result.days_a_week, offered=())
    assert plan_chart(ahead.calendar, ahead.floor, result.steps, questionnaires, today=TODAY).today_x is None
