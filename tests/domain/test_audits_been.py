"""Audits that took place: what the plan goes on with, and what is said of it on the page and in every format."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from assessment.domain.answers import AnswerSheet
from assessment.domain.audits_been import audits_been
from assessment.domain.calendar import Milestones
from assessment.domain.profile import Profile
from assessment.domain.result import Result, assess
from assessment.domain.worksheet_condition import Value
from assessment.reports.columns import plan_rows
from assessment.reports.json_file import to_data
from assessment.reports.outline.report import director_sections, outline
from assessment.reports.plan_files import to_ics
from assessment.reports.summary import GapSummary, summarise
from assessment.reports.wording.audits import said_of_audits
from assessment.reports.wording.timeline import said_of_dates, said_of_stale_deeds
from tests.domain.shipped import ISO_9001, enough_but
from tests.reports.spoken import of_outline, squeezed
from tests.support.content import LIBRARY
from tests.support.worksheets import REAL, Told, filled

ON = date(2026, 11, 28)
STANDARD = "iso-9001"
STAGE_1: Told = {"A1": {"kind": "stage-1", "standards": (STANDARD,), "began": "2026-10-10", "complete": "yes"}}
STAGE_2: Mapping[str, Value] = {
    "kind": "stage-2",
    "standards": (STANDARD,),
    "began": "2026-11-20",
    "ended": "2026-11-21",
    "complete": "yes",
}
BOTH_STAGES: Told = {**STAGE_1, "A2": STAGE_2}
MAJOR: Mapping[str, Value] = {
    "what": "No evaluation",
    "audit": ("A2",),
    "grade": "major",
    "area": "iso-9001/8.4",
    "action": "Block",
    "owner": "Kim",
}


def result(*certificates: str, on: date = ON) -> Result:
    told = {"people": ("45",)} | ({"certificates": certificates} if certificates else {})
    return assess(LIBRARY, [ISO_9001], enough_but(), Profile(values=told), on)


def after(told: Told, of: Result | None = None) -> GapSummary:
    return summarise(of or result(), "Firm", "", [STANDARD], worksheets=(filled(told, REAL),))


def dates(summary: GapSummary) -> Milestones:
    return summary.timeline.calendar.milestones[STANDARD]


def said(summary: GapSummary) -> str:
    return " ".join(said_of_dates(summary.timeline, [ISO_9001]))


def page(summary: GapSummary) -> str:
    told = outline(summary)
    return squeezed(" ".join(of_outline(type(told)(**{**vars(told), "sections": director_sections(summary)}))))


def test_after_stage_2_without_a_major_comes_the_decision_and_no_audit_is_booked() -> None:
    summary = after(BOTH_STAGES)
    shown = dates(summary)
    assert (shown.stage_1, shown.stage_2, shown.certificate) == (date(2026, 10, 10), date(2026, 11, 21), date(2026, 12, 14))
    text = "ISO 9001: stage 2 took place on 21 November 2026. Next is the decision, about 3 weeks after it (our judgement): "
    assert said(summary) == f"{text}14 December 2026."
    assert squeezed(text) in page(summary)
    for wrong in ("book the audit", "could be scheduled", "under four months"):
        assert squeezed(wrong) not in page(summary), wrong
    assert squeezed("book the audit") in page(after({}))
    events = to_ics(summary).decode()
    assert "certificate" in events
    assert "stage 1" not in events
    assert to_data(summary)["calendar"]["standards"][STANDARD]["certificate"] == "2026-12-14"


def test_a_decision_that_should_be_there_is_asked_for() -> None:
    told: Told = {**STAGE_1, "A2": {**STAGE_2, "began": "2026-08-03", "ended": "2026-08-05", "complete": ""}}
    text = said(after(told))
    assert "The decision was to be expected by about 26 August 2026 (our judgement): ask your certification body" in text
    assert text.endswith("a major among them would hold it up.")
    assert dates(after(told)).certificate == date(2026, 11, 30)


def test_after_stage_1_comes_stage_2_at_the_soonest_four_weeks_later() -> None:
    told: Told = {"A1": {**STAGE_1["A1"], "began": "2026-11-20"}}
    shown = dates(after(told))
    assert (shown.stage_1, shown.stage_2, shown.certificate) == (date(2026, 11, 20), date(2026, 12, 18), date(2027, 1, 11))
    assert "Next is stage 2, at the soonest 4 weeks after it: 18 December 2026." in said(after(told))
    assert "repeat stage 1" not in said(after(told))
    long_ago = said(after({"A1": {**STAGE_1["A1"], "began": "2026-05-04"}}))
    assert "That is after 2 November 2026: many bodies repeat stage 1" in long_ago


def test_a_certificate_waits_for_a_major_of_stage_2_and_that_stands_first() -> None:
    summary = after({**BOTH_STAGES, "F1": MAJOR})
    assert dates(summary).stage_2 == date(2026, 11, 21)
    assert "Next is to have the open majors closed: the certificate waits for them." in said(summary)
    shown = page(summary)
    closed_by = "It has to be closed by 21 May 2027, 6 months after stage 2; otherwise stage 2 is done again (several sources)."
    assert squeezed(closed_by) in shown
    first_risk = (
        "What could go wrong firstISO 9001: 1 major of a real audit is open: no certificate is decided before it is closed."
    )
    assert squeezed(first_risk) in shown.replace("1.ISO", "ISO")
    assert squeezed("could be scheduled") not in shown
    assert squeezed("Nothing is short") not in shown
    assert next(row.begins for row in plan_rows(summary) if row.number == "F1").endswith("before a certificate is decided")


def test_a_major_that_was_not_closed_in_time_means_another_stage_2() -> None:
    told: Told = {**STAGE_1, "A2": {**STAGE_2, "began": "2026-05-26", "ended": "2026-05-27"}, "F1": MAJOR}
    shown = dates(after(told))
    assert (shown.stage_1, shown.stage_2) == (date(2026, 10, 10), date(2027, 1, 12))
    assert "Next is another stage 2 (several sources), at the earliest on 12 January 2027." in said(after(told))
    closed: Told = {**told, "F1": {**MAJOR, "closed": "2026-06-30"}}
    assert "The decision was to be expected" in said(after(closed))


def test_audits_of_an_ended_certificate_and_those_to_come_are_no_audits_that_took_place() -> None:
    sheets = (filled(BOTH_STAGES, REAL),)
    assert set(audits_been(sheets, [STANDARD], ON, {})) == {STANDARD}
    assert audits_been(sheets, [STANDARD], ON, {STANDARD: date(2026, 11, 22)}) == {}
    assert audits_been(sheets, [STANDARD], date(2026, 10, 9), {}) == {}
    assert audits_been(sheets, ["iso-14001"], ON, {}) == {}
    first = audits_been(sheets, [STANDARD], date(2026, 11, 20), {})[STANDARD]
    assert (first.stage_1, first.stage_2) == (date(2026, 10, 10), None)


SURVEILLED: Told = {
    "A1": {"kind": "surveillance", "standards": (STANDARD,), "began": "2025-11-10", "ended": "2025-11-11", "complete": "yes"},
    "F1": {"what": "Gauges", "audit": ("A1",), "grade": "minor", "area": "iso-9001/7.1.5", "action": "List"},
    "F2": {"what": "Orders", "audit": ("A1",), "grade": "major", "area": "iso-9001/8.2.3", "action": "Review"},
}
HELD = "iso-9001=2026|2028-05-31|2026-12-15|surveillance"


def test_a_major_of_surveillance_puts_the_certificate_at_risk_and_has_the_term_of_the_body() -> None:
    summary = after(SURVEILLED, result(HELD))
    assert summary.timeline.been == {}
    before = {action.line.id: action.before for action in summary.actions}
    term = "within the term of your certification body, 90 days at many (several sources); otherwise the certificate is at risk"
    assert before == {"F1": "before the next audit", "F2": term}
    assert squeezed("before a certificate is decided") not in squeezed(" ".join(of_outline(outline(summary))))
    assert squeezed("within its term, 90 days at many (several sources). Otherwise the certificate is at risk.") in page(
        summary
    )


@pytest.mark.parametrize(
    ("mended", "is_said"),
    [
        ({}, True),
        ({"done": "2026-01-10"}, True),
        ({"done": "2026-01-10", "effect": "yes"}, False),
        ({"closed": "2026-02-01"}, False),
    ],
)
def test_a_minor_that_persists_becomes_a_major_at_the_next_audit(mended: dict[str, str], *, is_said: bool) -> None:
    summary = after({**SURVEILLED, "F1": {**SURVEILLED["F1"], **mended}}, result(HELD))
    text = " ".join(said_of_audits(summary.open_majors, summary.audit_findings, summary.result))
    expected = (
        "ISO 9001: 1 minor of an earlier audit is open (F1). It is checked at the next audit, on 15 December 2026; "
        "a minor that persists is raised to a major (several sources)."
    )
    assert (expected in text) is is_said
    assert (squeezed(expected) in squeezed(" ".join(of_outline(outline(summary))))) is is_said


def test_nothing_is_said_to_be_too_old_at_a_stage_2_that_took_place() -> None:
    audit = "iso-9001/internal-audit"
    sheet = enough_but()
    old = replace(sheet.answers[audit], last_done=ON - timedelta(days=360))
    of = assess(LIBRARY, [ISO_9001], AnswerSheet(answers={**sheet.answers, audit: old}), Profile(), ON)
    before, later = after({}, of), after(BOTH_STAGES, of)
    assert said_of_stale_deeds(before.timeline, [ISO_9001])
    assert said_of_stale_deeds(later.timeline, [ISO_9001]) == []


def test_a_major_of_stage_2_that_is_open_beside_its_certificate_is_asked_about() -> None:
    asked = "What stage 2 found was closed before the certificate was decided: write down the day."
    held = "iso-9001=2026|2029-12-10|2027-11-10|surveillance"
    later = date(2026, 12, 20)
    told: Told = {**BOTH_STAGES, "F1": MAJOR}

    def said_with(certificate: str, worksheet: Told) -> str:
        summary = after(worksheet, result(certificate, on=later))
        return " ".join(said_of_audits(summary.open_majors, summary.audit_findings, summary.result))

    assert asked in said_with(held, told)
    assert asked not in said_with(HELD, SURVEILLED)
    assert asked not in said_with(held, {**told, "F1": {**MAJOR, "closed": "2026-12-01"}})
