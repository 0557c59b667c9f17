"""Keeping a certificate: the next audit, what would be found there, what goes stale before it, and the newer edition."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assessment.domain.certificates import Certificate
from assessment.domain.freshness import Freshness
from assessment.domain.planning import Step
from assessment.domain.standard import Edition, Standard


@dataclass(frozen=True, kw_only=True)
class Upkeep:
    """What a certificate that is held asks for.

    ``stale`` is what is stale already or will be on the day of the next audit, ``steps`` what would bring everything to
    enough. ``held`` is its edition and ``newer`` the one that supersedes it; both are ``None`` where that is not known.
    """

    certificate: Certificate
    stale: tuple[Freshness, ...]
    steps: tuple[Step, ...]
    held: Edition | None
    newer: Edition | None

    @property
    def person_days(self) -> float:
        """The work that would bring everything to enough."""
        return sum(step.person_days for step in self.steps)


def upkeep(
    certificate: Certificate, standard: Standard, fresh: Sequence[Freshness], steps: tuple[Step, ...], on: date
) -> Upkeep:
    """Return what a certificate asks for, seen from a day."""
    audit = certificate.next_audit if certificate.next_audit and not certificate.is_due(on) else on
    held = next((edition for edition in standard.editions if edition.id == certificate.edition), None)
    newer = next((edition for edition in standard.editions if held and edition.supersedes == held.id), None)
    stale = tuple(one for one in fresh if one.until < audit)
    return Upkeep(certificate=certificate, stale=stale, steps=steps, held=held, newer=newer)
