"""Planning every way from where an organisation stands: each stretch once, on what the stretches before it left to do."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache, cached_property, lru_cache, partial
from typing import TypeVar

from assessment.domain.answers import NO_ANSWER, AnswerSheet
from assessment.domain.calendar import Scheduler, timing
from assessment.domain.comparison import served_too
from assessment.domain.firm import Firm
from assessment.domain.library import Library
from assessment.domain.network import Placed
from assessment.domain.planning import Step, Work, plan_work, work_for
from assessment.domain.profile import Profile
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.standard import Action, Question
from assessment.domain.work_leg import WorkLeg

# As many as two standards have ways, and one more: begun another day, or with steps done.
SCHEDULERS_KEPT = 6
# The sheet as it counts and as it will at stage 2, both with open answers as enough, too, and the same before the last save.
PLANNERS_KEPT = 8
# As many as the ways over two standards have, from each of these four sheets.
STRETCHES_KEPT = 20
# As many as these ways.
BEST_KEPT = 20
T = TypeVar("T")
AGAIN = "@"

# The standards of a way by id, stretch by stretch; those of one stretch are worked on together. Empty for "none now".
Legs = tuple[tuple[str, ...], ...]


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

    def planner(self, sheet: AnswerSheet, certified: Iterable[str] = ()) -> "WayPlanner":
        """Return what plans every way from these answers; those asked for last are kept.

        ``certified`` are the ids of standards of which the organisation has a certificate.
        """
        certified = tuple(sorted(certified))
        key = certified, _what_counts(sheet, self.asked.values())
        made = partial(WayPlanner, planners=self, sheet=sheet, certified=certified)
        return _get_or_make(self._planners, key, made, kept=PLANNERS_KEPT)

    def stretch(self, standards: tuple[str, ...], sheet: AnswerSheet, taken: Iterable[str], before: tuple[str, ...]) -> WorkLeg:
        """Plan standards worked on together, from these answers on; ``taken`` are keys of steps that are in the plan before.

        ``before`` are ids of standards in place by then. Its sheet holds the answers to their own questions only, as they were
        when it was first asked for.
        """
        together = [self.by_id[standard] for standard in standards]
        questions = [question for asked in together for question in asked.questions]
        work = self.work(standards, before)
        again = work.actions.keys() & set(taken)

        def made() -> WorkLeg:
            own = {question.ref: sheet.answer(question) for question in questions}
            steps = _told_apart(plan_work(work, sheet), again, "+".join(standards))
            return WorkLeg(questionnaires=tuple(together), sheet=AnswerSheet(answers=own), steps=steps)

        key = (standards, before, frozenset(again), _what_counts(sheet, questions))
        return _get_or_make(self._stretches, key, made, kept=STRETCHES_KEPT)

    def scheduler(self, legs: tuple[WorkLeg, ...], start: date, done: frozenset[str]) -> Scheduler:
        """Return what places legs in time; it knows how others worked best through what takes the same time."""
        best = _get_or_make(self._best, timing(legs, done), dict[Fraction, Placed], kept=BEST_KEPT)
        return Scheduler(legs=legs, start=start, done=done, best=best)

    @cached_property
    def work(self) -> Callable[[tuple[str, ...], tuple[str, ...]], Work]:
        """What there is to do for standards worked on together, by their ids and those of standards that are in place.

        It is worked out once however many ways hold them.
        """

        def made(standards: tuple[str, ...], before: tuple[str, ...]) -> Work:
            part = self._part(standards, before)
            return work_for([self.by_id[standard] for standard in standards], self.actions, self.firm, part=part)

        return cache(made)

    def _part(self, standards: tuple[str, ...], before: tuple[str, ...]) -> float:
        if not before:
            return 1.0
        own = sum(map(self._whole, standards))
        # Of a certified standard that is not looked at here nobody knows the work: it is taken for as much.
        return self.firm.later_part(own, sum(self._whole(one) if one in self.by_id else own for one in before))

    def _whole(self, standard: str) -> float:
        """Return the work of a standard by itself, with everything to do."""
        asked = self.by_id[standard]
        return sum(self.firm.person_days(action, (asked.standard,)) for action in self.work((standard,), ()).actions.values())

    @cached_property
    def served_too(self) -> Callable[[str, str], frozenset[str]]:
        """The refs of questions of one standard that are answered by what is done for another, by the ids of both."""
        return cache(lambda target, source: served_too(self.by_id[target], self.by_id[source]))

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
    answered = sheet.answers.get
    answers = [answered(question.ref, NO_ANSWER) for question in questions]
    return tuple([(answer.state, answer.rung, answer.reason) for answer in answers])


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

    What is done for one standard counts for the next where both share its topic fully, and it is no deed. All else is done
    again for the next, as a step with a key of its own, and takes less there unless it is done anew. What must not wait for a
    standard that comes later is done before the first stretch, with what it needs.
    """

    planners: Planners
    sheet: AnswerSheet
    certified: tuple[str, ...] = ()

    def legs(self, way: Legs) -> tuple[WorkLeg, ...]:
        """Plan a way, stretch by stretch; its standards are among those of the questionnaires."""
        if way not in self._planned:
            self._planned[way] = tuple(self._plan(way))
        return self._planned[way]

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
    def _planned(self) -> dict[Legs, tuple[WorkLeg, ...]]:
        return {}

    def _plan(self, way: Legs) -> Iterator[WorkLeg]:
        sheet, taken, before = self.sheet, set[str](), self.certified
        for position, standards in enumerate(way):
            leg = self.planners.stretch(standards, sheet, taken, before)
            if position == 0:
                leg = _with_ahead(leg, self._urgent_later(way[1:]))
            yield leg
            if position + 1 < len(way):
                taken |= {step.key for step in leg.steps}
                before += standards
                sheet = self._after(leg, sheet)

    def _urgent_later(self, way: Legs) -> tuple[Step, ...]:
        """Return what must not wait for the standards of later stretches, with what it needs, as if they came first."""
        standards = tuple(standard for together in way for standard in together)
        if not standards or not self.planners.work(standards, self.certified).has_urgent:
            return ()
        first = self.planners.stretch(standards, self.sheet, (), self.certified)
        return tuple(step for step in first.steps if step.urgent)

    def _after(self, leg: WorkLeg, sheet: AnswerSheet) -> AnswerSheet:
        """Return a sheet once a stretch is done, for every standard that its steps serve."""
        asked = self.planners.asked
        rungs, standards = sheet.applying(asked.values()), leg.standards
        lifted: dict[str, Rung] = {}
        for step in leg.steps:
            for ref, reached in step.action.lifts.items():
                if ref not in rungs or not (ref in step.refs or self._is_served(asked[ref], standards)):
                    continue
                present, after = rungs[ref], min(reached, asked[ref].enough)
                if present is None or present < after:
                    rungs[ref] = lifted[ref] = after
        return sheet.with_rungs(lifted)

    def _is_served(self, question: Question, standards: Collection[str]) -> bool:
        """Tell whether what is done for these standards answers a question."""
        if question.standard in standards:
            return True
        return any(question.ref in self.planners.served_too(question.standard, source) for source in standards)


def planners_for(library: Library, questionnaires: Sequence[Questionnaire], profile: Profile) -> Planners:
    """Return what plans for an organisation, whatever it answers."""
    firm = Firm(profile=profile, rules=library.rules.work)
    return Planners(questionnaires=tuple(questionnaires), actions=library.actions, firm=firm)


def _with_ahead(leg: WorkLeg, ahead: Iterable[Step]) -> WorkLeg:
    """Put steps that must not wait before those of a stretch, but after those of its own that they need."""
    own = {step.key: step for step in leg.steps}
    added = tuple(step for step in ahead if step.key not in own)
    needed = {key for step in added for key in _needs(step) & own.keys()}
    needed |= {key for first in needed for key in _needs(own[first])}
    first = tuple(replace(step, urgent=True) for step in leg.steps if step.key in needed)
    others = tuple(step for step in leg.steps if step.key not in needed)
    return replace(leg, steps=(*first, *added, *others)) if added else leg


def _needs(step: Step) -> set[str]:
    return step.waits_for.keys() | step.alongside.keys()


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
