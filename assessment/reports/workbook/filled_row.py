"""One row of a filled-in answers sheet: the answer it gives, or the cells that are to mend."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as field_of
from datetime import date

from assessment.domain.answer_fields import AnswerField, Kind, make_answer, plain_fields
from assessment.domain.answers import NO_ANSWER, Answer, AnswerSheet, Evidence, State, evidence_room, still_carried_from
from assessment.domain.entries import FIRST_YEAR, LAST_YEAR, is_likely_year, on_one_line, with_line_breaks
from assessment.domain.limits import LONGEST_LINE, MOST_EVIDENCE, TextFault, text_fault
from assessment.domain.rules import Rules, Rung
from assessment.domain.standard import Question
from assessment.reports.wording import uploads
from assessment.reports.workbook import columns
from assessment.reports.workbook.cells import cell, storable
from assessment.reports.workbook.columns import ANSWER, LAST_DONE, REASON, REF, VERSION

_EVIDENCE_HEAD = re.compile(r"Evidence (\d{1,3}): what it is")
_CLOCK = re.compile(r"[0-9:.]+")


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A cell to mend: its address, what it holds, and what is expected there."""

    cell: str
    found: str
    expected: str


@dataclass(frozen=True, kw_only=True)
class Present:
    """What is stored now: all questions, the answers, and what each answer was at the version a file was made from.

    ``today`` is the latest day that can be past.
    """

    assessment_id: str
    known: Mapping[str, Question]
    rules: Rules
    sheet: AnswerSheet
    bases: Mapping[str, Answer]
    today: date


def evidence_numbers(heads: Sequence[str]) -> list[int]:
    """Return the numbers of the pieces of evidence that a sheet has columns for."""
    return sorted({int(found[1]) for head in heads if (found := _EVIDENCE_HEAD.fullmatch(head))})


