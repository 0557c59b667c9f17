"""Which standards in which order: the way that is chosen, what it takes and when it ends, and the other ways beside it."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from itertools import permutations
from typing import TypeVar

from assessment.domain.answers import AnswerSheet
from assessment.domain.calendar import Scheduler, timing
from assessment.domain.firm import Firm
from assessment.domain.fit import Advice, Recommendation
from assessment.domain.network import Placed
from assessment.domain.planning import Step, Work, plan_work, work_for
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.standard import Action, Question
from assessment.domain.work_leg import WorkLeg

# As many as two standards have ways, and one more: begun another day, or with steps done.
SCHEDULERS_KEPT = 6
# The sheet as it counts, that with open answers as enough, and the same before the last save.
PLANNERS_KEPT = 4
# As many as the ways over two standards have, from the sheet as it counts and from that with open answers as enough.
STRETCHES_KEPT = 10
# As many as these ways.
BEST_KEPT = 10
MOST_ORDERS = 6  # three standards have six orders; more would not be read
T = TypeVar("T")

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
class Planners:
    """What plans ways in one organisation, whatever is answered: what there is to do, and a planner for each sheet of answers.

    A plan depends on nothing of a sheet but which questions stand on which rung, and what is left out and why. Sheets that are
    alike in that have one planner, with all it worked out: a note or a piece of evidence changes no plan. Those that are alike
    in that for the standards of a stretch have the stretch in common, and those whose steps take the same time how they are
    worked on best.
    """

    questionnaires: tuple[Questionnaire, ...]
    actions: Mapping[str, Action]
    firm: Firm

    def planner(self, sheet: AnswerSheet) -> "WayPlanner":
        """Return what plans every way from these answers; those asked for last are kept."""
        key = _what_counts(sheet, self.asked.values())
        return _get_or_make(self._planners, key, lambda: WayPlanner(planners=self, sheet=sheet), kept=PLANNERS_KEPT)

    def stretch(self, standards: tuple[str, ...], sheet: AnswerSheet, taken: Iterable[str]) -> WorkLeg:
        """Plan standards worked on together, from these answers on; ``taken`` are keys of steps that earlier stretches have.

        Its sheet holds the answers to their own questions only, as they were when it was first asked for.
        """
        together = [self.by_id[standard] for standard in standards]
        questions = [question for asked in together for question in asked.questions]
        work = self.work(standards)
        again = work.actions.keys() & set(taken)

        def made() -> WorkLeg:
            own = {question.ref: sheet.answer(question) for question in questions}
            steps = _told_apart(plan_work(work, sheet), again, "+".join(standards))
            return WorkLeg(questionnaires=tuple(together), sheet=AnswerSheet(answers=own), steps=steps)

        key = (standards, frozenset(again), _what_counts(sheet, questions))
        return _get_or_make(self._stretches, key, made, kept=STRETCHES_KEPT)

    def scheduler(self, legs: tuple[WorkLeg, ...], start: date, done: frozenset[str]) -> Scheduler:
        """Return what places legs in time; it knows how others worked best through what takes the same time."""
        best = _get_or_make(self._best, timing(legs, done), dict[Fraction, Placed], kept=BEST_KEPT)
        return Scheduler(legs=legs, start=start, done=done, best=best)

    @cached_property
    def work(self) -> Callable[[tuple[str, ...]], Work]:
        """What there is to do for standards worked on together, by their ids; worked out once however many ways hold them."""
        return cache(lambda standards: work_for([self.by_id[standard] for standard in standards], self.actions, self.firm))

    @cached_property
    def by_id(self) -> Mapping[str, Questionnaire]:
        """The questionnaires by the ids of their standards."""
        return {asked.standard.id: asked for asked in self.questionnaires}

    @cached_property
    def asked(self) -> Mapping[str, Question]:
        """All questions by ref."""
        return {question.ref: question for questionnaire in self.questionnaires for question in questionnaire.questions}

    @cached_property
    def _planners(self) -> "dict[Hashable, WayPlanner]":
        return {}

    @cached_property
    def _stretches(self) -> dict[Hashable, WorkLeg]:
        return {}

    @cached_property
    def _best(self) -> dict[Hashable, dict[Fraction, Placed]]:
        return {}


def _what_counts(sheet: AnswerSheet, questions: Iterable[Question]) -> Hashable:
    """Return all of a sheet that a plan for these questions depends on."""
    return tuple((answer.state, answer.rung, answer.reason) for answer in map(sheet.answer, questions))


def _get_or_make(shelf: dict[Hashable, T], key: Hashable, make: Callable[[], T], *, kept: int) -> T:
    """Return what a shelf holds under a key, made where it is missing; those asked for last are kept."""
    kept_before = shelf.pop(key, None)
    found = make() if kept_before is None else kept_before
    shelf[key] = found
    for oldest in list(shelf)[:-kept]:
        shelf.pop(oldest, None)
    return found


@dataclass(frozen=True, kw_only=True)
class WayPlanner:
    """Plans ways from where an organisation stands. However many ways begin alike, each stretch is planned once.

    What is done for one standard counts for the next: an action lifts every question on its topics. A deed counts for the
    standards it was done for only: it is done again for the next, as a step with a key of its own.
    """

    planners: Planners
    sheet: AnswerSheet

    def legs(self, way: Legs) -> tuple[WorkLeg, ...]:
        """Plan a way, stretch by stretch; its standards are among those of the questionnaires."""
        return tuple(self._stretch(way[: count + 1]) for count in range(len(way)))

    def scheduler(self, way: Legs, start: date, done: frozenset[str] = frozenset()) -> Scheduler:
        """Return what places the steps of a way in time; those asked for last are kept, with what they worked out."""
        return self._schedulers(way, start, done)

    @cached_property
    def _schedulers(self) -> Callable[[Legs, date, frozenset[str]], Scheduler]:
        @lru_cache(maxsize=SCHEDULERS_KEPT)
        def made(way: Legs, start: date, done: frozenset[str]) -> Scheduler:
            return self.planners.scheduler(self.legs(way), start, done)

        return made

    @cached_property
    def _planned(self) -> dict[Legs, WorkLeg]:
        """The last stretch of each way that was planned."""
        return {}

    def _stretch(self, way: Legs) -> WorkLeg:
        """Return the last stretch of a way."""
        if way not in self._planned:
            taken = (step.key for leg in self.legs(way[:-1]) for step in leg.steps)
            self._planned[way] = self.planners.stretch(way[-1], self._after(way[:-1]), taken)
        return self._planned[way]

    def _after(self, way: Legs) -> AnswerSheet:
        """Return the sheet once a way is done, for every standard its actions serve; deeds for those of their stretch only."""
        if not way:
            return self.sheet
        asked, sheet = self.planners.asked, self._after(way[:-1])
        rungs = sheet.applying(asked.values())
        lifted: dict[str, Rung] = {}
        for step in self._stretch(way).steps:
            for ref, reached in step.action.lifts.items():
                if ref not in rungs or (asked[ref].deed and asked[ref].standard not in way[-1]):
                    continue
                present, after = rungs[ref], min(reached, asked[ref].enough)
                if present is None or present < after:
                    rungs[ref] = lifted[ref] = after
        return sheet.with_rungs(lifted)


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


AGAIN = "@"


def _told_apart(steps: tuple[Step, ...], taken: Collection[str], standards: str) -> tuple[Step, ...]:
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


def ways(planner: WayPlanner, standards: Sequence[str], on: date, days_a_week: Fraction) -> tuple[Way, ...]:
    """Return what every possible way over these standards takes and when it ends, begun on a day and at a pace."""
    alone = {standard: _work(planner.legs(((standard,),))[0].steps) for standard in standards}
    compared = []
    for legs in possible_legs(standards):
        dates = planner.scheduler(legs, on).certificates(days_a_week)
        taken = tuple(
            Leg(
                standards=together,
                person_days=_work(leg.steps),
                certificate=max(dates[standard] for standard in together),
            )
            for together, leg in zip(legs, planner.legs(legs), strict=True)
        )
        each_alone = sum(alone[standard] for together in legs for standard in together)
        compared.append(Way(legs=taken, saved=each_alone - sum(leg.person_days for leg in taken)))
    return tuple(compared)


def _work(steps: Iterable[Step]) -> float:
    return sum(step.person_days for step in steps)
