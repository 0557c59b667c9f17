"""A summary of what is wrong says in each line which question or field it is about."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from assessment.web.shell.forms import FormError, told_apart
from assessment.web.shell.limits import MOST, count_attempts
from tests.support.opener import Browser, Page
from tests.web.test_every_form import POISONS, everywhere, fresh

PROBLEMS = st.builds(
    FormError,
    href=st.sampled_from(["#one", "#two"]),
    text=st.sampled_from(["Write a number.", "One: choose again.", "Say what it is."]),
    about=st.sampled_from(["One", "Two", "How many?"]),
    always=st.booleans(),
)


def lines(page: Page) -> list[str]:
    """The lines of the summary of a page."""
    (summary,) = (each for each in page.all("div") if each.get("class") == "error-summary")
    return [" ".join("".join(link.itertext()).split()) for link in summary.iter() if link.get("href")]


@given(st.lists(PROBLEMS, unique_by=lambda each: (each.about, each.text)))
def test_no_two_lines_of_a_summary_are_alike(errors: list[FormError]) -> None:
    shown = told_apart(errors)
    assert [each.href for each in shown] == [each.href for each in errors]
    assert len({each.text for each in shown}) == len(shown)


def test_two_pieces_of_evidence_without_a_title_are_told_apart_by_their_questions(browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + "iso-9001/questions/9.2")
    typed = {"internal-audit-evidence-0-where": "Shelf", "audit-programme-evidence-0-where": "Shelf"}
    refused = browser.send(page, typed, status=422)
    first, second = lines(refused)
    assert first != second
    assert "Evidence 1" in first
    assert "Evidence 1" in second


def test_two_costs_that_are_no_numbers_are_told_apart_by_their_names(browser: Browser) -> None:
    hub = browser.start()
    refused = browser.send(browser.open(hub + "costs"), {"cost-travel": "much", "cost-application": "more"}, status=422)
    first, second = lines(refused)
    assert first.startswith("Travel and expenses")
    assert second.startswith("Application fee")


@pytest.mark.broad
def test_whatever_is_wrong_in_every_field_at_once_no_two_lines_are_alike(app: Flask, browser: Browser) -> None:
    count_attempts(app, {**MOST, "start": 10**6, "assessment": 10**6, "open": 10**6, "import": 10**6})
    several = set()
    for form in everywhere(app, browser):
        now = fresh(app, browser, form)
        if now is None or not now.typed:
            continue
        told: dict[str, Any] = {**dict(now.fields), **dict.fromkeys(now.typed, POISONS["a NUL"].decode())}
        answer = browser.client.post(now.action, data={name: value for name, value in told.items() if name not in now.files})
        if answer.status_code != 422:
            continue
        found = lines(Page(answer))
        assert len(found) == len(set(found)), f"{now.endpoint} at {now.shown_at}: {found}"
        several |= {now.endpoint} if len(found) > 1 else set()
    assert several >= {"questions.page", "costs.show", "letterhead.edit", "lines.line"}
