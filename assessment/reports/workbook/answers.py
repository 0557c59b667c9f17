"""The answers sheet: what people fill in, and beside it the points of each answer as formulas."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from assessment.domain.answers import Answer, State, evidence_room
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.scoring import score_of
from assessment.domain.shortfalls import Shortfalls
from assessment.domain.standard import Question
from assessment.domain.tally import Tally
from assessment.reports.summary import GapSummary, StandardSummary
from assessment.reports.wording import answers_sheet as wording
from assessment.reports.workbook import columns
from assessment.reports.workbook.look import QUIET, Book, Sheet

FIRST_ROW = 5  # the row of the first answer, from 0
ALWAYS_SEEN = 2  # pieces of evidence whose columns are open from the start
TECHNICAL = (columns.REF, columns.VERSION)
# The columns that the scores of the first sheet are counted from.
_NAMED = (columns.STANDARD, "chapter", "principles", "applies", "answered", "earned", "at_most", "possible")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One question with its answer, and what is known about its clause x.y."""

    summary: StandardSummary
    question: Question
    group: str

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire it belongs to."""
        return self.summary.result.questionnaire

    @property
    def answer(self) -> Answer:
        """Its answer."""
        return self.summary.answer(self.question)


def rows_of(summary: StandardSummary) -> list[Row]:
    """Return the rows of one standard, in clause order."""
    questionnaire = summary.result.questionnaire
    return [
        Row(summary=summary, question=question, group=questionnaire.areas[question.ref]) for question in questionnaire.questions
    ]


def shortfalls(summary: StandardSummary, *, at_worst: bool) -> Shortfalls:
    """Return what falls short in a standard; an open answer counts as enough, or at worst as not there."""
    tally = Tally(summary.result.questionnaire, summary.result.judged)
    return tally.at_worst if at_worst else tally.at_best


class AnswersSheet:
    """The sheet as it is laid out: which column holds what, and where its rows end."""

    def __init__(self, summary: GapSummary) -> None:
        self.summary = summary
        self.rows = [row for standard in summary.standards for row in rows_of(standard)]
        self.rules = summary.result.library.rules
        room = evidence_room(*(row.answer for row in self.rows))
        self.evidence = [columns.evidence_columns(number) for number in range(1, room + 1)]
        self.used = max([ALWAYS_SEEN, *(len(row.answer.evidence) for row in self.rows)])
        own = {**wording.CONTENT, **wording.FORMULAS}
        names = [
            *(columns.STANDARD, columns.CLAUSE, columns.QUESTION, *columns.filled_in_heads()),
            *(head for each in self.evidence for head in (each.title, each.where, each.dated)),
            *own,
            *TECHNICAL,
        ]
        self.heads = [str(own.get(name, name)) for name in names]
        self._columns = {name: position for position, name in enumerate(names)}
        open_from_the_start = (head for each in self.evidence[: self.used] for head in (each.title, each.where, each.dated))
        self._written = (*columns.filled_in_heads(), *open_from_the_start)
        self._dates = {*columns.day_heads(), *(each.dated for each in self.evidence)}
        self.last_row = FIRST_ROW + max(1, len(self.rows)) - 1

    def column(self, name: str) -> int:
        """Return where a column is: by its head if an upload reads it back, by the name of its range otherwise."""
        return self._columns[name]

    def _cell(self, name: str, row: int) -> str:
        return f"${xl_col_to_name(self.column(name))}{row + 1}"

    def write(self, book: Book) -> None:
        """Write the sheet and name its ranges."""
        sheet = book.sheet(columns.ANSWERS, colour="#155AA7")
        self._widths(sheet)
        sheet.text(0, 0, wording.TITLE, "title-line")
        sheet.height(0, 28)
        for number, line in enumerate(wording.how_to(columns.STATES[State.UNANSWERED]), start=1):
            sheet.text(number, 0, line, "remark")
        sheet.heads(FIRST_ROW - 1, self.heads, self._head_look)
        sheet.height(FIRST_ROW - 1, 44)
        for position, row in enumerate(self.rows):
            self._write_row(sheet, FIRST_ROW + position, row)
        self._set_up(sheet)
        self._offer_words(sheet)
        for name in _NAMED:
            letter = xl_col_to_name(self.column(name))
            book.name(f"all_{name.lower()}", f"{columns.ANSWERS}!${letter}${FIRST_ROW + 1}:${letter}${self.last_row + 1}")

    def _head_look(self, column: int) -> str:
        first, after = self.column(columns.ANSWER), self.column("chapter")
        return "head" if column < first else "head-input" if column < after else "head-quiet"

    def _write_row(self, sheet: Sheet, at: int, row: Row) -> None:
        question, questionnaire = row.question, row.questionnaire
        sheet.text(at, 0, questionnaire.standard.name)
        sheet.text(at, 1, ", ".join(questionnaire.clauses(question)))
        sheet.text(at, 2, question.asks, "bold" if question.essential else "text")
        told = columns.fields(row.answer, self.rules)
        for head in self._written:
            said = told.get(head)
            if head in self._dates:
                sheet.day(at, self.column(head), said if isinstance(said, date) else None, "input-day")
            else:
                sheet.text(at, self.column(head), str(said or ""), "input")
        looks = "\n\n".join(wording.rung_looks_like(step.title, question.looks_like[step.rung]) for step in self.rules.ladder)
        box = {"author": "", "width": 420, "height": 60 + 15 * (len(looks) // 62 + 10), "font_size": 9, "color": "#F4FBFB"}
        sheet.worksheet.write_comment(at, self.column(columns.ANSWER), looks, box)
        self._write_content(sheet, at, row)
        for name, (formula, value) in self._formulas(at, row).items():
            if formula == "0":
                sheet.number(at, self.column(name), 0, "working")
            else:
                sheet.formula(at, self.column(name), formula, value, "working")
        sheet.text(at, self.column(columns.REF), question.ref, "working-text")
        versions = self.summary.provenance.versions if self.summary.provenance else {}
        sheet.number(at, self.column(columns.VERSION), versions.get(question.ref, 0), "working")

    def _write_content(self, sheet: Sheet, at: int, row: Row) -> None:
        question, standard = row.question, row.questionnaire.standard
        titles = [each.title for each in standard.principles if each.id in question.principles]
        texts = {
            "chapter": question.chapter,
            "group": wording.group_of(standard.name, row.group),
            "principles": f"; {'; '.join(titles)};",
            "enough": self.rules.title(question.enough),
        }
        numbers = {
            "weight": question.weight,
            "essential": int(question.essential),
            "stage": question.stage,
            "exempt": int(bool(question.may_not_apply)),
            "needed": question.enough + 1,
        }
        for name, text in texts.items():
            sheet.text(at, self.column(name), text, "working-text")
        for name, number in numbers.items():
            sheet.number(at, self.column(name), number, "working")

    def _formulas(self, at: int, row: Row) -> dict[str, tuple[str, int]]:
        """Return the formulas of a row, each with what it gives now."""
        c = {name: self._cell(name, at) for name in (*wording.CONTENT, *wording.FORMULAS)}
        answer, reason = self._cell(columns.ANSWER, at), self._cell(columns.REASON, at)
        question, judged = row.question, row.summary.result.judged
        applies, rung = judged.applies(question), judged.rung(question)
        score = score_of([question], judged.applying([question]), self.rules)
        exempt = f'AND({answer}="{columns.STATES[State.NOT_APPLICABLE]}",{c["exempt"]}=1,TRIM(CLEAN({reason}))<>"")'
        points = f"IF({c['rung']}=0,0,INDEX(ladder_points,MAX(1,{c['rung']})))"
        return {
            "applies": (f"IF({exempt},0,1)", int(applies)),
            "rung": (self._rung(at, question), 0 if rung is None else rung + 1),
            "answered": (f"IF(AND({c['applies']}=1,{c['rung']}>0),1,0)", score.answered),
            "earned": (
                f"{c['applies']}*{c['weight']}*MIN({points},INDEX(ladder_points,{c['needed']}))",
                score.earned_low,
            ),
            "at_most": (f"{c['earned']}+IF({c['answered']}=1,0,{c['possible']})", score.earned_high),
            "possible": (f"{c['applies']}*{c['weight']}*INDEX(ladder_points,{c['needed']})", score.possible),
            "short": (f"IF(AND({c['answered']}=1,{c['rung']}<{c['needed']}),1,0)", int(judged.is_gap(question))),
        }

    def _rung(self, at: int, question: Question) -> str:
        """Return the formula for the place of an answer on the ladder as it counts, a stale deed no higher than it may."""
        chosen = f"SUMPRODUCT((ladder_titles={self._cell(columns.ANSWER, at)})*ladder_places)"
        if not question.deed or question.last_done is None:
            return chosen
        last_done, day = self._cell(columns.LAST_DONE, at), self.summary.on
        newest = f"MAX({','.join(self._cell(each.dated, at) for each in self.evidence)})"
        done = f"IF(ISNUMBER({last_done}),{last_done},{newest})"
        fresh_until = f"EDATE({done},{question.last_done.fresh_for_months})"
        is_stale = f"AND({done}>0,{fresh_until}<DATE({day.year},{day.month},{day.day}))"
        return f"IF({is_stale},MIN({chosen},{self.rules.findings.stale_counts_as + 1}),{chosen})"

    def _widths(self, sheet: Sheet) -> None:
        """Set the widths; evidence that nobody has named yet, the points and the technical columns are folded away.

        Evidence that is folded away has one look for a whole column instead of thousands of empty cells with it.
        """
        sheet.widths([11, 10, 46, 16, 22, 16, 40, 12])
        folded = {"level": 1, "hidden": True}
        for number, each in enumerate(self.evidence, start=1):
            for head, width in ((each.title, 24), (each.where, 22), (each.dated, 13)):
                if number <= self.used:
                    sheet.width(self.column(head), width)
                else:
                    sheet.width(self.column(head), width, folded, "input-day" if head in self._dates else "input")
        for name in (*wording.CONTENT, *wording.FORMULAS):
            sheet.width(self.column(name), 12, folded)
        for head in TECHNICAL:
            sheet.width(self.column(head), 26, {"hidden": True})

    def _set_up(self, sheet: Sheet) -> None:
        worksheet = sheet.worksheet
        worksheet.freeze_panes(FIRST_ROW, 3)
        worksheet.autofilter(FIRST_ROW - 1, 0, self.last_row, len(self.heads) - 1)
        worksheet.repeat_rows(FIRST_ROW - 1)
        worksheet.print_area(0, 0, self.last_row, self.column(self.evidence[0].dated))
        worksheet.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(len(self.heads) - 1)}{self.last_row + 1}"})
        answers = (FIRST_ROW, self.column(columns.ANSWER), self.last_row, self.column(columns.ANSWER))
        # Bold for short of enough, italic for open: the shade only helps.
        for name, value, shade in (
            ("short", 1, {"bold": True, "bg_color": "#FFF1E2"}),
            ("answered", 0, {"italic": True, "font_color": QUIET}),
        ):
            told = {"type": "formula", "criteria": f"={self._cell(name, FIRST_ROW)}={value}"}
            worksheet.conditional_format(*answers, {**told, "format": sheet.book.workbook.add_format(shade)})

    def _offer_words(self, sheet: Sheet) -> None:
        """Offer lists of answers, dates that are dates, and technical columns that nobody changes by accident."""
        answer = self.column(columns.ANSWER)
        for first, last, exempt in _runs([bool(row.question.may_not_apply) for row in self.rows]):
            told = {**_from_list(), "source": "=words_all" if exempt else "=words_asked"}
            sheet.worksheet.data_validation(FIRST_ROW + first, answer, FIRST_ROW + last, answer, told)
        for head in (columns.LAST_DONE, *(each.dated for each in self.evidence)):
            at = self.column(head)
            sheet.worksheet.data_validation(FIRST_ROW, at, self.last_row, at, _a_date())
        for head in TECHNICAL:
            at = self.column(head)
            sheet.worksheet.data_validation(FIRST_ROW, at, self.last_row, at, _locked())


def _cut(text: str, most: int) -> str:
    """Return as much of a text as a message on a cell takes; with a longer one the whole rule would be left out."""
    return str(text)[:most]


def _from_list() -> dict[str, Any]:
    return {"validate": "list", "error_title": _cut(wording.CHOOSE, 32), "error_message": _cut(wording.CHOOSE_HOW, 255)}


def _a_date() -> dict[str, Any]:
    return {
        "validate": "date",
        "criteria": ">=",
        "value": columns.FIRST_DAY,
        "error_type": "warning",
        "error_title": _cut(wording.NEEDS_A_DATE, 32),
        "error_message": _cut(wording.DATE_HOW, 255),
    }


def _locked() -> dict[str, Any]:
    return {"validate": "custom", "value": "=FALSE", "error_message": _cut(wording.LOCKED, 255)}


def _runs(flags: Sequence[bool]) -> list[tuple[int, int, bool]]:
    """Stretches of equal flags: first, last, flag."""
    found: list[tuple[int, int, bool]] = []
    for position, flag in enumerate(flags):
        if found and found[-1][2] is flag:
            found[-1] = (found[-1][0], position, flag)
        else:
            found.append((position, position, flag))
    return found
