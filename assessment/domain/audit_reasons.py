"""What an organisation says about itself that speaks for more auditor days, or for fewer; no rule says by how much."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from assessment.domain.profile import Profile
from assessment.domain.standard import AuditReason, CertificateHeld, Standard


@dataclass(frozen=True, kw_only=True)
class ReasonHere:
    """A reason that holds for one organisation, with the ids of the standards whose audit it is about."""

    standards: tuple[str, ...]
    reason: AuditReason


def reasons_here(
    shared: Iterable[AuditReason], standards: Iterable[Standard], profile: Profile, held: Collection[str]
) -> tuple[ReasonHere, ...]:
    """Return the reasons that hold, shared ones first, then those of each standard; of ``held`` there is a certificate."""
    standards = tuple(standards)
    ids = tuple(standard.id for standard in standards)
    found = []
    for reason in shared:
        about = tuple(standard for standard in ids if _holds(reason, standard, profile, held))
        if about:
            found.append(ReasonHere(standards=about, reason=reason))
    for standard in standards:
        found += [
            ReasonHere(standards=(standard.id,), reason=reason)
            for reason in standard.audit_reasons
            if _holds(reason, standard.id, profile, held)
        ]
    return tuple(found)


def _holds(reason: AuditReason, standard: str, profile: Profile, held: Collection[str]) -> bool:
    """Tell whether a reason speaks about the audit of one standard; an open question meets nothing."""
    if any(set(condition.choices) & set(profile.get(condition.profile) or ()) for condition in reason.when):
        return True
    if any((number := profile.number(name)) is not None and number > most for name, most in reason.more_than.items()):
        return True
    if reason.held is CertificateHeld.THIS:
        return standard in held
    return reason.held is CertificateHeld.ANOTHER and bool(set(held) - {standard})
