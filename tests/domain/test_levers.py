"""Which step brings a plan forward most."""

from datetime import date
from fractions import Fraction

from assessment.domain.answers import AnswerSheet
from assessment.domain.calendar import Scheduler
from assessment.domain.levers import MOST_TRIED, levers
from assessment.domain.planning import plan
from assessment.domain.rules import Rung
from assessment.domain.work_leg import WorkLeg
from tests.domain.shipped import FIRM, ISO_14001
from tests.support.content import LIBRARY

TODAY = date(2026, 11, 27)
NOTHING = AnswerSheet().with_rungs({question.ref: Rung.ABSENT for question in ISO_14001.questions})
STEPS = plan([ISO_14001], LIBRARY.actions, NOTHING, FIRM)
LEGS = (WorkLeg(questionnaires=(ISO_14001,), sheet=NOTHING, steps=STEPS),)


def certificate(*done: str) -> date:
    return Scheduler(legs=LEGS, start=TODAY, done=frozenset(done)).calendar(Fraction(2)).certificate


def test_each_brings_the_certificate_forward_by_as_many_days_as_it_says() -> None:
    found = levers(LEGS, TODAY, Fraction(2), ())
    assert 0 < len(found) <= MOST_TRIED
    assert [lever.days for lever in found] == sorted((lever.days for lever in found), reverse=True)
    for lever in found:
        assert (certificate() - certificate(lever.step.key)).days == lever.days


def test_what_is_done_already_moves_nothing_any_more() -> None:
    first = levers(LEGS, TODAY, Fraction(2), ())[0].step.key
    assert first not in [lever.step.key for lever in levers(LEGS, TODAY, Fraction(2), [first])]
    assert levers(LEGS, TODAY, Fraction(2), [step.key for step in STEPS]) == ()
