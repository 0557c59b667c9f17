"""What a field of a line says, in words."""

from datetime import date

from assessment.domain.worksheet import Field, FieldKind
from assessment.domain.worksheet_lines import Filled, Line
from assessment.reports.wording.dates import day_in_words
from assessment.translation import gettext


def field_in_words(filled: Filled, line: Line, field: Field) -> str:
    """Return what a field of a line says: days as people write them, a tick as yes, everything else as it stands."""
    if field.kind is FieldKind.DATE and line.text(field.id):
        return day_in_words(date.fromisoformat(line.text(field.id)))
    if field.kind is FieldKind.TICK:
        return gettext("Yes") if line.text(field.id) else ""
    return filled.in_words(line, field)
