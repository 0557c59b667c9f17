"""One standard of the gap summary as JSON: score, verdict, findings, and every answer."""

from typing import Any

from assessment.domain.answer_fields import to_receipt
from assessment.domain.answers import Answer
from assessment.domain.scoring import Score
from assessment.domain.standard_result import StandardResult
from assessment.domain.verdict_range import VerdictRange
from assessment.reports.summary import AnswerLine, FindingLine, StandardSummary
from assessment.reports.wording import calculation, doubts, verdicts

# The verdict in words; receipts from before do not say it.
IN_WORDS = "in-words"
# What an auditor will ask about, in sentences; receipts from before do not say it.
WILL_ASK = "will-ask"


def standard_data(summary: StandardSummary) -> dict[str, Any]:
    """Return what is decided about one standard, with its answers, as plain values."""
    result = summary.result
    questionnaire = result.questionnaire
    return {
        "standard": questionnaire.standard.id,
        "name": questionnaire.standard.name,
        "edition": questionnaire.edition.id,
        "edition-name": questionnaire.edition.name,
        "depth": questionnaire.path.value,
        "clauses-not-looked-at": list(questionnaire.untouched_clauses(summary.whole.sheet)),
        "score": {**score_data(result.score), "how": calculation.score(result.score)},
        "verdict": {
            **_verdict_range(result.verdict_range),
            IN_WORDS: verdicts.verdict_of(result),
            "how": calculation.verdict(result),
        },
        "rehearsal": verdicts.rehearsal_in_words(result, summary.been),
        "next-verdict": _next(result),
        "goes-stale": [
            {"question": each.question.id, "last-done": each.last_done.isoformat(), "until": each.until.isoformat()}
            for each in result.freshness
        ],
        "by-chapter": {chapter.number: score_data(score) for chapter, score in result.by_chapter},
        "by-principle": {principle.id: score_data(score) for principle, score in result.by_principle},
        "stops": [
            {"question": stop.question.id if stop.question else None, "reason": stop.reason.value} for stop in result.stops
        ],
        "doubtful-exclusions": [
            {"clause": doubt.clause, "question": doubt.question.id if doubt.question else None}
            for doubt in result.doubtful_exclusions
        ],
        WILL_ASK: list(doubts.doubts(result)),
        "findings": [_finding(each) for each in summary.findings],
        "not-shown-yet": [question.id for question in result.not_shown_yet],
        "worth-another-look": [question.id for question in result.worth_another_look],
        "nothing-to-show-yet": [question.id for question in result.nothing_to_show_yet],
        "met": [_line(each) for each in summary.met],
        "does-not-apply": [_line(each) for each in summary.excluded],
        "not-known": [_line(each) for each in summary.unknown],
        "answers": {
            question.id: {"weight": question.weight, "enough": question.enough.id, **answer_data(summary.answer(question))}
            for question in questionnaire.questions
        },
    }


def _next(result: StandardResult) -> dict[str, Any] | None:
    if result.next is None:
        return None
    return {
        "verdict": result.next.verdict.id,
        "needs": [question.id for question in result.next.questions],
        "needs-a-reason": [question.id for question in result.next.unreasoned],
    }


def _verdict_range(verdict_range: VerdictRange) -> dict[str, Any]:
    return {
        "worst": verdict_range.worst.id,
        "best": verdict_range.best.id,
        "settled-by": [question.id for question in verdict_range.settled_by],
    }


def _finding(line: FindingLine) -> dict[str, Any]:
    return {
        "grade": line.grade.name.lower().replace("_", "-"),
        "reason": line.reason.value,
        "because": str(verdicts.REASONS[line.reason]),
        "clause": line.clause,
        "clause-title": line.clause_title,
        "questions": [
            {"question": question.id, "asks": question.asks, "reason": reason.value, "answer": answer_data(answer)}
            for question, reason, answer in zip(line.questions, line.reasons, line.answers, strict=True)
        ],
        "actions": [{"action": action.key, "title": action.title} for action in line.actions],
    }


def _line(line: AnswerLine) -> dict[str, Any]:
    return {
        "question": line.question.id,
        "asks": line.question.asks,
        "clauses": list(line.clauses),
        "answer": answer_data(line.answer),
    }


def score_data(score: Score) -> dict[str, Any]:
    """Return a score as plain values."""
    return {
        "low": score.low,
        "high": score.high,
        "met-so-far": score.met_so_far,
        "earned-low": score.earned_low,
        "earned-high": score.earned_high,
        "possible": score.possible,
        "asked": score.asked,
        "answered": score.answered,
        "does-not-apply": score.excluded,
    }


def answer_data(answer: Answer) -> dict[str, Any]:
    """Return an answer as plain values."""
    return to_receipt(answer)
