"""The plan in time: which step when, what holds the dates, the audits. Days and names, no drawing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from assessment.domain.calendar import Calendar
from assessment.domain.planning import Step
from assessment.domain.questionnaire import Questionnaire
from assessment.reports.wording import charts as wording


@dataclass(frozen=True, kw_only=True)
class StepInTime:
    """One step: its days, whether it sets a date, whether it is needed for certain, whether it is done.

    At a pace of few days a week nearly every step holds the date. Those that set it are the ones that no number of people
    makes shorter: they hold it with everything at once, too.
    """

    number: int
    title: str
    start: date
    end: date
    holds: bool
    certain: bool
    done: bool


@dataclass(frozen=True, kw_only=True)
class AuditsInTime:
    """The days of stage 1, stage 2 and the certificate of one standard; ``holding`` numbers the steps that set it."""

    name: str
    days: tuple[date, date, date]
    holding: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class PlanInTime:
    """Steps in the order of the plan, and audits by standard, with the words that say what they show."""

    start: date
    description: str
    steps: tuple[StepInTime, ...]
    audits: tuple[AuditsInTime, ...]


def plan_in_time(
    calendar: Calendar,
    floor: Calendar,
    steps: Sequence[Step],
    questionnaires: Sequence[Questionnaire],
    *,
    done: Collection[str] = (),
) -> PlanInTime:
    """Return the plan in time; only standards on the way have audits.

    ``floor`` is the calendar with everything at once. ``steps`` give order and numbers; those whose keys are in ``done`` take
    no time.
    """
    dated = {planned.key: planned for planned in calendar.planned}
    on_the_way = [
        questionnaire.standard for questionnaire in questionnaires if questionnaire.standard.id in calendar.milestones
    ]
    milestones = [calendar.milestones[standard.id] for standard in on_the_way]
    names = [standard.name for standard in on_the_way]
    numbers = {step.key: number for number, step in enumerate(steps, start=1)}
    setting = setting_dates(floor)
    shown = tuple(
        StepInTime(
            number=number,
            title=step.action.title,
            start=dated[step.key].start,
            end=dated[step.key].end,
            holds=step.key in setting,
            certain=step.certain,
            done=step.key in done,
        )
        for number, step in enumerate(steps, start=1)
    )
    return PlanInTime(
        start=calendar.start,
        description=wording.calendar(len(shown), sum(step.holds for step in shown), list(zip(names, milestones, strict=True))),
        steps=shown,
        audits=tuple(
            AuditsInTime(
                name=name,
                # An audit that took place before the calendar begins stands at its edge.
                days=(max(dates.stage_1, calendar.start), max(dates.stage_2, calendar.start), dates.certificate),
                holding=tuple(
                    sorted(numbers[planned.key] for planned in floor.milestones[dates.standard].chain if planned.key in numbers)
                ),
            )
            for name, dates in zip(names, milestones, strict=True)
        ),
    )


def setting_dates(floor: Calendar) -> frozenset[str]:
    """Return the keys of the steps that set a date however many people work, from the calendar with everything at once."""
    return frozenset(planned.key for dates in floor.milestones.values() for planned in dates.chain)
