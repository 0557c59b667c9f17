"""The sheet on how it is calculated, whose ladder and limits the formulas read, and the hidden one on where it came from."""

from assessment.domain.shortfalls import Shortfalls
from assessment.domain.verdict import Verdict
from assessment.reports import words
from assessment.reports.summary import GapSummary
from assessment.reports.workbook.answers import shortfalls
from assessment.reports.workbook.cells import cell
from assessment.reports.workbook.columns import FORMAT, ORIGIN, words_to_choose
from assessment.reports.workbook.look import Book, Sheet

SHEET = "How it is calculated"
AS_FORMULA = f"'{SHEET}'!"
LAST = 5  # the last column texts go over
# Where the verdict of a standard stands, for the sheet that shows it: worst and best.
VERDICT_NAMES = "verdict_worst_{}", "verdict_best_{}"


def write_rules(book: Book, summary: GapSummary) -> None:
    """Write the ladder, the limits, how counts become a verdict, and the rules in words."""
    sheet = book.sheet(SHEET)
    sheet.widths([54, 22, 16, 16, 32, 22])
    sheet.wide(0, (0, LAST), SHEET, "title", line=26)
    sheet.wide(
        1,
        (0, LAST),
        "The scores on the sheet Summary are formulas over the sheet Answers; change an answer there and they follow. "
        "Findings, plan, advice and comparison are as of its day; upload the file to have them worked out again.",
    )
    row = _ladder(sheet, summary, 3)
    row = _limits(sheet, summary, row + 1)
    row = _verdicts(sheet, summary, row + 1)
    row = _in_words(sheet, summary, row + 1)
    _made_with(sheet, summary, row + 1)
    sheet.worksheet.ignore_errors({"number_stored_as_text": "A1:F200"})


def _ladder(sheet: Sheet, summary: GapSummary, row: int) -> int:
    rules = summary.result.library.rules
    row = sheet.section(row, "The ladder", LAST + 1)
    for column, head in enumerate(("Answer", "Points", "Place", "How to tell", "", "")):
        sheet.text(row, column, head, "head-number" if column in (1, 2) else "head")
    first = row + 1
    for step in rules.ladder:
        row += 1
        sheet.text(row, 0, step.title, "bold")
        sheet.number(row, 1, step.points)
        sheet.number(row, 2, step.rung + 1)
        sheet.wide(row, (3, LAST), step.test, "text")
    for name, column in (("titles", 0), ("points", 1), ("places", 2)):
        where = f"{AS_FORMULA}{cell(first, column, fixed=True)}:{cell(row, column, fixed=True)}"
        sheet.book.name(f"ladder_{name}", where)
    return _choices(sheet, summary, row + 2)


def _choices(sheet: Sheet, summary: GapSummary, row: int) -> int:
    """The words the lists offer, across one row."""
    offered = words_to_choose(summary.result.library.rules)
    sheet.text(row, 0, "Answers that the lists offer", "head")
    for position, word in enumerate(offered, start=1):
        sheet.text(row + position, 0, word)
    top, last = cell(row + 1, 0, fixed=True), row + len(offered)
    sheet.book.name("words_all", f"{AS_FORMULA}{top}:{cell(last, 0, fixed=True)}")
    sheet.book.name("words_asked", f"{AS_FORMULA}{top}:{cell(last - 1, 0, fixed=True)}")
    return last + 1


def _limits(sheet: Sheet, summary: GapSummary, row: int) -> int:
    rules = summary.result.library.rules
    row = sheet.section(row, "The limits", LAST + 1)
    told = {
        "rule_major_up_to": (
            "An essential up to this place of the ladder is a likely major",
            rules.findings.essential_major_up_to + 1,
        ),
        "rule_minors": ("Ready for stage 2 with likely minors in at most so many areas", rules.gates.minor_areas_allowed),
    }
    for name, (text, number) in told.items():
        sheet.text(row, 0, text)
        sheet.number(row, 1, number)
        sheet.book.name(name, f"{AS_FORMULA}{cell(row, 1, fixed=True)}")
        row += 1
    return row


