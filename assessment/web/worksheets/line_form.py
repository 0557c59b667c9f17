"""The form of one line: its fields as a page shows them, and what was typed in them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from assessment.domain.completeness import chosen_lists
from assessment.domain.worksheet import ChoicesFrom, Field, FieldKind, Register
from assessment.domain.worksheet_faults import FieldFault
from assessment.domain.worksheet_lines import Filled, Line
from assessment.reports.wording.worksheet_lines import line_in_full
from assessment.web.wording.worksheet_faults import fault_in_words

# Beginning of the names of fields, and the name of the list of those that a form has.
PREFIX, SHOWN = "f-", "shown"
# With more lines to choose from, their ids are typed instead of ticked.
MOST_TO_TICK = 30


@dataclass(frozen=True, kw_only=True)
class FieldView:
    """One field as a page shows it. ``options`` are value, text and whether it is chosen; ``value`` is what is typed.

    ``many`` says that there are more lines to point at than can be ticked.
    """

    register: str
    field: Field
    name: str
    value: str
    unit: str
    options: tuple[tuple[str, str, bool], ...]
    errors: tuple[str, ...]
    many: bool = False

    @property
    def widget(self) -> str:
        """Which control it is: line, text, select, boxes, box, date, amount, whole, or none with nothing to choose."""
        kind = self.field.kind
        if kind is FieldKind.POINTERS and not self.options:
            return "line" if self.value or self.many else "none"
        return _WIDGETS.get(kind, kind.value)


_WIDGETS = {
    FieldKind.CHOICE: "select",
    FieldKind.MANY: "boxes",
    FieldKind.LISTS: "boxes",
    FieldKind.POINTERS: "boxes",
    FieldKind.TICK: "box",
}
Typed = dict[str, tuple[str, ...]]


def typed_in(register: Register, form: "MultiDict[str, str]") -> Typed:
    """Return the texts of every field that a form had, ticked or not."""
    shown = set(form.getlist(SHOWN))
    typed = {}
    for field in register.fields:
        name = PREFIX + field.id
        if name in form or field.id in shown:
            typed[field.id] = tuple(form.getlist(name))
    return typed


def views(
    filled: Filled,
    register: Register,
    line: Line,
    typed: Typed | None = None,
    faults: Sequence[FieldFault] = (),
    chosen: Collection[str] = (),
) -> tuple[FieldView, ...]:
    """Return the fields of a line: what was typed where there is something, what is stored otherwise.

    Of choices that belong to standards those of the ``chosen`` ones are offered, and what is said already.
    """
    shown = (_view(filled, register, field, line, (typed or {}).get(field.id), faults) for field in register.fields)
    return tuple(_of_chosen(view, chosen) for view in shown)


def _of_chosen(view: FieldView, chosen: Collection[str]) -> FieldView:
    if view.field.choices_from is ChoicesFrom.NOWHERE or not chosen:
        return view
    known = {choice.id.partition("/")[0] for choice in view.field.choices if "/" in choice.id}
    known |= {choice.id for choice in view.field.choices} if view.field.choices_from is ChoicesFrom.STANDARDS else set()
    left_out = known.difference(chosen)
    kept = tuple(each for each in view.options if each[2] or each[0].partition("/")[0] not in left_out)
    return replace(view, options=kept)


def _view(
    filled: Filled, register: Register, field: Field, line: Line, typed: tuple[str, ...] | None, faults: Iterable[FieldFault]
) -> FieldView:
    told = line.several(field.id) if typed is None else typed
    is_amount = field.kind is FieldKind.AMOUNT
    options = tuple((value, text, value in told) for value, text in _offered(filled, field, line, told))
    listed = ", ".join(told) if field.kind is FieldKind.POINTERS else (told[0] if told else "")
    return FieldView(
        register=register.id,
        field=field,
        name=PREFIX + field.id,
        value=listed,
        unit=told[1] if is_amount and len(told) > 1 else "",
        options=options,
        errors=tuple(fault_in_words(fault, filled.worksheet) for fault in faults if fault.field.id == field.id),
        many=sum(len(filled.of(name)) for name in field.points_to) > MOST_TO_TICK,
    )


def _offered(filled: Filled, field: Field, line: Line, told: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the values that a field offers, each with its text; none where ids are typed."""
    if field.kind in (FieldKind.CHOICE, FieldKind.MANY):
        return [(choice.id, choice.text) for choice in field.choices]
    if field.kind is FieldKind.LISTS:
        return [(each.id, f"{each.title}: {each.examples}") for each in filled.worksheet.starter.lists if not each.for_all]
    if field.kind is not FieldKind.POINTERS:
        return []
    lines = [target for name in field.points_to for target in filled.of(name) if target.id != line.id]
    if len(lines) > MOST_TO_TICK or not set(told) <= {target.id for target in lines}:
        return []
    return [(target.id, line_in_full(filled, target)) for target in lines]


def lists_of(filled: Filled) -> tuple[str, ...]:
    """Return the ids of all starter lists of a worksheet."""
    return tuple(each.id for each in filled.worksheet.starter.lists)


def has_candidates(filled: Filled, register: Register) -> bool:
    """Tell whether something is offered for a register."""
    return any(each.register == register.id for each in filled.worksheet.starter.offered(chosen_lists(filled)))
