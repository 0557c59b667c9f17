"""The page for a director, and what the history adds to a summary."""

from collections.abc import Sequence
from dataclasses import replace

from flask import render_template

from assessment.domain.cost import cost
from assessment.domain.progress import looked_back_to, progress
from assessment.reports.outline.report import director_sections
from assessment.reports.summary import GapSummary
from assessment.reports.wording import verdicts
from assessment.storage.answers import given_answers
from assessment.web.results.gap_summary import gap_summary
from assessment.web.shell.context import AssessmentContext
from assessment.web.starting.glossary import terms_in


def summary_with_progress(opened: AssessmentContext, standards: Sequence[str] | None = None) -> GapSummary:
    """Return the gap summary as `gap_summary` does, and who gave its answers and what changed."""
    summary = gap_summary(opened, standards)
    asked = [standard.result.questionnaire for standard in summary.standards]
    given = given_answers(opened.id, looked_back_to(summary.on))
    return replace(summary, progress=progress(given, asked, summary.on))


def director_page(opened: AssessmentContext) -> str:
    """Return the page for a director, in the words of every document."""
    summary = summary_with_progress(opened)
    known = cost(summary.result)
    if not known.three_years.nothing_known:
        summary = replace(summary, costs=known)
    told = director_sections(summary)
    said = (str(text) for text in (*verdicts.VERDICTS_MEAN.values(), *verdicts.GRADES.values(), verdicts.STAGES))
    rehearsals = (verdicts.rehearsal_in_words(standard.result, standard.been) for standard in summary.standards)
    return render_template(
        "results/director.html", opened=opened, summary=summary, told=told, terms=terms_in(*said, *rehearsals)
    )
