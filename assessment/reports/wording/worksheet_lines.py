"""What a line is called, and what a field of it says, in words."""

from datetime import date

from assessment.domain.worksheet import Field, FieldKind
from assessment.domain.worksheet_lines import Filled, Line
from assessment.reports.wording.dates import day_in_words
from assessment.translation import gettext


def line_name(filled: Filled, line: Line) -> str:
    """Return what a line is called, with its day where that is part of its name; empty where it says neither."""
    name, day = filled.name_of(line), filled.day_of(line)
    return ", ".join(part for part in (name, day_in_words(day) if day else "") if part)


def line_in_full(filled: Filled, line: Line) -> str:
    """Return the id of a line with what it is called."""
    return f"{line.id} {line_name(filled, line)}".strip()


def field_in_words(filled: Filled, line: Line, field: Field) -> str:
    """Return what a field of a line says: days as people write them, lines in full, a tick as yes, all else as it stands."""
    if field.kind is FieldKind.POINTERS:
        there = (filled.lines.get(target, Line(id=target)) for target in line.several(field.id))
        return ", ".join(line_in_full(filled, target) for target in there)
    if field.kind is FieldKind.DATE and line.text(field.id):
        return day_in_words(date.fromisoformat(line.text(field.id)))
    if field.kind is FieldKind.TICK:
        return gettext("Yes") if line.text(field.id) else ""
    return filled.in_words(line, field)
