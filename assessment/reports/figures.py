"""The figures of a standard that every format shows, under the same labels, so that formats can be held against each other."""

from collections.abc import Callable
from datetime import date

from assessment.domain.findings import Grade
from assessment.reports import words
from assessment.reports.summary import GapSummary, StandardSummary

CERTIFICATE = "Certificate, at the earliest"


def key_figures(
    summary: GapSummary, standard: StandardSummary, day: Callable[[date], str] = words.day_in_words
) -> dict[str, str]:
    """The figures of one standard of a summary as people read them, by label. ``day`` says how a date is written."""
    result = standard.result
    milestones = summary.timeline.calendar.milestones[result.questionnaire.standard.id]
    return {
        "Score": words.percent_range(result.score),
        "Verdict": words.verdict_in_words(result.verdict_range),
        "Answered": f"{result.score.answered} of {result.score.asked}",
        "Likely majors": str(len(result.graded(Grade.LIKELY_MAJOR))),
        "Likely minors": str(len(result.graded(Grade.LIKELY_MINOR))),
        "Not shown yet": str(len(result.not_shown_yet)),
        "Met": str(len(standard.met)),
        "Not known yet": str(len(standard.unknown)),
        "Does not apply": str(len(standard.excluded)),
        CERTIFICATE: day(milestones.certificate),
    }
