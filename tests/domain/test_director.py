"""What a director is asked for."""

from datetime import date, timedelta
from fractions import Fraction

from assessment.domain.answers import Answer, AnswerSheet, Evidence, State
from assessment.domain.director import director_asks, evidence_share
from assessment.domain.planning import StepNote
from assessment.domain.profile import Profile
from assessment.domain.result import Result, assess
from assessment.domain.rules import Rung
from assessment.domain.timeline import Timeline, timeline
from tests.domain.shipped import ISO_9001
from tests.support.content import LIBRARY

TODAY = date(2026, 11, 27)
NOTHING = AnswerSheet().with_rungs({question.ref: Rung.ABSENT for question in ISO_9001.questions})
STANDARD = ISO_9001.standard.id


def result(deadline: date | None = None) -> Result:
    told = {"days-a-week": ("1",)} | ({"deadline": (f"{STANDARD}={deadline.isoformat()}",)} if deadline else {})
    return assess(LIBRARY, [ISO_9001], NOTHING, Profile(values=told), TODAY)


def ahead(of: Result) -> Timeline:
    return timeline(of, start=TODAY, days_a_week=of.days_a_week, offered=())


def test_a_deadline_with_room_says_until_when_to_decide_at_the_pace_of_the_plan() -> None:
    late = ahead(result()).calendar.certificate + timedelta(weeks=4)
    asks = director_asks(ahead(result(late)), {}, [STANDARD])
    assert asks.deadline is not None
    assert asks.deadline.start_by is not None
    assert TODAY + timedelta(weeks=3) < asks.deadline.start_by < TODAY + timedelta(weeks=5)
    assert asks.days_a_week == asks.given == Fraction(1)


def test_a_deadline_that_needs_more_asks_for_the_days_that_meet_it() -> None:
    soon = ahead(result()).calendar.certificate - timedelta(days=1)
    asks = director_asks(ahead(result(soon)), {}, [STANDARD])
    assert asks.days_a_week > asks.given == Fraction(1)


def test_a_deadline_that_cannot_be_met_asks_for_nothing_by_a_day() -> None:
    assert director_asks(ahead(result(TODAY + timedelta(days=7))), {}, [STANDARD]).deadline is None
    assert director_asks(ahead(result()), {}, [STANDARD]).deadline is None


def test_a_step_with_an_owner_needs_nobody_and_one_that_is_done_needs_no_signature() -> None:
    plan = ahead(result())
    before = director_asks(plan, {}, [STANDARD])
    assert sum(role.steps for role in before.unowned) == len(plan.calendar.planned)
    assert [role.person_days for role in before.unowned] == sorted((r.person_days for r in before.unowned), reverse=True)
    first = before.to_sign[0]
    after = director_asks(plan, {first.key: StepNote(owner="Ada", done_on=TODAY)}, [STANDARD])
    assert sum(role.steps for role in after.unowned) == len(plan.calendar.planned) - 1
    assert after.to_sign == before.to_sign[1:]
    owned = director_asks(plan, {first.key: StepNote(owner="Ada")}, [STANDARD])
    assert owned.to_sign == before.to_sign


def test_every_standard_has_a_policy_to_sign() -> None:
    signed = {action.key for action in LIBRARY.actions.values() if action.signed}
    assert "write-policy" in signed
    assert signed <= {planned.key for planned in ahead(result()).calendar.planned}


def test_only_answers_on_a_rung_are_asked_for_evidence() -> None:
    first, second, third = ISO_9001.questions[:3]
    sheet = AnswerSheet(
        answers={
            first.ref: Answer(state=State.RUNG, rung=Rung.IN_USE, evidence=(Evidence(title="Minutes"),)),
            second.ref: Answer(state=State.RUNG, rung=Rung.IN_USE),
            third.ref: Answer(state=State.UNKNOWN, evidence=(Evidence(title="Perhaps"),)),
        }
    )
    share = evidence_share([ISO_9001], sheet)
    assert (share.named, share.answered) == (1, 2)
