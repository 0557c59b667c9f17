"""What still counts today and will be too old at the audit, so that it is planned anew."""

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from assessment.domain.answers import AnswerSheet
from assessment.domain.calendar import Scheduler
from assessment.domain.freshness import Freshness, as_of, freshness
from assessment.domain.questionnaire import Questionnaire


def as_of_stage_2(
    judged: AnswerSheet,
    questionnaires: Sequence[Questionnaire],
    scheduler: Callable[[AnswerSheet], Scheduler],
    days_a_week: Fraction,
) -> AnswerSheet:
    """Return answers as they will count at stage 2 of each standard that the plan leads to, at a pace.

    ``scheduler`` places the plan from a sheet. A deed that is too old by then is planned anew, which may put stage 2 off, and
    more with it: this goes on until nothing is too old. What is dated in no answer never is.
    """
    if as_of(judged, questionnaires, date.max) is judged:
        return judged
    stages_2 = scheduler(judged).stages_2(days_a_week)
    later = judged
    for asked in questionnaires:
        if asked.standard.id in stages_2:
            later = as_of(later, [asked], stages_2[asked.standard.id])
    return judged if later is judged else as_of_stage_2(later, questionnaires, scheduler, days_a_week)


def stale_by_stage_2(
    judged: AnswerSheet, at_stage_2: AnswerSheet, questionnaires: Sequence[Questionnaire]
) -> tuple[Freshness, ...]:
    """Return what counts for less at stage 2 than it does today, the earliest first."""
    aging = [one for asked in questionnaires for one in freshness(asked, judged)]
    lowered = [one for one in aging if at_stage_2.rung(one.question) != judged.rung(one.question)]
    return tuple(sorted(lowered, key=lambda one: one.until))
