"""Which standard fits, why, and what would change that."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.content import load
from assessment.domain.answers import Profile
from assessment.domain.fit import Advice, Situation, Why
from assessment.domain.profile import ProfileKind
from assessment.places import shipped

LIBRARY = load(shipped("questionnaires"))
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


@settings(deadline=None, max_examples=80)
@given(profiles())
def test_fit_is_a_range_and_the_order_of_the_standards_never_matters(values: dict[str, tuple[str, ...]]) -> None:
    given_situation = situation(values)
    for each in given_situation.fits():
        assert 0 <= each.low <= each.high <= 100
        assert [driver.points for driver in each.reasons if not driver.decides] == sorted(
            (driver.points for driver in each.reasons if not driver.decides), reverse=True
        )
    turned = replace(given_situation, standards=STANDARDS[::-1])
    assert turned.recommendation().gist == given_situation.recommendation().gist
    renamed = replace(given_situation, standards=tuple(replace(each, name=f"Z {each.name}") for each in STANDARDS))
    assert renamed.recommendation().gist == given_situation.recommendation().gist


@settings(deadline=None, max_examples=30)
@given(profiles())
def test_turning_points_are_exactly_the_single_answers_that_change_the_advice(values: dict[str, tuple[str, ...]]) -> None:
    present = situation(values)
    listed = {(point.question.id, point.values) for point in present.turning_points()}
    for question in LIBRARY.profile_questions.values():
        if question.kind is not ProfileKind.CHOICE:
            continue
        for choice in question.choices:
            changed = situation({**values, question.id: (choice.id,)}).recommendation().gist != present.recommendation().gist
            assert changed == ((question.id, (choice.id,)) in listed)