@dataclass
class FilledRow:
    """One row that is being read. ``number`` counts from 0; what is to mend goes to ``faults``."""

    present: Present
    number: int
    cells: Mapping[str, str]
    heads: tuple[str, ...]
    faults: list[Fault]
    _told: dict[str, str] = field_of(default_factory=dict)

    @property
    def question(self) -> Question:
        """The question it answers; only for one that is known."""
        return self.present.known[self.cells[REF]]

    @property
    def version(self) -> int:
        """The version of the answer when it was downloaded."""
        return int(self.cells[VERSION])

    @property
    def base(self) -> Answer:
        """The answer the row was made from."""
        return self.present.bases.get(self.cells.get(REF, ""), NO_ANSWER)

    def address(self, head: str) -> str:
        """Return the address of its cell under a head, with the sheet."""
        column = self.heads.index(head) if head in self.heads else 0
        return f"{columns.ANSWERS}!{cell(self.number, column)}"

    def fault(self, head: str, expected: str) -> None:
        """Note that a cell is to mend."""
        found = self.cells.get(head, "")
        shown = found if len(found) <= 80 else f"{found[:80]}…"
        self.faults.append(Fault(cell=self.address(head), found=shown, expected=str(expected)))

    def _fill_in(self) -> list[str]:
        pieces = [columns.evidence_columns(number) for number in evidence_numbers(self.heads)]
        return [*columns.filled_in_heads(), *(head for p in pieces for head in (p.title, p.where, p.dated))]

    def is_filled_in(self) -> bool:
        """Whether anything stands in the cells people fill in."""
        return any(self.cells.get(head) for head in self._fill_in())

    def _told_before(self, head: str) -> str:
        """Return what the download wrote into a cell."""
        if not self._told:
            said = columns.fields(self.base, self.present.rules)
            self._told = {key: _as_read(value) for key, value in said.items()}
        return self._told.get(head, "")

    def _is_new(self, head: str) -> bool:
        """Whether a cell says something else than the download wrote."""
        return self.cells.get(head, "") != self._told_before(head)

    def answer(self) -> Answer | None:
        """Return the answer as filled in; ``None`` where a cell is to mend. What was not touched stays as it was."""
        base, before = self.base, len(self.faults)
        state, rung = self._state()
        said = {field.name: self._plain(field) for field in plain_fields()}
        if state is State.NOT_APPLICABLE and not said["reason"] and (self._is_new(ANSWER) or self._is_new(REASON)):
            self.fault(REASON, uploads.REASON)
        carried_from = still_carried_from(base, rung)
        mine = make_answer({**said, "state": state, "rung": rung, "evidence": self._evidence(), "carried_from": carried_from})
        return mine if len(self.faults) == before else None

    def _state(self) -> tuple[State, Rung | None]:
        """Return the answer chosen. An empty cell leaves it as it is: taking an answer back has a word of its own."""
        base, word = self.base, self.cells.get(ANSWER, "")
        if not word or not self._is_new(ANSWER):
            return base.state, base.rung
        offered: dict[str, tuple[State, Rung | None]] = {
            **{step.title.casefold(): (State.RUNG, step.rung) for step in self.present.rules.ladder},
            **{text.casefold(): (state, None) for state, text in columns.STATES.items()},
        }
        chosen = offered.get(word.casefold())
        if chosen is None:
            self.fault(ANSWER, uploads.one_of(columns.words_to_choose(self.present.rules)))
        elif chosen[0] is State.NOT_APPLICABLE and not self.question.may_not_apply:
            self.fault(ANSWER, uploads.ALWAYS_APPLIES)
        else:
            return chosen
        return base.state, base.rung

    def _plain(self, field: AnswerField) -> str | date | None:
        head, before = columns.head_of(field.name), getattr(self.base, field.name)
        if field.name == "last_done":
            return self._last_done()
        if field.kind is Kind.DATE:
            return self._day(head, before)
        return self._text(head, before, field.longest) if field.kind is Kind.TEXT else self._line(head, before)

    def _text(self, head: str, before: str, longest: int) -> str:
        text = self.cells.get(head, "")
        if not self._is_new(head):
            return before
        fault = text_fault(text, longest)
        if fault is TextFault.TOO_LONG:
            self.fault(head, uploads.at_most(longest, len(text)))
        elif fault is TextFault.UNTYPABLE:
            self.fault(head, uploads.NO_CONTROLS)
        return text

    def _line(self, head: str, before: str) -> str:
        text = self._text(head, before, LONGEST_LINE)
        return before if text == before else on_one_line(text)

    def _day(self, head: str, before: date | None) -> date | None:
        text = self.cells.get(head, "")
        if not self._is_new(head):
            return before
        day, _, clock = text.partition(" ")
        try:
            found = date.fromisoformat(day) if day else None
        except ValueError:
            found = None
        if text and (found is None or (clock and not _CLOCK.fullmatch(clock))):
            self.fault(head, uploads.A_DATE)
        elif found is not None and not is_likely_year(found):
            self.fault(head, uploads.four_digits(FIRST_YEAR, LAST_YEAR))
        return found

    def _past_day(self, head: str, before: date | None) -> date | None:
        day = self._day(head, before)
        if day is not None and day != before and is_likely_year(day) and day > self.present.today:
            self.fault(head, uploads.PAST_DAY)
        return day

    def _last_done(self) -> date | None:
        before = self.base.last_done
        if not columns.takes_last_done(self.question):
            if self._is_new(LAST_DONE) and self.cells.get(LAST_DONE):
                self.fault(LAST_DONE, uploads.NO_LAST_DONE)
            return before
        return self._past_day(LAST_DONE, before)

    def _evidence(self) -> tuple[Evidence, ...]:
        found = []
        for number in evidence_numbers(self.heads):
            head = columns.evidence_columns(number)
            before = self.base.evidence[number - 1] if 0 < number <= len(self.base.evidence) else Evidence(title="")
            each = Evidence(
                title=self._line(head.title, before.title),
                where=self._line(head.where, before.where),
                dated=self._past_day(head.dated, before.dated),
            )
            if each.title:
                found.append(each)
            elif each.where or each.dated:
                self.fault(head.title, uploads.EVIDENCE)
        if len(found) > evidence_room(self.base):
            self.fault(ANSWER, uploads.evidence_at_most(MOST_EVIDENCE, len(found)))
        return tuple(found)


def _as_read(value: str | date | None) -> str:
    """Return what a written cell reads as when it comes back."""
    if isinstance(value, date):
        return value.isoformat()
    return with_line_breaks(storable(value or "")).strip()
