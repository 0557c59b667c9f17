"""Scores: how much of what a questionnaire asks for is met, as a range.

Low counts every open question as nothing, high counts it as enough; what does not apply counts nowhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from assessment.domain.answers import AnswerSheet
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rules
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
    def open(self) -> int:
        """How many questions that apply are open."""
        return self.asked - self.answered

    @property
    def settled(self) -> bool:
        """Whether nothing is open, so that low and high are one number."""
        return self.open == 0


@dataclass(frozen=True, kw_only=True)
class Worth:
    """What one question adds to a score."""

    earned: int
    possible: int


def worth(question: Question, sheet: AnswerSheet, rules: Rules) -> Worth:
    """Weighted points of one question that applies; an open one has earned nothing."""
    enough = rules.points(question.enough)
    rung = sheet.rung(question)
    reached = 0 if rung is None else min(rules.points(rung), enough)
    return Worth(earned=question.weight * reached, possible=question.weight * enough)


def score_of(questions: Iterable[Question], sheet: AnswerSheet, rules: Rules) -> Score:
    """Score any set of questions."""
    earned = possible = open_points = asked = answered = excluded = 0
    for question in questions:
        if not sheet.applies(question):
            excluded += 1
            continue
        value = worth(question, sheet, rules)
        asked += 1
        earned += value.earned
        possible += value.possible
        if sheet.is_open(question):
            open_points += value.possible
        else:
            answered += 1
    return Score(
        earned_low=earned,
        earned_high=earned + open_points,
        possible=possible,
        asked=asked,
        answered=answered,
        excluded=excluded,
    )


def score(questionnaire: Questionnaire, sheet: AnswerSheet) -> Score:
    """Score a whole questionnaire."""
    return score_of(questionnaire.questions, sheet, questionnaire.rules)


def score_by_chapter(questionnaire: Questionnaire, sheet: AnswerSheet) -> tuple[tuple[Chapter, Score], ...]:
    """Score each chapter by itself, in order."""
    return tuple(
        (chapter, score_of(questionnaire.in_chapter(chapter), sheet, questionnaire.rules))
        for chapter in questionnaire.chapters()
    )


def score_by_principle(questionnaire: Questionnaire, sheet: AnswerSheet) -> tuple[tuple[Principle, Score], ...]:
    """Score each principle by itself, in the standard's order; a question counts under every principle it carries."""
    return tuple(
        (principle, score_of(carrying, sheet, questionnaire.rules))
        for principle in questionnaire.standard.principles
        if (carrying := tuple(q for q in questionnaire.questions if principle.id in q.principles))
    )
