"""How two people's work on one thing comes together."""

from hypothesis import given

from assessment.domain.answers import Answer, Evidence
from assessment.domain.merge import Merge, before_joining, join, merge
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


def test_what_two_people_wrote_is_joined_theirs_first_nothing_twice_and_none_of_it_left_out() -> None:
    mine = Answer(note="mine", evidence=tuple(Evidence(title=f"mine {number}") for number in range(6)), who="me")
    theirs = Answer(note="theirs", evidence=(*(Evidence(title=f"theirs {number}") for number in range(6)), mine.evidence[0]))
    joined = join(mine=mine, theirs=theirs)
    assert joined.note == "theirs\n\nmine"
    assert len(joined.evidence) == 12
    assert set(joined.evidence) == {*mine.evidence, *theirs.evidence}
    assert joined.who == "me"
    assert join(mine=mine, theirs=mine) == mine


@QUICKLY
@given(ANSWERS, ANSWERS)
def test_joining_again_adds_nothing_and_what_i_said_can_still_be_told(mine: Answer, theirs: Answer) -> None:
    joined = join(mine=mine, theirs=theirs)
    assert join(mine=joined, theirs=theirs) == joined
    told = before_joining(joined=joined, theirs=theirs)
    assert join(mine=told, theirs=theirs) == joined


def test_a_note_that_only_begins_like_the_other_is_another_note() -> None:
    joined = join(mine=Answer(note="Yesterday"), theirs=Answer(note="Yes"))
    assert joined.note == "Yes\n\nYesterday"
    assert before_joining(joined=joined, theirs=Answer(note="Yes")).note == "Yesterday"
    assert before_joining(joined=Answer(note="Yesterday"), theirs=Answer(note="Yes")).note == "Yesterday"
