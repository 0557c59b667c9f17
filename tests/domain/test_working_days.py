"""Days on which people work."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.working_days import is_working_day, latest_start, on_or_after, weeks_later, working_days_later


def test_weekends_and_new_year_are_left_out() -> None:
    friday = date(2026, 12, 25)
    assert working_days_later(friday, 0) == friday
    assert working_days_later(friday, 1) == date(2026, 12, 28)
    # 1 January 2027 is a Friday.
    assert working_days_later(friday, 5) == date(2027, 1, 4)
    assert working_days_later(date(2026, 12, 31), 1) == date(2027, 1, 4)
    assert on_or_after(date(2027, 1, 1)) == date(2027, 1, 4)
    assert working_days_later(date(2027, 1, 2), 0) == date(2027, 1, 4)


@given(st.dates(date(2020, 1, 1), date(2100, 1, 1)), st.integers(0, 1500))
def test_counting_day_by_day_gives_the_same(start: date, count: int) -> None:
    day = on_or_after(start)
    for _ in range(count):
        day = on_or_after(day + timedelta(days=1))
    assert working_days_later(start, count) == day
    assert is_working_day(day)


def test_the_calendar_ends_somewhere() -> None:
    assert working_days_later(date(2027, 1, 4), 10**9) == date.max
    assert working_days_later(date.max, 1) == date.max
    assert weeks_later(date.max, 1) == date.max
    assert weeks_later(date(2027, 1, 4), 2) == date(2027, 1, 18)


@given(st.dates(date(2024, 1, 1), date(2060, 1, 1)), st.integers(0, 600), st.integers(0, 600))
def test_whoever_begins_on_the_latest_day_is_in_time_and_a_day_later_is_not(start: date, takes: int, spare: int) -> None:
    deadline = working_days_later(start, takes + spare)
    latest = latest_start(start, working_days_later(start, takes), deadline)
    assert working_days_later(latest, takes) <= deadline
    assert working_days_later(working_days_later(latest, 1), takes) > deadline


def test_nobody_can_begin_before_the_first_day() -> None:
    assert latest_start(date(2027, 1, 2), date(2027, 3, 1), date(2027, 2, 1)) == date(2027, 1, 4)
