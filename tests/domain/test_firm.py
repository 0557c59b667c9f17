"""What work takes for one organisation."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.answers import AnswerSheet
from assessment.domain.firm import Firm
from assessment.domain.planning import plan
from assessment.domain.profile import Profile
from assessment.domain.rules import Rung
from assessment.domain.standard import Condition
from tests.domain.shipped import BOTH, FIRM, ISO_9001, ISO_14001, firm
from tests.support.content import LIBRARY

NOTHING = AnswerSheet().with_rungs({question.ref: Rung.ABSENT for each in BOTH for question in each.questions})
# From nothing, by people: the table of our second assessor, for a workshop and for a firm with some significant effects.
QUALITY = {10: 44, 25: 63, 45: 80, 100: 110, 250: 159, 500: 210}
ENVIRONMENT = {10: 38, 25: 55, 45: 70, 100: 96, 250: 139, 500: 183}
TOGETHER = {10: 67, 25: 96, 45: 122, 100: 168, 250: 242, 500: 320}


def work(of: Firm, *indices: int) -> float:
    return sum(step.person_days for step in plan([BOTH[index] for index in indices], LIBRARY.actions, NOTHING, of))


@pytest.mark.parametrize("people", list(QUALITY))
def test_work_is_what_the_second_assessor_would_count_on(people: int) -> None:
    of = firm(people, kind_of_work="workshop", environmental_complexity="medium")
    assert isclose(work(of, 0), QUALITY[people], rel_tol=0.1)
    assert isclose(work(of, 1), ENVIRONMENT[people], rel_tol=0.1)
    assert isclose(work(of, 0, 1), TOGETHER[people], rel_tol=0.1)


def test_a_web_agency_of_six_needs_no_plan_of_a_works() -> None:
    # An auditor would plan 12 to 18 days; the product said 45.
    agency = firm(6, kind_of_work="office", environmental_complexity="limited", emergency_potential="no")
    steps = plan([ISO_14001], LIBRARY.actions, NOTHING, agency)
    assert 12 <= sum(step.person_days for step in steps) <= 18
    keys = {step.key.partition("/")[2] for step in steps}
    assert "settle-small-emergencies" in keys
    assert not keys & {"prepare-emergencies", "hold-drill", "first-legal-check", "name-a-contact"}


def test_one_more_person_never_doubles_the_work() -> None:
    totals = {people: work(firm(people), 0) for people in (3, 9, 10, 11, 48, 49, 50, 51, 249, 250)}
    for people in (10, 49, 50, 250):
        assert totals[people - 1] <= totals[people] <= totals[people - 1] * 1.1
    assert totals[3] * 2 < totals[49]


@given(st.integers(1, 1_000_000), st.integers(1, 1_000_000))
def test_more_people_never_mean_less_work_or_fewer_weeks(one: int, other: int) -> None:
    fewer, more = firm(min(one, other)), firm(max(one, other))
    for action in LIBRARY.actions.values():
        assert fewer.person_days(action, [ISO_9001.standard]) <= more.person_days(action, [ISO_9001.standard])
        assert 0.5 <= fewer.weeks(action.weeks) <= more.weeks(action.weeks)
        assert fewer.weeks(action.weeks, lasting=True) == action.weeks


def test_what_is_not_told_is_assumed_and_an_open_question_meets_no_condition() -> None:
    silent = Firm(profile=Profile(), rules=LIBRARY.rules.work)
    assert silent.people == LIBRARY.rules.work.assumed_people
    condition = Condition(profile="permits", choices=("few", "permit"))
    assert not silent.holds([condition])
    assert firm(permits="few").holds([condition])
    assert not firm(permits="no").holds([condition])
    assert FIRM.weight(ISO_14001.standard, shared=True) < FIRM.weight(ISO_14001.standard, shared=False)
