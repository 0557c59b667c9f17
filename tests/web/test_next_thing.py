"""There is always one next thing: from the start to the end of both quick checks, only by the button that says what is next."""

import re

import pytest
from flask import Flask

from assessment.domain.rights import Role
from assessment.storage.assessments import ChosenStandard
from assessment.storage.choices import save_choices, to_fields
from tests.support.apps import NOW
from tests.support.assessments import id_of, joined
from tests.support.opener import Browser, Page
from tests.web.test_walk import answer_all


def button(page: Page) -> tuple[str, str]:
    """The words of the main link of a page, and where it leads."""
    (found,) = (each for each in page.all("a") if each.get("class") == "button")
    return " ".join("".join(found.itertext()).split()), found.get("href")


def answered(browser: Browser, page: Page) -> tuple[Page, int]:
    """Answer what the path asks, page by page, until the check of the answers; and how many pages that were."""
    pages = 0
    while "/questions/" in page.path:
        folded = {id(field) for fold in page.all("details") if fold.get("class") == "further" for field in fold.iter()}
        radios = (field for field in page.all("input") if field.get("type") == "radio" and id(field) not in folded)
        fields = {field.get("name") for field in radios}
        page = browser.send(page, dict.fromkeys(fields, "in-use") | {"save": "continue"})
        pages += 1
    return page, pages


def test_both_quick_checks_are_gone_through_by_the_next_button_alone(browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub)
    words, profile = button(page)
    assert words.startswith("About your organisation")
    page = browser.open(profile)
    while "/profile/" in page.path:
        page = browser.send(page, {"save": "continue"})
    assert page.path.endswith("/advice")
    seen = 0
    for name in ("ISO 9001", "ISO 14001"):
        words, start = button(page)
        assert words == f"Start the quick check of {name}"
        assert re.search(r"\d+ questions, about \d+ minutes\.", page.text)
        page, pages = answered(browser, browser.open(start))
        assert page.path.endswith("/check")
        seen += pages + 1
    # A page for each group of clauses, and one check a standard: 16 pages where there were 28.
    assert seen == 16
    # What was left out in the profile is next.
    assert button(page)[0].startswith("About your organisation")


def test_after_both_quick_checks_the_full_one_is_next_with_its_time(browser: Browser) -> None:
    hub = browser.start()
    for group, said in {
        "organisation": {"people": "5"},
        "demand": {"new-market": "yes"},
        "quality": {"complaints": "badly"},
        "environment": {"permits": "few"},
    }.items():
        browser.send(browser.open(f"{hub}profile/{group}"), said)
    for standard in ("iso-9001", "iso-14001"):
        page, _ = answered(browser, browser.open(f"{hub}{standard}/questions/quick-4.1"))
    assert button(page)[0] == "Go on to the full check of ISO 9001"
    assert re.search(r"\d+ questions, about [\d.]+ hours\.", page.text)
    page, _ = answered(browser, browser.open(button(page)[1]))
    # From here on the answers of a chapter are looked through at its end.
    assert page.path.endswith("/iso-9001/check/4")


def test_an_address_of_a_path_that_is_not_followed_any_more_leads_to_the_page_of_its_clause(browser: Browser) -> None:
    hub = browser.start()
    browser.send(browser.open(hub + "choices"), {"iso-9001-path": "full"})
    assert browser.open(hub + "iso-9001/questions/quick-4.1").text
    browser.open(hub + "iso-9001/questions/quick-4.99", status=404)


def test_the_overview_goes_on_where_one_was_and_says_how_much_is_left(browser: Browser) -> None:
    hub = browser.start()
    asked = browser.open(hub + "iso-9001/questions/9.2")
    browser.send(asked, {"internal-audit-answer": "informal"})
    page = browser.open(hub)
    assert button(page)[0].startswith("Continue where you left off: ISO 9001, 9 Performance")
    assert "1 of 24 questions done, about 45 minutes left." in page.text


