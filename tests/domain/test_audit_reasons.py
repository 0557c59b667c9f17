"""What a profile says for more or fewer auditor days."""

import pytest

from assessment.domain.audit_reasons import reasons_here
from assessment.domain.profile import Profile
from tests.support.content import LIBRARY

STANDARDS = tuple(LIBRARY.standards.values())


def told(*held: str, **answers: str) -> dict[bool, list[tuple[tuple[str, ...], str]]]:
    """Return the beginnings of the reasons that hold, with their standards; ``True`` for more days, ``False`` for fewer."""
    values = {name.replace("_", "-"): tuple(value.split()) for name, value in answers.items()}
    found = reasons_here(LIBRARY.audit_tables.reasons, STANDARDS, Profile(values=values), held)
    return {
        more: [(each.standards, each.reason.fact.text) for each in found if each.reason.more is more] for more in (True, False)
    }


def test_nothing_told_speaks_for_nothing() -> None:
    assert told() == {True: [], False: []}


@pytest.mark.parametrize(
    ("answers", "standards"),
    [
        ({"permits": "permit"}, ("iso-14001",)),
        ({"incidents": "several"}, ("iso-14001",)),
        ({"emergency_potential": "serious"}, ("iso-14001",)),
        ({"complainers": "customers neighbours"}, ("iso-14001",)),
        ({"releases": "water"}, ("iso-14001",)),
        ({"regulated_product": "yes"}, ("iso-9001",)),
        ({"suppliers": "much"}, ("iso-9001", "iso-14001")),
        ({"sites": "2"}, ("iso-9001", "iso-14001")),
        ({"sites_alike": "unlike"}, ("iso-9001", "iso-14001")),
        ({"shifts": "unlike"}, ("iso-9001", "iso-14001")),
    ],
)
def test_each_of_these_answers_speaks_for_more_days(answers: dict[str, str], standards: tuple[str, ...]) -> None:
    reasons = told(**answers)
    assert [about for about, _ in reasons[True]] == [standards]
    assert reasons[False] == []


def test_one_site_complaints_of_customers_and_no_releases_speak_for_nothing() -> None:
    assert told(sites="1", complainers="customers", releases="", permits="no") == {True: [], False: []}


def test_no_design_speaks_for_fewer_days_of_the_standard_that_asks_for_design() -> None:
    assert [about for about, _ in told(design="no")[False]] == [("iso-9001",)]
    assert told(design="yes") == {True: [], False: []}


def test_the_same_work_in_all_shifts_speaks_for_fewer_days_of_every_standard() -> None:
    assert [about for about, _ in told(shifts="alike")[False]] == [("iso-9001", "iso-14001")]
    assert told(shifts="none") == {True: [], False: []}


def test_a_certificate_speaks_for_fewer_days_of_its_own_standard_and_of_others() -> None:
    assert [about for about, _ in told("iso-9001")[False]] == [("iso-9001",), ("iso-14001",)]


def test_a_galvaniser_with_permit_neighbours_and_an_estate_has_all_three_reasons_named_by_its_auditor() -> None:
    reasons = told(permits="permit", incidents="several", complainers="neighbours", emergency_potential="serious")
    assert len(reasons[True]) == 4
    assert {about for about, _ in reasons[True]} == {("iso-14001",)}
