"""The columns of a worksheet's sheets and the words in their cells: what is written, and what is read back."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessment.domain.worksheet import Field, FieldKind, Register
from assessment.domain.worksheet_lines import Filled, Line

# Names in this module are part of the file's format and stay as they are, in whatever language a workbook is read.
FORMAT = "iso-readiness/worksheet/1"
# The row with the names of the columns, that with their heads, and the first line; from 0.
NAMES_AT, HEADS_AT, FIRST_ROW = 2, 3, 4
# The hidden sheet with long lists to choose from.
LISTS = "Lists"
_NAME_OF_ID = re.compile(r"([a-z0-9-]+)#id")
_YES = frozenset({"yes", "x", "true", "1", "✓"})
_NO = frozenset({"", "no", "false", "0"})


@dataclass(frozen=True, kw_only=True)
class FieldColumn:
    """One column that people fill in: a field, or the unit of an amount."""

    register: Register
    field: Field
    is_unit: bool = False

    @property
    def name(self) -> str:
        """What an upload finds it by."""
        return f"{self.register.id}/{self.field.id}{'#unit' if self.is_unit else ''}"


def id_name(register_id: str) -> str:
    """Return the name of the column with the ids of lines."""
    return f"{register_id}#id"


def version_name(register_id: str) -> str:
    """Return the name of the column with the version a line had when it was downloaded."""
    return f"{register_id}#version"


def verdict_name(register_id: str) -> str:
    """Return the name of the column that says what a line counts as; it is not read back."""
    return f"{register_id}#verdict"


def register_named(names: Sequence[str]) -> str:
    """Return the id of the register whose columns a row names; empty where it names none."""
    return next((found[1] for name in names if (found := _NAME_OF_ID.fullmatch(name))), "")


def columns_of(register: Register) -> Iterator[FieldColumn]:
    """Yield the columns that people fill in, in the order of the fields, folded ones last."""
    for field in sorted(register.fields, key=lambda field: field.folded):
        yield FieldColumn(register=register, field=field)
        if field.kind is FieldKind.AMOUNT and len(field.units) > 1:
            yield FieldColumn(register=register, field=field, is_unit=True)


def cell_text(filled: Filled, line: Line, column: FieldColumn) -> str:
    """Return what a cell says: days as ISO, choices by their text, several of them on a line each, lines by their ids."""
    field = column.field
    if field.kind is FieldKind.AMOUNT:
        told = (*line.several(field.id), "", "")
        return told[1] if column.is_unit else told[0]
    if field.kind is FieldKind.POINTERS:
        return ", ".join(line.several(field.id))
    if field.kind is FieldKind.LISTS:
        titles = {each.id: each.title for each in filled.worksheet.starter.lists}
        return "\n".join(titles.get(each, each) for each in line.several(field.id))
    if field.kind is FieldKind.MANY:
        return "\n".join(field.text_of(each) for each in line.several(field.id))
    return field.text_of(line.text(field.id))


def typed_text(filled: Filled, field: Field, cells: Sequence[str]) -> tuple[str, ...]:
    """Return what the cells of a field say, as a form would send it. What is no choice stays as it is, to be refused."""
    text = cells[0]
    if field.kind is FieldKind.AMOUNT:
        return tuple(cells)
    if field.kind is FieldKind.CHOICE:
        return (_id_of(text, {choice.text: choice.id for choice in field.choices}),)
    if field.kind is FieldKind.MANY:
        return _ids_of(text, {choice.text: choice.id for choice in field.choices})
    if field.kind is FieldKind.LISTS:
        return _ids_of(text, {each.title: each.id for each in filled.worksheet.starter.lists})
    if field.kind is FieldKind.TICK:
        said = text.strip().casefold()
        return ("yes",) if said in _YES else () if said in _NO else (text,)
    return (text,)


def _id_of(text: str, ids: dict[str, str]) -> str:
    by_text = {name.casefold(): known for name, known in ids.items()}
    return by_text.get(text.strip().casefold(), text.strip())


def _ids_of(text: str, ids: dict[str, str]) -> tuple[str, ...]:
    found: list[str] = []
    for part in filter(None, (part.strip() for part in text.split("\n"))):
        known = _id_of(part, ids)
        is_one = known != part or part in ids.values()
        found += [known] if is_one else [_id_of(each, ids) for each in re.split("[;,]", part) if each.strip()]
    return tuple(found)
