"""Starter lists: what is offered to whom, and how old it is."""

from dataclasses import replace
from datetime import date

from assessment.domain.starter_list import Candidate, StarterList, StarterLists
from tests.support.worksheets import REVIEW


def candidate(name: str, on: str, activity: str = "", points: tuple[str, ...] = ()) -> Candidate:
    return Candidate(
        id=name,
        list_id=on,
        register="aspects",
        values={"aspect": activity or name},
        points={"duties": points},
        as_of=date(2026, 1, 31),
        confidence="judgement",
    )


LISTS = tuple(StarterList(id=name, title=name, examples="", for_all=name == "all") for name in ("all", "paint", "metal"))
CANDIDATES = (
    candidate("light", "all"),
    candidate("spray", "paint", "Solvents", ("permit",)),
    candidate("clean", "metal", "solvents", ("waste",)),
    candidate("permit", ""),
    candidate("waste", ""),
)
STARTER = StarterLists(lists=LISTS, candidates=CANDIDATES, name_fields={"aspects": "aspect"})


def test_everybody_gets_what_is_for_all_and_what_they_chose_besides() -> None:
    assert [each.id for each in STARTER.offered(())] == ["light"]
    assert [each.id for each in STARTER.offered(["paint"])] == ["light", "spray", "permit"]


def test_a_duty_is_offered_where_something_offered_points_at_it_and_a_double_activity_once() -> None:
    assert [each.id for each in STARTER.offered(["metal", "paint"])] == ["light", "spray", "permit", "waste"]


def test_what_a_trade_does_not_have_is_not_offered_to_that_trade_alone() -> None:
    yard = replace(CANDIDATES[0], not_for=("paint",))
    starter = replace(STARTER, candidates=(yard, *CANDIDATES[1:]))
    assert [each.id for each in starter.offered(["paint"])] == ["spray", "permit"]
    assert yard in starter.offered(["paint", "metal"])
    assert yard in starter.offered(())


def test_a_candidate_is_old_after_twelve_months() -> None:
    looked_up = CANDIDATES[0]
    assert not looked_up.is_old(date(2027, 1, 31))
    assert looked_up.is_old(date(2027, 2, 1))
    assert looked_up.months_old(date(2027, 2, 28)) == 12
    assert looked_up.months_old(date(2027, 3, 31)) == 14
    assert replace(looked_up, as_of=date(2028, 1, 1)).months_old(date(2027, 1, 1)) == 0


def test_the_shipped_lists_offer_every_trade_something_and_nobody_everything() -> None:
    everything = len(REVIEW.starter.candidates)
    for starter_list in REVIEW.starter.lists:
        offered = REVIEW.starter.offered([starter_list.id])
        assert 25 < len(offered) < everything / 2, starter_list.id
        assert {each.register for each in offered} == {"aspects", "emergencies", "obligations"}
    assert REVIEW.starter.by_id["ied"].values["title"] == "Industrial Emissions Directive"
