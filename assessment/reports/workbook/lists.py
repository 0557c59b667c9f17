"""The sheets to work through: likely findings, and the plan."""

from collections.abc import Mapping

from assessment.domain.findings import Grade
from assessment.reports.columns import FINDINGS, GRADE, finding_rows, plan_columns, plan_rows
from assessment.reports.summary import GapSummary
from assessment.reports.wording import plan as plan_wording
from assessment.reports.wording import workbook as wording
from assessment.reports.wording.timeline import forward_in_words
from assessment.reports.wording.verdicts import GRADES
from assessment.reports.workbook.cells import said
from assessment.reports.workbook.columns import ANSWERS
from assessment.reports.workbook.look import Book, Sheet

HEADS_AT = 3
SHADES = {Grade.LIKELY_MAJOR: "#FBE3DF", Grade.LIKELY_MINOR: "#FFF1E2"}


def write_findings(book: Book, summary: GapSummary) -> None:
    """Write a row for each stop of stage 1, each likely finding, and what is not shown yet, by standard, the gravest first."""
    sheet = book.sheet(wording.FINDINGS)
    sheet.widths([column.width for column in FINDINGS])
    _top(sheet, summary, wording.FINDINGS_ABOUT)
    sheet.heads(HEADS_AT, [column.head for column in FINDINGS])
    row, grade_at = HEADS_AT, FINDINGS.index(GRADE)
    for finding in finding_rows(summary):
        row += 1
        for at, column in enumerate(FINDINGS):
            sheet.value(row, at, column.value(finding), "bold" if at == grade_at and finding.is_grave else column.look)
    if row == HEADS_AT:
        row += 1
        sheet.text(row, 0, wording.NO_FINDINGS, "plain")
    _table(sheet, row, len(FINDINGS))
    # The words tell the grades apart; shades only help the eye along.
    for grade, colour in SHADES.items():
        rule = {"type": "cell", "criteria": "==", "value": said(GRADES[grade])}
        shade = book.workbook.add_format({"bg_color": colour})
        sheet.worksheet.conditional_format(HEADS_AT + 1, grade_at, row, grade_at, {**rule, "format": shade})


def _top(sheet: Sheet, summary: GapSummary, title: str) -> None:
    sheet.text(0, 0, title, "title-line")
    sheet.height(0, 28)
    sheet.text(1, 0, wording.as_of(summary.organisation, summary.on, ANSWERS), "remark")


def _table(sheet: Sheet, last_row: int, columns: int) -> None:
    sheet.worksheet.freeze_panes(HEADS_AT + 1, 2)
    sheet.worksheet.autofilter(HEADS_AT, 0, last_row, columns - 1)
    sheet.worksheet.repeat_rows(HEADS_AT)
    sheet.worksheet.ignore_errors({"number_stored_as_text": f"A1:Z{last_row + 40}"})


def write_plan(book: Book, summary: GapSummary) -> None:
    """Write a row for each step in the order of the plan, the dates it leads to, and what would bring them forward."""
    sheet = book.sheet(wording.PLAN)
    columns = plan_columns(summary)
    sheet.widths([column.width for column in columns])
    _top(sheet, summary, wording.PLAN_ABOUT)
    numbers = {at for at, column in enumerate(columns) if column.look in ("number", "days")}
    sheet.heads(HEADS_AT, [column.head for column in columns], lambda at: "head-number" if at in numbers else "head")
    sheet.height(HEADS_AT, 30)
    row = HEADS_AT
    for step in plan_rows(summary):
        row += 1
        for at, column in enumerate(columns):
            sheet.value(row, at, column.value(step), column.look)
    if not summary.steps and not summary.before_audits:
        row += 1
        sheet.text(row, 1, plan_wording.nothing_to_do(summary.result, summary.shown, summary.timeline.been), "plain")
    _table(sheet, row, len(columns))
    names = {each.result.questionnaire.standard.id: each.result.questionnaire.standard.name for each in summary.standards}
    _milestones(sheet, row + 2, summary, names)


def _milestones(sheet: Sheet, row: int, summary: GapSummary, names: Mapping[str, str]) -> None:
    heads = (wording.AT_THE_EARLIEST, plan_wording.STAGE_1, plan_wording.STAGE_2, plan_wording.CERTIFICATE)
    for column, head in enumerate(heads, start=1):
        sheet.text(row, column, head, "head")
    for dates in summary.milestones:
        row += 1
        sheet.text(row, 1, names[dates.standard], "bold")
        for column, day in enumerate((dates.stage_1, dates.stage_2, dates.certificate), start=2):
            sheet.day(row, column, day)
    for dates in summary.milestones:
        row += 2
        sheet.text(row, 1, plan_wording.what_holds(names[dates.standard]), "bold")
        for text in forward_in_words(summary.timeline, dates.standard, summary.result):
            row += 1
            sheet.text(row, 1, text)
