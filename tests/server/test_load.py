"""Many people at once, for a short while; `make load` does it for two minutes each."""

from collections.abc import Callable

import pytest

from tests.tools.load import load, quarters

SECONDS = 6
# Two pages with three saves each, so that everybody has saved something however slow the machine is.
AT_LEAST = 8
# The caches of a worker still fill up in so short a time, so this is more than `make load` allows.
MOST_GROWTH = 0.15


@pytest.mark.database
@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(("people", "assessments"), [(50, 1), (100, 100)], ids=["one assessment", "an assessment each"])
def test_many_people_at_once_meet_no_error_and_lose_nothing(tell: Callable[[str], None], people: int, assessments: int) -> None:
    found = load(people, assessments, SECONDS, at_least=AT_LEAST)
    tell(str(found))
    assert found.wrong == ()
    assert (found.lost, found.broken) == (0, 0)
    assert found.acknowledged > people
    assert found.growth < MOST_GROWTH


def test_growth_is_seen_from_the_second_quarter_to_the_last() -> None:
    assert quarters([1, 2, 3, 4, 5, 6, 7, 8]) == (1.5, 3.5, 5.5, 7.5)
