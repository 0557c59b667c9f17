"""Several sites by the square root rules of IAF MD 1."""

from math import ceil, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.profile import Profile
from assessment.domain.site_sampling import SitesHere, sites_here
from tests.support.content import LIBRARY

RULES = LIBRARY.audit_tables.sampling


def here(sites: int | None, alike: str | None = None, people: int | None = None) -> SitesHere | None:
    told = {"sites": sites, "people": people, "sites-alike": alike}
    values = {name: (str(value),) for name, value in told.items() if value is not None}
    return sites_here(Profile(values=values), RULES)


@pytest.mark.parametrize(
    ("sites", "first", "surveillance", "recertification"),
    [(2, 1, 1, 1), (5, 2, 2, 2), (6, 3, 2, 2), (10, 3, 2, 3), (26, 5, 3, 4), (101, 10, 6, 8)],
)
def test_of_like_sites_the_root_is_visited_besides_the_head_office(
    sites: int, first: int, surveillance: int, recertification: int
) -> None:
    found = here(sites, "alike")
    assert found is not None
    (visits,) = found.visits
    assert (visits.others, visits.first, visits.surveillance) == (sites - 1, first, surveillance)
    assert visits.recertification == recertification


@given(sites=st.integers(2, 100_000))
def test_a_sample_is_the_rounded_up_root_and_never_more_than_there_are(sites: int) -> None:
    found = here(sites, "alike")
    assert found is not None
    (visits,) = found.visits
    assert visits.first == ceil(sqrt(sites - 1))
    assert visits.recertification is not None
    assert 1 <= visits.surveillance <= visits.recertification <= visits.first <= sites - 1


def test_unlike_sites_are_all_visited_first_and_of_recertification_no_rule_is_known() -> None:
    found = here(10, "unlike")
    assert found is not None
    (visits,) = found.visits
    assert (visits.first, visits.surveillance, visits.recertification) == (9, 3, None)


def test_while_nobody_told_whether_sites_are_alike_both_are_shown() -> None:
    found = here(10)
    assert found is not None
    assert [visits.alike for visits in found.visits] == [True, False]


def test_one_site_or_none_told_needs_no_sample() -> None:
    assert here(1) is None
    assert here(None, "alike") is None


def test_ten_sites_and_one_employee_are_doubted_aloud() -> None:
    found = here(10, "alike", people=1)
    assert found is not None
    assert found.more_than_people
    fewer = here(10, "alike", people=10)
    assert fewer is not None
    assert not fewer.more_than_people
