"""What speaks for more or fewer auditor days: shared in ``audit-time.toml``, a standard's own in its ``standard.toml``."""

from datetime import date

from assessment.content.conditions import read_conditions
from assessment.content.reading import Table
from assessment.domain.facts import Confidence, Fact
from assessment.domain.standard import AuditReason, CertificateHeld

MORE, FEWER = "more", "fewer"


def read_audit_reason(table: Table, looked_at: date | None) -> AuditReason:
    """Read one reason; it needs something that it holds for."""
    numbers = table.table_or_empty("more-than")
    reason = AuditReason(
        fact=Fact(
            text=table.wording("text"),
            confidence=Confidence(table.one_of("confidence", tuple(Confidence))),
            source=table.wording("source", ""),
            looked_at=looked_at,
        ),
        more=table.one_of("days", (MORE, FEWER)) == MORE,
        when=read_conditions(table, "when"),
        more_than={name: numbers.whole(name, 0, 1_000_000) for name in numbers.fields()},
        held=CertificateHeld(table.one_of("held", tuple(CertificateHeld), "")),
    )
    if not (reason.when or reason.more_than or reason.held):
        table.fault("when", "name what it holds for: when, more-than or held")
    numbers.close()
    table.close()
    return reason
