"""Several standards together, one after the other, or only one; and which way everything follows."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.answers import Answer, AnswerSheet, Evidence, State
from assessment.domain.calendar import Scheduler
from assessment.domain.fit import Advice, Recommendation, Why
from assessment.domain.planning import plan
from assessment.domain.profile import Profile, way_of, way_values
from assessment.domain.result import assess
from assessment.domain.rules import Rung
from assessment.domain.ways import (
    PLANNERS_KEPT,
    STRETCHES_KEPT,
    Legs,
    Planners,
    Way,
    WayPlanner,
    advised_legs,
    possible_legs,
    ways,
)
from tests.domain.generated import QUICKLY, sheets_for
from tests.domain.shipped import BOTH, FIRM, ON
from tests.support.content import LIBRARY
from tests.support.examples import examples

NOTHING = AnswerSheet().with_rungs({question.ref: Rung.ABSENT for each in BOTH for question in each.questions})
ONE, OTHER = "iso-9001", "iso-14001"


BEGUN, PACE = date(2027, 1, 4), Fraction(2)


def planner(sheet: AnswerSheet) -> WayPlanner:
    return Planners(questionnaires=tuple(BOTH), actions=LIBRARY.actions, firm=FIRM).planner(sheet)


def every_way(sheet: AnswerSheet, *standards: str) -> tuple[Way, ...]:
    return ways(planner(sheet), standards or (ONE, OTHER), BEGUN, PACE)


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


def test_the_second_standard_has_its_own_audit_and_review() -> None:
    begin, then = planner(NOTHING).legs(((ONE,), (OTHER,)))
    keys = {step.key for step in then.steps}
    assert {"audit-internally@iso-14001", "review-by-management@iso-14001"} <= keys
    assert keys.isdisjoint({step.key for step in begin.steps})
    audit = next(step for step in then.steps if step.key == "audit-internally@iso-14001")
    assert audit.action.key == "audit-internally"
    assert audit.standards == (OTHER,)
    made = Scheduler(legs=(begin, then), start=BEGUN).calendar(PACE)
    planned = {each.key: each for each in made.planned}
    assert min(planned[key].start for key in keys) >= made.milestones[ONE].ready_for_stage_2


def test_ways_that_begin_alike_share_their_stretches_and_each_gets_what_it_would_alone() -> None:
    shared = planner(NOTHING)
    both = shared.legs(((ONE,), (OTHER,)))
    assert shared.legs(((ONE,),))[0] is both[0]
    for legs in possible_legs((ONE, OTHER)):
        assert shared.legs(legs) == planner(NOTHING).legs(legs)
        assert shared.scheduler(legs, BEGUN).calendar(PACE) == Scheduler(legs=shared.legs(legs), start=BEGUN).calendar(PACE)


def test_what_is_done_by_the_first_stretch_is_done_for_the_second() -> None:
    begin, then = planner(NOTHING).legs(((ONE,), (OTHER,)))
    reached = {ref: rung for step in begin.steps for ref, rung in step.action.lifts.items()}
    for question in BOTH[1].questions:
        after = then.sheet.rung(question)
        counts = question.ref in reached and not question.deed
        assert after == (min(question.enough, reached[question.ref]) if counts else Rung.ABSENT)


def test_ways_are_told_from_any_day_on_and_at_any_pace() -> None:
    result = assess(LIBRARY, BOTH, NOTHING, Profile(), ON)
    assert result.ways_from(ON, result.days_a_week) is result.ways
    assert result.ways_from(BEGUN, PACE) == ways(result.planner, (ONE, OTHER), BEGUN, PACE)
    assert result.ways_from(BEGUN, PACE) != result.ways
    assert result.ways_from(ON, PACE + 1) == ways(result.planner, (ONE, OTHER), ON, PACE + 1)


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


def test_a_note_changes_no_plan_and_takes_no_planning() -> None:
    planners = planner(NOTHING).planners
    ref = BOTH[0].questions[0].ref
    noted = replace(NOTHING.answers[ref], note="seen in March", evidence=(Evidence(title="Minutes"),), who="Ada")
    assert planners.planner(AnswerSheet(answers={**NOTHING.answers, ref: noted})) is planners.planner(NOTHING)


def test_an_answer_or_a_reason_for_leaving_out_that_changes_is_planned_for() -> None:
    planners = planner(NOTHING).planners
    left_out = next(question for question in BOTH[0].questions if question.may_not_apply)
    reasons = ("We design nothing: drawings come from customers.", "No.")
    sheets = [
        NOTHING,
        NOTHING.with_rungs({left_out.ref: Rung.IN_USE}),
        *(
            AnswerSheet(answers={**NOTHING.answers, left_out.ref: Answer(state=State.NOT_APPLICABLE, reason=reason)})
            for reason in reasons
        ),
    ]
    made = [planners.planner(sheet) for sheet in sheets]
    assert [one.sheet for one in made] == sheets
    again = Planners(questionnaires=planners.questionnaires, actions=planners.actions, firm=planners.firm)
    assert [one.legs(((ONE,), (OTHER,))) for one in made] == [again.planner(sheet).legs(((ONE,), (OTHER,))) for sheet in sheets]


def test_planners_of_old_sheets_are_forgotten() -> None:
    planners = planner(NOTHING).planners
    refs = [question.ref for question in BOTH[0].questions[:PLANNERS_KEPT]]
    first = planners.planner(NOTHING)
    for ref in refs:
        planners.planner(NOTHING.with_rungs({ref: Rung.DEFINED}))
    assert planners.planner(NOTHING) is not first


def test_an_answer_to_one_standard_leaves_what_is_planned_for_the_other_alone() -> None:
    planners = planner(NOTHING).planners
    before, changed = planners.planner(NOTHING), planners.planner(NOTHING.with_rungs({BOTH[0].questions[0].ref: Rung.IN_USE}))
    assert before is not changed
    assert changed.legs(((OTHER,),))[0] is before.legs(((OTHER,),))[0]
    assert changed.legs(((ONE,),))[0] is not before.legs(((ONE,),))[0]


@settings(QUICKLY, max_examples=examples(10))
@given(st.data())
def test_stretches_that_sheets_have_in_common_are_those_that_each_would_plan_alone(data: st.DataObject) -> None:
    drawn = [[data.draw(sheets_for(each)).answers for each in BOTH] for _ in range(2)]
    sheets = [
        AnswerSheet(answers={**one, **other}) for one in (drawn[0][0], drawn[1][0]) for other in (drawn[0][1], drawn[1][1])
    ]
    planners = planner(NOTHING).planners
    for sheet in sheets:
        for way in possible_legs((ONE, OTHER)):
            for shared, alone in zip(planners.planner(sheet).legs(way), planner(sheet).legs(way), strict=True):
                assert (shared.steps, shared.needed, shared.forecasts) == (alone.steps, alone.needed, alone.forecasts)


def test_stretches_of_old_sheets_are_forgotten() -> None:
    planners = planner(NOTHING).planners
    (first,) = planners.planner(NOTHING).legs(((ONE,),))
    for question in BOTH[0].questions[:STRETCHES_KEPT]:
        planners.planner(NOTHING.with_rungs({question.ref: Rung.DEFINED})).legs(((ONE,),))
    assert planners.planner(NOTHING).legs(((ONE,),))[0] is not first


@settings(QUICKLY, max_examples=examples(10))
@given(st.data())
def test_how_others_worked_best_changes_no_date(data: st.DataObject) -> None:
    drawn = AnswerSheet(answers={ref: a for each in BOTH for ref, a in data.draw(sheets_for(each)).answers.items()})
    question = data.draw(st.sampled_from([question for each in BOTH for question in each.questions]))
    sheets = [drawn, *(drawn.with_rungs({question.ref: rung}) for rung in Rung)]
    done = frozenset(data.draw(st.sets(st.sampled_from(list(LIBRARY.actions)), max_size=3)))
    planners = planner(NOTHING).planners
    for sheet in sheets:
        for way in possible_legs((ONE, OTHER)):
            shared, alone = (of.scheduler(way, BEGUN, done) for of in (planners.planner(sheet), planner(sheet)))
            assert shared.calendar(PACE) == alone.calendar(PACE)
            assert shared.certificates(PACE + 1) == alone.certificates(PACE + 1)


def test_an_answer_that_changes_the_time_of_no_step_takes_no_other_look_for_the_best_way_to_work() -> None:
    planners = planner(NOTHING).planners
    way = ((ONE, OTHER),)
    before, worse = (planners.planner(sheet).scheduler(way, BEGUN) for sheet in (NOTHING, AnswerSheet()))
    before.calendar(PACE)
    assert worse.best is before.best
    assert PACE in worse.best
    assert planners.planner(NOTHING).scheduler(way, BEGUN, frozenset({"start-project"})).best is not before.best
