"""What two people choose comes together, field by field."""

from collections.abc import Mapping

import pytest

from assessment.domain.choices import merge_choices, standards_in

BASE = {
    "organisation": "Muster",
    "a/chosen": "y",
    "a/edition": "1",
    "a/path": "quick",
    "b/chosen": "y",
    "b/edition": "1",
    "b/path": "quick",
}


def test_each_field_is_taken_from_whoever_changed_it() -> None:
    mine = {**BASE, "organisation": "Muster & Co", "a/edition": "2"}
    theirs = {**BASE, "a/path": "full", "b/chosen": ""}
    merged = merge_choices(base=BASE, mine=mine, theirs=theirs)
    assert not merged.clashes
    assert merged.choices == {**BASE, "organisation": "Muster & Co", "a/edition": "2", "a/path": "full", "b/chosen": ""}
    assert standards_in(merged.choices) == ["a"]


@pytest.mark.parametrize(
    ("mine", "theirs", "clashes"),
    [
        ({"organisation": "M"}, {"organisation": "N"}, {"organisation"}),
        ({"organisation": "M"}, {"organisation": "M"}, set()),
        ({"a/edition": "2"}, {"a/edition": "3"}, {"a/edition"}),
        ({"a/chosen": ""}, {"a/edition": "2"}, {"a/chosen"}),
        ({"a/path": "full"}, {"a/chosen": ""}, {"a/chosen"}),
        ({"a/chosen": ""}, {"b/chosen": ""}, {"a/chosen"}),
        ({"a/chosen": ""}, {"b/edition": "2"}, set()),
    ],
)
def test_only_what_would_overwrite_somebody_is_a_clash(
    mine: Mapping[str, str], theirs: Mapping[str, str], clashes: set[str]
) -> None:
    assert merge_choices(base=BASE, mine={**BASE, **mine}, theirs={**BASE, **theirs}).clashes == clashes


def test_a_standard_that_is_put_in_with_an_edition_is_no_clash() -> None:
    base = {**BASE, "b/chosen": ""}
    merged = merge_choices(base=base, mine={**base, "b/chosen": "y", "b/edition": "2"}, theirs=base)
    assert not merged.clashes
    assert merged.choices["b/edition"] == "2"


def test_a_standard_that_the_page_does_not_know_stays_chosen() -> None:
    known = {name: said for name, said in BASE.items() if not name.startswith("b/")}
    merged = merge_choices(base=known, mine={**known, "a/edition": "2"}, theirs=BASE)
    assert not merged.clashes
    assert standards_in(merged.choices) == ["a", "b"]
