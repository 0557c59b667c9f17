"""What stands in the PDF, as plain values in the order of the document: texts, whole percents, and places on a scale.

Everything comes from the gap summary and the words for it. Texts are data to the very end: nobody reads them as markup.
"""

import re
from collections.abc import Sequence
from typing import Any

from assessment.domain.answers import Answer, State
from assessment.domain.findings import Grade
from assessment.domain.question_path import QuestionPath
from assessment.domain.rules import Rules
from assessment.domain.scoring import Score
from assessment.domain.standard import Question, clause_order
from assessment.reports import explained, words
from assessment.reports.charts import Chart
from assessment.reports.letterhead import Letterhead
from assessment.reports.pdf.advice import advice
from assessment.reports.pdf.plan import plan
from assessment.reports.pdf.scripts import in_one_line, said, shortened, text
from assessment.reports.pdf.sharing import sharing
from assessment.reports.summary import AnswerLine, FindingLine, GapSummary, StandardSummary

Data = dict[str, Any]
MOST_IN_HEAD = 60  # characters of a name that fit into the running head
# Questions, and lines that people wrote, beyond which a finding may go on over pages; and what a line holds at least.
KEPT_TOGETHER, LINES_TOGETHER, IN_A_LINE = 3, 20, 60
ADDRESS = re.compile(r"https?://[!-~]+")
GRADES_IN_ORDER = (Grade.LIKELY_MAJOR, Grade.LIKELY_MINOR)
GRADES_MEAN = {
    Grade.LIKELY_MAJOR: "An auditor would probably stop the certificate until this is put right.",
    Grade.LIKELY_MINOR: "An auditor would probably want a plan for putting this right.",
}


def material(summary: GapSummary) -> Data:
    """Everything the document shows, ready to be written as JSON."""
    rules = summary.result.library.rules
    return {
        "organisation": said(in_one_line(summary.organisation)),
        "length": len(summary.organisation),
        "short-name": said(shortened(summary.organisation, MOST_IN_HEAD)),
        "title": f"Gap summary of {text(summary.organisation)}",
        "author": (summary.letterhead and summary.letterhead.name) or summary.organisation,
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
        "grades": [
            {"grade": grade.name, "name": words.GRADES[grade], "means": GRADES_MEAN[grade]} for grade in GRADES_IN_ORDER
        ],
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


def _letterhead(letterhead: Letterhead | None) -> Data:
    given = letterhead or Letterhead()
    address = [said(each) for each in given.address.strip().splitlines()]
    return {"name": said(in_one_line(given.name)), "address": address, "logo": bool(given.logo)}


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
    questionnaire, verdict_range = result.questionnaire, result.verdict_range
    standard, edition = questionnaire.standard, questionnaire.edition
    return {
        "name": standard.name,
        "edition": edition.name,
        "title": standard.title,
        "depth": "Quick check" if questionnaire.path is QuestionPath.QUICK else "Full check",
        "left-out": _left_out(summary),
        "score": score_data(result.score),
        "sentence": words.score_sentence(standard, result.score),
        "sure": _sure(summary),
        "verdict": words.verdict_in_words(verdict_range),
        "means": words.VERDICTS_MEAN[verdict_range.worst],
        "rehearsal": words.rehearsal_in_words(result),
        "counts": [
            {"grade": grade.name, "name": words.GRADES[grade], "count": len(result.graded(grade))} for grade in GRADES_IN_ORDER
        ],
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
    untouched = questionnaire.untouched_clauses(summary.sheet)
    if not untouched:
        return ""
    clauses = words.plural(len(untouched), "clause is", "clauses are")
    return f"{clauses} not answered at all yet; the range of the verdict covers them."


def _sure(summary: StandardSummary) -> str:
    """How sure the verdict is, in one or two sentences."""
    score, verdict_range = summary.result.score, summary.result.verdict_range
    if score.settled:
        return f"All {score.asked} questions are answered."
    provisional = f"Provisional, {score.answered} of {score.asked} answered."
    if not verdict_range.settled_by:
        return provisional
    decide = words.plural(len(verdict_range.settled_by), "open question decides", "open questions decide")
    return f"{provisional} {decide} whether the better verdict holds."


def _by_chapter(summary: StandardSummary) -> list[Data]:
    """Findings in the order of clauses, under their chapters."""
    chapters = {chapter.number: chapter.title for chapter, _ in summary.result.by_chapter}
    grouped: dict[str, list[Data]] = {}
    for line in sorted(summary.findings, key=lambda each: clause_order(each.clause)):
        grouped.setdefault(line.clause.split(".")[0], []).append(_finding(summary, line))
    return [{"number": number, "title": chapters[number], "lines": grouped[number]} for number in chapters if number in grouped]


def _finding(summary: StandardSummary, line: FindingLine) -> Data:
    answers = zip(line.questions, line.answers, strict=True)
    return {
        "grade": line.grade.name,
        "name": words.GRADES[line.grade],
        "clause": line.clause,
        "title": line.clause_title,
        "because": words.REASONS[line.reason],
        "questions": [_asked(question, answer, summary.result.questionnaire.rules) for question, answer in answers],
        "actions": "; ".join(action.title for action in line.actions),
        "long": len(line.questions) > KEPT_TOGETHER or sum(_lines(answer) for answer in line.answers) > LINES_TOGETHER,
    }


def _lines(answer: Answer) -> int:
    """Lines that note and evidence take at most."""
    written = [*answer.note.splitlines(), *(f"{each.title}, {each.where}, {each.dated}" for each in answer.evidence)]
    return sum(len(each) // IN_A_LINE + 1 for each in written)


def _asked(question: Question, answer: Answer, rules: Rules) -> Data:
    return {
        "asks": question.asks,
        "answer": words.answer_in_words(answer, rules),
        "looks": question.looks_like[answer.rung] if answer.rung is not None else "",
        "note": said(answer.note),
        "evidence": _evidence(answer),
        "would-open": "; ".join(question.evidence),
        "last-done": words.day_in_words(answer.last_done) if answer.last_done else "",
    }


def _evidence(answer: Answer) -> list[Any]:
    """Each piece of evidence as one text; one that lies at an address leads there."""
    return [
        said(
            ", ".join(part for part in (each.title, each.where, words.day_in_words(each.dated) if each.dated else "") if part),
            href=each.where if ADDRESS.fullmatch(each.where) else "",
        )
        for each in answer.evidence
    ]


def _line(line: AnswerLine) -> Data:
    answer = line.answer
    last_done = f"Last done on {words.day_in_words(answer.last_done)}" if answer.last_done else ""
    return {
        "clauses": ", ".join(line.clauses),
        "asks": line.question.asks,
        "state": "Not known yet" if answer.state is State.UNKNOWN else "Not answered yet",
        "reason": said(answer.reason),
        "who": said(in_one_line(answer.who)),
        "more": [
            *_evidence(answer),
            *([last_done] if last_done else []),
            *([said(answer.note)] if answer.note.strip() else []),
        ],
    }
