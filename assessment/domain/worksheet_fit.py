"""Whether a line that somebody brought is one that the forms of its worksheet could have stored."""

from collections.abc import Mapping

from assessment.domain.entries import is_day
from assessment.domain.limits import LONGEST_LINE_TEXT, text_fault
from assessment.domain.worksheet import ChoicesFrom, Field, FieldKind, Worksheet
from assessment.domain.worksheet_condition import Value, number_said
from assessment.domain.worksheet_entry import LONGEST_ID, MOST_POINTERS, longest
from assessment.domain.worksheet_lines import AMOUNT


def unfit_field(worksheet: Worksheet, line_id: str, values: Mapping[str, Value]) -> Field | None:
    """Return a field of a line that no form could have filled in like this; ``None`` where each could.

    Registers and fields that are not known here may say anything, days may be any, and standards may be those of another
    installation.
    """
    register = worksheet.register_of(line_id)
    fields = register.fields if register else ()
    return next((field for field in fields if not _could_say(field, values.get(field.id, ""), worksheet)), None)


def _could_say(field: Field, value: Value, worksheet: Worksheet) -> bool:
    if not value:
        return True
    if isinstance(value, str):
        return not field.kind.is_plural and _could_be_text(field, value)
    if field.kind is FieldKind.AMOUNT:
        return len(value) == len(("number", "unit")) and AMOUNT.fullmatch(value[0]) is not None and value[1] in field.units
    if not field.kind.is_plural or len(set(value)) < len(value) or len(value) > MOST_POINTERS:
        return False
    if field.kind is FieldKind.POINTERS:
        return len(value) <= field.high and all(text_fault(each, LONGEST_ID) is None for each in value)
    if field.kind is FieldKind.LISTS:
        return {each.id for each in worksheet.starter.lists}.issuperset(value)
    return all(_could_be_chosen(field, each) for each in value)


def _could_be_text(field: Field, value: str) -> bool:
    match field.kind:
        case FieldKind.CHOICE:
            return _could_be_chosen(field, value)
        case FieldKind.TICK:
            return value == "yes"
        case FieldKind.DATE:
            return is_day(value)
        case FieldKind.WHOLE:
            number = number_said(value)
            return number is not None and field.low <= number <= field.high
        case _:
            return text_fault(value, longest(field)) is None


def _could_be_chosen(field: Field, choice: str) -> bool:
    if field.choices_from is not ChoicesFrom.NOWHERE:
        return text_fault(choice, LONGEST_LINE_TEXT) is None
    return choice in field.offered
