"""Whether open profile answers can still change what to begin with, and which decide most."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.fit import Advice, Situation
from assessment.domain.fit_range import Undecided, undecided
from assessment.domain.profile import Profile, ProfileKind
from tests.domain.shipped import DEMO
from tests.domain.test_fit import NOTHING, QUALITY, situation
from tests.support.content import LIBRARY
from tests.support.examples import examples

SPEAKING = [
    question
    for question in LIBRARY.profile_questions.values()
    if any(driver.profile == question.id for standard in LIBRARY.standards.values() for driver in standard.drivers)
]
# The most answers the second way to decide takes: it tries every way to answer what is open.
MOST_OPEN = 4


def deciding(of: Undecided | None) -> list[str]:
    assert of is not None
    return [question.id for question in of.deciding]


def test_three_answers_of_all_are_too_early_and_the_two_that_decide_most_are_named() -> None:
    few = undecided(situation({"people": ("45",), "complaints": ("badly",), "suppliers": ("much",)}))
    assert few is not None
    assert (few.answered, few.asked) == (3, len(LIBRARY.profile_questions)) == (3, 24)
    assert deciding(few) == ["asked-in-writing", "permits"]


def test_a_demand_in_writing_settles_what_to_begin_with() -> None:
    assert undecided(situation({"asked-in-writing": ("iso-9001",)})) is None
    assert undecided(situation({"asked-in-writing": ()})) is not None


def test_where_everything_is_answered_the_advice_stands() -> None:
    assert undecided(situation(DEMO.profile.values)) is None
    everything = {question.id: (question.choices[0].id,) for question in SPEAKING if question.choices}
    assert undecided(situation(everything | {"asked-in-writing": ()})) is None


def test_where_nothing_is_answered_the_advice_says_so_itself() -> None:
    for values in ({}, {"people": ("45",)}):
        assert situation(values).recommendation().advice is Advice.NOT_KNOWN
        assert undecided(situation(values)) is None


def test_one_open_answer_that_decides_is_named_alone() -> None:
    everything = {question.id: (question.choices[0].id,) for question in SPEAKING if question.choices}
    alone = undecided(situation(everything))
    assert deciding(alone) == ["asked-in-writing"]


def test_an_open_answer_that_changes_nothing_does_not_hold_the_advice_back() -> None:
    # With nothing speaking for either, two more data requests leave both needs weak.
    settled = NOTHING | {"new-market": ("no",)}
    assert situation(settled).recommendation().advice is Advice.NONE_URGENT
    assert undecided(situation(settled)) is None


@st.composite
def nearly_answered(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    left = draw(st.sets(st.sampled_from([question.id for question in SPEAKING]), max_size=MOST_OPEN))
    values: dict[str, tuple[str, ...]] = {}
    for question in SPEAKING:
        if question.id not in left:
            values[question.id] = draw(st.sampled_from(answers_of(question.id)))
    return values


def answers_of(question_id: str) -> list[tuple[str, ...]]:
    question = LIBRARY.profile_questions[question_id]
    if question.kind is ProfileKind.STANDARDS:
        first, second = LIBRARY.standards
        return [(), (first,), (second,), (first, second)]
    return [(choice.id,) for choice in question.choices]


def begins(values: Mapping[str, tuple[str, ...]]) -> tuple[Advice, frozenset[str]]:
    recommended = situation(values).recommendation()
    return recommended.advice, frozenset(standard.id for standard in recommended.first)


@settings(deadline=None, max_examples=examples(60))
@given(nearly_answered())
def test_it_is_too_early_exactly_while_some_answers_would_give_other_advice(values: dict[str, tuple[str, ...]]) -> None:
    left = [question.id for question in SPEAKING if question.id not in values]
    readings = {
        begins(values | dict(zip(left, given_answers, strict=True)))
        for given_answers in product(*(answers_of(question_id) for question_id in left))
    }
    assert (undecided(situation(values)) is not None) is (readings != {begins(values)})


@pytest.mark.parametrize("values", [QUALITY, {"complaints": ("badly",)}])
def test_the_order_and_the_names_of_the_standards_do_not_matter(values: dict[str, tuple[str, ...]]) -> None:
    given_situation = situation(values)
    turned = replace(given_situation, standards=given_situation.standards[::-1])
    assert undecided(turned) == undecided(given_situation)


def test_several_ticks_are_read_in_every_way() -> None:
    question = replace(LIBRARY.profile_questions["permits"], kind=ProfileKind.MANY)
    of = situation({other.id: (other.choices[0].id,) for other in SPEAKING if other.choices and other.id != "permits"})
    many = Situation(
        standards=of.standards,
        profile=Profile(values={**of.profile.values, "asked-in-writing": ()}),
        questions={**of.questions, "permits": question},
        readiness={},
        rules=replace(of.rules, weak=10),
    )
    assert deciding(undecided(many)) == ["permits"]
