"""Starter lists of a worksheet: lists by sector and their candidates, with every id checked."""

from collections.abc import Mapping
from pathlib import Path

from assessment.content.reading import Source, Table
from assessment.content.shared import read_id
from assessment.domain.starter_list import Candidate, StarterList, StarterLists
from assessment.domain.worksheet import FieldKind, Register
from assessment.domain.worksheet_condition import Value

CONFIDENCE = ("several", "one", "unverified", "judgement")
Demands = tuple[tuple[str, str, tuple[str, ...]], ...]


def read_starter_lists(source: Source, folder: Path, registers: Mapping[str, Register], demands: Demands) -> StarterLists:
    """Read the folder ``starter`` of a worksheet: ``lists.toml`` and any file with candidates. A worksheet may have none."""
    place = folder / "starter"
    if not place.is_dir():
        return StarterLists()
    base = place.relative_to(source.root).as_posix()
    table = source.read(f"{base}/lists.toml")
    lists = tuple(_read_list(row) for row in table.tables("list"))
    table.close()
    candidates: list[Candidate] = []
    for path in sorted(place.glob("*.toml")):
        if path.name != "lists.toml":
            file = source.read(f"{base}/{path.name}")
            rows = file.tables("candidate")
            candidates += [_read_candidate(row, {each.id for each in lists}, registers) for row in rows]
            file.close()
    _check_candidates(table, lists, candidates, demands)
    names = {register.id: register.named_by for register in registers.values()}
    return StarterLists(lists=lists, candidates=tuple(candidates), name_fields=names)


def _read_list(table: Table) -> StarterList:
    found = StarterList(
        id=read_id(table),
        title=table.wording("title"),
        examples=table.wording("examples"),
        for_all=table.flag("for-all", default=False),
    )
    table.close()
    return found


def _read_candidate(table: Table, lists: set[str], registers: Mapping[str, Register]) -> Candidate:
    list_id = table.text("list", "")
    if list_id and list_id not in lists:
        table.fault("list", f"'{list_id}' is not a starter list")
    inside = [name for name in registers if table.raw(name) is not None]
    if len(inside) != 1:
        table.fault("", f"expected the fields of one register, found {', '.join(inside) or 'none'}")
    register = registers[inside[0]] if inside else None
    values, points = _read_values(table.table(register.id), register) if register else ({}, {})
    candidate = Candidate(
        id=read_id(table),
        list_id=list_id,
        register=register.id if register else "",
        values=values,
        points=points,
        as_of=table.day("as-of"),
        applies_when=table.wording("applies-when", ""),
        status=table.wording("status", ""),
        source=table.text("source", ""),
        not_for=_known(table, "not-for", lists),
        confidence=table.one_of("confidence", CONFIDENCE),
    )
    table.close()
    return candidate


def _known(table: Table, field: str, lists: set[str]) -> tuple[str, ...]:
    found = table.texts(field, ())
    for name in found:
        if name not in lists:
            table.fault(field, f"'{name}' is not a starter list")
    return found


def _read_values(table: Table, register: Register) -> tuple[dict[str, Value], dict[str, tuple[str, ...]]]:
    """Read the fields of a candidate; what would point at lines names candidates instead."""
    values: dict[str, Value] = {}
    points = {}
    for field in register.fields:
        if table.raw(field.id) is None:
            continue
        if field.kind is FieldKind.POINTERS:
            points[field.id] = table.texts(field.id, ())
        elif field.kind is FieldKind.CHOICE:
            values[field.id] = table.one_of(field.id, tuple(choice.id for choice in field.choices))
        elif field.kind in (FieldKind.LINE, FieldKind.TEXT):
            values[field.id] = table.wording(field.id)
    if register.named_by not in values:
        table.fault(register.named_by, "is missing: a line is named by it")
    table.close()
    return values, points


def _check_candidates(table: Table, lists: tuple[StarterList, ...], candidates: list[Candidate], demands: Demands) -> None:
    ids = [candidate.id for candidate in candidates]
    for twice in sorted({each for each in ids if ids.count(each) > 1}):
        table.fault("candidate", f"'{twice}' is used twice")
    pointed = {target for each in candidates for targets in each.points.values() for target in targets}
    for unknown in sorted(pointed - set(ids)):
        table.fault("candidate", f"'{unknown}' is pointed at and is no candidate")
    for candidate in candidates:
        if not candidate.list_id and candidate.id not in pointed:
            table.fault("candidate", f"'{candidate.id}' is on no list, and none on a list points at it")
    for starter_list in lists:
        of_list = [candidate for candidate in candidates if candidate.list_id == starter_list.id]
        for register, field, says in demands:
            if not any(each.register == register and (not field or each.values.get(field) in says) for each in of_list):
                wanted = f" whose '{field}' is one of {', '.join(says)}" if field else ""
                table.fault("list", f"'{starter_list.id}' has no candidate for '{register}'{wanted}")
