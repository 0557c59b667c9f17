"""The firms that two lead auditors took through the product: advice, order, dates and days, as they said they should be.

Their dates are from 27 November 2026. Where the auditors re-computed a date themselves, ours is never later than theirs.
"""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from assessment.domain.answers import AnswerSheet
from assessment.domain.audit_time import in_half_days
from assessment.domain.calendar import Planned
from assessment.domain.deadline import Meets
from assessment.domain.fit import Advice
from assessment.domain.profile import WAY, Profile
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.result import Result, assess
from assessment.domain.timeline import Timeline, timeline
from assessment.reports.wording.plan import roles_in_one_hand
from assessment.reports.wording.timeline import said_of_dates
from tests.domain.shipped import BOTH, ISO_9001, ISO_14001
from tests.domain.test_auditor_cases import CODEWERFT, GALVANISER, KRAHL
from tests.support.content import LIBRARY

TODAY = date(2026, 11, 27)
OFFERED = tuple(map(Fraction, (1, 2, 3, 5)))
A_MONTH = timedelta(days=31)


def told(sheet: AnswerSheet, asked: list[Questionnaire], *complainers: str, **answers: str) -> Result:
    values: dict[str, tuple[str, ...]] = {name.replace("_", "-"): (value,) for name, value in answers.items()}
    values["complainers"] = tuple(complainers)
    return assess(LIBRARY, asked, sheet, Profile(values=values), TODAY)


def ahead(result: Result) -> Timeline:
    return timeline(result, start=TODAY, days_a_week=result.days_a_week, offered=OFFERED)


def steps(result: Result) -> dict[str, Planned]:
    return {planned.key: planned for planned in ahead(result).calendar.planned}


def auditors(result: Result, standard: str) -> tuple[float, ...]:
    days = result.audit_time.by_standard[standard]
    return tuple(in_half_days(part) for part in (days.initial, days.least, days.surveillance, days.recertification))


def harbour(days_a_week: str = "2") -> Result:
    return told(
        GALVANISER,
        [ISO_14001],
        "neighbours",
        people="60",
        days_a_week=days_a_week,
        asked_in_writing="iso-14001",
        deadline="iso-14001=2027-09-27",
        permits="permit",
        incidents="several",
        environmental_complexity="medium",
        emergency_potential="serious",
    )


OFFICE = {
    "kind_of_work": "office",
    "permits": "no",
    "incidents": "none",
    "environmental_complexity": "limited",
    "emergency_potential": "no",
    "environmental_data": "nobody",
    "suppliers": "little",
    "regulated_product": "no",
    "resource_cost": "small",
    "asked_in_writing": "",
}
PIXELFOLD = {
    **OFFICE,
    "people": "6",
    "days_a_week": "1",
    "new_market": "yes",
    "complaints": "noticeably",
    "ways_of_working": "no",
}
TRANSLATOR = {
    **OFFICE,
    "people": "4",
    "days_a_week": "0.5",
    "new_market": "no",
    "complaints": "hardly",
    "ways_of_working": "yes",
}


def test_krahl_reaches_its_deadline_with_half_a_day_more_and_not_only_after_forty_weeks() -> None:
    firm = told(
        KRAHL,
        [ISO_9001],
        people="45",
        kind_of_work="workshop",
        days_a_week="2",
        asked_in_writing="iso-9001",
        deadline="iso-9001=2027-08-27",
    )
    at = ahead(firm)
    of_deadline, of_edition = said_of_dates(at, firm.questionnaires)
    assert of_deadline == "ISO 9001 by 27 August 2027: needs 2.5 days a week instead of 2 days."
    assert "only from a certification body that is accredited for it" in of_edition
    # The auditor saw 40 weeks "however much is spent", called 30 feasible, and worked out a floor of 23 to 24.
    assert at.floor.milestones["iso-9001"].certificate <= TODAY + timedelta(weeks=24)
    assert at.calendar.milestones["iso-9001"].certificate == date(2027, 10, 8)
    # Estimated: 70 to 100 person-days.
    assert 70 <= sum(step.person_days for step in firm.steps) <= 100
    assert auditors(firm, "iso-9001") == (4, 3, 1.5, 3)
    order = list(steps(firm))
    assert order[:3] == ["start-project", "understand-context", "set-scope"]


def test_codewerft_is_a_tight_but_ordinary_project_and_its_deadline_is_met() -> None:
    firm = told(
        CODEWERFT,
        [ISO_9001],
        people="28",
        kind_of_work="office",
        days_a_week="3",
        asked_in_writing="iso-9001",
        deadline="iso-9001=2027-04-30",
    )
    (check,) = ahead(firm).deadlines
    assert check.meets is Meets.YES
    assert check.floor <= date(2027, 4, 30)
    assert auditors(firm, "iso-9001") == (4, 3, 1.5, 3)


