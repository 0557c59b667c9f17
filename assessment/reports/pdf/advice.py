"""Which standard and why, the ways to several of them, and the days auditors need, as plain values."""

from typing import Any

from assessment.domain.audit_time import AuditDays, in_half_days
from assessment.domain.fit import Advice, TurningPoint
from assessment.domain.profile import ProfileKind
from assessment.domain.result import Result
from assessment.domain.ways import Way
from assessment.reports import explained, words
from assessment.reports.summary import GapSummary

Data = dict[str, Any]


def advice(summary: GapSummary) -> Data:
    """Everything about which standard to take, strongest reason first."""
    result = summary.result
    return {
        "headline": words.advice_in_words(result.recommendation),
        "why": words.why_in_words(result.recommendation),
        "fits": [
            {
                "name": each.standard.name,
                "low": each.low,
                "high": each.high,
                "text": words.fit_in_words(each),
                "reasons": [{"because": driver.because, "decides": driver.decides} for driver in each.reasons],
                "how": explained.fit(each),
            }
            for each in summary.fits
        ],
        "known": result.recommendation.advice is not Advice.NOT_KNOWN,
        "turning": [_turning(each, result) for each in result.turning_points],
        "ways": [_way(each, result) for each in result.ways] if len(result.standards) > 1 else [],
        "audits": _audits(result),
    }


def _turning(point: TurningPoint, result: Result) -> Data:
    return {
        "asks": point.question.asks,
        "answer": _values_in_words(point, result),
        "becomes": words.lower_first(words.change_in_words(point.becomes)),
    }


def _values_in_words(point: TurningPoint, result: Result) -> str:
    texts = {choice.id: choice.text for choice in point.question.choices}
    if point.question.kind is ProfileKind.STANDARDS:
        texts = {standard.id: standard.name for standard in result.library.standards.values()}
    return ", ".join(texts.get(value, value) for value in point.values) or "none of these"


def _way(route: Way, result: Result) -> Data:
    names = {each.id: each.name for each in result.library.standards.values()}
    legs = [words.join_and([names[each] for each in leg.standards]) for leg in route.legs]
    return {
        "title": f"{legs[0]}, together" if len(legs) == 1 else ", then ".join(legs),
        "work": words.days_in_words(route.person_days),
        "saved": words.days_in_words(route.saved),
        "certificates": ", then ".join(words.day_in_words(leg.certificate) for leg in route.legs),
        "how": explained.route(route, result.library),
    }


def _audits(result: Result) -> Data:
    found, tables = result.audit_time, result.library.audit_tables
    rows = [_audit(result.library.standards[key].name, days) for key, days in found.by_standard.items()]
    if found.integrated:
        rows.append(_audit("Together, integrated at best", found.integrated))
    missing = [result.library.profile_questions[each].asks for each in found.missing]
    return {
        "rows": rows,
        "why-none": "The tables end below your number of people; ask a certification body."
        if found.beyond_tables
        else f"For an estimate the profile has to say: {' '.join(f'“{each}”' for each in missing)}",
        "how": explained.audit_days(found, tables),
    }


def _audit(name: str, days: AuditDays) -> Data:
    parts = map(in_half_days, (days.initial, days.least, days.surveillance, days.recertification))
    return {"name": name, "days": [f"{float(each):g}" for each in parts]}
