"""What to do, in which order, and where each step leads.

The order is always doable. Among what is doable comes first the step a standard names as its first, then what clears an
essential shortfall, then most points per person-day over all chosen standards; ties keep the order of the content.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.domain.answers import AnswerSheet
from assessment.domain.findings import Outlook, outlook
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung, Size
from assessment.domain.scoring import Score, score, worth
from assessment.domain.standard import Action, Question


@dataclass(frozen=True, kw_only=True)
class Lift:
    """A question that an action brings up. ``before`` is ``None`` where the question is open."""

    question: Question
    before: Rung | None
    after: Rung


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """Where one standard stands after a step."""

    standard: str
    score: Score
    outlook: Outlook


@dataclass(frozen=True, kw_only=True)
class Step:
    """An action placed in a plan. ``first_step`` marks one that a standard asks to begin with.

    ``certain`` is false where every question it lifts is still open, so that it may turn out not to be needed.
    """

    action: Action
    person_days: float
    lifts: tuple[Lift, ...]
    first_step: bool
    clears_essential: bool
    forecasts: tuple[Forecast, ...]

    @property
    def certain(self) -> bool:
        """Whether at least one answered question is known to be short."""
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
    asked = {question.ref: question for questionnaire in questionnaires for question in questionnaire.questions}
    order = {key: position for position, key in enumerate(actions)}
    first_steps = {f"{each.standard.id}/{each.standard.first_step}" for each in questionnaires}
    steps: list[Step] = []
    now = sheet
    waiting = list(actions)
    while True:
        lifts = {key: found for key in waiting if (found := _lifts(actions[key], asked, now))}
        waiting = [key for key in waiting if key in lifts]
        if not lifts:
            return tuple(steps)
        doable = [key for key in lifts if not _unmet(actions[key], lifts, actions)]
        chosen = min(
            doable,
            key=lambda key: (
                key not in first_steps,
                not _clears_essential(lifts[key]),
                -_points(lifts[key], now, questionnaires) / Fraction(actions[key].effort[size]),
                order[key],
            ),
        )
        now = now.with_rungs({lift.question.ref: lift.after for lift in lifts[chosen]})
        waiting.remove(chosen)
        steps.append(
            Step(
                action=actions[chosen],
                person_days=actions[chosen].effort[size],
                lifts=lifts[chosen],
                first_step=chosen in first_steps,
                clears_essential=_clears_essential(lifts[chosen]),
                forecasts=forecast(questionnaires, now),
            )
        )


def forecast(questionnaires: Iterable[Questionnaire], sheet: AnswerSheet) -> tuple[Forecast, ...]:
    """Score and verdict of each questionnaire on a sheet."""
    return tuple(
        Forecast(standard=each.standard.id, score=score(each, sheet), outlook=outlook(each, sheet)) for each in questionnaires
    )


def _lifts(action: Action, asked: Mapping[str, Question], sheet: AnswerSheet) -> tuple[Lift, ...]:
    found = []
    for ref, reached in action.lifts.items():
        question = asked.get(ref)
        if question is None or not sheet.applies(question):
            continue
        before = sheet.rung(question)
        after = min(reached, question.enough)
        if before is None or before < after:
            found.append(Lift(question=question, before=before, after=after))
    return tuple(found)


def _unmet(action: Action, lifting: Mapping[str, object], actions: Mapping[str, Action]) -> bool:
    """Whether anything this action comes after, directly or through actions already met, still has something to lift."""
    return any(earlier in lifting or _unmet(actions[earlier], lifting, actions) for earlier in action.after)


def _clears_essential(lifts: Iterable[Lift]) -> bool:
    return any(lift.question.essential and lift.after >= lift.question.enough for lift in lifts)


def _points(lifts: Iterable[Lift], sheet: AnswerSheet, questionnaires: Sequence[Questionnaire]) -> int:
    rules = questionnaires[0].rules
    lifted = sheet.with_rungs({lift.question.ref: lift.after for lift in lifts})
    return sum(worth(lift.question, lifted, rules).earned - worth(lift.question, sheet, rules).earned for lift in lifts)
