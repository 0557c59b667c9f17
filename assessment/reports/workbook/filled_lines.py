"""What the workbook of a worksheet says, held against what is stored: what would change, what clashes, and what is to mend."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as field_of
from datetime import date

from assessment.domain.entries import with_line_breaks
from assessment.domain.worksheet import Register, new_line_ids
from assessment.domain.worksheet_condition import Value
from assessment.domain.worksheet_entry import faults_among, read_entry
from assessment.domain.worksheet_faults import FieldFault
from assessment.domain.worksheet_lines import Filled, Line
from assessment.domain.worksheet_merge import clashing, joined, mine_over_theirs
from assessment.reports.wording import uploads
from assessment.reports.workbook.cells import cell, storable
from assessment.reports.workbook.decision import Decision, check_origin, is_version
from assessment.reports.workbook.reader import WorkbookError
from assessment.reports.workbook.worksheet_columns import (
    FieldColumn,
    cell_text,
    columns_of,
    id_name,
    typed_text,
    version_name,
)
from assessment.reports.workbook.worksheet_reader import RegisterTable, WorksheetTables

_FOUND_SHOWN = 80


@dataclass(frozen=True, kw_only=True)
class PresentLines:
    """What is stored now: the lines with their versions, and what each line was at the version a file was made from.

    ``today`` is the day of the assessment, ``own_today`` the latest day that can be past for whoever asks.
    """

    assessment_id: str
    filled: Filled
    versions: Mapping[str, int]
    bases: Mapping[str, Line]
    today: date
    own_today: date


@dataclass(frozen=True, kw_only=True)
class LineFault:
    """A cell to mend: its address and what it holds, and either what is wrong with its field or what is expected there."""

    cell: str
    found: str
    field: FieldFault | None = None
    expected: str = ""


@dataclass(frozen=True, kw_only=True)
class LineChange:
    """A line the file changes: what it was when downloaded, in the file and here now. A new one has no id.

    ``outcome`` is what the line says once the file is taken, with what only others changed.
    """

    register: Register
    row: int
    cell: str
    line_id: str
    base: Line
    mine: Line
    theirs: Line
    base_version: int

    @property
    def outcome(self) -> Line:
        """The line with what the file changes."""
        return mine_over_theirs(self.base, self.mine, self.theirs)

    @property
    def together(self) -> Line:
        """The line with what both sides say."""
        return joined(self.register, self.base, self.mine, self.theirs)

    @property
    def is_conflict(self) -> bool:
        """Whether people must settle it: both changed one field differently, or it was deleted here."""
        return bool(clashing(self.base, self.mine, self.theirs)) or self.theirs.removed


LinesDecision = Decision[LineChange, LineFault]


def lines_told(found: WorksheetTables) -> dict[str, int]:
    """Return the version of each line a file was made from, by id; rows that do not tell are left out."""
    told: dict[str, int] = {}
    for table in found.tables:
        if id_name(table.register) in table.names and version_name(table.register) in table.names:
            line, version = table.names.index(id_name(table.register)), table.names.index(version_name(table.register))
            told |= {row[line]: int(row[version]) for row in table.rows if row[line] and is_version(row[version])}
    return told


def decide_lines(found: WorksheetTables, present: PresentLines) -> LinesDecision:
    """Hold a file against what is stored. Raises ``WorkbookError`` where it is of something else or lacks columns."""
    _check_origin(found, present)
    tally = _Tally()
    for table in found.tables:
        register = present.filled.worksheet.registers.get(table.register)
        if register is None or not register.sheet:
            raise WorkbookError("no-sheet", sheet=table.sheet)
        if sum(each.register == table.register for each in found.tables) > 1:
            raise WorkbookError("column-twice", sheet=table.sheet, row=str(table.names_at + 1), column=id_name(table.register))
        _Sheet(present, register, table, tally).read()
    _check_together(present, tally)
    return Decision(
        changes=[change for change in tally.changes if not change.is_conflict],
        conflicts=[change for change in tally.changes if change.is_conflict],
        all_faults=tally.faults,
        unchanged=tally.unchanged,
        unread=found.unread,
    )


def _check_origin(found: WorksheetTables, present: PresentLines) -> None:
    check_origin(found.origin, present.assessment_id)
    if found.origin.get("worksheet", "") != present.filled.worksheet.id:
        raise WorkbookError("other-worksheet")


@dataclass
class _Tally:
    """What was found so far; ``cells`` has the address of every field of every row that changes something."""

    changes: list[LineChange] = field_of(default_factory=list)
    faults: list[LineFault] = field_of(default_factory=list)
    cells: dict[tuple[str, int, str], str] = field_of(default_factory=dict)
    unchanged: int = 0


class _Sheet:
    """One sheet that is being read."""

    def __init__(self, present: PresentLines, register: Register, table: RegisterTable, tally: _Tally) -> None:
        self.present, self.register, self.table, self.tally = present, register, table, tally
        self.columns = list(columns_of(register))
        self.lists = tuple(each.id for each in present.filled.worksheet.starter.lists)
        needed = [id_name(register.id), *(column.name for column in self.columns), version_name(register.id)]
        for kind, names in (
            ("column-missing", [name for name in needed if name not in table.names]),
            ("column-twice", [name for name in needed if table.names.count(name) > 1]),
        ):
            if names:
                raise WorkbookError(kind, sheet=table.sheet, row=str(table.names_at + 1), column=names[0])

    def read(self) -> None:
        """Read every row; what is to mend goes to the faults."""
        seen: dict[str, str] = {}
        told = {row[self.table.names.index(id_name(self.register.id))] for row in self.table.rows}
        new_here = [dict(line.values) for line in self.present.filled.of(self.register.id) if line.id not in told]
        for number, texts in enumerate(self.table.rows, start=self.table.names_at + 1):
            cells = dict(zip(self.table.names, texts, strict=False))
            line_id = cells.get(id_name(self.register.id), "").strip()
            if number == self.table.names_at + 1 or not self._is_filled_in(cells):
                continue  # the heads, or nothing
            where = self._address(number, id_name(self.register.id))
            if line_id and line_id in seen:
                self._fault(number, id_name(self.register.id), cells, uploads.once_line(seen[line_id]))
            elif line_id:
                seen[line_id] = where
                self._known(number, cells, line_id)
            else:
                self._new(number, cells, new_here)

    def _is_filled_in(self, cells: Mapping[str, str]) -> bool:
        return any(cells.get(column.name, "").strip() for column in self.columns)

    def _known(self, number: int, cells: Mapping[str, str], line_id: str) -> None:
        present, theirs = self.present, self.present.filled.lines.get(line_id)
        if theirs is None or present.filled.worksheet.register_of(line_id) is not self.register:
            self._fault(number, id_name(self.register.id), cells, str(uploads.LINE_ID))
            return
        version = cells.get(version_name(self.register.id), "")
        if not is_version(version) or not 1 <= int(version) <= present.versions.get(line_id, 0):
            self._fault(number, version_name(self.register.id), cells, str(uploads.VERSION))
            return
        base = theirs if int(version) == present.versions[line_id] else present.bases.get(line_id, Line(id=line_id))
        mine = self._line(number, cells, base)
        if mine is None:
            return
        if mine.values in (base.values, theirs.values):
            self.tally.unchanged += 1
            return
        self._changed(number, line_id, mine, (base, theirs), int(version))

    def _new(self, number: int, cells: Mapping[str, str], new_here: list[dict[str, Value]]) -> None:
        empty = Line(id="")
        mine = self._line(number, cells, empty)
        if mine is None:
            return
        if mine.values in new_here:  # the same file once more
            new_here.remove(dict(mine.values))
            self.tally.unchanged += 1
            return
        self._changed(number, "", mine, (empty, empty), 0)

    def _changed(self, number: int, line_id: str, mine: Line, sides: tuple[Line, Line], version: int) -> None:
        base, theirs = sides
        self.tally.changes.append(
            LineChange(
                register=self.register,
                row=number,
                cell=self._address(number, id_name(self.register.id)),
                line_id=line_id,
                base=base,
                mine=mine,
                theirs=theirs,
                base_version=version,
            )
        )
        for column in self.columns:
            self.tally.cells[(self.register.id, number, column.field.id)] = self._address(number, column.name)

    def _line(self, number: int, cells: Mapping[str, str], base: Line) -> Line | None:
        """Return a line as filled in; ``None`` where a cell is to mend. What was not touched stays as it was."""
        typed = {}
        for field_id, columns in self._by_field().items():
            told = [cells.get(column.name, "") for column in columns]
            before = [_as_read(cell_text(self.present.filled, base, column)) for column in columns]
            if told != before:
                typed[field_id] = typed_text(self.present.filled, columns[0].field, told)
        values, faults = read_entry(self.register, typed, self.lists, self.present.own_today, base)
        for fault in faults:
            name = self._by_field()[fault.field.id][0].name
            self.tally.faults.append(
                LineFault(cell=self._address(number, name), found=cells.get(name, "")[:_FOUND_SHOWN], field=fault)
            )
        return None if faults else replace(base, values=values, removed=False)

    def _by_field(self) -> Mapping[str, list[FieldColumn]]:
        found: dict[str, list[FieldColumn]] = {}
        for column in self.columns:
            found.setdefault(column.field.id, []).append(column)
        return found

    def _address(self, number: int, name: str) -> str:
        return f"{self.table.sheet}!{cell(number, self.table.names.index(name))}"

    def _fault(self, number: int, name: str, cells: Mapping[str, str], expected: str) -> None:
        found = cells.get(name, "")[:_FOUND_SHOWN]
        self.tally.faults.append(LineFault(cell=self._address(number, name), found=found, expected=expected))


def _as_read(text: str) -> str:
    """Return a text as a cell gives it back."""
    return with_line_breaks(storable(text)).strip()


def _check_together(present: PresentLines, tally: _Tally) -> None:
    """Look for what is wrong with changed lines beside the others: pointers, fields that must differ, verdicts by hand."""
    after = dict(present.filled.lines)
    placed = list(_placed(present, tally.changes))
    after |= {line.id: line for _, line in placed}
    filled = replace(present.filled, lines=after)
    for change, line in placed:
        for fault in faults_among(filled, line, present.today):
            address = tally.cells[(change.register.id, change.row, fault.field.id)]
            found = change.mine.text(fault.field.id)[:_FOUND_SHOWN]
            tally.faults.append(LineFault(cell=address, found=found, field=fault))


def _placed(present: PresentLines, changes: list[LineChange]) -> Iterator[tuple[LineChange, Line]]:
    """Yield each change with its line under the id that it has, or would get."""
    ids: dict[str, Iterator[str]] = {}
    for change in changes:
        prefix = change.register.prefix
        ids.setdefault(prefix, new_line_ids(prefix, present.versions))
        line_id = change.line_id or next(ids[prefix])
        yield change, replace(change.outcome, id=line_id)
