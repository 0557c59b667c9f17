"""The numbers of the rules."""

from assessment.domain.rules import Size
from tests.support.content import LIBRARY


def test_sizes_begin_and_end_where_the_rules_say() -> None:
    assert [LIBRARY.rules.size(people) for people in (1, 49, 50, 249, 250)] == [
        Size.SMALL,
        Size.SMALL,
        Size.MEDIUM,
        Size.MEDIUM,
        Size.LARGE,
    ]
