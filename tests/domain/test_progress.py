"""Who answered, and what changed in four weeks."""

from datetime import date, timedelta

from assessment.domain.answers import NO_ANSWER, Answer, AnswerSheet, State
from assessment.domain.authors import by_workbook
from assessment.domain.progress import GivenAnswer, looked_back_to, progress
from assessment.domain.rules import Rung
from assessment.domain.scoring import score
from tests.domain.shipped import ISO_9001

TODAY = date(2026, 11, 27)
LONG_AGO = TODAY - timedelta(weeks=8)
FIRST, SECOND, THIRD = (question.ref for question in ISO_9001.questions[:3])


def given(ref: str, who: str, on: date, rung: Rung | None = Rung.IN_USE) -> GivenAnswer:
    answer = NO_ANSWER if rung is None else Answer(state=State.RUNG, rung=rung)
    return GivenAnswer(ref=ref, answer=answer, who=who, on=on)


def test_an_answer_belongs_to_whoever_gave_it_last() -> None:
    history = [given(FIRST, "Ada", LONG_AGO), given(SECOND, "Ada", LONG_AGO), given(FIRST, "Kim", TODAY)]
    assert progress(history, [ISO_9001], TODAY).by == (("Ada", 1), ("Kim", 1))


def test_what_somebody_took_over_from_a_workbook_is_theirs_as_well() -> None:
    history = [given(FIRST, "Kim", TODAY), given(SECOND, by_workbook("Kim"), TODAY), given(THIRD, by_workbook("Ada"), TODAY)]
    assert progress(history, [ISO_9001], TODAY).by == (("Kim", 2), ("Ada", 1))


def test_who_answered_most_comes_first_and_then_by_name() -> None:
    names = ["Kim", "Ada", "Lou", "Lou"]
    history = [given(question.ref, who, TODAY) for question, who in zip(ISO_9001.questions, names, strict=False)]
    assert progress(history, [ISO_9001], TODAY).by == (("Lou", 2), ("Ada", 1), ("Kim", 1))


def test_a_deed_that_was_stale_four_weeks_ago_counted_no_more_then() -> None:
    deed = next(question for question in ISO_9001.questions if question.deed)
    back = looked_back_to(TODAY)
    answer = Answer(state=State.RUNG, rung=Rung.IN_USE, last_done=LONG_AGO - timedelta(days=900))
    found = progress([GivenAnswer(ref=deed.ref, answer=answer, who="Ada", on=back)], [ISO_9001], TODAY)
    lowered = AnswerSheet(answers={deed.ref: Answer(state=State.RUNG, rung=Rung.DEFINED)})
    assert found.before == {ISO_9001.standard.id: score(ISO_9001, lowered)}


def test_what_was_cleared_or_is_not_asked_belongs_to_nobody() -> None:
    history = [given(FIRST, "Ada", LONG_AGO), given(FIRST, "Kim", TODAY, None), given("gone/question", "Lou", TODAY)]
    assert progress(history, [ISO_9001], TODAY).by == ()


def test_the_score_before_is_that_of_the_answers_of_that_day() -> None:
    back = looked_back_to(TODAY)
    history = [
        given(FIRST, "Ada", back),
        given(SECOND, "Ada", back + timedelta(days=1)),
        given(FIRST, "Ada", TODAY, Rung.ABSENT),
    ]
    found = progress(history, [ISO_9001], TODAY)
    sheet = AnswerSheet(answers={FIRST: Answer(state=State.RUNG, rung=Rung.IN_USE)})
    assert (found.since, found.changed) == (back, 2), "what was given on the day itself is not a change since"
    assert found.before == {ISO_9001.standard.id: score(ISO_9001, sheet)}


def test_without_an_answer_four_weeks_ago_there_is_nothing_to_compare_with() -> None:
    found = progress([given(THIRD, "Ada", TODAY)], [ISO_9001], TODAY)
    assert (found.since, found.before, found.changed) == (None, {}, 1)
