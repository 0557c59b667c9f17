"""Audit days against the worked figures of DOMAIN.md section 5.3."""

from fractions import Fraction

import pytest

from assessment.domain.audit_time import AuditTime, audit_time, in_half_days
from assessment.domain.profile import Profile
from tests.support.content import LIBRARY


def estimate(people: int | None, complexity: str | None, *standards: str) -> AuditTime:
    values: dict[str, tuple[str, ...]] = {}
    if people is not None:
        values["people"] = (str(people),)
    if complexity is not None:
        values["environmental-complexity"] = (complexity,)
    chosen = [LIBRARY.standards[each] for each in standards or ("iso-9001", "iso-14001")]
    return audit_time(chosen, Profile(values=values), LIBRARY.audit_tables)


@pytest.mark.parametrize(
    ("people", "complexity", "quality", "environment", "integrated"),
    [(20, "medium", "3", "4.5", "6"), (40, "low", "4", "4", "6.4"), (120, "high", "7", "11", "14.4")],
)
def test_the_worked_figures(people: int, complexity: str, quality: str, environment: str, integrated: str) -> None:
    found = estimate(people, complexity)
    assert found.by_standard["iso-9001"].initial == Fraction(quality)
    assert found.by_standard["iso-14001"].initial == Fraction(environment)
    assert found.integrated is not None
    assert found.integrated.initial == Fraction(integrated)


@pytest.mark.parametrize(
    ("people", "days"), [(1, "1.5"), (5, "1.5"), (6, "2"), (45, "4"), (46, "5"), (875, "12"), (876, "13"), (10700, "22")]
)
def test_the_borders_of_the_rows(people: int, days: str) -> None:
    assert estimate(people, None, "iso-9001").by_standard["iso-9001"].initial == Fraction(days)


def test_later_audits_and_the_largest_reduction() -> None:
    days = estimate(20, "medium", "iso-14001").by_standard["iso-14001"]
    assert (days.least, days.surveillance, days.recertification) == (Fraction("3.15"), Fraction("1.5"), Fraction(3))
    both = estimate(20, "medium").integrated
    assert both is not None
    # 30 and 20 percent multiply: at most 44 percent off.
    assert both.least == Fraction("7.5") * Fraction(56, 100)
    assert estimate(20, "medium", "iso-9001").integrated is None


@pytest.mark.parametrize(("people", "days", "stage_1"), [(1, "1.5", "0.5"), (45, "4", "4/3"), (120, "7", "7/3")])
def test_stage_1_is_about_a_third_and_at_least_half_a_day(people: int, days: str, stage_1: str) -> None:
    of = estimate(people, None, "iso-9001").by_standard["iso-9001"]
    assert (of.initial, of.stage_1) == (Fraction(days), Fraction(stage_1))


def test_a_special_case_has_no_days_and_leaves_those_of_other_standards() -> None:
    found = estimate(38, "special")
    assert found.case_by_case == ("iso-14001",)
    assert set(found.by_standard) == {"iso-9001"}
    assert (found.integrated, found.missing, found.beyond_tables) == (None, (), False)
    assert estimate(38, "high").case_by_case == ()


def test_what_is_not_told_is_asked_for_and_never_guessed() -> None:
    assert estimate(None, None).missing == ("people", "environmental-complexity")
    assert estimate(20, None).missing == ("environmental-complexity",)
    assert estimate(20, None, "iso-9001").missing == ()
    beyond = estimate(10_701, "high")
    assert (beyond.beyond_tables, dict(beyond.by_standard), beyond.integrated) == (True, {}, None)


def test_days_are_rounded_up_to_halves() -> None:
    assert [in_half_days(Fraction(days)) for days in ("6.4", "6.5", "6.51", "3")] == [6.5, 6.5, 7.0, 3.0]
