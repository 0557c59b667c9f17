"""The page for a director: the words of the short report, who answered, and what changed."""

import re
from datetime import timedelta

from flask import Flask

from assessment.domain.answers import on_rung
from assessment.domain.rules import Rung
from assessment.storage.answers import save_answers
from assessment.storage.merge_save import Proposed
from tests.reports import spoken
from tests.support.apps import NOW
from tests.support.opener import Browser


def test_the_page_says_what_the_short_report_begins_with(browser: Browser, demo: str) -> None:
    page = spoken.of_page(browser.client.get(demo + "director").get_data(as_text=True))
    document = spoken.of_docx(browser.client.get(demo + "summary.short.docx").get_data())
    assert page.startswith("OnonepageWheredowestand")
    assert document.startswith(page)


def test_the_page_is_a_part_of_the_results_and_leads_to_the_short_files(browser: Browser, demo: str) -> None:
    links = {each.get("href"): "".join(each.itertext()) for each in browser.open(demo + "results").all("a")}
    assert links[demo + "director"] == "For the director"
    page = {"".join(each.itertext()): each.get("href") for each in browser.open(demo + "director").all("a")}
    assert page["short PDF"] == demo + "summary.short.pdf"
    assert page["short Word document"] == demo + "summary.short.docx"


def test_who_answered_and_what_changed_in_four_weeks_comes_from_the_history(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    assessment_id = hub.strip("/").rpartition("/")[2]
    with app.app_context():
        for ref, who, before in (("context", "Kim", 40), ("internal-audit", "Ada", 2), ("audit-programme", "Ada", 1)):
            answer = Proposed(key=f"iso-9001/{ref}", value=on_rung(Rung.IN_USE), base_version=0)
            save_answers(assessment_id, [answer], who=who, at=NOW - timedelta(days=before))
    text = browser.open(hub + "director").text
    assert "Answered by: Ada (2), Kim (1)" in " ".join(text.split())
    assert "2 answers were given or changed since 27 October 2026." in text
    assert re.search(r"Evidence is named for 0 of 3 answers", text)
