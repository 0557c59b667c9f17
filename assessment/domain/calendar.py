"""When a plan can be done, and the earliest honest date of a certificate.

People work on one step after another, in the order of the plan; a step that has to wait for another is overtaken by the
next one that can begin. Waiting (records build up for weeks) runs beside work. Offsets are exact fractions of days and are
rounded up to whole days only when they become dates. The weeks around the audits stand in ``rules.toml``.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil

from assessment.domain.answers import AnswerSheet
from assessment.domain.planning import Step
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import CalendarRules
from assessment.domain.tally import Tally
from assessment.domain.verdict import Verdict

DAYS_A_WEEK = 7


class StartConstraint(StrEnum):
    """What keeps a step from beginning earlier."""

    NOTHING = "nothing"
    AFTER = "after"
    WORK = "work"


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A step with its dates. ``held_by`` is the key of the step that holds its beginning, empty where nothing does."""

    step: Step
    start: date
    end: date
    constraint: StartConstraint
    held_by: str

    @property
    def key(self) -> str:
        """The key of the step's action."""
        return self.step.action.key


@dataclass(frozen=True, kw_only=True)
class Milestones:
    """The dates of one standard: ready for and at stage 1, ready for and at stage 2, certificate.

    ``chain`` holds the steps that fix the date, first to last: were any of them shorter, the date could come forward. It is
    empty where only the weeks around the audits fix it.
    """

    standard: str
    ready_for_stage_1: date
    stage_1: date
    ready_for_stage_2: date
    stage_2: date
    certificate: date
    chain: tuple[Planned, ...]


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """A plan in time. ``days_a_week`` is ``None`` for "whatever it takes": then only waiting takes time."""

    start: date
    days_a_week: Fraction | None
    planned: tuple[Planned, ...]
    milestones: Mapping[str, Milestones]

    @property
    def certificate(self) -> date:
        """The date by which every chosen standard has its certificate."""
        return max((milestones.certificate for milestones in self.milestones.values()), default=self.start)


def schedule(
    questionnaires: Sequence[Questionnaire],
    sheet: AnswerSheet,
    steps: Sequence[Step],
    *,
    start: date,
    days_a_week: Fraction | None,
    done: Collection[str] = (),
) -> Calendar:
    """Place the steps of a plan in time. ``days_a_week`` is in person-days, above 0; ``ValueError`` otherwise.

    Steps whose keys are in ``done`` take no more time.

    Dates beyond the calendar's last year are given as its last day.
    """
    if days_a_week is not None and days_a_week <= 0:
        raise ValueError("a plan needs more than no time a week")
    planned = _place(steps, start, days_a_week, done)
    return Calendar(
        start=start,
        days_a_week=days_a_week,
        planned=planned,
        milestones={
            questionnaire.standard.id: _milestones(questionnaire, sheet, planned, start) for questionnaire in questionnaires
        },
    )


@dataclass(frozen=True, kw_only=True)
class _Slot:
    step: Step
    begins: Fraction
    ends: Fraction
    constraint: StartConstraint
    held_by: str


def _place(steps: Sequence[Step], start: date, days_a_week: Fraction | None, already: Collection[str]) -> tuple[Planned, ...]:
    nothing = Fraction(0)
    done = {
        step.action.key: _Slot(step=step, begins=nothing, ends=nothing, constraint=StartConstraint.NOTHING, held_by="")
        for step in steps
        if step.action.key in already
    }
    waiting = [step for step in steps if step.action.key not in done]
    free, last = Fraction(0), ""
    while waiting:
        # The first in the order of the plan among those that can begin soonest.
        ready = [
            (max((done[key].ends for key in step.waits_for), default=Fraction(0)), step)
            for step in waiting
            if _open(step, done)
        ]
        moment = max(free, min(when for when, _ in ready))
        when, step = next((when, step) for when, step in ready if when <= moment)
        work = Fraction(step.person_days) / days_a_week * DAYS_A_WEEK if days_a_week else Fraction(0)
        slot = _Slot(
            step=step,
            begins=moment,
            ends=moment + max(work, Fraction(step.action.weeks * DAYS_A_WEEK)),
            constraint=_constraint(when, moment),
            held_by=_holder(step, done, when, moment, last),
        )
        done[step.action.key] = slot
        waiting.remove(step)
        free, last = moment + work, step.action.key
    return tuple(_dated(slot, start) for slot in done.values())


def _open(step: Step, done: Mapping[str, _Slot]) -> bool:
    return all(key in done for key in step.waits_for)