@pytest.mark.parametrize(
    ("days", "recomputed"),
    [("1", date(2028, 10, 13)), ("2", date(2027, 11, 28)), ("3", date(2027, 9, 24)), ("5", date(2027, 8, 20))],
)
def test_the_galvaniser_is_certified_no_later_than_its_auditor_worked_out(days: str, recomputed: date) -> None:
    assert ahead(harbour(days)).calendar.milestones["iso-14001"].certificate <= recomputed


def test_the_galvaniser_meets_its_deadline_with_three_days_a_week_and_no_sentence_says_five() -> None:
    (check,) = ahead(harbour()).deadlines
    assert check.meets is Meets.WITH_MORE_TIME
    assert check.needed is not None
    assert check.needed <= 3


def test_the_galvaniser_knows_within_a_month_whether_it_breaks_its_permit_and_whom_neighbours_call() -> None:
    planned = steps(harbour())
    for key in ("first-legal-check", "name-known-breaches", "name-a-contact"):
        assert planned[f"iso-14001/{key}"].end <= TODAY + A_MONTH, key
    order = list(planned)
    assert order[0] == "start-project"
    assert order.index("iso-14001/environmental-review") == 4
    evaluation = planned["iso-14001/evaluate-compliance"]
    assert evaluation.step.action.after == ("iso-14001/compliance-register",)
    assert evaluation.start < planned["iso-14001/control-operations"].end


def test_the_galvaniser_has_stage_1_within_eight_weeks_of_stage_2_and_both_on_working_days() -> None:
    for days in ("1", "2", "3", "5"):
        dates = ahead(harbour(days)).calendar.milestones["iso-14001"]
        assert dates.stage_2 - dates.stage_1 <= timedelta(weeks=8)
        assert max(dates.stage_1.weekday(), dates.stage_2.weekday()) < 5


def test_the_galvaniser_hears_what_speaks_for_more_auditor_days() -> None:
    firm = harbour()
    assert auditors(firm, "iso-14001") == (6, 4.5, 2, 4)
    more = " ".join(each.reason.fact.text for each in firm.audit_time.reasons if each.reason.more)
    assert "permits" in more
    assert "Neighbours or authorities complain" in more
    assert "trouble before" in more


def test_the_web_agency_is_advised_to_begin_with_one_standard_and_its_next_steps_are_of_that_one() -> None:
    firm = told(AnswerSheet(), BOTH, **PIXELFOLD)
    assert (firm.recommendation.advice, firm.way) == (Advice.ONE, (("iso-9001",),))
    assert {standard for step in firm.steps for standard in step.standards} == {"iso-9001"}
    assert "iso-14001/environmental-review" not in steps(firm)
    both = assess(LIBRARY, BOTH, AnswerSheet(), Profile(values={**firm.profile.values, WAY: ("iso-9001+iso-14001",)}), TODAY)
    assert auditors(both, "iso-9001")[0] == 2
    assert auditors(both, "iso-14001")[0] == 3
    assert both.audit_time.integrated is not None
    assert both.audit_time.integrated.initial == 4


def test_six_people_in_an_office_need_the_days_its_auditor_would_plan_for_the_environment() -> None:
    alone = assess(
        LIBRARY, [ISO_14001], AnswerSheet(), Profile(values={**told(AnswerSheet(), BOTH, **PIXELFOLD).profile.values}), TODAY
    )
    way = next(way for way in alone.ways if way.standards == (("iso-14001",),))
    assert 12 <= way.person_days <= 18
    asked = {step.action.key for leg in way.legs for step in alone.steps if leg}
    assert "iso-14001/hold-drill" not in asked


def test_the_translator_needs_no_standard_now_gets_no_steps_and_no_audit_under_a_day() -> None:
    firm = told(AnswerSheet(), BOTH, **TRANSLATOR)
    assert (firm.recommendation.advice, firm.way, firm.steps) == (Advice.NONE_URGENT, (), ())
    assert auditors(firm, "iso-9001") == (1.5, 1.5, 1, 1)
    assert auditors(firm, "iso-14001")[0] == 2.5


def test_in_a_very_small_firm_several_roles_are_one_persons_and_nobody_audits_own_work() -> None:
    firm = told(AnswerSheet(), BOTH, **PIXELFOLD)
    (said,) = roles_in_one_hand(firm, firm.steps)
    assert "with 6 people one person has several of them" in said
    assert "Nobody audits own work" in said
    alone = told(AnswerSheet(), BOTH, **{**PIXELFOLD, "people": "1"})
    (said,) = roles_in_one_hand(alone, alone.steps)
    assert "with 1 person they are one person’s" in said
    for people in ({"people": "11"}, {}):
        larger = told(AnswerSheet(), BOTH, **{**{key: text for key, text in PIXELFOLD.items() if key != "people"}, **people})
        assert larger.steps
        assert roles_in_one_hand(larger, larger.steps) == []
