"""The page of results: where one stands, what to do next, and nothing that nobody answered."""

import html
import re
from urllib.parse import urlsplit

import pytest

from assessment.domain.library import Library
from assessment.domain.question_path import QuestionPath
from tests.support.opener import Browser, Page


def headings(page: Page, name: str) -> list[str]:
    return [" ".join("".join(each.itertext()).split()) for each in page.all(name)]


def test_with_nothing_answered_there_is_no_verdict_but_what_to_answer_first(browser: Browser) -> None:
    page = browser.open(browser.start() + "results")
    assert headings(page, "h2") == ["Answer these four first", "Which standard fits"]
    assert "questions answered, so there is no verdict yet" in page.text
    for said in ("Too early", "Ready for stage", "0 to 100 %", "If the auditor came"):
        assert said not in page.text


@pytest.mark.parametrize(
    "address", ["director", "findings", "compare/iso-9001/iso-14001", "summary", "summary.md", "summary.csv"]
)
def test_no_page_and_no_document_has_a_verdict_on_what_nobody_answered(browser: Browser, address: str) -> None:
    said = browser.client.get(browser.start() + address).get_data(as_text=True)
    assert "Nothing answered yet" in said or "Nothing is answered yet, so nobody can say" in said
    for verdict in ("You meet 0 to 100 %", "If the auditor came today: ", "No finding in what is answered"):
        assert verdict not in said


@pytest.mark.parametrize("address", ["director", "summary", "summary.md"])
def test_no_finding_is_counted_before_the_first_answer(browser: Browser, demo: str, address: str) -> None:
    def counted(hub: str) -> list[str]:
        said = html.unescape(re.sub("<[^>]*>", " ", browser.client.get(hub + address).get_data(as_text=True)))
        return re.findall(r"Likely (?:major|minor)\W+\d+", said)

    assert counted(demo)
    assert counted(browser.start()) == []


def test_a_standard_of_which_nothing_is_answered_gets_no_verdict_and_leads_to_its_first_page(browser: Browser) -> None:
    hub = browser.start()
    asked = browser.open(hub + "iso-9001/questions/9.2")
    browser.send(asked, {"internal-audit-answer": "informal"})
    page = browser.open(hub + "results")
    assert headings(page, "h2")[:2] == [
        "ISO 9001: Too early for an audit, at best ready for stage 1",
        "ISO 14001: Nothing answered yet",
    ]
    (start,) = (each.get("href") for each in page.all("a") if "".join(each.itertext()) == "Start ISO 14001")
    assert "iso-14001/questions/quick-4.1" in start
    assert browser.open(start).text


def test_the_next_three_steps_have_the_dates_of_the_plan_and_lead_to_their_page(browser: Browser, demo: str) -> None:
    page = browser.open(demo + "results")
    steps = next(each for each in page.all("ol") if each.get("class") == "soon")
    items = [" ".join("".join(each.itertext()).split()) for each in steps]
    links = [each.get("href") for each in steps.iter() if each.tag.endswith("}a")]
    assert len(items) == len(links) == 3
    plan = browser.open(demo + "plan").text
    for item, link in zip(items, links, strict=True):
        (span,) = re.findall(r"\d+ \w+ \d{4} to \d+ \w+ \d{4}", item)
        assert span in plan
        assert browser.open(link).text


def test_a_step_that_is_done_is_not_among_the_next(browser: Browser, demo: str) -> None:
    page = browser.open(demo + "results")
    first = next(link for link in page.links() if "/plan/" in link)
    browser.send(browser.open(first), {"done_on": "2026-11-20"})
    assert first not in browser.open(demo + "results").links()


def test_each_count_of_stops_and_findings_leads_to_as_many_rows(browser: Browser, demo: str) -> None:
    page = browser.open(demo + "results")
    counted = {
        each.get("href"): int(re.findall(r"\d+", "".join(each.itertext()).partition("(")[0])[-1])
        for each in page.all("a")
        if "kind=" in each.get("href")
    }
    assert sorted(counted.values()) == [4, 9, 12, 16]
    for href, count in counted.items():
        assert f"{count} rows are shown" in browser.open(href).text


def test_nothing_is_said_twice(browser: Browser, demo: str) -> None:
    """No sentence of more than a few words stands on the page a second time, but in what is folded."""
    page = browser.open(demo + "results")
    for fold in page.all("details"):
        fold.clear()
    main = next(each for each in page.all("main"))
    said = " ".join("".join(main.itertext()).split())
    sentences = [each for each in re.split(r"(?<=[.?])\s", said) if len(each.split()) > 5]
    assert len(sentences) > 8
    assert sorted(sentences) == sorted(set(sentences))


def test_a_principle_leads_to_its_questions_and_says_what_is_met_and_what_falls_short(
    browser: Browser, library: Library
) -> None:
    hub = browser.start("Muster & Söhne")
    page = browser.open(hub + "iso-9001/questions/9.2")
    browser.send(page, {"internal-audit-answer": "informal", "monitoring-answer": "in-use"})
    browser.send(
        browser.open(hub + "iso-9001/questions/8.2"),
        {"design-answer": "not-applicable", "design-reason": "We make to drawings."},
    )
    questionnaire = library.questionnaire("iso-9001", library.standards["iso-9001"].current.id, QuestionPath.FULL)
    for principle, questions in questionnaire.by_principle:
        shown = browser.open(hub + f"iso-9001/principles/{principle.id}")
        linked = [urlsplit(link).fragment for link in shown.links() if "/questions/" in link]
        assert sorted(linked) == sorted(question.id for question in questions), principle.id
    evidence = browser.open(hub + "iso-9001/principles/evidence").text
    assert evidence.index("Falls short: 1") < evidence.index("Open:")
    assert hub + "iso-9001/principles/evidence" in browser.open(hub + "results").links()
    assert "../principles/evidence" in browser.open(hub + "iso-9001/questions/9.2").html
    assert browser.client.get(hub + "iso-9001/principles/luck").status_code == 404
