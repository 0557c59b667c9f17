"""Certificates that are held, in words: the next audit, what would be found there, and the newer edition."""

from collections.abc import Collection

from assessment.domain.audit_time import in_half_days
from assessment.domain.certificates import Certificate, NextAudit
from assessment.domain.findings import Grade
from assessment.domain.library import Library
from assessment.domain.result import Result
from assessment.domain.upkeep import Upkeep, UpkeepStep
from assessment.reports.wording.dates import day_in_words, days_in_words
from assessment.reports.wording.timeline import a_week
from assessment.reports.wording.verdicts import GRADES, MAJORS_AT_RISK
from assessment.translation import gettext, lazy_gettext, ngettext

# Three years, and a month for a decision that was dated ahead.
LONGEST_DAYS = 3 * 366 + 31
TITLE = lazy_gettext("Certificates you hold")
KINDS = {
    NextAudit.SURVEILLANCE: lazy_gettext("Surveillance"),
    NextAudit.RECERTIFICATION: lazy_gettext("Recertification"),
    NextAudit.TRANSITION: lazy_gettext("Transition to the newer edition"),
    NextAudit.NOT_KNOWN: lazy_gettext("Not known yet"),
}
STEPS_HEAD = (
    lazy_gettext("No."),
    lazy_gettext("Step"),
    lazy_gettext("Mends"),
    lazy_gettext("Work"),
    lazy_gettext("Owner, or role"),
    lazy_gettext("Due"),
    lazy_gettext("Done"),
)


def held_in_short(certificate: Certificate, library: Library) -> str:
    """Return a certificate with its edition and what is known of it."""
    standard = library.standards.get(certificate.standard)
    editions = {edition.id: edition.name for edition in standard.editions} if standard else {}
    name = editions.get(certificate.edition) or (standard.name if standard else certificate.standard)
    if certificate.valid_until is None:
        return gettext("%(certificate)s, no end told", certificate=name)
    return gettext("%(certificate)s, valid until %(day)s", certificate=name, day=day_in_words(certificate.valid_until))


def first_of(upkeep: Upkeep, result: Result) -> list[str]:
    """Return what a director has to know of a certificate: when the next audit is, what it would find, the work, the days."""
    standard = upkeep.certificate.standard
    return [
        gettext("%(standard)s: %(audit)s", standard=result.library.standards[standard].name, audit=_next_audit(upkeep, result)),
        *_found(standard, result),
        *_work(upkeep, result),
        *_days(upkeep.certificate, result),
    ]


def audit_of(upkeep: Upkeep, result: Result) -> str:
    """Return which audit is next: of which standard, its kind where it is told, and its day where that is to come."""
    certificate = upkeep.certificate
    name = result.library.standards[certificate.standard].name
    kind = str(KINDS[certificate.kind]).lower() if certificate.kind is not NextAudit.NOT_KNOWN else gettext("next audit")
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
    """Return the gravest finding that a step mends."""
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
    work = days_in_words(upkeep.person_days)
    if not majors:
        return gettext("In time for the audit (%(audit)s): %(days)s of work.", audit=audit_of(upkeep, result), days=work)
    return gettext("Now: %(found)s before the audit (%(audit)s).", found=found, audit=audit_of(upkeep, result))


def days_of(upkeep: Upkeep, result: Result) -> str:
    """Return the days of auditors at the next audit of a certificate; empty where there is no estimate."""
    said = " ".join(_days(upkeep.certificate, result))
    return gettext("%(audit)s. %(days)s", audit=audit_of(upkeep, result), days=said) if said else ""


def said_of(upkeep: Upkeep, result: Result) -> list[str]:
    """Return what is said of a certificate that is held, sentence by sentence: the same on the page and in every format."""
    certificate = upkeep.certificate
    return [
        gettext("Held: %(certificate)s.", certificate=held_in_short(certificate, result.library)),
        _next_audit(upkeep, result),
        *_about_the_kind(upkeep),
        *_doubts(upkeep, result),
        *_found(certificate.standard, result),
        *_risk(certificate.standard, result),
        *_stale(upkeep),
        *_work(upkeep, result),
        *_days(certificate, result),
        *_transition(upkeep),
    ]


def _next_audit(upkeep: Upkeep, result: Result) -> str:
    certificate = upkeep.certificate
    if certificate.next_audit is None:
        return gettext("The day of the next audit is not told; your certification body has it.")
    day = day_in_words(certificate.next_audit)
    if certificate.is_due(result.on):
        return gettext(
            "The next audit was due on %(day)s: tell the day of the one after, or ask your certification body.", day=day
        )
    if certificate.kind is NextAudit.NOT_KNOWN:
        return gettext("Next audit on %(day)s.", day=day)
    return gettext("Next audit on %(day)s: %(kind)s.", day=day, kind=str(KINDS[certificate.kind]).lower())


def _found(standard: str, result: Result) -> list[str]:
    of = result.of(standard)
    majors, minors = len(of.graded(Grade.LIKELY_MAJOR)), len(of.graded(Grade.LIKELY_MINOR))
    if not majors and not minors:
        return [gettext("Nothing would be found there today, by what is answered.")]
    return [
        ngettext(
            "%(num)s likely major would be found there today.", "%(num)s likely majors would be found there today.", majors
        ),
        ngettext(
            "%(num)s likely minor would be found there today.", "%(num)s likely minors would be found there today.", minors
        ),
    ]


