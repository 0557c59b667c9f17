"""Advice, next steps, plan, dates and gap summary never contradict one another, whatever the profile says."""

import random
from datetime import timedelta

import pytest

from assessment.domain.answers import Answer, AnswerSheet, State
from assessment.domain.calendar import Scheduler
from assessment.domain.deadline import Meets
from assessment.domain.fit import Advice
from assessment.domain.profile import Profile, ProfileKind, way_values
from assessment.domain.result import Result, assess
from assessment.domain.rules import Rung
from assessment.domain.timeline import timeline
from assessment.domain.ways import possible_legs
from assessment.reports.json_file import to_data
from assessment.reports.markdown_file import to_markdown
from assessment.reports.summary import summarise
from assessment.reports.wording import advice as advice_wording
from tests.domain.shipped import BOTH, ON
from tests.support.content import LIBRARY

PROFILES = 1000
# Dates and a whole summary take longer; every so manieth profile gets them.
EVERY = 20


def drawn_profile(chance: random.Random) -> Profile:
    """Return answers drawn for each question; about a fifth stay open. One in three chose a way."""
    values: dict[str, tuple[str, ...]] = {}
    for question in LIBRARY.profile_questions.values():
        if chance.random() < 0.2:
            continue
        if question.kind is ProfileKind.CHOICE:
            values[question.id] = (chance.choice(question.choices).id,)
        elif question.kind is ProfileKind.NUMBER:
            values[question.id] = (str(chance.choice([1, 3, 12, 45, 300, 20_000])),)
        elif question.kind is ProfileKind.MANY:
            values[question.id] = tuple(choice.id for choice in question.choices if chance.random() < 0.4)
        elif question.kind is ProfileKind.STANDARDS:
            values[question.id] = tuple(standard for standard in LIBRARY.standards if chance.random() < 0.3)
        elif question.kind is ProfileKind.DATES:
            day = ON + timedelta(days=chance.randint(-100, 700))
            values[question.id] = tuple(f"{standard}={day}" for standard in LIBRARY.standards if chance.random() < 0.5)
        elif question.kind is ProfileKind.CERTIFICATES:
            until = ON + timedelta(days=chance.randint(-100, 900))
            values[question.id] = tuple(f"{standard}=2026|{until}||" for standard in LIBRARY.standards if chance.random() < 0.2)
    if chance.random() < 0.33:
        values["way"] = way_values(chance.choice([*possible_legs(tuple(LIBRARY.standards)), (), None]))
    return Profile(values=values)


def drawn(number: int) -> Result:
    chance = random.Random(number)  # noqa: S311  # the same profiles every time
    sheet = AnswerSheet().with_rungs(
        {question.ref: chance.choice(list(Rung)) for each in BOTH for question in each.questions if chance.random() < 0.8}
    )
    chosen = chance.choice([BOTH, BOTH, BOTH[:1], BOTH[1:]])
    return assess(LIBRARY, chosen, sheet, drawn_profile(chance), ON)


