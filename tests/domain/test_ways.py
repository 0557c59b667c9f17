"""Several standards together, or one after the other."""

from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.answers import AnswerSheet
from assessment.domain.planning import plan
from assessment.domain.rules import Rung, Size
from assessment.domain.ways import Start, ways
from tests.domain.generated import QUICKLY, sheets_for
from tests.domain.shipped import BOTH, LIBRARY

NOTHING = AnswerSheet().with_rungs({question.ref: Rung.ABSENT for each in BOTH for question in each.questions})


def start(sheet: AnswerSheet) -> Start:
    return Start(actions=LIBRARY.actions, sheet=sheet, size=Size.SMALL, on=date(2027, 1, 4), days_a_week=Fraction(2))


def work(*standards: int) -> float:
    return sum(step.person_days for step in plan([BOTH[each] for each in standards], LIBRARY.actions, NOTHING, Size.SMALL))


def test_shared_actions_are_counted_once_whichever_way_is_taken() -> None:
    together, first, second = ways(BOTH, start(NOTHING))
    assert [leg.standards for leg in together.legs] == [("iso-9001", "iso-14001")]
    assert [leg.standards for leg in first.legs] == [("iso-9001",), ("iso-14001",)]
    assert [leg.standards for leg in second.legs] == [("iso-14001",), ("iso-9001",)]
    shared = work(0) + work(1) - work(0, 1)
    assert shared > 10
    assert together.saved == first.saved == second.saved == shared
    # The one that comes first is there earlier than with both at once, the second later.
    assert first.legs[0].certificate < together.legs[0].certificate < first.legs[1].certificate


def test_one_standard_has_one_way() -> None:
    (only,) = ways(BOTH[:1], start(NOTHING))
    assert (len(only.legs), only.saved) == (1, 0)


@settings(QUICKLY, max_examples=15)
@given(st.data())
def test_no_way_costs_more_than_each_standard_alone(data: st.DataObject) -> None:
    sheet = AnswerSheet(answers={ref: a for each in BOTH for ref, a in data.draw(sheets_for(each)).answers.items()})
    for way in ways(BOTH, start(sheet)):
        assert way.saved >= 0
        assert [leg.certificate for leg in way.legs] == sorted(leg.certificate for leg in way.legs)
