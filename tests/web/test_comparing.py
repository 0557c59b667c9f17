"""Answers that carry over, as a person confirms them: one sentence at a time, and never what was done for another system."""

import json
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from assessment.domain.answers import Evidence, on_rung
from assessment.domain.question_path import QuestionPath
from assessment.domain.rules import Rung
from assessment.storage.answers import load_sheet, save_answers
from assessment.storage.export_format import read_document, to_json
from assessment.storage.export_import import to_document
from assessment.storage.history import broken_chains, history
from assessment.storage.merge_save import Proposed
from tests.support.apps import NOW
from tests.support.content import LIBRARY
from tests.support.opener import Browser, Page

QUALITY, ENVIRONMENT = (LIBRARY.questionnaire(each, "2026", QuestionPath.FULL) for each in ("iso-9001", "iso-14001"))
COMPARE = "compare/iso-9001/iso-14001"


def answer_quality(app: Flask, hub: str, rung: Rung) -> None:
    """Answer every question on quality with a rung, evidence and a date."""
    shown = replace(on_rung(rung), evidence=(Evidence(title="Report"),), last_done=NOW.date())
    with app.app_context():
        _, versions = load_sheet(hub.split("/")[2])
        told = [Proposed(key=each.ref, value=shown, base_version=versions.get(each.ref, 0)) for each in QUALITY.questions]
        save_answers(hub.split("/")[2], told, who="somebody", at=NOW)


@pytest.fixture
def certified(app: Flask, browser: Browser) -> str:
    """The address of a firm whose quality system is in use everywhere, and which has answered nothing on the environment."""
    hub = browser.start("Delta Chemicals")
    answer_quality(app, hub, Rung.IN_USE)
    return hub


def pressed_alone(page: Page) -> list[str]:
    """What buttons of its own the page has to confirm something."""
    names = (button.get("value", "") for button in page.all("button") if button.get("name") == "confirm")
    return [name for name in names if " " not in name]


def chosen_together(page: Page) -> dict[str, str]:
    """The fields of what can be called true with others, each with the value that does so."""
    radios = (each for each in page.all("input") if each.get("type") == "radio")
    return {each.get("name"): each.get("value") for each in radios if each.get("value").startswith("true=")}


def offered(page: Page) -> list[str]:
    """What can be confirmed: each question with the rung that would be recorded."""
    chosen = [f"{name.removeprefix('decide-')}={value.removeprefix('true=')}" for name, value in chosen_together(page).items()]
    return [*pressed_alone(page), *chosen]


