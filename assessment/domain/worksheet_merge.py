"""How two people's work on one line of a worksheet comes together, field by field."""

from collections.abc import Mapping
from dataclasses import replace

from assessment.domain.merge import merge_fields
from assessment.domain.worksheet import FieldKind, Register
from assessment.domain.worksheet_condition import Value
from assessment.domain.worksheet_entry import longest
from assessment.domain.worksheet_lines import Line

# Kinds of fields of which both people's can be kept: a long text, and lists that only grow.
_JOINED = (FieldKind.TEXT, FieldKind.MANY, FieldKind.LISTS, FieldKind.POINTERS)


def clashing(base: Line, mine: Line, theirs: Line) -> frozenset[str]:
    """Return the fields that both changed, differently."""
    return _merged(base, mine, theirs)[1]


def mine_over_theirs(base: Line, mine: Line, theirs: Line) -> Line:
    """Return their line with every field that I changed as I have it; a deleted one is there again."""
    merged, clashes = _merged(base, mine, theirs)
    values = {**merged, **{name: mine.values.get(name, "") for name in clashes}}
    return replace(theirs, values=_filled(values), removed=False)


def joined(register: Register, base: Line, mine: Line, theirs: Line) -> Line:
    """Return the same, with long texts and lists of both where both changed them: theirs first, nothing twice.

    A text that would be too long stays mine.
    """
    line = mine_over_theirs(base, mine, theirs)
    values = dict(line.values)
    for name in clashing(base, mine, theirs):
        field = register.by_id.get(name)
        if field is None or field.kind not in _JOINED:
            continue
        if field.kind is FieldKind.TEXT:
            text = "\n\n".join(dict.fromkeys(text for text in (theirs.text(name), mine.text(name)) if text))
            values[name] = text if len(text) <= longest(field) else values.get(name, "")
        else:
            values[name] = tuple(dict.fromkeys((*theirs.several(name), *mine.several(name))))
    return replace(line, values=_filled(values))


def can_join(register: Register, base: Line, mine: Line, theirs: Line) -> bool:
    """Tell whether joining keeps something that taking mine would not."""
    return joined(register, base, mine, theirs) != mine_over_theirs(base, mine, theirs)


def _merged(base: Line, mine: Line, theirs: Line) -> tuple[dict[str, Value], frozenset[str]]:
    names = base.values.keys() | mine.values.keys() | theirs.values.keys()
    sides = [{name: side.values.get(name, "") for name in names} for side in (base, mine, theirs)]
    return merge_fields(base=sides[0], mine=sides[1], theirs=sides[2])


def _filled(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value}
