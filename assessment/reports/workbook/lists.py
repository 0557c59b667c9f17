"""The sheets to work through: likely findings, and the plan."""

from collections.abc import Mapping

from assessment.domain.calendar import Planned
from assessment.domain.findings import Grade
from assessment.domain.planning import Step, StepNote
from assessment.reports import words
from assessment.reports.calendar_words import held_in_words
from assessment.reports.plan_files import COLUMNS as PLAN
from assessment.reports.summary import FindingLine, GapSummary, StandardSummary, finding_row
from assessment.reports.workbook.look import Book, Sheet

FINDINGS = ("Standard", "Clause", "Clause title", "Grade", "Why", "Question", "Answer", "Note", "Evidence", "Actions")
FINDING_WIDTHS = (12, 9, 20, 15, 28, 40, 18, 40, 30, 34)
PLAN_WIDTHS = (7, 34, 13, 12, 12, 24, 10, 15, 15, 12, 12, 38)
HEADS_AT = 3


def write_findings(book: Book, summary: GapSummary) -> None:
    """Write a row for each likely finding, the gravest first within each standard."""
    sheet = book.sheet("Findings")
    sheet.widths(FINDING_WIDTHS)
    _top(sheet, summary, "What an auditor would probably find")
    sheet.heads(HEADS_AT, FINDINGS)
    row = HEADS_AT
    for standard in summary.standards:
        for line in standard.findings:
            row += 1
            for column, text in enumerate(_finding(summary, standard, line)):
                sheet.text(row, column, text, "bold" if column == 3 and line.grade is Grade.LIKELY_MAJOR else "text")
    if row == HEADS_AT:
        row += 1
        sheet.text(row, 0, "Nothing that was answered is short of what is enough.", "plain")
    _table(sheet, row, len(FINDINGS))
    # The words tell the grades apart; shades only help the eye along.
    grades = ((Grade.LIKELY_MAJOR, "#FBE3DF"), (Grade.LIKELY_MINOR, "#FFF1E2"))
    for grade, colour in grades:
        told = {"type": "cell", "criteria": "==", "value": f'"{words.GRADES[grade]}"'}
        shade = book.workbook.add_format({"bg_color": colour})
        sheet.worksheet.conditional_format(HEADS_AT + 1, 3, row, 3, {**told, "format": shade})


def _top(sheet: Sheet, summary: GapSummary, title: str) -> None:
    sheet.text(0, 0, title, "title-line")
    sheet.height(0, 28)
    day = words.day_in_words(summary.on)
    sheet.text(1, 0, f"{summary.organisation}, as of {day}. Upload the sheet Answers to have this worked out again.", "remark")


def _table(sheet: Sheet, last_row: int, columns: int) -> None:
    sheet.worksheet.freeze_panes(HEADS_AT + 1, 2)
    sheet.worksheet.autofilter(HEADS_AT, 0, last_row, columns - 1)
    sheet.worksheet.repeat_rows(HEADS_AT)
    sheet.worksheet.ignore_errors({"number_stored_as_text": f"A1:Z{last_row + 40}"})


def _finding(summary: GapSummary, standard: StandardSummary, line: FindingLine) -> tuple[str, ...]:
    told = finding_row(line, summary.result, notes="\n", lists="\n")
    return (standard.result.questionnaire.standard.name, *told)


def write_plan(book: Book, summary: GapSummary) -> None:
    """Write a row for each step in the order of the plan, and the dates it leads to."""
    sheet = book.sheet("Plan")
    asked = [each.result.questionnaire.standard for each in summary.standards]
    names = {each.id: each.name for each in asked}
    heads = [*PLAN, *(f"{name}: leads to" for name in names.values())]
    sheet.widths([*PLAN_WIDTHS, *(20 for _ in names)])
    _top(sheet, summary, "What to do, in a doable order")
    sheet.heads(HEADS_AT, heads, lambda column: "head-number" if column in (0, 6) else "head")
    sheet.height(HEADS_AT, 30)
    planned = {each.key: each for each in summary.timeline.calendar.planned}
    titles = {each.key: each.step.action.title for each in summary.timeline.calendar.planned}
    row = HEADS_AT
    for number, step in enumerate(summary.steps, start=1):
        row += 1
        _step(sheet, row, number, planned[step.action.key], titles, summary)
        _forecasts(sheet, row, step, list(names))
    if not summary.steps:
        row += 1
        sheet.text(row, 1, "Nothing is short of what is enough.", "plain")
    _table(sheet, row, len(heads))
    _milestones(sheet, row + 2, summary, names)


def _step(sheet: Sheet, row: int, number: int, planned: Planned, titles: dict[str, str], summary: GapSummary) -> None:
    step, note = planned.step, summary.notes.get(planned.key, StepNote())
    standards = words.join_and([summary.result.library.standards[each].name for each in step.standards])
    action = step.action.title if step.certain else f"{step.action.title} (only if the open answers turn out short)"
    sheet.number(row, 0, number)
    sheet.text(row, 1, action, "bold")
    sheet.text(row, 2, standards)
    sheet.day(row, 3, planned.start)
    sheet.day(row, 4, planned.end)
    sheet.text(row, 5, held_in_words(planned, titles))
    sheet.number(row, 6, step.person_days, "days")
    sheet.text(row, 7, step.action.role)
    sheet.text(row, 8, note.owner)
    sheet.day(row, 9, note.due)
    sheet.day(row, 10, note.done_on)
    sheet.text(row, 11, step.action.done_when)


def _forecasts(sheet: Sheet, row: int, step: Step, standards: list[str]) -> None:
    told = {
        each.standard: f"{words.percent_range(each.score)}, {words.lower_first(words.verdict_in_words(each))}"
        for each in step.forecasts
    }
    for column, standard in enumerate(standards, start=len(PLAN)):
        sheet.text(row, column, told.get(standard, ""))


def _milestones(sheet: Sheet, row: int, summary: GapSummary, names: Mapping[str, str]) -> None:
    for column, head in ((1, "At the earliest"), (2, "Stage 1"), (3, "Stage 2"), (4, "Certificate")):
        sheet.text(row, column, head, "head")
    for dates in summary.timeline.calendar.milestones.values():
        if dates.standard in names:
            row += 1
            sheet.text(row, 1, names[dates.standard], "bold")
            for column, day in ((2, dates.stage_1), (3, dates.stage_2), (4, dates.certificate)):
                sheet.day(row, column, day)
