"""Steps as a network: never better than its longest way and the capacity allow."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.network import Network, StartConstraint, network
from assessment.domain.planning import Step
from tests.domain.generated import QUICKLY
from tests.support.content import LIBRARY

SOME = LIBRARY.actions["start-project"]
PACES = [Fraction(1, 2), Fraction(1), Fraction(7, 3), Fraction(5), Fraction(40)]


def step(number: int, days: float, weeks: float, waits_for: dict[str, float], alongside: dict[str, float]) -> Step:
    return Step(
        key=str(number),
        action=replace(SOME, id=str(number)),
        person_days=days,
        weeks=weeks,
        lifts=(),
        first_step=False,
        urgent=False,
        clears_major=False,
        waits_for=waits_for,
        alongside=alongside,
    )


@st.composite
def networks(draw: st.DrawFn) -> Network:
    steps: list[Step] = []
    for number in range(draw(st.integers(1, 9))):
        earlier = st.sets(st.sampled_from([one.key for one in steps]), max_size=3) if steps else st.just(set[str]())
        lags = st.sampled_from([0, 0.5, 2, 8])
        waits_for = {key: draw(lags) for key in draw(earlier)}
        alongside = {key: draw(lags) for key in draw(earlier)}
        days, weeks = draw(st.sampled_from([0.25, 0.5, 3, 20])), draw(st.sampled_from([0.5, 1, 4, 12]))
        steps.append(step(number, days, weeks, waits_for, alongside))
    return network(steps)


@QUICKLY
@given(networks(), st.sampled_from(PACES))
def test_every_order_is_doable_and_never_better_than_the_longest_way_and_the_work_allow(of: Network, pace: Fraction) -> None:
    floor = of.at_once
    for order in of.orders:
        placed = of.place(order, pace)
        assert sorted(order) == list(range(len(of.steps)))
        seen: set[str] = set()
        for place in order:
            assert {*of.steps[place].waits_for, *of.steps[place].alongside} <= seen
            seen.add(of.steps[place].key)
        ends = [Fraction(end, 2 * placed.ticks) for end in placed.ends]
        assert all(end >= Fraction(least, 2 * floor.ticks) for end, least in zip(ends, floor.ends, strict=True))
        assert max(ends) >= Fraction(sum(Fraction(one.person_days) for one in of.steps)) * 5 / pace
        for place, one in enumerate(of.steps):
            for key, weeks in one.waits_for.items():
                assert Fraction(placed.begins[place], 2 * placed.ticks) >= ends[of.places[key]] + Fraction(weeks) * 5


@QUICKLY
@given(networks(), st.sampled_from(PACES))
def test_every_link_counts_though_only_those_are_looked_at_that_say_something_new(of: Network, pace: Fraction) -> None:
    for order in of.orders:
        placed, free = of.place(order, pace), Fraction(0)
        begins: dict[str, Fraction] = {}
        ends: dict[str, Fraction] = {}
        for place in order:
            one = of.steps[place]
            ready = [free, *(ends[key] + Fraction(weeks) * 5 for key, weeks in one.waits_for.items())]
            ready += [begins[key] + Fraction(weeks) * 5 for key, weeks in one.alongside.items()]
            work = Fraction(one.person_days) * 5 / pace
            begins[one.key] = max(ready)
            free = begins[one.key] + work
            ends[one.key] = begins[one.key] + max(work, Fraction(one.weeks) * 5)
        in_days = [[Fraction(moment, 2 * placed.ticks) for moment in moments] for moments in (placed.begins, placed.ends)]
        assert in_days == [[moments[one.key] for one in of.steps] for moments in (begins, ends)]


@QUICKLY
@given(networks())
def test_one_order_is_never_later_with_more_days_a_week(of: Network) -> None:
    for order in of.orders:
        placed = [of.place(order, pace) for pace in PACES]
        for slower, faster in pairwise(placed):
            for one, other in zip(slower.ends, faster.ends, strict=True):
                assert Fraction(other, faster.ticks) <= Fraction(one, slower.ticks)


@QUICKLY
@given(networks(), st.sampled_from(PACES))
def test_what_holds_a_step_is_named(of: Network, pace: Fraction) -> None:
    placed = of.place(of.orders[0], pace)
    for place, (holder, constraint) in enumerate(of.holders(placed)):
        assert (holder < 0) == (placed.begins[place] == 0) == (constraint is StartConstraint.NOTHING)
        if constraint is StartConstraint.AFTER:
            assert of.steps[holder].key in of.steps[place].waits_for
        if constraint is StartConstraint.ALONGSIDE:
            assert of.steps[holder].key in of.steps[place].alongside


def test_a_step_that_is_done_takes_no_time_and_holds_nobody() -> None:
    steps = [step(0, 3, 4, {}, {}), step(1, 1, 1, {"0": 2}, {"0": 9})]
    placed = network(steps, done={"0"}).at_once
    assert (placed.begins, placed.ends) == ((0, 0), (0, 10))
    assert network([]).at_once.ends == ()
