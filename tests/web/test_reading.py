"""Reading the questionnaires: what changes between editions, and words that a newcomer does not know."""

import pytest

from assessment.domain.library import Library
from tests.support.opener import Browser


def test_the_difference_of_two_editions_is_a_list_of_questions(browser: Browser) -> None:
    page = browser.open("/standards/iso-14001/editions")
    assert "New in ISO 14001:2026: 8 questions" in page.text
    assert "No longer asked: 2 questions" in page.text
    rows = [["".join(cell.itertext()) for cell in row] for row in page.all("tr")]
    assert ["Have you worked out which opportunities lie in caring for the environment?", "6.1.1", "6.1.4"] in rows
    quality = browser.open("/standards/iso-9001/editions")
    assert "New in ISO 9001:2026: 8 questions" in quality.text
    assert "Are there planned actions to take up the opportunities you have chosen?" in quality.text
    assert "No longer asked: 0 questions None." in quality.text


def test_each_question_in_the_list_of_changes_can_be_opened(browser: Browser) -> None:
    links = browser.open("/standards/iso-14001/editions").links()
    questions = [link for link in links if "#" in link and "edition=" in link]
    assert len(questions) > 5
    for link in questions:
        assert link.partition("#")[2] in {each.get("id") for each in browser.open(link).tree.iter()}


def test_a_term_is_linked_where_it_occurs_and_explained_at_the_question(browser: Browser) -> None:
    page = browser.open(browser.start() + "iso-14001/questions/6.1")
    assert "/standards/glossary#significant-aspect" in page.links() or "/standards/glossary#aspect" in page.links()
    assert "Something you do, make or use that touches the environment" in page.text
    glossary = browser.open("/standards/glossary")
    anchors = {each.get("id") for each in glossary.tree.iter()}
    for link in page.links():
        if "glossary#" in link:
            assert link.partition("#")[2] in anchors


def test_one_text_links_a_term_only_once_and_the_longer_term_wins(browser: Browser) -> None:
    from assessment.web.starting.glossary import linked, terms_in

    with browser.client.application.test_request_context():
        text = str(linked("Significant aspects & other aspects: each aspect <counts>."))
        assert text.count("<a ") == 2
        assert "#significant-aspect" in text
        assert "&amp; other" in text
        assert "&lt;counts&gt;" in text
        assert [term.id for term in terms_in("An impact.", "IMPACTS of aspects")] == ["impact", "aspect"]


def test_every_fact_stands_on_one_page_with_its_source_and_the_day_it_was_looked_at(browser: Browser, library: Library) -> None:
    page = browser.open("/standards/facts").text
    known = [fact for standard in library.standards.values() for edition in standard.editions for fact in edition.facts]
    known += [*library.audit_tables.facts, *(entry.answer for entry in library.newcomers)]
    assert len(known) > 50
    for fact in known:
        assert " ".join(fact.text.split()) in page
        assert not fact.source or f"Source: {fact.source}." in page
    assert page.count("Last looked at on 27 November 2026.") >= len(known)
    assert "Seen in one source only." in page


def test_the_page_of_differences_answers_what_newcomers_ask_and_leads_to_the_sources(
    browser: Browser, library: Library
) -> None:
    page = browser.open("/standards/differences")
    assert library.newcomers
    for entry in library.newcomers:
        assert entry.asks in page.text
    assert "/standards/facts" in page.links()


@pytest.mark.parametrize("at", ["results", "findings", "plan", "advice"])
def test_a_page_of_results_links_the_first_use_of_a_term_and_no_other(browser: Browser, at: str) -> None:
    demo = browser.start_sample()
    links = [link for link in browser.open(demo + at).links() if "glossary#" in link]
    assert len(links) == len(set(links)) > 0
    anchors = {each.get("id") for each in browser.open("/standards/glossary").tree.iter()}
    assert {link.partition("#")[2] for link in links} <= anchors


def test_the_page_for_a_director_leads_to_what_its_words_mean(browser: Browser) -> None:
    demo = browser.start_sample()
    terms = {link.partition("#")[2] for link in browser.open(demo + "director").links() if "glossary#" in link}
    assert {"stage-1", "stage-2", "likely-major", "likely-minor", "area-of-concern"} <= terms
