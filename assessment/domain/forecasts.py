"""Where each standard stands after each step of a plan.

The counts are those that scores and verdicts are read from, so a forecast is the score after the step by construction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.domain.answers import AnswerSheet
from assessment.domain.planning import Step
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.scoring import Score
from assessment.domain.tally import Tally
from assessment.domain.verdict import Verdict


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """Where one standard stands after a step: its score, and the worst and best verdict the open answers then allow."""

    standard: str
    score: Score
    worst: Verdict
    best: Verdict


def forecasts(
    questionnaires: Sequence[Questionnaire], sheet: AnswerSheet, steps: Sequence[Step]
) -> Mapping[str, tuple[Forecast, ...]]:
    """Return by key of each step where every standard stands once it and all before it are done, from these answers on.

    A step may lift questions of other standards too: what must not wait for them is done before.
    """
    tallies = {asked.standard.id: Tally(asked, sheet) for asked in questionnaires}
    now = {standard: _forecast(standard, tally) for standard, tally in tallies.items()}
    found = {}
    for step in steps:
        for lift in step.lifts:
            if lift.question.standard in tallies:
                tallies[lift.question.standard].put(lift.question, lift.after)
        now |= {standard: _forecast(standard, tallies[standard]) for standard in step.standards if standard in tallies}
        found[step.key] = tuple(now.values())
    return found


def _forecast(standard: str, tally: Tally) -> Forecast:
    return Forecast(standard=standard, score=tally.score, worst=tally.worst, best=tally.best)
