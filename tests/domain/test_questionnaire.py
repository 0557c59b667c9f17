"""The pages questions are shown on."""

from dataclasses import replace

from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import PageTitle
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
