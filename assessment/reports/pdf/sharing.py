"""What two standards have in common and give each other, as plain values."""

from collections.abc import Sequence
from typing import Any

from assessment.domain.answers import Answer, State
from assessment.domain.comparison import CarryOver
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Overlap, Rules
from assessment.domain.standard import Question
from assessment.reports import words
from assessment.reports.compared import Compared, by_answer
from assessment.reports.summary import GapSummary

Data = dict[str, Any]


def sharing(summary: GapSummary, compared: Compared) -> Data:
    """One pair of standards: topics by how far they are shared, what only one asks, and the answers that carry over."""
    comparison = compared.comparison
    left, right = comparison.left, comparison.right
    return {
        "names": [left.standard.name, right.standard.name],
        "overlaps": [_overlap(summary, compared, overlap) for overlap in Overlap],
        "only": [_only(left, comparison.only_left), _only(right, comparison.only_right)],
        "sides": [_side(each) for each in compared.sides],
    }


def _overlap(summary: GapSummary, compared: Compared, overlap: Overlap) -> Data:
    comparison = compared.comparison
    heading, about = words.OVERLAPS[overlap]
    return {
        "heading": heading,
        "about": about,
        "reasons": overlap is not Overlap.FULL,
        "topics": [
            {
                "title": shared.topic.title,
                "left": _answers(summary, comparison.left, shared.left),
                "right": _answers(summary, comparison.right, shared.right),
                "because": " ".join(shared.reasons),
            }
            for shared in comparison.by_overlap(overlap)
        ],
    }


def _answers(summary: GapSummary, questionnaire: Questionnaire, questions: Sequence[Question]) -> list[Data]:
    answers = by_answer(questionnaire, questions, summary.result.sheet, _answer)
    return [{"clauses": clauses, "answer": told} for told, clauses in answers]


def _answer(answer: Answer, rules: Rules) -> str:
    """The answer without reason or name, which stand in their own sections."""
    if answer.rung is not None:
        return rules.title(answer.rung)
    return {State.NOT_APPLICABLE: "Does not apply", State.UNKNOWN: "Not known yet"}.get(answer.state, "Not answered yet")


def _only(questionnaire: Questionnaire, questions: Sequence[Question]) -> Data:
    return {
        "title": f"Only in {questionnaire.standard.name}: {words.plural(len(questions), 'question', 'questions')}",
        "questions": [{"clauses": ", ".join(questionnaire.clauses(each)), "asks": each.asks} for each in questions],
    }


def _side(side: CarryOver) -> Data:
    name, other = side.questionnaire.standard.name, side.full.source.standard.name
    return {
        "name": name,
        "from": other,
        "full": f"Full readiness for {other} would give {words.percent_range_low(side.full_score)} of {name}: "
        f"{len(side.full.suggested)} of {len(side.questionnaire.questions)} questions would get a suggestion; "
        f"{side.shared} share a topic.",
        "suggested": words.plural(len(side.suggested), "answer", "answers"),
        "before": words.percent_range(side.before),
        "after": words.percent_range(side.after),
    }
