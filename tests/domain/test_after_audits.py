"""Results after real audits: what took place is not planned again, and what an auditor found outweighs what answers say."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assessment.domain.after_audits import after_audits
from assessment.domain.answers import AnswerSheet
from assessment.domain.audit_time import in_half_days
from assessment.domain.profile import Profile
from assessment.domain.result import Result, assess
from assessment.domain.rules import Rung
from assessment.reports.json_file import to_data
from assessment.reports.outline.report import outline
from assessment.reports.summary import summarise
from assessment.reports.wording import calculation
from assessment.reports.wording import director as words
from assessment.reports.wording.verdicts import rehearsal_in_words, verdict_means, verdict_of
from tests.domain.shipped import BOTH, ISO_9001, enough_but
from tests.domain.test_audits_been import BOTH_STAGES, HELD, MAJOR, ON, STAGE_1, STAGE_2, STANDARD, SURVEILLED
from tests.reports.spoken import of_outline, squeezed
from tests.support.content import LIBRARY
from tests.support.worksheets import REAL, Told, filled

AUDIT = f"{STANDARD}/internal-audit"


def result(sheet: AnswerSheet | None = None, *certificates: str) -> Result:
    told = {"people": ("45",)} | ({"certificates": certificates} if certificates else {})
    return assess(LIBRARY, [ISO_9001], sheet or enough_but(), Profile(values=told), ON)


def after(told: Told, of: Result) -> Result:
    return after_audits(of, [filled(told, REAL)])


def aging(days: int) -> AnswerSheet:
    """Everything is enough, and the internal audit was so many days ago."""
    sheet = enough_but()
    old = replace(sheet.answers[AUDIT], last_done=ON - timedelta(days=days))
    return AnswerSheet(answers={**sheet.answers, AUDIT: old})


def test_without_audits_the_result_stays_the_same_value() -> None:
    of = result()
    assert after({}, of) is of
    assert after_audits(after(STAGE_1, of), [filled(STAGE_1, REAL)]).been == after(STAGE_1, of).been


def test_what_is_too_old_at_a_stage_2_is_no_step_any_more_once_that_took_place() -> None:
    of = result(aging(364))
    assert [step.key for step in of.steps] == ["audit-internally"]
    assert [step.key for step in after(STAGE_1, of).steps] == ["audit-internally"]
    for told in (BOTH_STAGES, {**BOTH_STAGES, "F1": MAJOR}):
        assert after(told, of).steps == ()
        assert after(told, of).stale_by_stage_2 == ()
    again: Told = {**STAGE_1, "A2": {**STAGE_2, "began": "2026-05-26", "ended": "2026-05-27"}, "F1": MAJOR}
    assert [step.key for step in after(again, of).steps] == ["audit-internally"], "another stage 2 is to come"
    stale_today = after(BOTH_STAGES, result(aging(400)))
    assert [step.key for step in stale_today.steps] == ["audit-internally"], "that does not count today either"


def test_stage_2_is_the_sooner_for_a_stage_1_that_took_place_and_so_less_is_too_old_then() -> None:
    of = result(aging(340))
    assert of.stale_by_stage_2
    assert after(STAGE_1, of).stale_by_stage_2 == ()


def test_every_way_is_dated_after_the_audits_that_took_place() -> None:
    of = after(BOTH_STAGES, result())
    (way,) = of.ways
    assert way.legs[0].certificate == date(2026, 12, 14)
    assert result().ways[0].legs[0].certificate > date(2027, 1, 1)
    both = assess(LIBRARY, BOTH, enough_but(), Profile(), ON)
    wanted = {way.standards: way for way in after(BOTH_STAGES, both).ways}
    assert wanted[(STANDARD,),].legs[0].certificate == date(2026, 12, 14)
    assert wanted[(STANDARD,), ("iso-14001",)].legs[0].certificate == date(2026, 12, 14)


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        ({}, "Ready for stage 2"),
        (STAGE_1, "Ready for stage 2"),
        (BOTH_STAGES, "Stage 2 took place; the decision is next"),
        ({**BOTH_STAGES, "F1": MAJOR}, "Stage 2 took place; a major is open"),
        ({**BOTH_STAGES, "F1": {**MAJOR, "closed": "2026-11-25"}}, "Stage 2 took place; the decision is next"),
        (
            {**STAGE_1, "A2": {**STAGE_2, "began": "2026-05-26", "ended": "2026-05-27"}, "F1": MAJOR},
            "Ready for stage 2",
        ),
    ],
)
def test_after_stage_2_the_verdict_is_what_that_left(told: Told, verdict: str) -> None:
    of = after(told, result())
    assert verdict_of(of.standards[0]) == verdict
    summary = summarise(result(), "Firm", "", [STANDARD], worksheets=(filled(told, REAL),))
    assert to_data(summary)["standards"][0]["verdict"]["in-words"] == verdict
    assert squeezed(verdict) in squeezed(" ".join(of_outline(outline(summary))))


def test_a_major_that_a_real_audit_left_open_is_the_verdict_on_a_certificate_that_is_held() -> None:
    of = after(SURVEILLED, result(None, HELD)).standards[0]
    assert verdict_of(of) == "Certificate at risk: a major of a real audit is open"
    assert "Only your certification body closes a major" in verdict_means(of)
    assert calculation.verdict(of)[0] == "1 major of a real audit is open, and outweighs what answers let expect."
    closed: Told = {**SURVEILLED, "F2": {**SURVEILLED["F2"], "closed": "2026-01-10"}}
    assert verdict_of(after(closed, result(None, HELD)).standards[0]) == "No likely finding at the next audit"


def test_after_stage_1_nobody_reads_that_it_would_end_with_areas_of_concern() -> None:
    early = enough_but(scope=Rung.ABSENT, policy=Rung.ABSENT)
    before, later = result(early).standards[0], after(STAGE_1, result(early)).standards[0]
    assert "stage 1 would end with 2 areas of concern" in rehearsal_in_words(before)
    assert (
        rehearsal_in_words(later, later.been) == "By what is answered today: 2 likely majors, 0 more areas with smaller gaps."
    )


def test_how_the_verdict_after_stage_2_is_calculated_names_no_gate_of_answers() -> None:
    told: Told = {**BOTH_STAGES, "F1": MAJOR}
    assert calculation.verdict(after(told, result()).standards[0]) == [
        "Stage 2 took place, so no answer moves this verdict.",
        "1 major of a real audit is open, and outweighs what answers let expect.",
    ]


def director(told: Told, of: Result) -> tuple[str, str]:
    """What a director is asked to decide, and how many days auditors still need."""
    summary = summarise(of, "Firm", "", [STANDARD], worksheets=(filled(told, REAL),))
    asked = words.decide(summary.asks, "ISO 9001", summary.result, on_start=False)
    return asked, words.auditors(summary.result)


def test_a_director_is_asked_for_what_is_left_to_decide_and_told_of_audits_to_come_only() -> None:
    of = result()
    days = of.audit_time.by_standard[STANDARD]
    assert (in_half_days(days.initial), in_half_days(days.initial - days.stage_1)) == (4, 3)
    assert director({}, of)[1] == "Auditors need about 4 days up to the certificate (an estimate)."
    assert director(STAGE_1, of)[1] == "Auditors need about 3 days up to the certificate (an estimate)."
    assert director(STAGE_1, of)[0].startswith("Soon")
    assert director(BOTH_STAGES, of) == ("Nothing: the decision is the certification body’s.", "")
    asked = "To have every open major closed: the certificate waits for that."
    assert director({**BOTH_STAGES, "F1": MAJOR}, of) == (asked, "")
