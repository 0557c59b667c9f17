"""What is wrong with a field of a line of a worksheet, and how to put it right."""

from collections.abc import Callable, Mapping

from assessment.domain.entries import FIRST_YEAR, LAST_YEAR
from assessment.domain.worksheet import Worksheet
from assessment.domain.worksheet_entry import longest
from assessment.domain.worksheet_faults import EntryFault, FieldFault
from assessment.translation import gettext, ngettext
from assessment.web.wording import forms


def fault_in_words(fault: FieldFault, worksheet: Worksheet) -> str:
    """Return what is wrong with a field of a line, and how to put it right."""
    return _FAULTS[fault.fault](fault, worksheet)


def _too_long(fault: FieldFault, _worksheet: Worksheet) -> str:
    return forms.too_long(fault.field.label, int(fault.detail), longest(fault.field))


def _unit(fault: FieldFault, _worksheet: Worksheet) -> str:
    return gettext(
        "%(label)s: an amount needs its unit, one of %(units)s.", label=fault.field.label, units=", ".join(fault.field.units)
    )


def _number_missing(fault: FieldFault, _worksheet: Worksheet) -> str:
    return gettext("%(label)s: write the number, or take out its unit.", label=fault.field.label)


def _not_a_number(fault: FieldFault, _worksheet: Worksheet) -> str:
    return gettext("%(label)s: write a number, such as 24 or 12.5.", label=fault.field.label)


def _negative(fault: FieldFault, _worksheet: Worksheet) -> str:
    return gettext("%(label)s: it cannot be less than 0.", label=fault.field.label)


def _two_readings(fault: FieldFault, _worksheet: Worksheet) -> str:
    return gettext(
        "%(label)s: “%(typed)s” can be read in two ways. Write 1200 or 1.2.", label=fault.field.label, typed=fault.detail
    )


def _out_of_range(fault: FieldFault, _worksheet: Worksheet) -> str:
    field = fault.field
    return gettext("%(label)s: write a number from %(low)s to %(high)s.", label=field.label, low=field.low, high=field.high)


def _still_to_come(fault: FieldFault, _worksheet: Worksheet) -> str:
    return forms.still_to_come(fault.field.label)


def _not_offered(fault: FieldFault, _worksheet: Worksheet) -> str:
    return gettext("%(label)s: choose one of what is offered here.", label=fault.field.label)


def _too_many(fault: FieldFault, _worksheet: Worksheet) -> str:
    return ngettext(
        "%(label)s: name one line.",
        "%(label)s: name at most %(num)s lines.",
        int(fault.detail),
        label=fault.field.label,
    )


def _no_such_line(fault: FieldFault, worksheet: Worksheet) -> str:
    titles = ", ".join(
        f"{worksheet.registers[name].title} ({worksheet.registers[name].prefix})" for name in fault.field.points_to
    )
    return gettext(
        "%(label)s: there is no line %(line)s there. It takes lines of: %(registers)s.",
        label=fault.field.label,
        line=fault.detail,
        registers=titles,
    )


def _circle(fault: FieldFault, _worksheet: Worksheet) -> str:
    return gettext("%(label)s: the lines would point in a circle: %(way)s.", label=fault.field.label, way=fault.detail)


def _label_beside(fault: FieldFault, worksheet: Worksheet, name: str) -> str:
    """Return what another field of the same register is called."""
    beside = (register.by_id for register in worksheet.registers.values() if fault.field in register.fields)
    return next((fields[name].label for fields in beside if name in fields), name)


def _same(fault: FieldFault, worksheet: Worksheet) -> str:
    other = _label_beside(fault, worksheet, fault.detail)
    return gettext("%(label)s: say another thing than in “%(other)s”.", label=fault.field.label, other=other)


def _elsewhere(fault: FieldFault, worksheet: Worksheet) -> str:
    pointer = fault.field.belongs_to.partition("/")[0]
    return gettext(
        "%(label)s: this one is of another standard than “%(other)s” names. Choose another, or mend it there.",
        label=fault.field.label,
        other=_label_beside(fault, worksheet, pointer),
    )


def _too_early(fault: FieldFault, worksheet: Worksheet) -> str:
    other = _label_beside(fault, worksheet, fault.detail)
    return gettext("%(label)s: this day is before that of “%(other)s”.", label=fault.field.label, other=other)


def _twice(fault: FieldFault, _worksheet: Worksheet) -> str:
    return gettext(
        "%(label)s: line %(line)s says the same already. Nothing was saved; change that line, or say what is different here.",
        label=fault.field.label,
        line=fault.detail,
    )


def _reason_missing(fault: FieldFault, _worksheet: Worksheet) -> str:
    return gettext("%(label)s: a verdict by hand needs its reason.", label=fault.field.label)


def _overridden(fault: FieldFault, worksheet: Worksheet) -> str:
    text = worksheet.overrides[fault.detail].text if fault.detail in worksheet.overrides else ""
    return gettext(
        "%(label)s: it counts whatever the score, so “no” cannot stand. %(because)s", label=fault.field.label, because=text
    )


_FAULTS: Mapping[EntryFault, Callable[[FieldFault, Worksheet], str]] = {
    EntryFault.TOO_LONG: _too_long,
    EntryFault.UNTYPABLE: lambda fault, _: forms.hidden_character(fault.field.label),
    EntryFault.NO_UNIT: _unit,
    EntryFault.UNKNOWN_UNIT: _unit,
    EntryFault.NO_NUMBER: _number_missing,
    EntryFault.NOT_A_NUMBER: _not_a_number,
    EntryFault.NEGATIVE: _negative,
    EntryFault.TWO_READINGS: _two_readings,
    EntryFault.OUT_OF_RANGE: _out_of_range,
    EntryFault.NOT_A_DATE: lambda fault, _: forms.not_a_date(fault.field.label),
    EntryFault.UNLIKELY_YEAR: lambda fault, _: forms.not_a_likely_year(fault.field.label, FIRST_YEAR, LAST_YEAR),
    EntryFault.STILL_TO_COME: _still_to_come,
    EntryFault.NOT_OFFERED: _not_offered,
    EntryFault.TOO_MANY: _too_many,
    EntryFault.NO_SUCH_LINE: _no_such_line,
    EntryFault.CIRCLE: _circle,
    EntryFault.SAME: _same,
    EntryFault.REASON_MISSING: _reason_missing,
    EntryFault.OVERRIDDEN: _overridden,
    EntryFault.ELSEWHERE: _elsewhere,
    EntryFault.TOO_EARLY: _too_early,
    EntryFault.TWICE: _twice,
}
