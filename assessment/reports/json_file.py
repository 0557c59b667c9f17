"""The gap summary as JSON: the answers, what the content was, and every result, so that anybody can recompute it."""

import json
from collections.abc import Iterable
from gettext import NullTranslations
from typing import Any

from assessment.domain.answer_fields import shape
from assessment.domain.comparison import CarryOver
from assessment.domain.cost import CostField
from assessment.domain.fit import Fit
from assessment.domain.fit_range import Undecided
from assessment.domain.forecasts import Forecast
from assessment.domain.library import Library
from assessment.domain.planning import Step, StepNote
from assessment.domain.result import Result
from assessment.domain.rules import Overlap
from assessment.domain.upkeep import Upkeep
from assessment.domain.ways import Way
from assessment.reports.comparison_view import Compared
from assessment.reports.json_audit_days import audit_days_data
from assessment.reports.json_audits import audits_data
from assessment.reports.json_standard import IN_WORDS, WILL_ASK, answer_data, score_data, standard_data
from assessment.reports.json_worksheets import worksheets_data
from assessment.reports.receipt_schema import ADDRESS
from assessment.reports.summary import GapSummary
from assessment.reports.wording import advice, calculation, certificates, limits, timeline
from assessment.translation import SOURCE_LANGUAGE, speaking

FORMAT = "iso-readiness/gap-summary/1"
# Where a receipt says which fields its answers have. Receipts without it have those of the second shape.
ANSWER_SHAPE = "answer-shape"
# Sentences that a receipt did not always have: what would bring a certificate forward.
BROUGHT_FORWARD = "brought-forward-by"
BEFORE_THE_AUDIT = "before-the-audit"
SAID_OF_DATES = "said-of-dates"
# What receipts from before do not say.
ADDED_SINCE = frozenset({BROUGHT_FORWARD, BEFORE_THE_AUDIT, SAID_OF_DATES, IN_WORDS, WILL_ASK})
# What work and audits cost people concerns nobody who checks a receipt, and moves nothing in it.
COST_FIELDS = frozenset(field.value for field in CostField)


