"""What a worksheet marks for other rooms: steps of the plan, what auditors found, and choices that come from the standards."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from assessment.content.reading import Table
from assessment.content.worksheet_rules import read_conditions
from assessment.domain.clauses import area_of, clause_order
from assessment.domain.standard import Edition, Standard
from assessment.domain.worksheet import Choice, ChoicesFrom, FieldKind, Register
from assessment.domain.worksheet_marks import ActionRegister, AuditMarks, BeforeOtherwise


def choices_of_content(choices_from: ChoicesFrom, standards: Mapping[str, Standard]) -> tuple[Choice, ...]:
    """Return the choices that a field takes from the standards that are installed: themselves, or the areas of each."""
    if choices_from is ChoicesFrom.STANDARDS:
        return tuple(Choice(id=standard.id, text=standard.name) for standard in standards.values())
    if choices_from is ChoicesFrom.AREAS:
        return tuple(choice for standard in standards.values() for choice in _areas(standard))
    return ()


def _areas(standard: Standard) -> Iterator[Choice]:
    """Yield the areas of all editions of a standard; one that is called otherwise in an edition has all its names."""
    names: dict[str, dict[str, None]] = {}
    for edition in sorted(standard.editions, key=lambda edition: edition.published, reverse=True):
        asked = {numbers[0] for question in standard.questions if (numbers := question.clauses.get(edition.id))}
        for area in {area_of(number, edition.clauses) for number in asked}:
            names.setdefault(area, {})[_title(edition, area)] = None
    for area in sorted(names, key=clause_order):
        yield Choice(id=f"{standard.id}/{area}", text=f"{standard.name} {area} {' / '.join(names[area])}")


def _title(edition: Edition, area: str) -> str:
    """Return the title of an area; of several that are called alike, after that of the clause above."""
    title, above = edition.clauses[area].title, edition.clauses.get(area.rpartition(".")[0])
    is_alone = sum(clause.title == title for clause in edition.clauses.values()) == 1
    return title if is_alone or above is None or above.title == title else f"{above.title}: {title}"


def check_belonging(table: Table, register: Register, registers: Iterable[Register]) -> None:
    """Record a fault for a field that belongs to what no pointer of its register leads to."""
    by_id = {other.id: other for other in registers}
    for field in register.fields:
        pointer, _, said = field.belongs_to.partition("/")
        targets = register.by_id[pointer].points_to if pointer in register.by_id else ()
        if field.belongs_to and not any(said in by_id[target].by_id for target in targets if target in by_id):
            table.fault("belongs-to", f"'{field.belongs_to}' is no field of what a pointer of '{register.id}' points to")


def read_actions(table: Table, registers: Mapping[str, Register]) -> tuple[ActionRegister, ...]:
    """Read which registers are lists of actions, and which of their fields say who, until when and done when."""
    found = []
    for row in table.tables("actions", at_least=0):
        register = registers.get(row.one_of("register", tuple(registers)))
        before = row.table_or_empty("before")
        marked = ActionRegister(
            register=register.id if register else "",
            owner=row.text("owner"),
            due=row.text("due"),
            done=row.text("done"),
            because=row.text("because", ""),
            title=row.text("title", ""),
            when=read_conditions(row, "when", register),
            or_field=row.text("or-field", ""),
            effect=row.text("effect", ""),
            effective=row.texts("effective", ()),
            not_effective=row.texts("not-effective", ()),
            before_by=row.text("before-by", ""),
            before={name: before.wording(name) for name in before.fields()},
            otherwise=_read_otherwise(row, register, registers),
        )
        _check_kinds(
            row,
            register,
            {
                "owner": (FieldKind.LINE,),
                "due": (FieldKind.DATE,),
                "done": (FieldKind.DATE,),
                "because": (FieldKind.POINTERS,),
                "title": (FieldKind.LINE, FieldKind.TEXT),
                "or-field": (FieldKind.LINE, FieldKind.TEXT),
                "effect": (FieldKind.CHOICE,),
                "before-by": (FieldKind.CHOICE,),
            },
        )
        _check_choices(row, "effect", register, marked.effect, (*marked.effective, *marked.not_effective))
        _check_choices(row, "before", register, marked.before_by, marked.before)
        if marked.otherwise:
            _check_choices(row, "otherwise", register, marked.before_by, marked.otherwise.before)
        before.close()
        row.close()
        found.append(marked)
    return tuple(found)


def _read_otherwise(of: Table, register: Register | None, registers: Mapping[str, Register]) -> BeforeOtherwise | None:
    """Read what tells until when instead, by a line that a pointer leads to; ``None`` where nothing does."""
    row = of.table_or_none("otherwise")
    if row is None:
        return None
    before = row.table("before")
    found = BeforeOtherwise(
        pointer=row.text("pointer"),
        field=row.text("field"),
        says=row.texts("says"),
        before={name: before.wording(name) for name in before.fields()},
    )
    _check_kinds(row, register, {"pointer": (FieldKind.POINTERS,)})
    for target in register.by_id[found.pointer].points_to if register and found.pointer in register.by_id else ():
        _check_choices(row, "says", registers.get(target), found.field, found.says)
    before.close()
    row.close()
    return found


def read_audit_marks(table: Table, registers: Mapping[str, Register]) -> AuditMarks | None:
    """Read where a worksheet holds what auditors really found; ``None`` where it does not."""
    row = table.table_or_none("found-by-auditors")
    if row is None:
        return None
    audits = registers.get(row.one_of("audits", tuple(registers)))
    findings = registers.get(row.one_of("findings", tuple(registers)))
    marks = AuditMarks(
        audits=audits.id if audits else "",
        kind=row.text("kind"),
        standards=row.text("standards"),
        began=row.text("began"),
        ended=row.text("ended"),
        complete=row.text("complete"),
        findings=findings.id if findings else "",
        audit=row.text("audit"),
        area=row.text("area"),
        grade=row.text("grade"),
        closed=row.text("closed"),
        counted=row.texts("counted"),
        majors=row.texts("majors"),
        minors=row.texts("minors", ()),
        of_stops=row.texts("of-stops", ()),
        before_certificate=row.texts("before-certificate", ()),
        months_to_close=row.whole("months-to-close", 1, 60),
        stage_1_stands_weeks=row.whole("stage-1-stands-weeks", 1, 260),
        few=row.whole("few", 1, 1000),
    )
    days = dict.fromkeys(("began", "ended"), (FieldKind.DATE,))
    of_audits = {"kind": (FieldKind.CHOICE,), "standards": (FieldKind.MANY,), "complete": (FieldKind.TICK,), **days}
    of_findings = {"audit": (FieldKind.POINTERS,), "area": (FieldKind.CHOICE,), "grade": (FieldKind.CHOICE,)}
    _check_kinds(row, audits, of_audits)
    _check_kinds(row, findings, {**of_findings, "closed": (FieldKind.DATE,)})
    _check_choices(row, "kind", audits, marks.kind, (*marks.of_stops, *marks.before_certificate))
    _check_choices(row, "grade", findings, marks.grade, (*marks.counted, *marks.majors, *marks.minors))
    row.close()
    return marks


def _check_kinds(row: Table, register: Register | None, wanted: Mapping[str, tuple[FieldKind, ...]]) -> None:
    """Record a fault for every field that is named and is not of the kind that is wanted."""
    kinds = {field.id: field.kind for field in register.fields} if register else {}
    for name, allowed in wanted.items():
        field = row.raw(name)
        if register and field and kinds.get(str(field)) not in allowed:
            row.fault(name, f"'{field}' is no field of the kind '{allowed[0]}' in that register")


def _check_choices(row: Table, name: str, register: Register | None, field: str, said: Collection[str]) -> None:
    """Record a fault for everything that a field is said to say and does not offer."""
    offered = {choice.id for choice in register.by_id[field].choices} if register and field in register.by_id else set()
    for choice in said:
        if register and choice not in offered:
            row.fault(name, f"'{choice}' is nothing that '{field}' can say")
