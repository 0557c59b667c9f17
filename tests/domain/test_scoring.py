"""Scores by example, worked out by hand from the published rules, and what holds for every sheet."""

from hypothesis import given

from assessment.domain.answers import Answer, AnswerSheet, State
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.scoring import score, score_by_chapter, score_by_principle, score_of
from tests.domain.generated import QUICKLY, sheets
from tests.domain.shipped import ISO_9001, answered, enough_but
from tests.support.content import LIBRARY


def test_a_score_is_weighted_points_of_what_is_enough_rounded_down() -> None:
    # scope (weight 3) in use earns 12 of 12, roles (2) informal 2 of 8, climate change (1) is open: 0 to 4 of 4.
    wanted = {"scope", "roles", "climate-change"}
    questions = [question for question in ISO_9001.questions if question.id in wanted]
    rungs = answered(scope=Rung.IN_USE, roles=Rung.INFORMAL).applying(questions)
    result = score_of(questions, rungs, LIBRARY.rules)
    assert (result.earned_low, result.earned_high, result.possible) == (14, 18, 24)
    assert (result.low, result.high) == (58, 75)
    assert (result.asked, result.answered, result.open) == (3, 2, 1)


def test_more_than_enough_earns_nothing_more() -> None:
    enough, more = (answered(scope=rung) for rung in (Rung.IN_USE, Rung.IMPROVED))
    assert score(ISO_9001, enough) == score(ISO_9001, more)


def test_where_nothing_applies_there_is_no_percent() -> None:
    result = score_of((), {}, LIBRARY.rules)
    assert (result.low, result.high) == (None, None)


@QUICKLY
@given(sheets())
def test_scores_are_bounded_and_settled_when_nothing_is_open(given_sheet: tuple[Questionnaire, AnswerSheet]) -> None:
    questionnaire, sheet = given_sheet
    whole = score(questionnaire, sheet)
    rungs = sheet.applying(questionnaire.questions)
    parts = [each for _, each in (*score_by_chapter(questionnaire, rungs), *score_by_principle(questionnaire, rungs))]
    for each in (whole, *parts):
        assert 0 <= each.earned_low <= each.earned_high <= each.possible
        assert (each.low is None) == (each.possible == 0)
        assert not each.settled or each.low == each.high


@QUICKLY
@given(sheets())
def test_does_not_apply_never_beats_enough(given_sheet: tuple[Questionnaire, AnswerSheet]) -> None:
    questionnaire, sheet = given_sheet
    for question in questionnaire.questions:
        out = AnswerSheet(answers={**sheet.answers, question.ref: Answer(state=State.NOT_APPLICABLE, reason="none")})
        enough = score(questionnaire, sheet.with_rungs({question.ref: question.enough}))
        without = score(questionnaire, out)
        assert without.low is None or (enough.low or 0) >= without.low


def test_what_is_met_so_far_and_the_range_over_everything_are_two_figures() -> None:
    # scope (3) in use earns 12 of 12, roles (2) informal 2 of 8: 14 of the 20 points looked at so far.
    result = score(ISO_9001, answered(scope=Rung.IN_USE, roles=Rung.INFORMAL))
    assert (result.met_so_far, result.answered, result.asked) == (70, 2, 138)
    assert (result.low, result.high) == (100 * 14 // result.possible, 100 * (result.possible - 6) // result.possible)
    assert score(ISO_9001, AnswerSheet()).met_so_far is None


def test_an_event_that_has_not_happened_takes_nothing_from_the_score() -> None:
    assert score(ISO_9001, enough_but(order_changes=Rung.DEFINED)).low == 100
    assert (score(ISO_9001, enough_but(order_changes=Rung.INFORMAL)).low or 0) < 100
