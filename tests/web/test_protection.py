"""The page on how people are protected, and what it says of every other page."""

import pytest
from flask import Flask

from assessment.web.starting.protection import Answer, protection, read_protection
from tests.support.opener import Browser

PAGE = "/protection"


def test_every_page_offers_to_forget_the_browser_and_says_how_people_are_protected(browser: Browser) -> None:
    hub = browser.start_sample()
    for address in ("/", "/standards/glossary", hub, hub + "findings", hub + "iso-9001/questions/9.2", PAGE):
        links = browser.open(address).links()
        assert any(link.endswith("#forget") for link in links), address
        assert PAGE in links, address


def test_the_page_counts_what_is_met_and_says_every_difference_with_its_end(browser: Browser) -> None:
    page = browser.open(PAGE).text
    assert f"{protection().count(Answer.MET)} are met" in page
    assert len(protection().deviations()) >= 5
    for entry in protection().deviations():
        assert entry.says in page
        assert entry.until in page


def test_the_page_is_there_for_whoever_has_no_assessment_and_sets_no_cookie(app: Flask) -> None:
    answer = app.test_client().get(PAGE)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


def test_a_field_in_the_address_is_no_field_of_the_form(browser: Browser) -> None:
    start = browser.open("/start")
    fields = {name: values for name, values in start.fields().items() if name != "organisation"}
    answer = browser.client.post("/start?organisation=Smuggled", data=fields, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 422
    assert 'value="Smuggled"' not in answer.get_data(as_text=True)


ENTRY = {"of": ["1.1.1"], "says": "It is so."}


@pytest.mark.parametrize(
    "fault",
    [
        {"verdict": "met"},
        {"verdict": "met", "tests": ["web/test_x.py::y"], "until": "tomorrow"},
        {"verdict": "absent", "tests": ["web/test_x.py::y"]},
        {"verdict": "deviates"},
    ],
    ids=["met without a test", "met until a day", "absent with a test", "a difference for ever"],
)
def test_an_answer_that_proves_or_explains_nothing_is_refused(fault: dict[str, object]) -> None:
    document = {"chapter": [{"id": "1", "title": "One", "answer": [{**ENTRY, **fault}]}]}
    with pytest.raises(ValueError, match="what is met names its tests"):
        read_protection(document)
