"""What to do, in which order, and where each step leads."""

from collections.abc import Mapping
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.answers import AnswerSheet
from assessment.domain.forecasts import forecasts
from assessment.domain.planning import plan
from assessment.domain.profile import Profile
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.result import assess
from assessment.domain.rules import Rung
from assessment.domain.scoring import score
from assessment.domain.tally import Tally
from assessment.domain.verdict import Verdict
from assessment.domain.verdict_range import verdict_range
from tests.domain import generated
from tests.domain.generated import QUICKLY, sheets, with_reasons
from tests.domain.shipped import BOTH, ON, firm
from tests.support.content import LIBRARY
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


@settings(QUICKLY, max_examples=examples(25))
@given(st.data())
def test_a_better_answer_never_takes_more_work_nor_moves_the_earliest_date_back(data: st.DataObject) -> None:
    """At a pace that is told it may: then one worker does other things first. With everything at once it cannot."""
    asked = data.draw(st.sampled_from([BOTH[:1], BOTH[1:], BOTH]))
    rungs = {question.ref: data.draw(st.sampled_from(Rung)) for each in asked for question in each.questions}
    ref = data.draw(st.sampled_from(list(rungs)))
    low, high = sorted(data.draw(st.lists(st.sampled_from(Rung), min_size=2, max_size=2)))
    profile = Profile(values={"people": (data.draw(st.sampled_from(["3", "45", "400"])),)})

    def with_answer(rung: Rung) -> tuple[float, Mapping[str, date]]:
        found = assess(LIBRARY, asked, AnswerSheet().with_rungs({**rungs, ref: rung}), profile, ON)
        dates = found.planner.scheduler(found.way, ON).floor.milestones
        return sum(step.person_days for step in found.steps), {each: dates[each].certificate for each in dates}

    (work, dates), (less, sooner) = with_answer(low), with_answer(high)
    assert less <= work
    assert dates
    assert all(sooner[each] <= dates[each] for each in dates)
