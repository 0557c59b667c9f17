"""Certified organisations: eight of them, each with the next audit instead of a first one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assessment.domain.answers import AnswerSheet
from assessment.domain.fit import Advice, Why
from assessment.domain.profile import Profile
from assessment.domain.result import Result, assess
from assessment.domain.rules import Rung
from assessment.domain.timeline import timeline
from assessment.reports.json_file import to_data
from assessment.reports.outline.auditors import auditor_days
from assessment.reports.outline.blocks import Table
from assessment.reports.summary import summarise
from assessment.reports.wording.advice import way_taken
from assessment.reports.wording.certificates import said_of_all
from tests.domain.shipped import BOTH, DEMO, ON
from tests.support.content import LIBRARY

ENOUGH = AnswerSheet().with_rungs({question.ref: question.enough for each in BOTH for question in each.questions})
BASE: dict[str, tuple[str, ...]] = {"people": ("60",), "environmental-complexity": ("medium",), "days-a-week": ("2",)}


def certified(*kept: str, sheet: AnswerSheet = ENOUGH, **answers: str) -> Result:
    values = {**BASE, **{name.replace("_", "-"): (value,) for name, value in answers.items()}, "certificates": kept}
    return assess(LIBRARY, BOTH, sheet, Profile(values=values), ON)


def said(result: Result) -> str:
    return " ".join(text for sentences in said_of_all(result, result.chosen) for text in sentences)


def test_a_chemical_distributor_with_a_certificate_is_planned_for_the_other_standard_only() -> None:
    nothing = ENOUGH.with_rungs({question.ref: Rung.ABSENT for question in BOTH[1].questions})
    found = certified("iso-9001=2015|2028-03-01|2027-03-10|surveillance", sheet=nothing, permits="permit", incidents="several")
    assert found.way == (("iso-14001",),)
    assert {standard for step in found.steps for standard in step.standards} == {"iso-14001"}
    assert "audit-internally" in {step.key for step in found.steps}
    assert list(timeline(found, start=ON, days_a_week=found.days_a_week, offered=()).calendar.milestones) == ["iso-14001"]
    text = said(found)
    assert "Held: ISO 9001:2015 with Amendment 1:2024, valid until 1 March 2028." in text
    assert "Next audit on 10 March 2027: surveillance." in text
    assert "Transition to ISO 9001:2026" in text
    assert "Your certification body must itself be accredited for the new edition" in text


def test_a_firm_that_holds_everything_is_not_advised_to_begin() -> None:
    found = certified("iso-9001=2026|2029-01-01||", "iso-14001=2026|2029-01-01||", asked_in_writing="iso-9001")
    assert (found.recommendation.advice, found.recommendation.why) == (Advice.NONE_URGENT, Why.ALL_HELD)
    assert (found.way, found.steps, found.ways) == ((), (), ())
    assert way_taken(found).startswith("You hold every certificate")
    assert "Transition" not in said(found)


def test_a_demand_for_what_is_held_decides_nothing() -> None:
    found = certified("iso-9001=2026|||", asked_in_writing="iso-9001", permits="permit", incidents="several")
    assert "iso-9001" not in {standard.id for standard in found.recommendation.first}
    assert found.way == (("iso-14001",),)


def test_an_expired_certificate_is_a_first_one_again_and_that_is_said() -> None:
    found = certified(f"iso-9001=2015|{ON - timedelta(days=1)}|{ON}|recertification", asked_in_writing="iso-9001")
    assert found.held == {}
    assert found.way[0] == ("iso-9001",)
    assert "it has ended, so the plan leads to a first certificate again" in said(found)


def test_a_certificate_for_ever_and_an_audit_tomorrow_are_taken_as_told() -> None:
    found = certified(f"iso-14001=not-known||{ON + timedelta(days=1)}|")
    assert "ISO 14001, no end told" in said(found)
    text = said(found)
    assert "Next audit on 25 November 2026." in text
    assert "A certificate runs for three years and has a last day: look at it and tell it." in text
    assert "Auditor days: 2 for a surveillance, 4 for a recertification" in text


def test_an_audit_tomorrow_with_much_to_mend_says_what_comes_first() -> None:
    short = ENOUGH.with_rungs({question.ref: Rung.ABSENT for question in BOTH[0].questions})
    kept = f"iso-9001=2026|2028-01-01|{ON + timedelta(days=1)}|surveillance"
    text = said(certified(kept, sheet=short))
    assert "At 2 days a week there is time for about half a day until then: what is a likely major comes first." in text
    assert "comes first" not in said(certified(kept))


def test_surveillance_and_recertification_have_their_own_advice() -> None:
    watched = said(certified("iso-9001=2026|2028-01-01|2027-06-01|surveillance"))
    assert "Surveillance comes at least once in each calendar year." in watched
    assert "The recertification has to be over by 11 December 2027, majors closed" in watched
    renewed = said(certified("iso-9001=2026|2028-01-01|2027-06-01|recertification"))
    assert "Recertification is an audit of everything, before the certificate ends" in renewed
    assert "Surveillance comes" not in renewed


def test_a_certificate_that_ends_before_its_audit_or_runs_for_ever_is_doubted_aloud() -> None:
    early = said(certified("iso-9001=2026|2027-03-01|2027-06-01|recertification"))
    assert "It ends before its next audit: ask your certification body now." in early
    assert "told to run longer" in said(certified("iso-9001=2026|2099-12-31||"))
    assert "told to run longer" not in said(certified("iso-9001=2026|2029-11-23||"))


def test_the_table_of_auditor_days_shows_no_first_audit_of_what_is_held() -> None:
    found = certified("iso-9001=2026|2028-01-01|2027-06-01|surveillance")
    (shown,) = [block for block in auditor_days(found) if isinstance(block, Table)]
    rows = [[" ".join(run.text for text in cell for run in text) for cell in row] for row in shown.rows]
    assert rows[0] == ["ISO 9001", "held", "held", "held", "2", "3.5"]
    assert rows[1] == ["ISO 14001", "6", "2", "4.5", "2", "4"]
    assert rows[2][:4] == ["Together, integrated at best", "held", "held", "held"]


def test_a_missed_audit_is_named_as_such() -> None:
    assert "The next audit was due on 1 February 2026" in said(certified("iso-14001=2015|2028-01-01|2026-02-01|surveillance"))


def test_what_is_found_and_goes_stale_before_the_audit_is_said_with_the_work() -> None:
    short = ENOUGH.with_rungs({"iso-9001/calibration": Rung.ABSENT})
    audit = BOTH[0].by_ref["iso-9001/internal-audit"]
    answer = replace(short.answer(audit), last_done=date(2026, 3, 1))
    short = AnswerSheet(answers={**short.answers, audit.ref: answer})
    text = said(certified("iso-9001=2026|2028-01-01|2027-06-01|recertification", sheet=short))
    assert "1 likely major would be found there today." in text
    assert "Goes stale before it, on 1 March 2027: Has an internal audit" in text
    assert "To mend before it: 1 step" in text
    assert "Auditor days there: 3.5, an estimate, not a quote." in text


def test_the_demo_with_its_certificate_shows_no_stage_1_for_it() -> None:
    values = {**DEMO.profile.values, "certificates": ("iso-9001=2026|2028-06-30|2027-06-01|surveillance",)}
    found = assess(LIBRARY, DEMO.questionnaires, DEMO.sheet, Profile(values=values), ON)
    assert found.way == (("iso-14001",),)
    data = to_data(summarise(found, "Demo", "", list(found.chosen)))
    assert [one["standard"] for one in data["held"]] == ["iso-9001"]
    assert "iso-9001" not in data["calendar"]["standards"]


@pytest.mark.parametrize("kept", ["iso-50001=2018|||", "nonsense"])
def test_a_certificate_of_something_else_changes_nothing(kept: str) -> None:
    assert certified(kept).way == certified().way
    assert said(certified(kept)) == ""
