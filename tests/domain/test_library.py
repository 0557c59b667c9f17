"""The library that selects questions."""

from dataclasses import replace

import pytest

from assessment.domain.questionnaire import Depth
from assessment.domain.standard import clause_order
from tests.domain.shipped import LIBRARY


def test_a_library_selects_by_edition_and_depth_in_clause_order_and_once() -> None:
    fresh = replace(LIBRARY)
    for standard in fresh.standards.values():
        for edition in standard.editions:
            quick = fresh.questionnaire(standard.id, edition.id, Depth.QUICK)
            full = fresh.questionnaire(standard.id, edition.id, Depth.FULL)
            assert fresh.questionnaire(standard.id, edition.id, Depth.FULL) is full
            assert (full.standard, full.edition, full.depth, full.rules) == (standard, edition, Depth.FULL, fresh.rules)
            assert {q.id for q in full.questions} == {q.id for q in standard.questions if edition.id in q.clauses}
            assert {q.id for q in quick.questions} == {q.id for q in full.questions if q.quick}
            numbers = [clause_order(full.clauses(question)[0]) for question in full.questions]
            assert numbers == sorted(numbers)
            assert len(quick.left_out) == len(full.questions) - len(quick.questions)
            assert not full.left_out
            assert not full.unseen_clauses
            asked = [question for page in full.pages for question in page.questions]
            assert sorted(q.ref for q in asked) == sorted(q.ref for q in full.questions)
    with pytest.raises(KeyError):
        fresh.questionnaire("iso-9001", "1066", Depth.FULL)
