"""What to do, and in which order.

The order is always doable. Among what is doable comes first what must not wait in this organisation, then the step a
standard names as its first, then what the longest way to the end hangs on, then what clears a likely major or a stop of
stage 1; ties keep the order of the content. What a step needs before it takes the place of that step.
"""

from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assessment.domain.answers import AnswerSheet
from assessment.domain.dependencies import Dependencies, dependencies, longest_ways
from assessment.domain.firm import Firm
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.shortfalls import Standings, absent_where_open
from assessment.domain.standard import Action, Question

# The places in the queue, as `Work` has them.
_URGENT, _FIRST, _EARLY, _USUAL = range(4)


@dataclass(frozen=True, kw_only=True)
class Lift:
    """A question that an action brings up. ``before`` is ``None`` where the question is open."""

    question: Question
    before: Rung | None
    after: Rung


@dataclass(frozen=True, kw_only=True)
class Step:
    """An action placed in a plan.

    ``first_step`` marks one that a standard asks to begin with, ``urgent`` one that must not wait in this organisation,
    ``early`` one that begins here as soon as it can, ``clears_major`` one that brings a question to enough that would be a
    likely major or stop stage 1.

    ``key`` names the step in its plan: that of its action, with the standards behind it where the action is done again for
    them. ``waits_for`` maps the keys of steps that must be done before to the weeks that must then pass, ``alongside`` keys of
    steps to the weeks that must have passed since those began; both hold what is needed directly or not.
    """

    key: str
    action: Action
    person_days: float
    weeks: float
    lifts: tuple[Lift, ...]
    first_step: bool
    urgent: bool
    clears_major: bool
    waits_for: Mapping[str, float]
    alongside: Mapping[str, float]
    early: bool = False

    @cached_property
    def certain(self) -> bool:
        """Whether at least one answered question is known to be short; otherwise it may turn out not to be needed."""
        return any(lift.before is not None for lift in self.lifts)

    @cached_property
    def standards(self) -> tuple[str, ...]:
        """Ids of the standards the step serves."""
        return tuple(dict.fromkeys(lift.question.standard for lift in self.lifts))

    @cached_property
    def refs(self) -> tuple[str, ...]:
        """Refs of the questions it lifts."""
        return tuple(lift.question.ref for lift in self.lifts)

    @cached_property
    def timing(self) -> Hashable:
        """All of the step that its dates depend on."""
        links = tuple(self.waits_for.items()), tuple(self.alongside.items())
        return self.key, self.person_days, self.weeks, self.urgent, self.first_step, self.early, links


def plan(
    questionnaires: Sequence[Questionnaire], actions: Mapping[str, Action], sheet: AnswerSheet, firm: Firm
) -> tuple[Step, ...]:
    """Order every action for this organisation that still lifts something in the questionnaires.

    An open question is planned for as if it were missing; steps that rest only on such questions are not ``certain``.
    """
    return plan_work(work_for(questionnaires, actions, firm), sheet)


@dataclass(frozen=True, kw_only=True)
class Work:
    """What there is to do for some standards in one organisation, whatever is answered.

    By keys of actions: the actions in the order of the content, the questions each lifts and the rungs it is needed for, the
    weeks it takes, what it waits for among them, and its place in the queue: 0 must not wait, 1 is a first step, 2 begins
    early, 3 is usual. ``part`` is what is left of the work with other standards in place.
    """

    questionnaires: tuple[Questionnaire, ...]
    firm: Firm
    part: float
    actions: Mapping[str, Action]
    lifts: Mapping[str, tuple[tuple[Question, Rung], ...]]
    weeks: Mapping[str, float]
    needs: Mapping[str, Dependencies]
    ranks: Mapping[str, int]
    first_steps: frozenset[str]

    @cached_property
    def has_urgent(self) -> bool:
        """Whether any of it must not wait in this organisation."""
        return _URGENT in self.ranks.values()


def work_for(questionnaires: Sequence[Questionnaire], actions: Mapping[str, Action], firm: Firm, *, part: float = 1.0) -> Work:
    """Return what there is to do for these questionnaires in an organisation, of which ``part`` is left."""
    questions = {ref: question for asked in questionnaires for ref, question in asked.by_ref.items()}
    first_steps = frozenset(f"{asked.standard.id}/{asked.standard.first_step}" for asked in questionnaires)
    lifts = {
        key: tuple((questions[ref], min(rung, questions[ref].enough)) for ref, rung in action.lifts.items() if ref in questions)
        for key, action in actions.items()
    }
    served = {key: action for key, action in actions.items() if lifts[key] and firm.needs(action)}
    return Work(
        questionnaires=tuple(questionnaires),
        firm=firm,
        part=part,
        actions=served,
        lifts={key: lifts[key] for key in served},
        weeks={key: firm.weeks(action.weeks, lasting=action.lasting) for key, action in served.items()},
        needs=dependencies(served, lambda action, written: firm.weeks(written, lasting=action.lasting)),
        ranks={key: _rank(action, firm, first_steps) for key, action in served.items()},
        first_steps=first_steps,
    )


def plan_work(work: Work, sheet: AnswerSheet) -> tuple[Step, ...]:
    """Order what there is to do, as `plan` does, for a sheet of answers."""
    return _Planner(work, sheet).steps()


