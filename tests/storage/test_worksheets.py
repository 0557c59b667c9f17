"""Lines of worksheets: nothing lost, nothing overwritten, no id twice, no pointer into nothing, and all of it moves along."""

import json
import threading
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from assessment.domain.limits import MOST_LINES
from assessment.domain.worksheet_condition import Value
from assessment.storage import quotas, worksheets
from assessment.storage.access import new_session_id
from assessment.storage.assessments import create_assessment, delete_due, delete_later
from assessment.storage.backups import back_up, restore
from assessment.storage.consistency import find_breaks
from assessment.storage.database import db, writing
from assessment.storage.export_check import STATE, TransferError
from assessment.storage.export_format import read_document, to_json
from assessment.storage.export_import import add_document, to_document
from assessment.storage.history import AssessmentGoneError, chained, changed_since, history, last_change
from assessment.storage.idempotency import IdempotencyKey
from assessment.storage.merge_save import Proposed, SaveResult
from assessment.storage.quotas import QuotaError
from assessment.storage.schema import HEAD, migrate
from assessment.storage.worksheets import (
    LINE,
    Entries,
    NoRoomError,
    WorksheetEntry,
    entries_at,
    load_entries,
    save_entries,
)
from tests.support.apps import NOW
from tests.support.transfers import as_it_came

REVIEW = "environmental-review"


@pytest.fixture
def key(app: Flask) -> Iterator[str]:
    with app.app_context():
        yield create_assessment("Somebody", [], sid="mine", at=NOW)


def entry(**values: Value) -> WorksheetEntry:
    return WorksheetEntry(values=values)


def nothing(_entries: Entries, _lines: Collection[str]) -> None:
    """Take everything."""


def save(
    key: str,
    at: str,
    value: WorksheetEntry,
    base: int = 0,
    *,
    check: worksheets.Check = nothing,
    once: str = "",
    who: str = "Ada",
) -> SaveResult[WorksheetEntry]:
    idempotency_key = IdempotencyKey(key=once, body_sha256="0" * 64) if once else None
    proposed = Proposed(key=at, value=value, base_version=base)
    return save_entries(key, REVIEW, [proposed], who=who, at=NOW, check=check, idempotency_key=idempotency_key)


def lines(key: str) -> dict[str, WorksheetEntry]:
    return {line: stored.value for line, stored in load_entries(key, REVIEW)[LINE].items()}


def test_a_new_line_gets_the_next_id_and_comes_back_as_it_was(key: str) -> None:
    first = entry(aspect="Fumes\n“x” ✓", amount=("12.5", "kWh"))
    assert save(key, "line/F", first).saved == {"line/F1": 1}
    assert save(key, "line/F", entry(aspect="Oil")).saved == {"line/F2": 1}
    assert lines(key) == {"F1": first, "F2": entry(aspect="Oil")}
    assert [each.changed_by for each in history(key, f"worksheet/{REVIEW}/line/F1")] == ["Ada"]


def test_earlier_entries_and_what_changed_since_give_what_is_stored(key: str) -> None:
    save(key, "line/F", entry(aspect="Fumes"))
    save(key, "line/F", entry(aspect="Oil"))
    earlier = load_entries(key, REVIEW)
    number, chain = last_change(key) or (0, "")
    save(key, "line/F2", entry(aspect="Old oil"), 1, who="Grace")
    save(key, "line/F", entry(aspect="Water"))
    save(key, "candidate/noise", entry(because="No neighbours"))
    proposed = Proposed(key="line/A", value=entry(title="Elsewhere"), base_version=0)
    save_entries(key, "another-worksheet", [proposed], who="Ada", at=NOW, check=nothing)
    changed = changed_since(key, number, chain)
    assert changed is not None
    assert len(changed) == 4
    now = load_entries(key, REVIEW, earlier=earlier, changed=changed)
    assert now == load_entries(key, REVIEW) != earlier
    assert now[LINE]["F1"] is earlier[LINE]["F1"]  # it was not read again
    assert load_entries(key, REVIEW, earlier=earlier, changed=()) == earlier


def test_no_id_is_given_twice_also_after_a_line_was_deleted(key: str) -> None:
    save(key, "line/F", entry(aspect="Fumes"))
    save(key, "line/F1", WorksheetEntry(values={"aspect": "Fumes"}, removed=True), 1)
    assert save(key, "line/F", entry(aspect="Oil")).saved == {"line/F2": 1}
    assert save(key, "line/FX", entry(reason="x")).saved == {"line/FX1": 1}


def test_a_new_line_sent_twice_is_one_line(key: str) -> None:
    first = save(key, "line/F", entry(aspect="Fumes"), once="k" * 20)
    assert save(key, "line/F", entry(aspect="Fumes"), once="k" * 20).saved == first.saved == {"line/F1": 1}
    assert list(lines(key)) == ["F1"]


