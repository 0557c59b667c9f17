"""The gap summary of an opened assessment, for pages and for every file that is made of it."""

from collections.abc import Sequence

from flask import current_app

from assessment.domain.audit_findings import audits_of
from assessment.domain.hindsight import Expectations, days_before, expectations
from assessment.domain.letterhead import Letterhead
from assessment.domain.result import Result
from assessment.domain.worksheet_lines import Filled
from assessment.reports.provenance import Provenance
from assessment.reports.summary import GapSummary, summarise
from assessment.storage.answers import given_answers
from assessment.storage.letterheads import load_letterhead
from assessment.storage.plan_steps import step_notes
from assessment.storage.suggestions import refused_suggestions
from assessment.web.shell.context import AssessmentContext, now
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
    worksheets = filled_worksheets(opened)
    return summarise(
        result,
        opened.record.organisation,
        version,
        standards,
        notes={key: stored.value for key, stored in step_notes(opened.id).items()},
        refused=refused_suggestions(opened.id),
        letterhead=letterhead if letterhead != Letterhead() else None,
        provenance=Provenance(assessment_id=opened.id, versions=opened.state.versions, lines=line_versions(opened)),
        worksheets=worksheets,
        accepted=accepted_lines(opened),
        expected=opened.state.get_or_compute(("expected", now().date()), lambda: _expected(opened, worksheets)),
    )


def _expected(opened: AssessmentContext, worksheets: Sequence[Filled]) -> Expectations:
    """Return what was said before each real audit, by the answers of the day before; worked out once a state and day."""
    audits, result = audits_of(worksheets), opened.result()
    given = {day: given_answers(opened.id, day) for day in set(days_before(audits).values())}
    return expectations(audits, result.questionnaires, given, result.judged, result.on)
