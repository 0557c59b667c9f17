"""A worksheet of an opened assessment: what is filled in, with versions, and the check that every save has to pass."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flask import abort, url_for

from assessment.domain.accepted_worksheet import AcceptedLines, AcceptedWorksheet, accepted_versions
from assessment.domain.completeness import Completeness, completeness
from assessment.domain.worksheet import Register, Worksheet
from assessment.domain.worksheet_entry import faults_among, needed_by
from assessment.domain.worksheet_faults import FieldFault
from assessment.domain.worksheet_lines import Filled, Line
from assessment.storage.filled_worksheets import filled_from, line_of
from assessment.storage.worksheets import ACCEPTED, LINE, Check, Entries, entries_at
from assessment.web.shell.context import AssessmentContext, now
from assessment.web.shell.worksheet_state import entries_of, filled_of


class FaultyLineError(Exception):
    """A line cannot be saved beside the others as they are by now."""

    def __init__(self, line_id: str, faults: tuple[FieldFault, ...]) -> None:
        super().__init__()
        self.line_id = line_id
        self.faults = faults


class NeededLineError(Exception):
    """A line cannot be deleted: others point at it."""

    def __init__(self, lines: tuple[Line, ...]) -> None:
        super().__init__()
        self.lines = lines


@dataclass(frozen=True, kw_only=True)
class OpenedWorksheet:
    """A worksheet of an opened assessment, as it was when it was read."""

    opened: AssessmentContext
    worksheet: Worksheet
    entries: Entries
    filled: Filled
    today: date

    @cached_property
    def complete(self) -> Completeness:
        """What is missing; worked out once a state of the worksheets and day."""
        key = ("completeness", self.worksheet.id, self.today)
        found: Completeness = self.opened.state.of_worksheets.get_or_compute(key, lambda: completeness(self.filled, self.today))
        return found

    @property
    def missing_count(self) -> int:
        """How many things are missing for a complete worksheet."""
        return sum(len(self.complete.of_part(part)) for part in self.worksheet.parts)

    @property
    def parts_begun(self) -> int:
        """How many parts have a line."""
        return sum(any(self.filled.of(register.id) for register in part.registers) for part in self.worksheet.parts)

    def address(self) -> str:
        """Return the address of the worksheet."""
        return url_for("worksheets.show", assessment_id=self.opened.id, worksheet_id=self.worksheet.id)

    def deleted(self, register: Register) -> tuple[Line, ...]:
        """Return the lines of a register that were deleted, in the order they were made."""
        lines = sorted(self.filled.lines.values(), key=lambda line: line.number)
        return tuple(each for each in lines if each.removed and self.worksheet.register_of(each.id) is register)

    def accepted_address(self) -> str:
        """Return the address of its accepted versions, and of what changed since."""
        return url_for("accepted.show", assessment_id=self.opened.id, worksheet_id=self.worksheet.id)

    def part_address(self, register_id: str) -> str:
        """Return the address of the part that a register stands in."""
        part_id = self.worksheet.part_of(register_id).id
        return url_for("worksheets.part", assessment_id=self.opened.id, worksheet_id=self.worksheet.id, part_id=part_id)

    def line_address(self, line_id: str) -> str:
        """Return the address of a line; of a new one where only the prefix of its register is given."""
        return url_for("lines.line", assessment_id=self.opened.id, worksheet_id=self.worksheet.id, line_id=line_id)

    def candidates_address(self, register_id: str) -> str:
        """Return the address of the candidates for a register."""
        of = self.worksheet.id
        return url_for("candidates.show", assessment_id=self.opened.id, worksheet_id=of, register_id=register_id)

    def version(self, kind: str, entry: str) -> int:
        """Return the version that an entry has reached; 0 where there is none."""
        stored = self.entries[kind].get(entry)
        return stored.version if stored else 0

    @cached_property
    def accepted(self) -> tuple[AcceptedWorksheet, ...]:
        """The versions that were accepted, the first one first."""
        return accepted_versions({number: stored.value.values for number, stored in self.entries[ACCEPTED].items()})

    @property
    def line_versions(self) -> dict[str, int]:
        """The version that each line has reached, by id."""
        return {line: stored.version for line, stored in self.entries[LINE].items()}

    def as_accepted(self, number: int) -> AcceptedLines:
        """Return an accepted version with its lines as they were; a 404 where there is none."""
        version = next((each for each in self.accepted if each.number == number), None)
        if version is None:
            abort(404)
        stored = self.entries[LINE]
        older = {line: at for line, at in version.lines.items() if line not in stored or stored[line].version != at}
        kept = entries_at(self.opened.id, self.worksheet.id, older)
        as_it_was = {line: kept[line] if line in older else stored[line].value for line in version.lines}
        lines = {line_id: line_of(self.worksheet, line_id, entry, version.on) for line_id, entry in as_it_was.items()}
        return AcceptedLines(version=version, filled=Filled(worksheet=self.worksheet, lines=lines))

    @cached_property
    def last_accepted(self) -> AcceptedLines | None:
        """The version that was accepted last, with its lines as they were; read once a state of the worksheets."""
        if not self.accepted:
            return None
        number = self.accepted[-1].number
        known = self.opened.state.of_worksheets
        return known.get_or_compute(("accepted", self.worksheet.id), lambda: self.as_accepted(number))

    def register_of(self, line_id: str) -> Register:
        """Return the register of a line, or of a new one where only its prefix is given; a 404 for what is none here."""
        of_prefix = {register.prefix: register for register in self.worksheet.registers.values()}
        register = of_prefix.get(line_id) or self.worksheet.register_of(line_id)
        if register is None or (register.single and line_id not in (register.prefix, f"{register.prefix}1")):
            abort(404)
        is_there = register.single or line_id == register.prefix or line_id in self.filled.lines
        return register if is_there else abort(404)


def worksheets_of(opened: AssessmentContext) -> list[Worksheet]:
    """Return the worksheets that serve a standard chosen in an assessment."""
    return opened.worksheets


def open_worksheet(opened: AssessmentContext, worksheet_id: str) -> OpenedWorksheet:
    """Return a worksheet of an assessment; a 404 where it serves none of the standards chosen."""
    worksheet = next((each for each in worksheets_of(opened) if each.id == worksheet_id), None)
    if worksheet is None:
        abort(404)
    return read_worksheet(opened, worksheet)


def read_worksheet(opened: AssessmentContext, worksheet: Worksheet) -> OpenedWorksheet:
    """Return a worksheet as it is filled in; read once a state of the worksheets."""
    entries = entries_of(opened.state, opened.id, worksheet)
    filled = filled_of(opened.state, opened.id, worksheet)
    return OpenedWorksheet(opened=opened, worksheet=worksheet, entries=entries, filled=filled, today=now().date())


def filled_worksheets(opened: AssessmentContext) -> tuple[Filled, ...]:
    """Return the worksheets of an assessment as they are filled in, the empty ones too."""
    return tuple(read_worksheet(opened, worksheet).filled for worksheet in worksheets_of(opened))


def line_versions(opened: AssessmentContext) -> dict[str, dict[str, int]]:
    """Return the version that each line of each worksheet has reached, by id of the worksheet."""
    return {worksheet.id: read_worksheet(opened, worksheet).line_versions for worksheet in worksheets_of(opened)}


def accepted_lines(opened: AssessmentContext) -> dict[str, AcceptedLines]:
    """Return the version of each worksheet that was accepted last, by id of the worksheet; only of those that have one."""
    last = {worksheet.id: read_worksheet(opened, worksheet).last_accepted for worksheet in worksheets_of(opened)}
    return {worksheet: lines for worksheet, lines in last.items() if lines}


def check_of(at: OpenedWorksheet) -> Check:
    """Return the check that what would be stored has to pass. It raises ``FaultyLineError`` and ``NeededLineError``."""

    def check(entries: Entries, changed: Collection[str]) -> None:
        filled = filled_from(at.worksheet, entries, (at.entries, at.filled))
        for line_id in changed:
            line = filled.lines.get(line_id)
            if line is None:
                continue
            if line.removed:
                needed = needed_by(filled, line_id)
                if needed:
                    raise NeededLineError(needed)
            elif faults := tuple(faults_among(filled, line, at.today)):
                raise FaultyLineError(line_id, faults)

    return check
