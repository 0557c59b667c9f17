"""Why a question that falls short is a likely finding by itself."""

from enum import StrEnum

from assessment.domain.rules import FindingRules, Rung
from assessment.domain.standard import Gravity, Question


class Reason(StrEnum):
    """Why something is a finding, gravest first. The first five make a likely major, the last two a likely minor."""

    ESSENTIAL_MISSING = "essential-missing"
    REQUIRED_MISSING = "required-missing"
    DEED_NOT_DONE = "deed-not-done"
    DEED_STALE = "deed-stale"
    SEVERAL_LAPSES = "several-lapses"
    ESSENTIAL_NOT_LIVED = "essential-not-lived"
    BELOW_ENOUGH = "below-enough"


MAJOR_REASONS = frozenset(
    {
        Reason.ESSENTIAL_MISSING,
        Reason.REQUIRED_MISSING,
        Reason.DEED_NOT_DONE,
        Reason.DEED_STALE,
        Reason.SEVERAL_LAPSES,
    }
)


def reason_of(question: Question, rung: Rung, rules: FindingRules) -> Reason | None:
    """Tell why a rung falls short on a question by itself; ``None`` where it is enough."""
    if rung >= question.enough:
        return None
    if question.gravity is Gravity.ESSENTIAL:
        if rung <= rules.essential_major_up_to:
            return Reason.ESSENTIAL_MISSING
        return Reason.DEED_NOT_DONE if question.deed else Reason.ESSENTIAL_NOT_LIVED
    if question.gravity is Gravity.REQUIRED and rung <= rules.required_major_up_to:
        return Reason.REQUIRED_MISSING
    return Reason.BELOW_ENOUGH
