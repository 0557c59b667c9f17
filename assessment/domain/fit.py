"""Which standard fits the organisation, why, and which single answer would change the advice.

Fit is need; readiness is distance. They are two numbers, shown side by side and never multiplied.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from assessment.domain.profile import Profile, ProfileKind, ProfileQuestion
from assessment.domain.rules import FitRules
from assessment.domain.standard import Driver, Standard


class Advice(StrEnum):
    """What the organisation is advised to do."""

    NOT_KNOWN = "not-known"
    NONE_URGENT = "none-urgent"
    ONE = "one"
    TOGETHER = "together"


class Why(StrEnum):
    """Which rule led to the advice."""

    NOTHING_ANSWERED = "nothing-answered"
    DEMANDED = "demanded"
    STRONG = "strong"
    STRONG_AND_CLOSE = "strong-and-close"
    NEARER_DEADLINE = "nearer-deadline"
    LEANING = "leaning"
    LEVEL = "level"
    ALL_WEAK = "all-weak"
    ALL_HELD = "all-held"


@dataclass(frozen=True, kw_only=True)
class Fit:
    """How much speaks for one standard: points reached of points possible. Open profile questions make it a range.

    ``reasons`` are the drivers that hold, strongest first.
    """

    standard: Standard
    reached: int
    within_reach: int
    possible: int
    answered: int
    asked: int
    reasons: tuple[Driver, ...]

    @property
    def low(self) -> int:
        """Whole percent that speaks for the standard already."""
        return 100 * self.reached // self.possible if self.possible else 0

    @property
    def high(self) -> int:
        """Whole percent that could speak for it, were every open profile question answered that way."""
        return 100 * self.within_reach // self.possible if self.possible else 0

    @property
    def demanded(self) -> bool:
        """Whether a written demand decides."""
        return any(driver.decides for driver in self.reasons)


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """The advice, and the standards in the order it gives them.

    ``first`` are those to begin with (more than one: as one system); ``later`` those whose need is strong as well.
    """

    advice: Advice
    why: Why
    first: tuple[Standard, ...]
    later: tuple[Standard, ...]

    @property
    def identity(self) -> tuple[Advice, frozenset[str], frozenset[str]]:
        """What must differ for two recommendations to count as different advice."""
        return (
            self.advice,
            frozenset(standard.id for standard in self.first),
            frozenset(standard.id for standard in self.later),
        )


@dataclass(frozen=True, kw_only=True)
class TurningPoint:
    """One profile answer that, given instead of the present one, would change the advice to ``becomes``."""

    question: ProfileQuestion
    values: tuple[str, ...]
    becomes: Recommendation


def fit(standard: Standard, profile: Profile, questions: Mapping[str, ProfileQuestion]) -> Fit:
    """Add up what the profile says for one standard."""
    by_question: dict[str, list[Driver]] = {}
    for driver in standard.drivers:
        by_question.setdefault(driver.profile, []).append(driver)
    reached = within_reach = possible = answered = 0
    holding: list[Driver] = []
    for question_id, drivers in by_question.items():
        most = _most(questions[question_id], drivers)
        values = profile.get(question_id)
        true = [driver for driver in drivers if values is not None and driver.choice in values]
        points = sum(driver.points for driver in true)
        reached += points
        within_reach += most if values is None else points
        possible += most
        answered += values is not None
        holding += true
    holding.sort(key=lambda driver: (not driver.decides, -driver.points))
    return Fit(
        standard=standard,
        reached=reached,
        within_reach=within_reach,
        possible=possible,
        answered=answered,
        asked=len(by_question),
        reasons=tuple(holding),
    )


def _most(question: ProfileQuestion, drivers: Sequence[Driver]) -> int:
    points = [driver.points for driver in drivers]
    return sum(points) if question.kind is ProfileKind.MANY else max(points)


def recommend(
    fits: Sequence[Fit], deadlines: Mapping[str, date], readiness: Mapping[str, int], rules: FitRules
) -> Recommendation:
    """Advise on what is known today. Fit, then deadline, then readiness order the standards; their names never do.

    ``readiness`` is the certain percent by standard id; one that is missing counts as 0. Where a written demand decides,
    points no longer matter: the earlier deadline comes first, then the more ready standard.
    """
    if not fits:
        return _advice(Advice.NONE_URGENT, Why.ALL_HELD)
    if not any(need.answered for need in fits):
        return _advice(Advice.NOT_KNOWN, Why.NOTHING_ANSWERED)

    def by_deadline(need: Fit) -> tuple[date, int]:
        return deadlines.get(need.standard.id, date.max), -readiness.get(need.standard.id, 0)

    def by_fit(need: Fit) -> tuple[int, date, int]:
        return -need.low, *by_deadline(need)

    strong = sorted((need for need in fits if need.low >= rules.strong), key=by_fit)
    demanded = sorted((need for need in fits if need.demanded), key=by_deadline)
    if demanded:
        return _first(Why.DEMANDED, demanded, [need for need in strong if not need.demanded])
    if strong:
        close = [need for need in strong if strong[0].low - need.low <= rules.close]
        later = [need for need in strong if need not in close]
        return _first(Why.STRONG_AND_CLOSE if len(close) > 1 else Why.STRONG, close, later)
    return _without_strong_need(sorted(fits, key=by_fit), by_fit, rules)


def _without_strong_need(
    ordered: Sequence[Fit], by_fit: Callable[[Fit], tuple[int, date, int]], rules: FitRules
) -> Recommendation:
    top = ordered[0]
    if top.low < rules.weak:
        return _advice(Advice.NONE_URGENT, Why.ALL_WEAK)
    level = [need for need in ordered[1:] if top.low - need.low <= rules.close]
    if not level:
        return _first(Why.LEANING, [top])
    tied = [need for need in level if by_fit(need) == by_fit(top)]
    return _first(Why.LEVEL, [top, *tied], [need for need in level if need not in tied])


def _first(why: Why, first: Sequence[Fit], later: Sequence[Fit] = ()) -> Recommendation:
    return _advice(Advice.TOGETHER if len(first) > 1 else Advice.ONE, why, first, later)


def _advice(advice: Advice, why: Why, first: Sequence[Fit] = (), later: Sequence[Fit] = ()) -> Recommendation:
    return Recommendation(
        advice=advice,
        why=why,
        first=tuple(need.standard for need in first),
        later=tuple(need.standard for need in later),
    )


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Everything the advice rests on. ``standards`` are those of which no certificate is held."""

    standards: tuple[Standard, ...]
    profile: Profile
    questions: Mapping[str, ProfileQuestion]
    readiness: Mapping[str, int]
    rules: FitRules

    def fits(self) -> tuple[Fit, ...]:
        """Return the fit of each standard, in the order of the standards."""
        return tuple(fit(standard, self.profile, self.questions) for standard in self.standards)

    def recommendation(self) -> Recommendation:
        """Return the advice on what is known today."""
        return recommend(self.fits(), self.profile.deadlines(), self.readiness, self.rules)

    def turning_points(self) -> tuple[TurningPoint, ...]:
        """Return each single profile answer that would change the advice, in the order of the profile."""
        present = self.recommendation().identity
        speaking = {driver.profile for standard in self.standards for driver in standard.drivers}
        points = []
        for question in self.questions.values():
            if question.id not in speaking:
                continue
            for values in self._alternatives(question):
                becomes = self._answered(question, values).recommendation()
                if becomes.identity != present:
                    points.append(TurningPoint(question=question, values=values, becomes=becomes))
        return tuple(points)

    def _answered(self, question: ProfileQuestion, values: tuple[str, ...]) -> "Situation":
        return replace(self, profile=Profile(values={**self.profile.values, question.id: values}))

    def _alternatives(self, question: ProfileQuestion) -> Iterator[tuple[str, ...]]:
        present = self.profile.get(question.id)
        if question.kind is ProfileKind.CHOICE:
            choices = ((choice.id,) for choice in question.choices)
            yield from (values for values in choices if values != present)
            return
        offered = (
            [standard.id for standard in self.standards]
            if question.kind is ProfileKind.STANDARDS
            else [choice.id for choice in question.choices]
        )
        ticked = present or ()
        if present is None:
            yield ()
        for changed in offered:
            yield tuple(choice for choice in offered if (choice in ticked) != (choice == changed))