def test_two_people_who_add_at_once_get_two_lines(app: Flask, key: str) -> None:
    def add(number: int) -> None:
        with app.app_context():
            save(key, "line/F", entry(aspect=f"Aspect {number}"))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(lines(key)) == [f"F{number}" for number in range(1, 9)]
    assert {each.values["aspect"] for each in lines(key).values()} == {f"Aspect {number}" for number in range(8)}


def test_two_people_on_different_fields_of_one_line_are_both_kept(key: str) -> None:
    save(key, "line/F", entry(aspect="Fumes", owner="Kim"))
    save(key, "line/F1", entry(aspect="Fumes", owner="Lee"), 1)
    assert save(key, "line/F1", entry(aspect="Fumes", owner="Kim", severity="4"), 1, who="Bo").saved == {"line/F1": 3}
    assert lines(key)["F1"] == entry(aspect="Fumes", owner="Lee", severity="4")
    assert save(key, "line/F1", entry(aspect="Fumes", severity="4"), 1, who="Bo").conflicts != ()  # emptied against changed


def test_two_people_who_score_one_line_differently_are_shown_both(key: str) -> None:
    save(key, "line/F", entry(severity="1"))
    save(key, "line/F1", entry(severity="4"), 1)
    (conflict,) = save(key, "line/F1", entry(severity="5"), 1).conflicts
    assert (conflict.key, conflict.theirs, conflict.mine, conflict.base) == (
        "line/F1",
        entry(severity="4"),
        entry(severity="5"),
        entry(severity="1"),
    )
    assert lines(key)["F1"] == entry(severity="4")


def test_a_line_that_one_deletes_and_another_changes_is_a_conflict_and_stays(key: str) -> None:
    save(key, "line/F", entry(aspect="Fumes"))
    save(key, "line/F1", entry(aspect="Fumes", owner="Kim"), 1)
    gone = WorksheetEntry(values={"aspect": "Fumes"}, removed=True)
    assert save(key, "line/F1", gone, 1).conflicts != ()
    assert not lines(key)["F1"].removed


class RefusedError(Exception):
    pass


def test_what_a_check_refuses_leaves_nothing_behind(key: str) -> None:
    seen: list[tuple[list[str], list[str]]] = []

    def refuse(entries: Entries, changed: Collection[str]) -> None:
        seen.append((sorted(entries[LINE]), list(changed)))
        raise RefusedError

    save(key, "line/D", entry(title="Waste"))
    with pytest.raises(RefusedError):
        save(key, "line/F", entry(duties=("D1",)), check=refuse, once="k" * 20)
    assert seen == [(["D1", "F1"], ["F1"])]
    assert list(lines(key)) == ["D1"]
    assert save(key, "line/F", entry(duties=("D1",)), once="k" * 20).saved == {"line/F1": 1}
    assert list(find_breaks()) == []


def test_a_worksheet_has_room_for_so_many_lines(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worksheets, "MOST_LINES", 2)
    save(key, "line/F", entry(aspect="1"))
    save(key, "line/G", entry(event="2"))
    with pytest.raises(NoRoomError):
        save(key, "line/F", entry(aspect="3"))
    assert save(key, "line/F1", entry(aspect="changed"), 1).saved == {"line/F1": 2}


def test_lines_count_towards_what_an_assessment_may_grow_in_a_day(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotas, "MOST_A_DAY", 3_000)
    save(key, "line/F", entry(why="x" * 1_500))
    with pytest.raises(QuotaError):
        save(key, "line/F", entry(why="y" * 1_500))
    assert list(lines(key)) == ["F1"]


def test_nothing_is_saved_in_an_assessment_that_is_gone_and_lines_go_with_it(key: str) -> None:
    save(key, "line/F", entry(aspect="Fumes"))
    delete_due(delete_later(key, at=NOW))
    with pytest.raises(AssessmentGoneError):
        save(key, "line/F", entry(aspect="Oil"))
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM worksheet_entry")).scalar() == 0


def filled(key: str) -> None:
    save(key, "line/D", entry(title="Waste", kept="no"))
    save(key, "line/F", WorksheetEntry(values={"aspect": "Fumes", "duties": ("D1",)}, candidate="surface-x"))
    save(key, "line/F1", WorksheetEntry(values={"aspect": "Acid", "duties": ("D1",)}, confirmed_on="2026-11-24"), 1)
    save(key, "candidate/surface-y", entry(because="We have no bath."))
    save(key, "line/F", entry(aspect="Oil"))
    save(key, "line/F2", WorksheetEntry(values={"aspect": "Oil"}, removed=True), 1)
    save(key, "accepted/1", entry(on="2026-11-24", lines='{"F1": 2}'))


