"""Real audits in the JSON download: what was said before each, how that compares, and majors that are open; and read back."""

from collections.abc import Iterable, Mapping
from typing import Any

from assessment.domain.audit_findings import OpenMajors
from assessment.domain.hindsight import AreaFound, Expectation, Foretold, Hindsight
from assessment.reports.json_worksheets import day_from
from assessment.reports.summary import GapSummary
from assessment.reports.wording.audits import said_of_audits

# What a receipt says of real audits where none is written down.
NO_AUDITS: Mapping[str, Any] = {
    "held-against": {},
    "together": {"found-and-expected": 0, "found-only": 0, "expected-only": 0, "apart": 0, "too-few": True},
    "open-majors": [],
    "says": [],
}


def audits_data(summary: GapSummary) -> dict[str, Any]:
    """Return real audits as plain values. What was said before each is kept, since the answers of then are not in the file."""
    told = summary.audits_together
    return {
        "held-against": {each.audit.key: _audit(each) for each in summary.audits},
        "together": {
            "found-and-expected": told.both,
            "found-only": told.only_found,
            "expected-only": told.only_expected,
            "apart": told.apart,
            "too-few": told.is_little,
        },
        "open-majors": [_majors(each) for each in summary.open_majors],
        "says": said_of_audits(summary.open_majors, summary.audit_findings, summary.result),
    }


def _audit(found: Hindsight) -> dict[str, Any]:
    return {
        "expected": {
            standard: {
                "answers-of": expected.on.isoformat() if expected.on else None,
                "areas": {area: what.value for area, what in expected.areas.items()},
                "open": list(expected.open),
            }
            for standard, expected in found.expected.items()
        },
        "found-and-expected": _areas(found.both),
        "found-only": _areas(found.only_found),
        "expected-only": None if found.only_expected is None else _areas(found.only_expected),
        "apart": [finding.line.id for finding in found.apart],
    }


def _areas(rows: Iterable[AreaFound]) -> list[dict[str, Any]]:
    return [
        {"standard": row.standard, "area": row.area, "findings": [finding.line.id for finding in row.findings]} for row in rows
    ]


def _majors(found: OpenMajors) -> dict[str, Any]:
    return {
        "standard": found.standard,
        "findings": [finding.line.id for finding in found.findings],
        "close-by": found.close_by.isoformat() if found.close_by else None,
    }


def expected_from(told: Mapping[str, Any]) -> dict[str, dict[str, Expectation]]:
    """Return what was said before each audit as a receipt has it.

    Raises ``KeyError``, ``TypeError``, ``ValueError`` and ``AttributeError`` for what is nothing of the kind.
    """
    return {
        audit: {
            standard: Expectation(
                on=day_from(said["answers-of"]),
                areas={area: Foretold(what) for area, what in said["areas"].items()},
                open=tuple(_text(area) for area in said["open"]),
            )
            for standard, said in found["expected"].items()
        }
        for audit, found in told["held-against"].items()
    }


def _text(told: Any) -> str:
    if not isinstance(told, str):
        raise TypeError("an area is no text")
    return told
