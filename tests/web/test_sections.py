"""A whole section that does not apply: one press, one reason, kept by question, and taken back the same way."""

import pytest
from flask import Flask

from assessment.domain.answers import State
from assessment.domain.exclusions import sections
from assessment.storage.answers import load_sheet
from assessment.storage.history import broken_chains
from tests.domain.shipped import ISO_9001
from tests.support.opener import Browser, Page

CHECK = "iso-9001/check/8"
DESIGN = next(section for section in sections(ISO_9001) if section.clause == "8.3")
REFS = [question.ref for question in DESIGN.questions]
REASON = "Our customers hand us finished drawings."
OUT = {"reason": REASON, "save": "leave-out"}
BACK = {"save": "take-back"}
WITHOUT_REASON = "Say why nothing of 8.3 applies to you. Without a reason it stays as it is."


def answers(app: Flask, hub: str) -> list[tuple[State, str]]:
    with app.app_context():
        sheet, _ = load_sheet(hub.split("/")[2])
    return [(sheet.answer(question).state, sheet.answer(question).reason) for question in DESIGN.questions]


def open_again(app: Flask, hub: str) -> bool:
    return answers(app, hub) == [(State.UNANSWERED, "")] * len(REFS)


def test_one_reason_leaves_out_every_question_of_a_section_and_each_keeps_it(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    page = browser.send(browser.open(hub + CHECK), OUT)
    assert len(REFS) == 8
    assert answers(app, hub) == [(State.NOT_APPLICABLE, REASON)] * 8
    assert page.path.endswith(CHECK)
    assert page.text.count(f"Does not apply: {REASON}") == 8
    assert "Mark all of 8.3 as not applicable" not in page.text
    one = browser.open(hub + "iso-9001/questions/8.3.1")
    browser.send(one, {"design-answer": "informal"})
    assert answers(app, hub).count((State.NOT_APPLICABLE, REASON)) == 7


def test_a_section_is_taken_back_by_one_press(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    page = browser.send(browser.open(hub + CHECK), OUT)
    assert "8 questions of this section are marked as not applicable." in page.text
    browser.send(page, BACK)
    assert open_again(app, hub)
    with app.app_context():
        assert list(broken_chains()) == []


def test_what_is_answered_already_is_named_before_it_is_changed_and_its_note_stays(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    warning = "These have an answer already."
    assert warning not in browser.open(hub + CHECK).text
    browser.send(browser.open(hub + "iso-9001/questions/8.3.1"), {"design-answer": "in-use", "design-note": "Drawn by Ada."})
    page = browser.open(hub + CHECK)
    assert warning in page.text
    said = page.text.partition(warning)[2].partition("Why does none of it apply?")[0]
    assert [question.asks in said for question in DESIGN.questions].count(True) == 1
    page = browser.send(page, OUT)
    assert answers(app, hub) == [(State.NOT_APPLICABLE, REASON)] * 8
    assert "Drawn by Ada." in page.text
    assert "In use" in browser.open(hub + "history/iso-9001/design").text


def test_without_a_reason_nothing_is_left_out_and_the_section_is_named(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    for reason in ("", "  \n "):
        page = browser.send(browser.open(hub + CHECK), {**OUT, "reason": reason}, status=422)
        assert page.text.count(WITHOUT_REASON) == 2
        assert "#reason-8.3" in page.links()
    assert open_again(app, hub)


@pytest.mark.parametrize(
    ("sent", "status", "says"),
    [
        ({**OUT, "section": "9.9"}, 422, "This page has no such section to leave out."),
        ({**OUT, "section": ""}, 422, "This page has no such section to leave out."),
        ({**OUT, "save": "burn"}, 422, "This page has no such section to leave out."),
        ({**OUT, "reason": "x" * 200_000}, 422, "There is a problem"),
        ({**OUT, "csrf_token": "stale"}, 400, "There is a problem"),
    ],
)
def test_what_cannot_be_meant_changes_nothing(
    app: Flask, browser: Browser, sent: dict[str, str], status: int, says: str
) -> None:
    hub = browser.start()
    assert says in browser.send(browser.open(hub + CHECK), sent, status=status).text
    assert open_again(app, hub)


def test_an_answer_that_somebody_gave_meanwhile_is_shown_and_not_overwritten(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + CHECK)
    browser.send(browser.open(hub + "iso-9001/questions/8.3.1"), {"design-answer": "in-use"})
    both = browser.send(page, OUT, status=409)
    assert "This answer was changed in another tab or browser" in both.text
    assert answers(app, hub).count((State.RUNG, "")) == 1
    assert answers(app, hub).count((State.NOT_APPLICABLE, REASON)) == 7
    browser.send(both, {"save": "continue"}, to=hub + "iso-9001/questions/8.3.1")
    assert answers(app, hub) == [(State.NOT_APPLICABLE, REASON)] * 8


def test_a_note_that_somebody_wrote_meanwhile_is_shown_and_not_lost(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + CHECK)
    browser.send(browser.open(hub + "iso-9001/questions/8.3.1"), {"design-note": "Ask Ada first."})
    both = browser.send(page, OUT, status=409)
    assert "Ask Ada first." in both.text
    assert answers(app, hub).count((State.NOT_APPLICABLE, REASON)) == 7
    joined = browser.send(both, {"join": "design"}, to=hub + "iso-9001/questions/8.3.1", status=409)
    browser.send(joined, {"save": "continue"}, to=hub + "iso-9001/questions/8.3.1")
    assert answers(app, hub) == [(State.NOT_APPLICABLE, REASON)] * 8
    assert "Ask Ada first." in browser.open(hub + CHECK).text


def test_sent_twice_it_is_saved_once(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + CHECK)
    for _ in range(2):
        browser.send(page, OUT)
    with app.app_context():
        _, versions = load_sheet(hub.split("/")[2])
    assert versions == dict.fromkeys(REFS, 1)


@pytest.mark.parametrize("version", ["nothing", "-1", str(2**70), "7"])
def test_a_version_that_never_was_is_an_empty_form(app: Flask, browser: Browser, version: str) -> None:
    hub = browser.start()
    browser.send(browser.open(hub + "iso-9001/questions/8.3.1"), {"design-answer": "in-use"})
    browser.send(browser.open(hub + CHECK), {**OUT, "design-version": version}, status=409)
    assert answers(app, hub).count((State.RUNG, "")) == 1


def test_each_question_page_of_a_section_leads_there_and_no_other_does(browser: Browser) -> None:
    hub = browser.start()
    for slug, leads in (("8.3.1", True), ("8.3.6", True), ("8.1", False), ("9.2", False)):
        page = browser.open(f"{hub}iso-9001/questions/{slug}")
        assert any(link.endswith("check/8#section-8.3") for link in page.links()) is leads, slug


def test_six_reasons_that_are_missing_are_told_apart_by_their_questions(browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + "iso-9001/questions/8.3.1")
    names = [question.id for question in DESIGN.questions if f"{question.id}-answer" in page.html][:6]
    again: Page = browser.send(page, {f"{name}-answer": "not-applicable" for name in names}, status=422)
    said = ["".join(item.itertext()) for item in again.all("li") if "Say why this does not apply" in "".join(item.itertext())]
    assert len(said) == len(set(said)) == len(names) == 6


def test_what_is_left_out_in_doubt_is_warned_of_on_the_page_of_findings(browser: Browser) -> None:
    hub = browser.start()
    browser.send(browser.open(hub + CHECK), OUT)
    drill = {"emergency-drill-answer": "not-applicable", "emergency-drill-reason": "Nothing could go wrong on our site."}
    browser.send(browser.open(hub + "iso-14001/questions/8.2"), drill)
    assert "An auditor will ask" not in browser.open(hub + "findings").text
    page = browser.open(hub + "profile/organisation")
    browser.send(page, {"what-it-does": "We do not design anything."})
    assert "An auditor will ask" not in browser.open(hub + "findings").text
    browser.send(browser.open(hub + "profile/organisation"), {"design": "yes"})
    browser.send(browser.open(hub + "profile/environment"), {"emergency-potential": "serious"})
    said = browser.open(hub + "findings").text
    assert "An auditor will ask about 8.3 Design and development of products and services: you leave it out as a whole" in said
    assert (
        "An auditor will ask about 8.2: you leave out “Has the response to environmental emergencies been practised?”" in said
    )
