"""Certificates that the organisation holds already, as its profile tells them, and what comes with the next audit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessment.domain.entries import day_or_none
from assessment.domain.working_days import months_later

# So long after its end a certificate can still be restored by a recertification that is over, decision and all.
MONTHS_TO_RESTORE = 6
# A certificate runs so long from the decision on, and so long before its end at most it is renewed.
MONTHS_OF_CYCLE, MONTHS_TO_RENEW = 36, 12
# So long after the decision on a first certificate at most comes its first surveillance.
MONTHS_TO_FIRST_SURVEILLANCE = 12
# Stands between the parts of a certificate as it is kept.
_PART = "|"


EDITION_NOT_KNOWN = "not-known"


class NextAudit(StrEnum):
    """Which kind the next audit of a certificate is."""

    SURVEILLANCE = "surveillance"
    RECERTIFICATION = "recertification"
    TRANSITION = "transition"
    NOT_KNOWN = ""


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """A certificate: its standard, its edition (`EDITION_NOT_KNOWN` where not told), its last day, and the next audit."""

    standard: str
    edition: str
    valid_until: date | None
    next_audit: date | None
    kind: NextAudit

    def stands(self, on: date) -> bool:
        """Tell whether it is valid on a day; one without an end is."""
        return self.valid_until is None or self.valid_until >= on

    def restore_by(self, on: date) -> date | None:
        """Return until when a certificate that has ended can still be restored; ``None`` where it is valid, or that is over."""
        if self.valid_until is None or self.stands(on):
            return None
        last = months_later(self.valid_until, MONTHS_TO_RESTORE)
        return last if last >= on else None

    def needs_no_first(self, on: date) -> bool:
        """Tell whether no first certificate is needed on a day: it is valid, or can be restored."""
        return self.stands(on) or self.restore_by(on) is not None

    def first_surveillance_by(self, on: date) -> date | None:
        """Return until when its first surveillance has to be, while a day lies in that time; ``None`` after it.

        It is counted back from the last day, as that of a first certificate.
        """
        if self.valid_until is None or self.valid_until.year <= MONTHS_OF_CYCLE // 12:
            return None
        last = months_later(self.valid_until, MONTHS_TO_FIRST_SURVEILLANCE - MONTHS_OF_CYCLE)
        return last if on <= last else None

    def year_without_audit(self, on: date) -> int | None:
        """Return the first calendar year between a day and the next audit in which there is none; ``None`` without one."""
        return on.year + 1 if self.next_audit is not None and self.next_audit.year > on.year + 1 else None

    @property
    def is_renewed_early(self) -> bool:
        """Whether its recertification is told for a day so long before its end that it is no recertification yet."""
        if self.kind is not NextAudit.RECERTIFICATION or self.next_audit is None or self.valid_until is None:
            return False
        return months_later(self.next_audit, MONTHS_TO_RENEW) < self.valid_until

    def is_due(self, on: date) -> bool:
        """Tell whether its next audit lies before a day, so that it was missed or nobody told of the one after."""
        return self.next_audit is not None and self.next_audit < on

    @property
    def kept(self) -> str:
        """The certificate as it is kept in the profile."""
        days = (day.isoformat() if day else "" for day in (self.valid_until, self.next_audit))
        return f"{self.standard}={_PART.join((self.edition, *days, self.kind))}"


def certificate_of(kept: str) -> Certificate | None:
    """Return a certificate from how it is kept; ``None`` where that cannot be read."""
    standard, _, said = kept.partition("=")
    parts = said.split(_PART)
    if len(parts) != 4:
        return None
    edition, valid_until, next_audit, kind = parts
    try:
        return Certificate(
            standard=standard,
            edition=edition,
            valid_until=day_or_none(valid_until),
            next_audit=day_or_none(next_audit),
            kind=NextAudit(kind),
        )
    except ValueError:
        return None


def certificates(kept: Iterable[str]) -> Mapping[str, Certificate]:
    """Return the certificates that are kept, by standard; what cannot be read is left out."""
    told = (certificate_of(one) for one in kept)
    return {certificate.standard: certificate for certificate in told if certificate}
