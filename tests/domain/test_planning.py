"""What to do, in which order, and where each step leads."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.answers import AnswerSheet
from assessment.domain.forecasts import forecasts
from assessment.domain.planning import plan
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.scoring import score
from assessment.domain.tally import Tally
from assessment.domain.verdict import Verdict
from assessment.domain.verdict_range import verdict_range
from tests.domain import generated
from tests.domain.generated import QUICKLY, sheets, with_reasons
from tests.domain.shipped import firm
from tests.support.examples import examples


@settings(QUICKLY, max_examples=examples(15))
@given(sheets(), st.sampled_from([1, 45, 500]))
def test_a_plan_is_doable_and_ends_ready_and_forecasts_what_will_be(
    given_sheet: tuple[Questionnaire, AnswerSheet], people: int
) -> None:
    questionnaire, sheet = given_sheet
    sheet = with_reasons(sheet)
    steps = plan([questionnaire], generated.actions_for(questionnaire), sheet, firm(people))
    foreseen = forecasts([questionnaire], sheet, steps)
    keys = [step.action.key for step in steps]
    for position, step in enumerate(steps):
        assert set(step.action.after) & set(keys) <= set(keys[:position])
        sheet = sheet.with_rungs({lift.question.ref: lift.after for lift in step.lifts})
        assert foreseen[step.key][0].score == score(questionnaire, sheet)
    assert verdict_range(Tally(questionnaire, sheet)).worst is Verdict.READY_FOR_STAGE_2
