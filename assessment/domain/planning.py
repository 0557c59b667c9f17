"""What to do, in which order, and where each step leads.

The order is always doable. Among what is doable comes first the step a standard names as its first, then what clears a likely
major or a stop of stage 1, then most points per person-day over all chosen standards; ties keep the order of the content.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from assessment.domain.answers import AnswerSheet
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung, Size
from assessment.domain.scoring import Score
from assessment.domain.standard import Action, Question
from assessment.domain.tally import Tally
from assessment.domain.verdict import Verdict


@dataclass(frozen=True, kw_only=True)
class Lift:
    """A question that an action brings up. ``before`` is ``None`` where the question is open."""

    question: Question
    before: Rung | None
    after: Rung


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """Where one standard stands after a step: its score, and the worst and best verdict the open answers then allow."""

    standard: str
    score: Score
    worst: Verdict
    best: Verdict


@dataclass(frozen=True, kw_only=True)
class Step:
    """An action placed in a plan. ``first_step`` marks one that a standard asks to begin with, ``clears_major`` one that brings
    a question to enough that would be a likely major or stop stage 1.

    ``waits_for`` holds the keys of the steps of this plan that must be done before, directly or not.
    """

    action: Action
    person_days: float
    lifts: tuple[Lift, ...]
    first_step: bool
    clears_major: bool
    waits_for: tuple[str, ...]
    forecasts: tuple[Forecast, ...]

    @property
    def certain(self) -> bool:
        """Whether at least one answered question is known to be short; otherwise it may turn out not to be needed."""
        return any(lift.before is not None for lift in self.lifts)

    @property
    def standards(self) -> tuple[str, ...]:
        """Ids of the standards the step serves."""
        return tuple(dict.fromkeys(lift.question.standard for lift in self.lifts))


def plan(
    questionnaires: Sequence[Questionnaire], actions: Mapping[str, Action], sheet: AnswerSheet, size: Size
) -> tuple[Step, ...]:
    """Order every action that still lifts something in the questionnaires.

    An open question is planned for as if it were missing; steps that rest only on such questions are not ``certain``.
    """
    return _Planner(questionnaires, actions, sheet, size).steps()


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
    first_step: bool
    earlier: frozenset[str]
    lifts: tuple[Lift, ...] = ()
    priority: tuple[bool, bool, Fraction, int] = (True, True, Fraction(0), 0)


class _Planner:
    def __init__(
        self, questionnaires: Sequence[Questionnaire], actions: Mapping[str, Action], sheet: AnswerSheet, size: Size
    ) -> None:
        self._size = size
        self._tallies = {asked.standard.id: Tally(asked, sheet) for asked in questionnaires}
        self._questions = {question.ref: question for asked in questionnaires for question in asked.questions}
        self._touching: dict[str, list[str]] = {}
        self._waiting: dict[str, _Candidate] = {}
        first_steps = {f"{asked.standard.id}/{asked.standard.first_step}" for asked in questionnaires}
        for position, (key, earlier) in enumerate(ancestors(actions).items()):
            action = actions[key]
            candidate = _Candidate(action=action, position=position, first_step=key in first_steps, earlier=earlier)
            if self._refresh(candidate):
                self._waiting[key] = candidate
                for ref in action.lifts:
                    self._touching.setdefault(ref, []).append(key)

    def steps(self) -> tuple[Step, ...]:
        in_plan: list[Step] = []
        while self._waiting:
            waiting = self._waiting.keys()
            doable = (candidate for candidate in self._waiting.values() if candidate.earlier.isdisjoint(waiting))
            chosen = min(doable, key=lambda candidate: candidate.priority)
            in_plan.append(self._take(chosen, [step.action.key for step in in_plan]))
        return tuple(in_plan)

    def _take(self, chosen: _Candidate, before: Iterable[str]) -> Step:
        del self._waiting[chosen.action.key]
        clears_major = self._clears_major(chosen.lifts)
        for lift in chosen.lifts:
            self._tallies[lift.question.standard].put(lift.question, lift.after)
        for key in {key for lift in chosen.lifts for key in self._touching[lift.question.ref]}:
            if key in self._waiting and not self._refresh(self._waiting[key]):
                del self._waiting[key]
        return Step(
            action=chosen.action,
            person_days=chosen.action.effort[self._size],
            lifts=chosen.lifts,
            first_step=chosen.first_step,
            clears_major=clears_major,
            waits_for=tuple(key for key in before if key in chosen.earlier),
            forecasts=tuple(
                Forecast(standard=name, score=tally.score, worst=tally.worst, best=tally.best)
                for name, tally in self._tallies.items()
            ),
        )

    def _refresh(self, candidate: _Candidate) -> bool:
        """Work out what the action still lifts, and its priority; false where it lifts nothing any more."""
        candidate.lifts = tuple(self._lifts(candidate.action))
        gain = sum(self._gain(lift) for lift in candidate.lifts)
        candidate.priority = (
            not candidate.first_step,
            not self._clears_major(candidate.lifts),
            -gain / Fraction(candidate.action.effort[self._size]),
            candidate.position,
        )
        return bool(candidate.lifts)

    def _lifts(self, action: Action) -> Iterable[Lift]:
        for ref, reached in action.lifts.items():
            question = self._questions.get(ref)
            if question is None or ref not in self._tallies[question.standard].rungs:
                continue
            before = self._tallies[question.standard].rungs[ref]
            after = min(reached, question.enough)
            if before is None or before < after:
                yield Lift(question=question, before=before, after=after)

    def _clears_major(self, lifts: Iterable[Lift]) -> bool:
        """Tell whether the lifts bring a question to enough that would now be a likely major or a stop, open ones as absent."""
        for lift in lifts:
            short = self._tallies[lift.question.standard].at_worst
            if lift.after >= lift.question.enough and (short.is_major(lift.question) or short.is_stop(lift.question)):
                return True
        return False

    def _gain(self, lift: Lift) -> int:
        """Return the weighted points that a lift adds to what is certain."""
        rules = self._tallies[lift.question.standard].questionnaire.rules
        before = 0 if lift.before is None else rules.points(lift.before)
        return lift.question.weight * (rules.points(lift.after) - before)


def ancestors(actions: Mapping[str, Action]) -> dict[str, frozenset[str]]:
    """Return for each action all that come before it, directly or not, in the order of the actions."""
    known: dict[str, frozenset[str]] = {}

    def walk(key: str) -> frozenset[str]:
        if key not in known:
            direct = actions[key].after
            known[key] = frozenset(direct).union(*(walk(earlier) for earlier in direct))
        return known[key]

    return {key: walk(key) for key in actions}
