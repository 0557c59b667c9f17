"""Which actions wait for which, directly or not."""

from dataclasses import replace

from assessment.domain.dependencies import dependencies, longest_ways
from assessment.domain.standard import Action
from tests.support.content import LIBRARY

SOME = LIBRARY.actions["start-project"]


def action(name: str, after: tuple[str, ...] = (), **alongside: int) -> Action:
    return replace(SOME, id=name, after=after, alongside=alongside)


def as_written(_earlier: Action, weeks: int) -> float:
    return weeks


def test_what_falls_out_in_between_still_ties_those_around_it() -> None:
    made = {one.key: one for one in (action("a"), action("b", ("a",)), action("c", b=2), action("d", c=3), action("e", ("d",)))}
    found = dependencies(made, as_written)
    assert found["b"].done == {"a": 0}
    assert (found["c"].done, found["c"].begun) == ({"a": 2}, {"b": 2})
    assert (found["d"].done, found["d"].begun) == ({"a": 5}, {"b": 5, "c": 3})
    assert (found["e"].done, found["e"].begun) == ({"d": 0, "a": 5}, {"b": 5, "c": 3})
    assert found["e"].keys == {"a", "b", "c", "d"}


def test_an_action_that_is_not_there_ties_nothing() -> None:
    assert dependencies({"b": action("b", ("a",), c=1)}, as_written)["b"].keys == set()


def test_the_longest_way_runs_from_a_beginning_to_the_last_end() -> None:
    made = {one.key: one for one in (action("a"), action("b", ("a",)), action("c", a=1), action("d", ("b", "c")))}
    weeks = {"a": 2, "b": 3, "c": 8, "d": 1}
    assert longest_ways(dependencies(made, as_written), weeks) == {"a": 10, "b": 4, "c": 9, "d": 1}
