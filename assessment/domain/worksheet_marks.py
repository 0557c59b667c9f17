"""What content marks in a worksheet for other rooms to use: steps of the plan, and what auditors really found."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assessment.domain.worksheet_condition import Condition


@dataclass(frozen=True, kw_only=True)
class ActionRegister:
    """A register whose lines are steps of the plan: the fields with owner, due day and day done, and what a line is for.

    Only lines for which ``when`` holds are steps, and those in which ``or_field`` says something. ``title`` is the field that
    says what is to be done; where it is empty, or not named, a line's own name does. ``effect`` says whether it helped:
    one of ``effective`` or of ``not_effective``; ``before`` tells by what ``before_by`` says until when at the latest.
    """

    register: str
    owner: str
    due: str
    done: str
    because: str = ""
    title: str = ""
    when: tuple[Condition, ...] = ()
    or_field: str = ""
    effect: str = ""
    effective: tuple[str, ...] = ()
    not_effective: tuple[str, ...] = ()
    before_by: str = ""
    before: Mapping[str, str] = field(default_factory=dict)
    otherwise: "BeforeOtherwise | None" = None


@dataclass(frozen=True, kw_only=True)
class BeforeOtherwise:
    """What tells until when instead, where the line that ``pointer`` leads to says one of ``says`` in its ``field``."""

    pointer: str
    field: str
    says: tuple[str, ...]
    before: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class AuditMarks:
    """Where a worksheet holds what auditors really found.

    ``audits`` is the register of audits, with the fields that say of which ``kind`` one was, of which ``standards``, when it
    ``began`` and ``ended``, and that ``complete`` all its findings are written down. ``findings`` is the register of what was
    found, with the fields ``audit`` (a pointer), ``area``, ``grade`` and ``closed``.

    ``counted`` are the grades that are held against what was expected, ``majors`` those that stand in the way of a certificate
    until they are closed. Kinds in ``of_stops`` look at what would stop stage 1 only; after one in ``before_certificate`` a
    major has ``months_to_close``. After ``stage_1_stands_weeks`` many bodies repeat one in ``of_stops``. With fewer than
    ``few`` counted findings nothing can be said. ``minors`` are the grades that become a major where they persist.
    """

    audits: str
    kind: str
    standards: str
    began: str
    ended: str
    complete: str
    findings: str
    audit: str
    area: str
    grade: str
    closed: str
    counted: tuple[str, ...]
    majors: tuple[str, ...]
    minors: tuple[str, ...]
    of_stops: tuple[str, ...]
    before_certificate: tuple[str, ...]
    months_to_close: int
    stage_1_stands_weeks: int
    few: int
