"""The findings as a list to work through: filters are addresses, and every row leads to what changes it."""

import re
from urllib.parse import parse_qs, urlsplit

from flask import Flask

from assessment.domain.rights import Role
from tests.support.assessments import joined
from tests.support.opener import Browser, Page


def rows(page: Page) -> list[str]:
    """The titles of the areas that fall short, as shown."""
    return [" ".join("".join(each.itertext()).split()) for each in page.all("span") if each.get("class") == "row-title"]


def chips(page: Page) -> dict[str, str]:
    """Where each filter leads, by its words."""
    bar = next(each for each in page.all("div") if each.get("class") == "filters")
    links = (each for each in bar.iter() if each.tag.endswith("}a"))
    return {" ".join("".join(each.itertext()).split()): each.get("href") for each in links}


def test_each_count_is_a_filter_that_shows_as_many_rows(browser: Browser, demo: str) -> None:
    everything = browser.open(demo + "findings")
    counted = {name: href for name, href in chips(everything).items() if "kind=" in href}
    assert len(counted) > 5
    for name, href in counted.items():
        count = int(name.rpartition(" ")[2])
        page = browser.open(href)
        assert re.search(rf"\b{count} rows? (is|are) shown", page.text), name
        assert name in chips(page)


def test_filters_add_up_in_the_address_and_can_be_taken_off(browser: Browser, demo: str) -> None:
    page = browser.open(demo + "findings?standard=iso-14001&kind=major")
    assert "ISO 9001:2026" not in page.text
    assert len(rows(page)) == 9
    sent = browser.open(demo + "findings?standard=iso-14001&kind=major&chapter=8&text=emergency")
    assert rows(sent) == ["Emergency preparedness and response"]
    others = {
        name: parse_qs(urlsplit(href).query)
        for name, href in chips(sent).items()
        if name not in ("All kinds", "Clear the filter")
    }
    assert all(query["chapter"] == ["8"] and query["text"] == ["emergency"] for query in others.values())
    assert chips(sent)["Clear the filter"] == demo + "findings"
    form = sent.fields()
    assert (form["standard"], form["kind"], form["text"]) == (["iso-14001"], ["major"], ["emergency"])


def test_an_address_with_what_is_not_known_here_shows_everything(browser: Browser, demo: str) -> None:
    everything = browser.open(demo + "findings").text
    assert browser.open(demo + "findings?standard=iso-1&kind=zebra&chapter=99&text=").text == everything


def test_the_search_finds_a_note_that_somebody_just_wrote(browser: Browser, demo: str) -> None:
    asked = browser.open(demo + "iso-14001/questions/8.2")
    browser.send(asked, {"emergency-answer": "informal", "emergency-note": "The <key> hangs in the Cellar."})
    page = browser.open(demo + "findings?text=cellar")
    assert rows(page) == ["Emergency preparedness and response"]
    assert "The <key> hangs in the Cellar." in page.text
    nothing = browser.open(demo + "findings?text=zebra")
    assert "0 rows are shown" in nothing.text
    assert "“zebra”" in nothing.text


def test_a_row_leads_to_the_question_and_to_the_step_that_closes_it(browser: Browser, demo: str) -> None:
    page = browser.open(demo + "findings?standard=iso-14001&kind=major&chapter=9&open=all")
    assert {each.get("open") is not None for each in page.all("details")} == {True}
    changes = [each.get("href") for each in page.all("a") if each.get("class") == "change"]
    steps = [link for link in page.links() if "/plan/" in link]
    assert len(changes) > 5
    assert steps
    for link in (*changes, *dict.fromkeys(steps)):
        opened = browser.open(link)
        assert link.partition("#")[2] in {"", *(each.get("id") for each in opened.tree.iter())}


def test_all_rows_are_there_closed_and_say_what_an_auditor_would_ask_to_see(browser: Browser, demo: str) -> None:
    page = browser.open(demo + "findings")
    closed = [each for each in page.all("details") if each.get("class") == "row"]
    assert len(closed) == 29
    assert all(each.get("open") is None for each in closed)
    assert "None recorded. An auditor would ask to see:" in page.text
    assert "What to do:" in page.text


def test_a_reader_is_led_to_the_answers_without_being_asked_to_change_them(app: Flask, browser: Browser, demo: str) -> None:
    assert "Change answer:" in browser.open(demo + "findings").text
    reader = joined(app, demo, Role.READER)
    page = reader.open(demo + "findings")
    assert "Change answer" not in page.text
    assert "See the answer:" in page.text


def test_a_part_of_the_shortest_list_is_not_called_the_whole(browser: Browser, demo: str) -> None:
    assert "To put right before “ready for stage 1”: 41 questions" in browser.open(demo + "findings?kind=next").text
    part = browser.open(demo + "findings?kind=next&chapter=9").text
    assert "To put right before" not in part
    assert "Shortest list: 2" in part
