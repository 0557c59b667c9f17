"""The library that selects questions."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessment.domain.clauses import clause_order
from assessment.domain.question_path import QuestionPath
from tests.support.content import LIBRARY


def test_a_questionnaire_holds_all_questions_of_an_edition_in_clause_order_whatever_the_path() -> None:
    fresh = replace(LIBRARY)
    for standard in fresh.standards.values():
        for edition in standard.editions:
            quick = fresh.questionnaire(standard.id, edition.id, QuestionPath.QUICK)
            full = fresh.questionnaire(standard.id, edition.id, QuestionPath.FULL)
            assert fresh.questionnaire(standard.id, edition.id, QuestionPath.FULL) is full
            assert (full.standard, full.edition, full.path, full.rules) == (standard, edition, QuestionPath.FULL, fresh.rules)
            assert {q.id for q in full.questions} == {q.id for q in standard.questions if edition.id in q.clauses}
            assert quick.questions == full.questions
            numbers = [clause_order(full.clauses(question)[0]) for question in full.questions]
            assert numbers == sorted(numbers)
            asked = [question for page in full.pages for question in page.questions]
            assert sorted(q.ref for q in asked) == sorted(q.ref for q in full.questions)
    with pytest.raises(KeyError):
        fresh.questionnaire("iso-9001", "1066", QuestionPath.FULL)


def test_the_paces_are_the_days_a_week_that_the_profile_offers_and_none_where_it_does_not_ask() -> None:
    assert LIBRARY.paces == tuple(map(Fraction, ("0.5", "1", "2", "3", "5")))
    assert replace(LIBRARY, profile=()).paces == ()
