"""What auditors really found: audits, their findings, and majors that nobody closed."""

from dataclasses import replace
from datetime import date

import pytest

from assessment.domain.audit_findings import audits_of, findings_of, open_majors, without_audit
from assessment.domain.worksheet_actions import Effect, actions_of
from assessment.domain.worksheet_lines import Filled, Line
from tests.support.worksheets import AUDITED, GALVANISER, REAL, Told, filled

BOTH = ("iso-9001", "iso-14001")


def audited(**changes: object) -> Filled:
    """The audits of the firm, with lines changed by id."""
    return filled({**AUDITED, **{name: {**AUDITED.get(name, {}), **values} for name, values in changes.items()}}, REAL)  # type: ignore[dict-item]


def test_audits_stand_in_the_order_in_which_they_were_with_what_each_found() -> None:
    first, second = audits_of([audited()])
    assert (first.line.id, first.began, first.ended) == ("A1", date(2026, 6, 10), date(2026, 6, 10))
    assert (first.looks_at_stops, first.is_complete) == (True, True)
    assert (second.looks_at_stops, second.is_complete) == (False, False)
    assert [finding.line.id for finding in first.findings] == ["F4"]
    assert [finding.line.id for finding in second.findings] == ["F1", "F2", "F3"]
    assert audits_of([filled(GALVANISER)]) == ()


def test_what_it_takes_to_find_the_findings_of_audits_grows_with_their_number_and_not_with_its_square(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number, looked = 300, 0
    audits: Told = {f"A{n}": {"kind": "stage-1", "began": "2026-06-10"} for n in range(1, number + 1)}
    findings: Told = {f"F{n}": {"what": "Found", "audit": (f"A{n}",), "grade": "minor"} for n in range(1, number + 1)}
    asked = Line.several

    def several(line: Line, field_id: str) -> tuple[str, ...]:
        nonlocal looked
        looked += 1
        return asked(line, field_id)

    monkeypatch.setattr(Line, "several", several)
    found = audits_of([filled({**audits, **findings}, REAL)])
    assert [[each.line.id for each in audit.findings] for audit in found] == [[f"F{n}"] for n in range(1, number + 1)]
    assert number < looked < 20 * number


def test_a_finding_knows_its_standard_and_area_whether_it_counts_and_its_step_of_the_plan() -> None:
    _, stage_2 = audits_of([audited()])
    major, minor, opportunity = stage_2.findings
    assert (major.standard, major.area, major.counts, major.is_open_major) == ("iso-9001", "8.4", True, True)
    assert (minor.counts, minor.is_major) == (True, False)
    assert (opportunity.standard, opportunity.area, opportunity.counts, opportunity.action) == ("", "", False, None)
    assert major.action is not None
    assert (major.action.title, major.action.before) == (
        "Block orders until purchasing has evaluated",
        "before a certificate is decided",
    )


def test_a_finding_with_a_grade_that_asks_for_an_action_is_a_step_and_of_an_opportunity_only_a_written_one() -> None:
    assert [action.line.id for action in actions_of([audited()])] == ["F2", "F1", "F4"]
    asked = audited(F3={"action": "Draw a chart"}, F5={"what": "Found", "grade": "minor"})
    found = {action.line.id: action.title for action in actions_of([asked])}
    assert (found["F3"], found["F5"]) == ("Draw a chart", "Found")


def test_a_step_is_for_the_standard_of_its_area_and_else_for_those_of_its_audit() -> None:
    both = audited(A2={"standards": BOTH}, F3={"action": "Draw a chart"}, F6={"what": "Alone", "grade": "minor"})
    found = {action.line.id: action.standards for action in actions_of([both])}
    assert (found["F1"], found["F3"], found["F6"]) == (("iso-9001",), BOTH, BOTH)


def test_of_a_done_action_is_known_whether_it_helped_did_not_or_that_nobody_looked() -> None:
    def effect_of(**said: str) -> Effect:
        found = {action.line.id: action for action in actions_of([audited(F2=said)])}
        return found["F2"].effect

    assert effect_of() is Effect.NOT_LOOKED_AT
    assert effect_of(effect="not-yet") is Effect.NOT_LOOKED_AT
    assert effect_of(effect="yes") is Effect.HELPED
    assert effect_of(effect="no") is Effect.DID_NOT_HELP
    assert effect_of(done="") is Effect.NOT_ASKED


def test_a_major_is_open_until_it_is_closed_whatever_was_done() -> None:
    (found,) = open_majors([audited(F1={"done": "2026-09-01", "effect": "yes"})], BOTH)
    assert (found.standard, [each.line.id for each in found.findings]) == ("iso-9001", ["F1"])
    assert open_majors([audited(F1={"closed": "2026-10-01"})], BOTH) == ()


def test_a_major_of_stage_2_has_to_be_closed_within_six_months_of_its_last_day_and_no_other_has_a_day() -> None:
    assert open_majors([audited()], BOTH)[0].close_by == date(2027, 2, 5)
    assert open_majors([audited(A2={"ended": ""})], BOTH)[0].close_by == date(2027, 2, 3)
    assert open_majors([audited(A2={"kind": "surveillance"})], BOTH)[0].close_by is None


def test_a_major_without_an_area_is_one_of_every_standard_of_its_audit_and_without_an_audit_of_all() -> None:
    no_area = audited(A2={"standards": BOTH}, F1={"area": "none"})
    assert [each.standard for each in open_majors([no_area], BOTH)] == list(BOTH)
    no_audit = audited(F1={"area": "", "audit": ()})
    assert [each.standard for each in open_majors([no_audit], BOTH)] == list(BOTH)
    assert [finding.line.id for finding in without_audit([no_audit])] == ["F1"]


def test_every_finding_is_there_once_also_without_an_audit_or_when_its_audit_was_deleted() -> None:
    told = audited(F5={"what": "Alone"})
    assert [each.line.id for each in findings_of([told])] == ["F4", "F1", "F2", "F3", "F5"]
    assert [each.line.id for each in findings_of([told], ["iso-14001"])] == ["F5"]
    gone = replace(told, lines={**told.lines, "A2": replace(told.lines["A2"], removed=True)})
    assert [each.line.id for each in findings_of([gone])] == ["F4", "F1", "F2", "F3", "F5"]


def test_an_audit_that_names_no_standard_is_about_those_of_its_findings() -> None:
    assert audits_of([audited(A2={"standards": ()})])[1].standards == ("iso-9001",)
