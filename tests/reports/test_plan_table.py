"""The steps of a plan by month, and what of them is shown."""

from datetime import date
from itertools import pairwise

import pytest

from assessment.domain.planning import StepNote
from assessment.reports.plan_table import Doing, PlanFilter, PlanRow, PlanTable, plan_table
from tests.support.summaries import ALL, demo

SUMMARY = demo()
PLANNED = SUMMARY.timeline.calendar.planned
FIRST, SECOND = PLANNED[0].key, PLANNED[1].key
NOTES = {FIRST: StepNote(owner="Ada"), SECOND: StepNote(owner="Grace", done_on=date(2026, 11, 3))}


def table(**wanted: object) -> PlanTable:
    return plan_table(SUMMARY.result, PLANNED, NOTES, PlanFilter(**wanted))  # type: ignore[arg-type]


def rows(shown: PlanTable) -> list[PlanRow]:
    return [row for kept in shown.by_month.values() for row in kept]


def test_every_step_stands_once_in_the_month_in_which_it_begins() -> None:
    shown = table()
    assert sorted(row.number for row in rows(shown)) == list(range(1, len(SUMMARY.steps) + 1))
    assert list(shown.by_month) == sorted(shown.by_month) == list(shown.months)
    for month, kept in shown.by_month.items():
        assert kept
        assert {row.planned.start.replace(day=1) for row in kept} == {month}
        assert [row.number for row in kept] == sorted(row.number for row in kept)
    assert {row.number: row.planned.key for row in rows(shown)} == {
        number: step.key for number, step in enumerate(SUMMARY.steps, start=1)
    }


@pytest.mark.parametrize("doing", list(Doing))
def test_open_and_done_are_told_apart_and_counted_over_the_whole_plan(doing: Doing) -> None:
    shown = table(doing=doing)
    assert {row.note.done_on is not None for row in rows(shown)} == {doing is Doing.DONE}
    assert shown.shown == shown.counts[doing] == {Doing.DONE: 1, Doing.OPEN: len(SUMMARY.steps) - 1}[doing]


def test_owner_standard_and_month_leave_what_is_of_them() -> None:
    assert table().owners == ("Ada", "Grace")
    assert [row.planned.key for row in rows(table(owner="Ada"))] == [FIRST]
    for standard in ALL:
        assert {standard in row.step.standards for row in rows(table(standard=standard))} == {True}
    month = table().months[2]
    assert list(table(month=month).by_month) == [month]
    assert table(owner="Nobody").shown == 0
    assert table(owner="Nobody").months == table().months


def test_a_step_says_where_it_leads_only_where_a_verdict_changes() -> None:
    reached = [(row.number, forecast) for row in sorted(rows(table()), key=lambda row: row.number) for forecast in row.reaches]
    assert 0 < len(reached) < 6
    for standard in ALL:
        now = SUMMARY.result.of(standard).verdict_range
        ways = [(now.worst, now.best), *((f.worst, f.best) for _, f in reached if f.standard == standard)]
        assert all(before != after for before, after in pairwise(ways))
        foreseen = [SUMMARY.result.forecasts[step.key] for step in reversed(SUMMARY.steps)]
        last = next((f for after in foreseen for f in after if f.standard == standard), None)
        assert last is None or ways[-1] == (last.worst, last.best)
