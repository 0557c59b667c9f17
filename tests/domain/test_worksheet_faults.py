"""What is wrong with a field of a line beside other fields and other lines."""

from collections.abc import Mapping

import pytest

from assessment.domain.worksheet_condition import Value
from assessment.domain.worksheet_faults import EntryFault, faults_beside
from tests.support.worksheets import AUDITED, REAL, REVIEW, filled, line

FOUND: Mapping[str, Value] = {"what": "Nobody knows the policy", "audit": ("A2",), "grade": "minor", "area": "iso-9001/5.2"}


def faults(values: Mapping[str, Value], line_id: str = "F9") -> list[tuple[str, EntryFault, str]]:
    register = REAL.register_of(line_id)
    assert register is not None
    found = faults_beside(filled(AUDITED, REAL), register, line(line_id, values))
    return [(each.field.id, each.fault, each.detail) for each in found]


def test_a_finding_that_is_right_beside_the_others_has_no_fault() -> None:
    assert faults(FOUND) == []


@pytest.mark.parametrize("area", ["none", "iso-9001/8.4", ""])
def test_an_area_of_a_standard_that_the_audit_names_may_stand_and_so_may_none(area: str) -> None:
    assert faults({**FOUND, "area": area}) == []


def test_an_area_of_another_standard_than_the_audit_names_is_refused() -> None:
    assert faults({**FOUND, "area": "iso-14001/6.1.2"}) == [("area", EntryFault.ELSEWHERE, "iso-14001")]


def test_an_area_is_not_held_against_an_audit_that_is_not_named_or_names_no_standard() -> None:
    assert faults({**FOUND, "area": "iso-14001/6.1.2", "audit": ()}) == []
    assert faults({**FOUND, "area": "iso-14001/6.1.2", "audit": ("A7",)}) == []


def test_a_day_before_the_one_that_comes_first_is_refused() -> None:
    told: dict[str, Value] = {**FOUND, "done": "2026-10-02", "checked": "2026-10-01"}
    assert faults(told) == [("checked", EntryFault.TOO_EARLY, "done")]
    assert faults({**told, "checked": "2026-10-02"}) == []
    assert faults({"kind": "stage-2", "began": "2026-05-05", "ended": "2026-05-04"}, "A9") == [
        ("ended", EntryFault.TOO_EARLY, "began")
    ]


def test_the_same_finding_written_down_twice_is_refused_and_names_the_line_that_is_there() -> None:
    again: dict[str, Value] = {**AUDITED["F1"], "what": "  three suppliers WITHOUT any\nevaluation ", "owner": "Somebody else"}
    assert faults(again) == [("what", EntryFault.TWICE, "F1")]
    assert faults(again, "F1") == []  # it is itself
    assert faults({**again, "area": "iso-9001/8.5.1"}) == []


def test_lines_that_say_nothing_yet_are_not_alike() -> None:
    assert faults({"what": "", "audit": ("A2",), "area": "iso-9001/8.4"}) == []
    register = REVIEW.registers["aspects"]
    assert list(faults_beside(filled({"F1": {}}), register, line("F2", {}))) == []
