"""Worksheets as they are filled in, made of what is kept of them."""

from datetime import date

from assessment.domain.entries import is_day
from assessment.domain.worksheet import Worksheet
from assessment.domain.worksheet_lines import Declined, Filled, Line, fitting
from assessment.storage.worksheet_entries import CANDIDATE, LINE, WorksheetEntry
from assessment.storage.worksheets import Entries


def filled_from(worksheet: Worksheet, entries: Entries, before: tuple[Entries, Filled] | None = None) -> Filled:
    """Return what is filled in, of entries by kind and id. Lines of registers that the content has no more are left out.

    ``before`` are earlier entries of the same worksheet and what was made of them: lines whose entry is still the same are
    taken from there, which is most of the work of a save.
    """
    earlier, made = (before[0][LINE], before[1].lines) if before and before[1].worksheet is worksheet else ({}, {})
    lines = {}
    for line_id, stored in entries[LINE].items():
        known = earlier.get(line_id)
        if known is not None and known.value is stored.value and known.changed_at == stored.changed_at and line_id in made:
            lines[line_id] = made[line_id]
        elif worksheet.register_of(line_id) is not None:
            lines[line_id] = line_of(worksheet, line_id, stored.value, stored.changed_at.date())
    declined = {
        candidate: Declined(because=str(stored.value.values.get("because", "")), later=bool(stored.value.values.get("later")))
        for candidate, stored in entries[CANDIDATE].items()
        if not stored.value.removed
    }
    return Filled(worksheet=worksheet, lines=lines, declined=declined)


def line_of(worksheet: Worksheet, line_id: str, entry: WorksheetEntry, changed_on: date | None) -> Line:
    """Return the line that an entry holds, with what its fields can hold."""
    return Line(
        id=line_id,
        values=fitting(worksheet.register_of(line_id), entry.values),
        candidate=entry.candidate,
        removed=entry.removed,
        confirmed_on=date.fromisoformat(entry.confirmed_on) if is_day(entry.confirmed_on) else None,
        changed_on=changed_on,
    )


def entry_of(line: Line) -> WorksheetEntry:
    """Return the entry that holds a line."""
    confirmed = line.confirmed_on.isoformat() if line.confirmed_on else ""
    return WorksheetEntry(values=line.values, candidate=line.candidate, removed=line.removed, confirmed_on=confirmed)
