"""The rules of a worksheet: how lines are scored, what is complete, and what it may propose to which question."""

from collections.abc import Collection, Mapping

from assessment.content.reading import Table
from assessment.content.shared import RUNG_IDS, read_id
from assessment.domain.rules import Rung
from assessment.domain.significance_method import Addend, Factor, Join, Method, Override, OverrideKind
from assessment.domain.worksheet import CompletenessRule, Feed, Field, FieldKind, Register, RuleKind
from assessment.domain.worksheet_condition import ANYTHING, Condition
from assessment.domain.worksheet_feeds import HIGHEST


def read_conditions(table: Table, field: str, register: Register | None) -> tuple[Condition, ...]:
    """Read an optional list of conditions; where ``register`` is given they must be about its fields and choices."""
    found = []
    for row in table.tables(field, at_least=0):
        number = row.whole("at-least", 0, 1000, -1) if row.raw("at-least") is not None else None
        months = row.whole("within-months", 1, 600) if row.raw("within-months") is not None else None
        condition = Condition(
            field=row.text("field"),
            says=row.texts("says", ()),
            at_least=number,
            within_months=months,
            empty=row.flag("empty", default=False),
        )
        if not condition.says and number is None and months is None and not condition.empty:
            row.fault("says", "is missing, and so are at-least, within-months and empty")
        if register is not None:
            _check_condition(row, condition, register)
        row.close()
        found.append(condition)
    return tuple(found)


def _check_condition(row: Table, condition: Condition, register: Register) -> None:
    field = register.by_id.get(condition.field)
    if field is None:
        row.fault("field", f"'{condition.field}' is no field of '{register.id}'")
        return
    offered = {"yes"} if field.kind is FieldKind.TICK else {choice.id for choice in field.choices}
    for said in condition.says:
        if said not in offered | {ANYTHING}:
            row.fault("says", f"'{said}' is nothing that '{condition.field}' can say")


def read_methods(table: Table, registers: Mapping[str, Register]) -> tuple[Method, ...]:
    """Read how lines are scored."""
    return tuple(_read_method(row, registers) for row in table.tables("method", at_least=0))


def _read_method(table: Table, registers: Mapping[str, Register]) -> Method:
    register = registers.get(table.one_of("register", tuple(registers)))
    factors = []
    for row in table.tables("factor"):
        fields = row.texts("fields")
        join = Join(row.one_of("join", tuple(Join)))
        if (join is Join.ONLY) != (len(fields) == 1):
            row.fault("join", f"'{Join.ONLY}' is for one field, the others are for several")
        factors.append(Factor(title=row.wording("title"), fields=fields, join=join))
        row.close()
    addends = []
    for row in table.tables("addend", at_least=0):
        addends.append(Addend(field=row.text("field"), times=row.whole("times", 1, 20)))
        row.close()
    settings = registers.get(table.one_of("settings", ("", *registers), ""))
    after = table.table_or_empty("after")
    method = Method(
        id=read_id(table),
        register=register.id if register else "",
        title=table.wording("title"),
        explained=table.wording("explained"),
        counts_as=table.wording("counts-as"),
        factors=tuple(factors),
        addends=tuple(addends),
        threshold=table.whole("threshold", 1, 1000),
        overrides=tuple(_read_override(row, register, registers) for row in table.tables("override", at_least=0)),
        settings=settings.id if settings else "",
        threshold_field=_field_of(table, "threshold-field", settings, FieldKind.WHOLE),
        join_field=_field_of(table, "join-field", settings, FieldKind.CHOICE),
        after={name: after.text(name) for name in after.fields()},
        verdict_field=_field_of(table, "verdict-field", register, FieldKind.CHOICE),
        reason_field=_field_of(table, "reason-field", register, FieldKind.TEXT),
        apart=read_conditions(table, "apart", register),
        hint_from=table.whole("hint-from", 0, 1000, 0),
    )
    for name in (*method.fields, *method.after, *method.after.values()):
        if register is not None and not _is_scored(register.by_id.get(name)):
            table.fault("factor", f"'{name}' is no choice of '{register.id}' whose ids are numbers")
    if bool(method.verdict_field) != bool(method.reason_field):
        table.fault("reason-field", "a verdict by hand and its reason go together")
    table.close()
    return method


def _is_scored(field: Field | None) -> bool:
    return field is not None and bool(field.choices) and all(choice.id.isdecimal() for choice in field.choices)


def _field_of(table: Table, field: str, register: Register | None, kind: FieldKind) -> str:
    """Read an optional field of a register that is of a kind."""
    name = table.text(field, "")
    if name and (register is None or name not in register.by_id or register.by_id[name].kind is not kind):
        table.fault(field, f"'{name}' is no field of the kind '{kind}' there")
        return ""
    return name


def _read_override(table: Table, own: Register | None, registers: Mapping[str, Register]) -> Override:
    kind = OverrideKind(table.one_of("kind", tuple(OverrideKind)))
    register = registers.get(table.one_of("register", ("", *registers), ""))
    through = table.text("through", "")
    pointing = own if kind is OverrideKind.POINTED_AT else register
    if kind is OverrideKind.LINE:
        register = own
    else:
        _field_pointing(table, through, pointing)
    override = Override(
        id=read_id(table),
        kind=kind,
        text=table.wording("text"),
        when=read_conditions(table, "when", register),
        register=register.id if register else "",
        through=through,
    )
    table.close()
    return override


