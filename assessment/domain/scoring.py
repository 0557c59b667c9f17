"""Scores: how much of what a questionnaire asks for is met, as a range.

Low counts every open question as nothing, high counts it as enough; what does not apply counts nowhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessment.domain.answers import AnswerSheet
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rules, Rung
from assessment.domain.standard import Chapter, Principle, Question


@dataclass(frozen=True, kw_only=True)
class Score:
    """Weighted points as a range, and how many of the questions that apply have been answered.

    ``earned_low`` and ``earned_high`` are of ``possible``; all are whole numbers of weighted points.
    """

    earned_low: int
    earned_high: int
    possible: int
    asked: int
    answered: int
    excluded: int

    @property
    def low(self) -> int | None:
        """Whole percent that is certain, rounded down; ``None`` where nothing applies."""
        return 100 * self.earned_low // self.possible if self.possible else None

    @property
    def high(self) -> int | None:
        """Whole percent that is possible at most, rounded down; ``None`` where nothing applies."""
        return 100 * self.earned_high // self.possible if self.possible else None

    @property
    def met_so_far(self) -> int | None:
        """Whole percent met of what has been answered so far, rounded down; ``None`` before the first answer counts."""
        looked_at = self.possible - (self.earned_high - self.earned_low)
        return 100 * self.earned_low // looked_at if looked_at else None

    @property
    def open(self) -> int:
        """How many questions that apply are open."""
        return self.asked - self.answered

    @property
    def nothing_answered(self) -> bool:
        """Whether something is asked and nothing of it is answered, so that nothing can be said."""
        return self.asked > 0 and self.answered == 0

    @property
    def settled(self) -> bool:
        """Whether nothing is open, so that low and high are one number."""
        return self.open == 0


class Points:
    """Weighted points of a set of questions, counted one by one."""

    def __init__(self, rules: Rules) -> None:
        self._by_rung = rules.by_rung
        self._earned = self._open = self._possible = self._asked = self._answered = self._excluded = 0

    def count(self, question: Question, rung: Rung | None, times: int = 1) -> None:
        """Count a question that applies; ``None`` where it is open. ``times`` is 1, or -1 to take it out again."""
        enough = self._by_rung[question.enough]
        possible = times * question.weight * enough
        self._asked += times
        self._possible += possible
        if rung is None:
            self._open += possible
        else:
            self._answered += times
            reached = self._by_rung[rung]
            self._earned += times * question.weight * (min(enough, reached))

    def exclude(self) -> None:
        """Count a question that does not apply."""
        self._excluded += 1

    @property
    def score(self) -> Score:
        """The score of what has been counted."""
        return Score(
            earned_low=self._earned,
            earned_high=self._earned + self._open,
            possible=self._possible,
            asked=self._asked,
            answered=self._answered,
            excluded=self._excluded,
        )


def points_of(questions: Iterable[Question], rungs: Mapping[str, Rung | None], rules: Rules) -> Points:
    """Count any set of questions. ``rungs`` holds those that apply, as `AnswerSheet.applying` gives them."""
    points = Points(rules)
    for question in questions:
        if question.ref in rungs:
            points.count(question, rungs[question.ref])
        else:
            points.exclude()
    return points


def score_of(questions: Iterable[Question], rungs: Mapping[str, Rung | None], rules: Rules) -> Score:
    """Score any set of questions. ``rungs`` holds those that apply, as `AnswerSheet.applying` gives them."""
    return points_of(questions, rungs, rules).score


def score(questionnaire: Questionnaire, sheet: AnswerSheet) -> Score:
    """Score a whole questionnaire."""
    return score_of(questionnaire.questions, sheet.applying(questionnaire.questions), questionnaire.rules)


def score_by_chapter(questionnaire: Questionnaire, rungs: Mapping[str, Rung | None]) -> tuple[tuple[Chapter, Score], ...]:
    """Score each chapter by itself, in order."""
    return tuple((chapter, score_of(questions, rungs, questionnaire.rules)) for chapter, questions in questionnaire.by_chapter)


def score_by_principle(questionnaire: Questionnaire, rungs: Mapping[str, Rung | None]) -> tuple[tuple[Principle, Score], ...]:
    """Score each principle by itself, in the standard's order; a question counts under every principle it carries."""
    return tuple(
        (principle, score_of(carrying, rungs, questionnaire.rules)) for principle, carrying in questionnaire.by_principle
    )
