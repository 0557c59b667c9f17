"""The sheet that sets standards side by side: what they share, and what the work for one gives the other."""

from collections.abc import Sequence

from assessment.domain.comparison import CarryOver, SharedTopic
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Overlap
from assessment.domain.standard import Question
from assessment.reports.comparison_view import Compared
from assessment.reports.summary import GapSummary
from assessment.reports.wording import answers, scores, sharing
from assessment.reports.wording import workbook as wording
from assessment.reports.workbook.columns import ANSWERS
from assessment.reports.workbook.look import Book, Sheet

LAST = 7
WIDTHS = (26, 20, 44, 22, 44, 22, 44, 22)


def write_comparison(book: Book, summary: GapSummary) -> None:
    """Write each pair of the summary's standards, one below the other."""
    sheet = book.sheet(wording.COMPARISON)
    sheet.widths(WIDTHS)
    sheet.text(0, 0, wording.COMPARISON_ABOUT, "title-line")
    sheet.height(0, 28)
    sheet.text(1, 0, wording.as_of(summary.organisation, summary.on, ANSWERS), "remark")
    row = 3
    for compared in summary.comparisons:
        row = _pair(sheet, row, compared, summary) + 2
    if not summary.comparisons:
        sheet.text(row, 0, wording.ONE_STANDARD, "plain")
    sheet.worksheet.freeze_panes(2, 1)
    sheet.worksheet.ignore_errors({"number_stored_as_text": "A1:H500"})


def _pair(sheet: Sheet, row: int, compared: Compared, summary: GapSummary) -> int:
    left, right = compared.comparison.left, compared.comparison.right
    row = sheet.section(row, wording.gives(left.standard.name, right.standard.name), LAST + 1)
    heads = wording.SIDES_HEAD
    sheet.heads(row, heads)
    for side in compared.sides:
        row += 1
        for column, text in enumerate(_side(side)):
            sheet.text(row, column, text, "bold" if column == 0 else "text")
    row = sheet.section(row + 2, wording.shared_topics(left.standard.name, right.standard.name), LAST + 1)
    sides = [head for each in (left, right) for head in wording.answer_and_asks(each.standard.name)]
    sheet.heads(row, [*wording.TOPICS_HEAD, *sides])
    for overlap in Overlap:
        for shared in compared.comparison.by_overlap(overlap):
            row += 1
            for column, text in enumerate(_topic(shared, left, right, summary)):
                sheet.text(row, column, text, "bold" if column == 0 else "text")
    for questionnaire, only in ((left, compared.comparison.only_left), (right, compared.comparison.only_right)):
        row = _only(sheet, row + 2, questionnaire, only, summary)
    return row


def _side(side: CarryOver) -> tuple[str, ...]:
    return (
        side.questionnaire.standard.name,
        side.full.source.standard.name,
        scores.percent_range(side.before),
        wording.number_of_answers(len(side.suggested)),
        scores.percent_range(side.after),
        wording.number_of_questions(side.shared),
        scores.percent_range(side.full_score),
        wording.number_of_questions(len(side.methods)),
    )


def _topic(shared: SharedTopic, left: Questionnaire, right: Questionnaire, summary: GapSummary) -> tuple[str, ...]:
    return (
        shared.topic.title,
        str(sharing.OVERLAPS[shared.overlap][0]),
        " ".join(shared.reasons),
        _answers(shared.left, summary),
        _asked(shared.left, left),
        _answers(shared.right, summary),
        _asked(shared.right, right),
    )


def _asked(questions: Sequence[Question], questionnaire: Questionnaire) -> str:
    return "\n".join(f"{', '.join(questionnaire.clauses(each))}: {each.asks}" for each in questions)


def _answers(questions: Sequence[Question], summary: GapSummary) -> str:
    """Return the answers in the order of their questions; one where all are the same."""
    rules = summary.result.library.rules
    told = [answers.answer_in_words(summary.result.sheet.answer(each), rules) for each in questions]
    return told[0] if len(set(told)) == 1 else "\n".join(told)


def _only(sheet: Sheet, row: int, questionnaire: Questionnaire, questions: Sequence[Question], summary: GapSummary) -> int:
    row = sheet.section(row, wording.only_in(questionnaire.standard.name), LAST + 1)
    sheet.heads(row, wording.ONLY_HEAD)
    for question in questions:
        row += 1
        sheet.text(row, 0, ", ".join(questionnaire.clauses(question)))
        sheet.text(row, 1, _answers([question], summary))
        sheet.text(row, 2, question.asks)
    return row
