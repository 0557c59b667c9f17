"""What would end stage 1 with an area of concern."""

from dataclasses import dataclass
from enum import StrEnum

from assessment.domain.standard import Question
from assessment.domain.tally import Tally


class StopReason(StrEnum):
    """Why stage 1 would end there."""

    NOT_DEFINED = "not-defined"
    EXCLUSIONS_NOT_CHECKED = "exclusions-not-checked"
    NO_REASON_FOR_EXCLUSION = "no-reason-for-exclusion"
    TOO_LITTLE_IN_PLACE = "too-little-in-place"


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One thing that would end stage 1 with an area of concern; ``question`` is ``None`` for the whole of the system."""

    reason: StopReason
    question: Question | None


def stops(tally: Tally) -> tuple[Stop, ...]:
    """Return what is known to stop stage 1, in the order of the questionnaire, and last what concerns the whole system.

    An open question is never a stop: whatever it hides, it may turn out to be enough.
    """
    unreasoned = {exclusion.question.ref for exclusion in tally.exclusions if not exclusion.reasoned}
    found = []
    for question in tally.questionnaire.questions:
        if question.ref in unreasoned:
            found.append(Stop(reason=StopReason.NO_REASON_FOR_EXCLUSION, question=question))
        elif question.ref in tally.rungs and tally.at_best.is_stop(question):
            reason = StopReason.EXCLUSIONS_NOT_CHECKED if question.checks_exclusions else StopReason.NOT_DEFINED
            found.append(Stop(reason=reason, question=question))
    if not tally.at_best.reaches_floor:
        found.append(Stop(reason=StopReason.TOO_LITTLE_IN_PLACE, question=None))
    return tuple(found)
