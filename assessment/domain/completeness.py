"""What is missing for a complete worksheet. Nothing of it stands in the way of saving."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType

from assessment.domain.significance import significance
from assessment.domain.worksheet import CompletenessRule, Field, Part, Register, RuleKind
from assessment.domain.worksheet_condition import Condition
from assessment.domain.worksheet_lines import Filled, Line


@dataclass(frozen=True, kw_only=True)
class Missing:
    """One thing that is missing: in which register, on which line where it is about one, and the field or the rule.

    ``choice`` is the text of a choice that no line is about, ``count`` how many candidates wait or lines are not so.
    """

    register: Register
    line: Line | None = None
    field: Field | None = None
    rule: CompletenessRule | None = None
    choice: str = ""
    count: int = 0


@dataclass(frozen=True, kw_only=True)
class Completeness:
    """How complete a worksheet is on a day."""

    filled: Filled
    today: date

    @cached_property
    def by_rule(self) -> Mapping[str, tuple[Missing, ...]]:
        """What is missing by each rule."""
        return {rule.id: tuple(_CHECKS[rule.kind](self, rule)) for rule in self.filled.worksheet.rules}

    @cached_property
    def by_register(self) -> Mapping[str, tuple[Missing, ...]]:
        """The needed fields that are not filled in, by register."""
        return {name: tuple(self._empty_fields(register)) for name, register in self.filled.worksheet.registers.items()}

    def of_part(self, part: Part) -> tuple[Missing, ...]:
        """Return what is missing in a part."""
        ids = {register.id for register in part.registers}
        of_rules = (each for missing in self.by_rule.values() for each in missing if each.register.id in ids)
        of_fields = (each for register in part.registers for each in self.by_register[register.id])
        return (*of_rules, *of_fields)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return not any(self.by_rule.values()) and not any(self.by_register.values())

    @cached_property
    def parts_complete(self) -> int:
        """In how many parts something is filled in and nothing is missing; all of them where nothing is missing anywhere."""
        parts = self.filled.worksheet.parts
        if self.is_complete:
            return len(parts)
        begun = (part for part in parts if any(self.filled.of(register.id) for register in part.registers))
        return sum(not self.of_part(part) for part in begun)

    def is_filled_in(self, register_id: str) -> bool:
        """Tell whether a register has a line, and every needed field of its lines is filled in."""
        return bool(self.filled.of(register_id)) and not self.by_register[register_id]

    def holds(self, conditions: tuple[Condition, ...], line: Line) -> bool:
        """Tell whether conditions hold for a line today."""
        return all(condition.holds(line.values, self.today) for condition in conditions)

    def lines(self, rule: CompletenessRule) -> list[Line]:
        """Return the lines that a rule is about."""
        return [line for line in self.filled.of(rule.register) if self.holds(rule.where, line)]

    def _empty_fields(self, register: Register) -> Iterator[Missing]:
        lines = self.filled.of(register.id) or ((self.filled.single(register.id),) if register.single else ())
        for line in lines:
            for field in register.fields:
                if field.is_needed_in(line.values, self.today) and not line.values.get(field.id):
                    yield Missing(register=register, line=line, field=field)


def _some(complete: Completeness, rule: CompletenessRule) -> Iterator[Missing]:
    if len(complete.lines(rule)) < rule.least and not _reason(complete, rule, rule.field or rule.id):
        yield Missing(register=complete.filled.worksheet.registers[rule.register], rule=rule)


def _reason(complete: Completeness, rule: CompletenessRule, name: str) -> str:
    return complete.filled.single(rule.reasons).text(name).strip() if rule.reasons else ""


def _followed(complete: Completeness, rule: CompletenessRule) -> Iterator[Missing]:
    filled = complete.filled
    by = filled.worksheet.registers[rule.by]
    for line in complete.lines(rule):
        following = (
            source
            for source, pointer in filled.pointing_at(line.id)
            if pointer.id == rule.through
            and filled.worksheet.register_of(source.id) is by
            and complete.holds(rule.by_where, source)
        )
        if next(following, None) is None and not (rule.or_field and line.text(rule.or_field).strip()):
            yield Missing(register=filled.worksheet.registers[rule.register], line=line, rule=rule)


def _covers(complete: Completeness, rule: CompletenessRule) -> Iterator[Missing]:
    register = complete.filled.worksheet.registers[rule.register]
    said = {value for line in complete.lines(rule) for value in line.several(rule.field)}
    for choice in register.by_id[rule.field].choices:
        if choice.id not in said and not _reason(complete, rule, choice.id):
            yield Missing(register=register, rule=rule, choice=choice.text)


def _decided(complete: Completeness, rule: CompletenessRule) -> Iterator[Missing]:
    waiting = undecided(complete.filled, rule.register)
    if waiting:
        yield Missing(register=complete.filled.worksheet.registers[rule.register], rule=rule, count=waiting)


def chosen_lists(filled: Filled) -> tuple[str, ...]:
    """Return the ids of the starter lists that were chosen."""
    register_id, _, field_id = filled.worksheet.lists_in.partition("/")
    return tuple(
        dict.fromkeys(each for line in filled.of(register_id) for each in line.several(field_id)) if register_id else ()
    )


def undecided(filled: Filled, register_id: str) -> int:
    """Return how many candidates for a register are neither taken nor turned down with a reason."""
    offered = filled.worksheet.starter.offered(chosen_lists(filled))
    waiting = (each for each in offered if each.register == register_id and not filled.taken(each.id))
    return sum(not (each.id in filled.declined and not filled.declined[each.id].later) for each in waiting)


def _match(complete: Completeness, rule: CompletenessRule) -> Iterator[Missing]:
    register = complete.filled.worksheet.registers[rule.register]
    lines = complete.lines(rule)
    if register.single and not lines and not rule.where:
        lines = [complete.filled.single(rule.register)]
    not_so = [line for line in lines if not complete.holds(rule.must, line)]
    if not lines or 100 * (len(lines) - len(not_so)) >= rule.percent * len(lines):
        return
    if rule.percent < 100:
        yield Missing(register=register, rule=rule, count=len(not_so))
        return
    yield from (Missing(register=register, line=line, rule=rule) for line in not_so)


def _scored(complete: Completeness, rule: CompletenessRule) -> Iterator[Missing]:
    """Yield lines that are significant, or score at least so high, and have none of the fields the rule asks for."""
    filled = complete.filled
    method = next(method for method in filled.worksheet.methods if method.id == rule.method)
    for line in filled.of(method.register):
        found = significance(method, filled, line, complete.today)
        high = found.score.total is not None and rule.least > 1 and found.score.total >= rule.least
        if (found.is_significant or high) and not any(line.values.get(name) for name in rule.one_of):
            yield Missing(register=filled.worksheet.registers[method.register], line=line, rule=rule)


_CHECKS: Mapping[RuleKind, Callable[[Completeness, CompletenessRule], Iterator[Missing]]] = MappingProxyType(
    {
        RuleKind.SOME: _some,
        RuleKind.FOLLOWED: _followed,
        RuleKind.COVERS: _covers,
        RuleKind.DECIDED: _decided,
        RuleKind.MATCH: _match,
        RuleKind.SCORED: _scored,
    }
)


def completeness(filled: Filled, today: date) -> Completeness:
    """Return how complete a worksheet is on a day."""
    return Completeness(filled=filled, today=today)


def parts_in_order(filled: Filled, today: date) -> tuple[Part, ...]:
    """Return the parts in the order that serves this firm: some go first where the content says so."""
    worksheet = filled.worksheet
    line = filled.single(worksheet.first_register) if worksheet.first_register else None
    if line is None or not all(each.holds(line.values, today) for each in worksheet.first_when):
        return worksheet.parts
    first = [part for part in worksheet.parts if part.id in worksheet.first_parts]
    return (*first, *(part for part in worksheet.parts if part not in first))


def open_lines(filled: Filled, today: date) -> tuple[Line, ...]:
    """Return the lines that stand first everywhere: what is not kept, and what nobody knows."""
    return tuple(
        line
        for register, conditions in filled.worksheet.open_first.items()
        for line in filled.of(register)
        if all(condition.holds(line.values, today) for condition in conditions)
    )
