"""The lines of a worksheet as they are filled in: what they say, what they point at, and what was said about candidates."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from assessment.domain.entries import day_or_none, is_day
from assessment.domain.worksheet import ChoicesFrom, Field, FieldKind, Register, Worksheet, number_in
from assessment.domain.worksheet_condition import Value, number_said

# A number of 0 or more as it is kept.
AMOUNT = re.compile(r"\d{1,12}(?:\.\d{1,6})?")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line: its fields by id, the candidate it was copied from, and whether it was deleted. A deleted line is kept.

    ``confirmed_on`` is when somebody last said that it is still so.
    """

    id: str
    values: Mapping[str, Value] = field(default_factory=dict)
    candidate: str = ""
    removed: bool = False
    confirmed_on: date | None = None
    changed_on: date | None = None

    def text(self, field_id: str) -> str:
        """Return a value of one text; an empty one where there is none."""
        value = self.values.get(field_id, "")
        return value if isinstance(value, str) else " ".join(value)

    def several(self, field_id: str) -> tuple[str, ...]:
        """Return a value of several texts."""
        value = self.values.get(field_id, ())
        return value if isinstance(value, tuple) else tuple(part for part in (value,) if part)

    @property
    def number(self) -> int:
        """The number in its id."""
        return number_in(self.id)


