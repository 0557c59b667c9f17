"""Saving twice is saving once, nobody is overwritten, and what was typed survives every error."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import text

from assessment.domain.answers import Answer, Evidence
from assessment.domain.rights import Role
from assessment.storage import database
from assessment.storage.answers import answer_of, save_answers
from assessment.storage.database import UNAVAILABLE
from assessment.storage.history import Author, broken_chains, history, lock_for_update
from assessment.storage.merge_save import Proposed, SaveResult
from assessment.web.shell.limits import MOST, count_attempts
from assessment.web.shell.state_cache import StateCache
from tests.support.apps import NOW
from tests.support.assessments import chain_of, id_of, joined
from tests.support.opener import Browser, Page, starting

pytestmark = pytest.mark.database
PAGE = "iso-9001/questions/9.2"
TYPED = {"internal-audit-note": "long thought", "internal-audit-answer": "in-use"}
JSON = {"Accept": "application/json"}


def versions(app: Flask, hub: str) -> list[int]:
    with app.app_context():
        return [entry.version for entry in history(id_of(hub), "iso-9001/internal-audit")]


@contextmanager
def signed_out(browser: Browser, _hub: str) -> Iterator[None]:
    browser.client.delete_cookie("readiness")
    yield


@contextmanager
def changed_meanwhile(browser: Browser, hub: str) -> Iterator[None]:
    browser.send(browser.open(hub + PAGE), {"internal-audit-note": "theirs"})
    yield


@contextmanager
def broken(_browser: Browser, _hub: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:

        def fail(*_: object, **__: object) -> None:
            raise RuntimeError("a fault of ours")

        patch.setattr("assessment.web.questions.saving.save_answers", fail)
        yield


@contextmanager
def locked(browser: Browser, hub: str) -> Iterator[None]:
    with browser.client.application.app_context(), database.writing() as connection:
        lock_for_update(connection, Author(assessment_id=id_of(hub), who="somebody", at=NOW))
        yield


@contextmanager
def fine(_browser: Browser, _hub: str) -> Iterator[None]:
    yield


TROUBLES: list[tuple[str, int, Callable[[Browser, str], object], dict[str, str]]] = [
    ("expired token", 400, fine, {"csrf_token": "expired"}),
    ("signed out", 404, signed_out, {}),
    ("changed meanwhile", 409, changed_meanwhile, {}),
    ("far too much", 413, fine, {"audit-programme-note": "x" * 2_200_000}),
    ("too much for one field", 422, fine, {"audit-programme-note": "x" * 10_001}),
    ("a fault of ours", 500, broken, {}),
    ("database locked", 503, locked, {}),
]


@pytest.mark.parametrize(("trouble", "code", "circumstance", "more"), TROUBLES, ids=[each[0] for each in TROUBLES])
def test_what_was_typed_survives_every_error_and_can_be_sent_again(
    app: Flask, browser: Browser, trouble: str, code: int, circumstance: Callable[..., object], more: dict[str, str]
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    hub = browser.start()
    page = browser.open(hub + PAGE)
    with circumstance(browser, hub):  # type: ignore[attr-defined]
        again = browser.send(page, {**TYPED, **more}, status=code)
    assert again.fields()["internal-audit-note"][0].strip() == "long thought", trouble
    assert again.fields()["internal-audit-answer"] == ["in-use"]
    assert "not saved" in again.text.lower() or "nothing" in again.text.lower()
    if trouble == "signed out":
        return
    corrected = {"audit-programme-note": ""} if "audit-programme-note" in more else {}
    browser.send(again, corrected, to=hub + PAGE)
    assert browser.open(hub + PAGE).fields()["internal-audit-note"][0].strip() == "long thought"


def test_too_many_attempts_keep_what_was_typed_and_say_how_long_to_wait(app: Flask, browser: Browser) -> None:
    count_attempts(app, {**MOST, "start": 1})
    browser.start()
    refused = browser.send(browser.open("/start"), starting("Second & Co"), status=429)
    assert refused.fields()["organisation"][0].strip() == "Second & Co"
    assert 0 < int(refused.response.headers["Retry-After"]) <= 3600
    count_attempts(app, {**MOST, "start": 9})
    assert "Overview of Second & Co" in browser.send(refused, to="/start").text


def test_a_background_save_gets_the_same_errors_in_json(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    fields = {**browser.open(hub + PAGE).fields(), **TYPED}
    post = browser.client.post
    assert post(hub + PAGE, data={**fields, "csrf_token": "no"}, headers=JSON).status_code == 400
    assert (
        "10,001" in post(hub + PAGE, data={**fields, "internal-audit-note": "x" * 10_001}, headers=JSON).get_json()["errors"][0]
    )
    assert post(hub + PAGE, data=fields, headers=JSON).get_json()["saved"]["internal-audit"] == 1
    stale = post(hub + PAGE, data={**fields, "save_key": "", "internal-audit-note": "other"}, headers=JSON)
    assert (stale.status_code, stale.get_json()["conflicts"]) == (409, ["internal-audit"])
    assert post("/a/nothing-here/" + PAGE, data=fields, headers=JSON).get_json()["errors"]


def test_only_the_question_that_was_sent_is_saved(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + PAGE)
    browser.send(page, {"audit-programme-note": "stays"})
    token = page.fields()["csrf_token"]
    alone = {"csrf_token": token, "internal-audit-note": "alone", "internal-audit-version": "0", "save": "later"}
    assert browser.client.post(hub + PAGE, data=alone, headers=JSON).get_json()["saved"] == {"internal-audit": 1}
    assert browser.open(hub + PAGE).fields()["audit-programme-note"][0].strip() == "stays"


def test_a_repeat_after_somebody_elses_change_is_still_the_same_save(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    first = browser.open(hub + PAGE)
    sent = {"internal-audit-note": "mine"}
    browser.send(first, sent)
    browser.send(browser.open(hub + PAGE), {"internal-audit-note": "theirs, later"})
    repeated = browser.send(first, sent, follow=False, status=303)
    assert repeated.response.headers["Location"].startswith(hub)
    assert versions(app, hub) == [1, 2]
    assert browser.open(hub + PAGE).fields()["internal-audit-note"][0].strip() == "theirs, later"


def test_a_key_with_another_body_saves_nothing_and_says_so(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + PAGE)
    browser.send(page, {"internal-audit-note": "one"})
    refused = browser.send(page, {"internal-audit-note": "two", "internal-audit-version": "1"}, status=422)
    assert "sent before with something else" in refused.text
    assert versions(app, hub) == [1]
    browser.send(refused, to=hub + PAGE)
    assert versions(app, hub) == [1, 2]


def test_an_error_of_ours_is_not_remembered(app: Flask, browser: Browser) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    hub = browser.start()
    page = browser.open(hub + PAGE)
    with broken(browser, hub):
        browser.send(page, TYPED, status=500)
    browser.send(page, TYPED)
    assert versions(app, hub) == [1]


def test_a_page_may_go_on_from_its_own_save_whose_reply_was_lost(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    token = browser.open(hub + PAGE).fields()["csrf_token"]
    base = {"csrf_token": token, "internal-audit-version": "0", "save": "later"}

    def save(note: str, key: str, **more: str) -> int:
        data = {**base, "internal-audit-note": note, "save_key": key, **more}
        return browser.client.post(hub + PAGE, data=data, headers=JSON).status_code

    assert save("Only th", "a" * 20) == 200  # the reply is lost on the way
    assert save("Only the workshop", "b" * 20) == 409
    assert save("Only the workshop", "c" * 20, follows="a" * 20) == 200
    assert versions(app, hub) == [1, 2]
    assert save("Only the", "d" * 20, follows="a" * 20) == 409  # what the other save reached is past


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "with blanks in it 123", "\x00" * 20, "' OR 1=1 --" * 2])
def test_a_key_that_cannot_be_ours_is_left_aside(app: Flask, browser: Browser, key: str) -> None:
    hub = browser.start()
    browser.send(browser.open(hub + PAGE), {**TYPED, "save_key": key})
    assert versions(app, hub) == [1]


def test_starting_twice_is_starting_once(app: Flask, browser: Browser) -> None:
    page = browser.open("/start")
    hubs = {browser.send(page, starting("Twice")).path for _ in range(2)}
    assert len(hubs) == 1
    demos = browser.open("/")
    assert len({browser.send(demos, to="/demo").path for _ in range(2)}) == 1


def test_making_a_link_twice_makes_one_and_shows_the_same_address(browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + "share")

    def address(shown: Page) -> str:
        return next("".join(each.itertext()).strip() for each in shown.all("textarea") if each.get("id") == "link-address")

    assert address(browser.send(page, {"label": "Kim"})) == address(browser.send(page, {"label": "Kim"}))
    assert browser.open(hub + "share").text.count("Not yet") == 1
    assert "sent before" in browser.send(page, {"label": "Eve"}, status=422).text


def test_of_fifty_at_once_one_wins_each_version_and_the_others_keep_their_text(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    results: list[SaveResult[Answer]] = []

    def race(number: int) -> None:
        one = Proposed(key="some/question", value=answer_of({**EMPTY, "note": f"note {number}"}), base_version=0)
        with app.app_context():
            results.append(save_answers(id_of(hub), [one], who="somebody", at=NOW))

    threads = [threading.Thread(target=race, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = (each for each in results if each.saved)
    losers = [each.conflicts[0] for each in results if each.conflicts]
    assert (len(results), len(losers), dict(winner.saved)) == (50, 49, {"some/question": 1})
    with app.app_context():
        (entry,) = history(id_of(hub), "some/question")
    stored = answer_of(entry.content).note
    assert {stored, *(each.mine.note for each in losers)} == {f"note {number}" for number in range(50)}
    assert {each.theirs.note for each in losers} == {stored}


EMPTY = {
    "state": "unanswered",
    "rung": "",
    "reason": "",
    "who": "",
    "note": "",
    "evidence": "",
    "last_done": "",
    "carried_from": "",
}


def test_twenty_equal_posts_at_once_are_one_change_and_twenty_equal_replies(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    fields = {**browser.open(hub + PAGE).fields(), **TYPED}
    cookie = browser.client.get_cookie("readiness")
    assert cookie is not None
    replies: list[tuple[int, str]] = []

    def post() -> None:
        client = app.test_client()
        client.set_cookie("readiness", cookie.value)
        answer = client.post(hub + PAGE, data=fields)
        replies.append((answer.status_code, answer.headers.get("Location", "")))

    threads = [threading.Thread(target=post) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(replies) == 20
    assert len(set(replies)) == 1
    assert replies[0][0] == 303
    assert versions(app, hub) == [1]


def test_both_notes_can_be_joined_on_the_conflict_page(browser: Browser) -> None:
    hub = browser.start()
    first, second = browser.open(hub + PAGE), browser.open(hub + PAGE)
    browser.send(first, {"internal-audit-note": "from the start"})
    second = browser.open(hub + PAGE)
    third = browser.open(hub + PAGE)
    browser.send(second, {"internal-audit-note": "theirs", "internal-audit-evidence-0-title": "their report"})
    conflict = browser.send(third, {"internal-audit-note": "mine", "internal-audit-evidence-0-title": "my report"}, status=409)
    assert "from the start" in conflict.text
    joined = browser.send(conflict, {"join": "internal-audit"}, to=hub + PAGE, status=409)
    assert joined.fields()["internal-audit-note"][0].strip() == "theirs\n\nmine"
    assert "from the start" in joined.text
    browser.send(joined, to=hub + PAGE)
    shown = browser.open(hub + "iso-9001/check/9").text
    assert "their report" in shown
    assert "my report" in shown
    assert "theirs mine" in shown


def evidence(prefix: str, count: int) -> dict[str, str]:
    return {f"internal-audit-evidence-{number}-title": f"{prefix} {number}" for number in range(count)}


def test_evidence_of_two_people_that_is_too_much_together_is_theirs_to_choose_from(browser: Browser) -> None:
    hub = browser.start()
    first, second = browser.open(hub + PAGE), browser.open(hub + PAGE)
    browser.send(first, {"internal-audit-note": "theirs", **evidence("theirs", 6)})
    conflict = browser.send(second, {"internal-audit-note": "mine", **evidence("mine", 6)}, status=409)
    joined = browser.send(conflict, {"join": "internal-audit"}, to=hub + PAGE, status=409)
    assert "has room for 10 pieces of evidence; here are 12" in joined.text
    assert joined.fields()["internal-audit-evidence-11-title"] == ["mine 5"]
    still = browser.send(joined, {}, to=hub + PAGE, status=422)
    assert still.fields()["internal-audit-evidence-11-title"] == ["mine 5"]
    browser.send(still, {"internal-audit-evidence-0-title": "", "internal-audit-evidence-6-title": ""}, to=hub + PAGE)
    shown = browser.open(hub + "iso-9001/check/9").text
    assert [f"{who} {number}" in shown for who in ("theirs", "mine") for number in range(6)] == [False, *[True] * 5] * 2


def test_an_eleventh_piece_of_evidence_is_refused_and_not_dropped(browser: Browser) -> None:
    hub = browser.start()
    refused = browser.send(browser.open(hub + PAGE), evidence("report", 11), status=422)
    assert "has room for 10 pieces of evidence; here are 11" in refused.text
    assert refused.fields()["internal-audit-evidence-10-title"] == ["report 10"]
    browser.send(refused, {"internal-audit-evidence-3-title": ""}, to=hub + PAGE)
    assert "report 10" in browser.open(hub + "iso-9001/check/9").text


def test_an_answer_that_came_with_more_evidence_than_there_is_room_for_can_still_be_edited(
    app: Flask, browser: Browser
) -> None:
    hub = browser.start()
    many = Answer(evidence=tuple(Evidence(title=f"report {number}") for number in range(12)))
    with app.app_context():
        one = Proposed(key="iso-9001/internal-audit", value=many, base_version=0)
        save_answers(id_of(hub), [one], who="Ada", at=NOW)
    browser.send(browser.open(hub + PAGE), {"internal-audit-note": "edited"})
    assert "report 11" in browser.open(hub + "iso-9001/check/9").text


def test_the_clock_going_back_changes_nothing(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    browser.send(browser.open(hub + PAGE), {"internal-audit-note": "first"})
    app.extensions["clock"] = lambda: NOW.replace(year=2020)
    browser.send(browser.open(hub + PAGE), {"internal-audit-note": "second"})
    assert browser.open(hub + PAGE).fields()["internal-audit-note"][0].strip() == "second"
    assert versions(app, hub) == [1, 2]
    with app.app_context():
        assert list(broken_chains()) == []


def test_the_databases_refuse_to_alter_the_history_and_the_chain_shows_it(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    browser.send(browser.open(hub + PAGE), {"internal-audit-note": "first"})
    browser.send(browser.open(hub + PAGE), {"internal-audit-note": "second"})
    with app.app_context():
        for statement in ("UPDATE change SET changed_by = 'Eve'", "DELETE FROM change WHERE number = 2"):
            with pytest.raises(UNAVAILABLE, match="only added to"), database.writing() as connection:
                connection.execute(text(statement))
        assert list(broken_chains()) == []
        with database.writing() as connection:
            sqlite = connection.dialect.name == "sqlite"
            off = "DROP TRIGGER history_is_not_altered" + ("" if sqlite else " ON change")
            connection.execute(text(off))
            connection.execute(text("UPDATE change SET changed_by = 'Eve' WHERE number = 2"))
        (broken_at,) = broken_chains()
        assert (broken_at.number, broken_at.assessment_id) == (2, id_of(hub))


def test_what_a_page_reads_after_its_own_save_is_not_kept_as_what_was_before(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    states, key = StateCache(), id_of(hub)
    with app.app_context():
        chain = chain_of(key)
        one = Proposed(key="some/question", value=answer_of({**EMPTY, "note": "new"}), base_version=0)
        save_answers(key, [one], who="somebody", at=NOW)
        assert states.state_of(key, chain).sheet.answers["some/question"].note == "new"
        assert states.state_of(key, chain) is not states.state_of(key, chain)
        now = chain_of(key)
        assert states.state_of(key, now) is states.state_of(key, now)


def test_both_notes_are_put_into_the_form_once_and_mine_stays_apart(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    kim = joined(app, hub, Role.EDITOR, "Kim")
    address = hub + "iso-9001/questions/9.2"
    mine = browser.open(address)
    kim.send(kim.open(address), {"internal-audit-answer": "in-use", "internal-audit-note": "Theirs"})
    page = browser.send(mine, {"internal-audit-answer": "in-use", "internal-audit-note": "Mine"}, status=409)
    assert "Two people changed the same answer" in page.text
    for _ in range(2):
        page = browser.send(page, {"join": "internal-audit"}, to=address, status=409)
        assert page.fields()["internal-audit-note"][0].split() == ["Theirs", "Mine"]
        yours = page.text.partition("Yours, not saved")[2].partition("Before either change")[0]
        assert "Mine" in yours
        assert "Theirs" not in yours
    names = [" ".join("".join(each.itertext()).split()) for each in page.all("button") if each.get("name") == "save"]
    assert names == ["Save this answer"]


def test_ones_own_second_tab_is_not_called_somebody_else(browser: Browser) -> None:
    hub = browser.start()
    address = hub + "iso-9001/questions/9.2"
    mine = browser.open(address)
    browser.send(browser.open(address), {"internal-audit-note": "The other tab"})
    page = browser.send(mine, {"internal-audit-note": "This one"}, status=409)
    assert "under your name" in page.text
    assert not re.search("Somebody (else|saved|changed)|somebody saved|Two people", page.text)
