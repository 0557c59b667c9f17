"""How two people's work on one thing comes together."""

from hypothesis import given

from assessment.domain.answers import Answer
from assessment.domain.merge import Merge, merge
from tests.domain.generated import ANSWERS, QUICKLY


@QUICKLY
@given(ANSWERS, ANSWERS, ANSWERS)
def test_merging_loses_nobodys_work(base: Answer, mine: Answer, theirs: Answer) -> None:
    merged = merge(base=base, mine=mine, theirs=theirs)
    assert (merged is Merge.TAKE) == (mine != base and mine != theirs and theirs == base)
    assert (merged is Merge.CLASH) == (mine != base and theirs not in (base, mine))


def test_what_only_one_person_changed_is_taken() -> None:
    assert merge(base="a", mine="b", theirs="a") is Merge.TAKE
    assert merge(base="a", mine="a", theirs="b") is Merge.KEEP
    assert merge(base="a", mine="b", theirs="b") is Merge.KEEP
    assert merge(base="a", mine="b", theirs="c") is Merge.CLASH
