"""Certificates that are held, in words: the next audit, what would be found there, and the newer edition."""

from collections.abc import Collection

from assessment.domain.audit_time import in_half_days
from assessment.domain.certificates import Certificate, NextAudit
from assessment.domain.findings import Grade
from assessment.domain.library import Library
from assessment.domain.result import Result
from assessment.domain.upkeep import Upkeep
from assessment.reports.wording import audit_work
from assessment.reports.wording.certificate_doubts import doubts
from assessment.reports.wording.dates import day_in_words
from assessment.reports.wording.doubts import left_out_without_reason
from assessment.reports.wording.limits import marked
from assessment.reports.wording.verdicts import verdict_means
from assessment.translation import gettext, lazy_gettext, ngettext

TITLE = lazy_gettext("Certificates you hold")
KINDS = {
    NextAudit.SURVEILLANCE: lazy_gettext("Surveillance"),
    NextAudit.RECERTIFICATION: lazy_gettext("Recertification"),
    NextAudit.TRANSITION: lazy_gettext("Transition to the newer edition"),
    NextAudit.NOT_KNOWN: lazy_gettext("Not known yet"),
}


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
        *([_stands(upkeep, result)] if upkeep.restore_by else []),
        *_mismatch(standard, result),
        *_found(standard, result),
        *audit_work.work(upkeep, result),
        *days(upkeep.certificate, result),
    ]


def said_of(upkeep: Upkeep, result: Result) -> list[str]:
    """Return what is said of a certificate that is held, sentence by sentence: the same on the page and in every format."""
    certificate = upkeep.certificate
    return [
        _stands(upkeep, result),
        _next_audit(upkeep, result),
        *_about_the_kind(upkeep),
        *doubts(upkeep, result),
        *_deadline(upkeep, result),
        *_mismatch(certificate.standard, result),
        *_found(certificate.standard, result),
        *_risk(certificate.standard, result),
        *_stale(upkeep, result),
        *audit_work.work(upkeep, result),
        *days(certificate, result),
        *_transition(upkeep),
    ]


def _stands(upkeep: Upkeep, result: Result) -> str:
    held = held_in_short(upkeep.certificate, result.library)
    if upkeep.restore_by is None or upkeep.decide_by is None:
        return gettext("Held: %(certificate)s.", certificate=held)
    return gettext(
        "It has ended: %(certificate)s. You hold no valid certificate now; a recertification audit restores it until %(last)s, "
        "within six months of its end. Have that audit, majors closed, by %(day)s, so that the decision comes in time "
        "(our judgement); after that a first certificate is needed again.",
        certificate=held,
        last=day_in_words(upkeep.restore_by),
        day=day_in_words(upkeep.decide_by),
    )


def _mismatch(standard: str, result: Result) -> list[str]:
    """Return that another edition is asked than is held, with how many questions of that are not asked."""
    of = result.of(standard)
    if of.held_edition is None:
        return []
    said = gettext(
        "The certificate is to %(held)s, the answers are for %(asked)s: what is found below is not all of that audit.",
        held=of.held_edition.name,
        asked=of.questionnaire.edition.name,
    )
    if not of.not_asked:
        return [said]
    missing = ngettext(
        "%(num)s question of %(held)s was never asked: choose that edition to answer it.",
        "%(num)s questions of %(held)s were never asked: choose that edition to answer them.",
        of.not_asked,
        held=of.held_edition.name,
    )
    return [f"{said} {missing}"]


def _next_audit(upkeep: Upkeep, result: Result) -> str:
    certificate = upkeep.certificate
    if upkeep.restore_by and certificate.next_audit is None:
        return gettext("Next is the recertification audit that restores it: book it now, and tell its day.")
    if certificate.next_audit is None:
        return gettext("The day of the next audit is not told; your certification body has it.")
    day = day_in_words(certificate.next_audit)
    if certificate.is_due(result.on) and certificate.kind is NextAudit.RECERTIFICATION:
        return gettext(
            "The recertification was due on %(day)s. If it took place, tell the new last day once it is decided; if not, book "
            "it now.",
            day=day,
        )
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
    unanswered = of.score.asked - of.score.answered
    still_open = ngettext(
        "%(num)s question is open: what would be found on it is not known.",
        "%(num)s questions are open: what would be found on them is not known.",
        unanswered,
    )
    without_reason = left_out_without_reason(of)
    if not majors and not minors:
        if unanswered or without_reason:
            return [*without_reason, *([still_open] if unanswered else [])]
        if of.held_edition:
            return [gettext("Nothing would be found there today among what was asked.")]
        return [gettext("Nothing would be found there today, by what is answered.")]
    return [
        ngettext(
            "%(num)s likely major would be found there today.", "%(num)s likely majors would be found there today.", majors
        ),
        ngettext(
            "%(num)s likely minor would be found there today.", "%(num)s likely minors would be found there today.", minors
        ),
        *without_reason,
        *([still_open] if unanswered else []),
    ]