def fitting(register: Register | None, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return values without those that their fields cannot hold, such as a text where a day is asked for.

    An import may bring some, or a release whose content asked for something else. Standards that are not installed, and their
    areas, are left out, too. Of fields that are not known all are kept.
    """
    fields = register.by_id if register else {}
    return {
        name: _of_what_is_installed(fields[name], value) if name in fields else value
        for name, value in values.items()
        if name not in fields or _fits(fields[name].kind, value)
    }


def _of_what_is_installed(field: Field, value: Value) -> Value:
    if field.choices_from is ChoicesFrom.NOWHERE:
        return value
    if isinstance(value, str):
        return value if value in field.offered else ""
    return tuple(each for each in value if each in field.offered)


def _fits(kind: FieldKind, value: Value) -> bool:
    if isinstance(value, str) is kind.is_plural:
        return not value
    if kind is FieldKind.DATE:
        return not value or is_day(str(value))
    if kind is FieldKind.WHOLE:
        return not value or number_said(str(value)) is not None
    if kind is FieldKind.AMOUNT:
        return not value or (len(value) == 2 and AMOUNT.fullmatch(value[0]) is not None)
    return True


@dataclass(frozen=True, kw_only=True)
class Declined:
    """What somebody said about a candidate that is not copied: not here, because; or later."""

    because: str = ""
    later: bool = False


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A worksheet as it is filled in: lines by id, and what was said about candidates, by theirs."""

    worksheet: Worksheet
    lines: Mapping[str, Line] = field(default_factory=dict)
    declined: Mapping[str, Declined] = field(default_factory=dict)

    @cached_property
    def _present(self) -> Mapping[str, tuple[Line, ...]]:
        found: dict[str, list[Line]] = {}
        for line in sorted(self.lines.values(), key=lambda line: line.number):
            register = self.worksheet.register_of(line.id)
            if register is not None and not line.removed:
                found.setdefault(register.id, []).append(line)
        return {register: tuple(lines) for register, lines in found.items()}

    def of(self, register_id: str) -> tuple[Line, ...]:
        """Return the lines of a register that were not deleted, in the order they were made."""
        return self._present.get(register_id, ())

    def single(self, register_id: str) -> Line:
        """Return the one line of a single register; an empty one where nothing is filled in."""
        register = self.worksheet.registers[register_id]
        return next(iter(self.of(register_id)), Line(id=f"{register.prefix}1"))

    def present(self) -> Iterator[Line]:
        """Yield every line that was not deleted, register by register."""
        for register in self.worksheet.registers:
            yield from self.of(register)

    def name_of(self, line: Line) -> str:
        """Return what a line is called: what its naming field says, in words."""
        register = self.worksheet.register_of(line.id)
        if register is None:
            return ""
        named_by = register.by_id[register.named_by]
        if named_by.kind is FieldKind.POINTERS:
            pointed = (self.lines[each] for each in line.several(named_by.id) if each in self.lines)
            return ", ".join(self.name_of(each) for each in pointed if each.id != line.id)
        return named_by.text_of(line.text(named_by.id)) if named_by.choices else line.text(named_by.id)

    def day_of(self, line: Line) -> date | None:
        """Return the day that is part of a line's name; ``None`` where its register has no such day, or it says none."""
        register = self.worksheet.register_of(line.id)
        return day_or_none(line.text(register.dated_by)) if register else None

    def standards_of(self, line: Line) -> tuple[str, ...]:
        """Return the ids of the standards that a line belongs to by what it says; none where it says nothing of them.

        A choice of an area says so before those who name the standards of what the line points at.
        """
        register = self.worksheet.register_of(line.id)
        fields = [field for field in (register.fields if register else ()) if field.belongs_to]
        own = tuple(dict.fromkeys(owner for field in fields if (owner := _owner(line.text(field.id)))))
        if own:
            return own
        pointed = (
            (self.lines[target], field.belongs_to.partition("/")[2])
            for field in fields
            for target in line.several(field.belongs_to.partition("/")[0])
            if target in self.lines
        )
        return tuple(dict.fromkeys(value for target, said in pointed for value in target.several(said)))

    def in_words(self, line: Line, field: Field) -> str:
        """Return what a field says that names no lines: the texts of choices, the titles of lists, days as ISO."""
        if field.kind is FieldKind.LISTS:
            titles = {each.id: each.title for each in self.worksheet.starter.lists}
            return ", ".join(titles.get(each, each) for each in line.several(field.id))
        if field.kind is FieldKind.MANY:
            return ", ".join(field.text_of(each) for each in line.several(field.id))
        return field.text_of(line.text(field.id))

    @cached_property
    def _pointing(self) -> Mapping[str, tuple[tuple[Line, Field], ...]]:
        found: dict[str, list[tuple[Line, Field]]] = {}
        for line, pointer in pointers(self.worksheet, self.present()):
            for target in line.several(pointer.id):
                found.setdefault(target, []).append((line, pointer))
        return {target: tuple(sources) for target, sources in found.items()}

    def pointing_at(self, line_id: str) -> tuple[tuple[Line, Field], ...]:
        """Return the lines that point at a line, each with the field it does so by."""
        return self._pointing.get(line_id, ())

    def taken(self, candidate_id: str) -> tuple[Line, ...]:
        """Return the lines that were copied from a candidate."""
        return self._taken.get(candidate_id, ())

    @cached_property
    def _taken(self) -> Mapping[str, tuple[Line, ...]]:
        found: dict[str, list[Line]] = {}
        for line in self.present():
            if line.candidate:
                found.setdefault(line.candidate, []).append(line)
        return {candidate: tuple(lines) for candidate, lines in found.items()}

    def changed_on(self, register_id: str) -> date | None:
        """Return the last day on which a line of a register was changed, or said to be still so; ``None`` without any."""
        days = [day for line in self.of(register_id) for day in (line.changed_on, line.confirmed_on) if day]
        return max(days, default=None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filled in."""
        return not self._present


def _owner(choice: str) -> str:
    """Return whom a choice belongs to; empty for one that belongs to nobody."""
    owner, separator, _ = choice.partition("/")
    return owner if separator else ""


def pointers(worksheet: Worksheet, lines: Iterable[Line]) -> Iterator[tuple[Line, Field]]:
    """Yield the fields of lines that point at others and are filled in."""
    for line in lines:
        register = worksheet.register_of(line.id)
        for pointer in register.fields if register else ():
            if pointer.kind is FieldKind.POINTERS and line.several(pointer.id):
                yield line, pointer