def _field_pointing(table: Table, through: str, register: Register | None) -> None:
    if register is None or through not in register.by_id or register.by_id[through].kind is not FieldKind.POINTERS:
        table.fault("through", f"'{through}' is no pointer of the register that points")


def read_rules_of(table: Table, registers: Mapping[str, Register], methods: tuple[Method, ...]) -> tuple[CompletenessRule, ...]:
    """Read what a complete worksheet has."""
    by_id = {method.id: method for method in methods}
    rules = tuple(_read_rule(row, registers, by_id) for row in table.tables("rule", at_least=0))
    ids = [rule.id for rule in rules]
    for twice in sorted({each for each in ids if ids.count(each) > 1}):
        table.fault("rule", f"'{twice}' is used twice")
    return rules


def _read_rule(table: Table, registers: Mapping[str, Register], methods: Mapping[str, Method]) -> CompletenessRule:
    kind = RuleKind(table.one_of("kind", tuple(RuleKind)))
    method = table.one_of("method", ("", *methods), "")
    register = registers.get(table.one_of("register", tuple(registers)))
    by = registers.get(table.one_of("by", ("", *registers), ""))
    reasons = registers.get(table.one_of("reasons", ("", *registers), ""))
    rule = CompletenessRule(
        id=read_id(table),
        kind=kind,
        register=register.id if register else "",
        says=table.wording("says"),
        where=read_conditions(table, "where", register),
        must=read_conditions(table, "must", register),
        percent=table.whole("percent", 1, 100, 100),
        least=table.whole("least", 1, 1000, 1),
        by=by.id if by else "",
        through=table.text("through", ""),
        by_where=read_conditions(table, "by-where", by),
        or_field=table.text("or-field", ""),
        reasons=reasons.id if reasons else "",
        field=table.text("field", ""),
        method=method,
        one_of=table.texts("one-of", ()),
    )
    _check_rule(table, rule, registers)
    table.close()
    return rule


def _check_rule(table: Table, rule: CompletenessRule, registers: Mapping[str, Register]) -> None:
    """Demand of a rule what its kind needs, and fields that are there."""
    own = registers.get(rule.register)
    if rule.kind is RuleKind.FOLLOWED:
        _field_pointing(table, rule.through, registers.get(rule.by))
    if rule.kind is RuleKind.MATCH and not rule.must:
        table.fault("must", "is missing")
    if rule.kind is RuleKind.SCORED and not (rule.method and rule.one_of):
        table.fault("method", "is missing, or one-of is")
    if rule.kind is RuleKind.COVERS and own is not None:
        _check_covers(table, rule, own, registers.get(rule.reasons))
    for name in (rule.or_field, *rule.one_of):
        if name and own is not None and name not in own.by_id:
            table.fault("or-field", f"'{name}' is no field of '{rule.register}'")


def _check_covers(table: Table, rule: CompletenessRule, own: Register, reasons: Register | None) -> None:
    field = own.by_id.get(rule.field)
    if field is None or not field.choices:
        table.fault("field", f"'{rule.field}' is no choice of '{rule.register}'")
        return
    for choice in field.choices if reasons else ():
        if reasons is not None and choice.id not in reasons.by_id:
            table.fault("reasons", f"'{rule.reasons}' has no field '{choice.id}' for a reason")


def read_feeds(
    table: Table, registers: Mapping[str, Register], rules: Collection[str], standards: Mapping[str, Collection[str]]
) -> tuple[Feed, ...]:
    """Read what a worksheet may propose: never more than that people work that way.

    ``standards`` has the refs of the questions of each. What is for a standard that is not installed is left out.
    """
    feeds = []
    for row in table.tables("feed", at_least=0):
        question = row.text("question")
        standard = question.partition("/")[0]
        if standard in standards and question not in standards[standard]:
            row.fault("question", f"'{question}' is no question of a standard")
        rung = Rung.of(row.one_of("rung", RUNG_IDS))
        if rung > HIGHEST:
            row.fault("rung", f"a list shows no more than '{HIGHEST.id}'")
        feed = Feed(
            question=question,
            rung=rung,
            rules=_known(row, "rules", rules),
            complete=_known(row, "complete", registers),
            shown_by=_known(row, "shown-by", registers),
            done_on=row.text("done-on", ""),
        )
        fields = [registers[name].by_id.get(feed.done_on) for name in feed.shown_by]
        if feed.done_on and any(field is None or field.kind is not FieldKind.DATE for field in fields):
            row.fault("done-on", f"'{feed.done_on}' is no date of each register it is shown by")
        if not feed.rules and not feed.complete:
            row.fault("rules", "is missing, and so is complete")
        row.close()
        if standard in standards:
            feeds.append(feed)
    return tuple(feeds)


def _known(table: Table, field: str, allowed: Collection[str]) -> tuple[str, ...]:
    found = table.texts(field, ())
    for text in found:
        if text not in allowed:
            table.fault(field, f"'{text}' is not known here")
    return tuple(text for text in found if text in allowed)
