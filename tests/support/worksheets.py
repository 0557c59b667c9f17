"""Worksheets to test with: the shipped ones, filled in by a few words."""

from collections.abc import Mapping
from datetime import date

from assessment.domain.worksheet import Worksheet
from assessment.domain.worksheet_condition import Value
from assessment.domain.worksheet_lines import Declined, Filled, Line
from tests.support.content import LIBRARY

TODAY = date(2026, 11, 27)
REVIEW: Worksheet = LIBRARY.worksheets["environmental-review"]
PROCESS_MAP: Worksheet = LIBRARY.worksheets["process-map"]
REAL: Worksheet = LIBRARY.worksheets["real-findings"]

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

# A galvaniser in the middle of its review: a duty not kept, one nobody knows, aspects scored and not, an emergency.
GALVANISER: Told = {
    "AF1": {"lists": ("surface",), "permit": "yes", "people": "64", "shifts": "2"},
    "A1": {"name": "Works", "address": "Hüttenstraße 5, Hagen, Germany", "area": ("12000", "m2"), "tenure": "owned"},
    "AP1": {"what": "Hot dip galvanising"},
    "B1": {"site": ("A1",), "dwelling": "next", "water": "near", "drains": "no"},
    "C1": {
        "party": "Neighbours of Mill Lane",
        "kind": "neighbour",
        "expects": "No smell",
        "heard": "complaint",
        "binding": "no",
    },
    "D1": {"title": "Permit, section 3.2: fumes", "level": "permit", "condition": "3.2", "kept": "no", "means": "5 mg/m3"},
    "D2": {"title": "Leak checks of cooling systems", "level": "eu", "kept": "not-known"},
    "D3": {
        "title": "Waste notes",
        "level": "national",
        "kept": "yes",
        "proof": "Folder",
        "checked": "2026-11-02",
        "next": "2027-03-01",
    },
    "E1": {"name": "Pickling", "products": ("AP1",), "site": ("A1",)},
    "E2": {"name": "Zinc kettle", "after": ("E1",)},
    "H1": {"control": "Scrubber", "kind": "equipment", "written": "yes", "who": "Shift leader, daily", "seen": "2026-11-20"},
    "F1": {**FUMES, "activity": "Pickling", "steps": ("E1",), "duties": ("D1",), "controls": ("H1",), "kind": "air"},
    "F2": {
        **ELECTRICITY,
        "aspect": "Electricity for cranes and light",
        "impact": "Greenhouse gases",
        "stage": "own",
        "amount": ("410000", "kWh"),
    },
    "F3": {"aspect": "Zinc ash", "impact": "Waste that is recovered", "effect": "helpful", "stage": "end"},
    "F4": {
        **COOLING,
        "aspect": "Leaks of refrigerant",
        "impact": "Strong greenhouse gas",
        "duties": ("D2",),
        "condition": "abnormal",
    },
    "G1": {**ACID_TANK, "kind": "spill", "site": ("A1",), "path": ("drain", "surface-water"), "plan": "Plan 7, gate house"},
    "I1": {"what": "Smell in August", "happened": "2026-08-11", "kind": "complaint", "cause": "Scrubber off", "about": ("F1",)},
    "J1": {"item": "Zinc", "stage": "upstream", "effect": "Mining and smelting", "influence": "weak"},
    "K1": {"what": "Second stage for the scrubber", "for": ("D1", "F1"), "owner": "Kim", "due": "2027-02-01", "cost": "large"},
}

# Two audits of a firm: stage 1 with a concern that was dealt with; stage 2 with an open major, a minor whose action is done
# and nobody looked at, and an opportunity. Of stage 2 nobody said yet that all findings are there.
AUDITED: Told = {
    "A1": {"kind": "stage-1", "standards": ("iso-9001",), "began": "2026-06-10", "complete": "yes"},
    "A2": {"kind": "stage-2", "standards": ("iso-9001",), "began": "2026-08-03", "ended": "2026-08-05", "body": "Body <b>"},
    "F1": {
        "what": "Three suppliers without any evaluation",
        "audit": ("A2",),
        "grade": "major",
        "area": "iso-9001/8.4",
        "correction": "Evaluated the three",
        "cause": "New suppliers never reach purchasing",
        "action": "Block orders until purchasing has evaluated",
        "owner": "Kim",
        "due": "2026-12-10",
    },
    "F2": {
        "what": "One welder without proof of competence",
        "audit": ("A2",),
        "grade": "minor",
        "area": "iso-9001/7.2",
        "action": "Matrix of competence with end dates",
        "owner": "Ada",
        "due": "2026-09-30",
        "done": "2026-09-20",
    },
    "F3": {"what": "Show the trend of complaints", "audit": ("A2",), "grade": "opportunity", "area": "none"},
    "F4": {
        "what": "The scope leaves out the second site",
        "audit": ("A1",),
        "grade": "concern",
        "area": "iso-9001/4.3",
        "action": "Write the scope again",
        "done": "2026-07-01",
        "checked": "2026-07-20",
        "effect": "yes",
        "closed": "2026-08-05",
    },
}