def to_json(summary: GapSummary) -> bytes:
    """Return the summary as indented UTF-8 JSON with a fixed order of keys."""
    return (json.dumps(to_data(summary), ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def to_data(summary: GapSummary) -> dict[str, Any]:
    """Return plain values, the sentences in the source language: a receipt is recomputed where others are spoken."""
    with speaking(SOURCE_LANGUAGE, NullTranslations()):
        return _data(summary)


def _data(summary: GapSummary) -> dict[str, Any]:
    result = summary.result
    return {
        "format": FORMAT,
        "schema": ADDRESS,
        ANSWER_SHAPE: shape(),
        "product-version": summary.product_version,
        "content": {
            "hash": result.library.content_hash,
            "rules-revision": result.library.rules.revision,
            "standards": {each.id: each.revision for each in result.library.standards.values()},
        },
        "organisation": summary.organisation,
        "date": summary.on.isoformat(),
        "profile": {
            question: list(values) for question, values in sorted(result.profile.values.items()) if question not in COST_FIELDS
        },
        "size": {"class": result.size.value, "told": result.size_known},
        "advice": _advice(result),
        "chosen": [
            {"standard": each.standard.id, "edition": each.edition.id, "depth": each.path.value}
            for each in (standard.questionnaire for standard in result.standards)
        ],
        "fit": [_fit(each) for each in summary.fits],
        "standards": [standard_data(each) for each in summary.standards],
        "way": {
            "chosen": [list(leg) for leg in result.way],
            "advised": [list(leg) for leg in result.advised_way] if result.is_way_advised else [],
            "says": advice.way_taken(result),
        },
        "held": [_held(one, summary) for one in summary.upkeep],
        "plan": [_step(each, summary.result.forecasts[each.key]) for each in summary.steps],
        "calendar": _calendar(summary),
        "notes": {key: note_data(note) for key, note in sorted(summary.notes.items())},
        "worksheets": worksheets_data(summary.worksheets, summary.on),
        "real-audits": audits_data(summary),
        "refused-suggestions": sorted(summary.refused),
        "comparisons": [_compared(each) for each in summary.comparisons],
        "ways": [_way(each, result.library) for each in result.ways],
        "audit-days": audit_days_data(result),
        "other-answers": _other_answers(summary),
        "limits": [str(limit) for limit in (limits.SELF_ASSESSMENT, *limits.NOT_MEASURED)],
    }


def _advice(result: Result) -> dict[str, Any]:
    recommendation = result.recommendation
    return {
        "advice": recommendation.advice.value,
        "why": recommendation.why.value,
        "first": [standard.id for standard in recommendation.first],
        "later": [standard.id for standard in recommendation.later],
        "headline": advice.headline_in_words(result),
        "reason": advice.reason_in_words(result),
        "undecided": _undecided(result.undecided),
        "turning-points": [
            {
                "question": point.question.id,
                "answer": list(point.values),
                "becomes": advice.advice_in_words(point.becomes),
            }
            for point in result.turning_points
        ],
    }


def _held(one: Upkeep, summary: GapSummary) -> dict[str, Any]:
    held = one.certificate
    return {
        "standard": held.standard,
        "edition": held.edition,
        "valid-until": held.valid_until.isoformat() if held.valid_until else None,
        "next-audit": held.next_audit.isoformat() if held.next_audit else None,
        "kind": held.kind.value,
        "says": certificates.said_of(one, summary.result),
        BEFORE_THE_AUDIT: [
            {
                "number": each.number,
                "action": each.step.key,
                "title": each.step.action.title,
                "person-days": each.step.person_days,
                "mends-major": each.mends_major,
            }
            for each in summary.before_audits
            if each.upkeep is one
        ],
    }


def _undecided(undecided: Undecided | None) -> dict[str, Any] | None:
    if undecided is None:
        return None
    return {
        "answered": undecided.answered,
        "asked": undecided.asked,
        "deciding": [question.id for question in undecided.deciding],
    }


def _fit(fit: Fit) -> dict[str, Any]:
    return {
        "standard": fit.standard.id,
        "low": fit.low,
        "high": fit.high,
        "points": [fit.reached, fit.within_reach, fit.possible],
        "how": calculation.fit(fit),
        "reasons": [{"because": each.because, "points": each.points, "decides": each.decides} for each in fit.reasons],
    }


def _other_answers(summary: GapSummary) -> dict[str, Any]:
    """Answers to chosen standards that the summary does not show, without which the plan could not be recomputed."""
    shown = {standard.result.questionnaire.standard.id for standard in summary.standards}
    return {
        question.ref: answer_data(summary.result.sheet.answer(question))
        for standard in summary.result.standards
        for question in standard.questionnaire.questions
        if question.standard not in shown
    }


def _calendar(summary: GapSummary) -> dict[str, Any]:
    calendar = summary.timeline.calendar
    return {
        "start": calendar.start.isoformat(),
        "person-days-a-week": float(summary.result.days_a_week),
        "steps": {each.key: [each.start.isoformat(), each.end.isoformat()] for each in calendar.planned},
        SAID_OF_DATES: timeline.said_of_dates(summary.timeline, summary.questionnaires),
        "standards": {
            standard_id: {
                "stage-1": dates.stage_1.isoformat(),
                "stage-2": dates.stage_2.isoformat(),
                "certificate": dates.certificate.isoformat(),
                "held-by": [each.key for each in dates.chain],
                BROUGHT_FORWARD: timeline.forward_in_words(summary.timeline, standard_id, summary.result),
                "how": calculation.dates(dates, summary.result.library.rules),
            }
            for standard_id, dates in calendar.milestones.items()
        },
    }


def _way(route: Way, library: Library) -> dict[str, Any]:
    return {
        "legs": [
            {
                "standards": list(leg.standards),
                "person-days": leg.person_days,
                "certificate": leg.certificate.isoformat(),
            }
            for leg in route.legs
        ],
        "person-days": route.person_days,
        "saved-against-each-alone": route.saved,
        "how": calculation.route(route, library),
    }


def note_data(note: StepNote) -> dict[str, Any]:
    """Return what people say about a step as plain values."""
    return {
        "owner": note.owner,
        "due": note.due.isoformat() if note.due else None,
        "done-on": note.done_on.isoformat() if note.done_on else None,
    }


def _compared(compared: Compared) -> dict[str, Any]:
    comparison = compared.comparison
    return {
        "standards": [comparison.left.standard.id, comparison.right.standard.id],
        "topics": {overlap.value: len(comparison.by_overlap(overlap)) for overlap in Overlap},
        "only-in": {
            comparison.left.standard.id: len(comparison.only_left),
            comparison.right.standard.id: len(comparison.only_right),
        },
        "carried": [_side(each) for each in compared.sides],
    }


def _side(side: CarryOver) -> dict[str, Any]:
    return {
        "for": side.questionnaire.standard.id,
        "from": side.full.source.standard.id,
        "suggested": {each.question.id: each.rung.id for each in side.suggested},
        "same-method": [each.question.id for each in side.methods],
        "confirmed-only": score_data(side.before),
        "if-every-suggestion-holds": score_data(side.after),
        "full-readiness-would-give": score_data(side.full_score),
        "share-a-topic": side.shared,
    }


def _step(step: Step, forecasts: Iterable[Forecast]) -> dict[str, Any]:
    return {
        "key": step.key,
        "action": step.action.key,
        "title": step.action.title,
        "why": step.action.why,
        "steps": list(step.action.steps),
        "done-when": step.action.done_when,
        "role": step.action.role,
        "person-days": step.person_days,
        "weeks-at-least": step.weeks,
        "certain": step.certain,
        "standards": list(step.standards),
        "lifts": [
            {
                "question": lift.question.ref,
                "before": lift.before.id if lift.before is not None else None,
                "after": lift.after.id,
            }
            for lift in step.lifts
        ],
        "leads-to": [
            {
                "standard": each.standard,
                "score": score_data(each.score),
                "verdict": {"worst": each.worst.id, "best": each.best.id},
            }
            for each in forecasts
        ],
    }