def _verdicts(sheet: Sheet, summary: GapSummary, row: int) -> int:
    """From counts to the verdict, for each standard if open answers are enough and if nothing stands behind them."""
    row = sheet.section(row, "From the answers to the verdict", LAST + 1)
    heads = ("", "Stops of stage 1", "Likely majors", "Likely minors", "Verdict", "")
    for column, head in enumerate(heads):
        sheet.text(row, column, head, "head-number" if 0 < column < 4 else "head")
    for number, standard in enumerate(summary.standards):
        name = standard.result.questionnaire.standard.name
        verdict_range = standard.result.verdict_range
        for at_worst, verdict in ((False, verdict_range.best), (True, verdict_range.worst)):
            row += 1
            told = "nothing stands behind open answers" if at_worst else "open answers turn out to be enough"
            sheet.text(row, 0, f"{name}, if {told}")
            _counts(sheet, row, shortfalls(standard, at_worst=at_worst))
            _verdict(sheet, row, verdict)
            sheet.book.name(VERDICT_NAMES[not at_worst].format(number), f"{AS_FORMULA}{cell(row, 4, fixed=True)}")
    return row + 1


def _counts(sheet: Sheet, row: int, found: Shortfalls) -> None:
    """The counts as they are today; only the score follows answers that are filled in."""
    for column, number in enumerate((found.stops + found.bad_exclusions, len(found.majors), len(found.minors)), start=1):
        sheet.number(row, column, number)


def _verdict(sheet: Sheet, row: int, verdict: Verdict) -> None:
    sheet.text(row, 4, words.VERDICTS[verdict], "text")
    sheet.text(row, 5, "")


def _in_words(sheet: Sheet, summary: GapSummary, row: int) -> int:
    rules = summary.result.library.rules
    row = sheet.section(row, "In words", LAST + 1)
    enough = rules.title(rules.enough)
    lines = f"""
A question earns its weight (1, 2 or 3) times the points of its answer, and at most its weight times the points of what is enough: “{enough}”, unless the question names another.
The score is 100 × earned ÷ possible, rounded down, so 100 % means truly complete. It is a range: the low end counts open answers (not answered, or not known) as nothing, the high end as enough.
What does not apply, with a reason and where the standard allows it, counts nowhere. A question counts under every principle it carries.
Enough without evidence, without its date, or done too long ago is an opportunity: claimed, not shown yet. It never changes a score.
A row shows as much of a long text as a page has room for; its cell holds all of it.
"""  # noqa: E501  # one line for each row
    for line in (*lines.strip().splitlines(), words.SELF_ASSESSMENT, words.NOT_AFFILIATED):
        sheet.wide(row, (0, LAST), line)
        row += 1
    row = sheet.section(row + 1, "What this score does not measure", LAST + 1)
    for line in words.NOT_MEASURED:
        sheet.wide(row, (0, LAST), line)
        row += 1
    return row


def _made_with(sheet: Sheet, summary: GapSummary, row: int) -> None:
    row = sheet.section(row, "Made with", LAST + 1)
    library = summary.result.library
    asked = [each.result.questionnaire for each in summary.standards]
    told = {
        "Product version": summary.product_version,
        "Rules": library.rules.revision,
        "Content (SHA-256)": library.content_hash,
        **{each.edition.name: f"{each.path} check, questions of {each.standard.revision}" for each in asked},
    }
    for name, text in told.items():
        sheet.text(row, 0, name)
        sheet.wide(row, (1, LAST), text, "text")
        row += 1


def write_origin(book: Book, summary: GapSummary) -> None:
    """Write what an upload is held against, on a hidden sheet."""
    sheet = book.sheet(ORIGIN, colour="#79898E")
    sheet.widths([22, 70])
    told = [
        ("format", FORMAT),
        ("assessment", summary.origin.assessment_id if summary.origin else ""),
        ("date", summary.on.isoformat()),
        ("content", summary.result.library.content_hash),
        ("product", summary.product_version),
    ]
    for standard in summary.standards:
        asked = standard.result.questionnaire
        told.append((f"standard {asked.standard.id}", f"{asked.edition.id} {asked.path}"))
    for row, (name, text) in enumerate(told):
        sheet.text(row, 0, name)
        sheet.text(row, 1, text)
    sheet.worksheet.hide()
