"""The gap summary as a workbook: its scores are formulas over the answers, which a team can fill in and upload again."""

from assessment.reports.summary import GapSummary
from assessment.reports.wording import limits
from assessment.reports.wording.report import title
from assessment.reports.workbook.answers import AnswersSheet
from assessment.reports.workbook.audits import write_audits
from assessment.reports.workbook.comparison import write_comparison
from assessment.reports.workbook.lists import write_findings, write_plan
from assessment.reports.workbook.look import Book
from assessment.reports.workbook.rules import write_origin, write_rules
from assessment.reports.workbook.summary import write_summary

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def to_xlsx(summary: GapSummary) -> bytes:
    """Return the summary as a workbook; the same one gives the same bytes. No cell is a link, and only ours are formulas."""
    book = Book(summary.on, summary.organisation)
    write_summary(book, summary)
    write_findings(book, summary)
    write_plan(book, summary)
    write_audits(book, summary)
    write_comparison(book, summary)
    answers = AnswersSheet(summary)
    answers.write(book)
    write_rules(book, summary)
    write_origin(book, summary, answers.heads)
    book.properties(title(summary.organisation), limits.SELF_ASSESSMENT)
    return book.to_bytes()
