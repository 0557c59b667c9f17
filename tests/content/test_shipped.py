"""What the shipped questionnaires must be, one rule after the other, for every standard."""

import shutil
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from assessment.content import ContentError, load
from assessment.content.released import names_in
from assessment.domain.answers import AnswerSheet
from assessment.domain.asked_first import asked_first
from assessment.domain.planning import plan
from assessment.domain.question_path import QuestionPath
from assessment.domain.standard import Edition, Standard
from tests.domain.shipped import FIRM
from tests.support.content import CONTENT, LIBRARY
from tests.web.test_made_up_standard import with_made_up_standard

EDITIONS = [(standard, edition) for standard in LIBRARY.standards.values() for edition in standard.editions]
each_standard = pytest.mark.parametrize("standard", LIBRARY.standards.values(), ids=list(LIBRARY.standards))
each_edition = pytest.mark.parametrize(("standard", "edition"), EDITIONS, ids=[edition.name for _, edition in EDITIONS])


def test_both_standards_are_there_in_both_editions() -> None:
    assert list(LIBRARY.standards) == ["iso-9001", "iso-14001"]
    assert [edition.id for _, edition in EDITIONS] == ["2015", "2026"] * 2
    assert [standard.current.id for standard in LIBRARY.standards.values()] == ["2026", "2026"]


@each_edition
def test_the_quick_check_touches_every_chapter_principle_and_essential(standard: Standard, edition: Edition) -> None:
    quick = asked_first(LIBRARY.questionnaire(standard.id, edition.id, QuestionPath.QUICK), AnswerSheet(), date.min)
    full = LIBRARY.questionnaire(standard.id, edition.id, QuestionPath.FULL).questions
    assert 18 <= len(quick) <= 24
    assert {question.chapter for question in quick} == {"4", "5", "6", "7", "8", "9", "10"}
    untouched = {principle.id for principle in standard.principles} - {p for question in quick for p in question.principles}
    assert untouched == set()
    assert {question.id for question in full if question.essential} <= {question.id for question in quick}


@each_edition
def test_question_pages_are_short_and_have_addresses_of_their_own(standard: Standard, edition: Edition) -> None:
    for path in QuestionPath:
        pages = LIBRARY.questionnaire(standard.id, edition.id, path).pages
        assert all(1 <= len(page.questions) <= 7 for page in pages)
        assert len({page.slug for page in pages}) == len({page.title for page in pages}) == len(pages)


@each_standard
def test_every_question_is_lifted_to_enough_by_some_action(standard: Standard) -> None:
    for question in standard.questions:
        reached = [action.lifts[question.ref] for action in LIBRARY.actions.values() if question.ref in action.lifts]
        assert max(reached) >= question.enough, question.ref


@each_standard
def test_weights_are_spread(standard: Standard) -> None:
    counted = Counter(question.weight for question in standard.questions)
    assert set(counted) == {1, 2, 3}
    assert all(times >= len(standard.questions) / 10 for times in counted.values())


# Two lead auditors found matters missing that an audit always meets. ISO 9001 grew from 110 by 28, of which five may not apply
# to a small firm; ISO 14001 from 90 by sixteen, of which seven may fall away by a fact, as in an office.
@pytest.mark.parametrize(("standard_id", "fewest", "most"), [("iso-9001", 100, 140), ("iso-14001", 80, 105)])
def test_the_full_check_has_the_length_an_audit_deserves(standard_id: str, fewest: int, most: int) -> None:
    standard = LIBRARY.standards[standard_id]
    assert fewest <= len(standard.questions) <= most
    for edition in standard.editions:
        assert fewest <= len(LIBRARY.questionnaire(standard_id, edition.id, QuestionPath.FULL).questions) <= most


@each_edition
def test_every_principle_is_carried_by_at_least_four_questions(standard: Standard, edition: Edition) -> None:
    asked = LIBRARY.questionnaire(standard.id, edition.id, QuestionPath.FULL).questions
    counted = Counter(principle for question in asked for principle in question.principles)
    assert {principle.id: counted[principle.id] for principle in standard.principles if counted[principle.id] < 4} == {}


@each_edition
def test_no_question_hides_several_clauses(standard: Standard, edition: Edition) -> None:
    asked = LIBRARY.questionnaire(standard.id, edition.id, QuestionPath.FULL).questions
    several = {question.id for question in asked if len(question.clauses[edition.id]) > 1}
    # Climate change stands in 4.1 and 4.2, outsourced work in 8.1 and 8.4.1, and 10.1 of ISO 14001:2015 only announces 10.3.
    assert several <= {"climate-change", "outsourced-work", "continual-improvement"}
    assert all(edition.clauses[number].auditable for question in asked for number in question.clauses[edition.id])


