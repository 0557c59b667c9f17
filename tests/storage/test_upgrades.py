"""Upgrades keep every answer: released databases, up and down and up, backup and restore, and a newer schema refused."""

import json
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import text

from assessment.domain.answers import Answer, on_rung
from assessment.domain.library import Library
from assessment.domain.rules import Rung
from assessment.storage.answers import load_sheet, save_answers
from assessment.storage.assessments import create_assessment
from assessment.storage.backups import BackupError, back_up, restore
from assessment.storage.consistency import find_breaks
from assessment.storage.database import PRAGMAS, SchemaError, db, writing
from assessment.storage.letterheads import load_letterhead
from assessment.storage.merge_save import Proposed
from assessment.storage.pictures import is_plain_png
from assessment.storage.plan_steps import step_notes
from assessment.storage.profiles import load_profile
from assessment.storage.schema import HEAD, MIGRATIONS, REVISIONS, migrate, revision
from assessment.storage.upgrades import upgrade
from tests.support.apps import NOW

RELEASED = Path(__file__).parent / "released"


def everything() -> dict[str, Any]:
    """All answers, profiles and notes of every assessment, by organisation."""
    with db.engine.connect() as connection:
        found = connection.execute(text("SELECT id, organisation FROM assessment ORDER BY organisation")).all()
    return {name: (load_sheet(key), load_profile(key), step_notes(key)) for key, name in found}


