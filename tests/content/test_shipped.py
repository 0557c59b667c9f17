"""What the shipped questionnaires must be, one rule after the other, for every standard."""

import re
from collections import Counter
from pathlib import Path

import pytest

from assessment.content import ContentError, load
from assessment.domain.answers import AnswerSheet
from assessment.domain.planning import plan
from assessment.domain.questionnaire import Depth, Edition, Size, Standard
from assessment.places import shipped
from tests.test_made_up_standard import with_made_up_standard

LIBRARY = load(shipped("questionnaires"))
EDITIONS = [(standard, edition) for standard in LIBRARY.standards.values() for edition in standard.editions]
each_standard = pytest.mark.parametrize("standard", LIBRARY.standards.values(), ids=list(LIBRARY.standards))
each_edition = pytest.mark.parametrize(("standard", "edition"), EDITIONS, ids=[edition.name for _, edition in EDITIONS])


def test_both_standards_are_there_in_both_editions() -> None:
    assert list(LIBRARY.standards) == ["iso-9001", "iso-14001"]
    assert [edition.id for _, edition in EDITIONS] == ["2015", "2026"] * 2
    assert [standard.current.id for standard in LIBRARY.standards.values()] == ["2026", "2026"]


@each_edition
def test_the_quick_check_touches_every_chapter_principle_and_essential(standard: Standard, edition: Edition) -> None:
    quick = LIBRARY.questionnaire(standard.id, edition.id, Depth.QUICK).questions
    full = LIBRARY.questionnaire(standard.id, edition.id, Depth.FULL).questions
    assert 18 <= len(quick) <= 24
    assert {question.chapter for question in quick} == {"4", "5", "6", "7", "8", "9", "10"}
    untouched = {principle.id for principle in standard.principles} - {p for question in quick for p in question.principles}
    assert untouched == set()
    assert {question.id for question in full if question.essential} <= {question.id for question in quick}


@each_edition
def test_question_pages_are_short_and_have_addresses_of_their_own(standard: Standard, edition: Edition) -> None:
    for depth in Depth:
        pages = LIBRARY.questionnaire(standard.id, edition.id, depth).pages
        assert all(1 <= len(page.questions) <= 7 for page in pages)
        assert len({page.slug for page in pages}) == len({page.title for page in pages}) == len(pages)


@each_standard
def test_every_question_is_one_plain_question(standard: Standard) -> None:
    for question in standard.questions:
        assert question.asks.endswith("?"), question.ref
        assert question.asks.count("?") == 1, question.ref
        assert len(question.asks.split()) <= 25, question.ref
        texts = [question.asks, question.hint, question.why, *question.looks_like.values(), *question.evidence]
        assert not any(re.search(r"\bshall\b|!|organiz", text) for text in texts), question.ref


@each_standard
def test_rungs_are_a_questions_own(standard: Standard) -> None:
    counted = Counter(text for each in LIBRARY.questions.values() for text in each.looks_like.values())
    for question in standard.questions:
        assert len(set(question.looks_like.values())) == 5, question.ref
        assert all(counted[text] <= 2 for text in question.looks_like.values()), question.ref
        assert 2 <= len(question.evidence) <= 5, question.ref


@each_standard
def test_every_question_is_lifted_to_enough_by_some_action(standard: Standard) -> None:
    for question in standard.questions:
        reached = [action.lifts[question.ref] for action in LIBRARY.actions.values() if question.ref in action.lifts]
        assert max(reached) >= question.enough, question.ref


@each_standard
def test_weights_are_spread(standard: Standard) -> None:
    assert {question.weight for question in standard.questions} == {1, 2, 3}


def test_no_topic_is_an_orphan() -> None:
    used = {question.topic.topic.id for question in LIBRARY.questions.values() if question.topic}
    assert used == set(LIBRARY.topics)


def test_the_environmental_review_comes_first_even_before_anything_is_answered() -> None:
    questionnaires = [LIBRARY.questionnaire(each.id, each.current.id, Depth.QUICK) for each in LIBRARY.standards.values()]
    first = plan(questionnaires, LIBRARY.actions, AnswerSheet(), Size.SMALL)[0]
    assert first.action.key == "iso-14001/environmental-review"
    assert first.first_step
    assert "Only EMAS" in first.action.note


def test_a_released_id_that_disappears_is_refused(tmp_path: Path) -> None:
    content = with_made_up_standard(tmp_path / "content")
    path = content / "tea-7" / "08-operation.toml"
    path.write_text(path.read_text().replace('id = "life-cycle"\nclauses', 'id = "cradle"\nclauses'))
    with pytest.raises(ContentError, match="'life-cycle' was released and is gone"):
        load(content)
