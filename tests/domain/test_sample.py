"""The sample organisation that nobody had to type."""

from tests.domain.shipped import DEMO


def test_the_sample_answers_only_questions_of_its_own_questionnaires() -> None:
    asked = {question.ref for questionnaire in DEMO.questionnaires for question in questionnaire.questions}
    assert asked
    assert set(DEMO.sheet.answers) <= asked
    assert DEMO.organisation
    assert DEMO.profile.people() == 64