def _risk(standard: str, result: Result) -> list[str]:
    return [str(MAJORS_AT_RISK)] if result.of(standard).graded(Grade.LIKELY_MAJOR) else []


def _stale(upkeep: Upkeep) -> list[str]:
    return [
        gettext("Goes stale before it, on %(day)s: %(question)s", day=day_in_words(one.until), question=one.question.asks)
        for one in upkeep.stale
    ]


def _about_the_kind(upkeep: Upkeep) -> list[str]:
    """Return what an audit of the kind to come is, and what to have ready for it."""
    kind, until = upkeep.certificate.kind, upkeep.certificate.valid_until
    said = []
    if kind is NextAudit.SURVEILLANCE:
        said.append(
            gettext(
                "Surveillance comes at least once in each calendar year. What became of the last findings is checked: "
                "have cause, correction and check of effect at hand."
            )
        )
    if kind is NextAudit.RECERTIFICATION:
        said.append(
            gettext(
                "Recertification is an audit of everything, before the certificate ends; "
                "one that comes late can be made good within six months."
            )
        )
    if until is not None and upkeep.decide_by is not None and kind is not NextAudit.TRANSITION:
        said.append(
            gettext(
                "The recertification has to be over by %(day)s, majors closed, so that the decision comes before %(until)s "
                "(our judgement). Agree its date in time.",
                day=day_in_words(upkeep.decide_by),
                until=day_in_words(until),
            )
        )
    return said


def _doubts(upkeep: Upkeep, result: Result) -> list[str]:
    """Return what does not fit together in what is told of a certificate."""
    certificate = upkeep.certificate
    said = []
    if certificate.valid_until is None:
        said.append(gettext("A certificate runs for three years and has a last day: look at it and tell it."))
    elif (certificate.valid_until - result.on).days > LONGEST_DAYS:
        said.append(gettext("A certificate runs for three years; this one is told to run longer: look at its last day again."))
    if upkeep.ends_before_audit:
        said.append(gettext("It ends before its next audit: ask your certification body now."))
    return said


def _work(upkeep: Upkeep, result: Result) -> list[str]:
    if not upkeep.steps:
        return [gettext("Nothing is short of what is enough.")]
    said = [
        ngettext(
            "To mend before it: %(num)s step, %(days)s of work (our judgement).",
            "To mend before it: %(num)s steps, %(days)s of work (our judgement).",
            len(upkeep.steps),
            days=days_in_words(upkeep.person_days),
        )
    ]
    if upkeep.is_more_than_time and upkeep.days_left is not None:
        said.append(
            gettext(
                "At %(pace)s there is time for about %(days)s until then: what is a likely major comes first.",
                pace=a_week(result.days_a_week),
                days=days_in_words(float(round(upkeep.days_left)) or 0.5),
            )
        )
    return said


def _days(certificate: Certificate, result: Result) -> list[str]:
    days = result.audit_time.by_standard.get(certificate.standard)
    if days is None:
        return []
    shown = {NextAudit.SURVEILLANCE: days.surveillance, NextAudit.RECERTIFICATION: days.recertification}.get(certificate.kind)
    if shown is not None:
        return [gettext("Auditor days there: %(days)s, an estimate, not a quote.", days=f"{in_half_days(shown):g}")]
    both = {"surveillance": f"{in_half_days(days.surveillance):g}", "again": f"{in_half_days(days.recertification):g}"}
    if certificate.kind is NextAudit.TRANSITION:
        return [
            gettext(
                "Auditor days: %(surveillance)s for a surveillance, %(again)s for a recertification, an estimate; "
                "how many a transition adds no rule known to us says.",
                **both,
            )
        ]
    return [
        gettext(
            "Auditor days: %(surveillance)s for a surveillance, %(again)s for a recertification, an estimate, not a quote.",
            **both,
        )
    ]


def _transition(upkeep: Upkeep) -> list[str]:
    if upkeep.newer is None or upkeep.held is None:
        return []
    values = {"newer": upkeep.newer.name, "held": upkeep.held.name}
    last = upkeep.held.ends
    return [
        gettext("Transition to %(newer)s: what is new stands under the newer edition.", **values)
        if last is None
        else gettext(
            "Transition to %(newer)s: certificates to %(held)s end by %(day)s, as far as is published.",
            **values,
            day=day_in_words(last),
        ),
        gettext("Your certification body must itself be accredited for the new edition: ask it before you book."),
    ]


def said_of_all(result: Result, standards: Collection[str]) -> list[list[str]]:
    """Return what is said of each certificate of these standards, those that have ended among them."""
    ended = [
        [ended_in_words(certificate, result.library)]
        for standard, certificate in result.profile.certificates().items()
        if standard in standards and standard in result.to_certify
    ]
    return [*(said_of(one, result) for one in result.upkeep if one.certificate.standard in standards), *ended]


def ended_in_words(certificate: Certificate, library: Library) -> str:
    """Return that a certificate has ended, and what that means."""
    return gettext(
        "%(certificate)s: it has ended, so the plan leads to a first certificate again; "
        "ask your certification body what it takes over.",
        certificate=held_in_short(certificate, library),
    )
