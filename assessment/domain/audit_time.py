"""Auditor days: an estimate by the tables of IAF MD 5 and the rule of IAF MD 11 (DOMAIN.md section 5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from assessment.domain.profile import Profile
from assessment.domain.standard import Fact, Standard

PERCENT = 100


@dataclass(frozen=True, kw_only=True)
class AuditRow:
    """One row of the tables: personnel up to and including, and days by column."""

    up_to: int
    days: Mapping[str, Fraction]


@dataclass(frozen=True, kw_only=True)
class AuditTables:
    """The figures of ``audit-time.toml``. Percents are whole; parts are the n of 1/n.

    No audit takes less than ``least_days``.
    """

    source: str
    facts: tuple[Fact, ...]
    rows: tuple[AuditRow, ...]
    most_off: int
    most_off_integrated: int
    surveillance_part: int
    recertification_part: int
    least_days: Fraction


@dataclass(frozen=True, kw_only=True)
class AuditDays:
    """Auditor days of 8 hours. ``least`` is what remains after the largest reduction that is allowed."""

    initial: Fraction
    least: Fraction
    surveillance: Fraction
    recertification: Fraction


@dataclass(frozen=True, kw_only=True)
class AuditTime:
    """The estimate for each standard, and for an integrated audit of all of them where there are several.

    ``missing`` holds the ids of profile questions without which there is no estimate; ``beyond_tables`` is true for more people
    than the tables know.
    """

    by_standard: Mapping[str, AuditDays]
    integrated: AuditDays | None
    missing: tuple[str, ...]
    beyond_tables: bool


def audit_time(standards: Sequence[Standard], profile: Profile, tables: AuditTables) -> AuditTime:
    """Estimate the audit days of the standards. Initial days are stage 1 and stage 2 together."""
    people = profile.people()
    columns = {standard.id: _column(standard, profile) for standard in standards}
    missing = (["people"] if people is None else []) + [
        standard.audit_by for standard in standards if columns[standard.id] is None
    ]
    row = next((row for row in tables.rows if people is not None and people <= row.up_to), None)
    if row is None or missing:
        beyond = row is None and people is not None
        return AuditTime(by_standard={}, integrated=None, missing=tuple(dict.fromkeys(missing)), beyond_tables=beyond)
    initial = {standard_id: row.days[column] for standard_id, column in columns.items() if column is not None}
    whole = sum(initial.values(), Fraction(0)) * (PERCENT - tables.most_off_integrated) / PERCENT
    return AuditTime(
        by_standard={standard_id: _days(days, tables) for standard_id, days in initial.items()},
        integrated=_days(whole, tables) if len(initial) > 1 else None,
        missing=(),
        beyond_tables=False,
    )


def _column(standard: Standard, profile: Profile) -> str | None:
    if not standard.audit_by:
        return standard.audit_column
    values = profile.get(standard.audit_by)
    return values[0] if values else None


def _days(initial: Fraction, tables: AuditTables) -> AuditDays:
    return AuditDays(
        initial=initial,
        least=max(tables.least_days, initial * (PERCENT - tables.most_off) / PERCENT),
        surveillance=max(tables.least_days, initial / tables.surveillance_part),
        recertification=max(tables.least_days, initial - initial / tables.recertification_part),
    )


def in_half_days(days: Fraction) -> float:
    """Return days rounded up to halves, as certification bodies quote them."""
    return ceil(days * 2) / 2
