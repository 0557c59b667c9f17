"""The gap summary as a PDF: tagged, accessible (PDF/UA-1), made in a process of its own."""

import json

from assessment.reports.child import make_in_child
from assessment.reports.pdf.material import material
from assessment.reports.pdf.scripts import printable
from assessment.reports.summary import GapSummary


def to_pdf(summary: GapSummary) -> bytes:
    """The summary as a document to hand on.

    Raises ``TooBusyError`` while as many documents as may be are being made, ``DocumentError`` where one cannot be.
    """
    order = {
        "material": json.dumps(printable(material(summary)), ensure_ascii=False),
        "logo": json.dumps(list(summary.letterhead.logo if summary.letterhead else b"")),
        "on": summary.on.isoformat(),
    }
    return make_in_child("assessment.reports.pdf.typesetting", json.dumps(order).encode())
