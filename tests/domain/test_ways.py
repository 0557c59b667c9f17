"""Several standards together, one after the other, or only one; and which way everything follows."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.answers import AnswerSheet
from assessment.domain.fit import Advice, Recommendation, Why
from assessment.domain.planning import plan
from assessment.domain.profile import Profile, way_of, way_values
from assessment.domain.result import Result, assess
from assessment.domain.rules import Rung
from assessment.domain.way_planner import Legs
from assessment.domain.ways import Way, advised_legs, possible_legs, ways
from assessment.reports.wording.advice import headline_in_words
from tests.domain.generated import QUICKLY, sheets_for
from tests.domain.shipped import BOTH, FIRM, ON
from tests.domain.test_way_planner import planner
from tests.support.content import LIBRARY
from tests.support.examples import examples

NOTHING = AnswerSheet().with_rungs({question.ref: Rung.ABSENT for each in BOTH for question in each.questions})
ONE, OTHER = "iso-9001", "iso-14001"


BEGUN, PACE = date(2027, 1, 4), Fraction(2)


def every_way(sheet: AnswerSheet, *standards: str) -> tuple[Way, ...]:
    return ways(planner(sheet), standards or (ONE, OTHER), BEGUN, PACE, {})


def work(*standards: int) -> float:
    return sum(step.person_days for step in plan([BOTH[each] for each in standards], LIBRARY.actions, NOTHING, FIRM))


def test_what_is_shared_is_done_once_and_deeds_for_each() -> None:
    together, first, second, only_one, only_other = every_way(NOTHING)
    assert [way.standards for way in (together, first, second)] == [((ONE, OTHER),), ((ONE,), (OTHER,)), ((OTHER,), (ONE,))]
    assert [way.standards for way in (only_one, only_other)] == [((ONE,),), ((OTHER,),)]
    assert together.person_days == work(0, 1)
    assert together.saved == work(0) + work(1) - work(0, 1) > 10
    assert only_one.saved == only_other.saved == 0
    # One after the other saves less: audits and reviews are done for each.
    assert 0 < first.saved < together.saved
    # The one that comes first is there earlier than with both at once, the second later.
    assert first.legs[0].certificate < together.legs[0].certificate < first.legs[1].certificate
    assert first.legs[0].certificate == only_one.legs[0].certificate


def test_ways_are_told_from_any_day_on_and_at_any_pace() -> None:
    result = assess(LIBRARY, BOTH, NOTHING, Profile(), ON)
    assert result.ways_from(ON, result.days_a_week) is result.ways
    assert result.ways_from(BEGUN, PACE) == ways(result.planner, (ONE, OTHER), BEGUN, PACE, {})
    assert result.ways_from(BEGUN, PACE) != result.ways
    assert result.ways_from(ON, PACE + 1) == ways(result.planner, (ONE, OTHER), ON, PACE + 1, {})


def test_one_standard_has_one_way() -> None:
    (only,) = every_way(NOTHING, ONE)
    assert (len(only.legs), only.saved) == (1, 0)
    assert possible_legs(("a", "b", "c"))[0] == (("a", "b", "c"),)
    assert len(possible_legs(("a", "b", "c"))) == 1 + 6 + 3


@settings(QUICKLY, max_examples=examples(10))
@given(st.data())
def test_no_way_costs_more_than_each_of_its_standards_alone(data: st.DataObject) -> None:
    sheet = AnswerSheet(answers={ref: a for each in BOTH for ref, a in data.draw(sheets_for(each)).answers.items()})
    for way in every_way(sheet):
        assert way.saved >= 0
        assert [leg.certificate for leg in way.legs] == sorted(leg.certificate for leg in way.legs)


def recommendation(advice: Advice, first: str = "", later: str = "") -> Recommendation:
    return Recommendation(
        advice=advice,
        why=Why.STRONG,
        first=tuple(LIBRARY.standards[standard] for standard in first.split()),
        later=tuple(LIBRARY.standards[standard] for standard in later.split()),
    )


@pytest.mark.parametrize(
    ("advice", "chosen", "held", "legs"),
    [
        (recommendation(Advice.ONE, ONE), (ONE, OTHER), (), ((ONE,),)),
        (recommendation(Advice.ONE, OTHER, ONE), (ONE, OTHER), (), ((OTHER,), (ONE,))),
        (recommendation(Advice.TOGETHER, f"{OTHER} {ONE}"), (ONE, OTHER), (), ((OTHER, ONE),)),
        # Nothing is urgent: none of several, but the one somebody ticked on purpose.
        (recommendation(Advice.NONE_URGENT), (ONE, OTHER), (), ()),
        (recommendation(Advice.NONE_URGENT), (ONE,), (), ((ONE,),)),
        (recommendation(Advice.NONE_URGENT), (ONE, OTHER), (ONE,), ()),
        # Nothing is known yet, or nothing that is advised was chosen: what was chosen is wanted.
        (recommendation(Advice.NOT_KNOWN), (ONE, OTHER), (), ((ONE, OTHER),)),
        (recommendation(Advice.ONE, ONE), (OTHER,), (), ((OTHER,),)),
        # What is held needs no first certificate.
        (recommendation(Advice.ONE, ONE, OTHER), (ONE, OTHER), (ONE,), ((OTHER,),)),
        (recommendation(Advice.ONE, ONE), (ONE,), (ONE,), ()),
    ],
)
def test_the_advised_way_follows_the_advice_and_is_never_everything_by_habit(
    advice: Recommendation, chosen: tuple[str, ...], held: tuple[str, ...], legs: Legs
) -> None:
    assert advised_legs(advice, chosen, held) == legs


@pytest.mark.parametrize(
    ("kept", "follows"),
    [
        (None, None),
        ((), ()),
        ((ONE, OTHER), ((ONE,), (OTHER,))),
        ((f"{OTHER}+{ONE}",), ((OTHER, ONE),)),
        ((OTHER, "iso-50001"), ((OTHER,),)),
        (("iso-50001",), None),
    ],
)
def test_a_chosen_way_is_followed_as_far_as_its_standards_are_looked_at(
    kept: tuple[str, ...] | None, follows: Legs | None
) -> None:
    profile = Profile(values={"asked-in-writing": (ONE,)} | ({} if kept is None else {"way": kept}))
    result = assess(LIBRARY, BOTH, NOTHING, profile, ON)
    assert result.advised_way == ((ONE,),)
    assert result.way == (result.advised_way if follows is None else follows)
    assert {standard for step in result.steps for standard in step.standards} <= set(result.on_the_way)
    assert bool(result.steps) == bool(result.way)


def test_a_way_is_kept_as_it_is_written() -> None:
    for legs in (None, (), ((ONE,),), ((ONE, OTHER),), ((OTHER,), (ONE,))):
        assert way_of(way_values(legs)) == legs
    assert way_of(None) is None


FIRM_OF_45 = {
    "people": ("45",),
    "kind-of-work": ("workshop",),
    "environmental-complexity": ("medium",),
    "asked-in-writing": (ONE, OTHER),
}


def demanded(pace: str, **deadlines: str) -> Result:
    told = {f"iso-{number.removeprefix('by_')}={day}" for number, day in deadlines.items()}
    pace_told = {"days-a-week": (pace,)} if pace else {}
    profile = Profile(values={**FIRM_OF_45, **pace_told, "deadline": tuple(sorted(told))})
    return assess(LIBRARY, BOTH, NOTHING, profile, ON)


def missed(of: Result, legs: Legs) -> set[str]:
    dates = of.planner.scheduler(legs, of.on).certificates(of.days_a_week)
    return {standard for standard, day in of.profile.deadlines().items() if dates[standard] > day}


@pytest.mark.parametrize(
    ("first", "deadlines"),
    [(ONE, {"by_9001": "2027-11-30", "by_14001": "2028-12-31"}), (OTHER, {"by_14001": "2027-10-31"})],
)
def test_one_after_the_other_is_advised_where_together_would_miss_the_nearer_deadline(
    first: str, deadlines: dict[str, str]
) -> None:
    of = demanded("2", **deadlines)
    second = OTHER if first == ONE else ONE
    assert (of.recommendation.advice, of.recommendation.why) == (Advice.ONE, Why.NEARER_DEADLINE)
    assert of.way == ((first,), (second,))
    assert missed(of, ((ONE, OTHER),)) == {first}
    assert missed(of, of.way) == set()
    assert headline_in_words(of).startswith("Begin with")
    assert of.recommendation.identity not in {point.becomes.identity for point in of.turning_points}


@pytest.mark.parametrize(
    ("pace", "deadlines"),
    [
        ("2", {}),
        ("2", {"by_9001": "2029-11-30"}),  # together meets it
        ("2", {"by_9001": "2026-12-31"}),  # no order meets it
        ("2", {"by_9001": "2027-11-30", "by_14001": "2028-04-10"}),  # the other would be missed instead
        ("2", {"by_9001": "2028-03-01", "by_14001": "2028-03-01"}),  # together it is the least late for both
        ("5", {"by_9001": "2027-11-30"}),  # capacity is not small
        ("", {"by_9001": "2027-11-30"}),  # nobody told a pace
    ],
)
def test_together_stays_the_advice_where_no_order_does_better(pace: str, deadlines: dict[str, str]) -> None:
    of = demanded(pace, **deadlines)
    assert (of.recommendation.advice, of.recommendation.why) == (Advice.TOGETHER, Why.DEMANDED)
    assert len(of.way) == 1
