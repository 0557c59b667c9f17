"""Worksheets to test with: the shipped ones, filled in by a few words."""

from collections.abc import Mapping
from datetime import date

from assessment.content import load
from assessment.domain.worksheet import Worksheet
from assessment.domain.worksheet_condition import Value
from assessment.domain.worksheet_lines import Declined, Filled, Line
from assessment.paths import shipped

TODAY = date(2026, 11, 27)
LIBRARY = load(shipped("questionnaires"))
REVIEW: Worksheet = LIBRARY.worksheets["environmental-review"]
PROCESS_MAP: Worksheet = LIBRARY.worksheets["process-map"]

Told = Mapping[str, Mapping[str, Value]]


def line(line_id: str, values: Mapping[str, Value] | None = None, *, candidate: str = "", removed: bool = False) -> Line:
    """Return a line that was changed today."""
    return Line(id=line_id, values=values or {}, candidate=candidate, removed=removed, changed_on=TODAY)


def filled(told: Told, worksheet: Worksheet = REVIEW, declined: Mapping[str, Declined] | None = None) -> Filled:
    """Return a worksheet with these lines, by id."""
    lines = {line_id: line(line_id, values) for line_id, values in told.items()}
    return Filled(worksheet=worksheet, lines=lines, declined=declined or {})


# The two worked examples of audit/environmental-review.md section 4: a galvaniser, and a web agency of six.
FUMES: Mapping[str, Value] = {
    "aspect": "Fumes from the pickling bath",
    "impact": "Acid in the air of the neighbours",
    "condition": "normal",
    "stage": "own",
    "severity": "4",
    "extent": "4",
    "often": "5",
    "reach": "2",
    "parties": "2",
    "left-extent": "2",
    "limit": "close",
    "complaint": "yes",
}
ACID_TANK: Mapping[str, Value] = {"event": "Acid tank of 30 m3 leaks", "severity": "5", "likelihood": "2", "off-site": "yes"}
ELECTRICITY: Mapping[str, Value] = {"severity": "3", "extent": "1", "often": "5", "reach": "0", "parties": "0"}
TRAVEL: Mapping[str, Value] = {"severity": "3", "extent": "5", "often": "3", "reach": "0", "parties": "1"}
COOLING: Mapping[str, Value] = {"severity": "4", "extent": "1", "often": "1", "reach": "0", "parties": "0", "duties": ("D1",)}