def _constraint(when: Fraction, moment: Fraction) -> StartConstraint:
    """Tell what fixed that a step begins at ``moment``, where ``when`` is the end of the last step it waits for."""
    if moment == 0:
        return StartConstraint.NOTHING
    return StartConstraint.AFTER if when == moment else StartConstraint.WORK


def _holder(step: Step, done: Mapping[str, _Slot], when: Fraction, moment: Fraction, last: str) -> str:
    if moment == 0:
        return ""
    if when == moment:
        return next(key for key in step.waits_for if done[key].ends == when)
    return last


def _dated(slot: _Slot, start: date) -> Planned:
    return Planned(
        step=slot.step,
        start=_on(start, slot.begins),
        end=_on(start, slot.ends),
        constraint=slot.constraint,
        held_by=slot.held_by,
    )


def _on(start: date, offset: Fraction) -> date:
    days = ceil(offset)
    return date.max if days > (date.max - start).days else start + timedelta(days=days)


def weeks_later(day: date, weeks: int) -> date:
    """Return the day so many weeks later; the calendar's last day where there is none."""
    return _on(day, Fraction(weeks * DAYS_A_WEEK))


def _milestones(questionnaire: Questionnaire, sheet: AnswerSheet, planned: Sequence[Planned], start: date) -> Milestones:
    rules: CalendarRules = questionnaire.rules.calendar
    tally = Tally(questionnaire, sheet, trusting_exclusions=True)
    reached: dict[Verdict, Planned | None] = {verdict: None for verdict in Verdict if verdict <= tally.worst}
    for placed in sorted(planned, key=lambda step: step.end):
        for lift in placed.step.lifts:
            # A step may end after one that reaches more on the same question; it takes nothing back.
            if lift.question.standard == questionnaire.standard.id and (tally.rungs[lift.question.ref] or 0) <= lift.after:
                tally.put(lift.question, lift.after)
        for verdict in Verdict:
            if verdict <= tally.worst and verdict not in reached:
                reached[verdict] = placed
    first, second = reached[Verdict.READY_FOR_STAGE_1], reached[Verdict.READY_FOR_STAGE_2]
    ready_1, ready_2 = (placed.end if placed else start for placed in (first, second))
    stage_1 = max(ready_1, weeks_later(start, rules.notice_weeks))
    stage_2 = max(ready_2, weeks_later(stage_1, rules.stage_2_after_weeks))
    decides = second if stage_2 == ready_2 else first if stage_1 == ready_1 else None
    return Milestones(
        standard=questionnaire.standard.id,
        ready_for_stage_1=ready_1,
        stage_1=stage_1,
        ready_for_stage_2=ready_2,
        stage_2=stage_2,
        certificate=weeks_later(stage_2, rules.decision_weeks),
        chain=_chain(decides, planned),
    )


def _chain(last: Planned | None, planned: Sequence[Planned]) -> tuple[Planned, ...]:
    by_key = {placed.key: placed for placed in planned}
    chain: list[Planned] = []
    while last is not None:
        chain.append(last)
        last = by_key.get(last.held_by)
    return tuple(reversed(chain))


class Meets(StrEnum):
    """Whether a deadline can be met."""

    YES = "yes"
    WITH_MORE_TIME = "with-more-time"
    NEVER = "never"


@dataclass(frozen=True, kw_only=True)
class DeadlineCheck:
    """A deadline against the plan.

    ``needed`` is the least of the offered days a week that meets it; ``floor`` the earliest date whatever is spent.
    """

    standard: str
    deadline: date
    meets: Meets
    needed: Fraction | None
    floor: date


def check_deadline(
    standard_id: str, deadline: date, calendar: Calendar, others: Mapping[Fraction, Calendar], whatever_it_takes: Calendar
) -> DeadlineCheck:
    """Hold a deadline against the calendar, and against calendars with other days a week."""
    floor = whatever_it_takes.milestones[standard_id].certificate
    enough = [days for days, other in sorted(others.items()) if other.milestones[standard_id].certificate <= deadline]
    if calendar.milestones[standard_id].certificate <= deadline:
        return DeadlineCheck(standard=standard_id, deadline=deadline, meets=Meets.YES, needed=calendar.days_a_week, floor=floor)
    meets = Meets.WITH_MORE_TIME if enough else Meets.NEVER
    return DeadlineCheck(
        standard=standard_id, deadline=deadline, meets=meets, needed=enough[0] if enough else None, floor=floor
    )
