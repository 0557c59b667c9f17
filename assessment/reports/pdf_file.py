"""The gap summary as a PDF: tagged, accessible (PDF/UA-1), made in a process of its own."""

import json
from datetime import date

from assessment.reports.child_process import make_in_child
from assessment.reports.outline.document import Outline
from assessment.reports.outline.report import outline, short_outline
from assessment.reports.pdf.data import to_data
from assessment.reports.pdf.glyphs import printable
from assessment.reports.summary import GapSummary


def to_pdf(summary: GapSummary) -> bytes:
    """Return the summary as a document to hand on.

    Raises ``TooBusyError`` while as many documents as may be are being made, ``DocumentError`` where one cannot be.
    """
    return outline_to_pdf(outline(summary), summary.on, summary.letterhead.logo if summary.letterhead else b"")


def to_short_pdf(summary: GapSummary) -> bytes:
    """Return the short report as a document to hand on. Raises as `to_pdf` does."""
    return outline_to_pdf(short_outline(summary), summary.on, summary.letterhead.logo if summary.letterhead else b"")


def outline_to_pdf(report: Outline, on: date, logo: bytes) -> bytes:
    """Return any report as a document, with a logo as PNG or nothing. Raises as `to_pdf` does."""
    order = {
        "report": json.dumps(printable(to_data(report, on, logo=bool(logo))), ensure_ascii=False),
        "logo": json.dumps(list(logo)),
        "on": on.isoformat(),
    }
    return make_in_child("assessment.reports.pdf.typesetting", json.dumps(order).encode())
