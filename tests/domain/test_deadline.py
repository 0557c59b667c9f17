"""A deadline against a plan, and the firms two auditors tried."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.answers import AnswerSheet
from assessment.domain.calendar import PACES, Scheduler
from assessment.domain.deadline import DeadlineCheck, Meets, check_deadline
from assessment.domain.firm import Firm
from assessment.domain.planning import plan
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.work_leg import WorkLeg
from tests.domain.generated import QUICKLY, sheets_for
from tests.domain.shipped import FIRM, ISO_9001, ISO_14001, firm
from tests.domain.test_auditor_cases import CODEWERFT, GALVANISER, KRAHL
from tests.support.content import LIBRARY
from tests.support.examples import examples

TODAY = date(2026, 11, 27)
NOTHING = AnswerSheet().with_rungs({question.ref: Rung.ABSENT for question in ISO_9001.questions})


def scheduler(questionnaire: Questionnaire, sheet: AnswerSheet, of: Firm) -> Scheduler:
    steps = plan([questionnaire], LIBRARY.actions, sheet, of)
    return Scheduler(legs=(WorkLeg(questionnaires=(questionnaire,), sheet=sheet, steps=steps),), start=TODAY)


def test_a_deadline_says_what_it_needs() -> None:
    drawn = scheduler(ISO_9001, NOTHING, FIRM)

    def check(deadline: date) -> DeadlineCheck:
        return check_deadline(drawn, "iso-9001", deadline, Fraction(1))

    late = drawn.calendar(Fraction(1)).certificate
    assert (check(late).meets, check(late).needed) == (Meets.YES, Fraction(1))
    sooner = check(late - timedelta(days=1))
    assert sooner.meets is Meets.WITH_MORE_TIME
    assert sooner.needed == Fraction(3, 2)
    assert check(drawn.calendar(Fraction(5)).certificate).needed == Fraction(5)
    assert (check(drawn.floor.certificate).meets, check(drawn.floor.certificate).needed) == (Meets.ONLY_AT_ONCE, None)
    never = check(drawn.floor.certificate - timedelta(days=1))
    assert (never.meets, never.needed, never.floor) == (Meets.NEVER, None, drawn.floor.certificate)
    assert never.start_by is None
    assert check(date(2020, 1, 1)).meets is Meets.NEVER


def test_work_that_begins_on_the_latest_day_still_meets_the_deadline() -> None:
    drawn = scheduler(ISO_9001, NOTHING, FIRM)
    deadline = drawn.calendar(Fraction(1)).certificate + timedelta(weeks=5)
    check = check_deadline(drawn, "iso-9001", deadline, Fraction(1))
    assert check.start_by is not None
    assert replace(drawn, start=check.start_by).calendar(Fraction(1)).certificate <= deadline
    later = replace(drawn, start=check.start_by + timedelta(days=3))
    assert later.calendar(Fraction(1)).certificate > deadline


@settings(QUICKLY, max_examples=examples(20))
@given(st.data(), st.sampled_from([ISO_9001, ISO_14001]))
def test_a_deadline_cannot_be_met_exactly_when_the_floor_lies_behind_it(data: st.DataObject, of: Questionnaire) -> None:
    sheet = data.draw(sheets_for(of))
    drawn = scheduler(of, sheet, firm(data.draw(st.integers(1, 600))))
    deadline = TODAY + timedelta(days=data.draw(st.integers(-400, 900)))
    pace = data.draw(st.sampled_from([Fraction(1, 2), Fraction(1), Fraction(3)]))
    check = check_deadline(drawn, of.standard.id, deadline, pace)
    assert (check.meets is Meets.NEVER) == (check.floor > deadline)
    if check.needed is not None:
        assert drawn.calendar(check.needed).certificate <= deadline
    if check.meets is Meets.WITH_MORE_TIME:
        assert check.needed is not None
        assert check.needed > pace
        assert all(drawn.calendar(less).certificate > deadline for less in PACES if less < check.needed)


@pytest.mark.parametrize(
    ("name", "questionnaire", "sheet", "of", "deadline", "needed", "floor_weeks"),
    [
        # Certification bodies and consultants call nine months feasible for 45 people; 30 weeks was said to be the least.
        ("Krahl", ISO_9001, KRAHL, firm(45, kind_of_work="workshop"), date(2027, 8, 27), Fraction(5, 2), 23.5),
        # Clause 8 is lived: a tight but ordinary project.
        ("Codewerft", ISO_9001, CODEWERFT, firm(28, kind_of_work="office"), date(2027, 4, 30), Fraction(2), 22),
        # "Needs 5 days a week" was false: three do.
        (
            "Galvaniser",
            ISO_14001,
            GALVANISER,
            firm(60, environmental_complexity="medium", permits="permit", incidents="several", emergency_potential="some"),
            date(2027, 9, 27),
            Fraction(5, 2),
            24.5,
        ),
    ],
)
def test_the_deadlines_of_the_auditors_firms_can_be_met(
    name: str,
    questionnaire: Questionnaire,
    sheet: AnswerSheet,
    of: Firm,
    deadline: date,
    needed: Fraction,
    floor_weeks: float,
) -> None:
    check = check_deadline(scheduler(questionnaire, sheet, of), questionnaire.standard.id, deadline, Fraction(2))
    assert check.needed == needed, name
    assert (check.floor - TODAY).days / 7 <= floor_weeks, name


@pytest.mark.parametrize("pace", [Fraction(1), Fraction(2), Fraction(5)])
def test_where_there_was_trouble_the_law_is_looked_at_within_the_first_month(pace: Fraction) -> None:
    of = firm(60, environmental_complexity="medium", permits="permit", incidents="several", emergency_potential="some")
    made = scheduler(ISO_14001, AnswerSheet(), of).calendar(pace)
    ends = {each.key: each.end for each in made.planned}
    for key in ("first-legal-check", "name-a-contact", "name-known-breaches"):
        assert ends[f"iso-14001/{key}"] <= TODAY + timedelta(days=31), key
    evaluated = next(each for each in made.planned if each.key == "iso-14001/evaluate-compliance")
    assert "iso-14001/control-operations" not in evaluated.step.waits_for
