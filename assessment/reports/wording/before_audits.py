"""The steps before the next audit of a certificate that is held, in words."""

from assessment.domain.certificates import NextAudit
from assessment.domain.findings import Grade
from assessment.domain.result import Result
from assessment.domain.upkeep import Upkeep, UpkeepStep
from assessment.reports.wording import certificates
from assessment.reports.wording.dates import day_in_words, days_in_words
from assessment.reports.wording.verdicts import GRADES
from assessment.translation import gettext, lazy_gettext, ngettext

STEPS_HEAD = (
    lazy_gettext("No."),
    lazy_gettext("Step"),
    lazy_gettext("Mends"),
    lazy_gettext("Work"),
    lazy_gettext("Owner, or role"),
    lazy_gettext("Due"),
    lazy_gettext("Done"),
)


def audit_of(upkeep: Upkeep, result: Result) -> str:
    """Return which audit is next: of which standard, its kind where it is told, and its day where that is to come."""
    certificate = upkeep.certificate
    name = result.library.standards[certificate.standard].name
    kind = (
        str(certificates.KINDS[certificate.kind]).lower()
        if certificate.kind is not NextAudit.NOT_KNOWN
        else gettext("next audit")
    )
    if certificate.next_audit is None or certificate.is_due(result.on):
        return gettext("%(standard)s, %(kind)s", standard=name, kind=kind)
    return gettext("%(standard)s, %(kind)s on %(day)s", standard=name, kind=kind, day=day_in_words(certificate.next_audit))


def before_audit(upkeep: Upkeep, result: Result) -> str:
    """Return the heading over the steps before the next audit."""
    return gettext("To mend before the next audit: %(audit)s", audit=audit_of(upkeep, result))


def begins(step: UpkeepStep, result: Result) -> str:
    """Return before which audit a step is done, and what it mends."""
    return gettext("before: %(audit)s (%(mends)s)", audit=audit_of(step.upkeep, result), mends=mends(step).lower())


def mends(step: UpkeepStep) -> str:
    """Return the gravest finding that a step mends, or that it may turn out not to be needed."""
    if not step.step.certain:
        return gettext("Not known yet")
    return str(GRADES[Grade.LIKELY_MAJOR if step.mends_major else Grade.LIKELY_MINOR])


def when(step: UpkeepStep, result: Result) -> str:
    """Return how much work a step before an audit is, before which audit and what it mends, in short."""
    return gettext(
        "%(days)s of work, before: %(audit)s (%(mends)s).",
        days=days_in_words(step.step.person_days),
        audit=audit_of(step.upkeep, result),
        mends=mends(step).lower(),
    )


def when_and_who(step: UpkeepStep, result: Result) -> str:
    """Return the same, and who leads it."""
    return gettext("%(when)s Led by: %(role)s", when=when(step, result), role=step.step.action.role)


def decide(upkeep: Upkeep, result: Result) -> str:
    """Return until when to decide on what is to be mended before the next audit; empty where nothing is."""
    if not upkeep.steps:
        return ""
    majors = len(result.of(upkeep.certificate.standard).graded(Grade.LIKELY_MAJOR))
    found = ngettext("%(num)s likely major is to be mended", "%(num)s likely majors are to be mended", majors)
    work = days_in_words(sum(step.person_days for step in upkeep.certain))
    if not upkeep.certain:
        return gettext("In time for the audit (%(audit)s): answer what is open.", audit=audit_of(upkeep, result))
    if not majors:
        return gettext("In time for the audit (%(audit)s): %(days)s of work.", audit=audit_of(upkeep, result), days=work)
    return gettext("Now: %(found)s before the audit (%(audit)s).", found=found, audit=audit_of(upkeep, result))


def days_of(upkeep: Upkeep, result: Result) -> str:
    """Return the days of auditors at the next audit of a certificate; empty where there is no estimate."""
    said = " ".join(certificates.days(upkeep.certificate, result))
    return gettext("%(audit)s. %(days)s", audit=audit_of(upkeep, result), days=said) if said else ""
