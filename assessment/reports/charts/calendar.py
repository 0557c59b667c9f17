"""The plan laid out as a calendar of SVG: steps as bars over months, what holds the dates, the audits, today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assessment.domain.calendar import Calendar
from assessment.domain.planning import Step
from assessment.domain.questionnaire import Questionnaire
from assessment.reports.charts.timeline import AuditsInTime, StepInTime, plan_in_time
from assessment.reports.charts.timescale import Timescale
from assessment.reports.wording import charts as wording
from assessment.reports.wording.dates import span_in_words

# Pixels: the line of months, the row of a standard's audits, the row of a step.
MONTHS_HEIGHT, AUDITS_HEIGHT, STEP_HEIGHT = 30, 46, 24
# Percent of the width that the numbers of the steps take.
GUTTER = 7.0
# Percent of the width up to which the days reach; beyond it stand flags and the names of the last month.
RIGHT = 95.0
# A bar is at least this wide, in percent, so that a day can be seen.
LEAST_WIDTH = 0.6
# Months with a name on a narrow screen, at most.
NAMES_ON_NARROW = 5
# In percent of all days: later months have no room for a name there.
LAST_ON_NARROW = 93


@dataclass(frozen=True, kw_only=True)
class MonthMark:
    """A mark on the line of months. ``narrow`` says whether its name is shown on a narrow screen too."""

    x: float
    label: str
    narrow: bool


@dataclass(frozen=True, kw_only=True)
class StepBar:
    """One step: where its bar lies, whether it sets a date, whether it is certain to be needed."""

    number: int
    title: str
    dates: str
    x: float
    width: float
    y: int
    holds: bool
    certain: bool
    title_x: float
    title_anchor: str


@dataclass(frozen=True, kw_only=True)
class AuditMark:
    """A stage or a certificate of one standard. ``kind`` is the shape: ring, diamond or flag."""

    kind: str
    name: str
    day: date
    x: float


@dataclass(frozen=True, kw_only=True)
class AuditRow:
    """The audits of one standard; ``holding`` are the numbers of the steps that set its date."""

    name: str
    y: int
    marks: tuple[AuditMark, ...]
    holding: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class PlanChart:
    """The calendar, with the words that say what it shows. Across in percent, down in pixels."""

    id: str
    title: str
    description: str
    months: tuple[MonthMark, ...]
    audits: tuple[AuditRow, ...]
    bars: tuple[StepBar, ...]
    today_x: float | None
    top: int
    left: float
    right: float
    height: int


def plan_chart(
    calendar: Calendar,
    floor: Calendar,
    steps: Sequence[Step],
    questionnaires: Sequence[Questionnaire],
    *,
    today: date,
    done: Sequence[str] = (),
) -> PlanChart:
    """Lay out a calendar. ``floor`` is the one with everything at once.

    ``steps`` give order and numbers; those whose keys are in ``done`` take no time and have no bar.
    """
    plan = plan_in_time(calendar, floor, steps, questionnaires, done=done)
    days = [step.end for step in plan.steps] + [audits.days[-1] for audits in plan.audits]
    scale = Timescale(plan.start, [*days, *(planned.end for planned in calendar.planned)])
    top = MONTHS_HEIGHT + AUDITS_HEIGHT * len(plan.audits)
    shown = [step for step in plan.steps if not step.done]
    return PlanChart(
        id="calendar",
        title=str(wording.CALENDAR),
        description=plan.description,
        months=_months(scale),
        audits=tuple(_audits(each, MONTHS_HEIGHT + row * AUDITS_HEIGHT, scale) for row, each in enumerate(plan.audits)),
        bars=tuple(_bar(step, top + row * STEP_HEIGHT, scale) for row, step in enumerate(shown)),
        today_x=_across(scale, today) if today >= plan.start else None,
        top=top,
        left=GUTTER,
        right=RIGHT,
        height=top + len(shown) * STEP_HEIGHT + 8,
    )


def _across(scale: Timescale, day: date) -> float:
    return _at(scale.place(day))


def _at(percent: float) -> float:
    """Where a part of all days lies, in percent of the width."""
    return round(GUTTER + (RIGHT - GUTTER) * percent / 100, 2)


def _months(scale: Timescale) -> tuple[MonthMark, ...]:
    ticks = scale.ticks()
    every = max(1, -(-len(ticks) // NAMES_ON_NARROW))
    return tuple(
        MonthMark(
            x=_at(tick.at),
            label=tick.month if position == 0 and tick.month else tick.year or tick.month,
            narrow=position % every == 0 and tick.at < LAST_ON_NARROW,
        )
        for position, tick in enumerate(ticks)
    )


def _bar(step: StepInTime, y: int, scale: Timescale) -> StepBar:
    x, end = _across(scale, step.start), _across(scale, step.end)
    width = round(max(LEAST_WIDTH, end - x), 2)
    x = min(x, 100 - width)
    right = 100 - x - width >= x - GUTTER
    return StepBar(
        number=step.number,
        title=step.title,
        dates=span_in_words(step.start, step.end),
        x=round(x, 2),
        width=width,
        y=y,
        holds=step.holds,
        certain=step.certain,
        title_x=round(x + width if right else x, 2),
        title_anchor="start" if right else "end",
    )


def _audits(audits: AuditsInTime, y: int, scale: Timescale) -> AuditRow:
    kinds = (("ring", wording.STAGE_1), ("diamond", wording.STAGE_2), ("flag", wording.CERTIFICATE))
    marks = tuple(
        AuditMark(kind=kind, name=str(name), day=day, x=_across(scale, day))
        for (kind, name), day in zip(kinds, audits.days, strict=True)
    )
    return AuditRow(name=audits.name, y=y, marks=marks, holding=audits.holding)
