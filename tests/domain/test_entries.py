"""What people enter, read as they mean it."""

from datetime import UTC, date, datetime

import pytest

from assessment.domain.entries import (
    TwoReadingsError,
    day_or_none,
    earliest_today,
    is_day,
    is_likely_year,
    latest_today,
    on_one_line,
    whole_number,
    with_line_breaks,
)
from assessment.domain.limits import text_fault


@pytest.mark.parametrize("soft", ["\x0b", "\x0c", "\r\n", "\r", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_a_break_that_nobody_sees_is_a_line_break_and_a_blank_on_one_line(soft: str) -> None:
    assert with_line_breaks(f"first{soft}second") == "first\nsecond"
    assert on_one_line(f"first {soft} second") == "first second"
    assert text_fault(with_line_breaks(f"first{soft}second"), 100) is None


@pytest.mark.parametrize(
    "typed",
    [
        "1200",
        "1,200",
        "1.200",
        "1 200",
        "1\u00a0200",
        "1\u202f200",
        "1\u2009200",
        "1'200",
        "1’200",
        " 1,200 ",
        "١٢٠٠",
        "１２００",
    ],
)
def test_a_thousand_two_hundred_is_read_however_its_digits_are_grouped(typed: str) -> None:
    assert whole_number(typed) == 1200


def test_groups_go_on_for_as_long_as_they_are_of_three_and_alike() -> None:
    assert whole_number("1,000,000") == whole_number("1.000.000") == whole_number("1 000 000") == 1_000_000


@pytest.mark.parametrize(
    "typed", ["1,2", "1.20", "12,34", "1200,000", "1,200.50", "1.200,000", "0,500", "1,20,000", "1 2", "24."]
)
def test_a_number_that_can_be_read_in_two_ways_is_asked_for_again(typed: str) -> None:
    with pytest.raises(TwoReadingsError):
        whole_number(typed)


@pytest.mark.parametrize("typed", ["", "many", "-3", "1e3", "about 20", "½", "²"])
def test_what_is_no_whole_number_is_none(typed: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011  # that it is not the narrower one is checked below
        whole_number(typed)
    assert not isinstance(refused.value, TwoReadingsError)


def test_a_year_that_lost_a_digit_is_no_likely_one() -> None:
    years = {26: False, 202: False, 1899: False, 1900: True, 2026: True, 2100: True, 2101: False}
    assert {year: is_likely_year(date(year, 3, 1)) for year in years} == years


def test_today_is_a_span_of_days_over_the_whole_earth() -> None:
    noon = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
    assert (earliest_today(noon), latest_today(noon)) == (date(2026, 11, 23), date(2026, 11, 25))
    morning = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    assert (earliest_today(morning), latest_today(morning)) == (date(2026, 11, 23), date(2026, 11, 24))
    evening = datetime(2026, 11, 24, 20, tzinfo=UTC)
    assert (earliest_today(evening), latest_today(evening)) == (date(2026, 11, 24), date(2026, 11, 25))


def test_a_kept_day_is_read_as_iso_writes_it_in_full_and_nothing_is_no_day() -> None:
    assert day_or_none("2026-11-28") == date(2026, 11, 28)
    assert day_or_none("") is None
    with pytest.raises(ValueError, match="soon"):
        day_or_none("soon")
    assert [is_day(text) for text in ("2026-11-28", "20261128", "2026-W48-6", "28.11.2026", "")] == [
        True,
        False,
        False,
        False,
        False,
    ]
