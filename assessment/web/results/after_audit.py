"""After the audit: what was really found, where it stands, and how often this product was right."""

from flask import Blueprint, render_template, url_for

from assessment.domain.rights import Right
from assessment.reports.outline.after_audit import after_audit
from assessment.web.results.gap_summary import gap_summary
from assessment.web.shell.context import AssessmentContext
from assessment.web.shell.rights import with_assessment
from assessment.web.starting.glossary import terms_in
from assessment.web.worksheets.gather import worksheets_of

blueprint = Blueprint("after_audit", __name__)


@blueprint.get("/a/<assessment_id>/after-the-audit")
@with_assessment(may=Right.READ)
def show(opened: AssessmentContext) -> str:
    """Show what real audits found and what became of it, held against what was expected: in the words of every document."""
    return opened.cached_page("after the audit", lambda: _show(opened))


def _show(opened: AssessmentContext) -> str:
    summary = gap_summary(opened)
    section = after_audit(summary)
    worksheet = next((each for each in worksheets_of(opened) if each.audits), None)
    labels = [field.label for register in worksheet.registers.values() for field in register.fields] if worksheet else []
    return render_template(
        "results/after_audit.html",
        opened=opened,
        section=section,
        write_down=[
            (register.title, url_for("lines.line", assessment_id=opened.id, worksheet_id=worksheet.id, line_id=register.prefix))
            for register in worksheet.registers.values()
        ]
        if worksheet
        else [],
        whole=url_for("worksheets.show", assessment_id=opened.id, worksheet_id=worksheet.id) if worksheet else "",
        terms=terms_in(*labels),
    )
