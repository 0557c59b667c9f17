"""The pages questions are shown on."""

from dataclasses import replace

from assessment.domain.clauses import clause_group, clause_order
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import MOST_ON_A_PAGE, PageTitle
from tests.domain.shipped import ISO_9001, ISO_14001
from tests.support.content import LIBRARY


def test_pages_keep_clauses_together_and_have_addresses_and_titles_of_their_own() -> None:
    fresh = replace(LIBRARY)
    quality = {page.slug: page for page in fresh.questionnaire("iso-9001", "2026", QuestionPath.FULL).pages}
    assert list(quality)[:6] == ["4.1", "4.3", "4.4", "5.1.1", "5.1.2", "5.3"]
    assert quality["4.1"].title == PageTitle(title="Context of the organization", clause="4.1", last="4.2")
    assert quality["4.4"].title == PageTitle(title="Quality management system and its processes")
    assert quality["7.1.1"].title == PageTitle(title="Resources", clause="7.1.1", last="7.1.5.1")
    assert quality["8.5.2"].questions[0].id == "identification"
    environment = fresh.questionnaire("iso-14001", "2026", QuestionPath.FULL).pages
    (continued,) = (page for page in environment if page.title.continues)
    assert continued.slug == continued.questions[0].id
    assert continued.title == PageTitle(title="Operational planning and control", continues=True)
    assert continued.chapter.number == "8"
    assert {page.chapter.number for page in environment} == {"4", "5", "6", "7", "8", "9", "10"}


def test_a_page_holds_at_most_seven_questions_and_no_clause_is_parted_that_has_room() -> None:
    for asked in (ISO_9001, ISO_14001):
        sizes = [len(page.questions) for page in asked.pages]
        assert max(sizes) == MOST_ON_A_PAGE
        groups = [{asked.clause_group(question) for question in page.questions} for page in asked.pages]
        for group in {asked.clause_group(question) for question in asked.questions}:
            size = sum(asked.clause_group(question) == group for question in asked.questions)
            pages = sum(group in on_page for on_page in groups)
            assert pages == 1 if size <= MOST_ON_A_PAGE else pages > 1, group
        orders = [clause_order(asked.clauses(question)[0]) for page in asked.pages for question in page.questions]
        assert orders == sorted(orders)


def test_a_page_about_one_clause_under_another_names_both() -> None:
    asked = LIBRARY.questionnaire("iso-9001", "2026", QuestionPath.FULL)
    own = [page for page in asked.pages if page.title.clause_title]
    assert own
    for page in own:
        title = page.title
        assert title.title == asked.clause_title(clause_group(title.clause))
        assert title.clause_title == asked.clause_title(title.clause)
        assert (title.last, title.continues) == ("", page.slug != title.clause)


def test_a_chapter_without_questions_has_none() -> None:
    chapter = ISO_9001.chapters()[0]
    assert replace(ISO_9001, questions=()).in_chapter(chapter) == ()
    assert ISO_9001.in_chapter(chapter) == ISO_9001.by_chapter[0][1]


def test_a_path_that_asks_always_the_same_has_pages_with_only_that_and_the_others_have_none() -> None:
    for asked in (ISO_9001, ISO_14001):
        quick = replace(asked, path=QuestionPath.QUICK)
        assert [question for page in quick.path_pages for question in page.questions] == [
            question for question in asked.questions if question.quick
        ]
        assert len(quick.path_pages) == len(asked.chapters())
        slugs = [page.slug for page in (*quick.path_pages, *quick.pages)]
        assert len(slugs) == len(set(slugs))
        for page in quick.path_pages:
            assert all(quick.page_of(question) == page for question in page.questions)
        for path in (QuestionPath.FULL, QuestionPath.AGAIN):
            assert replace(asked, path=path).path_pages == ()
    assert LIBRARY.questionnaire("iso-9001", "2015", QuestionPath.NEW_IN_EDITION).path_pages == ()
