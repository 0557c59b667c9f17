"""Clause numbers: their order, and the level that findings are grouped at."""

from assessment.domain.clauses import clause_group, clause_order, is_within


def test_clauses_are_ordered_by_their_parts_and_not_as_texts() -> None:
    assert sorted(["4.10", "10.1", "4.9", "4.9.1"], key=clause_order) == ["4.9", "4.9.1", "4.10", "10.1"]


def test_a_clause_belongs_to_the_one_above_at_the_level_x_y() -> None:
    assert [clause_group(number) for number in ("8.5.3", "8.5", "7.1.5.2")] == ["8.5", "8.5", "7.1"]


def test_a_clause_lies_within_itself_and_what_is_above_and_in_no_other_that_begins_alike() -> None:
    assert [is_within("8.5.3", each) for each in ("8", "8.5", "8.5.3")] == [True, True, True]
    assert [is_within("8.5.3", each) for each in ("8.5.3.1", "8.50", "5.3", "")] == [False, False, False, False]
