"""What a standard needs before its audits, of steps that serve several standards."""

from assessment.domain.answers import AnswerSheet
from assessment.domain.planning import plan
from assessment.domain.rules import Rung
from assessment.domain.work_leg import WorkLeg
from tests.domain.shipped import BOTH, FIRM, ISO_9001, ISO_14001, enough_but
from tests.support.content import LIBRARY


def test_a_firm_that_is_ready_needs_no_step() -> None:
    leg = WorkLeg(questionnaires=(ISO_9001,), sheet=enough_but(), steps=())
    assert leg.needed["iso-9001"].stage_1 == leg.needed["iso-9001"].stage_2 == frozenset()


def test_stage_2_needs_all_that_stage_1_needs_and_each_standard_only_what_serves_it() -> None:
    nothing = AnswerSheet().with_rungs({question.ref: Rung.ABSENT for asked in BOTH for question in asked.questions})
    steps = plan(BOTH, LIBRARY.actions, nothing, FIRM)
    leg = WorkLeg(questionnaires=(ISO_9001, ISO_14001), sheet=nothing, steps=steps)
    assert set(leg.needed) == {"iso-9001", "iso-14001"}
    serving = {step.key: {lift.question.standard for lift in step.lifts} for step in steps}
    before = {key for step in steps for key in (*step.waits_for, *step.alongside)}
    for standard, needed in leg.needed.items():
        assert needed.stage_1
        assert needed.stage_1 < needed.stage_2
        assert all(standard in serving[key] or key in before for key in needed.stage_2)
    # Worked on together, shared steps wait for what only the other needs; alone they do not.
    assert "iso-14001/environmental-review" in leg.needed["iso-9001"].stage_2
    alone = WorkLeg(questionnaires=(ISO_9001,), sheet=nothing, steps=plan([ISO_9001], LIBRARY.actions, nothing, FIRM))
    assert not [key for key in alone.needed["iso-9001"].stage_2 if key.startswith("iso-14001/")]
