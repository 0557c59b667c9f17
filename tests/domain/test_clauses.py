"""Clause numbers: their order, and the level that findings are grouped at."""

from assessment.domain.clauses import clause_group, clause_order


def test_clauses_are_ordered_by_their_parts_and_not_as_texts() -> None:
    assert sorted(["4.10", "10.1", "4.9", "4.9.1"], key=clause_order) == ["4.9", "4.9.1", "4.10", "10.1"]


def test_a_clause_belongs_to_the_one_above_at_the_level_x_y() -> None:
    assert [clause_group(number) for number in ("8.5.3", "8.5", "7.1.5.2")] == ["8.5", "8.5", "7.1"]
