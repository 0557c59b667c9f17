"""Whose document it is."""

from assessment.domain.letterhead import Letterhead


def test_each_part_of_a_letterhead_may_be_empty() -> None:
    assert Letterhead() == Letterhead(name="", address="", logo=b"")
    assert Letterhead(name="Somebody") != Letterhead()