def _risk(standard: str, result: Result) -> list[str]:
    of = result.of(standard)
    return [verdict_means(of)] if of.graded(Grade.LIKELY_MAJOR) and not of.open_majors else []


def _stale(upkeep: Upkeep, result: Result) -> list[str]:
    return [
        gettext("Stale since %(day)s: %(question)s", day=day_in_words(one.until), question=one.question.asks)
        if one.until < result.on
        else gettext("Goes stale before it, on %(day)s: %(question)s", day=day_in_words(one.until), question=one.question.asks)
        for one in upkeep.stale
    ]


def _about_the_kind(upkeep: Upkeep) -> list[str]:
    """Return what an audit of the kind to come is, and what to have ready for it."""
    kind = upkeep.certificate.kind
    said = []
    if kind is NextAudit.SURVEILLANCE:
        said.append(
            gettext(
                "Surveillance comes at least once in each calendar year. What became of the last findings is checked: "
                "have cause, correction and check of effect at hand."
            )
        )
    if kind is NextAudit.RECERTIFICATION and not upkeep.restore_by:
        said.append(
            gettext(
                "Recertification is an audit of everything, before the certificate ends; "
                "one that comes late can be made good within six months."
            )
        )
    if upkeep.ends is None or upkeep.decide_by is None or upkeep.restore_by:
        return said
    if upkeep.ends_with_edition and upkeep.held:
        said.append(
            gettext(
                "Certificates to %(held)s end by %(until)s, before this one would: a transition has to be over by %(day)s, "
                "majors closed, so that the decision comes in time (our judgement).",
                held=upkeep.held.name,
                until=marked(upkeep.ends, upkeep.held.ends_known),
                day=day_in_words(upkeep.decide_by),
            )
        )
    elif kind is not NextAudit.TRANSITION:
        said.append(
            gettext(
                "The recertification has to be over by %(day)s, majors closed, so that the decision comes before %(until)s "
                "(our judgement). Agree its date in time.",
                day=day_in_words(upkeep.decide_by),
                until=day_in_words(upkeep.ends),
            )
        )
    return said


def _deadline(upkeep: Upkeep, result: Result) -> list[str]:
    """Return what stands between a certificate and the day for which it is needed."""
    needed = result.profile.deadlines().get(upkeep.certificate.standard)
    if needed is None or upkeep.ends is None:
        return []
    day, ends = day_in_words(needed), day_in_words(upkeep.ends)
    if upkeep.restore_by:
        return [gettext("It is needed by %(day)s, and only valid then if it is restored until %(ends)s.", day=day, ends=ends)]
    if needed <= upkeep.ends:
        return [gettext("It is needed by %(day)s, and valid then as long as it is kept.", day=day)]
    return [gettext("It is needed by %(day)s, and valid then only if it is renewed before %(ends)s.", day=day, ends=ends)]


def days(certificate: Certificate, result: Result) -> list[str]:
    """Return how many days auditors need at the next audit of a certificate; nothing where there is no estimate."""
    found = result.audit_time.by_standard.get(certificate.standard)
    if found is None:
        return []
    shown = {NextAudit.SURVEILLANCE: found.surveillance, NextAudit.RECERTIFICATION: found.recertification}.get(certificate.kind)
    if shown is not None:
        return [gettext("Auditor days there: %(days)s, an estimate, not a quote.", days=f"{in_half_days(shown):g}")]
    both = {"surveillance": f"{in_half_days(found.surveillance):g}", "again": f"{in_half_days(found.recertification):g}"}
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
            day=marked(last, upkeep.held.ends_known),
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
        "%(certificate)s: it has ended more than six months ago and cannot be restored, so the plan leads to a first "
        "certificate again; ask your certification body what it takes over.",
        certificate=held_in_short(certificate, library),
    )
