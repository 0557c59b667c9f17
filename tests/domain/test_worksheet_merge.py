"""Two people's work on one line of a worksheet, field by field."""

from dataclasses import replace

from assessment.domain.limits import LONGEST_WORKSHEET_TEXT
from assessment.domain.worksheet_merge import can_join, clashing, joined, mine_over_theirs
from tests.support.worksheets import REVIEW, line

ASPECTS = REVIEW.registers["aspects"]
BASE = line("F1", {"aspect": "Permit", "owner": "Kim", "control": "5 mg", "duties": ("D1",)})


def test_different_fields_of_two_people_come_together_without_a_question() -> None:
    mine, theirs = line("F1", {**BASE.values, "owner": "Ada"}), line("F1", {**BASE.values, "aspect": "Permit 2"})
    assert clashing(BASE, mine, theirs) == frozenset()
    assert mine_over_theirs(BASE, mine, theirs).values == {**BASE.values, "owner": "Ada", "aspect": "Permit 2"}
    assert not can_join(ASPECTS, BASE, mine, theirs)


def test_one_field_changed_by_both_is_told_and_mine_is_taken_only_there() -> None:
    mine = line("F1", {**BASE.values, "control": "4 mg"})
    theirs = line("F1", {**BASE.values, "control": "3 mg", "owner": "Grace"})
    assert clashing(BASE, mine, theirs) == {"control"}
    assert mine_over_theirs(BASE, mine, theirs).values == {**BASE.values, "control": "4 mg", "owner": "Grace"}


def test_joining_keeps_long_texts_and_lists_of_both_theirs_first_and_nothing_twice() -> None:
    mine = line("F1", {**BASE.values, "control": "4 mg", "duties": ("D1", "D2"), "owner": "Ada"})
    theirs = line("F1", {**BASE.values, "control": "3 mg", "duties": ("D3", "D1"), "owner": "Grace"})
    both = joined(ASPECTS, BASE, mine, theirs)
    assert both.values == {"aspect": "Permit", "control": "3 mg\n\n4 mg", "duties": ("D3", "D1", "D2"), "owner": "Ada"}
    assert can_join(ASPECTS, BASE, mine, theirs)


def test_what_would_be_too_long_together_stays_mine() -> None:
    mine, theirs = line("F1", {"control": "m" * 1500}), line("F1", {"control": "t" * 1500})
    assert joined(ASPECTS, line("F1"), mine, theirs).values == {"control": "m" * 1500}
    assert not can_join(ASPECTS, line("F1"), mine, theirs)
    exactly = LONGEST_WORKSHEET_TEXT - len("\n\n") - 1500
    mine, theirs = line("F1", {"control": "m" * 1500}), line("F1", {"control": "t" * exactly})
    assert len(str(joined(ASPECTS, line("F1"), mine, theirs).values["control"])) == LONGEST_WORKSHEET_TEXT


def test_what_only_one_of_the_three_has_is_merged_too() -> None:
    mine, theirs = line("F1", {"owner": "Ada"}), line("F1", {"control": "3 mg"})
    assert mine_over_theirs(line("F1"), mine, theirs).values == {"owner": "Ada", "control": "3 mg"}
    both = line("F1", {"owner": "Ada", "control": "3 mg"})
    assert mine_over_theirs(line("F1", {"aspect": "Gone"}), both, line("F1", {"aspect": "Gone"})).values == both.values


def test_my_empty_field_goes_before_their_change_where_i_emptied_it() -> None:
    mine, theirs = line("F1", {"aspect": "Permit"}), line("F1", {"aspect": "Permit", "owner": "Grace"})
    base = line("F1", {"aspect": "Permit", "owner": "Kim"})
    assert clashing(base, mine, theirs) == {"owner"}
    assert mine_over_theirs(base, mine, theirs).values == {"aspect": "Permit"}
    assert mine_over_theirs(base, mine, theirs).removed is False


def test_a_field_that_was_emptied_is_gone_and_a_deleted_line_is_there_again() -> None:
    mine = line("F1", {"aspect": "Permit", "control": "5 mg", "duties": ("D1",)})
    outcome = mine_over_theirs(BASE, mine, replace(BASE, removed=True))
    assert outcome.values == mine.values
    assert not outcome.removed
