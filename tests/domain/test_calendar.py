"""Dates by example, worked out by hand, and what must hold for every calendar."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.answers import AnswerSheet
from assessment.domain.calendar import Calendar, Meets, StartConstraint, check_deadline, schedule
from assessment.domain.planning import Step, plan
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung, Size
from tests.domain import generated
from tests.domain.generated import QUICKLY, sheets_for
from tests.domain.shipped import BOTH, ISO_9001, LIBRARY, enough_but

START = date(2027, 1, 4)
CAPACITIES = [Fraction(1, 2), Fraction(1), Fraction(2), Fraction(3), Fraction(5)]


def calendar(sheet: AnswerSheet, days: Fraction | None, steps: Sequence[Step] | None = None) -> Calendar:
    made = plan([ISO_9001], LIBRARY.actions, sheet, Size.SMALL) if steps is None else steps
    return schedule([ISO_9001], sheet, made, start=START, days_a_week=days)


def test_work_and_waiting_by_hand() -> None:
    # Knowledge: 1 day of work, at least 6 weeks. Roles: half a day, at least 1 week, worked on beside that wait.
    sheet = enough_but(knowledge=Rung.ABSENT, roles=Rung.ABSENT)
    planned = {each.key: each for each in calendar(sheet, Fraction(1, 2)).planned}
    assert list(planned) == ["assign-roles", "iso-9001/keep-knowledge"]
    roles, knowledge = planned.values()
    # Half a day at half a day a week is one week, the least it takes.
    assert (roles.start, roles.end, roles.constraint) == (START, date(2027, 1, 11), StartConstraint.NOTHING)
    # It waits for roles (through the process map and risks, which are met), then takes its six weeks.
    assert (knowledge.start, knowledge.end, knowledge.constraint, knowledge.held_by) == (
        date(2027, 1, 11),
        date(2027, 2, 22),
        StartConstraint.AFTER if "assign-roles" in knowledge.step.waits_for else StartConstraint.WORK,
        "assign-roles",
    )


def test_a_firm_that_is_ready_waits_only_for_the_audits() -> None:
    (milestones,) = calendar(enough_but(), Fraction(1)).milestones.values()
    assert milestones.ready_for_stage_1 == milestones.ready_for_stage_2 == START
    # Six weeks of notice, four weeks to stage 2, four to the decision.
    assert milestones.stage_1 == START + timedelta(weeks=6)
    assert milestones.stage_2 == START + timedelta(weeks=10)
    assert milestones.certificate == START + timedelta(weeks=14)
    assert milestones.chain == ()


def test_three_months_of_records_hold_the_date_whatever_is_spent() -> None:
    sheet = enough_but(monitoring=Rung.ABSENT, internal_audit=Rung.ABSENT, management_review=Rung.ABSENT)
    milestones = calendar(sheet, None).milestones["iso-9001"]
    # Twelve weeks of records, four of audits, one of review; the certificate four weeks after stage 2.
    assert milestones.stage_2 == START + timedelta(weeks=17)
    assert [each.key for each in milestones.chain] == ["run-and-measure", "audit-internally", "review-by-management"]
    assert milestones.certificate == START + timedelta(weeks=21)


def test_a_deadline_says_what_it_needs() -> None:
    sheet = AnswerSheet().with_rungs({question.ref: Rung.ABSENT for question in ISO_9001.questions})
    others = {days: calendar(sheet, days) for days in CAPACITIES}
    floor = calendar(sheet, None)

    def check(deadline: date) -> tuple[Meets, Fraction | None]:
        found = check_deadline("iso-9001", deadline, others[Fraction(1)], others, floor)
        assert found.floor == floor.certificate
        return found.meets, found.needed

    late = others[Fraction(1)].certificate
    assert check(late) == (Meets.YES, Fraction(1))
    assert check(late - timedelta(days=1)) == (Meets.WITH_MORE_TIME, Fraction(2))
    assert check(others[Fraction(5)].certificate) == (Meets.WITH_MORE_TIME, Fraction(5))
    assert check(floor.certificate - timedelta(days=1)) == (Meets.NEVER, None)


@pytest.mark.parametrize("days", [Fraction(0), Fraction(-1)])
def test_no_time_a_week_is_refused(days: Fraction) -> None:
    with pytest.raises(ValueError, match="more than no time"):
        calendar(enough_but(), days)


def test_a_date_beyond_the_calendar_is_its_last_day() -> None:
    sheet = AnswerSheet().with_rungs({question.ref: Rung.ABSENT for question in ISO_9001.questions})
    assert calendar(sheet, Fraction(1, 10**6)).certificate == date.max
    steps = plan([ISO_9001], LIBRARY.actions, sheet, Size.SMALL)
    late = schedule([ISO_9001], sheet, steps, start=date.max, days_a_week=Fraction(1))
    assert late.certificate == date.max


@QUICKLY
@given(st.data(), st.sampled_from(CAPACITIES))
def test_every_calendar_can_be_kept(data: st.DataObject, days: Fraction) -> None:
    sheet = AnswerSheet(answers={ref: a for each in BOTH for ref, a in data.draw(sheets_for(each)).answers.items()})
    steps = plan(BOTH, LIBRARY.actions, sheet, Size.MEDIUM)
    made = schedule(BOTH, sheet, steps, start=START, days_a_week=days)
    floor = schedule(BOTH, sheet, steps, start=START, days_a_week=None)
    planned = {each.key: each for each in made.planned}
    assert set(planned) == {step.action.key for step in steps}
    for each in made.planned:
        assert START <= each.start <= each.end
        assert each.end >= each.start + timedelta(days=max(0, each.step.action.weeks * 7 - 1))
        assert all(planned[key].end <= each.start for key in each.step.waits_for)
    # Nobody works on two steps at once: all work fits between the start and the last moment of work.
    work = sum(Fraction(step.person_days) for step in steps) / days * 7
    assert not steps or START + timedelta(days=int(work)) <= max(each.end for each in made.planned)
    for standard_id, milestones in made.milestones.items():
        assert START <= milestones.stage_1 < milestones.stage_2 < milestones.certificate
        assert milestones.ready_for_stage_1 <= milestones.stage_1
        assert milestones.ready_for_stage_2 <= milestones.stage_2
        assert floor.milestones[standard_id].certificate <= milestones.certificate
        for earlier, later in zip(milestones.chain, milestones.chain[1:], strict=False):
            assert later.held_by == earlier.key
        assert not milestones.chain or milestones.chain[0].start == START


@QUICKLY
@given(generated.questionnaires(), st.data(), st.sampled_from(CAPACITIES))
def test_every_made_up_plan_leads_to_a_certificate(questionnaire: Questionnaire, data: st.DataObject, days: Fraction) -> None:
    actions = dict(generated.actions_for(questionnaire))
    # Besides, a long way that lifts everything a little: it may end after steps that lift the same questions further.
    action = next(iter(actions.values()))
    little = {question.ref: Rung.INFORMAL for question in questionnaire.questions}
    actions["made-up/slow"] = replace(action, id="slow", weeks=40, after=(), lifts=little)
    sheet = data.draw(sheets_for(questionnaire))
    steps = plan([questionnaire], actions, sheet, Size.SMALL)
    (milestones,) = schedule([questionnaire], sheet, steps, start=START, days_a_week=days).milestones.values()
    assert milestones.ready_for_stage_1 <= milestones.ready_for_stage_2
    assert START < milestones.stage_1 < milestones.stage_2 < milestones.certificate


def test_longer_waits_never_bring_a_certificate_forward() -> None:
    sheet = AnswerSheet().with_rungs({question.ref: Rung.ABSENT for question in ISO_9001.questions})
    steps = plan([ISO_9001], LIBRARY.actions, sheet, Size.SMALL)
    longer = [replace(step, action=replace(step.action, weeks=step.action.weeks + 2)) for step in steps]
    assert calendar(sheet, None, longer).certificate > calendar(sheet, None, steps).certificate


def test_a_step_that_is_done_takes_no_more_time_and_holds_nothing() -> None:
    sheet = enough_but(monitoring=Rung.ABSENT, internal_audit=Rung.ABSENT)
    steps = plan([ISO_9001], LIBRARY.actions, sheet, Size.SMALL)
    made = schedule([ISO_9001], sheet, steps, start=START, days_a_week=Fraction(1), done={"run-and-measure", "stranger"})
    done, audit = made.planned
    assert (done.key, done.start, done.end, done.constraint, done.held_by) == (
        "run-and-measure",
        START,
        START,
        StartConstraint.NOTHING,
        "",
    )
    assert done.step.action.key == "run-and-measure"
    assert (audit.key, audit.start, audit.end) == ("audit-internally", START, START + timedelta(weeks=4))
    assert (audit.constraint, audit.held_by) == (StartConstraint.NOTHING, "")


def test_whatever_it_takes_means_that_work_takes_no_time() -> None:
    sheet = enough_but(knowledge=Rung.ABSENT, calibration=Rung.ABSENT)
    made = calendar(sheet, None)
    assert all(each.start == START for each in made.planned)
    assert made.days_a_week is None
    slow = calendar(sheet, Fraction(1))
    first, second = slow.planned
    # One day of work at one day a week is a week; the second begins when the first one's work is done, not its wait.
    assert (second.start, second.constraint, second.held_by) == (START + timedelta(weeks=1), StartConstraint.WORK, first.key)
