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
    """One stretch of a route: standards worked on together, the work, and when the last of them has its certificate."""

    standards: tuple[str, ...]
    person_days: float
    certificate: date


@dataclass(frozen=True, kw_only=True)
class Route:
    """A way to all chosen standards, as legs one after the other. ``saved`` is in person-days, against each alone."""

    legs: tuple[Leg, ...]
    saved: float

    @property
    def person_days(self) -> float:
        """The work of the whole route."""
        return sum(leg.person_days for leg in self.legs)


@dataclass(frozen=True, kw_only=True)
class Start:
    """From where and how fast: everything the routes are compared on."""

    actions: Mapping[str, Action]
    sheet: AnswerSheet
    size: Size
    on: date
    days_a_week: Fraction


def routes(questionnaires: Sequence[Questionnaire], start: Start) -> tuple[Route, ...]:
    """All together first, then one after the other in each order. One standard has one route.

    What is done for one standard counts for the next: an action lifts every question on its topics. The next one begins when
    the last step of the one before is done.
    """
    ways: list[tuple[tuple[Questionnaire, ...], ...]] = [(tuple(questionnaires),)]
    if len(questionnaires) > 1:
        orders = list(permutations(questionnaires))[:MOST_ORDERS]
        ways += [tuple((each,) for each in order) for order in orders]
    alone = sum(_work(plan([each], start.actions, start.sheet, start.size)) for each in questionnaires)
    found = []
    for way in ways:
        legs = _legs(way, questionnaires, start)
        found.append(Route(legs=legs, saved=alone - sum(leg.person_days for leg in legs)))
    return tuple(found)


def _legs(way: Iterable[tuple[Questionnaire, ...]], everything: Sequence[Questionnaire], start: Start) -> tuple[Leg, ...]:
    asked = {question.ref: question for each in everything for question in each.questions}
    sheet, on = start.sheet, start.on
    legs = []
    for together in way:
        steps = plan(together, start.actions, sheet, start.size)
        calendar = schedule(together, sheet, steps, start=on, days_a_week=start.days_a_week)
        standards = tuple(each.standard.id for each in together)
        legs.append(Leg(standards=standards, person_days=_work(steps), certificate=calendar.certificate))
        sheet = _after(sheet, steps, asked)
        on = max((each.end for each in calendar.planned), default=on)
    return tuple(legs)


def _after(sheet: AnswerSheet, steps: Iterable[Step], asked: Mapping[str, Question]) -> AnswerSheet:
    """The sheet once the steps are done, for every standard their actions serve."""
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
