"""What does not fit together in what is told of a certificate, or not with the rules of its three years."""

from datetime import date

from assessment.domain.certificates import NextAudit
from assessment.domain.result import Result
from assessment.domain.upkeep import Upkeep
from assessment.reports.wording.dates import day_in_words
from assessment.reports.wording.limits import marked
from assessment.translation import gettext

# Three years, and a month for a decision that was dated ahead.
LONGEST_DAYS = 3 * 366 + 31


def doubts(upkeep: Upkeep, result: Result) -> list[str]:
    """Return what to look at again, sentence by sentence."""
    return [*_about_the_end(upkeep, result), *_too_late(upkeep), *_about_the_audit(upkeep, result)]


def _about_the_end(upkeep: Upkeep, result: Result) -> list[str]:
    until = upkeep.certificate.valid_until
    if upkeep.held is None:
        return [
            gettext("Its edition is not told: it stands on the certificate, and says whether a transition is to come."),
            *_about_the_last_day(until, result),
        ]
    return _about_the_last_day(until, result)


def _about_the_last_day(until: date | None, result: Result) -> list[str]:
    if until is None:
        return [gettext("A certificate runs for three years and has a last day: look at it and tell it.")]
    if (until - result.on).days > LONGEST_DAYS:
        return [gettext("A certificate runs for three years; this one is told to run longer: look at its last day again.")]
    return []


def _too_late(upkeep: Upkeep) -> list[str]:
    """Return that the next audit comes too late to keep or to restore it."""
    if upkeep.ends_before_audit and upkeep.restore_by:
        return [gettext("That audit comes too late to restore it: ask your certification body now.")]
    if upkeep.ends_before_audit and upkeep.ends_with_edition and upkeep.held and upkeep.ends:
        return [
            gettext(
                "The next audit comes after certificates to %(held)s end, on %(day)s: ask your certification body now for an "
                "earlier transition.",
                held=upkeep.held.name,
                day=marked(upkeep.ends, upkeep.held.ends_known),
            )
        ]
    if upkeep.ends_before_audit:
        return [gettext("It ends before its next audit: ask your certification body now.")]
    if upkeep.is_audit_late and upkeep.decide_by:
        return [
            gettext(
                "The next audit comes after %(day)s, so the decision may come too late: ask your certification body for an "
                "earlier day (our judgement).",
                day=day_in_words(upkeep.decide_by),
            )
        ]
    return []


def _about_the_audit(upkeep: Upkeep, result: Result) -> list[str]:
    certificate, said = upkeep.certificate, []
    if upkeep.restore_by or certificate.next_audit is None:
        return []
    year, first = certificate.year_without_audit(result.on), certificate.first_surveillance_by(result.on)
    if year is not None:
        said.append(
            gettext(
                "No audit is told for %(year)s, and surveillance comes at least once in each calendar year: tell the audit "
                "that is next, or ask your certification body.",
                year=str(year),
            )
        )
    elif first is not None and certificate.next_audit > first:
        said.append(
            gettext(
                "If that is the first surveillance after a first certificate, it comes too late: it has to be within twelve "
                "months of the decision, by about %(day)s as the last day lets us reckon.",
                day=day_in_words(first),
            )
        )
    if certificate.is_renewed_early:
        said.append(
            gettext("A recertification comes in the third year; this one is told for earlier: look at its kind and day again.")
        )
    if certificate.kind is NextAudit.TRANSITION and upkeep.held and upkeep.newer is None:
        said.append(
            gettext(
                "No edition newer than %(held)s is known here: look at the kind of audit and the edition again.",
                held=upkeep.held.name,
            )
        )
    return said
