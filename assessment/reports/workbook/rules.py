"""The sheet on how it is calculated, whose ladder and limits the formulas read, and the hidden one on where it came from."""

from collections.abc import Sequence

from assessment.domain.shortfalls import Shortfalls
from assessment.domain.verdict import Verdict
from assessment.reports.summary import GapSummary
from assessment.reports.wording import limits, verdicts, workbook
from assessment.reports.wording import rules_sheet as wording
from assessment.reports.workbook.answers import shortfalls
from assessment.reports.workbook.cells import cell, of_sheet, sheet_name
from assessment.reports.workbook.columns import ANSWERS, FORMAT, ORIGIN, words_to_choose
from assessment.reports.workbook.look import Book, Sheet
from assessment.reports.workbook.unread import HEADS, SHEETS

LAST = 5  # the last column texts go over


def write_rules(book: Book, summary: GapSummary) -> None:
    """Write the ladder, the limits, how counts become a verdict, and the rules in words."""
    sheet = book.sheet(workbook.RULES)
    sheet.widths([54, 22, 16, 16, 32, 22])
    sheet.wide(0, (0, LAST), workbook.RULES, "title", line=26)
    sheet.wide(
        1,
        (0, LAST),
        wording.about(sheet_name(workbook.SUMMARY), ANSWERS),
    )
    row = _ladder(sheet, summary, 3)
    row = _limits(sheet, summary, row + 1)
    row = _verdicts(sheet, summary, row + 1)
    row = _in_words(sheet, summary, row + 1)
    _made_with(sheet, summary, row + 1)
    sheet.worksheet.ignore_errors({"number_stored_as_text": "A1:F200"})


def _here() -> str:
    """Return what stands before an address on this sheet."""
    return of_sheet(workbook.RULES)


def _ladder(sheet: Sheet, summary: GapSummary, row: int) -> int:
    rules = summary.result.library.rules
    row = sheet.section(row, wording.LADDER, LAST + 1)
    for column, head in enumerate(wording.LADDER_HEAD):
        sheet.text(row, column, head, "head-number" if column in (1, 2) else "head")
    first = row + 1
    for step in rules.ladder:
        row += 1
        sheet.text(row, 0, step.title, "bold")
        sheet.number(row, 1, step.points)
        sheet.number(row, 2, step.rung + 1)
        sheet.wide(row, (3, LAST), step.test, "text")
    for name, column in (("titles", 0), ("points", 1), ("places", 2)):
        where = f"{_here()}{cell(first, column, fixed=True)}:{cell(row, column, fixed=True)}"
        sheet.book.name(f"ladder_{name}", where)
    return _choices(sheet, summary, row + 2)


def _choices(sheet: Sheet, summary: GapSummary, row: int) -> int:
    """Return the words the lists offer, across one row."""
    offered = words_to_choose(summary.result.library.rules)
    sheet.text(row, 0, wording.CHOICES, "head")
    for position, word in enumerate(offered, start=1):
        sheet.text(row + position, 0, word)
    top, last = cell(row + 1, 0, fixed=True), row + len(offered)
    sheet.book.name("words_all", f"{_here()}{top}:{cell(last, 0, fixed=True)}")
    sheet.book.name("words_asked", f"{_here()}{top}:{cell(last - 1, 0, fixed=True)}")
    return last + 1


def _limits(sheet: Sheet, summary: GapSummary, row: int) -> int:
    rules = summary.result.library.rules
    row = sheet.section(row, wording.LIMITS, LAST + 1)
    told = (
        (wording.MAJOR_UP_TO, rules.findings.essential_major_up_to + 1),
        (wording.MINORS, rules.gates.minor_areas_allowed),
    )
    for text, number in told:
        sheet.text(row, 0, text)
        sheet.number(row, 1, number)
        row += 1
    return row


def _verdicts(sheet: Sheet, summary: GapSummary, row: int) -> int:
    """From counts to the verdict, for each standard if open answers are enough and if nothing stands behind them."""
    row = sheet.section(row, wording.VERDICTS, LAST + 1)
    for column, head in enumerate(wording.VERDICTS_HEAD):
        sheet.text(row, column, head, "head-number" if 0 < column < 4 else "head")
    for standard in summary.standards:
        name = standard.result.questionnaire.standard.name
        verdict_range = standard.result.verdict_range
        for at_worst, verdict in ((False, verdict_range.best), (True, verdict_range.worst)):
            row += 1
            sheet.text(row, 0, wording.verdict_if(name, at_worst=at_worst))
            _counts(sheet, row, shortfalls(standard, at_worst=at_worst))
            _verdict(sheet, row, verdict)
    return row + 1


def _counts(sheet: Sheet, row: int, short: Shortfalls) -> None:
    """Write the counts as they are today; only the score follows answers that are filled in."""
    for column, number in enumerate((short.stops + short.bad_exclusions, len(short.majors), len(short.minors)), start=1):
        sheet.number(row, column, number)


def _verdict(sheet: Sheet, row: int, verdict: Verdict) -> None:
    sheet.text(row, 4, str(verdicts.VERDICTS[verdict]), "text")
    sheet.text(row, 5, "")


def _in_words(sheet: Sheet, summary: GapSummary, row: int) -> int:
    rules = summary.result.library.rules
    row = sheet.section(row, wording.IN_WORDS, LAST + 1)
    for line in (*wording.in_words(rules.title(rules.enough)), limits.SELF_ASSESSMENT, limits.NOT_AFFILIATED):
        sheet.wide(row, (0, LAST), line)
        row += 1
    row = sheet.section(row + 1, wording.NOT_MEASURED, LAST + 1)
    for line in limits.NOT_MEASURED:
        sheet.wide(row, (0, LAST), line)
        row += 1
    return row


def _made_with(sheet: Sheet, summary: GapSummary, row: int) -> None:
    row = sheet.section(row, wording.MADE_WITH, LAST + 1)
    library = summary.result.library
    asked = summary.questionnaires
    told = {
        str(wording.PRODUCT): summary.product_version,
        str(wording.RULES): library.rules.revision,
        str(wording.CONTENT): library.content_hash,
        **{each.edition.name: wording.asked(each.path, each.standard.revision) for each in asked},
    }
    for name, text in told.items():
        sheet.text(row, 0, name)
        sheet.wide(row, (1, LAST), text, "text")
        row += 1


def write_origin(book: Book, summary: GapSummary, heads: Sequence[str]) -> None:
    """Write what an upload is held against, on a hidden sheet; ``heads`` are those of the answers."""
    sheet = book.sheet(ORIGIN, colour="#79898E")
    sheet.widths([22, 70])
    told = [
        ("format", FORMAT),
        ("assessment", summary.provenance.assessment_id if summary.provenance else ""),
        ("date", summary.on.isoformat()),
        ("content", summary.result.library.content_hash),
        ("product", summary.product_version),
    ]
    for standard in summary.standards:
        asked = standard.result.questionnaire
        told.append((f"standard {asked.standard.id}", f"{asked.edition.id} {asked.path}"))
    told.append((HEADS, "\n".join(heads)))
    told.append((SHEETS, "\n".join(sheet.get_name() for sheet in book.workbook.worksheets())))
    for row, (name, text) in enumerate(told):
        sheet.text(row, 0, name)
        sheet.text(row, 1, text)
    sheet.worksheet.hide()
