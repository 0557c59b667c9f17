"""Auditor days: an estimate by the tables of IAF MD 5 and the rule of IAF MD 11 (DOMAIN.md section 5)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from assessment.domain.audit_reasons import ReasonHere, reasons_here
from assessment.domain.facts import Fact
from assessment.domain.profile import Profile
from assessment.domain.site_sampling import PERCENT, SamplingRules, SitesHere, sites_here
from assessment.domain.standard import AuditReason, Standard


@dataclass(frozen=True, kw_only=True)
class AuditRow:
    """One row of the tables: personnel up to and including, and days by column."""

    up_to: int
    days: Mapping[str, Fraction]


@dataclass(frozen=True, kw_only=True)
class AuditTables:
    """The figures of ``audit-time.toml``. Percents are whole; parts are the n of 1/n.

    No audit takes less than ``least_days``, and stage 1 not less than ``stage_1_least``. ``case_by_case`` are answers to the
    question that names a column for which there is none: only a certification body can say.
    """

    source: str
    facts: tuple[Fact, ...]
    rows: tuple[AuditRow, ...]
    most_off: int
    most_off_integrated: int
    surveillance_part: int
    recertification_part: int
    least_days: Fraction
    stage_1_part: int
    stage_1_least: Fraction
    sampling: SamplingRules
    case_by_case: frozenset[str] = frozenset()
    reasons: tuple[AuditReason, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AuditDays:
    """Auditor days of 8 hours.

    ``least`` is what remains after the largest reduction that is allowed; ``stage_1`` about how much of ``initial`` stage 1 is.
    """

    initial: Fraction
    least: Fraction
    stage_1: Fraction
    surveillance: Fraction
    recertification: Fraction


@dataclass(frozen=True, kw_only=True)
class AuditTime:
    """The estimate for each standard, and for an integrated audit of all of them where there are several.

    ``missing`` holds the ids of profile questions without which there is no estimate; ``beyond_tables`` is true for more people
    than the tables know. ``case_by_case`` are standards of which only a certification body can say the days. ``reasons`` is
    what speaks for more or fewer days than shown, ``sites`` what is visited of several.
    """

    by_standard: Mapping[str, AuditDays]
    integrated: AuditDays | None
    missing: tuple[str, ...]
    beyond_tables: bool
    case_by_case: tuple[str, ...]
    reasons: tuple[ReasonHere, ...]
    sites: SitesHere | None


def audit_time(standards: Sequence[Standard], profile: Profile, tables: AuditTables, held: Collection[str] = ()) -> AuditTime:
    """Estimate the audit days of the standards. Initial days are stage 1 and stage 2 together.

    ``held`` names the standards of which a certificate is held; it changes no number, only what speaks for fewer days.
    """
    people = profile.people()
    columns = {standard.id: _column(standard, profile) for standard in standards}
    special = tuple(standard for standard, column in columns.items() if column in tables.case_by_case)
    missing = (["people"] if people is None else []) + [
        standard.audit_by for standard in standards if columns[standard.id] is None
    ]
    row = next((row for row in tables.rows if people is not None and people <= row.up_to), None)
    told = {standard: column for standard, column in columns.items() if column is not None and not missing}
    initial = {standard: row.days[column] for standard, column in told.items() if row and column in row.days}
    whole = sum(initial.values(), Fraction(0)) * (PERCENT - tables.most_off_integrated) / PERCENT
    return AuditTime(
        by_standard={standard_id: _days(days, tables) for standard_id, days in initial.items()},
        integrated=_days(whole, tables) if len(initial) > 1 else None,
        missing=tuple(dict.fromkeys(missing)),
        beyond_tables=row is None and people is not None,
        case_by_case=special,
        reasons=reasons_here(tables.reasons, standards, profile, held),
        sites=sites_here(profile, tables.sampling),
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
        stage_1=max(tables.stage_1_least, initial / tables.stage_1_part),
        surveillance=max(tables.least_days, initial / tables.surveillance_part),
        recertification=max(tables.least_days, initial - initial / tables.recertification_part),
    )


def in_half_days(days: Fraction) -> float:
    """Return days rounded up to halves, as certification bodies quote them."""
    return ceil(days * 2) / 2
