"""Stretch by stretch: what one standard leaves to do for the next, what must not wait, and what is planned once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.answers import Answer, AnswerSheet, Evidence, State
from assessment.domain.calendar import Scheduler
from assessment.domain.comparison import compare
from assessment.domain.profile import Profile
from assessment.domain.rules import Overlap, Rung
from assessment.domain.way_planner import PLANNERS_KEPT, STRETCHES_KEPT, Planners, WayPlanner, planners_for
from assessment.domain.ways import possible_legs
from assessment.domain.work_leg import WorkLeg
from tests.domain.generated import QUICKLY, sheets_for
from tests.domain.shipped import BOTH, FIRM
from tests.support.content import LIBRARY
from tests.support.examples import examples

NOTHING = AnswerSheet().with_rungs({question.ref: Rung.ABSENT for each in BOTH for question in each.questions})
ONE, OTHER = "iso-9001", "iso-14001"


BEGUN, PACE = date(2027, 1, 4), Fraction(2)


def planner(sheet: AnswerSheet) -> WayPlanner:
    return Planners(questionnaires=tuple(BOTH), actions=LIBRARY.actions, firm=FIRM).planner(sheet)


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


def test_only_what_is_shared_fully_is_done_for_the_second_standard() -> None:
    begin, then = planner(NOTHING).legs(((ONE,), (OTHER,)))
    reached = {ref: rung for step in begin.steps for ref, rung in step.action.lifts.items()}
    full = {shared.topic.id for shared in compare(*BOTH).by_overlap(Overlap.FULL)}
    carried = set()
    for question in BOTH[1].questions:
        counts = question.ref in reached and question.topic and question.topic.topic.id in full and not question.deed
        assert then.sheet.rung(question) == (min(question.enough, reached[question.ref]) if counts else Rung.ABSENT)
        carried |= {question.id} if counts else set()
    assert "document-approval" in carried
    assert carried.isdisjoint({"policy", "objectives", "internal-audit", "management-review", "risks", "monitoring"})


def test_the_second_standard_gets_objectives_of_its_own_and_its_months_of_records() -> None:
    legs = planner(NOTHING).legs(((ONE,), (OTHER,)))
    planned = {each.key: each for each in Scheduler(legs=legs, start=BEGUN).calendar(Fraction(5)).planned}
    assert planned["set-objectives@iso-14001"].start >= planned["iso-14001/aspects-register"].end
    records = planned["run-and-measure@iso-14001"]
    assert records.end >= records.start + timedelta(weeks=12)
    assert planned["audit-internally@iso-14001"].start > planned["iso-14001/control-operations"].end


@pytest.mark.parametrize(("first", "second"), [(ONE, OTHER), (OTHER, ONE)])
@pytest.mark.parametrize("complexity", ["limited", "low", "medium", "high"])
def test_a_second_standard_takes_what_the_rule_says_in_either_order(first: str, second: str, complexity: str) -> None:
    profile = Profile(values={"people": ("45",), "kind-of-work": ("workshop",), "environmental-complexity": (complexity,)})
    planners = planners_for(LIBRARY, BOTH, profile)
    made = planners.planner(NOTHING)
    alone = {standard: days(made.legs(((standard,),))) for standard in (ONE, OTHER)}
    together, after = days(made.legs(((ONE, OTHER),))), days(made.legs(((first,), (second,))))
    rule = max(alone.values()) + LIBRARY.rules.work.later_part * min(alone.values())
    # What is done anew is never less, and every step is rounded.
    assert rule * 0.95 < after < rule * 1.15
    assert abs(after - together) < 0.1 * together
    assert after < sum(alone.values())
    own = {step.action.key: step for step in made.legs(((second,),))[0].steps}
    for step in made.legs(((first,), (second,)))[1].steps:
        assert (
            (step.person_days == own[step.action.key].person_days)
            if step.action.anew
            else (step.person_days <= own[step.action.key].person_days)
        )


def test_a_standard_beside_a_certified_one_takes_as_much_as_after_it() -> None:
    planners = planner(NOTHING).planners
    built = planners.planner(NOTHING).legs(((ONE,), (OTHER,)))[1]
    held = planners.planner(NOTHING, (ONE,)).legs(((OTHER,),))[0]
    own = {step.action.key: step.person_days for step in held.steps}
    assert all(own[step.action.key] == step.person_days for step in built.steps)
    assert days((held,)) < days(planners.planner(NOTHING).legs(((OTHER,),)))
    # Where the certified standard is not looked at, it is taken for as much work.
    assert days(planners.planner(NOTHING, ("iso-45001",)).legs(((OTHER,),))) == days((held,))


def test_what_must_not_wait_is_done_in_the_first_weeks_whichever_standard_comes_first() -> None:
    profile = Profile(values={"permits": ("permit",), "incidents": ("several",), "complainers": ("neighbours", "authorities")})
    made = planners_for(LIBRARY, BOTH, profile).planner(NOTHING)
    legs = made.legs(((ONE,), (OTHER,)))
    planned = {each.key: each for each in Scheduler(legs=legs, start=BEGUN).calendar(Fraction(1)).planned}
    for key in ("name-known-breaches", "first-legal-check", "name-a-contact"):
        assert planned[f"{OTHER}/{key}"].step in legs[0].steps
        assert planned[f"{OTHER}/{key}"].end <= BEGUN + timedelta(weeks=8)
    assert not {step.action.key for step in legs[1].steps} & {f"{OTHER}/first-legal-check", f"{OTHER}/name-known-breaches"}
    assert all(step.standards == (ONE,) or step.urgent for step in legs[0].steps)
    keys = [step.key for leg in legs for step in leg.steps]
    assert len(keys) == len(set(keys))


def days(legs: Iterable[WorkLeg]) -> float:
    return sum(step.person_days for leg in legs for step in leg.steps)


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
