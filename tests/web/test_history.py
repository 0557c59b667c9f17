"""The versions of one answer, fifty a page however often it was changed, each of them to bring back."""

from dataclasses import replace

import pytest
from flask import Flask

from assessment.domain.answers import Answer
from assessment.storage.answers import load_sheet, save_answers
from assessment.storage.merge_save import Proposed
from assessment.web.questions.history import ENTRIES_A_PAGE
from assessment.web.wording.organisation import by_day
from tests.support.apps import NOW
from tests.support.opener import Browser, Page

REF = "iso-9001/internal-audit"
CHANGES = 2 * ENTRIES_A_PAGE + 20


@pytest.fixture
def hub(app: Flask, browser: Browser) -> str:
    """An assessment in which one answer was changed often, each time to say which change it is."""
    hub = browser.start()
    answer = Answer()
    with app.app_context():
        for version in range(CHANGES):
            changed = Proposed(key=REF, value=replace(answer, note=f"change {version + 1};"), base_version=version)
            save_answers(hub.split("/")[2], [changed], who="Ada", at=NOW)
    return hub


def shown(page: Page) -> list[int]:
    ids = [str(item.get("id", "")) for item in page.all("li")]
    return [int(each.removeprefix("version-")) for each in ids if each.startswith("version-")]


def older(page: Page) -> str | None:
    return next((link.get("href") for link in page.all("a") if "Older versions" in "".join(link.itertext())), None)


def test_links_lead_through_every_version_once_newest_first_fifty_a_page(browser: Browser, hub: str) -> None:
    page = browser.open(f"{hub}history/{REF}")
    pages = [shown(page)]
    while address := older(page):
        page = browser.open(address)
        pages.append(shown(page))
        assert "Back to the newest versions" in page.text
    assert [len(versions) for versions in pages] == [ENTRIES_A_PAGE, ENTRIES_A_PAGE, 20]
    assert [version for versions in pages for version in versions] == list(range(CHANGES, 0, -1))
    assert "change 1;" in page.text


def test_a_version_of_an_older_page_is_brought_back_as_the_newest(app: Flask, browser: Browser, hub: str) -> None:
    first = browser.open(f"{hub}history/{REF}?before=2")
    assert shown(first) == [1]
    after = browser.send(first, {"restore": "1"})
    assert shown(after)[0] == CHANGES + 1
    with app.app_context():
        assert load_sheet(hub.split("/")[2])[0].answers[REF].note == "change 1;"


def test_a_deadline_stands_in_the_history_with_its_day_as_people_write_it(browser: Browser, hub: str) -> None:
    browser.send(browser.open(hub + "profile/demand"), {"deadline-iso-9001": "2027-10-31"})
    assert "ISO 9001 by 31 October 2027" in browser.open(hub + "history").text


def test_what_is_no_day_stays_as_it_was_written() -> None:
    assert by_day("ISO 9001", "2027-02-30") == "ISO 9001 by 2027-02-30"


@pytest.mark.parametrize("before", ["0", "1", "-1", "2147483648"])
def test_there_is_no_page_of_versions_that_never_were(browser: Browser, hub: str, before: str) -> None:
    browser.open(f"{hub}history/{REF}?before={before}", status=404)


@pytest.mark.parametrize("version", ["0", "-1", "121", "2147483648"])
def test_a_version_that_never_was_is_not_brought_back(browser: Browser, hub: str, version: str) -> None:
    refused = browser.send(browser.open(f"{hub}history/{REF}"), {"restore": version}, status=422)
    assert shown(refused)[0] == CHANGES
