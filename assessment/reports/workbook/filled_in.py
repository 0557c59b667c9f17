"""What a filled-in answers sheet says, held against what is stored: what would change, what clashes, and what is to mend."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessment.domain.answer_fields import typed_part
from assessment.domain.answers import Answer, evidence_room
from assessment.domain.merge import Merge, join, merge
from assessment.domain.standard import Question
from assessment.reports.wording import uploads
from assessment.reports.wording.answer_fields import changed_fields
from assessment.reports.workbook import columns
from assessment.reports.workbook.columns import REF, VERSION
from assessment.reports.workbook.decision import Decision, check_origin, is_version
from assessment.reports.workbook.filled_row import Fault, FilledRow, Present, evidence_numbers
from assessment.reports.workbook.reader import Table, WorkbookError


@dataclass(frozen=True, kw_only=True)
class Change:
    """An answer the file changes: what it was when downloaded, in the file and here now."""

    question: Question
    base: Answer
    mine: Answer
    theirs: Answer
    base_version: int

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the answer that the file changes, in words."""
        return changed_fields(self.base, self.mine)

    @property
    def outcome(self) -> Answer:
        """The answer once the file is taken."""
        return self.mine

    @property
    def together(self) -> Answer:
        """The answer with what both sides say."""
        return join(mine=self.mine, theirs=self.theirs)


AnswersDecision = Decision[Change, Fault]


def versions_told(table: Table) -> dict[str, int]:
    """Return the version of each answer a file was made from, by ref; rows that do not tell are left out."""
    if REF not in table.heads or VERSION not in table.heads:
        return {}
    ref, version = table.heads.index(REF), table.heads.index(VERSION)
    return {row[ref]: int(row[version]) for row in table.rows if row[ref] and is_version(row[version])}


def decide(table: Table, present: Present) -> AnswersDecision:
    """Hold a file against what is stored. Raises ``WorkbookError`` where it is of another assessment or lacks columns."""
    check_origin(table.origin, present.assessment_id)
    _check_heads(table, evidence_room(*present.bases.values()))
    faults: list[Fault] = []
    changes: list[Change] = []
    conflicts: list[Change] = []
    unchanged = 0
    for row in _rows(table, present, faults):
        mine = row.answer()
        if mine is None:
            continue
        theirs = present.sheet.answer(row.question)
        merged = merge(base=typed_part(row.base), mine=typed_part(mine), theirs=typed_part(theirs))
        if merged is Merge.KEEP:
            unchanged += 1
            continue
        change = Change(question=row.question, base=row.base, mine=mine, theirs=theirs, base_version=row.version)
        (changes if merged is Merge.TAKE else conflicts).append(change)
    return Decision(changes=changes, conflicts=conflicts, all_faults=faults, unchanged=unchanged, unread=table.unread)


def _check_heads(table: Table, room: int) -> None:
    """Every column must be there once, with room for as much evidence as the download gave: none may get lost unseen."""
    pieces = [columns.evidence_columns(number) for number in {*range(1, room + 1), *evidence_numbers(table.heads)}]
    needed = (REF, VERSION, *columns.filled_in_heads(), *(h for p in pieces for h in (p.title, p.where, p.dated)))
    lacking = [head for head in needed if head not in table.heads]
    twice = [head for head in needed if table.heads.count(head) > 1]
    if not lacking and not twice:
        return
    name, column = ("column-missing", lacking[0]) if lacking else ("column-twice", twice[0])
    raise WorkbookError(name, sheet=columns.ANSWERS, row=str(table.heads_at + 1), column=column)


def _rows(table: Table, present: Present, faults: list[Fault]) -> Iterator[FilledRow]:
    """Return the rows that answer a question, asked now or not; whatever else is filled in is a fault."""
    seen: dict[str, str] = {}
    for number, texts in enumerate(table.rows, start=table.heads_at + 1):
        row = FilledRow(present, number, dict(zip(table.heads, texts, strict=False)), table.heads, faults)
        if not row.is_filled_in():
            continue
        ref, where = row.cells.get(REF, ""), row.address(REF)
        if not is_version(row.cells.get(VERSION, "")):
            row.fault(VERSION, uploads.VERSION)
        elif ref in seen:
            row.fault(REF, uploads.once(seen[ref]))
        elif ref in present.known:
            yield row
        else:
            row.fault(REF, uploads.REFERENCE)
        seen.setdefault(ref, where)
