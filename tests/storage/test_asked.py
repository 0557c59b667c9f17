"""What is asked on SQLite alone is found: otherwise the run on PostgreSQL could leave out what only a test of pages asks."""

from pathlib import Path

import pytest
from flask import Flask

from assessment.storage.answers import load_sheet
from assessment.storage.database import db
from assessment.storage.history import last_change
from tests.support.asked import noted
from tests.tools.asked import asked, main, only_sqlite


def test_each_place_that_asks_a_database_is_noted_by_its_kind_also_where_a_statement_is_prepared(
    app: Flask, tmp_path: Path
) -> None:
    with app.app_context(), noted(tmp_path) as places:
        load_sheet("nobody's")
        last_change("nobody's")
        kind = db.engine.dialect.name
    assert set(places) == {kind}
    assert asked(tmp_path, kind) == places[kind]
    assert {place.partition(":")[0] for place in places[kind]} == {"answers.py", "history.py"}
    assert {place.partition(" ")[2] for place in places[kind]} >= {"load_sheet", "last_change"}


def test_what_only_sqlite_was_asked_is_named_and_is_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notes = {"sqlite": ["a.py:1 both", "a.py:2 one"], "postgresql": ["a.py:1 both", "a.py:9 other"]}
    for kind, places in notes.items():
        for number, place in enumerate(places):  # each process leaves notes of its own
            (tmp_path / kind).mkdir(exist_ok=True)
            (tmp_path / kind / str(number)).write_text(place)
    assert only_sqlite(tmp_path) == {"a.py:2 one"}
    with pytest.raises(SystemExit):
        main(tmp_path)
    assert "Only SQLite: assessment/storage/a.py:2 one\n" in capsys.readouterr().out
    (tmp_path / "postgresql" / "2").write_text("a.py:2 one")
    main(tmp_path)
    assert "Only" not in capsys.readouterr().out


def test_a_run_without_notes_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(tmp_path)
