"""Two standards side by side, as pages and downloads show them."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from assessment.domain.answers import Answer, AnswerSheet
from assessment.domain.comparison import CarryOver, Comparison, carry_over, compare
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rules
from assessment.domain.standard import Question
from assessment.domain.standard_result import StandardResult
from assessment.reports.wording.answers import answer_in_words


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Two standards through their topics, and what each gives the other (the left one first)."""

    comparison: Comparison
    sides: tuple[CarryOver, ...]


def compared(left: StandardResult, right: StandardResult, sheet: AnswerSheet, refused: Collection[str] = ()) -> Compared:
    """Compare two chosen standards. ``refused``: refs of questions whose suggestion was turned down."""
    one, other = left.questionnaire, right.questionnaire
    return Compared(
        comparison=compare(one, other),
        sides=tuple(carry_over(target, source, sheet, refused) for target, source in ((one, other), (other, one))),
    )


def by_answer(
    questionnaire: Questionnaire,
    questions: Iterable[Question],
    sheet: AnswerSheet,
    tell: Callable[[Answer, Rules], str] = answer_in_words,
) -> list[tuple[str, str]]:
    """Return the answers to some questions in words, each text once, with the clauses of all questions it holds for."""
    clauses: dict[str, list[str]] = {}
    for question in questions:
        told = tell(sheet.answer(question), questionnaire.rules)
        clauses.setdefault(told, []).extend(questionnaire.clauses(question))
    return [(told, ", ".join(dict.fromkeys(numbers))) for told, numbers in clauses.items()]
