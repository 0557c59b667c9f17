"""The audit time tables of ``audit-time.toml``."""

from fractions import Fraction

from assessment.content.audit_reasons import read_audit_reason
from assessment.content.facts import read_fact
from assessment.content.reading import Source, Table
from assessment.domain.audit_time import AuditRow, AuditTables
from assessment.domain.site_sampling import SamplingRules


def read_audit_tables(source: Source) -> AuditTables:
    """Read the tables; rows must grow, and all must have the same columns."""
    table = source.read("audit-time.toml")
    rows: list[AuditRow] = []
    for row in table.tables("row"):
        read = _read_row(row)
        if rows and (read.up_to <= rows[-1].up_to or any(read.days.get(c, 0) < days for c, days in rows[-1].days.items())):
            row.fault("", "must have more people, the same columns, and no fewer days than the row before")
        rows.append(read)
    looked_at, sites = table.day_or_none("facts-looked-at"), table.table("sites")
    tables = AuditTables(
        source=table.wording("source"),
        facts=tuple(read_fact(fact, looked_at) for fact in table.tables("fact")),
        rows=tuple(rows),
        most_off=table.whole("most-off", 0, 90),
        most_off_integrated=table.whole("most-off-integrated", 0, 90),
        surveillance_part=table.whole("surveillance-part", 1, 10),
        recertification_part=table.whole("recertification-part", 1, 10),
        least_days=Fraction(table.whole("least-days", 0, 5)),
        stage_1_part=table.whole("stage-1-part", 1, 10),
        stage_1_least=Fraction(table.half_days("stage-1-least")),
        sampling=SamplingRules(
            surveillance=sites.whole("surveillance", 1, 100),
            recertification=sites.whole("recertification", 1, 100),
            unlike_surveillance=sites.whole("unlike-surveillance", 1, 100),
            most_off=sites.whole("most-off", 0, 90),
        ),
        case_by_case=frozenset(table.texts("case-by-case", ())),
        reasons=tuple(read_audit_reason(reason, looked_at) for reason in table.tables("reason", at_least=0)),
    )
    sites.close()
    table.close()
    return tables


def _read_row(row: Table) -> AuditRow:
    days = row.table("days")
    read = AuditRow(
        up_to=row.whole("up-to", 1, 1_000_000), days={column: Fraction(days.half_days(column)) for column in days.fields()}
    )
    row.close()
    return read
