"""What a change of a worksheet was about, and what it said before and after, as the history shows it."""

from assessment.domain.rights import Right
from assessment.domain.worksheet import Worksheet
from assessment.domain.worksheet_lines import Filled, Line, fitting
from assessment.reports.wording.worksheet_lines import field_in_words
from assessment.storage.history import Content
from assessment.storage.worksheet_entries import CANDIDATE, LINE, WorksheetEntry, worksheet_entry, worksheet_key
from assessment.web.shell.context import AssessmentContext, library
from assessment.web.wording import worksheets as wording
from assessment.web.worksheets.gather import read_worksheet, worksheets_of


def change_in_words(about: str, before: Content, after: Content) -> tuple[str, str, str]:
    """Return what a change was about, what was there before, and what after: of a line only the fields that differ."""
    worksheet_id, kind, entry_id = worksheet_key(about)
    worksheet = library().worksheets.get(worksheet_id)
    title = worksheet.title if worksheet else worksheet_id
    old, new = worksheet_entry(before), worksheet_entry(after)
    if kind == CANDIDATE:
        candidate = worksheet.candidate(entry_id) if worksheet else None
        name = str(next(iter(candidate.values.values()), entry_id)) if candidate else entry_id
        return wording.about_entry(title, name), _decision(old) if before else "", _decision(new)
    if kind != LINE:
        return wording.about_entry(title, wording.accepted_version(entry_id)), "", wording.accepted()
    return wording.about_entry(title, entry_id), *_line(worksheet, entry_id, old, new, is_first=before is None)


def address_of_line(opened: AssessmentContext, about: str) -> str:
    """Return where a line that was changed can be seen, or brought back; empty for other changes, and where it is not shown."""
    worksheet_id, kind, line_id = worksheet_key(about)
    worksheet = next((each for each in worksheets_of(opened) if each.id == worksheet_id), None)
    if kind != LINE or worksheet is None:
        return ""
    at = read_worksheet(opened, worksheet)
    line = at.filled.lines.get(line_id)
    return "" if line is None or (line.removed and not opened.may(Right.ANSWER)) else at.line_address(line_id)


def _decision(entry: WorksheetEntry) -> str:
    if entry.values.get("later"):
        return wording.later()
    return wording.not_here(str(entry.values.get("because", "")))


def _line(
    worksheet: Worksheet | None, line_id: str, old: WorksheetEntry, new: WorksheetEntry, *, is_first: bool
) -> tuple[str, str]:
    if new.removed != old.removed:
        return ("", wording.deleted()) if new.removed else ("", wording.brought_back())
    if not is_first and new.values == old.values:
        return "", wording.still_so()
    differing = [name for name in {**old.values, **new.values} if old.values.get(name) != new.values.get(name)]
    sides = [_fields(worksheet, line_id, entry, differing) for entry in (old, new)]
    return "" if is_first else sides[0] or wording.empty(), sides[1] or wording.empty()


def _fields(worksheet: Worksheet | None, line_id: str, entry: WorksheetEntry, names: list[str]) -> str:
    register = worksheet.register_of(line_id) if worksheet else None
    line = Line(id=line_id, values=entry.values)
    held = fitting(register, entry.values)
    told = []
    for name in names:
        field = register.by_id.get(name) if register else None
        if field is None or worksheet is None:
            text, label = line.text(name), name
        elif name in entry.values and name not in held:
            text, label = line.text(name), field.label
        else:
            text, label = field_in_words(Filled(worksheet=worksheet), line, field), field.label
        if text:
            told.append(f"{label}: {text}")
    return "; ".join(told)
