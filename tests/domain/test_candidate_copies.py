"""Copies of candidates point at one another as the candidates do."""

from assessment.domain.candidate_copies import copied_values, pointing_copies
from assessment.domain.worksheet_lines import Filled
from tests.support.worksheets import REVIEW, filled, line

PROMPT = next(each for each in REVIEW.starter.candidates if each.points.get("duties") and each.register == "aspects")
DUTY = REVIEW.starter.by_id[PROMPT.points["duties"][0]]


def test_a_copy_points_at_the_duties_that_are_there_already() -> None:
    assert copied_values(filled({}), PROMPT) == PROMPT.values
    there = Filled(worksheet=REVIEW, lines={"D3": line("D3", {"title": "Gas"}, candidate=DUTY.id)})
    assert copied_values(there, PROMPT) == {**PROMPT.values, "duties": ("D3",)}


def test_a_duty_that_is_taken_later_is_pointed_at_by_the_copies_that_want_it() -> None:
    lines = {"F1": line("F1", {"aspect": "Leaks"}, candidate=PROMPT.id), "F2": line("F2", {"aspect": "Own"})}
    there = Filled(worksheet=REVIEW, lines=lines)
    (found,) = pointing_copies(there, DUTY, "D1")
    assert (found.id, found.values) == ("F1", {"aspect": "Leaks", "duties": ("D1",)})
    after = Filled(worksheet=REVIEW, lines={**lines, "F1": found})
    assert list(pointing_copies(after, DUTY, "D1")) == []
