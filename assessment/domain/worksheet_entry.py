"""What people enter in a line, checked: every fault by field, none corrected in silence."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from assessment.domain.entries import TwoReadingsError, is_likely_year, on_one_line, whole_number, with_line_breaks
from assessment.domain.limits import LONGEST_LINE_TEXT, LONGEST_WORKSHEET_TEXT, UNTYPABLE, TextFault, text_fault
from assessment.domain.significance import holds
from assessment.domain.worksheet import Field, FieldKind, Register
from assessment.domain.worksheet_condition import Value
from assessment.domain.worksheet_faults import EntryFault, FieldFault, faults_beside
from assessment.domain.worksheet_lines import AMOUNT, Filled, Line

# How many lines a field points at, or how many choices it holds, at most.
MOST_POINTERS = 50
# Characters that an id of a line has at most.
LONGEST_ID = 20
_GROUP_OR_POINT = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_GROUPS = re.compile("(?<=\\d)[ '’\u00a0\u2009\u202f](?=\\d{3}(?!\\d))")


class _RefusedError(Exception):
    def __init__(self, fault: EntryFault, detail: str = "") -> None:
        self.fault, self.detail = fault, detail


def longest(field: Field) -> int:
    """Return the most characters that a text field takes; 0 for what is no text."""
    return {FieldKind.LINE: LONGEST_LINE_TEXT, FieldKind.TEXT: LONGEST_WORKSHEET_TEXT}.get(field.kind, 0)


def read_entry(
    register: Register, typed: Mapping[str, tuple[str, ...]], lists: tuple[str, ...], today: date, stored: Line | None = None
) -> tuple[dict[str, Value], tuple[FieldFault, ...]]:
    """Return the values of a line that was typed, and what is wrong with them. Nothing that is wrong is among the values.

    ``typed`` has the texts of each field as they came; one that is left out stays as it is in ``stored``. ``lists`` are the ids
    of the worksheet's starter lists. A day after ``today`` is refused where the field is not about what is ahead, unless it was
    stored already.
    """
    values: dict[str, Value] = dict(stored.values) if stored else {}
    faults = []
    for field in register.fields:
        if field.id not in typed:
            continue
        try:
            value = _READERS[field.kind](field, typed[field.id], lists)
            if field.kind is FieldKind.DATE:
                _check_day(field, value, today, stored)
        except _RefusedError as refused:
            faults.append(FieldFault(field=field, fault=refused.fault, detail=refused.detail))
            continue
        values.pop(field.id, None)
        if value:
            values[field.id] = value
    return values, tuple(faults)


def _first(typed: tuple[str, ...]) -> str:
    return typed[0].strip() if typed else ""


def _text(field: Field, typed: tuple[str, ...], _lists: tuple[str, ...]) -> Value:
    read = on_one_line if field.kind is FieldKind.LINE else with_line_breaks
    text = read(typed[0] if typed else "").strip()
    fault = text_fault(text, longest(field))
    if fault is TextFault.TOO_LONG:
        raise _RefusedError(EntryFault.TOO_LONG, str(len(text)))
    if fault is TextFault.UNTYPABLE:
        raise _RefusedError(EntryFault.UNTYPABLE)
    return text


def _choice(field: Field, typed: tuple[str, ...], _lists: tuple[str, ...]) -> Value:
    return _among(_first(typed), {choice.id for choice in field.choices})


def _among(text: str, allowed: set[str]) -> str:
    if text and text not in allowed:
        raise _RefusedError(EntryFault.NOT_OFFERED, text[:80])
    return text


def _many(field: Field, typed: tuple[str, ...], lists: tuple[str, ...]) -> Value:
    allowed = set(lists) if field.kind is FieldKind.LISTS else {choice.id for choice in field.choices}
    return tuple(dict.fromkeys(_among(text.strip(), allowed) for text in typed if text.strip()))


def _tick(_field: Field, typed: tuple[str, ...], _lists: tuple[str, ...]) -> Value:
    return _among(_first(typed), {"yes"})


def _pointers(field: Field, typed: tuple[str, ...], _lists: tuple[str, ...]) -> Value:
    told = tuple(dict.fromkeys(part for text in typed for part in re.split(r"[,;\s]+", text) if part))
    for line_id in told:
        if text_fault(line_id, LONGEST_ID) is not None:
            raise _RefusedError(EntryFault.NO_SUCH_LINE, UNTYPABLE.sub("", line_id[:LONGEST_ID]))
    most = min(MOST_POINTERS, field.high)
    if len(told) > most:
        raise _RefusedError(EntryFault.TOO_MANY, str(most))
    return told


def _day(_field: Field, typed: tuple[str, ...], _lists: tuple[str, ...]) -> Value:
    text = _first(typed)
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise _RefusedError(EntryFault.NOT_A_DATE, text[:40]) from None


def _check_day(field: Field, value: Value, today: date, stored: Line | None) -> None:
    if not value or (stored and stored.values.get(field.id) == value):
        return
    day = date.fromisoformat(str(value))
    if not is_likely_year(day):
        raise _RefusedError(EntryFault.UNLIKELY_YEAR, str(value))
    if day > today and not field.ahead:
        raise _RefusedError(EntryFault.STILL_TO_COME, str(value))


def _whole(field: Field, typed: tuple[str, ...], _lists: tuple[str, ...]) -> Value:
    text = _first(typed)
    if not text:
        return ""
    if text.startswith(("-", "−")):
        raise _RefusedError(EntryFault.NEGATIVE, text[:40])
    try:
        number = whole_number(text[:40])
    except TwoReadingsError:
        raise _RefusedError(EntryFault.TWO_READINGS, text[:40]) from None
    except ValueError:
        raise _RefusedError(EntryFault.NOT_A_NUMBER, text[:40]) from None
    if not field.low <= number <= field.high:
        raise _RefusedError(EntryFault.OUT_OF_RANGE, text[:40])
    return str(number)


def _amount(field: Field, typed: tuple[str, ...], _lists: tuple[str, ...]) -> Value:
    text, unit = (*(part.strip() for part in typed), "", "")[:2]
    if not text and (not unit or len(field.units) == 1):
        return ()
    if not text:
        raise _RefusedError(EntryFault.NO_NUMBER)
    number = _decimal(text)
    unit = unit or (field.units[0] if len(field.units) == 1 else "")
    if not unit:
        raise _RefusedError(EntryFault.NO_UNIT)
    if unit not in field.units:
        raise _RefusedError(EntryFault.UNKNOWN_UNIT, unit[:40])
    return (number, unit)


def _decimal(text: str) -> str:
    """Return a number of 0 or more with a point: 1 200, 12.5 and 12,5 are read; 1,200 could be two numbers and is refused."""
    if text.startswith(("-", "−")):
        raise _RefusedError(EntryFault.NEGATIVE, text[:40])
    bare = _GROUPS.sub("", text)
    if _GROUP_OR_POINT.fullmatch(bare):
        raise _RefusedError(EntryFault.TWO_READINGS, text[:40])
    if bare.isascii() and AMOUNT.fullmatch(bare.replace(",", ".", 1)):
        return format(Decimal(bare.replace(",", ".", 1)).normalize(), "f")
    try:
        return str(whole_number(text[:40]))
    except ValueError:
        raise _RefusedError(EntryFault.NOT_A_NUMBER, text[:40]) from None


_READERS: Mapping[FieldKind, Callable[[Field, tuple[str, ...], tuple[str, ...]], Value]] = MappingProxyType(
    {
        FieldKind.LINE: _text,
        FieldKind.TEXT: _text,
        FieldKind.CHOICE: _choice,
        FieldKind.MANY: _many,
        FieldKind.LISTS: _many,
        FieldKind.TICK: _tick,
        FieldKind.POINTERS: _pointers,
        FieldKind.DATE: _day,
        FieldKind.WHOLE: _whole,
        FieldKind.AMOUNT: _amount,
    }
)


def faults_among(filled: Filled, line: Line, today: date) -> Iterator[FieldFault]:
    """Yield what is wrong with a line beside the others: pointers, fields that must differ, a verdict by hand.

    ``filled`` need not hold the line yet. What is stored already may have become wrong through others; only what is sent is
    looked at.
    """
    register = filled.worksheet.register_of(line.id)
    if register is None:
        return
    for field in register.fields:
        if field.kind is FieldKind.POINTERS:
            yield from _pointer_faults(filled, line, field)
        other = line.text(field.differs_from) if field.differs_from else ""
        if other and other.casefold() == line.text(field.id).casefold():
            yield FieldFault(field=field, fault=EntryFault.SAME, detail=field.differs_from)
    yield from faults_beside(filled, register, line)
    yield from _verdict_faults(filled, register, line, today)


def _pointer_faults(filled: Filled, line: Line, field: Field) -> Iterator[FieldFault]:
    for target in line.several(field.id):
        register = filled.worksheet.register_of(target)
        there = filled.lines.get(target)
        if register is None or register.id not in field.points_to or there is None or there.removed:
            yield FieldFault(field=field, fault=EntryFault.NO_SUCH_LINE, detail=target[:40])
            return
        circle = _way_back(filled, target, line.id)
        if circle:
            yield FieldFault(field=field, fault=EntryFault.CIRCLE, detail=" → ".join((line.id, *circle)))
            return


def _way_back(filled: Filled, start: str, goal: str) -> tuple[str, ...]:
    """Return the ids along pointers from a line to another; nothing where none leads there."""
    came_from: dict[str, str] = {start: ""}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            way = [here]
            while came_from[way[-1]]:
                way.append(came_from[way[-1]])
            return tuple(reversed(way))
        for target in _targets(filled, here):
            if target not in came_from:
                came_from[target] = here
                waiting.append(target)
    return ()


def _targets(filled: Filled, line_id: str) -> Iterator[str]:
    register, line = filled.worksheet.register_of(line_id), filled.lines.get(line_id)
    if register is None or line is None or line.removed:
        return
    for field in register.fields:
        if field.kind is FieldKind.POINTERS:
            yield from line.several(field.id)


def _verdict_faults(filled: Filled, register: Register, line: Line, today: date) -> Iterator[FieldFault]:
    """Yield why a verdict by hand cannot stand: it has no reason, or says no against what counts whatever the score."""
    method = filled.worksheet.method_of(register.id)
    by_hand = line.text(method.verdict_field) if method and method.verdict_field else ""
    if method is None or by_hand not in ("yes", "no"):
        return
    if not line.text(method.reason_field).strip():
        yield FieldFault(field=register.by_id[method.reason_field], fault=EntryFault.REASON_MISSING)
    if by_hand == "no":
        for override in method.overrides:
            if holds(override, filled, line, today):
                yield FieldFault(field=register.by_id[method.verdict_field], fault=EntryFault.OVERRIDDEN, detail=override.id)
                return


def needed_by(filled: Filled, line_id: str) -> tuple[Line, ...]:
    """Return the lines that need a line, so that it cannot be deleted before them."""
    return tuple({source.id: source for source, _ in filled.pointing_at(line_id) if source.id != line_id}.values())
