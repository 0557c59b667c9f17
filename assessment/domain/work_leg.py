"""Standards worked on together, with their steps, and what of these each standard needs before its audits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assessment.domain.answers import AnswerSheet
from assessment.domain.forecasts import Forecast, forecasts
from assessment.domain.network import network
from assessment.domain.planning import Step
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.shortfalls import Shortfalls, absent_where_open
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

    @property
    def standards(self) -> tuple[str, ...]:
        """Ids of its standards."""
        return tuple(asked.standard.id for asked in self.questionnaires)

    @cached_property
    def forecasts(self) -> Mapping[str, tuple[Forecast, ...]]:
        """Where each of its standards stands after each of its steps, by key of the step."""
        return forecasts(self.questionnaires, self.sheet, self.steps)

    @cached_property
    def needed(self) -> Mapping[str, Needed]:
        """What each of its standards needs, taken in the order in which everything would end were it done at once."""
        at_once = network(self.steps).at_once
        ending = [self.steps[place] for place in sorted(range(len(self.steps)), key=lambda place: (at_once.ends[place], place))]
        return {asked.standard.id: _needed(asked, self.sheet, ending) for asked in self.questionnaires}


def _needed(questionnaire: Questionnaire, sheet: AnswerSheet, ending: Sequence[Step]) -> Needed:
    """Return what a standard needs for each stage: of the steps in the order in which they end, until its answers are enough.

    Every reason for leaving something out counts as good enough: that is put right at a desk and takes no plan.
    """
    standard, rungs = questionnaire.standard.id, sheet.applying(questionnaire.questions)
    excluded = len(rungs) < len(questionnaire.questions)
    short = Shortfalls(questionnaire, absent_where_open(rungs), excluded=excluded, bad_exclusions=0)
    worst = short.verdict
    reached: dict[Verdict, frozenset[str]] = {verdict: frozenset() for verdict in Verdict if verdict <= worst}
    needed: set[str] = set()
    for step in ending:
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
