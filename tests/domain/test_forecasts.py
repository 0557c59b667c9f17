"""Where each standard stands after each step of a plan."""

import pytest
from hypothesis import given

from assessment.domain.answers import AnswerSheet
from assessment.domain.forecasts import forecasts
from assessment.domain.planning import plan
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.scoring import score
from assessment.domain.tally import Tally
from assessment.domain.verdict_range import verdict_range
from tests.domain.generated import QUICKLY, actions_for, sheets
from tests.domain.shipped import BOTH, FIRM
from tests.support.content import LIBRARY


@pytest.mark.broad
@QUICKLY
@given(sheets())
def test_forecasts_of_a_plan_are_what_would_be(given_sheet: tuple[Questionnaire, AnswerSheet]) -> None:
    questionnaire, sheet = given_sheet
    steps = plan([questionnaire], actions_for(questionnaire), sheet, FIRM)
    foreseen = forecasts([questionnaire], sheet, steps)
    for step in steps:
        sheet = sheet.with_rungs({lift.question.ref: lift.after for lift in step.lifts})
        (forecast,) = foreseen[step.key]
        then = verdict_range(Tally(questionnaire, sheet))
        assert (forecast.score, forecast.worst, forecast.best) == (score(questionnaire, sheet), then.worst, then.best)


def test_every_step_says_where_every_standard_stands_also_those_it_does_nothing_for() -> None:
    sheet = AnswerSheet()
    steps = plan(BOTH, LIBRARY.actions, sheet, FIRM)
    foreseen = forecasts(BOTH, sheet, steps)
    assert [*foreseen] == [step.key for step in steps]
    assert {len(step.standards) for step in steps} == {1, 2}
    for step in steps:
        sheet = sheet.with_rungs({lift.question.ref: lift.after for lift in step.lifts})
        assert [(each.standard, each.score) for each in foreseen[step.key]] == [
            (asked.standard.id, score(asked, sheet)) for asked in BOTH
        ]
