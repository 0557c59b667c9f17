"""Worksheets: parts with their registers and fields, one file a part, and what only a whole worksheet can show."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from assessment.content.reading import Source, Table
from assessment.content.shared import read_id
from assessment.content.starter_lists import read_starter_lists
from assessment.content.worksheet_marks import check_belonging, choices_of_content, read_actions, read_audit_marks
from assessment.content.worksheet_rules import read_conditions, read_feeds, read_methods, read_rules_of
from assessment.domain.standard import Action, Standard
from assessment.domain.worksheet import Choice, ChoicesFrom, Field, FieldKind, Part, Register, Worksheet
from assessment.domain.worksheet_condition import Condition

FOLDER = "worksheets"


def read_worksheets(source: Source, standards: Mapping[str, Standard], actions: Mapping[str, Action]) -> dict[str, Worksheet]:
    """Read every folder with a ``worksheet.toml`` under ``worksheets``, by id; the name of the folder is the id.

    One that feeds no standard that is installed is left out, unless it is for all.
    """
    folders = sorted(path.parent for path in (source.root / FOLDER).glob("*/worksheet.toml"))
    found = [_read_worksheet(folder, source, standards, actions) for folder in folders]
    return {worksheet.id: worksheet for worksheet in found if worksheet.standards}


def _read_worksheet(
    folder: Path, source: Source, standards: Mapping[str, Standard], actions: Mapping[str, Action]
) -> Worksheet:
    place = f"{FOLDER}/{folder.name}"
    parts = tuple(_read_part(source.read(f"{place}/{path.name}"), standards) for path in sorted(folder.glob("?-*.toml")))
    registers = {register.id: register for part in parts for register in part.registers}
    table = source.read(f"{place}/worksheet.toml")
    if not parts:
        table.fault("", "has no part: a file such as a-first.toml")
    _check_registers(table, parts)
    rules_table = source.read(f"{place}/rules.toml")
    methods = read_methods(rules_table, registers)
    rules = read_rules_of(rules_table, registers, methods)
    questions = {name: {question.ref for question in standard.questions} for name, standard in standards.items()}
    feeds = read_feeds(rules_table, registers, {rule.id for rule in rules}, questions)
    rules_table.close()
    step = table.text("step", "")
    if step.partition("/")[0] in standards and step not in actions:
        table.fault("step", f"'{step}' is not the key of an action")
    first = table.table_or_empty("first")
    worksheet = Worksheet(
        id=folder.name,
        title=table.wording("title"),
        about=table.wording("about"),
        revision=table.text("revision"),
        step=step,
        standards=tuple(standards)
        if table.flag("for-all", default=False)
        else tuple(dict.fromkeys(feed.question.partition("/")[0] for feed in feeds)),
        parts=parts,
        methods=methods,
        rules=rules,
        feeds=feeds,
        starter=read_starter_lists(source, folder, registers, read_demands(table, registers)),
        fresh_for_months=table.whole("fresh-for-months", 1, 60),
        first_register=first.one_of("register", ("", *registers), ""),
        first_when=read_conditions(first, "when", registers.get(str(first.raw("register")))),
        first_parts=known(first, "parts", {part.id for part in parts}),
        lists_in=_place(table, "lists-in", registers, FieldKind.LISTS),
        open_first=_open_first(table, registers),
        actions=read_actions(table, registers),
        accept_rules=known(table, "accept-needs", {rule.id for rule in rules}),
        conclusion_in=table.one_of("conclusion-in", ("", *registers), ""),
        audits=read_audit_marks(table, registers),
    )
    first.close()
    table.close()
    return worksheet


def known(table: Table, field: str, allowed: Collection[str]) -> tuple[str, ...]:
    """Read an optional list of texts that must be among ``allowed``."""
    found = table.texts(field, ())
    for text in found:
        if text not in allowed:
            table.fault(field, f"'{text}' is not known here; known are {', '.join(sorted(allowed))}")
    return tuple(text for text in found if text in allowed)


def _place(table: Table, field: str, registers: Mapping[str, Register], kind: FieldKind) -> str:
    """Read an optional field of a register, as register/field."""
    written = table.text(field, "")
    register, _, name = written.partition("/")
    if written and (register not in registers or name not in registers[register].by_id):
        table.fault(field, f"'{written}' is no field of a register")
        return ""
    if written and registers[register].by_id[name].kind is not kind:
        table.fault(field, f"'{written}' is not of the kind '{kind}'")
    return written


def _open_first(table: Table, registers: Mapping[str, Register]) -> dict[str, tuple[Condition, ...]]:
    found = {}
    for row in table.tables("open-first", at_least=0):
        register = row.one_of("register", tuple(registers))
        found[register] = read_conditions(row, "when", registers.get(register))
        row.close()
    return found


def read_demands(table: Table, registers: Mapping[str, Register]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Read what every starter list must have: a register, and a field with what it says on one candidate at least."""
    demands = []
    for row in table.tables("each-list-has", at_least=0):
        register = row.one_of("register", tuple(registers))
        field = row.text("field", "")
        if field and register in registers and field not in registers[register].by_id:
            row.fault("field", f"'{field}' is no field of '{register}'")
        demands.append((register, field, row.texts("says", ())))
        row.close()
    return tuple(demands)


