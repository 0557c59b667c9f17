"""The work before the next audit of a certificate that is held: what is known of it, and what open answers may add."""

from assessment.domain.result import Result
from assessment.domain.upkeep import Upkeep
from assessment.reports.wording.dates import days_in_words
from assessment.reports.wording.timeline import a_week
from assessment.translation import gettext, ngettext


def work(upkeep: Upkeep, result: Result) -> list[str]:
    """Return what is to be mended before the next audit, what only perhaps, and whether there is time for it."""
    if not upkeep.steps:
        return [gettext("Nothing is short of what is enough.")]
    known = sum(step.person_days for step in upkeep.certain)
    said = []
    if upkeep.certain:
        said.append(
            ngettext(
                "To mend before it: %(num)s step, %(days)s of work (our judgement).",
                "To mend before it: %(num)s steps, %(days)s of work (our judgement).",
                len(upkeep.certain),
                days=days_in_words(known),
            )
        )
    if perhaps := len(upkeep.steps) - len(upkeep.certain):
        said.append(
            ngettext(
                "If every open answer turned out to be a gap: %(num)s step on top, %(days)s of work (our judgement).",
                "If every open answer turned out to be a gap: %(num)s steps on top, %(days)s of work (our judgement).",
                perhaps,
                days=days_in_words(upkeep.person_days - known),
            )
        )
    if upkeep.is_restoring_out_of_reach and upkeep.days_left is not None:
        said.append(
            gettext(
                "At %(pace)s there is time for about %(days)s until it has to be over, less than the likely majors take: do "
                "not count on restoring it, and ask your certification body about a first certificate (our judgement).",
                pace=a_week(result.days_a_week),
                days=days_in_words(float(round(upkeep.days_left)) or 0.5),
            )
        )
    elif upkeep.is_more_than_time and upkeep.days_left is not None:
        said.append(
            gettext(
                "At %(pace)s there is time for about %(days)s until then: what is a likely major comes first.",
                pace=a_week(result.days_a_week),
                days=days_in_words(float(round(upkeep.days_left)) or 0.5),
            )
        )
    return said
