"""Standards worked on together, with their steps, and what of these each standard needs before its audits."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from assessment.domain.answers import AnswerSheet
from assessment.domain.network import network
from assessment.domain.planning import Step
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.tally import Tally
from assessment.domain.verdict import Verdict


@dataclass(frozen=True, kw_only=True)
class Needed:
    """The keys of the steps without which a standard is not ready for stage 1, and for stage 2."""

    stage_1: frozenset[str]
    stage_2: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class WorkLeg:
    """Standards worked on together: their questionnaires, the answers before the work, and its steps in their order."""

    questionnaires: tuple[Questionnaire, ...]
    sheet: AnswerSheet
    steps: tuple[Step, ...]

    @cached_property
    def needed(self) -> Mapping[str, Needed]:
        """What each of its standards needs, taken in the order in which everything would end were it done at once."""
        return {asked.standard.id: _needed(asked, self) for asked in self.questionnaires}


def _needed(questionnaire: Questionnaire, leg: WorkLeg) -> Needed:
    """Return what a standard needs for each stage: the steps for it that end, done at once, until its answers are enough."""
    at_once = network(leg.steps).at_once
    standard = questionnaire.standard.id
    short = Tally(questionnaire, leg.sheet, trusting_exclusions=True).at_worst
    worst = short.verdict
    reached: dict[Verdict, frozenset[str]] = {verdict: frozenset() for verdict in Verdict if verdict <= worst}
    needed: set[str] = set()
    for place in sorted(range(len(leg.steps)), key=lambda place: (at_once.ends[place], place)):
        step = leg.steps[place]
        lifts = [lift for lift in step.lifts if lift.question.standard == standard]
        if not lifts:
            continue
        needed |= {step.key, *step.waits_for, *step.alongside}
        for lift in lifts:
            # A step may end after one that reaches more on the same question; it takes nothing back.
            if short.rungs[lift.question.ref] <= lift.after:
                short.put(lift.question, lift.after)
        worst = short.verdict
        reached = {verdict: frozenset(needed) for verdict in Verdict if verdict <= worst} | reached
        if worst is Verdict.READY_FOR_STAGE_2:
            break
    everything = frozenset(needed)
    return Needed(
        stage_1=reached.get(Verdict.READY_FOR_STAGE_1, everything), stage_2=reached.get(Verdict.READY_FOR_STAGE_2, everything)
    )
