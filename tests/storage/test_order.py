"""What decides the order: on disk the key, in time the version and never the clock."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from assessment.domain.answers import Answer
from assessment.storage.answers import answer_of, last_changed, load_sheet, save_answers
from assessment.storage.assessments import create_assessment
from assessment.storage.database import db
from assessment.storage.export_format import read_document, to_json
from assessment.storage.export_import import add_document, to_document
from assessment.storage.history import broken_chains, history, latest
from assessment.storage.housekeeping import tidy
from assessment.storage.idempotency import IdempotencyKey
from assessment.storage.merge_save import Proposed, SaveResult
from tests.support.apps import NOW


@pytest.fixture
def ids(app: Flask) -> Iterator[list[str]]:
    with app.app_context():
        yield [create_assessment(f"Number {number}", [], sid="mine", at=NOW) for number in range(8)]


def save(key: str, ref: str, note: str, base: int, at: datetime) -> None:
    one = Proposed(key=ref, value=Answer(note=note), base_version=base)
    assert save_answers(key, [one], who="Ada", at=at).saved


def test_answers_of_one_assessment_lie_together_however_mixed_they_were_saved(ids: list[str]) -> None:
    """SQLite keeps rows in the order of their key; PostgreSQL keeps its index so, and reads an assessment through it."""
    for number in range(30):
        for key in ids:
            save(key, f"some/q{number}", "n" * 200, 0, NOW)
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            kept = connection.exec_driver_sql("SELECT assessment_id FROM answer NOT INDEXED").scalars().all()
            assert kept == sorted(kept)
            look = "EXPLAIN QUERY PLAN SELECT * FROM answer WHERE assessment_id = 'x'"
            plan = str(connection.exec_driver_sql(look).all())
            assert "USING PRIMARY KEY (assessment_id=?)" in plan
        else:
            connection.exec_driver_sql("SET enable_seqscan = off")
            plan = str(connection.exec_driver_sql("EXPLAIN SELECT * FROM answer WHERE assessment_id = 'x'").all())
            assert "answer_pkey" in plan
        assert len(load_sheet(ids[3])[0].answers) == 30


BERLIN = ZoneInfo("Europe/Berlin")
CLOCKS = {
    "the hour that comes twice": [datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=fold) for fold in (0, 1)],
    "the hour that is left out": [datetime(2026, 3, 29, 1, 59, tzinfo=BERLIN), datetime(2026, 3, 29, 3, 1, tzinfo=BERLIN)],
    "a clock set back for years": [NOW, datetime(2001, 1, 1, tzinfo=UTC)],
    "a clock that stands still": [NOW, NOW],
}


@pytest.mark.parametrize("clock", CLOCKS.values(), ids=CLOCKS)
def test_neither_summer_time_nor_a_clock_set_back_changes_an_order(
    ids: list[str], monkeypatch: pytest.MonkeyPatch, clock: list[datetime]
) -> None:
    monkeypatch.setitem(os.environ, "TZ", "Europe/Berlin")  # the machine's own zone plays no part either
    time.tzset()
    key = ids[0]
    save(key, "some/q", "first", 0, clock[0])
    save(key, "some/q", "second", 1, clock[1])
    assert load_sheet(key)[0].answers["some/q"].note == "second"
    told = history(key, "some/q")
    assert [(each.version, answer_of(each.content).note) for each in told] == [(1, "first"), (2, "second")]
    assert [each.changed_at for each in told] == [each.astimezone(UTC) for each in clock]
    assert [each.version for each in latest(key, most=2)] == [2, 1]
    assert last_changed(key) == "some/q"
    assert list(broken_chains()) == []
    document = read_document(to_json(to_document(key)), lambda *_: True)
    assert history(add_document(document, sid="other", at=NOW), "some/q") == told
    monkeypatch.undo()
    time.tzset()


def test_a_save_key_is_remembered_for_seven_days_and_not_longer(ids: list[str]) -> None:
    once = IdempotencyKey(key="k" * 20, body_sha256="0" * 64)
    one = Proposed(key="some/q", value=Answer(note="once"), base_version=0)

    def repeat() -> SaveResult[Answer]:
        return save_answers(ids[0], [one], who="Ada", at=NOW, idempotency_key=once)

    assert repeat().saved == repeat().saved == {"some/q": 1}
    tidy(NOW + timedelta(days=7))
    assert repeat().saved == {"some/q": 1}
    tidy(NOW + timedelta(days=7, seconds=1))
    assert repeat().unchanged == {"some/q": 1}  # forgotten, and still nothing is saved twice
    assert len(history(ids[0], "some/q")) == 1
