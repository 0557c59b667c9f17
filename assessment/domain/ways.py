"""Which standards in which order: the way that is chosen, what it takes and when it ends, and the other ways beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import permutations

from assessment.domain.answers import AnswerSheet
from assessment.domain.calendar import Scheduler, WorkLeg
from assessment.domain.firm import Firm
from assessment.domain.fit import Advice, Recommendation
from assessment.domain.planning import Step, plan
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.standard import Action, Question

MOST_ORDERS = 6  # three standards have six orders; more would not be read

# The standards of a way by id, stretch by stretch; those of one stretch are worked on together. Empty for "none now".
Legs = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Leg:
    """One stretch of a way: standards worked on together, the work, and when the last of them has its certificate."""

    standards: tuple[str, ...]
    person_days: float
    certificate: date


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way, as legs one after the other. ``saved`` is in person-days, against each of its standards alone."""

    legs: tuple[Leg, ...]
    saved: float

    @property
    def person_days(self) -> float:
        """The work of the whole way."""
        return sum(leg.person_days for leg in self.legs)

    @property
    def standards(self) -> Legs:
        """The standards, stretch by stretch."""
        return tuple(leg.standards for leg in self.legs)


@dataclass(frozen=True, kw_only=True)
class Start:
    """From where and how fast: everything the ways are compared on."""

    actions: Mapping[str, Action]
    sheet: AnswerSheet
    firm: Firm
    on: date
    days_a_week: Fraction


def advised_legs(recommendation: Recommendation, chosen: Sequence[str], held: Iterable[str] = ()) -> Legs:
    """Return the way that the advice leads to among the standards that were chosen and are not held already.

    First what it begins with, then what it says comes later; a standard it does not name is not on the way. Where the advice
    names none of the chosen, what was chosen is what is wanted: all of it together while nothing is known, and a single one.
    """
    wanted = tuple(standard for standard in chosen if standard not in held)
    first = tuple(standard.id for standard in recommendation.first if standard.id in wanted)
    later = tuple((standard.id,) for standard in recommendation.later if standard.id in wanted)
    legs = ((first,) if first else ()) + later
    if legs or (recommendation.advice is Advice.NONE_URGENT and len(wanted) > 1):
        return legs
    return (wanted,) if wanted else ()


def possible_legs(chosen: Sequence[str]) -> tuple[Legs, ...]:
    """Return every way over these standards: all together, one after the other in each order, and each alone."""
    if len(chosen) < 2:
        return tuple(((standard,),) for standard in chosen)
    orders = list(permutations(chosen))[:MOST_ORDERS]
    return (
        (tuple(chosen),),
        *(tuple((standard,) for standard in order) for order in orders),
        *(((standard,),) for standard in chosen),
    )


def work_legs(legs: Legs, questionnaires: Sequence[Questionnaire], start: Start) -> tuple[WorkLeg, ...]:
    """Plan a way, stretch by stretch. What is done for one counts for the next: an action lifts every question on its topics.

    A deed counts for the standards it was done for only: it is done again for the next, as a step with a key of its own.
    """
    by_id = {asked.standard.id: asked for asked in questionnaires}
    asked = {question.ref: question for questionnaire in questionnaires for question in questionnaire.questions}
    sheet = start.sheet
    taken: set[str] = set()
    planned = []
    for standards in legs:
        together = tuple(by_id[standard] for standard in standards)
        steps = _told_apart(plan(together, start.actions, sheet, start.firm), taken, "+".join(standards))
        planned.append(WorkLeg(questionnaires=together, sheet=sheet, steps=steps))
        taken |= {step.key for step in steps}
        sheet = _after(sheet, steps, asked, standards)
    return tuple(planned)


AGAIN = "@"


def _told_apart(steps: tuple[Step, ...], taken: set[str], standards: str) -> tuple[Step, ...]:
    """Give steps whose actions an earlier stretch has a key of their own."""
    names = {step.key: f"{step.key}{AGAIN}{standards}" for step in steps if step.key in taken}
    if not names:
        return steps
    return tuple(
        replace(
            step,
            key=names.get(step.key, step.key),
            waits_for={names.get(key, key): weeks for key, weeks in step.waits_for.items()},
            alongside={names.get(key, key): weeks for key, weeks in step.alongside.items()},
        )
        for step in steps
    )


def ways(questionnaires: Sequence[Questionnaire], start: Start) -> tuple[Way, ...]:
    """Return what every possible way over these standards takes and when it ends."""
    alone = {asked.standard.id: _work(plan([asked], start.actions, start.sheet, start.firm)) for asked in questionnaires}
    compared = []
    for legs in possible_legs(tuple(alone)):
        working = work_legs(legs, questionnaires, start)
        milestones = Scheduler(legs=working, start=start.on).calendar(start.days_a_week).milestones
        taken = tuple(
            Leg(
                standards=standards,
                person_days=_work(leg.steps),
                certificate=max(milestones[standard].certificate for standard in standards),
            )
            for standards, leg in zip(legs, working, strict=True)
        )
        each_alone = sum(alone[standard] for standards in legs for standard in standards)
        compared.append(Way(legs=taken, saved=each_alone - sum(leg.person_days for leg in taken)))
    return tuple(compared)


def certificates_by(legs: Legs, questionnaires: Sequence[Questionnaire], start: Start) -> Mapping[str, date]:
    """Return when each standard of a way has its certificate, by id."""
    working = work_legs(legs, questionnaires, start)
    milestones = Scheduler(legs=working, start=start.on).calendar(start.days_a_week).milestones
    return {standard: dates.certificate for standard, dates in milestones.items()}


def _after(sheet: AnswerSheet, steps: Iterable[Step], asked: Mapping[str, Question], standards: Iterable[str]) -> AnswerSheet:
    """Return the sheet once the steps are done, for every standard their actions serve; deeds for these standards only."""
    for step in steps:
        lifted = {
            ref: min(reached, asked[ref].enough)
            for ref, reached in step.action.lifts.items()
            if ref in asked and sheet.applies(asked[ref]) and not (asked[ref].deed and asked[ref].standard not in standards)
        }
        present = {ref: sheet.rung(asked[ref]) for ref in lifted}
        sheet = sheet.with_rungs({ref: rung for ref, rung in lifted.items() if (now := present[ref]) is None or now < rung})
    return sheet


def _work(steps: Iterable[Step]) -> float:
    return sum(step.person_days for step in steps)
