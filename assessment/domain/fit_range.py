"""Whether open profile answers can still change what to begin with, and which of them decide most."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from assessment.domain.fit import Advice, Fit, Recommendation, Situation, Why, recommend
from assessment.domain.profile import ProfileKind, ProfileQuestion
from assessment.domain.standard import Driver

DECIDING_SHOWN = 2

# What one answer adds for each standard, in their order: its points, and whether it is a demand that decides.
_Reading = tuple[tuple[int, bool], ...]


@dataclass(frozen=True, kw_only=True)
class Undecided:
    """Advice that open profile answers can still change: how many of all profile questions are answered, and what decides.

    ``deciding`` are the one or two open questions that can move the needs most, a written demand before all others.
    """

    answered: int
    asked: int
    deciding: tuple[ProfileQuestion, ...]


def undecided(situation: Situation) -> Undecided | None:
    """Return what is missing while some answers to the open questions would give another standard to begin with.

    Best and worst reading, as for the verdict: every way to answer the open questions counts. A deadline that is not told
    counts as none. What only comes later does not matter here: it is not what the advice begins with. ``None`` where the
    advice stands whatever the open answers are, and where nothing is answered that speaks for or against a standard.
    """
    present = situation.recommendation()
    if present.advice is Advice.NOT_KNOWN:
        return None
    open_questions = [question for question in _speaking(situation) if situation.profile.get(question.id) is None]
    if not open_questions or not _can_change(situation, present, open_questions):
        return None
    ranked = sorted(open_questions, key=lambda question: _moves(situation, question), reverse=True)
    return Undecided(
        answered=sum(situation.profile.get(question_id) is not None for question_id in situation.questions),
        asked=len(situation.questions),
        deciding=tuple(ranked[:DECIDING_SHOWN]),
    )


def _speaking(situation: Situation) -> list[ProfileQuestion]:
    speaking = {driver.profile for standard in situation.standards for driver in standard.drivers}
    return [question for question in situation.questions.values() if question.id in speaking]


def _drivers(situation: Situation, question: ProfileQuestion) -> list[list[Driver]]:
    return [[driver for driver in standard.drivers if driver.profile == question.id] for standard in situation.standards]


def _moves(situation: Situation, question: ProfileQuestion) -> tuple[bool, int]:
    """Return whether an answer can decide alone, and by how many percent at most it moves the need for one standard."""
    decides = any(driver.decides for drivers in _drivers(situation, question) for driver in drivers)
    points = zip(*([added for added, _ in reading] for reading in _readings(situation, question)), strict=True)
    needs = zip(situation.fits(), points, strict=True)
    spans = [100 * (max(added) - min(added)) // max(1, need.possible) for need, added in needs]
    return decides, max(spans)


def _readings(situation: Situation, question: ProfileQuestion) -> list[_Reading]:
    """Return everything that the answers to a question can add, each once, least first."""
    drivers = _drivers(situation, question)
    return sorted({tuple(_added(of, values) for of in drivers) for values in _answers(situation, question)})


def _answers(situation: Situation, question: ProfileQuestion) -> Iterator[tuple[str, ...]]:
    """Yield every answer to a question that speaks: each choice, or each set of ticks."""
    if question.kind is ProfileKind.CHOICE:
        yield from ((choice.id,) for choice in question.choices)
        return
    offered: Iterable[str] = (choice.id for choice in question.choices)
    if question.kind is ProfileKind.STANDARDS:
        offered = (standard.id for standard in situation.standards)
    for ticked in product(*(((), (choice,)) for choice in offered)):
        yield tuple(choice for choices in ticked for choice in choices)


def _added(drivers: Sequence[Driver], values: tuple[str, ...]) -> tuple[int, bool]:
    holding = [driver for driver in drivers if driver.choice in values]
    return sum(driver.points for driver in holding), any(driver.decides for driver in holding)


def _can_change(situation: Situation, present: Recommendation, open_questions: Sequence[ProfileQuestion]) -> bool:
    readings = [_readings(situation, question) for question in open_questions]
    can_be_demanded = any(demanded for of in readings for reading in of for _, demanded in reading)
    if present.why is Why.DEMANDED and not can_be_demanded:
        return False  # points no longer matter
    fits = tuple(replace(need, answered=1) for need in situation.fits())

    def changes(added: _Reading) -> bool:
        becomes = recommend(_with(fits, added), situation.profile.deadlines(), situation.readiness, situation.rules)
        return _begins(becomes) != _begins(present)

    # Most doubts show where every answer speaks as much as it can, or as little, or all for one standard: try those first.
    if any(changes(added) for added in _extremes(readings, len(fits))):
        return True
    reached: set[_Reading] = {tuple((0, False) for _ in fits)}
    for of in readings:
        reached = {_sum(before, reading) for before in reached for reading in of}
    return any(changes(added) for added in reached)


def _extremes(readings: Sequence[Sequence[_Reading]], standards: int) -> Iterator[_Reading]:
    nothing: _Reading = tuple((0, False) for _ in range(standards))
    for weights in product((-1, 1), repeat=standards):
        added = nothing
        for of in readings:
            added = _sum(added, max(of, key=lambda reading: _weighed(reading, weights)))
        yield added


def _weighed(reading: _Reading, weights: Sequence[int]) -> int:
    return sum(weight * points for weight, (points, _) in zip(weights, reading, strict=True))


def _sum(one: _Reading, other: _Reading) -> _Reading:
    return tuple((a + b, first or second) for (a, first), (b, second) in zip(one, other, strict=True))


def _with(fits: Sequence[Fit], added: _Reading) -> list[Fit]:
    demand = [next((driver for driver in need.standard.drivers if driver.decides), None) for need in fits]
    return [
        replace(
            need,
            reached=need.reached + points,
            reasons=(*need.reasons, driver) if demanded and driver else need.reasons,
        )
        for need, (points, demanded), driver in zip(fits, added, demand, strict=True)
    ]


def _begins(recommendation: Recommendation) -> tuple[Advice, frozenset[str]]:
    return recommendation.advice, frozenset(standard.id for standard in recommendation.first)
