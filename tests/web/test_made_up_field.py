"""A field nobody has heard of: one line in the table of fields, and it is saved, merged, kept, moved and verified."""

import io
import json
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from assessment.content import load
from assessment.domain import answer_fields
from assessment.domain.answer_fields import AnswerField, Kind
from assessment.domain.answers import Answer
from assessment.domain.rules import Rung
from assessment.paths import shipped
from assessment.reports.receipt import verify
from assessment.reports.wording import answer_fields as wording
from assessment.reports.wording.answer_fields import FieldWords
from assessment.storage.answers import answer_of, load_sheet
from assessment.storage.history import broken_chains, history
from tests.support.assessments import id_of
from tests.support.office import filled_rows
from tests.support.opener import Browser, Page
from tests.support.transfers import as_it_came

PAGE = "iso-9001/questions/9.2"
AUDIT = "iso-9001/internal-audit"
COST = "internal-audit-yearly_cost"
FIELD = AnswerField(name="yearly_cost", kind=Kind.LINE, in_receipt="yearly-cost", since=3)
WORDS = FieldWords(name="What it costs a year", asks="What does it cost a year?")


@dataclass(frozen=True, kw_only=True)
class LongerAnswer(Answer):
    """An answer with one more field, as the domain would have it."""

    yearly_cost: str = ""


@pytest.fixture
def before(browser: Browser) -> str:
    """The overview of an assessment with an answer that was saved before there was such a field."""
    hub = browser.start()
    browser.send(browser.open(hub + PAGE), {"internal-audit-answer": "in-use", "internal-audit-note": "before"})
    return hub


