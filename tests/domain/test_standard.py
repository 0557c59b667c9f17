"""Clause numbers, and the edition a newcomer is steered to."""

import pytest

from assessment.domain.standard import clause_group, clause_order
from tests.domain.shipped import LIBRARY


def test_clauses_are_ordered_by_their_parts_and_not_as_texts() -> None:
    assert sorted(["4.10", "10.1", "4.9", "4.9.1"], key=clause_order) == ["4.9", "4.9.1", "4.10", "10.1"]


def test_a_clause_belongs_to_the_one_above_at_the_level_x_y() -> None:
    assert [clause_group(number) for number in ("8.5.3", "8.5", "7.1.5.2")] == ["8.5", "8.5", "7.1"]


def test_a_newcomer_is_steered_to_the_edition_published_last() -> None:
    for standard in LIBRARY.standards.values():
        assert standard.current.published == max(edition.published for edition in standard.editions)
        assert standard.edition(standard.current.id) is standard.current
        with pytest.raises(KeyError):
            standard.edition("1066")


def test_questions_and_actions_are_named_among_all_standards() -> None:
    assert {ref for ref, question in LIBRARY.questions.items() if question.ref != ref} == set()
    assert {key for key, action in LIBRARY.actions.items() if action.key != key} == set()
    assert LIBRARY.actions["set-scope"].standard == ""