def test_with_everything_looked_at_the_plan_is_next(browser: Browser) -> None:
    page = browser.send(browser.open("/"), to="/demo")
    assert button(page) == ("Work on the plan", page.path + "plan")


def test_what_is_open_short_or_stale_is_gone_through_until_each_was_changed_or_left(browser: Browser) -> None:
    hub = browser.start_sample()
    browser.send(browser.open(hub + "choices"), {"iso-9001-path": "again"})
    overview = browser.open(hub)
    count = int(re.search(r"Open, short or stale: (\d+) questions to go through first", overview.text).group(1))  # type: ignore[union-attr]
    words, address = button(overview)
    assert words == "Go through what is open, short or stale in ISO 9001"
    assert f"{count} questions, about" in overview.text
    # Rows of chapters lead along it, too.
    assert overview.links().count(address) > 1
    page = browser.open(address)
    assert "open, short or stale" in page.text
    name = next(each.get("name") for each in page.all("textarea") if each.get("name", "").endswith("-note"))
    changes = {name: "Looked at again."}
    while "/questions/" in page.path:
        page = browser.send(page, changes | {"save": "continue"})
        changes = {}
    assert page.path.endswith("/iso-9001/check")
    assert "Check your answers: Open, short or stale" in page.text
    # What was left as it was is not asked again at once, and on the overview only what was not changed.
    assert button(page)[0] == "Work on the plan"
    assert f"{count - 1} questions, about" in browser.open(hub).text


@pytest.mark.parametrize(("edition", "status"), [("2015", 422), ("2026", 200)])
def test_what_is_new_is_asked_first_only_in_an_edition_that_says_what_is(browser: Browser, edition: str, status: int) -> None:
    choices = browser.open(browser.start() + "choices")
    assert "New in this edition (only ISO 9001:2026)" in choices.text
    page = browser.send(choices, {"iso-9001-edition": edition, "iso-9001-path": "new-in-edition"}, status=status)
    assert ("Nothing is marked as new in ISO 9001:2015" in page.text) == (status == 422)
    assert ("New in this edition: " in page.text) == (status == 200)


def test_what_is_new_in_an_edition_that_says_nothing_of_it_is_everything_under_its_name(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    with app.app_context():
        before = to_fields("", [ChosenStandard(standard="iso-9001", edition="2026", path="quick")])
        wanted = to_fields("", [ChosenStandard(standard="iso-9001", edition="2015", path="new-in-edition")])
        save_choices(id_of(hub), base=before, mine=wanted, who="Ada", at=NOW)
    assert "Full check: " in browser.open(hub).text


def test_the_end_of_a_standard_in_the_full_check_leads_to_the_other(browser: Browser) -> None:
    hub = browser.start()
    for standard in ("iso-9001", "iso-14001"):
        browser.send(browser.open(hub + "choices"), {f"{standard}-path": "full"})
    answer_all(browser, hub, "iso-9001", "in-use")
    assert button(browser.open(hub + "iso-9001/check/10"))[0] == "Start the full check of ISO 14001"


def test_whoever_may_only_read_is_not_asked_to_answer(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    reader = joined(app, hub, Role.READER)
    for shown in ("", "advice", "iso-9001/check", "results"):
        assert not [each for each in reader.open(hub + shown).all("a") if each.get("class") == "button"]


def test_the_check_of_a_path_shows_what_it_asked_and_how_to_change_it(browser: Browser) -> None:
    hub = browser.start()
    asked = browser.open(hub + "iso-9001/questions/9.2")
    browser.send(asked, {"internal-audit-answer": "informal", "internal-audit-note": "Only the workshop."})
    page = browser.open(hub + "iso-9001/check")
    assert "1 of 24 answered" in page.text
    assert "Only the workshop." in page.text
    assert page.text.count("Not answered yet") == 23
    changes = [link for link in page.links() if "/questions/" in link and "#" in link]
    assert len(changes) == 24
