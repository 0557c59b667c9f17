"""Together or one after the other, a newer edition, and what one standard gives another."""

from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.content import load
from assessment.domain.answers import AnswerSheet
from assessment.domain.comparison import gift
from assessment.domain.editions import edition_step
from assessment.domain.planning import plan
from assessment.domain.questionnaire import Depth
from assessment.domain.routes import Start, routes
from assessment.domain.rules import Overlap, Rung, Size
from assessment.domain.scoring import score
from assessment.paths import shipped
from tests.domain.test_properties import QUICKLY, sheets_for

LIBRARY = load(shipped("questionnaires"))
BOTH = [LIBRARY.questionnaire(each.id, each.current.id, Depth.FULL) for each in LIBRARY.standards.values()]
NOTHING = AnswerSheet().with_rungs({question.ref: Rung.ABSENT for each in BOTH for question in each.questions})


def start(sheet: AnswerSheet) -> Start:
    return Start(actions=LIBRARY.actions, sheet=sheet, size=Size.SMALL, on=date(2027, 1, 4), days_a_week=Fraction(2))


def work(*standards: int) -> float:
    return sum(step.person_days for step in plan([BOTH[each] for each in standards], LIBRARY.actions, NOTHING, Size.SMALL))


def test_shared_actions_are_counted_once_whichever_way_is_taken() -> None:
    together, first, second = routes(BOTH, start(NOTHING))
    assert [leg.standards for leg in together.legs] == [("iso-9001", "iso-14001")]
    assert [leg.standards for leg in first.legs] == [("iso-9001",), ("iso-14001",)]
    assert [leg.standards for leg in second.legs] == [("iso-14001",), ("iso-9001",)]
    shared = work(0) + work(1) - work(0, 1)
    assert shared > 10
    assert together.saved == first.saved == second.saved == shared
    # The one that comes first is there earlier than with both at once, the second later.
    assert first.legs[0].certificate < together.legs[0].certificate < first.legs[1].certificate


def test_one_standard_has_one_way() -> None:
    (only,) = routes(BOTH[:1], start(NOTHING))
    assert (len(only.legs), only.saved) == (1, 0)


@settings(QUICKLY, max_examples=15)
@given(st.data())
def test_no_way_costs_more_than_each_standard_alone(data: st.DataObject) -> None:
    sheet = AnswerSheet(answers={ref: a for each in BOTH for ref, a in data.draw(sheets_for(each)).answers.items()})
    for route in routes(BOTH, start(sheet)):
        assert route.saved >= 0
        assert [leg.certificate for leg in route.legs] == sorted(leg.certificate for leg in route.legs)


def test_full_readiness_for_one_gives_the_other_what_they_share_and_no_more() -> None:
    for target, source in ((BOTH[0], BOTH[1]), (BOTH[1], BOTH[0])):
        given_by = gift(target, source)
        gained = score(target, given_by.sheet)
        assert gained.answered == len(given_by.suggested) < gained.asked
        assert 20 < (gained.low or 0) < 60
        full = [each for each in given_by.suggested if each.overlap is Overlap.FULL]
        assert full
        assert all(each.rung is each.question.enough for each in full)


def test_a_firm_that_meets_2015_sees_what_2026_adds() -> None:
    old = LIBRARY.questionnaire("iso-14001", "2015", Depth.FULL)
    new = LIBRARY.questionnaire("iso-14001", "2026", Depth.FULL)
    sheet = AnswerSheet().with_rungs({question.ref: question.enough for question in old.questions})
    sheet = sheet.with_rungs({"iso-14001/planned-change": Rung.IN_USE, "iso-14001/audit-objectives": Rung.ABSENT})
    found = edition_step(old, new, LIBRARY.actions, sheet, Size.SMALL)
    assert found is not None
    assert [question.id for question in found.met] == ["planned-change"]
    assert [question.id for question in found.short] == ["audit-objectives"]
    assert len(found.unknown) == 5
    # Every step serves something new, and the sum of work is small beside building the system.
    new_refs = {question.ref for question in found.changes.added}
    assert all({lift.question.ref for lift in step.lifts} <= new_refs for step in found.steps)
    assert 0 < found.person_days < 10
    assert edition_step(new, old, LIBRARY.actions, sheet, Size.SMALL) is None
