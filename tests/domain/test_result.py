"""Everything about one assessment together, on the demo."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.answers import Answer, AnswerSheet
from assessment.domain.findings import Grade
from assessment.domain.library import Library
from assessment.domain.planning import plan
from assessment.domain.profile import Profile
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.reasons import Reason
from assessment.domain.result import assess
from assessment.domain.rules import Rung, Size
from assessment.domain.standard_result import StandardResult, standard_result
from assessment.domain.tally import Tally
from assessment.domain.verdict import Verdict
from assessment.domain.verdict_range import verdict_range, worth_asking
from tests.domain.generated import QUICKLY, sheets_for
from tests.domain.shipped import DEMO, ON, RESULT
from tests.support.content import LIBRARY
from tests.support.examples import examples


def test_a_result_holds_what_each_rule_says() -> None:
    assert (RESULT.on, RESULT.library, RESULT.profile, RESULT.sheet) == (ON, LIBRARY, DEMO.profile, DEMO.sheet)
    assert (RESULT.size, RESULT.size_known) == (Size.MEDIUM, True)
    for each, questionnaire in zip(RESULT.standards, DEMO.questionnaires, strict=True):
        assert each.questionnaire is questionnaire
        assert RESULT.of(questionnaire.standard.id) is each
    assert RESULT.asked == sum(each.score.asked for each in RESULT.standards)
    assert RESULT.answered == RESULT.asked - 4
    assert RESULT.way == (("iso-14001",), ("iso-9001",))
    assert RESULT.legs[0].steps == plan([DEMO.questionnaires[1]], LIBRARY.actions, DEMO.sheet, RESULT.firm)
    assert RESULT.steps == tuple(step for leg in RESULT.legs for step in leg.steps)
    verdict_ranges = [(each, verdict_range(Tally(each, DEMO.sheet))) for each in DEMO.questionnaires]
    assert RESULT.worth_asking == worth_asking(verdict_ranges, DEMO.sheet)
    assert RESULT.situation.readiness == {each.questionnaire.standard.id: each.score.low for each in RESULT.standards}
    assert RESULT.days_a_week == 2
    scope = LIBRARY.questions["iso-14001/scope"]
    assert [action.key for action in RESULT.actions_for(scope)] == ["set-scope"]
    with pytest.raises(KeyError):
        RESULT.of("iso-0")


def test_without_a_profile_size_and_pace_are_assumed_and_said_to_be() -> None:
    bare = assess(LIBRARY, DEMO.questionnaires, AnswerSheet(), Profile(), ON)
    assert (bare.size, bare.size_known, bare.days_a_week) == (Size.SMALL, False, Fraction(1))
    assert bare.situation.readiness == {"iso-9001": 0, "iso-14001": 0}
    half = assess(LIBRARY, DEMO.questionnaires, AnswerSheet(), Profile(values={"days-a-week": ("0.5",)}), ON)
    assert half.days_a_week == Fraction(1, 2)


def test_if_every_open_answer_is_enough_nothing_is_open() -> None:
    best = assess(RESULT.library, RESULT.questionnaires, RESULT.sheet_if_open_is_enough, RESULT.profile, RESULT.on)
    assert best.answered == best.asked == RESULT.asked
    assert [each.verdict_range.worst for each in best.standards] == [each.verdict_range.best for each in RESULT.standards]
    assert best.sheet_if_open_is_enough is best.sheet
    assert best.planner_if_open_is_enough is best.planner
    assert RESULT.planner_if_open_is_enough.legs(RESULT.way) == best.planner.legs(RESULT.way)


def test_old_deeds_lower_everything_that_is_decided_and_leave_the_answers_as_given() -> None:
    # Two years after the last audit and review: the case of the certified firm that did nothing since.
    old = {
        ref: replace(answer, last_done=date(2024, 11, 24)) if answer.last_done else answer
        for ref, answer in DEMO.sheet.answers.items()
    }
    stale = assess(LIBRARY, DEMO.questionnaires, AnswerSheet(answers=old), DEMO.profile, ON)
    quality, before = stale.of("iso-9001"), RESULT.of("iso-9001")
    assert stale.sheet.answers == old
    assert stale.judged.answers["iso-9001/internal-audit"].rung is Rung.DEFINED
    assert [finding.clause for finding in quality.graded(Grade.LIKELY_MAJOR)] == ["9.2", "9.3"]
    assert {finding.reason for finding in quality.graded(Grade.LIKELY_MAJOR)} == {Reason.DEED_STALE}
    assert quality.verdict_range.best is Verdict.READY_FOR_STAGE_1
    assert (quality.score.low or 0) < (before.score.low or 0)
    assert {"iso-9001/internal-audit", "iso-9001/management-review"} <= {
        lift.question.ref for step in stale.steps for lift in step.lifts
    }
    # Calibration has an old date too: worth another look, and no finding.
    assert "calibration" in {question.id for question in quality.worth_another_look}


@settings(QUICKLY, max_examples=examples(20))
@given(st.data())
def test_a_result_that_follows_an_earlier_one_is_what_it_would_be_alone(data: st.DataObject) -> None:
    drawn = [[data.draw(sheets_for(each)).answers for each in DEMO.questionnaires] for _ in range(2)]
    question = data.draw(st.sampled_from(DEMO.questionnaires[0].questions))
    first = AnswerSheet(answers={**drawn[0][0], **drawn[0][1]})
    noted = replace(first.answer(question), note="looked at again")
    followed = assess(LIBRARY, DEMO.questionnaires, first, DEMO.profile, ON)
    later = date(2028, 11, 24)
    same: dict[str, Answer] = {}
    changes = (ON, {question.ref: noted}), (ON, drawn[1][0]), (later, same), (later, drawn[1][1]), (ON, drawn[0][0])
    for on, answers in changes:
        sheet = AnswerSheet(answers={**followed.sheet.answers, **answers})
        alone = assess(LIBRARY, DEMO.questionnaires, sheet, DEMO.profile, on)
        followed = assess(LIBRARY, DEMO.questionnaires, sheet, DEMO.profile, on, followed)
        assert followed == alone
        assert (followed.steps, followed.upkeep, followed.worth_asking) == (alone.steps, alone.upkeep, alone.worth_asking)


def test_a_standard_whose_answers_count_as_before_is_not_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = []

    def look(library: Library, asked: Questionnaire, *rest: Any) -> StandardResult:
        looked_at.append(asked.standard.id)
        return standard_result(library, asked, *rest)

    monkeypatch.setattr("assessment.domain.result.standard_result", look)
    scope = LIBRARY.questions["iso-14001/scope"]
    noted = replace(RESULT.sheet.answer(scope), note="looked at again")
    sheet = AnswerSheet(answers={**RESULT.sheet.answers, scope.ref: noted})
    same = assess(LIBRARY, DEMO.questionnaires, sheet, DEMO.profile, ON, RESULT)
    assert same.of("iso-14001").judged.answer(scope) is noted
    assert not looked_at
    assess(LIBRARY, DEMO.questionnaires, sheet.with_rungs({scope.ref: Rung.ABSENT}), DEMO.profile, ON, RESULT)
    assert looked_at == ["iso-14001"]
