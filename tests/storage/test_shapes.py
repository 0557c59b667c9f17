"""What was written in an older shape is read as if it had been written today: databases, exports and their history."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from assessment.domain.answer_fields import ANSWER_FIELDS, SHAPE, shape, to_plain, upcast
from assessment.domain.answers import Answer, Evidence, State
from assessment.domain.library import Library
from assessment.domain.rules import Rung
from assessment.reports.json_file import ANSWER_SHAPE
from assessment.reports.receipt import read_receipt, summary_of, verify
from assessment.storage.access import new_session_id
from assessment.storage.answers import answer_of, load_sheet, save_answers
from assessment.storage.backups import restore
from assessment.storage.database import db
from assessment.storage.export_check import TransferError
from assessment.storage.export_format import read_document, to_json
from assessment.storage.export_import import add_document, to_document
from assessment.storage.history import broken_chains, history, latest
from assessment.storage.merge_save import Proposed, SaveResult
from assessment.storage.schema import REVISIONS
from tests.support.apps import NOW
from tests.support.transfers import as_it_came

RELEASED = Path(__file__).parent / "released"
EXPORTS = sorted(path.name for path in RELEASED.glob("*.export.json"))
AUDIT = "iso-9001/internal-audit"
NOTE = "Zuerst nur die Werkstatt.\nدقيق 审核 ✓"
EVIDENCE = (Evidence(title="Audit report", where="https://example.org/a", dated=date(2026, 3, 1)),)
FIRST = Answer(state=State.RUNG, rung=Rung.IN_USE, note=NOTE, evidence=EVIDENCE)
SECOND = replace(FIRST, rung=Rung.DEFINED)


def restored(release: str) -> str:
    """The assessment of a released database, brought up to date."""
    restore(RELEASED / f"{release}.sqlite3")
    with db.engine.connect() as connection:
        key: str = connection.execute(text("SELECT id FROM assessment")).scalar_one()
    return key


def save(key: str, answer: Answer, base: int) -> SaveResult[Answer]:
    return save_answers(key, [Proposed(key=AUDIT, value=answer, base_version=base)], who="Lee", at=NOW)


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize("release", REVISIONS)
def test_a_history_written_in_any_released_shape_is_read_in_the_present_one(release: str) -> None:
    entries = history(restored(release), AUDIT)
    assert [answer_of(entry.content) for entry in entries][:2] == [FIRST, SECOND]
    assert all(isinstance(entry.content, dict) and entry.content[SHAPE] == shape() for entry in entries)


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize("release", REVISIONS)
def test_what_was_written_stays_as_it_was_written(release: str) -> None:
    key = restored(release)
    with db.engine.connect() as connection:
        before = connection.execute(text("SELECT number, content, hash FROM change ORDER BY number")).all()
    version = load_sheet(key)[1][AUDIT]
    assert save(key, replace(SECOND, note="written today"), version).saved == {AUDIT: version + 1}
    with db.engine.connect() as connection:
        after = connection.execute(text("SELECT number, content, hash FROM change ORDER BY number")).all()
    assert after[:-1] == before
    assert json.loads(after[-1].content)[SHAPE] == shape()
    assert list(broken_chains()) == []


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize("release", REVISIONS)
def test_a_form_made_from_an_old_version_merges_as_one_made_today(release: str) -> None:
    key = restored(release)
    version = load_sheet(key)[1][AUDIT]
    assert save(key, FIRST, 1).unchanged == {AUDIT: version}  # an old form in which nothing was changed
    (conflict,) = save(key, replace(FIRST, note="mine"), 1).conflicts
    assert (conflict.base, conflict.theirs.rung, conflict.mine.note) == (FIRST, Rung.DEFINED, "mine")
    assert save(key, replace(load_sheet(key)[0].answers[AUDIT], note="mine"), version).saved == {AUDIT: version + 1}


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_of_every_release_comes_in_with_its_history_and_goes_out_as_it_came(name: str) -> None:
    told = json.loads((RELEASED / name).read_bytes())
    document = read_document(json.dumps(told).encode(), lambda *_: True)
    key = add_document(document, sid=new_session_id(), at=NOW)
    assert load_sheet(key)[0].answers[AUDIT].rung is Rung.DEFINED
    assert [answer_of(entry.content) for entry in history(key, AUDIT)][:2] == [FIRST, SECOND]
    assert latest(key)[-1].number == 1
    again = as_it_came(to_document(key))
    assert {name: again[name] for name in told if name != "version"} == {name: told[name] for name in told if name != "version"}
    assert list(broken_chains()) == []


def test_an_export_of_every_version_of_the_format_and_of_every_shape_is_kept() -> None:
    told = [json.loads((RELEASED / name).read_bytes()) for name in EXPORTS]
    assert [each["version"] for each in told] == [1, 2, 3, 4]
    shapes = {row["content"].get(SHAPE, 1) for each in told for row in each["answers"].values()}
    assert shapes == set(range(1, shape() + 1))


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize("wrong", [shape() + 1, 0, True, "2", None, 10**40])
def test_a_shape_that_is_not_known_yet_is_refused_and_not_guessed(wrong: Any) -> None:
    with pytest.raises(ValueError, match="knows shapes up to"):
        upcast({**to_plain(FIRST), SHAPE: wrong})
    told = json.loads((RELEASED / EXPORTS[-1]).read_bytes())
    told["history"][2]["content"][SHAPE] = wrong
    with pytest.raises(TransferError, match="damaged"):
        read_document(to_json(told), lambda *_: True)


RECEIPTS = sorted(RELEASED.glob("*.receipt.json"))


@pytest.mark.parametrize("path", RECEIPTS, ids=lambda path: path.name)
def test_a_receipt_of_every_release_is_read_and_none_of_its_answers_differs(path: Path, library: Library) -> None:
    """Content goes on, and results with it; what people answered does not."""
    raw = path.read_bytes()
    sheet = summary_of(read_receipt(raw), library, "any").result.sheet
    assert replace(sheet.answers[AUDIT], last_done=None) == SECOND
    fields = tuple(f"/{field.in_receipt}" for field in ANSWER_FIELDS)
    where = [each.where for each in verify(raw, library, "any").differences]
    assert [each for each in where if "/answers/" in each and each.endswith(fields)] == []
    assert f"/{ANSWER_SHAPE}" not in where


def test_a_receipt_that_does_not_say_its_shape_and_one_that_does_are_kept() -> None:
    assert [json.loads(path.read_bytes()).get(ANSWER_SHAPE) for path in RECEIPTS] == [None, 2]
