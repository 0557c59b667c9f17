"""The figures of a standard that every format shows, under the same labels, so that formats can be held against each other."""

from collections.abc import Callable
from datetime import date

from assessment.domain.findings import Grade
from assessment.reports.summary import GapSummary, StandardSummary
from assessment.reports.wording import files
from assessment.reports.wording.dates import day_in_words
from assessment.reports.wording.scores import answered, percent_range
from assessment.reports.wording.verdicts import verdict_of


def key_figures(summary: GapSummary, standard: StandardSummary, day: Callable[[date], str] = day_in_words) -> dict[str, str]:
    """Return the figures of one standard as people read them, by label. ``day`` says how a date is written."""
    result = standard.result
    milestones = summary.timeline.calendar.milestones.get(result.questionnaire.standard.id)
    held = files.ENDED if result.has_ended else files.HELD
    without = str(held if result.is_held else files.NOT_ON_THE_WAY)
    figures = (
        (files.SCORE, percent_range(result.score)),
        (files.VERDICT, verdict_of(result)),
        (files.ANSWERED, answered(result.score)),
        (files.STOPS, str(len(result.stops))),
        (files.MAJORS, str(len(result.graded(Grade.LIKELY_MAJOR)))),
        (files.MINORS, str(len(result.graded(Grade.LIKELY_MINOR)))),
        (files.NOT_SHOWN, str(len(result.not_shown_yet))),
        (files.LOOK_AGAIN, str(len(result.worth_another_look))),
        (files.MET, str(len(standard.met))),
        (files.NOT_KNOWN, str(len(standard.unknown))),
        (files.NOT_APPLICABLE, str(len(standard.excluded))),
        (files.CERTIFICATE, day(milestones.certificate) if milestones else without),
    )
    return {str(label): value for label, value in figures}
