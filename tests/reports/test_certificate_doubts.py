"""What is told of a certificate, held against the rules of its three years: what a certification body would ask about."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assessment.domain.answers import AnswerSheet
from assessment.domain.certificates import certificate_of
from assessment.domain.result import Result
from assessment.domain.rules import Rung
from assessment.reports.key_figures import key_figures
from assessment.reports.summary import summarise
from assessment.reports.wording.advice import headline_in_words, reason_in_words
from assessment.reports.wording.verdicts import rehearsal_in_words, verdict_of
from tests.domain.shipped import BOTH, ON
from tests.domain.test_auditor_cases import without
from tests.domain.test_upkeep import ENOUGH, INFORMAL, certified, said

NO_YEAR = "No audit is told for"
TOO_LATE = "so the decision may come too late"
FIRST = "If that is the first surveillance after a first certificate, it comes too late"
OTHER = "iso-14001=2026|2029-06-30|2027-06-01|surveillance"


def of(kept: str) -> Result:
    return certified(f"iso-9001={kept}", OTHER)


@pytest.mark.parametrize(
    ("kept", "years"),
    [
        ("2026|2029-06-30|2027-12-31|surveillance", ""),
        ("2026|2029-06-30|2028-01-02|surveillance", "2027"),
        ("2026|2029-06-30|2028-06-02|", "2027"),
        ("2015|2029-02-15|2028-06-10|transition", "2027"),
        ("2026|2029-06-30||surveillance", ""),
        ("2026|2029-06-30|2026-01-10|surveillance", ""),
    ],
)
def test_a_calendar_year_without_an_audit_is_asked_about(kept: str, years: str) -> None:
    text = said(of(kept))
    assert (NO_YEAR in text) is bool(years)
    assert (f"{NO_YEAR} 2027, and surveillance comes" in text) is (years == "2027")


@pytest.mark.parametrize(
    ("end", "audit", "late"),
    [
        ("2029-10-31", "2027-10-31", False),
        ("2029-10-31", "2027-11-01", True),
        ("2028-10-31", "2027-11-01", False),  # its first year is over
    ],
)
def test_a_first_surveillance_after_twelve_months_is_asked_about(end: str, audit: str, *, late: bool) -> None:
    assert (FIRST in said(of(f"2026|{end}|{audit}|surveillance"))) is late


def test_a_first_surveillance_is_reckoned_from_the_last_day() -> None:
    held = certificate_of("iso-9001=2026|2029-10-31||")
    assert held is not None
    assert held.first_surveillance_by(ON) == date(2027, 10, 31)
    assert held.first_surveillance_by(date(2027, 11, 1)) is None
    ancient = certificate_of("iso-9001=2026|0002-10-31||")
    assert ancient is not None
    assert ancient.first_surveillance_by(date(1, 1, 1)) is None


@pytest.mark.parametrize(
    ("audit", "kind", "late"),
    [
        ("2027-03-10", "recertification", False),
        ("2027-03-11", "recertification", True),
        ("2027-03-31", "surveillance", True),
        ("2027-04-01", "recertification", False),  # it ends before that, which is said instead
    ],
)
def test_an_audit_too_late_for_a_decision_before_the_end_is_doubted(audit: str, kind: str, *, late: bool) -> None:
    text = said(of(f"2026|2027-03-31|{audit}|{kind}"))
    assert (TOO_LATE in text) is late
    assert ("It ends before its next audit" in text) is (audit > "2027-03-31")


def test_an_audit_too_late_to_decide_on_restoring_is_doubted_like_any_other() -> None:
    ended = ON - timedelta(days=60)
    assert TOO_LATE in said(of(f"2026|{ended}|{ended + timedelta(days=175)}|recertification"))
    assert TOO_LATE not in said(of(f"2026|{ended}|{ended + timedelta(days=120)}|recertification"))


def test_a_recertification_years_ahead_and_a_transition_to_nothing_newer_are_doubted() -> None:
    early = "A recertification comes in the third year"
    assert early in said(of("2026|2029-03-31|2027-02-25|recertification"))
    assert early not in said(of("2026|2028-01-31|2027-02-25|recertification"))
    assert early not in said(of("2026|2029-03-31|2027-02-25|surveillance"))
    nothing = "No edition newer than ISO 9001:2026 is known here"
    assert nothing in said(of("2026|2029-02-15|2027-02-10|transition"))
    assert nothing not in said(of("2015|2029-02-15|2027-02-10|transition"))


@pytest.mark.parametrize(
    ("kept", "sentence"),
    [
        ("2026|2028-05-31||", "It is needed by 30 June 2027, and valid then as long as it is kept."),
        ("2026|2027-05-31||", "It is needed by 30 June 2027, and valid then only if it is renewed before 31 May 2027."),
        ("2026|2026-10-31||", "It is needed by 30 June 2027, and only valid then if it is restored until 30 April 2027."),
    ],
)
def test_the_day_for_which_a_held_certificate_is_needed_is_answered(kept: str, sentence: str) -> None:
    assert sentence in said(certified(f"iso-9001={kept}", OTHER, deadline="iso-9001=2027-06-30"))
    assert "It is needed by" not in said(of(kept))


ENDED = f"iso-9001=2026|{ON - timedelta(days=90)}||"


def test_a_certificate_that_has_ended_is_not_called_at_risk_and_its_majors_are_closed_before_it_is_restored() -> None:
    found = certified(ENDED, OTHER, sheet=INFORMAL)
    standard = found.of("iso-9001")
    assert verdict_of(standard) == "Certificate ended: likely majors stand in the way of restoring it"
    assert "restored only once every major is closed" in rehearsal_in_words(standard)
    text = said(found)
    assert "90 days" not in text
    assert "do not count on restoring it" in text
    (ended, valid) = found.upkeep
    assert ended.is_restoring_out_of_reach
    assert not valid.is_restoring_out_of_reach
    assert "before the certificate ends" not in text.split("Held:", maxsplit=1)[0]
    summary = summarise(found, "Firm", "", list(found.chosen))
    told = [key_figures(summary, each)["Certificate, at the earliest"] for each in summary.standards]
    assert told == ["ended, can be restored", "held already"]
    good = certified(ENDED, OTHER)
    assert verdict_of(good.of("iso-9001")) == "Certificate ended: no likely finding at the audit that restores it"
    assert "do not count on restoring it" not in said(good)
    minor = certified(ENDED, OTHER, sheet=ENOUGH.with_rungs({"iso-9001/risks": Rung.INFORMAL}))
    assert verdict_of(minor.of("iso-9001")).startswith("Certificate ended: likely findings at the audit")


def test_a_recertification_that_was_due_may_have_taken_place() -> None:
    for end in (ON + timedelta(days=30), ON - timedelta(days=30)):
        text = said(of(f"2026|{end}|{ON - timedelta(days=10)}|recertification"))
        assert "If it took place, tell the new last day once it is decided" in text
    assert "tell the day of the one after" in said(of(f"2026|2028-01-31|{ON - timedelta(days=10)}|surveillance"))


def test_what_is_left_out_without_a_reason_is_a_likely_finding_where_no_stage_1_stops_for_it() -> None:
    design = next(question for question in BOTH[0].questions if question.ref == "iso-9001/design")
    held = "iso-9001=2026|2028-01-01|2027-06-01|surveillance"
    for reason, verdict in (
        ("n/a", "Left out without a reason that would hold: a likely finding at the next audit"),
        ("We make what customers draw and change nothing.", "No likely finding at the next audit"),
    ):
        found = certified(held, OTHER, sheet=without(ENOUGH, [design], reason))
        assert verdict_of(found.of("iso-9001")) == verdict
        assert ("without a reason that would hold: a likely finding there" in said(found)) is (reason == "n/a")
        assert ("Nothing would be found there today, by what" in said(found).partition("ISO 14001")[0]) is (reason != "n/a")


def aging(days: int, kept: str) -> Result:
    """A holder whose internal audit was so many days ago, and everything else is enough."""
    audit = "iso-9001/internal-audit"
    old = replace(ENOUGH.answers[audit], last_done=ON - timedelta(days=days))
    return certified(f"iso-9001={kept}", OTHER, sheet=AnswerSheet(answers={**ENOUGH.answers, audit: old}))


def test_what_goes_stale_before_the_next_audit_is_a_step_before_it_and_in_the_verdict() -> None:
    found = aging(350, f"2026|2028-03-15|{ON + timedelta(days=30)}|surveillance")
    (held, _) = found.upkeep
    assert [step.key for step in held.steps] == ["audit-internally"]
    assert held.of_majors == {"audit-internally"}
    standard = found.of("iso-9001")
    assert standard.findings == (), "today it counts"
    assert verdict_of(standard) == "No likely finding at the next audit, once what goes stale before it is done again"
    text = said(found).partition("ISO 14001")[0]
    assert "Goes stale before it, on" in text
    assert "Nothing is short of what is enough." not in text
    soon = aging(350, f"2026|2028-03-15|{ON + timedelta(days=5)}|surveillance")
    assert soon.upkeep[0].steps == ()
    assert verdict_of(soon.of("iso-9001")) == "No likely finding at the next audit"
    assert "Stale since" in said(aging(400, f"2026|2028-03-15|{ON + timedelta(days=5)}|surveillance"))


def test_where_no_day_is_told_only_what_restores_it_has_one() -> None:
    assert aging(350, "2026|2028-03-15||").upkeep[0].steps == ()
    ended = aging(350, f"2026|{ON - timedelta(days=30)}||")
    assert [step.key for step in ended.upkeep[0].steps] == ["audit-internally"]
    assert verdict_of(ended.of("iso-9001")).endswith("once what goes stale before it is done again")


def test_nothing_that_is_answered_is_no_good_news() -> None:
    found = certified("iso-9001=2026|2028-03-15|2027-03-19|surveillance", OTHER, sheet=AnswerSheet())
    assert verdict_of(found.of("iso-9001")) == "Nothing answered yet"


def test_an_edition_that_is_not_told_is_asked_for() -> None:
    asked = "Its edition is not told"
    assert asked in said(of("not-known|2028-03-15|2027-03-19|surveillance"))
    assert asked not in said(of("2026|2028-03-15|2027-03-19|surveillance"))


def test_who_holds_what_has_ended_is_told_to_restore_it_and_not_that_nothing_is_urgent() -> None:
    found = certified(ENDED, OTHER)
    assert headline_in_words(found) == "Restore ISO 9001 first"
    assert reason_in_words(found).startswith("Nothing is certified for the first time")
    valid = certified("iso-9001=2026|2028-05-31||", OTHER)
    assert headline_in_words(valid) == "No standard is urgent for you"
    assert reason_in_words(valid).startswith("You hold every certificate")
