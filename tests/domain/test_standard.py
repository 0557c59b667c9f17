"""The edition a newcomer is steered to, and the names of questions and actions."""

import pytest

from tests.support.content import LIBRARY


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
