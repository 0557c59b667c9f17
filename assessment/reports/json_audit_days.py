"""The days of auditors in the JSON download."""

from typing import Any

from assessment.domain.audit_reasons import ReasonHere
from assessment.domain.result import Result
from assessment.domain.site_sampling import SitesHere
from assessment.reports.wording import auditors, calculation


def audit_days_data(result: Result) -> dict[str, Any]:
    """Return the days of auditors as plain values, with what speaks for more or fewer and several sites."""
    found = result.audit_time
    days = {**found.by_standard, **({"integrated": found.integrated} if found.integrated else {})}
    return {
        "missing": list(found.missing),
        "case-by-case": list(found.case_by_case),
        "reasons": [_audit_reason(each) for each in found.reasons],
        "sites": _sites(found.sites, result),
        "days": {
            name: {
                "initial": float(each.initial),
                "stage-1": round(float(each.stage_1), 3),
                "at-least": float(each.least),
                "surveillance": round(float(each.surveillance), 3),
                "recertification": round(float(each.recertification), 3),
            }
            for name, each in days.items()
        },
        "how": calculation.audit_days(found, result.library.audit_tables),
    }


def _audit_reason(each: ReasonHere) -> dict[str, Any]:
    fact = each.reason.fact
    return {
        "standards": list(each.standards),
        "days": "more" if each.reason.more else "fewer",
        "because": fact.text,
        "confidence": fact.confidence.value,
    }


def _sites(found: SitesHere | None, result: Result) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "sites": found.sites,
        "visited-besides-head-office": [
            {
                "alike": visits.alike,
                "first": visits.first,
                "surveillance": visits.surveillance,
                "recertification": visits.recertification,
            }
            for visits in found.visits
        ],
        "says": auditors.sites(found, result.library.audit_tables.sampling),
    }
