"""Dates by example, worked out by hand, and what must hold for every calendar."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.answers import AnswerSheet
from assessment.domain.calendar import PACES, Calendar, Scheduler
from assessment.domain.firm import Firm
from assessment.domain.network import StartConstraint
from assessment.domain.planning import Step, plan
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.work_leg import WorkLeg
from assessment.domain.working_days import is_working_day, working_days_later
from tests.domain import generated
from tests.domain.generated import QUICKLY, sheets_for
from tests.domain.shipped import BOTH, FIRM, ISO_9001, ISO_14001, enough_but, firm
from tests.support.content import LIBRARY

START = date(2027, 1, 4)
CAPACITIES = [Fraction(1, 2), Fraction(1), Fraction(2), Fraction(3), Fraction(5)]


def nothing_of(*questionnaires: Questionnaire) -> AnswerSheet:
    return AnswerSheet().with_rungs({question.ref: Rung.ABSENT for each in questionnaires for question in each.questions})


def scheduler(
    questionnaires: Sequence[Questionnaire],
    sheet: AnswerSheet,
    of: Firm = FIRM,
    *,
    steps: Sequence[Step] | None = None,
    done: Collection[str] = (),
    start: date = START,
) -> Scheduler:
    made = plan(questionnaires, LIBRARY.actions, sheet, of) if steps is None else tuple(steps)
    leg = WorkLeg(questionnaires=tuple(questionnaires), sheet=sheet, steps=tuple(made))
    return Scheduler(legs=(leg,), start=start, done=frozenset(done))


def calendar(sheet: AnswerSheet, days: Fraction) -> Calendar:
    return scheduler([ISO_9001], sheet).calendar(days)


def test_work_and_waiting_by_hand() -> None:
    # Roles: 1 day, at least 1 week. Knowledge: 1 day, at least 6 weeks. At half a day a week a day of work takes two weeks.
    # Neither holds the audits; roles come first in the content.
    sheet = enough_but(knowledge=Rung.ABSENT, roles=Rung.ABSENT)
    made = scheduler([ISO_9001], sheet, firm(45, kind_of_work="workshop")).calendar(Fraction(1, 2))
    planned = {each.key: each for each in made.planned}
    roles, knowledge = planned["assign-roles"], planned["iso-9001/keep-knowledge"]
    assert (roles.start, roles.end, roles.constraint) == (START, date(2027, 1, 18), StartConstraint.NOTHING)
    assert (knowledge.start, knowledge.end) == (date(2027, 1, 18), date(2027, 3, 1))
    assert (knowledge.constraint, knowledge.held_by) == (StartConstraint.WORK, "assign-roles")


def test_a_firm_that_is_ready_waits_only_for_the_audits() -> None:
    (milestones,) = calendar(enough_but(), Fraction(1)).milestones.values()
    assert milestones.ready_for_stage_1 == milestones.ready_for_stage_2 == START
    # Six weeks of notice, four weeks to stage 2, three to the decision.
    assert milestones.stage_1 == START + timedelta(weeks=6)
    assert milestones.stage_2 == START + timedelta(weeks=10)
    assert milestones.certificate == START + timedelta(weeks=13)
    assert milestones.chain == ()


def test_three_months_of_records_hold_the_date_whatever_is_spent() -> None:
    sheet = enough_but(monitoring=Rung.ABSENT, internal_audit=Rung.ABSENT, management_review=Rung.ABSENT)
    milestones = scheduler([ISO_9001], sheet).floor.milestones["iso-9001"]
    # Twelve weeks of records, within them four of audits from the eighth on; one of review, one until the auditors come.
    assert milestones.stage_2 == START + timedelta(weeks=14)
    assert milestones.stage_1 == START + timedelta(weeks=9)
    assert [each.key for each in milestones.chain] == ["run-and-measure", "audit-internally", "review-by-management"]
    assert milestones.certificate == START + timedelta(weeks=17)


@pytest.mark.parametrize(("people", "weeks"), [(10, 20), (25, 22), (45, 23), (100, 25), (250, 28), (500, 30)])
def test_the_floor_is_what_a_consultant_would_say_for_the_size(people: int, weeks: int) -> None:
    # From nothing to the certificate, within a week of the table of our second assessor; ISO 14001 takes a week more.
    for questionnaire, more in ((ISO_9001, 0), (ISO_14001, 1)):
        floor = scheduler(
            [questionnaire], nothing_of(questionnaire), firm(people, kind_of_work="workshop", environmental_complexity="medium")
        ).floor
        assert abs((floor.certificate - START).days / 7 - weeks - more) <= 1.2
    both = scheduler(BOTH, nothing_of(*BOTH), firm(people, kind_of_work="workshop", environmental_complexity="medium")).floor
    assert floor.certificate <= both.certificate <= floor.certificate + timedelta(weeks=2)


@pytest.mark.parametrize("days", [Fraction(0), Fraction(-1)])
def test_no_time_a_week_is_refused(days: Fraction) -> None:
    with pytest.raises(ValueError, match="more than no time"):
        calendar(enough_but(), days)


def test_a_date_beyond_the_calendar_is_its_last_day() -> None:
    assert calendar(nothing_of(ISO_9001), Fraction(1, 10**6)).certificate == date.max
    assert scheduler([ISO_9001], nothing_of(ISO_9001), start=date.max).calendar(Fraction(1)).certificate == date.max


@pytest.mark.parametrize("start", [START, date(2026, 12, 31), date(2027, 1, 1), date(2027, 2, 28)])
def test_nothing_begins_or_ends_on_a_weekend_or_at_new_year(start: date) -> None:
    made = scheduler(BOTH, nothing_of(*BOTH), start=start).calendar(Fraction(2))
    days = [day for each in made.planned for day in (each.start, each.end)]
    days += [day for dates in made.milestones.values() for day in (dates.stage_1, dates.stage_2, dates.certificate)]
    assert len(days) > 100
    assert all(is_working_day(day) and day >= start for day in days)


@settings(QUICKLY, max_examples=25)
@given(st.data(), st.sampled_from(CAPACITIES))
def test_every_calendar_can_be_kept(data: st.DataObject, days: Fraction) -> None:
    sheet = AnswerSheet(answers={ref: a for each in BOTH for ref, a in data.draw(sheets_for(each)).answers.items()})
    people = data.draw(st.sampled_from([1, 12, 60, 900]))
    answers = {
        "permits": data.draw(st.sampled_from(["no", "permit"])),
        "incidents": data.draw(st.sampled_from(["none", "one"])),
    }
    of = firm(people, **answers, emergency_potential=data.draw(st.sampled_from(["no", "some"])))
    steps = plan(BOTH, LIBRARY.actions, sheet, of)
    drawn = scheduler(BOTH, sheet, steps=steps)
    made, floor = drawn.calendar(days), drawn.floor
    planned = {each.key: each for each in made.planned}
    assert set(planned) == {step.key for step in steps}
    for each in made.planned:
        assert START <= each.start <= each.end
        assert each.end >= working_days_later(each.start, int(each.step.weeks * 5) - 1)
        assert all(planned[key].end <= each.start for key in each.step.waits_for)
        for key, weeks in each.step.alongside.items():
            assert working_days_later(planned[key].start, max(0, int(weeks * 5) - 1)) <= each.start
    # Nobody works on two steps at once: all work fits between the start and the last moment of work.
    work = sum(Fraction(step.person_days) for step in steps) / days * 5
    assert not steps or working_days_later(START, int(work)) <= max(each.end for each in made.planned)
    for standard_id, milestones in made.milestones.items():
        assert START <= milestones.stage_1 < milestones.stage_2 < milestones.certificate
        assert milestones.stage_2 - milestones.stage_1 <= timedelta(weeks=8, days=3)
        assert milestones.ready_for_stage_1 <= milestones.stage_1
        assert milestones.ready_for_stage_2 <= milestones.stage_2
        assert floor.milestones[standard_id].certificate <= milestones.certificate
        for earlier, later in zip(milestones.chain, milestones.chain[1:], strict=False):
            assert later.held_by == earlier.key
        assert not milestones.chain or milestones.chain[0].start == START


@settings(QUICKLY, max_examples=15)
@given(st.data())
def test_more_days_a_week_never_give_a_later_date(data: st.DataObject) -> None:
    sheet = AnswerSheet(answers={ref: a for each in BOTH for ref, a in data.draw(sheets_for(each)).answers.items()})
    drawn = scheduler(BOTH, sheet, firm(data.draw(st.integers(1, 800))))
    odd = data.draw(st.fractions(Fraction(1, 3), Fraction(9), max_denominator=7))
    for standard in ("iso-9001", "iso-14001"):
        dates = [drawn.calendar(pace).milestones[standard].certificate for pace in sorted({*PACES, odd})]
        assert dates == sorted(dates, reverse=True)
        assert dates[-1] >= drawn.floor.milestones[standard].certificate


@QUICKLY
@given(generated.questionnaires(), st.data(), st.sampled_from(CAPACITIES))
def test_every_made_up_plan_leads_to_a_certificate(questionnaire: Questionnaire, data: st.DataObject, days: Fraction) -> None:
    actions = dict(generated.actions_for(questionnaire))
    # Besides, a long way that lifts everything a little: it may end after steps that lift the same questions further.
    action = next(iter(actions.values()))
    little = {question.ref: Rung.INFORMAL for question in questionnaire.questions}
    actions["made-up/slow"] = replace(action, id="slow", weeks=40, after=(), lifts=little)
    sheet = data.draw(sheets_for(questionnaire))
    steps = plan([questionnaire], actions, sheet, FIRM)
    (milestones,) = scheduler([questionnaire], sheet, steps=steps).calendar(days).milestones.values()
    assert milestones.ready_for_stage_1 <= milestones.ready_for_stage_2
    assert START < milestones.stage_1 < milestones.stage_2 < milestones.certificate


def test_longer_waits_never_bring_a_certificate_forward() -> None:
    sheet = nothing_of(ISO_9001)
    steps = plan([ISO_9001], LIBRARY.actions, sheet, FIRM)
    longer = [replace(step, weeks=step.weeks + 2) for step in steps]
    short, long = (scheduler([ISO_9001], sheet, steps=each).floor for each in (steps, longer))
    assert long.certificate > short.certificate


def test_a_step_that_is_done_takes_no_more_time_and_holds_nothing() -> None:
    sheet = enough_but(monitoring=Rung.ABSENT, internal_audit=Rung.ABSENT)
    made = scheduler([ISO_9001], sheet, done={"run-and-measure", "stranger"}).calendar(Fraction(5))
    done, audit = (next(each for each in made.planned if each.key == key) for key in ("run-and-measure", "audit-internally"))
    assert (done.start, done.end, done.constraint, done.held_by) == (START, START, StartConstraint.NOTHING, "")
    assert (audit.start, audit.end) == (START, START + timedelta(weeks=4))
    assert (audit.constraint, audit.held_by) == (StartConstraint.NOTHING, "")


def test_what_a_second_standard_waits_for_stands_in_the_order_of_the_plan_so_that_each_server_names_the_same_step() -> None:
    first, second = ISO_9001, ISO_14001
    sheet = nothing_of(first, second)
    legs = tuple(
        WorkLeg(questionnaires=(one,), sheet=sheet, steps=plan([one], LIBRARY.actions, sheet, FIRM)) for one in (first, second)
    )
    steps = Scheduler(legs=legs, start=START).network.steps
    before = [step.key for step in legs[0].steps]
    later = [step for step in steps if set(step.standards) == {second.standard.id}]
    assert len(later) > 10
    for step in later:
        waited_for = [key for key in step.waits_for if key in before]
        assert len(waited_for) > 10
        assert waited_for == sorted(waited_for, key=before.index)


def test_with_everything_at_once_work_takes_no_time() -> None:
    drawn = scheduler([ISO_9001], enough_but(knowledge=Rung.ABSENT, calibration=Rung.ABSENT))
    assert all(each.start == START for each in drawn.floor.planned)
    assert drawn.floor.days_a_week is None
    first, second = drawn.calendar(Fraction(1)).planned
    # One day of work at one day a week is a week; the second begins when the first one's work is done, not its wait.
    assert (second.start, second.constraint, second.held_by) == (
        working_days_later(START, ceil(first.step.person_days * 5)),
        StartConstraint.WORK,
        first.key,
    )