def _rank(action: Action, firm: Firm, first_steps: Container[str]) -> int:
    if firm.is_urgent(action):
        return _URGENT
    if action.key in first_steps:
        return _FIRST
    return _EARLY if firm.holds(action.early_when) else _USUAL


@dataclass(frozen=True, kw_only=True)
class StepNote:
    """What people say about a step: who does it, until when, and when it was done. It never changes an answer."""

    owner: str = ""
    due: date | None = None
    done_on: date | None = None


@dataclass
class _Candidate:
    """An action that may still be needed, and its place in the queue."""

    action: Action
    position: int
    needs: Dependencies
    rank: int
    longest: float = 0
    lifts: tuple[Lift, ...] = ()
    clears_major: bool = False

    @property
    def priority(self) -> tuple[int, float, bool, int]:
        """What is smallest for the one that comes next."""
        return self.rank, -self.longest, not self.clears_major, self.position


class _Planner:
    def __init__(self, work: Work, sheet: AnswerSheet) -> None:
        self._work = work
        self._rungs: dict[str, Rung | None] = {}
        self._standings: dict[str, Standings] = {}
        for asked in work.questionnaires:
            rungs = sheet.applying(asked.questions)
            excluded = len(rungs) < len(asked.questions)
            self._rungs |= rungs
            self._standings[asked.standard.id] = Standings(asked, absent_where_open(rungs), excluded=excluded)
        self._touching: dict[str, list[str]] = {}
        self._waiting: dict[str, _Candidate] = {}
        for position, (key, action) in enumerate(work.actions.items()):
            candidate = _Candidate(action=action, position=position, needs=work.needs[key], rank=work.ranks[key])
            if self._refresh(candidate):
                self._waiting[key] = candidate
                for question, _ in work.lifts[key]:
                    self._touching.setdefault(question.ref, []).append(key)
        self._pull_forward()
        for key, longest in longest_ways({key: one.needs for key, one in self._waiting.items()}, work.weeks).items():
            self._waiting[key].longest = longest

    def _pull_forward(self) -> None:
        """Let what a step needs before it come as early as the step itself."""
        for candidate in sorted(self._waiting.values(), key=lambda one: -one.rank):
            for key in candidate.needs.keys & self._waiting.keys():
                self._waiting[key].rank = min(self._waiting[key].rank, candidate.rank)

    def steps(self) -> tuple[Step, ...]:
        in_plan: dict[str, Step] = {}
        while self._waiting:
            waiting = self._waiting.keys()
            doable = [one for one in self._waiting.values() if one.needs.keys.isdisjoint(waiting)]
            chosen = min(doable, key=lambda one: one.priority)
            in_plan[chosen.action.key] = self._take(chosen, in_plan)
        return tuple(in_plan.values())

    def _take(self, chosen: _Candidate, before: Container[str]) -> Step:
        key, work = chosen.action.key, self._work
        del self._waiting[key]
        clears_major = self._clears_major(chosen.lifts)
        for lift in chosen.lifts:
            self._rungs[lift.question.ref] = lift.after
            self._standings[lift.question.standard].put(lift.question, lift.after)
        touched = set[str]().union(*(self._touching[lift.question.ref] for lift in chosen.lifts))
        for other in touched & self._waiting.keys():
            if not self._refresh(self._waiting[other]):
                del self._waiting[other]
        served = {lift.question.standard for lift in chosen.lifts}
        return Step(
            key=key,
            action=chosen.action,
            person_days=work.firm.person_days(
                chosen.action,
                (asked.standard for asked in work.questionnaires if asked.standard.id in served),
                part=work.part,
            ),
            weeks=work.weeks[key],
            lifts=chosen.lifts,
            first_step=key in work.first_steps,
            urgent=chosen.rank == _URGENT,
            early=chosen.rank == _EARLY,
            clears_major=clears_major,
            waits_for={earlier: weeks for earlier, weeks in chosen.needs.done.items() if earlier in before},
            alongside={earlier: weeks for earlier, weeks in chosen.needs.begun.items() if earlier in before},
        )

    def _refresh(self, candidate: _Candidate) -> bool:
        """Work out what the action still lifts; false where it lifts nothing any more."""
        candidate.lifts = tuple(self._lifts(candidate.action.key))
        candidate.clears_major = self._clears_major(candidate.lifts)
        return bool(candidate.lifts)

    def _lifts(self, key: str) -> Iterable[Lift]:
        for question, after in self._work.lifts[key]:
            if question.ref in self._rungs:
                before = self._rungs[question.ref]
                if before is None or before < after:
                    yield Lift(question=question, before=before, after=after)

    def _clears_major(self, lifts: Iterable[Lift]) -> bool:
        """Tell whether the lifts bring a question to enough that would now be a likely major or a stop, open ones as absent."""
        for lift in lifts:
            stands = self._standings[lift.question.standard]
            if lift.after >= lift.question.enough and (stands.is_major(lift.question) or stands.is_stop(lift.question)):
                return True
        return False


def actions_by_ref(steps: Iterable[Step]) -> Mapping[str, tuple[Action, ...]]:
    """Return the actions that lift each question, by its ref; those of another standard only where its own has none."""
    own: dict[str, dict[str, Action]] = {}
    served_too: dict[str, dict[str, Action]] = {}
    for step in steps:
        for ref in step.action.lifts:
            (own if ref in step.refs else served_too).setdefault(ref, {})[step.action.key] = step.action
    return {ref: tuple(actions.values()) for ref, actions in (served_too | own).items()}
