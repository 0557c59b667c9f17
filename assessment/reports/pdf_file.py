"""The gap summary as a PDF: tagged, accessible (PDF/UA-1), made in a process of its own."""

import json

from assessment.reports.child_process import make_in_child
from assessment.reports.outline.report import outline
from assessment.reports.pdf.data import to_data
from assessment.reports.pdf.glyphs import printable
from assessment.reports.summary import GapSummary


def to_pdf(summary: GapSummary) -> bytes:
    """Return the summary as a document to hand on.

    Raises ``TooBusyError`` while as many documents as may be are being made, ``DocumentError`` where one cannot be.
    """
    logo = summary.letterhead.logo if summary.letterhead else b""
    report = printable(to_data(outline(summary), summary.on, logo=bool(logo)))
    order = {
        "report": json.dumps(report, ensure_ascii=False),
        "logo": json.dumps(list(logo)),
        "on": summary.on.isoformat(),
    }
    return make_in_child("assessment.reports.pdf.typesetting", json.dumps(order).encode())
