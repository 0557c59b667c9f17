"""Which standard fits, why, and what would change that."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.fit import Advice, Fit, Situation, Why, fit, recommend
from assessment.domain.profile import Profile, ProfileKind
from assessment.domain.standard import Driver
from tests.support.content import LIBRARY
from tests.support.examples import examples

STANDARDS = tuple(LIBRARY.standards.values())
QUALITY = {"complaints": ("badly",), "suppliers": ("much",), "ways-of-working": ("no",), "regulated-product": ("yes",)}
ENVIRONMENT = {
    "permits": ("permit",),
    "incidents": ("several",),
    "environmental-complexity": ("high",),
    "resource-cost": ("large",),
    "environmental-data": ("regularly",),
    "emergency-potential": ("serious",),
}
NOTHING = {
    "complaints": ("hardly",),
    "suppliers": ("little",),
    "ways-of-working": ("yes",),
    "regulated-product": ("no",),
    "permits": ("no",),
    "incidents": ("none",),
    "environmental-complexity": ("limited",),
    "resource-cost": ("small",),
    "asked-in-writing": (),
}


def situation(values: Mapping[str, tuple[str, ...]], readiness: dict[str, int] | None = None) -> Situation:
    return Situation(
        standards=STANDARDS,
        profile=Profile(values=values),
        questions=LIBRARY.profile_questions,
        readiness=readiness or {},
        rules=LIBRARY.rules.fit,
    )


@pytest.mark.parametrize(
    ("values", "advice", "why", "first"),
    [
        ({}, Advice.NOT_KNOWN, Why.NOTHING_ANSWERED, []),
        (NOTHING, Advice.NONE_URGENT, Why.ALL_WEAK, []),
        (QUALITY, Advice.ONE, Why.STRONG, ["iso-9001"]),
        (ENVIRONMENT, Advice.ONE, Why.STRONG, ["iso-14001"]),
        (QUALITY | ENVIRONMENT, Advice.TOGETHER, Why.STRONG_AND_CLOSE, ["iso-14001", "iso-9001"]),
        (ENVIRONMENT | {"asked-in-writing": ("iso-9001",)}, Advice.ONE, Why.DEMANDED, ["iso-9001"]),
        (
            {
                "asked-in-writing": ("iso-9001", "iso-14001"),
                "deadline": ("iso-9001=2027-09-01", "iso-14001=2027-05-01"),
            },
            Advice.TOGETHER,
            Why.DEMANDED,
            ["iso-14001", "iso-9001"],
        ),
    ],
)
def test_advice_follows_need_and_a_demand_in_writing_decides(
    values: dict[str, tuple[str, ...]], advice: Advice, why: Why, first: list[str]
) -> None:
    recommended = situation(values).recommendation()
    assert (recommended.advice, recommended.why) == (advice, why)
    assert sorted(each.id for each in recommended.first) == sorted(first)


def test_of_two_demands_the_earlier_deadline_comes_first_then_the_more_ready() -> None:
    demanded = {"asked-in-writing": ("iso-9001", "iso-14001")}
    dated = situation(demanded | {"deadline": ("iso-9001=2027-09-01", "iso-14001=2027-05-01")}).recommendation()
    assert [each.id for each in dated.first] == ["iso-14001", "iso-9001"]
    ready = situation(demanded, {"iso-9001": 20, "iso-14001": 60}).recommendation()
    assert [each.id for each in ready.first] == ["iso-14001", "iso-9001"]


@st.composite
def profiles(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {}
    for question in LIBRARY.profile_questions.values():
        if question.kind is ProfileKind.CHOICE and draw(st.booleans()):
            values[question.id] = (draw(st.sampled_from([choice.id for choice in question.choices])),)
    if draw(st.booleans()):
        values["asked-in-writing"] = tuple(each.id for each in STANDARDS if draw(st.booleans()))
    return values


@settings(deadline=None, max_examples=examples(80))
@given(profiles())
def test_fit_is_a_range_and_the_order_of_the_standards_never_matters(values: dict[str, tuple[str, ...]]) -> None:
    given_situation = situation(values)
    for each in given_situation.fits():
        assert 0 <= each.low <= each.high <= 100
        assert [driver.points for driver in each.reasons if not driver.decides] == sorted(
            (driver.points for driver in each.reasons if not driver.decides), reverse=True
        )
    turned = replace(given_situation, standards=STANDARDS[::-1])
    assert turned.recommendation().identity == given_situation.recommendation().identity
    renamed = replace(given_situation, standards=tuple(replace(each, name=f"Z {each.name}") for each in STANDARDS))
    assert renamed.recommendation().identity == given_situation.recommendation().identity


@settings(deadline=None, max_examples=examples(30))
@given(profiles())
def test_turning_points_are_exactly_the_single_answers_that_change_the_advice(values: dict[str, tuple[str, ...]]) -> None:
    present = situation(values)
    listed = {(point.question.id, point.values) for point in present.turning_points()}
    for question in LIBRARY.profile_questions.values():
        if question.kind is not ProfileKind.CHOICE:
            continue
        for choice in question.choices:
            changed = (
                situation({**values, question.id: (choice.id,)}).recommendation().identity != present.recommendation().identity
            )
            assert changed == ((question.id, (choice.id,)) in listed)


def made(number: int, percent: int, *, demanded: bool = False, answered: int = 1) -> Fit:
    """A fit of so many percent, of a standard that has nothing but a name."""
    standard = replace(STANDARDS[0], id=f"made-{number}", name=f"Made {number}")
    decides = Driver(profile="x", choice="y", points=1, decides=True, because="It is written.")
    reasons = (decides,) if demanded else ()
    return Fit(standard=standard, reached=percent, within_reach=100, possible=100, answered=answered, asked=3, reasons=reasons)


# Strong from 40, close within 15, weak below 20.
@pytest.mark.parametrize(
    ("percents", "why", "first", "later"),
    [
        ([40, 0], Why.STRONG, [0], []),
        ([39, 0], Why.LEANING, [0], []),
        ([80, 65], Why.STRONG_AND_CLOSE, [0, 1], []),
        ([80, 64], Why.STRONG, [0], [1]),
        ([50, 90], Why.STRONG, [1], [0]),
        ([20, 0], Why.LEANING, [0], []),
        ([19, 19], Why.ALL_WEAK, [], []),
        ([20, 5], Why.LEVEL, [0], [1]),
        ([20, 4], Why.LEANING, [0], []),
        ([30, 30, 16], Why.LEVEL, [0, 1], [2]),
        ([16, 30, 30], Why.LEVEL, [1, 2], [0]),
    ],
)
def test_the_decision_follows_the_published_percents(percents: list[int], why: Why, first: list[int], later: list[int]) -> None:
    found = recommend([made(number, percent) for number, percent in enumerate(percents)], {}, {}, LIBRARY.rules.fit)
    assert found.why is why
    assert [standard.id for standard in found.first] == [f"made-{number}" for number in first]
    assert [standard.id for standard in found.later] == [f"made-{number}" for number in later]
    assert found.advice is (Advice.NONE_URGENT if not first else Advice.TOGETHER if len(first) > 1 else Advice.ONE)


def test_deadline_then_readiness_order_what_the_need_leaves_level() -> None:
    fits = [made(0, 30), made(1, 30), made(2, 30)]
    by_day = recommend(fits, {"made-2": date(2027, 1, 1)}, {"made-1": 90}, LIBRARY.rules.fit)
    assert [standard.id for standard in by_day.first] == ["made-2"]
    assert [standard.id for standard in by_day.later] == ["made-1", "made-0"]
    unready = recommend(fits[:2], {}, {"made-1": 1}, LIBRARY.rules.fit)
    assert [standard.id for standard in (*unready.first, *unready.later)] == ["made-1", "made-0"]


def test_a_demand_decides_and_strong_needs_come_later() -> None:
    fits = [made(0, 90), made(1, 0, demanded=True), made(2, 10, demanded=True), made(3, 30)]
    found = recommend(fits, {"made-2": date(2027, 1, 1)}, {}, LIBRARY.rules.fit)
    assert (found.advice, found.why) == (Advice.TOGETHER, Why.DEMANDED)
    assert [standard.id for standard in found.first] == ["made-2", "made-1"]
    assert [standard.id for standard in found.later] == ["made-0"]
    nothing = recommend([made(0, 90, answered=0)], {}, {}, LIBRARY.rules.fit)
    assert nothing.advice is Advice.NOT_KNOWN


def test_a_fit_adds_up_and_stays_a_range_while_answers_are_open() -> None:
    asked = {"complaints": ("noticeably",), "asked-in-writing": ("iso-9001",)}
    found = fit(STANDARDS[0], Profile(values=asked), LIBRARY.profile_questions)
    # Points of ISO 9001: demand 3, complaints 3, suppliers 2, ways 2, product 2, market 2, cost 1.
    assert (found.reached, found.within_reach, found.possible) == (5, 14, 15)
    assert (found.answered, found.asked) == (2, 7)
    assert [driver.profile for driver in found.reasons] == ["asked-in-writing", "complaints"]
    assert found.reasons[0].decides
    many = replace(LIBRARY.profile_questions["complaints"], kind=ProfileKind.MANY)
    both = fit(STANDARDS[0], Profile(values={}), {**LIBRARY.profile_questions, "complaints": many})
    assert both.possible == 15 + 2


def test_a_turning_point_names_the_answer_and_what_it_leads_to() -> None:
    points = situation(ENVIRONMENT | {"asked-in-writing": ()}).turning_points()
    demand = {point.values: point.becomes for point in points if point.question.id == "asked-in-writing"}
    assert set(demand) == {("iso-9001",)}
    assert [standard.id for standard in demand["iso-9001",].first] == ["iso-9001"]
    ticked = situation(QUALITY | {"asked-in-writing": ("iso-14001",)}).turning_points()
    assert {p.values for p in ticked if p.question.id == "asked-in-writing"} == {(), ("iso-9001", "iso-14001")}
    unasked = situation(QUALITY).turning_points()
    assert ("iso-14001",) in {p.values for p in unasked if p.question.id == "asked-in-writing"}
    assert () not in {p.values for p in unasked if p.question.id == "asked-in-writing"}
