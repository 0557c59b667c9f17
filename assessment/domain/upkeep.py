"""Keeping a certificate: the next audit, what would be found there, what goes stale before it, and the newer edition."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from assessment.domain.certificates import Certificate, NextAudit
from assessment.domain.findings import Finding, Grade
from assessment.domain.freshness import Freshness
from assessment.domain.planning import Step
from assessment.domain.standard import Edition, Standard
from assessment.domain.working_days import DAYS_A_WEEK


@dataclass(frozen=True, kw_only=True)
class Upkeep:
    """What a certificate that is held asks for.

    ``days_left`` are the person-days that the pace leaves until the next audit, or until the day by which the one that restores
    it has to be over; ``None`` where neither is known;
    ``decide_by`` the day by which a recertification has to be over, so that the decision comes before it ends for good.
    ``restore_by`` is the last day to restore one that has ended, ``None`` for one that is valid; its next audit is then that
    recertification, whatever was told.

    ``stale`` is what is stale already or will be on the day of the next audit. ``steps`` are what would bring everything to
    enough, those first that mend a likely major, each with its key in ``of_majors``. ``held`` is its edition and ``newer`` the
    one that supersedes it; both are ``None`` where that is not known.
    """

    certificate: Certificate
    standard: Standard
    stale: tuple[Freshness, ...]
    steps: tuple[Step, ...]
    of_majors: frozenset[str]
    held: Edition | None
    newer: Edition | None
    days_left: Fraction | None
    decide_by: date | None
    restore_by: date | None

    @property
    def is_more_than_time(self) -> bool:
        """Whether there is more work than the pace leaves until the next audit."""
        return self.days_left is not None and self.person_days > self.days_left

    @property
    def ends_with_edition(self) -> bool:
        """Whether all certificates to its edition end before it would."""
        until, edition = self.certificate.valid_until, self.held.ends if self.held else None
        return edition is not None and (until is None or edition < until)

    @property
    def ends(self) -> date | None:
        """The last day by which it has to be renewed: its own, that of its edition where that is earlier, or to restore it."""
        return self.restore_by or (self.held.ends if self.held and self.ends_with_edition else self.certificate.valid_until)

    @property
    def is_audit_late(self) -> bool:
        """Whether its next audit comes before its end, but too late for a decision by then."""
        audit = self.certificate.next_audit
        return self.decide_by is not None and audit is not None and audit > self.decide_by and not self.ends_before_audit

    @property
    def is_restoring_out_of_reach(self) -> bool:
        """Whether it has ended, and what mends likely majors is more than the pace leaves to restore it."""
        work = sum(step.person_days for step in self.steps if step.key in self.of_majors)
        return self.restore_by is not None and self.days_left is not None and work > self.days_left

    @property
    def ends_before_audit(self) -> bool:
        """Whether the certificate ends before its next audit."""
        audit = self.certificate.next_audit
        return self.ends is not None and audit is not None and audit > self.ends

    @property
    def person_days(self) -> float:
        """The work that would bring everything to enough."""
        return sum(step.person_days for step in self.steps)

    @property
    def certain(self) -> tuple[Step, ...]:
        """The steps that mend what is known to be short; the others are needed only if open answers turn out to be gaps."""
        return tuple(step for step in self.steps if step.certain)


@dataclass(frozen=True, kw_only=True)
class UpkeepStep:
    """A step before the next audit of a certificate that is held, with its number."""

    number: int
    step: Step
    upkeep: Upkeep

    @property
    def mends_major(self) -> bool:
        """Whether it mends a likely major."""
        return self.step.key in self.upkeep.of_majors


def upkeep_steps(upkeep: Iterable[Upkeep], *, after: int) -> tuple[UpkeepStep, ...]:
    """Return the steps of each certificate in turn, numbered on after so many of a plan."""
    found = ((step, one) for one in upkeep for step in one.steps)
    return tuple(UpkeepStep(number=number, step=step, upkeep=one) for number, (step, one) in enumerate(found, start=after + 1))


def audit_day(certificate: Certificate, on: date, decision_weeks: int) -> date:
    """Return the day of the next audit; where none to come is told, the last day for one that restores it, or else today."""
    if certificate.next_audit and not certificate.is_due(on):
        return certificate.next_audit
    restore_by = certificate.restore_by(on)
    return max(on, restore_by - timedelta(weeks=decision_weeks)) if restore_by else on


def upkeep(
    certificate: Certificate,
    standard: Standard,
    fresh: Sequence[Freshness],
    found: Sequence[Finding],
    steps: tuple[Step, ...],
    on: date,
    *,
    days_a_week: Fraction,
    decision_weeks: int,
) -> Upkeep:
    """Return what a certificate asks for, seen from a day, at so many person-days a week.

    ``found`` are the likely findings on the day of its next audit, if nothing is done until then, ``steps`` the plan for the
    standard alone, in its order.
    """
    grave = {question.ref for finding in found if finding.grade is Grade.LIKELY_MAJOR for question in finding.questions}
    of_majors = frozenset(step.key for step in steps if any(lift.question.ref in grave for lift in step.lifts))
    restore_by, audit = certificate.restore_by(on), audit_day(certificate, on, decision_weeks)
    held = next((edition for edition in standard.editions if edition.id == certificate.edition), None)
    newer = next((edition for edition in standard.editions if held and edition.supersedes == held.id), None)
    stale = tuple(one for one in fresh if one.until < audit)
    found_upkeep = Upkeep(
        certificate=replace(certificate, kind=NextAudit.RECERTIFICATION) if restore_by else certificate,
        standard=standard,
        stale=stale,
        steps=tuple(sorted(steps, key=lambda step: step.key not in of_majors)),
        of_majors=of_majors,
        held=held,
        newer=newer,
        days_left=Fraction((audit - on).days, DAYS_A_WEEK) * days_a_week if audit > on else None,
        decide_by=None,
        restore_by=restore_by,
    )
    until = found_upkeep.ends
    return replace(found_upkeep, decide_by=max(on, until - timedelta(weeks=decision_weeks))) if until else found_upkeep
