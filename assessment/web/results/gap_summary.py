"""The gap summary of an opened assessment, for pages and for every file that is made of it."""

from collections.abc import Sequence

from flask import current_app

from assessment.domain.letterhead import Letterhead
from assessment.domain.result import Result
from assessment.reports.provenance import Provenance
from assessment.reports.summary import GapSummary, summarise
from assessment.storage.answers import refused_suggestions
from assessment.storage.letterheads import load_letterhead
from assessment.storage.plan_steps import step_notes
from assessment.web.shell.context import AssessmentContext
from assessment.web.worksheets.gather import accepted_lines, filled_worksheets, line_versions


def gap_summary(opened: AssessmentContext, standards: Sequence[str] | None = None) -> GapSummary:
    """Return the gap summary of an assessment as it is today; of all chosen standards unless some are named.

    It is made once a state, day and choice of standards.
    """
    chosen = tuple(questionnaire.standard.id for questionnaire in opened.questionnaires)
    about = chosen if standards is None else tuple(standards)
    result = opened.result()
    return opened.state.get_or_compute(("gap summary", result.on, about), lambda: _made(opened, result, about))


def _made(opened: AssessmentContext, result: Result, standards: Sequence[str]) -> GapSummary:
    version = current_app.extensions["product-version"]
    letterhead, _ = load_letterhead(opened.id)
    return summarise(
        result,
        opened.record.organisation,
        version,
        standards,
        notes={key: stored.value for key, stored in step_notes(opened.id).items()},
        refused=refused_suggestions(opened.id),
        letterhead=letterhead if letterhead != Letterhead() else None,
        provenance=Provenance(assessment_id=opened.id, versions=opened.state.versions, lines=line_versions(opened)),
        worksheets=filled_worksheets(opened),
        accepted=accepted_lines(opened),
    )
