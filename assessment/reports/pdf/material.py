"""What stands in the PDF, as plain values in the order of the document: texts, whole percents, and places on a scale.

Everything comes from the gap summary and the words for it. Texts are data to the very end: nobody reads them as markup.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from assessment.domain.answers import Answer, State
from assessment.domain.findings import Grade
from assessment.domain.questionnaire import Depth
from assessment.domain.scoring import Score
from assessment.reports import explained, words
from assessment.reports.charts import Chart
from assessment.reports.letterhead import Letterhead
from assessment.reports.pdf.advice import advice
from assessment.reports.pdf.plan import plan
from assessment.reports.pdf.sharing import sharing
from assessment.reports.summary import AnswerLine, FindingLine, GapSummary, StandardSummary

Data = dict[str, Any]
MOST_IN_HEAD = 60  # characters of a name that fit into the running head


def material(summary: GapSummary) -> Data:
    """Everything the document shows, ready to be written as JSON."""
    rules = summary.result.library.rules
    return {
        "organisation": summary.organisation,
        "short-name": _shortened(summary.organisation),
        "on": words.day_in_words(summary.on),
        "date": [summary.on.year, summary.on.month, summary.on.day],
        "letterhead": _letterhead(summary.letterhead),
        "state": _state(summary.standards),
        "standards": [_standard(each) for each in summary.standards],
        "advice": advice(summary),
        "charts": [chart(each.chart) for each in summary.comparisons] or [chart(summary.chart)],
        "chapters": _chapters(summary.standards),
        "plan": plan(summary),
        "sharing": [sharing(summary, each) for each in summary.comparisons],
        "ladder": [{"title": each.title, "test": each.test, "points": each.points} for each in rules.ladder],
        "enough": rules.title(rules.enough),
        "limits": {
            "self-assessment": words.SELF_ASSESSMENT,
            "not-affiliated": words.NOT_AFFILIATED,
            "not-measured": list(words.NOT_MEASURED),
        },
        "made-with": {
            "version": summary.product_version,
            "rules": rules.revision,
            "content": summary.result.library.content_hash,
        },
    }


def _shortened(name: str) -> str:
    return name if len(name) <= MOST_IN_HEAD else f"{name[:MOST_IN_HEAD].rstrip()}…"


def _letterhead(letterhead: Letterhead | None) -> Data:
    given = letterhead or Letterhead()
    return {"name": given.name, "address": given.address.strip().splitlines(), "logo": bool(given.logo)}


def _state(standards: Sequence[StandardSummary]) -> str:
    asked = sum(each.result.score.asked for each in standards)
    answered = sum(each.result.score.answered for each in standards)
    if answered == asked:
        return f"All {asked} questions are answered."
    return f"Provisional: {answered} of {asked} questions are answered."


def score_data(score: Score) -> Data:
    """A score as percents (``None`` where nothing applies) and texts."""
    return {
        "low": score.low,
        "high": score.high,
        "text": words.percent_range(score),
        "answered": f"{score.answered} of {score.asked}",
    }


def chart(of: Chart) -> Data:
    """A dumbbell chart with the words that say what it shows."""
    return {
        "title": of.title,
        "description": of.description,
        "series": [each.name for each in of.series],
        "rows": [
            {"label": row.label, "points": [{"low": each.low, "high": each.high, "text": each.text} for each in row.points]}
            for row in of.rows
        ],
    }


def _chapters(standards: Sequence[StandardSummary]) -> list[Data]:
    """Each chapter with the score of every standard, ``None`` for one that has no such chapter."""
    scores = [{chapter.number: score for chapter, score in each.result.by_chapter} for each in standards]
    titles = {chapter.number: chapter.title for each in standards for chapter, _ in each.result.by_chapter}
    return [
        {
            "label": f"{number} {title}",
            "scores": [score_data(found[number]) if number in found else None for found in scores],
        }
        for number, title in titles.items()
    ]


def _standard(summary: StandardSummary) -> Data:
    result = summary.result
    questionnaire, outlook = result.questionnaire, result.outlook
    standard, edition = questionnaire.standard, questionnaire.edition
    return {
        "name": standard.name,
        "edition": edition.name,
        "title": standard.title,
        "depth": "Quick check" if questionnaire.depth is Depth.QUICK else "Full check",
        "left-out": _left_out(summary),
        "score": score_data(result.score),
        "sentence": words.score_sentence(standard, result.score),
        "sure": _sure(summary),
        "verdict": words.verdict_in_words(outlook),
        "means": words.VERDICTS_MEAN[outlook.worst],
        "rehearsal": words.rehearsal_in_words(result),
        "counts": [{"grade": grade.name, "name": words.GRADES[grade], "count": len(result.graded(grade))} for grade in Grade],
        "chapters": [
            {"number": chapter.number, "title": chapter.title, **score_data(score)} for chapter, score in result.by_chapter
        ],
        "principles": [{"title": title, **score_data(score)} for title, score in words.titled(result.by_principle)],
        "findings": _by_chapter(summary),
        "met": [_line(each) for each in summary.met],
        "excluded": [_line(each) for each in summary.excluded],
        "unknown": [_line(each) for each in summary.unknown],
        "how": {"score": explained.score(result.score), "verdict": explained.verdict(result), "fit": explained.fit(result.fit)},
    }


def _left_out(summary: StandardSummary) -> str:
    questionnaire = summary.result.questionnaire
    if not questionnaire.left_out:
        return ""
    questions = words.plural(len(questionnaire.left_out), "question", "questions")
    clauses = words.plural(len(questionnaire.unseen_clauses), "clause is", "clauses are")
    return (
        f"This is the quick check: {questions} of the full check are not asked, and {clauses} not looked at. "
        "The verdict is about what was asked."
    )


def _sure(summary: StandardSummary) -> str:
    """How sure the verdict is, in one or two sentences."""
    score, outlook = summary.result.score, summary.result.outlook
    if score.settled:
        return f"All {score.asked} questions are answered."
    provisional = f"Provisional, {score.answered} of {score.asked} answered."
    if not outlook.settled_by:
        return provisional
    decide = words.plural(len(outlook.settled_by), "open question decides", "open questions decide")
    return f"{provisional} {decide} whether the better verdict holds."


def _by_chapter(summary: StandardSummary) -> list[Data]:
    """Findings in the order of clauses, under their chapters."""
    chapters = {chapter.number: chapter.title for chapter, _ in summary.result.by_chapter}
    grouped: dict[str, list[Data]] = {}
    for line in summary.findings:
        grouped.setdefault(line.clause.split(".")[0], []).append(_finding(summary, line))
    return [{"number": number, "title": chapters[number], "lines": grouped[number]} for number in chapters if number in grouped]


def _finding(summary: StandardSummary, line: FindingLine) -> Data:
    rules = summary.result.questionnaire.rules
    return {
        "grade": line.grade.name,
        "name": words.GRADES[line.grade],
        "clause": line.clause,
        "title": line.clause_title,
        "because": words.REASONS[line.reason],
        "questions": [
            {
                "asks": question.asks,
                "answer": words.answer_in_words(answer, rules),
                "looks": question.looks_like[answer.rung] if answer.rung is not None else "",
                "note": answer.note,
                "evidence": _evidence(answer),
                "would-open": "; ".join(question.evidence),
                "last-done": words.day_in_words(answer.last_done) if answer.last_done else "",
            }
            for question, answer in zip(line.questions, line.answers, strict=True)
        ],
        "actions": [action.title for action in line.actions],
    }


def _evidence(answer: Answer) -> list[Mapping[str, str]]:
    return [
        {"title": each.title, "where": each.where, "dated": words.day_in_words(each.dated) if each.dated else ""}
        for each in answer.evidence
    ]


def _line(line: AnswerLine) -> Data:
    answer = line.answer
    return {
        "clauses": ", ".join(line.clauses),
        "asks": line.question.asks,
        "state": "Not known" if answer.state is State.UNKNOWN else "Not answered",
        "reason": answer.reason,
        "who": answer.who,
        "note": answer.note,
        "evidence": _evidence(answer),
        "last-done": words.day_in_words(answer.last_done) if answer.last_done else "",
    }
