"""Worksheets: something filled in line by line that feeds answers. Parts, registers and fields are data.

A worksheet has parts, one page each; a part has registers; a register holds lines, or exactly one line where it is ``single``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import count

from assessment.domain.rules import Rung
from assessment.domain.significance_method import Method, Override
from assessment.domain.starter_list import Candidate, StarterLists
from assessment.domain.worksheet_condition import Condition, Value
from assessment.domain.worksheet_marks import ActionRegister, AuditMarks

_LINE_ID = re.compile(r"([A-Z]{1,2})([1-9][0-9]{0,5})")


class FieldKind(StrEnum):
    """What a field of a line holds, and the shape of its value."""

    LINE = "line"  # a text of one line
    TEXT = "text"  # a text of several lines
    CHOICE = "choice"  # the id of one of its choices
    MANY = "many"  # ids of several of them
    LISTS = "lists"  # ids of starter lists of the worksheet
    DATE = "date"  # a day, as ISO writes it
    AMOUNT = "amount"  # a number of 0 or more and its unit, as two texts
    WHOLE = "whole"  # a whole number within limits
    POINTERS = "pointers"  # ids of lines
    TICK = "tick"  # "yes", or nothing

    @property
    def is_plural(self) -> bool:
        """Whether a value is several texts and not one."""
        return self in (FieldKind.MANY, FieldKind.LISTS, FieldKind.AMOUNT, FieldKind.POINTERS)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of several things a field may say; ``id`` is a number where it is scored."""

    id: str
    text: str