def _read_part(table: Table, standards: Mapping[str, Standard]) -> Part:
    part = Part(
        id=read_id(table),
        letter=table.text("letter"),
        title=table.wording("title"),
        intro=table.wording("intro"),
        registers=tuple(_read_register(row, standards) for row in table.tables("register")),
    )
    table.close()
    return part


def _read_register(table: Table, standards: Mapping[str, Standard]) -> Register:
    fields = tuple(_read_field(row, standards) for row in table.tables("field"))
    register = Register(
        id=read_id(table),
        prefix=table.text("prefix"),
        title=table.wording("title"),
        about=table.wording("about", ""),
        fields=fields,
        named_by=table.one_of("named-by", tuple(field.id for field in fields)),
        single=table.flag("single", default=False),
        sheet=table.wording("sheet", ""),
        dated_by=table.one_of("dated-by", ("", *(field.id for field in fields if field.kind is FieldKind.DATE)), ""),
        alike=known(table, "alike", {field.id for field in fields}),
    )
    if not 1 <= len(register.prefix) <= 2 or not (register.prefix.isascii() and register.prefix.isupper()):
        table.fault("prefix", f"expected one or two capital letters, found {register.prefix!r}")
    refuse_twice(table, "field", (field.id for field in fields))
    for field in fields:
        if field.differs_from and field.differs_from not in register.by_id:
            table.fault("field", f"'{field.id}' differs from '{field.differs_from}', which is no field here")
        if field.not_before and field.not_before not in register.by_id:
            table.fault("field", f"'{field.id}' is not before '{field.not_before}', which is no field here")
        for condition in field.needed_when:
            if condition.field not in register.by_id:
                table.fault("field", f"'{field.id}' is needed when '{condition.field}', which is no field here")
    table.close()
    return register


def refuse_twice(table: Table, field: str, ids: Iterable[str]) -> None:
    """Record a fault for every id that is there more than once."""
    known_ids = list(ids)
    for twice in sorted({each for each in known_ids if known_ids.count(each) > 1}):
        table.fault(field, f"'{twice}' is used twice")


def _read_field(table: Table, standards: Mapping[str, Standard]) -> Field:
    kind = FieldKind(table.one_of("kind", tuple(FieldKind)))
    choices_from = ChoicesFrom(table.one_of("choices-from", tuple(ChoicesFrom), ""))
    choices = (*choices_of_content(choices_from, standards), *_read_choices(table, kind, choices_from))
    low = table.whole("low", 0, 1_000_000, 0)
    field = Field(
        id=read_id(table),
        kind=kind,
        label=table.wording("label"),
        hint=table.wording("hint", ""),
        needed=table.flag("needed", default=False),
        needed_when=read_conditions(table, "needed-when", None),
        choices=choices,
        units=table.texts("units", ()),
        points_to=table.texts("points-to", ()),
        low=low,
        high=table.whole("high", low, 1_000_000, 1_000_000),
        ahead=table.flag("ahead", default=False),
        differs_from=table.text("differs-from", ""),
        folded=table.flag("folded", default=False),
        choices_from=choices_from,
        belongs_to=table.text("belongs-to", ""),
        not_before=table.text("not-before", ""),
    )
    if bool(field.units) != (kind is FieldKind.AMOUNT):
        table.fault("units", "an amount needs units, and nothing else has any")
    if bool(field.points_to) != (kind is FieldKind.POINTERS):
        table.fault("points-to", "a pointer names the registers it points to, and nothing else does")
    table.close()
    return field


def _read_choices(table: Table, kind: FieldKind, choices_from: ChoicesFrom) -> tuple[Choice, ...]:
    offers = kind in (FieldKind.CHOICE, FieldKind.MANY)
    inner = table.table_or_none("choices")
    has_others = choices_from is not ChoicesFrom.NOWHERE
    if offers != (inner is not None or has_others) or (has_others and not offers):
        table.fault("choices", "a choice needs choices, and nothing else has any")
    if inner is None:
        return ()
    return tuple(Choice(id=name, text=inner.wording(name)) for name in inner.fields())


def _check_registers(table: Table, parts: tuple[Part, ...]) -> None:
    """Demand ids and prefixes that are used once, pointers to registers that are there, and no circle among registers."""
    registers = [register for part in parts for register in part.registers]
    refuse_twice(table, "part", (part.id for part in parts))
    refuse_twice(table, "letter", (part.letter for part in parts))
    refuse_twice(table, "register", (register.id for register in registers))
    refuse_twice(table, "prefix", (register.prefix for register in registers))
    known_ids = {register.id for register in registers}
    arrows = {
        register.id: {target for field in register.fields for target in field.points_to} - {register.id}
        for register in registers
    }
    for register in registers:
        check_belonging(table, register, registers)
        for target in sorted(arrows[register.id] - known_ids):
            table.fault("points-to", f"'{register.id}' points to '{target}', which is no register here")
        if _leads_back(arrows, register.id):
            table.fault("points-to", f"'{register.id}' points to itself by way of others; let one of them point only")


def _leads_back(arrows: Mapping[str, set[str]], start: str) -> bool:
    waiting, seen = list(arrows[start]), set[str]()
    while waiting:
        here = waiting.pop()
        if here == start:
            return True
        if here not in seen:
            seen.add(here)
            waiting += arrows.get(here, ())
    return False
