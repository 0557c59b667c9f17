"""What can be wrong with a field of a line, and what is wrong with it beside other fields and lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assessment.domain.worksheet import Field, Register
from assessment.domain.worksheet_lines import Filled, Line


class EntryFault(StrEnum):
    """Why a value cannot be taken."""

    TOO_LONG = "too-long"
    UNTYPABLE = "untypable"
    NO_UNIT = "no-unit"
    NO_NUMBER = "no-number"
    UNKNOWN_UNIT = "unknown-unit"
    NOT_A_NUMBER = "not-a-number"
    NEGATIVE = "negative"
    TWO_READINGS = "two-readings"
    OUT_OF_RANGE = "out-of-range"
    NOT_A_DATE = "not-a-date"
    UNLIKELY_YEAR = "unlikely-year"
    STILL_TO_COME = "still-to-come"
    NOT_OFFERED = "not-offered"
    TOO_MANY = "too-many"
    NO_SUCH_LINE = "no-such-line"
    CIRCLE = "circle"
    SAME = "same"
    REASON_MISSING = "reason-missing"
    OVERRIDDEN = "overridden"
    ELSEWHERE = "elsewhere"
    TOO_EARLY = "too-early"
    TWICE = "twice"


@dataclass(frozen=True, kw_only=True)
class FieldFault:
    """One thing wrong with a field; ``detail`` is what was found, such as the ids along a circle or a number of characters."""

    field: Field
    fault: EntryFault
    detail: str = ""


def faults_beside(filled: Filled, register: Register, line: Line) -> Iterator[FieldFault]:
    """Yield what is wrong with fields of a line beside others: a choice that belongs elsewhere, a day that comes too early.

    A line that says what another one says already is wrong in the last of the fields that are alike.
    """
    for field in register.fields:
        if field.belongs_to and (owner := _stranger(filled, line, field)):
            yield FieldFault(field=field, fault=EntryFault.ELSEWHERE, detail=owner)
        earlier = line.text(field.not_before) if field.not_before else ""
        if earlier and line.text(field.id) and line.text(field.id) < earlier:
            yield FieldFault(field=field, fault=EntryFault.TOO_EARLY, detail=field.not_before)
    if twin := _twin(filled, register, line):
        yield FieldFault(field=register.by_id[register.alike[-1]], fault=EntryFault.TWICE, detail=twin.id)


def _stranger(filled: Filled, line: Line, field: Field) -> str:
    """Return whom a choice belongs to where the lines pointed at name others only; empty where it may stand."""
    owner, separator, _ = line.text(field.id).partition("/")
    pointer, _, said = field.belongs_to.partition("/")
    targets = (filled.lines[target] for target in line.several(pointer) if target in filled.lines)
    named = {value for target in targets for value in target.several(said)}
    return owner if separator and named and owner not in named else ""


def _twin(filled: Filled, register: Register, line: Line) -> Line | None:
    """Return another line of the register that is alike in every field that tells lines apart; all must say something."""
    mine = _key(register, line)
    if not mine or not all(mine):
        return None
    others = (other for other in filled.of(register.id) if other.id != line.id)
    return next((other for other in others if _key(register, other) == mine), None)


def _key(register: Register, line: Line) -> tuple[str, ...]:
    return tuple(" ".join(line.text(name).casefold().split()) for name in register.alike)
