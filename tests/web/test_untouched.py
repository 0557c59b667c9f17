"""A form of which one answer changed: the others are left as they are stored, and come back where something is wrong."""

from datetime import date
from unittest.mock import patch

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from assessment.domain.answers import Answer, Evidence, State
from assessment.domain.rules import Rung
from assessment.domain.standard import Question
from assessment.storage.answers import load_sheet
from assessment.web.questions.answer_form import build_forms
from assessment.web.questions.untouched import is_untouched
from tests.support.content import LIBRARY
from tests.support.opener import Browser, Page

PAGE = "iso-9001/questions/9.2"
AUDIT = LIBRARY.questions["iso-9001/internal-audit"]
ANSWERS = {
    "nothing": Answer(),
    "a rung": Answer(state=State.RUNG, rung=Rung.IN_USE),
    "not known": Answer(state=State.UNKNOWN, who="Ada"),
    "several lines": Answer(state=State.RUNG, rung=Rung.DEFINED, note="one\ntwo\n\nthree"),
    "a day": Answer(state=State.RUNG, rung=Rung.IN_USE, last_done=date(2026, 3, 2)),
    "evidence": Answer(
        state=State.RUNG,
        rung=Rung.IN_USE,
        evidence=(
            Evidence(title="Programme", where="", dated=None),
            Evidence(title="Report", where="Disk", dated=date(2026, 1, 9)),
        ),
    ),
    "a reason": Answer(state=State.NOT_APPLICABLE, reason="We do none of this here"),
}


def bound_by(browser: Browser, page: Page, changes: dict[str, str]) -> list[str]:
    """The ids of the questions that forms were built for when a page was sent."""
    built: list[str] = []

    def building(questions: list[Question], *rest: object, **more: object) -> object:
        built.extend(question.id for question in questions)
        return build_forms(questions, *rest, **more)  # type: ignore[arg-type]

    with patch("assessment.web.questions.saving.build_forms", building):
        browser.send(page, changes)
    return built


def test_of_a_page_sent_as_it_stands_nothing_is_read_or_saved_and_of_one_change_that_one(app: Flask, browser: Browser) -> None:
    hub = browser.start_sample()
    with app.app_context():
        before = load_sheet(hub.split("/")[2])
    page = browser.open(hub + PAGE)
    assert bound_by(browser, page, {}) == []
    with app.app_context():
        assert load_sheet(hub.split("/")[2]) == before
    page = browser.open(hub + PAGE)
    assert bound_by(browser, page, {"internal-audit-note": "another"}) == ["internal-audit"]
    with app.app_context():
        sheet, versions = load_sheet(hub.split("/")[2])
    assert sheet.answer(AUDIT).note == "another"
    assert {ref for ref, version in versions.items() if version != before[1][ref]} == {AUDIT.ref}


def sent(answer: Answer, version: int = 3) -> "MultiDict[str, str]":
    """What browsers send for an answer that nobody touched, with an empty row for more evidence."""
    fields = {
        "version": str(version),
        "note": answer.note.replace("\n", "\r\n"),
        "who": answer.who,
        "reason": answer.reason,
        "last_done": answer.last_done.isoformat() if answer.last_done else "",
    }
    if answer.state is not State.UNANSWERED:
        fields["answer"] = answer.rung.id if answer.rung is not None else answer.state.value
    for number, item in enumerate((*answer.evidence, Evidence(title=""))):
        dated = item.dated.isoformat() if item.dated else ""
        fields |= {
            f"evidence-{number}-title": item.title,
            f"evidence-{number}-where": item.where,
            f"evidence-{number}-dated": dated,
        }
    return MultiDict({f"{AUDIT.id}-{name}": value for name, value in fields.items()})


@pytest.mark.parametrize("kind", ANSWERS)
def test_whatever_is_changed_in_an_answer_it_no_longer_counts_as_untouched(kind: str) -> None:
    answer = ANSWERS[kind]
    untouched = sent(answer)
    assert is_untouched(AUDIT, answer, 3, untouched)
    for name in untouched:
        changed = untouched.copy()
        changed[name] = f"{changed[name]}x"
        assert not is_untouched(AUDIT, answer, 3, changed), name
    assert not is_untouched(AUDIT, answer, 4, untouched)
    assert not is_untouched(AUDIT, Answer(state=State.RUNG, rung=Rung.ABSENT, note="theirs"), 3, untouched)
    for left_out in [name for name, value in untouched.items() if value]:
        less = untouched.copy()
        del less[left_out]
        assert not is_untouched(AUDIT, answer, 3, less), left_out


def test_an_answer_that_wants_a_reason_is_looked_at_each_time() -> None:
    without = Answer(state=State.NOT_APPLICABLE)
    assert not is_untouched(AUDIT, without, 3, sent(without))


def test_where_one_answer_is_wrong_the_page_comes_back_with_all_of_them(browser: Browser) -> None:
    hub = browser.start_sample()
    page = browser.open(hub + PAGE)
    back = browser.send(page, {"internal-audit-last_done": "2199-01-01"}, status=422)
    before, after = page.fields(), back.fields()
    for name in ("csrf_token", "save_key"):
        before.pop(name), after.pop(name)
    assert after == {**before, "internal-audit-last_done": ["2199-01-01"]}