def environment(browser: Browser, hub: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(browser.open(hub + "summary.json").html)
    return {**next(each for each in said["standards"] if each["standard"] == "iso-14001"), "plan": said["plan"]}


def answered(browser: Browser, hub: str) -> dict[str, str]:
    answers = environment(browser, hub)["answers"]
    return {name: answer["rung"] for name, answer in answers.items() if answer["state"] == "rung"}


def test_all_that_a_certified_quality_system_offers_leaves_the_environment_too_early(browser: Browser, certified: str) -> None:
    page = browser.open(certified + COMPARE)
    pressed = len(chosen_together(page))
    page = browser.send(page, {**chosen_together(page), "save": "yes"})
    assert f"{pressed} answers are recorded." in page.text
    while names := pressed_alone(page):
        page = browser.send(page, {"confirm": names[0]})
        pressed += 1
        assert pressed < 100
    assert pressed > 30
    found = environment(browser, certified)
    assert (found["verdict"]["worst"], found["verdict"]["best"]) == ("too-early", "too-early")
    steps = {each["action"] for each in found["plan"]}
    assert {"iso-14001/environmental-review", "audit-internally", "review-by-management"} <= steps
    given = answered(browser, certified)
    assert len(given) == pressed
    assert not given.keys() & {each.id for each in ENVIRONMENT.questions if each.deed}
    assert {name for name, rung in given.items() if rung != "informal"} == {"documents", "document-approval"}
    taken = found["answers"]["scope"]
    assert (taken["rung"], taken["evidence"], taken["last-done"]) == ("informal", [], None)


def test_a_suggestion_asks_whether_the_sentence_it_would_record_is_true(browser: Browser, certified: str) -> None:
    page = browser.open(certified + COMPARE)
    named = [name.split("=") for name in offered(page)]
    assert len(named) > 30
    assert page.text.count("Is this true?") == len(named)
    for ref, rung in named:
        assert f"Is this true? “{ENVIRONMENT.by_ref[ref].looks_like[Rung.of(rung)]}”" in page.text


def test_only_what_is_shared_fully_and_not_essential_is_confirmed_together(browser: Browser, certified: str) -> None:
    page = browser.open(certified + COMPARE)
    (together,) = [each.get("value", "") for each in page.all("button") if " " in each.get("value", "")]
    assert together.split() == ["iso-14001/document-approval=in-use", "iso-14001/documents=in-use"]
    assert "Confirm the 2 that are shared fully" in page.text
    browser.send(page, {"confirm": together})
    assert answered(browser, certified) == {"document-approval": "in-use", "documents": "in-use"}


@pytest.mark.parametrize(
    "confirm",
    [
        "iso-14001/scope=informal iso-14001/objectives=informal",
        "iso-14001/roles=informal iso-14001/records=informal",
        "iso-14001/internal-audit=in-use",
        "iso-14001/internal-audit=informal",
        "iso-14001/management-review=informal",
        "iso-14001/scope=in-use",
        "iso-14001/chapter/9",
        "iso-14001/scope",
        "=",
        "",
    ],
)
def test_nothing_else_can_be_confirmed_by_sending_it(browser: Browser, certified: str, confirm: str) -> None:
    browser.send(browser.open(certified + COMPARE), {"confirm": confirm})
    assert answered(browser, certified) == {}


def test_a_sentence_that_changed_meanwhile_is_not_recorded(app: Flask, browser: Browser, certified: str) -> None:
    page = browser.open(certified + COMPARE)
    answer_quality(app, certified, Rung.ABSENT)
    page = browser.send(page, {"confirm": "iso-14001/documents=in-use"})
    assert answered(browser, certified) == {}
    assert "iso-14001/documents=absent" in offered(page)


def test_what_is_essential_takes_a_press_of_its_own(browser: Browser, certified: str) -> None:
    page = browser.open(certified + COMPARE)
    alone = [name.partition("=")[0] for name in pressed_alone(page)]
    assert alone == ["iso-14001/scope", "iso-14001/objectives", "iso-14001/corrective-action"]
    assert all(ENVIRONMENT.by_ref[ref].essential for ref in alone)
    assert not [name for name in chosen_together(page) if ENVIRONMENT.by_ref[name.removeprefix("decide-")].essential]
    browser.send(page, {f"decide-{alone[0]}": "true=informal", "save": "yes"})
    assert answered(browser, certified) == {}


def test_one_save_confirms_and_turns_down_and_one_press_takes_the_answers_back(browser: Browser, certified: str) -> None:
    page = browser.open(certified + COMPARE)
    first, second, *_ = chosen = chosen_together(page)
    page = browser.send(page, {first: chosen[first], second: "untrue", "save": "yes"})
    for said in ("1 answer is recorded.", "1 suggestion is turned down, and not made again.", "Undo"):
        assert said in page.text
    assert list(answered(browser, certified)) == [first.rpartition("/")[2]]
    assert not {first, second} & chosen_together(page).keys()
    (undo,) = [each.get("value") for each in page.all("button") if each.get("name") == "undo"]
    page = browser.send(page, {"undo": undo})
    for said in ("1 answer is as it was before.", "1 suggestion is made again."):
        assert said in page.text
    assert answered(browser, certified) == {}
    assert {first, second} <= chosen_together(page).keys()


def test_a_form_that_is_sent_twice_leads_to_what_it_led_to(browser: Browser, certified: str) -> None:
    page = browser.open(certified + COMPARE)
    first, second, *_ = chosen = chosen_together(page)
    saves = {"all at once": {first: chosen[first], second: "untrue", "save": "yes"}}
    alone = pressed_alone(page)
    saves |= {"confirmed": {"confirm": alone[0]}, "refused": {"refuse": alone[1].partition("=")[0]}}
    saves |= {"offered": {"offer": alone[1].partition("=")[0]}}
    for name, said in saves.items():
        page = browser.open(certified + COMPARE)
        once, twice = (browser.send(page, said, status=303, follow=False).response.location for _ in range(2))
        assert once == twice, name
        told = browser.open(once)
        assert "meanwhile" not in told.text
    page = browser.open(certified + COMPARE)
    together = next(each.get("value", "") for each in page.all("button") if " " in each.get("value", ""))
    page = browser.send(page, {"confirm": together})
    (undo,) = [each.get("value") for each in page.all("button") if each.get("name") == "undo"]
    once, twice = (browser.send(page, {"undo": undo}, status=303, follow=False).response.location for _ in range(2))
    assert once == twice
    assert "2 answers are as they were before." in browser.open(once).text


def test_what_no_longer_stands_is_left_alone_and_counted_whichever_button_named_it(
    app: Flask, browser: Browser, certified: str
) -> None:
    page = browser.open(certified + COMPARE)
    alone = pressed_alone(page)[0]
    (together,) = [each.get("value", "") for each in page.all("button") if " " in each.get("value", "")]
    chosen, asked = chosen_together(page), alone.partition("=")[0]
    answer_quality(app, certified, Rung.ABSENT)
    with app.app_context():
        given = [Proposed(key=asked, value=on_rung(Rung.DEFINED), base_version=0)]
        save_answers(certified.split("/")[2], given, who="somebody", at=NOW)
    assert "1 answer was changed meanwhile" in browser.send(page, {"confirm": alone}).text
    for said, told in (
        ({"confirm": together}, "2 answers were changed meanwhile and are left alone."),
        ({"refuse": asked}, "1 answer was changed meanwhile and is left alone."),
        ({**chosen, "save": "yes"}, f"{len(chosen)} answers were changed meanwhile and are left alone."),
    ):
        assert told in browser.send(page, {**said, "save_key": browser.open("/start").fields()["save_key"]}).text


def test_what_a_colleague_turned_down_as_well_is_not_said_to_be_changed(browser: Browser, certified: str) -> None:
    mine, theirs = (browser.open(certified + COMPARE) for _ in range(2))
    asked = pressed_alone(mine)[0].partition("=")[0]
    for page in (mine, theirs):
        assert "meanwhile" not in browser.send(page, {"refuse": asked}).text
    assert asked not in {each.partition("=")[0] for each in pressed_alone(browser.open(certified + COMPARE))}


def test_a_suggestion_that_was_turned_down_can_be_made_again_at_any_time(app: Flask, browser: Browser, certified: str) -> None:
    page = browser.open(certified + COMPARE)
    alone = pressed_alone(page)[0].partition("=")[0]
    together = next(iter(chosen_together(page)))
    browser.send(page, {"refuse": alone})
    browser.send(browser.open(certified + COMPARE), {together: "untrue", "save": "yes"})
    page = browser.open(certified + COMPARE)
    assert "2 suggestions are turned down" in page.text
    (summary,) = [each for each in page.all("button") if each.get("value") == alone]
    assert summary.get("name") == "offer"
    page = browser.send(page, {"offer": alone})
    assert "1 suggestion is made again." in page.text
    assert "1 suggestion is turned down" in page.text
    assert alone in {each.partition("=")[0] for each in offered(page)}
    browser.send(page, {"offer": alone})  # twice is once
    browser.send(browser.open(certified + COMPARE), {"refuse": alone})
    with app.app_context():
        entries = history(certified.split("/")[2], f"refused/{alone}")
        turned_down, taken_back, again = (each.content for each in entries)
        assert turned_down == again != taken_back == {"source": None}
        assert [each.version for each in entries] == [1, 2, 3]
        assert list(broken_chains()) == []
    assert f"Taken back: {ENVIRONMENT.by_ref[alone].asks}" in browser.open(certified + "history").text


def test_what_was_turned_down_and_taken_back_goes_along_in_an_export(app: Flask, browser: Browser, certified: str) -> None:
    page = browser.open(certified + COMPARE)
    first, second, *_ = (each.removeprefix("decide-") for each in chosen_together(page))
    page = browser.send(page, {f"decide-{first}": "untrue", f"decide-{second}": "untrue", "save": "yes"})
    browser.send(page, {"offer": first})
    with app.app_context():
        told = read_document(to_json(to_document(certified.split("/")[2])), lambda _standard, _edition: True)
    assert told.refused == (second,)


def test_undo_leaves_alone_what_somebody_changed_since(app: Flask, browser: Browser, certified: str) -> None:
    page = browser.open(certified + COMPARE)
    first, *_ = chosen = chosen_together(page)
    page = browser.send(page, {first: chosen[first], "save": "yes"})
    ref = first.removeprefix("decide-")
    with app.app_context():
        own = Proposed(key=ref, value=on_rung(Rung.IMPROVED), base_version=1)
        save_answers(certified.split("/")[2], [own], who="somebody", at=NOW)
    (undo,) = [each.get("value") for each in page.all("button") if each.get("name") == "undo"]
    page = browser.send(page, {"undo": undo})
    assert "1 answer was changed meanwhile and is left alone." in page.text
    assert answered(browser, certified) == {ref.rpartition("/")[2]: "improved"}


def test_nothing_chosen_is_said_and_an_undo_of_anything_else_changes_nothing(browser: Browser, certified: str) -> None:
    page = browser.send(browser.open(certified + COMPARE), {"save": "yes"}, status=422)
    assert "Say of at least one sentence whether it is true." in page.text
    question = browser.open(certified + "iso-14001/questions/6.2")
    key = question.fields()["save_key"][0]
    browser.send(question, {"objectives-answer": "defined"})
    browser.send(browser.open(certified + COMPARE), {"undo": key})
    assert answered(browser, certified) == {"objectives": "defined"}


def test_where_only_the_method_serves_the_page_says_so_and_offers_nothing(browser: Browser, certified: str) -> None:
    page = browser.open(certified + COMPARE)
    (told,) = [each for each in page.all("details") if "Where to use the same method" in "".join(each.itertext())]
    text = " ".join("".join(told.itertext()).split())
    for name in ("internal-audit", "management-review", "competence"):
        question = ENVIRONMENT.by_ref[f"iso-14001/{name}"]
        assert question.topic
        assert f"{question.asks} {question.topic.because}" in text
        assert not [each for each in offered(page) if each.startswith(f"iso-14001/{name}=")]
    names = json.loads(browser.open(certified + "summary.json").html)["comparisons"][0]["carried"][1]["same-method"]
    assert f"For {len(names)} more questions only the method can be used again" in page.text
    assert "internal-audit" in names


def test_the_page_on_calculation_says_what_the_rules_say(browser: Browser) -> None:
    told = browser.open("/calculation").text
    for words in (
        "Shared fully: One piece of evidence serves both. The same answer is suggested.",
        "content has to be added. At most “Informal” is suggested.",
        "the content does not. No answer is suggested.",
        "Nothing that was done for one standard, such as an internal audit or a management review, carries to another",
        "the other standard’s is “Defined” or better, the same method can be used again",
    ):
        assert words in told