def told(path: Path) -> dict[str, tuple[str, str, str]]:
    """Rung, note and evidence of each answer of a database file, read without any code of ours."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    rows = connection.execute("SELECT * FROM answer").fetchall()
    connection.close()
    found = {}
    for row in rows:
        said = json.loads(row["content"]) if "content" in row.keys() else row  # noqa: SIM118  # a row's keys, not its values
        found[f"{row['standard']}/{row['question']}"] = (said["rung"] or "", said["note"], str(said["evidence"]))
    return found


def test_the_migrations_make_the_tables_the_code_expects(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), db.metadata) == []
        if connection.dialect.name == "sqlite":
            for name, value in PRAGMAS.items():
                assert str(connection.exec_driver_sql(f"PRAGMA {name}").scalar()) == str(value)


def test_there_is_one_line_of_migrations_and_a_database_of_every_release_is_kept() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [HEAD]
    assert [each.revision for each in scripts.walk_revisions()] == list(reversed(REVISIONS))
    assert {path.stem for path in RELEASED.glob("*.sqlite3")} == set(REVISIONS)


@pytest.mark.parametrize("release", REVISIONS)
def test_a_database_of_every_release_upgrades_with_every_answer_and_score(app: Flask, library: Library, release: str) -> None:
    before = told(RELEASED / f"{release}.sqlite3")
    assert len(before) >= 3
    with app.app_context():
        counts = restore(RELEASED / f"{release}.sqlite3")
        assert counts["answer"] == len(before)
        assert revision() == HEAD
        ((sheet, _), (profile, _), _) = everything()["Muster & Söhne"]
        after = {
            ref: (each.rung.id if each.rung else "", each.note, each.evidence[0].title if each.evidence else "")
            for ref, each in sheet.answers.items()
        }
        assert {ref: (rung, note) for ref, (rung, note, _) in before.items()} == {
            ref: (rung, note) for ref, (rung, note, _) in after.items()
        }
        assert after["iso-9001/internal-audit"][2] == "Audit report"
        assert profile.values["people"] == ("64",)
        assert list(find_breaks()) == []


def test_the_letterhead_of_a_kept_database_comes_along(app: Flask) -> None:
    with app.app_context():
        restore(RELEASED / "0004.sqlite3")
        with db.engine.connect() as connection:
            key = connection.execute(text("SELECT id FROM assessment")).scalar_one()
        found, versions = load_letterhead(key)
        assert (found.name, found.address) == ("Muster & Söhne", "Hauptstraße 5\n80331 München")
        assert is_plain_png(found.logo)
        assert versions == {"name": 1, "address": 1, "logo": 1}


def test_down_and_up_again_keeps_every_answer(app: Flask) -> None:
    with app.app_context():
        restore(RELEASED / f"{REVISIONS[-1]}.sqlite3")
        before = everything()
        for target in ("0004", HEAD):
            with writing() as connection:
                migrate(connection, target)
        assert list(find_breaks()) == []
        for target in (REVISIONS[1], HEAD):
            with writing() as connection:
                migrate(connection, target)
        assert everything() == before
        # The second schema has no letterhead, so that it is in the history only; everything else is as it was.
        assert [each.text for each in find_breaks()] == ["letterhead/name: is not what the history says"]
        for target in (REVISIONS[0], HEAD):
            with writing() as connection:
                migrate(connection, target)
        assert [sheet for (sheet, _, _) in everything().values()] == [sheet for (sheet, _, _) in before.values()]


def test_a_database_of_a_newer_version_is_refused(app: Flask) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaError, match="newer version"):
        upgrade(app, at=NOW)


def test_a_backup_of_a_newer_version_is_refused_and_nothing_changes(app: Flask, tmp_path: Path) -> None:
    newer = tmp_path / "newer.sqlite3"
    newer.write_bytes((RELEASED / f"{HEAD}.sqlite3").read_bytes())
    connection = sqlite3.connect(newer)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with app.app_context():
        create_assessment("Somebody", [], sid="mine", at=NOW)
        before = everything()
        with pytest.raises(SchemaError, match="newer version"):
            restore(newer)
        assert everything() == before


def test_an_upgrade_makes_a_backup_before_and_the_backup_restores(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        restore(RELEASED / f"{HEAD}.sqlite3")
        before = everything()
        with writing() as connection:
            migrate(connection, REVISIONS[1])
        saved = upgrade(app, at=NOW, backups=tmp_path / "backups")
        assert saved is not None
        assert upgrade(app, at=NOW, backups=tmp_path / "backups") is None  # nothing to do, so no backup
        assert len(list((tmp_path / "backups").iterdir())) == 1
        with db.engine.begin() as connection:
            connection.execute(text("DELETE FROM answer"))
        restore(saved)
        assert everything() == before


def test_a_backup_under_write_load_holds_all_that_was_acknowledged_before_it(app: Flask, tmp_path: Path) -> None:
    acknowledged: list[int] = []
    stop = threading.Event()

    with app.app_context():
        assessment_id = create_assessment("Somebody", [], sid="mine", at=NOW)

    def write() -> None:
        with app.app_context():
            number = 0
            while not stop.is_set():
                number += 1
                one = Proposed(key=f"some/q{number}", value=Answer(note=str(number)), base_version=0)
                save_answers(assessment_id, [one], who="somebody", at=NOW)
                acknowledged.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with app.app_context():
            while len(acknowledged) < 20 and writer.is_alive():
                stop.wait(0.01)
            certain = len(acknowledged)
            back_up(tmp_path / "one.sqlite3")
    finally:
        stop.set()
        writer.join()
    assert certain >= 20
    assert {f"some/q{number}" for number in range(1, certain + 1)} <= told(tmp_path / "one.sqlite3").keys()
    with app.app_context():
        restore(tmp_path / "one.sqlite3")
        sheet, _ = load_sheet(assessment_id)
        assert all(sheet.answers[f"some/q{number}"].note == str(number) for number in range(1, certain + 1))
        assert list(find_breaks()) == []


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_file_that_is_no_backup_is_refused_and_nothing_changes(app: Flask, tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "bad.sqlite3"
    bad.write_bytes(content)
    with app.app_context():
        assessment_id = create_assessment("Somebody", [], sid="mine", at=NOW)
        one = Proposed(key="some/q", value=on_rung(Rung.DEFINED), base_version=0)
        save_answers(assessment_id, [one], who="somebody", at=NOW)
        before = everything()
        with pytest.raises(BackupError, match="backup"):
            restore(bad)
        with pytest.raises(BackupError, match="is there already"):
            back_up(bad)
        assert everything() == before
