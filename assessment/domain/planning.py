"""What to do, in which order, and where each step leads.

The order is always doable. Among what is doable comes first what must not wait in this organisation, then the step a
standard names as its first, then what the longest way to the end hangs on, then what clears a likely major or a stop of
stage 1; ties keep the order of the content. What a step needs before it takes the place of that step.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assessment.domain.answers import AnswerSheet
from assessment.domain.dependencies import Dependencies, dependencies, longest_ways
from assessment.domain.firm import Firm
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.scoring import Score
from assessment.domain.standard import Action, Question
from assessment.domain.tally import Tally
from assessment.domain.verdict import Verdict

# The places in the queue, as `Work` has them.
_URGENT, _FIRST, _EARLY, _USUAL = range(4)


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
    forecasts: tuple[Forecast, ...]
    early: bool = False

    @property
    def certain(self) -> bool:
        """Whether at least one answered question is known to be short; otherwise it may turn out not to be needed."""
        return any(lift.before is not None for lift in self.lifts)

    @property
    def standards(self) -> tuple[str, ...]:
        """Ids of the standards the step serves."""
        return tuple(dict.fromkeys(lift.question.standard for lift in self.lifts))


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

    By keys of actions: the actions in the order of the content, what each waits for among them, and the place of each in the
    queue: 0 must not wait, 1 is a first step, 2 begins early, 3 is usual.
    """

    questionnaires: tuple[Questionnaire, ...]
    firm: Firm
    actions: Mapping[str, Action]
    needs: Mapping[str, Dependencies]
    ranks: Mapping[str, int]
    first_steps: frozenset[str]


def work_for(questionnaires: Sequence[Questionnaire], actions: Mapping[str, Action], firm: Firm) -> Work:
    """Return what there is to do for these questionnaires in an organisation."""
    refs = {ref for asked in questionnaires for ref in asked.by_ref}
    first_steps = frozenset(f"{asked.standard.id}/{asked.standard.first_step}" for asked in questionnaires)
    served = {key: action for key, action in actions.items() if not action.lifts.keys().isdisjoint(refs) and firm.needs(action)}
    return Work(
        questionnaires=tuple(questionnaires),
        firm=firm,
        actions=served,
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
        self._firm, self._first_steps = work.firm, work.first_steps
        self._standards = {asked.standard.id: asked.standard for asked in work.questionnaires}
        self._tallies = {asked.standard.id: Tally(asked, sheet) for asked in work.questionnaires}
        self._forecasts: dict[str, Forecast] = {}
        self._questions = {ref: question for asked in work.questionnaires for ref, question in asked.by_ref.items()}
        self._touching: dict[str, list[str]] = {}
        self._waiting: dict[str, _Candidate] = {}
        for position, (key, action) in enumerate(work.actions.items()):
            candidate = _Candidate(action=action, position=position, needs=work.needs[key], rank=work.ranks[key])
            if self._refresh(candidate):
                self._waiting[key] = candidate
                for ref in action.lifts:
                    self._touching.setdefault(ref, []).append(key)
        self._pull_forward()
        weeks = {key: self._weeks(one.action) for key, one in self._waiting.items()}
        for key, longest in longest_ways({key: one.needs for key, one in self._waiting.items()}, weeks).items():
            self._waiting[key].longest = longest

    def _weeks(self, action: Action) -> float:
        return self._firm.weeks(action.weeks, lasting=action.lasting)

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

    def _take(self, chosen: _Candidate, before: Mapping[str, Step]) -> Step:
        del self._waiting[chosen.action.key]
        clears_major = self._clears_major(chosen.lifts)
        for lift in chosen.lifts:
            self._tallies[lift.question.standard].put(lift.question, lift.after)
        for key in {key for lift in chosen.lifts for key in self._touching[lift.question.ref]}:
            if key in self._waiting and not self._refresh(self._waiting[key]):
                del self._waiting[key]
        served = {lift.question.standard for lift in chosen.lifts}
        self._look_ahead(served)
        return Step(
            key=chosen.action.key,
            action=chosen.action,
            person_days=self._firm.person_days(chosen.action, (self._standards[standard_id] for standard_id in served)),
            weeks=self._weeks(chosen.action),
            lifts=chosen.lifts,
            first_step=chosen.action.key in self._first_steps,
            urgent=chosen.rank == _URGENT,
            early=chosen.rank == _EARLY,
            clears_major=clears_major,
            waits_for={key: weeks for key, weeks in chosen.needs.done.items() if key in before},
            alongside={key: weeks for key, weeks in chosen.needs.begun.items() if key in before},
            forecasts=tuple(self._forecasts[name] for name in self._tallies),
        )

    def _look_ahead(self, changed: Container[str]) -> None:
        """Say where each standard stands now; only those that changed, and all the first time."""
        for name, tally in self._tallies.items():
            if name in changed or name not in self._forecasts:
                self._forecasts[name] = Forecast(standard=name, score=tally.score, worst=tally.worst, best=tally.best)

    def _refresh(self, candidate: _Candidate) -> bool:
        """Work out what the action still lifts; false where it lifts nothing any more."""
        candidate.lifts = tuple(self._lifts(candidate.action))
        candidate.clears_major = self._clears_major(candidate.lifts)
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
