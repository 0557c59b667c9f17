"""The steps of a plan as a table by month: what of it is shown, who sees to it, and where a step changes a verdict."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessment.domain.calendar import Planned
from assessment.domain.forecasts import Forecast
from assessment.domain.planning import Step, StepNote
from assessment.domain.result import Result
from assessment.domain.worksheet_actions import WorksheetAction

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
    def shows(self) -> Hashable:
        """All that tells it from other rows, for whoever keeps what was made of it."""
        step, reached = self.step, tuple((forecast.standard, forecast.worst, forecast.best) for forecast in self.reaches)
        marks = step.urgent, step.first_step, step.certain
        days = self.planned.start, self.planned.end
        return self.number, step.key, step.refs, step.person_days, step.weeks, marks, days, self.note, reached

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

    def takes_action(self, action: WorksheetAction) -> bool:
        """Tell whether an action of a worksheet is wanted; its month is that of the day until when."""
        doing = Doing.DONE if action.note.done_on else Doing.OPEN
        return (
            self.standard in ("", *action.standards)
            and self.doing in (None, doing)
            and self.owner in ("", action.note.owner)
            and self.month in (None, _due_month(action))
        )


def _due_month(action: WorksheetAction) -> date | None:
    return action.note.due.replace(day=1) if action.note.due else None


@dataclass(frozen=True, kw_only=True)
class PlanTable:
    """The rows that are wanted by month, and the wanted actions of worksheets; and of the whole plan, actions counted in, its
    months, the names of its owners, and how much is open.
    """

    by_month: Mapping[date, tuple[PlanRow, ...]]
    actions: tuple[WorksheetAction, ...]
    months: tuple[date, ...]
    owners: tuple[str, ...]
    counts: Mapping[Doing, int]

    @property
    def shown(self) -> int:
        """How many steps are shown."""
        return sum(len(rows) for rows in self.by_month.values()) + len(self.actions)


def plan_table(
    result: Result,
    planned: Collection[Planned],
    notes: Mapping[str, StepNote],
    wanted: PlanFilter,
    actions: Sequence[WorksheetAction] = (),
) -> PlanTable:
    """Lay the steps out by the month in which they begin, in the order of the plan within a month, and actions beside."""
    rows = _rows(result, planned, notes)
    all_notes = [*(row.note for row in rows), *(action.note for action in actions)]
    done = sum(note.done_on is not None for note in all_notes)
    begun = sorted({row.month for row in rows})
    due = {month for action in actions if (month := _due_month(action))}
    kept: dict[date, list[PlanRow]] = {month: [] for month in begun}
    for row in filter(wanted.takes, rows):
        kept[row.month].append(row)
    return PlanTable(
        by_month={month: tuple(shown) for month, shown in kept.items() if shown},
        actions=tuple(action for action in actions if wanted.takes_action(action)),
        months=tuple(sorted({*begun, *due})),
        owners=tuple(sorted({note.owner for note in all_notes if note.owner})),
        counts={Doing.OPEN: len(all_notes) - done, Doing.DONE: done},
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
        for forecast in result.forecasts[step.key]:
            if (forecast.worst, forecast.best) != verdicts[forecast.standard]:
                reaches.append(forecast)
                verdicts[forecast.standard] = (forecast.worst, forecast.best)
        dates, note = dated[step.key], notes.get(step.key, _NO_NOTE)
        rows.append(PlanRow(number=number, step=step, planned=dates, note=note, reaches=tuple(reaches)))
    return rows
