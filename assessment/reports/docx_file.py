"""The gap summary as a Word document to go on writing in: real headings, tables and contents, made in a process of its own."""

import base64
import json
from dataclasses import asdict
from typing import Any

from assessment.reports import words
from assessment.reports.child import make_in_child
from assessment.reports.letterhead import Letterhead
from assessment.reports.outline.blocks import Block, Figure, Outline, Table, cell
from assessment.reports.outline.report import outline
from assessment.reports.summary import GapSummary
from assessment.reports.zipped import dated

MOST_IN_FOOT = 50  # characters of a name that fit beside the page number


def to_docx(summary: GapSummary) -> bytes:
    """The summary as an editable document.

    Raises ``TooBusyError`` while as many documents as may be are being made, ``DocumentError`` where one cannot be.
    """
    told = outline(summary)
    letterhead = summary.letterhead or Letterhead()
    order = {
        "title": told.title,
        "author": letterhead.name or summary.organisation,
        "day": summary.on.isoformat(),
        "logo": base64.b64encode(letterhead.logo).decode(),
        "letterhead": [letterhead.name, *letterhead.address.splitlines()] if letterhead.name or letterhead.address else [],
        "organisation": told.cover.organisation,
        "running": _running(told),
        "on": told.cover.on,
        "state": f"{told.cover.state} {words.SELF_ASSESSMENT}",
        "cover": _told(_standards(told)),
        "sections": [
            {"title": each.title, "blocks": [_told(block) for block in each.blocks if not isinstance(block, Figure)]}
            for each in told.sections
        ],
    }
    return dated(make_in_child("assessment.reports.word.filling", json.dumps(order).encode()), summary.on)


def _told(block: Block) -> dict[str, Any]:
    return {"kind": block.kind, **asdict(block)}


def _standards(told: Outline) -> Table:
    rows = tuple(tuple(map(cell, each)) for each in told.cover.standards)
    return Table(caption="What this summary is about", head=("Edition", "Met", "QuestionPath"), rows=rows, shares=(50, 25, 25))


def _running(told: Outline) -> str:
    name = told.cover.organisation
    short = name if len(name) <= MOST_IN_FOOT else f"{name[:MOST_IN_FOOT].rstrip()}…"
    return f"{short}, {told.cover.on}"
