"""The first sheet: where the organisation stands, as formulas over the answers, with a chart and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assessment.domain.findings import Grade
from assessment.domain.scoring import Score
from assessment.reports.charts.scores import ScoreChart, chapter_scores
from assessment.reports.outline.first_steps import first_steps
from assessment.reports.summary import GapSummary, StandardSummary
from assessment.reports.wording import charts, limits
from assessment.reports.wording import workbook as wording
from assessment.reports.wording.advice import headline, reason_in_words, way_taken
from assessment.reports.wording.audits import said_of_audits
from assessment.reports.wording.certificates import said_of_all
from assessment.reports.wording.dates import join_and
from assessment.reports.wording.report import title
from assessment.reports.wording.scores import nothing_applies
from assessment.reports.wording.timeline import said_of_dates
from assessment.reports.wording.verdicts import verdict_of
from assessment.reports.workbook.cells import cell, of_sheet, said, sheet_name
from assessment.reports.workbook.look import ACCENT, LINE, QUIET, SERIES, Book, Sheet

LAST = 15
WIDTHS = (13, 10, 42, 12, 12, 11, 10, 11, 10, 12, 10, 11, 11, 11, 11, 11)
# The figures of a score, from the fourth column on: head, look.
FIGURES = (
    (wording.CERTAIN, "percent"),
    (wording.POSSIBLE, "percent"),
    (wording.ANSWERED, "number"),
    (wording.ASKED, "number"),
    (wording.NOT_APPLICABLE, "number"),
    (wording.EARNED, "number"),
    (wording.IF_ENOUGH, "number"),
    (wording.POSSIBLE_POINTS, "number"),
)
# How far possible lies above certain, beside the scores of chapters: the lines of the chart.
SPREAD = 11
NEXT_STEPS = 5
FOUND_AT = 11  # the column of what would be found, beside the figures of the score
CHART_ROWS = 18


@dataclass(frozen=True, kw_only=True)
class ScoreRow:
    """One row of scores: whose, of which chapter or principle, and the condition on the answers it counts."""

    standard: str
    number: str
    title: str
    condition: str
    score: Score


def write_summary(book: Book, summary: GapSummary) -> Sheet:
    """Write the sheet; return it, for charts elsewhere refer to its rows."""
    sheet = book.sheet(wording.SUMMARY)
    sheet.widths(WIDTHS)
    row = _head(sheet, summary)
    row = _standing(sheet, summary, row)
    row = _advice(sheet, summary, row + 1)
    chart_at = row + 1
    row = _by_chapter(sheet, summary, chart_at, chart_at + CHART_ROWS + 1)
    row = _by_principle(sheet, summary, row + 1)
    sheet.wide(row + 1, (0, LAST), f"{limits.SELF_ASSESSMENT} {limits.NOT_AFFILIATED}", "quiet")
    sheet.worksheet.freeze_panes(2, 0)
    sheet.worksheet.ignore_errors({"number_stored_as_text": "A1:O300"})
    return sheet


def _head(sheet: Sheet, summary: GapSummary) -> int:
    editions = [each.result.questionnaire.edition.name for each in summary.standards]
    sheet.wide(0, (0, LAST), title(summary.organisation), "title", line=26)
    sheet.text(1, 0, wording.about(summary.on, editions), "remark")
    return 3


def _standing(sheet: Sheet, summary: GapSummary, row: int) -> int:
    """Write a line for each standard: its figures as formulas, its verdict and findings as of the day of the workbook."""
    row = sheet.section(row, wording.WHERE, LAST + 1)
    heads = (wording.STANDARD, "", wording.VERDICT, *(head for head, _ in FIGURES), *wording.FOUND)
    sheet.heads(row, heads, lambda column: "head" if column < 3 else "head-number")
    sheet.height(row, 30)
    first = row + 1
    for standard in summary.standards:
        row += 1
        name = standard.result.questionnaire.standard.name
        line = ScoreRow(standard=name, number="", title="", condition="", score=standard.result.score)
        _score_row(sheet, row, line)
        sheet.text(row, 2, verdict_of(standard.result), "bold")
        _found(sheet, row, standard)
        sheet.height(row, 30)
    _bars(sheet, first, row)
    return row + 1


def _found(sheet: Sheet, row: int, standard: StandardSummary) -> None:
    result = standard.result
    graded = (result.graded(grade) for grade in (Grade.LIKELY_MAJOR, Grade.LIKELY_MINOR))
    counted = (result.stops, *graded, result.not_shown_yet, result.worth_another_look)
    for column, each in enumerate(counted, start=FOUND_AT):
        sheet.number(row, column, len(each))


def _score_row(sheet: Sheet, row: int, line: ScoreRow) -> None:
    """Write the figures of a score as formulas over the answers sheet."""
    sheet.text(row, 0, line.standard, "bold")
    sheet.text(row, 1, line.number)
    sheet.text(row, 2, line.title)
    of = f"(all_standard={cell(row, 0, fixed=True)}){line.condition}"
    earned, at_most, possible = (cell(row, column) for column in (8, 9, 10))
    figures: Sequence[tuple[str, float | str]] = (
        (_percent(earned, possible), nothing_applies() if line.score.low is None else line.score.low),
        (_percent(at_most, possible), nothing_applies() if line.score.high is None else line.score.high),
        (f"SUMPRODUCT({of}*all_answered)", line.score.answered),
        (f"SUMPRODUCT({of}*all_applies)", line.score.asked),
        (f"SUMPRODUCT({of}*(1-all_applies))", line.score.excluded),
        (f"SUMPRODUCT({of}*all_earned)", line.score.earned_low),
        (f"SUMPRODUCT({of}*all_at_most)", line.score.earned_high),
        (f"SUMPRODUCT({of}*all_possible)", line.score.possible),
    )
    for column, ((formula, value), (_, look)) in enumerate(zip(figures, FIGURES, strict=True), start=3):
        sheet.formula(row, column, formula, value, look)


def _percent(points: str, possible: str) -> str:
    return f"IF({possible}=0,{said(nothing_applies())},INT(100*{points}/{possible}))"


def _bars(sheet: Sheet, first: int, last: int) -> None:
    """Draw a bar behind each percentage, as long as the number beside it says."""
    for column, colour in ((3, "#9CCBCB"), (4, "#D4DDDE")):
        told = {"type": "data_bar", "bar_solid": True, "bar_color": colour, "min_type": "num", "max_type": "num"}
        sheet.worksheet.conditional_format(first, column, last, column, {**told, "min_value": 0, "max_value": 100})


def _advice(sheet: Sheet, summary: GapSummary, row: int) -> int:
    row = sheet.section(row, wording.advice(summary.on), LAST + 1)
    sheet.wide(row, (0, LAST), f"{headline(summary.result)} {reason_in_words(summary.result)}", "lead", line=15)
    row += 1
    sheet.wide(row, (0, LAST), way_taken(summary.result))
    row += 1
    for milestones in summary.milestones:
        name = summary.result.library.standards[milestones.standard].name
        sheet.wide(row, (0, LAST), charts.dates(name, milestones))
        row += 1
    for sentences in said_of_all(summary.result, summary.shown):
        for text in sentences:
            sheet.wide(row, (0, LAST), text)
            row += 1
    for text in said_of_dates(summary.timeline, summary.questionnaires):
        sheet.wide(row, (0, LAST), text)
        row += 1
    for text in said_of_audits(summary.open_majors, summary.audit_findings, summary.result):
        sheet.wide(row, (0, LAST), text)
        row += 1
    for one in first_steps(summary, NEXT_STEPS):
        names = join_and([summary.result.library.standards[key].name for key in one.step.standards])
        sheet.wide(row, (0, LAST), wording.step(one.number, one.step, names))
        row += 1
    return row


def _by_chapter(sheet: Sheet, summary: GapSummary, chart_at: int, row: int) -> int:
    sheet.worksheet.set_h_pagebreaks([row])
    row = sheet.section(row, wording.BY_CHAPTER, LAST + 1)
    row = _score_heads(sheet, row, wording.CHAPTER, wording.TITLE)
    sheet.text(row - 1, SPREAD, wording.STILL_OPEN, "head-number")
    blocks = []
    for standard in summary.standards:
        first = row
        name = standard.result.questionnaire.standard.name
        for chapter, score in standard.result.by_chapter:
            condition = f"*(all_chapter={cell(row, 1, fixed=True)})"
            _score_row(
                sheet,
                row,
                ScoreRow(standard=name, number=chapter.number, title=chapter.title, condition=condition, score=score),
            )
            certain, possible = cell(row, 3), cell(row, 4)
            sheet.formula(row, SPREAD, f"IFERROR({possible}-{certain},0)", (score.high or 0) - (score.low or 0), "open")
            row += 1
        if row > first:
            blocks.append((name, first, row - 1))
    if blocks:
        _bars(sheet, blocks[0][1], row - 1)
        _chart(sheet, chart_at, blocks, chapter_scores([each.result for each in summary.standards], str(charts.HOW_MUCH)))
    return row


def _by_principle(sheet: Sheet, summary: GapSummary, row: int) -> int:
    row = sheet.section(row, wording.BY_PRINCIPLE, LAST + 1)
    row = first = _score_heads(sheet, row, "", wording.PRINCIPLE)
    for standard in summary.standards:
        name = standard.result.questionnaire.standard.name
        for principle, score in standard.result.by_principle:
            condition = f'*ISNUMBER(FIND("; "&{cell(row, 2, fixed=True)}&";",all_principles))'
            line = ScoreRow(standard=name, number="", title=principle.title, condition=condition, score=score)
            _score_row(sheet, row, line)
            row += 1
    if row > first:
        _bars(sheet, first, row - 1)
    return row


def _score_heads(sheet: Sheet, row: int, number: str, title: str) -> int:
    heads = (wording.STANDARD, number, title, *(head for head, _ in FIGURES), "", "")
    sheet.heads(row, heads, lambda column: "head" if column < 3 else "head-number")
    sheet.height(row, 30)
    return row + 1


def _chart(sheet: Sheet, at: int, blocks: Sequence[tuple[str, int, int]], scores: ScoreChart) -> None:
    """Bars for what is certain, and behind each a line to what is possible. Series differ by pattern, not only by colour."""
    chart = sheet.book.workbook.add_chart({"type": "column"})
    longest = max(blocks, key=lambda block: block[2] - block[1])
    for number, (name, first, last) in enumerate(blocks):
        colour = SERIES[number % len(SERIES)]
        chart.add_series(_series(name, (first, last), longest, colour, plain=number % 2 == 0))
    chart.set_title({"name": scores.title, "name_font": {"size": 11, "color": ACCENT}, "overlay": False})
    chart.set_y_axis(
        {
            "min": 0,
            "max": 100,
            "major_unit": 25,
            "num_format": '0" %"',
            "num_font": {"color": QUIET},
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": LINE, "width": 0.75}},
        }
    )
    chart.set_x_axis({"num_font": {"color": QUIET}, "name": str(wording.CHAPTER), "name_font": {"color": QUIET, "bold": False}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 1260, "height": 20 * CHART_ROWS - 10})
    chart.set_chartarea({"border": {"color": LINE}})
    sheet.worksheet.insert_chart(
        at,
        0,
        chart,
        {"x_offset": 4, "y_offset": 6, "object_position": 1, "description": scores.description},
    )


def _series(name: str, rows: tuple[int, int], longest: tuple[str, int, int], colour: str, *, plain: bool) -> dict[str, Any]:
    first, last = rows
    pattern = {"pattern": "wide_upward_diagonal", "fg_color": colour, "bg_color": "#FFFFFF"}
    spread = f"={of_sheet(wording.SUMMARY)}{cell(first, SPREAD, fixed=True)}:{cell(last, SPREAD, fixed=True)}"
    return {
        "name": wording.certain_and_possible(name),
        "categories": [sheet_name(wording.SUMMARY), longest[1], 1, longest[2], 1],
        "values": [sheet_name(wording.SUMMARY), first, 3, last, 3],
        **({"fill": {"color": colour}} if plain else {"pattern": pattern}),
        "border": {"color": colour},
        "gap": 60,
        "overlap": -10,
        "y_error_bars": {
            "type": "custom",
            "plus_values": spread,
            "minus_values": [0],
            "direction": "plus",
            "line": {"color": QUIET, "width": 1.5},
        },
    }