@pytest.mark.broad
@pytest.mark.parametrize("part", range(10))
def test_a_thousand_profiles_get_no_contradiction(part: int) -> None:
    followed = 0
    for number in range(part * PROFILES // 10, (part + 1) * PROFILES // 10):
        result = drawn(number)
        first = {standard.id for standard in result.recommendation.first} & set(result.chosen)
        assert set(result.on_the_way) <= set(result.chosen)
        assert len(result.on_the_way) == len(set(result.on_the_way))
        if result.profile.way() is None:
            assert result.way == result.advised_way
        if first:
            assert set(result.advised_way[0]) == first
        assert not set(result.on_the_way) & result.held.keys()
        if result.recommendation.advice is Advice.NONE_URGENT and len(result.chosen) > 1:
            assert (result.advised_way == ()) == (result.undecided is None or not result.to_certify)
        said = advice_wording.way_taken(result)
        if "as advised" in said.lower():
            assert result.undecided is None
            assert {standard for leg in result.advised_way for standard in leg} <= named(result)
        followed += bool(result.way)
        if number % EVERY == 0:
            check_dates_and_summary(result)
    assert followed > PROFILES / 25


def named(result: Result) -> set[str]:
    """The ids of the standards that the advice names."""
    return {standard.id for standard in (*result.recommendation.first, *result.recommendation.later)}


def check_dates_and_summary(result: Result) -> None:
    served = {standard for step in result.steps for standard in step.standards}
    assert served <= set(result.on_the_way)
    for place, leg in enumerate(result.legs):
        for step in leg.steps:
            # What must not wait for a standard that comes later is done first.
            assert set(step.standards) <= set(leg.standards) or (place == 0 and step.urgent)
            assert result.firm.needs(step.action)
    assert len({step.key for step in result.steps}) == len(result.steps)
    ahead = timeline(result, start=ON, days_a_week=result.days_a_week, offered=())
    assert list(ahead.calendar.milestones) == list(result.on_the_way)
    for check in ahead.deadlines:
        met = ahead.calendar.milestones[check.standard].certificate <= check.deadline
        assert (check.meets is Meets.YES) == met
        assert (check.meets is Meets.NEVER) == (check.floor > check.deadline)
    ends = {placed.key: placed.end for placed in ahead.calendar.planned}
    if result.days_a_week >= 1 and result.firm.people < 100:
        for step in result.legs[0].steps if result.legs else ():
            if step.urgent and not step.first_step:
                assert ends[step.key] <= ON + timedelta(days=45), step.key
    data = to_data(summarise(result, "Drawn & Co", "", list(result.chosen)))
    assert [step["key"] for step in data["plan"]] == [step.key for step in result.steps]
    assert data["calendar"]["standards"].keys() == set(result.on_the_way)
    assert data["way"]["says"] == advice_wording.way_taken(result)
    assert data["way"]["chosen"] == [list(leg) for leg in result.way]
    for way in result.ways:
        if way.standards == result.way:
            assert way.person_days == sum(step.person_days for step in result.steps)
            made = Scheduler(legs=result.legs, start=ON).calendar(result.days_a_week)
            assert max(leg.certificate for leg in way.legs) == made.certificate


BOOK = "book the audit"
READY = AnswerSheet().with_rungs({question.ref: question.enough for each in BOTH for question in each.questions})


def summary_of(sheet: AnswerSheet, *standards: str) -> str:
    """The summary of some standards, where a written demand leads to ISO 14001 alone."""
    result = assess(LIBRARY, BOTH, sheet, Profile(values={"asked-in-writing": ("iso-14001",)}), ON)
    assert result.way == (("iso-14001",),)
    return to_markdown(summarise(result, "Firm", "", standards)).decode()


def test_a_document_for_a_standard_that_is_not_on_the_way_never_says_that_it_is_ready() -> None:
    nothing = AnswerSheet().with_rungs({"iso-9001/internal-audit": Rung.ABSENT})
    for said in (summary_of(nothing, "iso-9001"), summary_of(READY, "iso-9001")):
        assert BOOK not in said
        assert "Nothing is planned for what is not on the way." in said
        assert "The earliest honest dates" not in said
    assert BOOK not in summary_of(nothing, "iso-9001", "iso-14001")
    assert BOOK in summary_of(READY, "iso-14001")


def test_no_document_says_that_an_audit_can_be_booked_while_what_is_left_out_has_no_reason() -> None:
    left_out = next(question for question in BOTH[1].questions if question.may_not_apply)
    sheet = AnswerSheet(answers={**READY.answers, left_out.ref: Answer(state=State.NOT_APPLICABLE, reason="n/a")})
    said = summary_of(sheet, "iso-14001")
    assert "Too early for an audit" in said
    assert BOOK not in said
    assert "look at the reasons for what is left out" in said
