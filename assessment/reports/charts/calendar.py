"""The plan as a calendar: steps as bars over months, what holds the dates, the audits, today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assessment.domain.calendar import Calendar, Milestones, Planned
from assessment.domain.planning import Step
from assessment.domain.questionnaire import Questionnaire
from assessment.reports.charts.timescale import Timescale
from assessment.reports.words import day_in_words, plural

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
    """One step: where its bar lies, whether it is on the chain that holds a date, whether it is certain to be needed."""

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
    """The audits of one standard; ``holding`` are the numbers of the steps that hold its date."""

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
    calendar: Calendar, steps: Sequence[Step], questionnaires: Sequence[Questionnaire], *, today: date, done: Sequence[str] = ()
) -> PlanChart:
    """Draw a calendar. ``steps`` give order and numbers; those whose keys are in ``done`` take no time and have no bar."""
    dated = {each.key: each for each in calendar.planned}
    milestones = [calendar.milestones[each.standard.id] for each in questionnaires]
    scale = Timescale(calendar.start, [*(each.end for each in dated.values()), *(each.certificate for each in milestones)])
    numbers = {step.action.key: number for number, step in enumerate(steps, start=1)}
    chain = {each.key for one in milestones for each in one.chain}
    shown = [step for step in steps if step.action.key not in done]
    top = MONTHS_HEIGHT + AUDITS_HEIGHT * len(milestones)
    bars = tuple(
        _bar(dated[step.action.key], numbers[step.action.key], top + row * STEP_HEIGHT, scale, chain)
        for row, step in enumerate(shown)
    )
    return PlanChart(
        id="calendar",
        title="The plan as a calendar",
        description=_describe(milestones, questionnaires, bars),
        months=_months(scale),
        audits=tuple(
            _audits(each, questionnaire.standard.name, MONTHS_HEIGHT + row * AUDITS_HEIGHT, scale, numbers)
            for row, (each, questionnaire) in enumerate(zip(milestones, questionnaires, strict=True))
        ),
        bars=bars,
        today_x=_across(scale, today) if today >= calendar.start else None,
        top=top,
        left=GUTTER,
        right=RIGHT,
        height=top + len(bars) * STEP_HEIGHT + 8,
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
            x=_at(float(str(tick["at"]))),
            label=str(tick["month"] if position == 0 and tick["month"] else tick["year"] or tick["month"]),
            narrow=position % every == 0 and float(str(tick["at"])) < LAST_ON_NARROW,
        )
        for position, tick in enumerate(ticks)
    )


def _bar(planned: Planned, number: int, y: int, scale: Timescale, chain: set[str]) -> StepBar:
    x, end = _across(scale, planned.start), _across(scale, planned.end)
    width = round(max(LEAST_WIDTH, end - x), 2)
    x = min(x, 100 - width)
    right = 100 - x - width >= x - GUTTER
    return StepBar(
        number=number,
        title=planned.step.action.title,
        dates=f"{day_in_words(planned.start)} to {day_in_words(planned.end)}",
        x=round(x, 2),
        width=width,
        y=y,
        holds=planned.key in chain,
        certain=planned.step.certain,
        title_x=round(x + width if right else x, 2),
        title_anchor="start" if right else "end",
    )


def _audits(of: Milestones, name: str, y: int, scale: Timescale, numbers: dict[str, int]) -> AuditRow:
    days = (("ring", "Stage 1", of.stage_1), ("diamond", "Stage 2", of.stage_2), ("flag", "Certificate", of.certificate))
    marks = tuple(AuditMark(kind=kind, name=said, day=day, x=_across(scale, day)) for kind, said, day in days)
    holding = sorted(numbers[each.key] for each in of.chain if each.key in numbers)
    return AuditRow(name=name, y=y, marks=marks, holding=tuple(holding))


def _describe(milestones: Sequence[Milestones], questionnaires: Sequence[Questionnaire], bars: Sequence[StepBar]) -> str:
    ends = "; ".join(
        f"{questionnaire.standard.name}: stage 1 on {day_in_words(each.stage_1)}, stage 2 on {day_in_words(each.stage_2)}, "
        f"certificate on {day_in_words(each.certificate)} at the earliest"
        for each, questionnaire in zip(milestones, questionnaires, strict=True)
    )
    holding = sum(bar.holds for bar in bars)
    held = (
        f"{plural(holding, 'step holds', 'steps hold')} the dates"
        if holding
        else "only the weeks around the audits hold the dates"
    )
    return f"{plural(len(bars), 'step', 'steps')} over time; {held}. {ends}."
