"""What a filled-in answers sheet says, held against what is stored: what would change, what clashes, and what is to mend."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessment.domain.answer_fields import typed_part
from assessment.domain.answers import Answer, evidence_room
from assessment.domain.merge import Merge, merge
from assessment.domain.standard import Question
from assessment.reports.wording import uploads
from assessment.reports.wording.answer_fields import changed_fields
from assessment.reports.workbook import columns
from assessment.reports.workbook.columns import REF, VERSION
from assessment.reports.workbook.filled_row import Fault, FilledRow, Present, evidence_numbers
from assessment.reports.workbook.reader import Table, WorkbookError
from assessment.reports.workbook.unread import Unread

FAULTS_SHOWN = 50
_LARGEST_VERSION = 2**31


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
        return tuple(name[:1].lower() + name[1:] for name in changed_fields(self.base, self.mine))


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What taking a file over would do. With faults, nothing may be taken over; ``faults`` are the first of ``all_faults``.

    ``unread`` names what the file holds beside the answers.
    """

    changes: tuple[Change, ...]
    conflicts: tuple[Change, ...]
    faults: tuple[Fault, ...]
    all_faults: int
    unchanged: int
    unread: Unread


def versions_told(table: Table) -> dict[str, int]:
    """Return the version of each answer a file was made from, by ref; rows that do not tell are left out."""
    if REF not in table.heads or VERSION not in table.heads:
        return {}
    ref, version = table.heads.index(REF), table.heads.index(VERSION)
    return {row[ref]: int(row[version]) for row in table.rows if row[ref] and _is_version(row[version])}


def _is_version(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 12 and int(text) < _LARGEST_VERSION


def decide(table: Table, present: Present) -> Decision:
    """Hold a file against what is stored. Raises ``WorkbookError`` where it is of another assessment or lacks columns."""
    _check_origin(table, present)
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
    return Decision(
        changes=tuple(changes),
        conflicts=tuple(conflicts),
        faults=tuple(faults[:FAULTS_SHOWN]),
        all_faults=len(faults),
        unchanged=unchanged,
        unread=table.unread,
    )


def _check_origin(table: Table, present: Present) -> None:
    made_from = table.origin.get("assessment", "")
    if not made_from:
        raise WorkbookError("not-stored")
    if made_from != present.assessment_id:
        raise WorkbookError("other-assessment")


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
        if not _is_version(row.cells.get(VERSION, "")):
            row.fault(VERSION, uploads.VERSION)
        elif ref in seen:
            row.fault(REF, uploads.once(seen[ref]))
        elif ref in present.known:
            yield row
        else:
            row.fault(REF, uploads.REFERENCE)
        seen.setdefault(ref, where)