def test_an_export_takes_every_line_along_with_its_history(key: str) -> None:
    filled(key)
    document = to_document(key)
    assert set(document["worksheets"]) == {
        *(f"{REVIEW}/line/{line}" for line in ("D1", "F1", "F2")),
        f"{REVIEW}/candidate/surface-y",
        f"{REVIEW}/accepted/1",
    }
    other = add_document(read_document(to_json(document), lambda *_: True), sid=new_session_id(), at=NOW)
    assert load_entries(other, REVIEW) == load_entries(key, REVIEW)
    assert as_it_came(to_document(other)) == document
    assert save(other, "line/F", entry(aspect="New")).saved == {"line/F3": 1}
    assert list(find_breaks()) == []


def altered(document: dict[str, Any], content: Any, subject: str) -> bytes:
    """Return a document whose entries of a subject say something else, with a chain that is right."""
    chain = ""
    for each in document["history"]:
        if each["subject"] == f"worksheet/{subject}":
            each["content"] = content
            document["worksheets"].setdefault(subject, {})["content"] = content
        told = json.dumps(each["content"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        chain = each["hash"] = chained(
            chain, {**each, "content": told, "changed_at": datetime.fromisoformat(each["changed_at"])}
        )
    document["chain"] = chain
    return to_json(document)


RIGHT = {"values": {}, "candidate": "", "removed": False, "confirmed_on": ""}


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        {**RIGHT, "more": 1},
        {**RIGHT, "values": []},
        {**RIGHT, "values": {"aspect": 7}},
        {**RIGHT, "values": {"amount": [1, "t"]}},
        {**RIGHT, "values": {"why": "x" * 2_001}},
        {**RIGHT, "removed": "no"},
        {**RIGHT, "candidate": None},
        {**RIGHT, "confirmed_on": "yesterday"},
    ],
)
def test_no_entry_of_an_export_carries_anything_else_in(key: str, content: Any) -> None:
    filled(key)
    document = to_document(key)
    with pytest.raises(TransferError):
        read_document(altered(document, content, f"{REVIEW}/line/D1"), lambda *_: True)


@pytest.mark.parametrize("about", ["nothing", "review/strange/F1", "review/line/", "/line/F1"])
def test_no_entry_of_an_export_is_about_something_else(key: str, about: str) -> None:
    filled(key)
    told = to_json(to_document(key)).decode().replace(f"{REVIEW}/line/D1", about)
    with pytest.raises(TransferError):
        read_document(altered(json.loads(told), RIGHT, about), lambda *_: True)


def test_an_entry_that_was_altered_with_care_comes_in(key: str) -> None:
    filled(key)
    raw = altered(to_document(key), RIGHT, f"{REVIEW}/line/D1")
    assert read_document(raw, lambda *_: True).told["worksheets"][f"{REVIEW}/line/D1"]["content"] == RIGHT


def test_an_import_with_more_lines_than_a_worksheet_has_room_for_is_refused(key: str) -> None:
    filled(key)
    document = to_document(key)
    chain, last = document["chain"], document["history"][-1]
    for number in range(MOST_LINES):
        about = f"{REVIEW}/line/K{number + 1}"
        more = {**last, "number": last["number"] + 1 + number, "subject": f"worksheet/{about}", "version": 1, "content": RIGHT}
        told = json.dumps(RIGHT, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        chain = more["hash"] = chained(
            chain, {**more, "content": told, "changed_at": datetime.fromisoformat(more["changed_at"])}
        )
        document["history"].append(more)
        document["worksheets"][about] = {name: more[name] for name in STATE}
    document["chain"] = chain
    with pytest.raises(TransferError, match="has too many entries"):
        read_document(to_json(document), lambda *_: True)


def test_a_line_that_was_altered_by_hand_is_named(key: str) -> None:
    filled(key)
    with writing() as connection:
        connection.execute(text("UPDATE worksheet_entry SET content = '{}' WHERE entry = 'D1'"))
    assert [each.text for each in find_breaks()] == [f"worksheets/{REVIEW}/line/D1: is not what the history says"]


def test_lines_survive_a_backup_a_downgrade_and_an_upgrade(key: str, tmp_path: Any) -> None:
    filled(key)
    before = load_entries(key, REVIEW)
    for target in ("0006", HEAD):
        with writing() as connection:
            migrate(connection, target)
    assert load_entries(key, REVIEW) == before
    back_up(tmp_path / "one.sqlite3")
    restore(tmp_path / "one.sqlite3")
    assert load_entries(key, REVIEW) == before
    assert list(find_breaks()) == []


def test_a_line_can_be_read_as_it_was_at_a_version(key: str) -> None:
    filled(key)
    found = entries_at(key, REVIEW, {"F1": 1, "D1": 7})
    assert found == {"F1": WorksheetEntry(values={"aspect": "Fumes", "duties": ("D1",)}, candidate="surface-x"), "D1": entry()}