# DOMAIN.md section 2: what the 2026 editions add.
NEW_IN_2026 = {
    # Actions on opportunities are asked in both editions; only the clause is new.
    "iso-9001": {
        "quality-culture",
        "ethical-behaviour",
        "awareness-of-culture",
        "requirements-taken-on",
        "change-told",
        "change-effect",
        "audit-objectives",
        "review-party-needs",
    },
    "iso-14001": {
        "named-conditions",
        "scope-life-cycle",
        "support-for-others",
        "emergencies-apart",
        "planned-change",
        "system-change",
        "external-provision",
        "audit-objectives",
    },
}


@each_standard
def test_new_matters_of_the_2026_edition_are_questions_of_their_own(standard: Standard) -> None:
    only_new = {question.id for question in standard.questions if set(question.clauses) == {"2026"}}
    assert only_new == NEW_IN_2026[standard.id]
    for question in standard.questions:
        if question.id in only_new:
            assert "2026 edition" in f"{question.hint} {question.why}", question.ref


def test_no_topic_is_an_orphan() -> None:
    used = {question.topic.topic.id for question in LIBRARY.questions.values() if question.topic}
    assert used == set(LIBRARY.topics)
    standards: dict[str, set[str]] = {}
    for question in LIBRARY.questions.values():
        if question.topic:
            standards.setdefault(question.topic.topic.id, set()).add(question.standard)
    assert {topic for topic, held in standards.items() if len(held) < 2} == set()


def test_no_action_is_an_orphan_and_each_says_what_to_do_on_monday() -> None:
    for action in LIBRARY.actions.values():
        assert action.lifts, action.key
        assert 3 <= len(action.steps) <= 6, action.key
        assert action.produces, action.key
        assert action.effort > 0, action.key


def test_the_environmental_review_comes_first_after_a_mandate_even_before_anything_is_answered() -> None:
    questionnaires = [
        LIBRARY.questionnaire(each.id, each.current.id, QuestionPath.QUICK) for each in LIBRARY.standards.values()
    ]
    mandate, review = plan(questionnaires, LIBRARY.actions, AnswerSheet(), FIRM)[:2]
    assert mandate.key == "start-project"
    assert mandate.person_days <= 1
    assert review.key == "iso-14001/environmental-review"
    assert review.first_step
    assert "Only EMAS" in review.action.note


GONE = {
    "a choice of the profile": (
        "profile.toml",
        'id = "alike"',
        'id = "the-same"',
        "'sites-alike/alike' was released and is gone",
    ),
    "an action": ("actions.toml", 'id = "set-scope"', 'id = "set-the-scope"', "'set-scope' was released and is gone"),
    "a choice in a worksheet": (
        "worksheets/real-findings/b-findings.toml",
        "{ major =",
        "{ big =",
        "'real-findings/F/grade/major' was released and is gone",
    ),
}


@pytest.mark.parametrize(("file", "before", "after", "says"), GONE.values(), ids=GONE)
def test_what_people_may_have_said_never_disappears(tmp_path: Path, file: str, before: str, after: str, says: str) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    text = (content / file).read_text(encoding="utf-8")
    assert before in text
    (content / file).write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(ContentError, match=says):
        load(content)


def test_everything_that_can_be_said_is_written_down_as_released() -> None:
    released = tomllib.loads((CONTENT / "released.toml").read_text(encoding="utf-8"))
    names = names_in(
        LIBRARY.profile_questions.values(), LIBRARY.standards.values(), LIBRARY.actions, LIBRARY.worksheets.values()
    )
    assert released.keys() == names.keys()
    for kind, there in names.items():
        assert len(there) > 3
        missing = [name for name in there if name not in released[kind]]
        assert missing == [], f"add to {kind} in questionnaires/released.toml"


def test_a_released_id_that_disappears_is_refused(tmp_path: Path) -> None:
    content = with_made_up_standard(tmp_path / "content")
    path = content / "tea-7" / "08-operation.toml"
    path.write_text(path.read_text().replace('id = "user-information"\nclauses', 'id = "leaflet"\nclauses'))
    with pytest.raises(ContentError, match="'user-information' was released and is gone"):
        load(content)
