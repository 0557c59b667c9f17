"""Conditions on a line."""

from datetime import date

import pytest

from assessment.domain.worksheet_condition import ANYTHING, Condition, Value, is_within

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("condition", "value", "holds"),
    [
        (Condition(field="a", says=("x", "y")), "x", True),
        (Condition(field="a", says=("x",)), ("z", "x"), True),
        (Condition(field="a", says=("x",)), "z", False),
        (Condition(field="a", says=(ANYTHING,)), "whatever", True),
        (Condition(field="a", says=(ANYTHING,)), " ", False),
        (Condition(field="a", says=(ANYTHING,)), (), False),
        (Condition(field="a", at_least=4), "4", True),
        (Condition(field="a", at_least=4), "3", False),
        (Condition(field="a", at_least=0), "many", False),
        (Condition(field="a", within_months=12), "2025-11-27", True),
        (Condition(field="a", within_months=12), "2025-11-26", False),
        (Condition(field="a", within_months=12), "2026-11-28", False),
        (Condition(field="a", within_months=12), "yesterday", False),
    ],
)
def test_a_condition_holds_for_what_it_says(condition: Condition, value: Value, holds: bool) -> None:
    assert condition.holds({"a": value}, TODAY) is holds
    assert not condition.holds({"b": value}, TODAY)


def test_the_last_day_of_a_month_is_a_month_ago_on_the_last_day_of_a_shorter_one() -> None:
    assert is_within("2026-01-31", 1, date(2026, 2, 28))
