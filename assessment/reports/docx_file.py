"""The gap summary as a Word document to go on writing in: real headings, tables and contents, made in a process of its own."""

import base64
import json
from dataclasses import asdict
from datetime import date
from typing import Any

from assessment.reports.child_process import make_in_child
from assessment.reports.outline.blocks import Chart, Simple
from assessment.reports.outline.document import Outline
from assessment.reports.outline.plain import simple
from assessment.reports.outline.report import outline, short_outline
from assessment.reports.reproducible_zip import dated
from assessment.reports.summary import GapSummary
from assessment.reports.texts import shortened

MOST_IN_FOOT = 50  # characters of a name that fit beside the page number


def to_docx(summary: GapSummary) -> bytes:
    """Return the summary as an editable document.

    Raises ``TooBusyError`` while as many documents as may be are being made, ``DocumentError`` where one cannot be.
    """
    return outline_to_docx(outline(summary), summary.on, summary.letterhead.logo if summary.letterhead else b"")


def to_short_docx(summary: GapSummary) -> bytes:
    """Return the short report as an editable document. Raises as `to_docx` does."""
    return outline_to_docx(short_outline(summary), summary.on, summary.letterhead.logo if summary.letterhead else b"")


def outline_to_docx(report: Outline, on: date, logo: bytes) -> bytes:
    """Return any report as an editable document, with a logo as PNG or nothing. Raises as `to_docx` does."""
    order = {**to_data(report), "day": on.isoformat(), "logo": base64.b64encode(logo).decode()}
    return dated(make_in_child("assessment.reports.word.filling", json.dumps(order).encode()), on)


def to_data(report: Outline) -> dict[str, Any]:
    """Return a report as plain values for the process that fills in the template."""
    cover = report.cover
    page, _, pages = report.frame.page.partition("{page}")
    between, _, after = pages.partition("{pages}")
    return {
        "title": report.title,
        "author": report.author,
        "language": report.language,
        "letterhead": list(report.sender),
        "logo-says": report.frame.logo,
        "kind": cover.kind,
        "organisation": cover.organisation,
        "running": f"{shortened(cover.organisation, MOST_IN_FOOT)}, {cover.on}",
        "page": [page, between, after],
        "contents": report.frame.contents,
        "on": cover.on,
        "state": cover.state,
        "cover": [{"edition": each.edition, "score": each.score, "answered": each.answered} for each in cover.standards],
        "sections": [
            {"title": section.title, "blocks": [_block(each) for each in simple(section.blocks) if not isinstance(each, Chart)]}
            for section in report.sections
        ],
    }


def _block(block: Simple) -> dict[str, Any]:
    return {"kind": block.kind, **asdict(block)}