class ChoicesFrom(StrEnum):
    """Where choices come from besides those that are written down."""

    NOWHERE = ""
    STANDARDS = "standards"  # the standards that are installed, by id
    AREAS = "areas"  # the areas against which findings are written, as standard/area


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a register.

    ``needed`` and ``needed_when`` say whether a complete worksheet has it filled in; nothing is needed to save. ``ahead`` lets
    a date be still to come, ``low`` and ``high`` bound whole numbers, ``differs_from`` names a field that must say another
    thing. ``folded`` fields are shown after the others. ``belongs_to`` names a pointer and a field of what it points at, which
    must name whom a choice belongs to; ``not_before`` a date that comes first.
    """

    id: str
    kind: FieldKind
    label: str
    hint: str = ""
    needed: bool = False
    needed_when: tuple[Condition, ...] = ()
    choices: tuple[Choice, ...] = ()
    units: tuple[str, ...] = ()
    points_to: tuple[str, ...] = ()
    low: int = 0
    high: int = 1_000_000
    ahead: bool = False
    differs_from: str = ""
    folded: bool = False
    choices_from: ChoicesFrom = ChoicesFrom.NOWHERE
    belongs_to: str = ""
    not_before: str = ""

    @cached_property
    def offered(self) -> frozenset[str]:
        """The ids of its choices."""
        return frozenset(choice.id for choice in self.choices)

    def text_of(self, choice: str) -> str:
        """Return the text of one of its choices; its id where it is not one any more."""
        return next((offered.text for offered in self.choices if offered.id == choice), choice)

    def is_needed_in(self, values: Mapping[str, Value], today: date) -> bool:
        """Tell whether a complete worksheet has this field filled in on a line with these values."""
        return self.needed or (bool(self.needed_when) and all(each.holds(values, today) for each in self.needed_when))


@dataclass(frozen=True, kw_only=True)
class Register:
    """A list of lines of one kind; their ids are its ``prefix`` and a number. ``named_by`` is the field that names a line.

    ``sheet`` is what its sheet of the workbook is called; empty where it has none. Two lines that say the same in all fields
    of ``alike`` are one thing written down twice. The day in ``dated_by`` is part of a line's name.
    """

    id: str
    prefix: str
    title: str
    about: str
    fields: tuple[Field, ...]
    named_by: str
    single: bool = False
    sheet: str = ""
    alike: tuple[str, ...] = ()
    dated_by: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, Field]:
        """Its fields by id."""
        return {field.id: field for field in self.fields}


@dataclass(frozen=True, kw_only=True)
class Part:
    """One page of a worksheet, with the letter it goes by."""

    id: str
    letter: str
    title: str
    intro: str
    registers: tuple[Register, ...]


class RuleKind(StrEnum):
    """What a rule of completeness asks of a register."""

    SOME = "some"  # at least so many lines, or a reason elsewhere
    FOLLOWED = "followed"  # every line is pointed at by a line of another register, or says why not
    COVERS = "covers"  # every choice of a field has a line, or a reason elsewhere
    DECIDED = "decided"  # every candidate offered for it is taken, or turned down with a reason
    MATCH = "match"  # so many percent of its lines are like this
    SCORED = "scored"  # every line that scores so high has one of these fields filled in


@dataclass(frozen=True, kw_only=True)
class CompletenessRule:
    """One thing a complete worksheet has. ``says`` is what is to be done where it is missing.

    ``where`` narrows the lines it is about, ``must`` is what they must be like, ``by`` and ``through`` the register and the
    field that point at them, ``or_field`` what stands for that. ``reasons`` is a single register with reasons, by choice or by
    this rule's id. ``method`` and ``least`` are for scores.
    """

    id: str
    kind: RuleKind
    register: str
    says: str
    where: tuple[Condition, ...] = ()
    must: tuple[Condition, ...] = ()
    percent: int = 100
    least: int = 1
    by: str = ""
    through: str = ""
    by_where: tuple[Condition, ...] = ()
    or_field: str = ""
    reasons: str = ""
    field: str = ""
    method: str = ""
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Feed:
    """What a worksheet may propose to a question: a rung, where all its rules are met. ``shown_by`` are the registers it cites.

    ``complete`` names registers whose needed fields must be filled in, and which must have a line. ``done_on`` is the field
    with the day on which a line was done, where the question is about a deed; empty otherwise.
    """

    question: str
    rung: Rung
    rules: tuple[str, ...]
    complete: tuple[str, ...]
    shown_by: tuple[str, ...]
    done_on: str = ""


@dataclass(frozen=True, kw_only=True)
class Worksheet:
    """A worksheet. ``step`` is the key of the action it does, ``feeds`` what it may propose, ``first`` which parts go first.

    ``standards`` are those it serves, ``accept_rules`` those by which nothing may be missing before it is accepted.
    ``fresh_for_months`` is how long what it says may propose the highest rung. ``audits`` says where it holds what auditors
    really found.
    """

    id: str
    title: str
    about: str
    revision: str
    step: str
    standards: tuple[str, ...]
    parts: tuple[Part, ...]
    methods: tuple[Method, ...]
    rules: tuple[CompletenessRule, ...]
    feeds: tuple[Feed, ...]
    starter: StarterLists
    fresh_for_months: int
    first_register: str = ""
    first_when: tuple[Condition, ...] = ()
    first_parts: tuple[str, ...] = ()
    lists_in: str = ""
    open_first: Mapping[str, tuple[Condition, ...]] = field(default_factory=dict)
    actions: tuple[ActionRegister, ...] = ()
    conclusion_in: str = ""
    accept_rules: tuple[str, ...] = ()
    audits: AuditMarks | None = None

    @cached_property
    def registers(self) -> Mapping[str, Register]:
        """All registers by id, in the order of the parts."""
        return {register.id: register for part in self.parts for register in part.registers}

    @cached_property
    def _by_prefix(self) -> Mapping[str, Register]:
        return {register.prefix: register for register in self.registers.values()}

    def part(self, part_id: str) -> Part | None:
        """Return a part by its id."""
        return next((part for part in self.parts if part.id == part_id), None)

    def part_of(self, register_id: str) -> Part:
        """Return the part that a register stands in."""
        return next(part for part in self.parts if any(register.id == register_id for register in part.registers))

    def register_of(self, line_id: str) -> Register | None:
        """Return the register that a line of this id belongs to; ``None`` for what is no id of a line here."""
        matched = _LINE_ID.fullmatch(line_id)
        return self._by_prefix.get(matched[1]) if matched else None

    def method_of(self, register_id: str) -> Method | None:
        """Return how the lines of a register are scored; ``None`` where they are not."""
        return next((method for method in self.methods if method.register == register_id), None)

    @cached_property
    def overrides(self) -> Mapping[str, Override]:
        """Every override of every method, by id."""
        return {override.id: override for method in self.methods for override in method.overrides}

    def candidate(self, candidate_id: str) -> Candidate | None:
        """Return a candidate of the starter lists by its id."""
        return self.starter.by_id.get(candidate_id)


def number_in(line_id: str) -> int:
    """Return the number in the id of a line; 0 in what is no such id."""
    matched = _LINE_ID.fullmatch(line_id)
    return int(matched[2]) if matched else 0


def new_line_ids(prefix: str, taken: Iterable[str]) -> Iterator[str]:
    """Yield the ids of new lines, given every id that was ever used: none is used twice, also after a line was deleted."""
    numbers = [number_in(line_id) for line_id in taken if line_id.removeprefix(prefix).isdecimal()]
    return (f"{prefix}{number}" for number in count(max(numbers, default=0) + 1))
