"""The steps of a plan as a table by month: what of it is shown, who sees to it, and where a step changes a verdict."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessment.domain.calendar import Planned
from assessment.domain.planning import Forecast, Step, StepNote
from assessment.domain.result import Result

_NO_NOTE = StepNote()


class Doing(StrEnum):
    """Whether a step is still to be done."""

    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, kw_only=True)
class PlanRow:
    """One step: its number in the plan, its dates, what people say about it, and forecasts in which a verdict changes."""

    number: int
    step: Step
    planned: Planned
    note: StepNote
    reaches: tuple[Forecast, ...]

    @property
    def month(self) -> date:
        """The first day of the month in which the step begins."""
        return self.planned.start.replace(day=1)


@dataclass(frozen=True, kw_only=True)
class PlanFilter:
    """What of the plan is wanted: of one standard or owner, open or done, or begun in a month. Empty means all."""

    standard: str = ""
    doing: Doing | None = None
    owner: str = ""
    month: date | None = None

    def takes(self, row: PlanRow) -> bool:
        """Tell whether a row is wanted."""
        doing = Doing.DONE if row.note.done_on else Doing.OPEN
        return (
            self.standard in ("", *row.step.standards)
            and self.doing in (None, doing)
            and self.owner in ("", row.note.owner)
            and self.month in (None, row.month)
        )


@dataclass(frozen=True, kw_only=True)
class PlanTable:
    """The rows that are wanted by month; and of the whole plan its months, the names of its owners, and how much is open."""

    by_month: Mapping[date, tuple[PlanRow, ...]]
    months: tuple[date, ...]
    owners: tuple[str, ...]
    counts: Mapping[Doing, int]

    @property
    def shown(self) -> int:
        """How many steps are shown."""
        return sum(len(rows) for rows in self.by_month.values())


def plan_table(result: Result, planned: Collection[Planned], notes: Mapping[str, StepNote], wanted: PlanFilter) -> PlanTable:
    """Lay the steps out by the month in which they begin, in the order of the plan within a month."""
    rows = _rows(result, planned, notes)
    done = sum(row.note.done_on is not None for row in rows)
    months = tuple(sorted({row.month for row in rows}))
    kept = {month: tuple(row for row in rows if row.month == month and wanted.takes(row)) for month in months}
    return PlanTable(
        by_month={month: shown for month, shown in kept.items() if shown},
        months=months,
        owners=tuple(sorted({row.note.owner for row in rows if row.note.owner})),
        counts={Doing.OPEN: len(rows) - done, Doing.DONE: done},
    )


def _rows(result: Result, planned: Collection[Planned], notes: Mapping[str, StepNote]) -> list[PlanRow]:
    dated = {each.key: each for each in planned}
    verdicts = {
        standard.questionnaire.standard.id: (standard.verdict_range.worst, standard.verdict_range.best)
        for standard in result.standards
    }
    rows = []
    for number, step in enumerate(result.steps, start=1):
        reaches = []
        for forecast in step.forecasts:
            if (forecast.worst, forecast.best) != verdicts[forecast.standard]:
                reaches.append(forecast)
                verdicts[forecast.standard] = (forecast.worst, forecast.best)
        dates, note = dated[step.key], notes.get(step.key, _NO_NOTE)
        rows.append(PlanRow(number=number, step=step, planned=dates, note=note, reaches=tuple(reaches)))
    return rows
