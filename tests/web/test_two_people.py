"""Two people with one page open never overwrite each other unseen; taking something out and putting it back changes nothing."""

import json
from typing import Any

import pytest
from flask import Flask

from assessment.storage.export_import import to_document
from tests.support.opener import Browser, Page


@pytest.fixture
def hub(browser: Browser) -> str:
    return browser.start("Muster")


def chosen(browser: Browser, hub: str) -> dict[str, list[str]]:
    shown = browser.open(hub + "choices").fields()
    return {name: values for name, values in shown.items() if name not in ("csrf_token", "save_key") and "was_" not in name}


def test_name_edition_and_path_changed_by_two_people_come_together(browser: Browser, hub: str) -> None:
    mine, theirs = browser.open(hub + "choices"), browser.open(hub + "choices")
    browser.send(theirs, {"iso-9001-edition": "2015", "iso-14001-chosen": None})
    browser.send(mine, {"organisation": "Muster & Co", "iso-9001-path": "full"})
    after = chosen(browser, hub)
    assert (after["organisation"], after["iso-9001-edition"], after["iso-9001-path"]) == (["Muster & Co"], ["2015"], ["full"])
    assert "iso-14001-chosen" not in after


CLASHES: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"organisation": "Mine"}, {"organisation": "Theirs"}, "changed this to “Theirs” meanwhile"),
    ({"iso-9001-chosen": None}, {"iso-9001-path": "full"}, "changed this to “looked at” meanwhile"),
    ({"iso-9001-path": "full"}, {"iso-9001-chosen": None}, "changed this to “not looked at” meanwhile"),
]


@pytest.mark.parametrize(("mine", "theirs", "says"), CLASHES)
def test_a_true_clash_shows_both_and_the_next_save_settles_it(
    browser: Browser, hub: str, mine: dict[str, Any], theirs: dict[str, Any], says: str
) -> None:
    my_page, their_page = browser.open(hub + "choices"), browser.open(hub + "choices")
    browser.send(their_page, theirs)
    before = chosen(browser, hub)
    both = browser.send(my_page, mine, status=409)
    assert says in both.text
    assert chosen(browser, hub) == before
    shown = both.fields()
    (name, said), *_ = mine.items()
    assert shown.get(name) == ([said] if said else None)
    browser.send(both, to=hub + "choices")
    after = chosen(browser, hub)
    assert after.get(name) == ([said] if said else None)


def test_a_page_that_was_not_touched_overwrites_nothing(browser: Browser, hub: str) -> None:
    idle, theirs = browser.open(hub + "choices"), browser.open(hub + "choices")
    browser.send(theirs, {"organisation": "Theirs", "iso-9001-edition": "2015", "iso-9001-path": "full"})
    before = chosen(browser, hub)
    browser.send(idle)
    assert chosen(browser, hub) == before


def step(browser: Browser, hub: str) -> Page:
    return browser.open(hub + "plan/set-scope")


def test_owner_and_due_of_a_step_set_by_two_people_come_together(browser: Browser, hub: str) -> None:
    mine, theirs = step(browser, hub), step(browser, hub)
    browser.send(theirs, {"owner": "Ada"})
    browser.send(mine, {"due": "2027-03-01"})
    after = step(browser, hub).fields()
    assert (after["owner"], after["due"]) == (["Ada"], ["2027-03-01"])
    mine, theirs = step(browser, hub), step(browser, hub)
    browser.send(theirs, {"owner": "Grace"})
    both = browser.send(mine, {"owner": "Emmy", "due": "2027-04-01"}, status=409)
    assert "Grace" in both.text
    assert both.fields()["owner"] == ["Emmy"]


def everything(app: Flask, hub: str) -> dict[str, Any]:
    """The export but for what says when something changed: the history and its end."""
    with app.app_context():
        document = to_document(hub.split("/")[2])
    return {
        name: part for name, part in json.loads(json.dumps(document)).items() if name not in ("history", "chain", "updated_at")
    }


def test_taking_a_standard_out_and_putting_it_back_changes_nothing_that_was_stored(app: Flask, browser: Browser) -> None:
    hub = browser.start_sample()
    browser.send(browser.open(hub + "choices"), {"iso-14001-edition": "2015", "iso-14001-path": "full"})
    page = browser.open(hub + "iso-14001/questions/4.1")
    (note, *_) = (name for name in page.fields() if name.endswith("-note"))
    browser.send(page, {note: "kept", "save": "later"})
    browser.send(step(browser, hub), {"owner": "Ada", "due": "2027-03-01"})
    browser.send(browser.open(hub + "share"), {"label": "Kim"})
    browser.send(browser.open(hub + "letterhead"), {"name": "Muster"})
    links = [text for text in browser.open(hub + "share").text.split() if "Kim" in text]
    before = everything(app, hub)
    assert len(before["answers"]) > 40
    assert before["steps"]
    browser.send(browser.open(hub + "choices"), {"iso-14001-chosen": None})
    assert len(everything(app, hub)["chosen"]) == 1
    browser.send(browser.open(hub + "choices"), {"iso-14001-chosen": "y"})
    assert everything(app, hub) == before
    assert [text for text in browser.open(hub + "share").text.split() if "Kim" in text] == links


def test_a_proposal_is_not_taken_over_an_answer_that_somebody_changed_meanwhile(browser: Browser, hub: str) -> None:
    browser.send(step(browser, hub), {"owner": "Ada", "done_on": "2026-11-20"})
    page = step(browser, hub)
    (ref, *_) = [button.get("value") for button in page.all("button") if button.get("name") == "question"]
    standard, _, question = ref.partition("/")
    checks = [browser.open(f"{hub}{standard}/check/{chapter}") for chapter in range(4, 11)]
    (address,) = {link.partition("#")[0] for check in checks for link in check.links() if link.endswith(f"#{question}")}
    browser.send(browser.open(address), {f"{question}-answer": "absent", f"{question}-note": "theirs", "save": "later"})
    again = browser.send(page, {"question": ref}, to=hub + "take-over/set-scope", status=409)
    assert "This answer was changed since you opened the page" in again.text
    assert browser.open(address).fields()[f"{question}-answer"] == ["absent"]
    browser.send(again, {"question": ref}, to=hub + "take-over/set-scope")
    assert browser.open(address).fields()[f"{question}-answer"] != ["absent"]
    assert browser.open(address).fields()[f"{question}-note"][0].strip() == "theirs"
