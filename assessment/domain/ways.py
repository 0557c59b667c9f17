"""Several standards together, or one after the other: what each way costs and when it ends."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import permutations

from assessment.domain.answers import AnswerSheet
from assessment.domain.calendar import schedule
from assessment.domain.planning import Step, plan
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Size
from assessment.domain.standard import Action, Question

MOST_ORDERS = 6  # three standards have six orders; more would not be read


@dataclass(frozen=True, kw_only=True)
class Leg:
    """One stretch of a way: standards worked on together, the work, and when the last of them has its certificate."""

    standards: tuple[str, ...]
    person_days: float
    certificate: date


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way to all chosen standards, as legs one after the other. ``saved`` is in person-days, against each alone."""

    legs: tuple[Leg, ...]
    saved: float

    @property
    def person_days(self) -> float:
        """The work of the whole way."""
        return sum(leg.person_days for leg in self.legs)


@dataclass(frozen=True, kw_only=True)
class Start:
    """From where and how fast: everything the ways are compared on."""

    actions: Mapping[str, Action]
    sheet: AnswerSheet
    size: Size
    on: date
    days_a_week: Fraction


def ways(questionnaires: Sequence[Questionnaire], start: Start) -> tuple[Way, ...]:
    """Return all together first, then one after the other in each order. One standard has one way.

    What is done for one standard counts for the next: an action lifts every question on its topics. The next one begins when
    the last step of the one before is done.
    """
    orders_of_work: list[tuple[tuple[Questionnaire, ...], ...]] = [(tuple(questionnaires),)]
    if len(questionnaires) > 1:
        orders = list(permutations(questionnaires))[:MOST_ORDERS]
        orders_of_work += [tuple((asked,) for asked in order) for order in orders]
    alone = sum(_work(plan([asked], start.actions, start.sheet, start.size)) for asked in questionnaires)
    compared = []
    for order in orders_of_work:
        legs = _legs(order, questionnaires, start)
        compared.append(Way(legs=legs, saved=alone - sum(leg.person_days for leg in legs)))
    return tuple(compared)


def _legs(order: Iterable[tuple[Questionnaire, ...]], everything: Sequence[Questionnaire], start: Start) -> tuple[Leg, ...]:
    asked = {question.ref: question for questionnaire in everything for question in questionnaire.questions}
    sheet, on = start.sheet, start.on
    legs = []
    for together in order:
        steps = plan(together, start.actions, sheet, start.size)
        calendar = schedule(together, sheet, steps, start=on, days_a_week=start.days_a_week)
        standards = tuple(asked.standard.id for asked in together)
        legs.append(Leg(standards=standards, person_days=_work(steps), certificate=calendar.certificate))
        sheet = _after(sheet, steps, asked)
        on = max((placed.end for placed in calendar.planned), default=on)
    return tuple(legs)


def _after(sheet: AnswerSheet, steps: Iterable[Step], asked: Mapping[str, Question]) -> AnswerSheet:
    """Return the sheet once the steps are done, for every standard their actions serve."""
    for step in steps:
        lifted = {
            ref: min(reached, asked[ref].enough)
            for ref, reached in step.action.lifts.items()
            if ref in asked and sheet.applies(asked[ref])
        }
        present = {ref: sheet.rung(asked[ref]) for ref in lifted}
        sheet = sheet.with_rungs({ref: rung for ref, rung in lifted.items() if (now := present[ref]) is None or now < rung})
    return sheet


def _work(steps: Iterable[Step]) -> float:
    return sum(step.person_days for step in steps)