@pytest.fixture
def added(before: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same after the field was added: to the answer, to the table of fields, and to the words for them."""
    monkeypatch.setattr(Answer, "yearly_cost", "", raising=False)
    monkeypatch.setattr(answer_fields, "Answer", LongerAnswer)
    monkeypatch.setattr(answer_fields, "ANSWER_FIELDS", (*answer_fields.ANSWER_FIELDS, FIELD))
    monkeypatch.setitem(wording.WORDS, "yearly_cost", WORDS)
    return before


def costs(app: Flask, hub: str) -> list[str]:
    """What every version of the answer says in the field."""
    with app.app_context():
        return [answer_of(entry.content).yearly_cost for entry in history(id_of(hub), AUDIT)]  # type: ignore[attr-defined]


def test_an_answer_of_before_opens_and_saving_it_as_it_is_changes_nothing(app: Flask, browser: Browser, added: str) -> None:
    page = browser.open(added + PAGE)
    assert "What does it cost a year?" in page.text
    assert page.fields()["internal-audit-note"][0].strip() == "before"
    browser.send(page)
    assert costs(app, added) == [""]


def test_the_field_is_saved_shown_and_in_the_history(app: Flask, browser: Browser, added: str) -> None:
    browser.send(browser.open(added + PAGE), {COST: "900 euros"})
    assert costs(app, added) == ["", "900 euros"]
    assert browser.open(added + PAGE).fields()[COST] == ["900 euros"]
    for shown in ("history", f"history/{AUDIT}", "iso-9001/check/9"):
        assert "900 euros" in browser.open(added + shown).text, shown
    with app.app_context():
        assert list(broken_chains()) == []


def test_a_text_that_is_too_long_for_the_field_comes_back(browser: Browser, added: str) -> None:
    refused = browser.send(browser.open(added + PAGE), {COST: "x" * 301}, status=422)
    assert "at most 300 can be saved" in refused.text
    assert refused.fields()[COST] == ["x" * 301]


def test_a_form_of_before_the_field_merges_and_only_two_different_texts_conflict(
    app: Flask, browser: Browser, before: str, request: pytest.FixtureRequest
) -> None:
    old = browser.open(before + PAGE)
    request.getfixturevalue("added")
    browser.send(browser.open(before + PAGE), {COST: "900 euros"})
    browser.send(old, status=200)  # nothing was changed in it, so that it overwrites nothing
    assert costs(app, before) == ["", "900 euros"]
    first, second = browser.open(before + PAGE), browser.open(before + PAGE)
    browser.send(first, {COST: "1,000 euros"})
    conflict = browser.send(second, {COST: "1,100 euros"}, status=409)
    for text in ("900 euros", "1,000 euros", "1,100 euros"):
        assert text in conflict.text
    browser.send(conflict, to=before + PAGE)
    assert costs(app, before) == ["", "900 euros", "1,000 euros", "1,100 euros"]


def exported(browser: Browser, hub: str) -> dict[str, Any]:
    response = browser.client.get(hub + "export.json")
    assert response.status_code == 200
    return json.loads(response.get_data())  # type: ignore[no-any-return]


def imported(browser: Browser, document: dict[str, Any]) -> str:
    """The overview of what an import makes of an export."""
    page = browser.open("/import")
    fields = {**page.fields(), "file": (io.BytesIO(json.dumps(document).encode()), "export.json")}
    shown = browser.checked(browser.client.post("/import", data=fields, content_type="multipart/form-data"), 200)
    return browser.send(shown).path


def test_the_field_goes_out_and_comes_in_and_so_does_an_export_of_before(
    app: Flask, browser: Browser, before: str, request: pytest.FixtureRequest
) -> None:
    old = exported(browser, before)
    request.getfixturevalue("added")
    assert costs(app, imported(browser, old)) == [""]
    browser.send(browser.open(before + PAGE), {COST: "900 euros"})
    document = exported(browser, before)
    assert document["answers"][AUDIT]["content"]["yearly_cost"] == "900 euros"
    copy = imported(browser, document)
    assert costs(app, copy) == ["", "900 euros"]
    assert as_it_came(exported(browser, copy))["history"] == document["history"]


def test_the_field_is_filled_in_in_the_workbook_and_taken_over(app: Flask, browser: Browser, added: str) -> None:
    data = browser.client.get(added + "summary.xlsx").get_data()
    data = filled_rows(data, {AUDIT: {"Yearly cost": "900 euros"}})
    page = browser.open(added + "workbook")
    fields = {**page.fields(), "file": (io.BytesIO(data), "answers.xlsx")}
    shown = browser.checked(browser.client.post(added + "workbook", data=fields, content_type="multipart/form-data"), 200)
    assert "Changes: what it costs a year" in shown.text
    response = browser.client.post(
        added + "workbook", data=shown.fields(), content_type="multipart/form-data", follow_redirects=True
    )
    assert "1 answer was taken over" in Page(response).text
    with app.app_context():
        answer = load_sheet(id_of(added))[0].answers[AUDIT]
    assert (answer.rung, answer.note) == (Rung.IN_USE, "before")
    assert costs(app, added) == ["", "900 euros"]


def test_a_receipt_with_the_field_verifies_and_so_does_one_of_before(
    browser: Browser, before: str, request: pytest.FixtureRequest
) -> None:
    library = load(shipped("questionnaires"))
    old = browser.client.get(before + "summary.json").get_data()
    version = json.loads(old)["product-version"]
    request.getfixturevalue("added")
    assert verify(old, library, version).equal
    browser.send(browser.open(before + PAGE), {COST: "900 euros"})
    new = browser.client.get(before + "summary.json").get_data()
    assert verify(new, library, version).equal
    assert '"yearly-cost": "900 euros"' in new.decode()
    forged = new.replace(b'"yearly-cost": "900 euros"', b'"yearly-cost": "1 euro"', 1)
    assert [each.said for each in verify(forged, library, version).differences] == ['"1 euro"']


def test_the_field_stands_in_the_summary(browser: Browser, added: str) -> None:
    browser.send(browser.open(added + PAGE), {COST: "900 euros"})
    assert "900 euros" in browser.client.get(added + "summary.md").get_data(as_text=True)
