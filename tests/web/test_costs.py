"""The page of costs: own rates, kept with the assessment, in documents only where somebody asks."""

import re

import pytest

from assessment.domain.cost import CostField
from tests.support.opener import Browser

RATES = {"cost-currency": "EUR", "cost-auditor-day": "1,200", "cost-travel": "0", "cost-yearly-fee": "500"}


def test_rates_make_sums_and_an_empty_field_is_not_known(browser: Browser, demo: str) -> None:
    page = browser.open(demo + "costs")
    assert "not known: “A day of an auditor”" in page.text
    # What is usual stands beside the field; in it would look like an answer, which the table does not count.
    assert "not known: “Days of a consultant”" in page.text
    assert re.search(r"of your plan that is \d+ days", page.text)
    assert page.fields()["cost-helper-days"] == [""]
    browser.send(page, RATES)
    page = browser.open(demo + "costs")
    assert "9,600 to 13,200 EUR" in page.text
    assert "at least " in page.text
    assert "not known: “A day of your own people”" in page.text
    assert page.fields()["cost-travel"] == ["0"]


def test_a_word_for_an_amount_is_refused_and_comes_back(browser: Browser, demo: str) -> None:
    page = browser.send(browser.open(demo + "costs"), {"cost-own-day": "plenty"}, status=422)
    assert "Write a whole number from 0 to" in page.text
    assert page.fields()["cost-own-day"] == ["plenty"]


@pytest.mark.parametrize("typed", ["1.250,50", "1 200,00", "1,250.50", "1’200.00"])
def test_an_amount_with_cents_is_told_that_whole_ones_are_taken(browser: Browser, demo: str, typed: str) -> None:
    page = browser.send(browser.open(demo + "costs"), {"cost-own-day": typed}, status=422)
    assert f"Only whole numbers are taken: write “{typed}” without what comes after its last mark" in page.text
    assert page.fields()["cost-own-day"] == [typed]


def test_two_people_tell_different_rates_and_both_stay_and_one_rate_twice_is_a_clash(browser: Browser, demo: str) -> None:
    mine, theirs, late = (browser.open(demo + "costs") for _ in range(3))
    browser.send(theirs, {"cost-auditor-day": "1300"})
    browser.send(mine, {"cost-travel": "250"})
    fields = browser.open(demo + "costs").fields()
    assert (fields["cost-auditor-day"], fields["cost-travel"]) == (["1300"], ["250"])
    page = browser.send(late, {"cost-auditor-day": "1100"}, status=409)
    assert "You (in another tab or browser) saved this meanwhile: 1300" in page.text
    assert page.fields()["cost-auditor-day"] == ["1100"]
    browser.send(page)
    assert browser.open(demo + "costs").fields()["cost-auditor-day"] == ["1100"]


def test_documents_show_costs_only_where_somebody_asks(browser: Browser, demo: str) -> None:
    browser.send(browser.open(demo + "costs"), RATES)
    client = browser.client
    for ending in ("summary", "summary.md"):
        without = client.get(demo + ending).get_data(as_text=True)
        assert "9,600" not in without
        assert "9,600 to 13,200 EUR" in client.get(demo + f"{ending}?costs=1").get_data(as_text=True)
    receipt = client.get(demo + "summary.json").get_data(as_text=True)
    assert not [field for field in CostField if field.value in receipt]
    downloads = browser.open(demo + "downloads?costs=1")
    assert "show the costs as well" in downloads.text
    assert "stand in no document" in browser.open(demo + "downloads").text


def test_history_names_the_rate_and_the_export_takes_it_along(browser: Browser, demo: str) -> None:
    browser.send(browser.open(demo + "costs"), RATES)
    assert "A day of an auditor" in browser.open(demo + "history").text
    assert '"cost-auditor-day"' in browser.client.get(demo + "export.json").get_data(as_text=True)


def test_what_others_wrote_names_country_year_and_that_nobody_checked_it(browser: Browser, demo: str) -> None:
    page = browser.open(demo + "costs").text
    assert "Switzerland, about 2000: " in page
    assert "Germany, year not told: " in page
    assert page.count("(one source, not checked)") == 9
