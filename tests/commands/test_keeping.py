"""The commands that keep, move and check what is stored, one after the other on one database."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import text

from assessment.commands import main
from assessment.commands.serving import bring_into_one_file, little_room
from assessment.storage.database import db
from assessment.storage.health import LEAST_BYTES_FREE
from assessment.storage.schema import REVISIONS
from tests.storage.test_upgrades import RELEASED
from tests.support.opener import Browser

PAGE = "iso-9001/questions/9.2"


def run(app: Flask, folder: Path, *arguments: str, secret: str | None = "") -> Result:
    """Run a command as a person would who is where the app is; without a secret of its own where that is ``None``."""
    environment = {
        "DATABASE_URL": app.config["DATABASE_URL"],
        "SECRET_KEY": None if secret is None else secret or app.config["SECRET_KEY"],
        "ISO_READINESS_DATA": str(folder),
    }
    return CliRunner().invoke(main, arguments, env=environment)


@pytest.mark.database
@pytest.mark.broad
def test_the_commands_back_up_restore_export_import_and_check(app: Flask, browser: Browser, tmp_path: Path) -> None:
    hub = browser.start("Muster & Söhne")
    browser.send(browser.open(hub + PAGE), {"internal-audit-note": "keep me"})
    assert "checked" in run(app, tmp_path, "backup", str(tmp_path / "one.sqlite3")).stdout
    again = run(app, tmp_path, "backup", str(tmp_path / "one.sqlite3"))
    assert (again.exit_code, "never overwrites" in again.stderr) == (1, True)
    browser.send(browser.open(hub + PAGE), {"internal-audit-note": "lost by the restore"})
    restored = run(app, tmp_path, "restore", "--yes", str(tmp_path / "one.sqlite3"))
    assert "Restored 1 assessments with 1 answers" in restored.stdout
    assert browser.open(hub + PAGE).fields()["internal-audit-note"][0].strip() == "keep me"
    assert len(list((tmp_path / "backups").iterdir())) == 1
    assert run(app, tmp_path, "history").stdout == "Every history is whole, and led to what is stored.\n"
    exported = run(app, tmp_path, "export", hub.split("/")[2])
    (tmp_path / "out.json").write_text(exported.stdout, encoding="utf-8")
    dry = run(app, tmp_path, "import", "--dry-run", str(tmp_path / "out.json"))
    assert "nothing was written" in dry.stdout
    taken = run(app, tmp_path, "import", str(tmp_path / "out.json"))
    opened = browser.send(browser.open("/open/" + taken.stdout.rpartition("/open/")[2].strip()))
    assert "Muster & Söhne" in opened.text
    for stranger in ("nothing", "-nothing", "--nothing"):
        refused = run(app, tmp_path, "export", stranger)
        assert (refused.exit_code, "Usage" in refused.stderr) == (1, False)
    assert run(app, tmp_path, "import", str(tmp_path / "one.sqlite3")).exit_code == 1
    assert "SECRET_KEY is set" in run(app, tmp_path, "rotate-key").stderr
    assert "believed for 180 days" in run(app, tmp_path, "rotate-key", secret=None).stdout
    assert "sessions ended" in run(app, tmp_path, "end-sessions", "--yes").stdout
    browser.open(hub, status=404)
    assert "0 assessments deleted" in run(app, tmp_path, "tidy").stdout


def test_an_upgrade_says_how_far_it_is(tmp_path: Path) -> None:
    shutil.copyfile(RELEASED / "0006.sqlite3", tmp_path / "assessments.sqlite3")
    environment = {"DATABASE_URL": None, "SECRET_KEY": None, "ISO_READINESS_DATA": str(tmp_path)}
    done = CliRunner().invoke(main, ["upgrade"], env=environment)
    assert done.exit_code == 0
    further = [schema for schema in REVISIONS if schema > "0006"]
    told = ["a backup of what there is", *(f"to schema {schema}" for schema in further)]
    assert len(told) > 3
    assert [line for line in done.stderr.splitlines() if "Upgrading" in line] == [
        f"Upgrading the database, {number} of {len(told)}: {part}." for number, part in enumerate(told, start=1)
    ]
    assert "A backup of what it was before" in done.stdout
    again = CliRunner().invoke(main, ["upgrade"], env=environment)
    assert (again.stderr, again.stdout) == ("", "The database is up to date.\n")


def test_a_start_says_when_the_disk_is_nearly_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"sqlite:///{tmp_path / 'assessments.sqlite3'}"
    assert little_room("postgresql://elsewhere/readiness") == []
    for free, said in ((LEAST_BYTES_FREE, []), (900_000, [f"The disk of {tmp_path} has 0.9 MB left"])):
        monkeypatch.setattr(shutil, "disk_usage", lambda _folder, free=free: SimpleNamespace(free=free))
        assert [sentence.partition(",")[0] for sentence in little_room(address)] == said


@pytest.mark.broad
def test_what_a_disk_refuses_is_one_sentence(app: Flask, browser: Browser, tmp_path: Path) -> None:
    browser.start()
    file = tmp_path / "a-file"
    file.touch()
    for folder, command in (
        (tmp_path, ("backup", f"{file}/one.sqlite3")),
        (file / "data", ("tidy",)),
        (file / "data", ("run",)),
    ):
        refused = run(app, folder, *command)
        # What is wrong with the settings ends with 2, as what is wrong with the command itself.
        assert refused.exit_code == (1 if command[0] == "backup" else 2), command
        assert refused.stderr.count("\n") == 1, refused.stderr
        assert str(file) in refused.stderr
    small = 'ulimit -f 8; trap "" XFSZ; exec "$@"'  # no file grows beyond 8 kB, as on a full disk
    environment = {**os.environ, "DATABASE_URL": app.config["DATABASE_URL"], "ISO_READINESS_DATA": str(tmp_path)}
    backup = (sys.executable, "-m", "assessment", "backup", str(tmp_path / "one.sqlite3"))
    full = subprocess.run(["bash", "-c", small, "bash", *backup], capture_output=True, text=True, env=environment, check=False)
    assert full.returncode == 1
    assert full.stderr.startswith("Error: ")
    assert full.stderr.count("\n") == 1, full.stderr
    assert not list(tmp_path.glob("one.*"))


TAMPERED = {
    "an answer": "UPDATE answer SET content = replace(content, 'keep me', 'TAMPERED')",
    "an answer that is gone": "DELETE FROM answer",
    "a version": "UPDATE answer SET version = 7",
    "a name": "UPDATE assessment SET organisation = 'TAMPERED'",
    "a standard": "UPDATE chosen_standard SET depth = 'full' WHERE standard = 'iso-9001'",
    "a link that was ended": "UPDATE access_link SET revoked_at = NULL",
    "what is no content": "UPDATE answer SET content = '[]'",
}


@pytest.mark.parametrize("statement", TAMPERED.values(), ids=TAMPERED)
def test_a_state_that_its_history_did_not_lead_to_is_found(
    app: Flask, browser: Browser, tmp_path: Path, statement: str
) -> None:
    hub = browser.start("Muster & Söhne")
    browser.send(browser.open(hub + PAGE), {"internal-audit-note": "keep me"})
    shared = browser.send(browser.open(hub + "share"), {"label": "Kim"})
    (revoke,) = (form.get("action") for form in shared.all("form") if (form.get("action") or "").endswith("/revoke"))
    browser.send(shared, to=revoke)
    assert run(app, tmp_path, "history").exit_code == 0
    assert run(app, tmp_path, "doctor").exit_code == 0
    with app.app_context(), db.engine.begin() as connection:
        assert connection.execute(text(statement)).rowcount >= 1
    for command in ("history", "doctor"):
        found = run(app, tmp_path, command)
        assert found.exit_code == 1, command
        assert hub.split("/")[2] in found.stdout, command
    run(app, tmp_path, "backup", str(tmp_path / "tampered.sqlite3"))
    restored = run(app, tmp_path, "restore", "--yes", str(tmp_path / "tampered.sqlite3"))
    assert (restored.exit_code, "not as they were written" in restored.stderr) == (1, True)


def test_the_doctor_says_what_is_wrong_with_an_installation(app: Flask, browser: Browser, tmp_path: Path) -> None:
    browser.start()
    (tmp_path / "secret-key").write_text("of an earlier version")
    (tmp_path / "secret-key").chmod(0o644)
    tmp_path.chmod(0o777)
    ill = run(app, tmp_path, "doctor", secret="k3y-" * 20)
    assert ill.exit_code == 1
    for said in ("others can read or change", "secret-key", "repeats itself"):
        assert said in ill.stdout, ill.stdout
    tmp_path.chmod(0o700)
    with app.app_context(), db.engine.begin() as connection:  # the app's clock may be ahead of the one on the wall
        connection.execute(text("UPDATE assessment SET updated_at = '2026-01-01 00:00:00'"))
    well = run(app, tmp_path, "doctor")
    assert (well.exit_code, "WRONG" in well.stdout) == (0, False), well.stdout
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    old = run(app, tmp_path, "doctor")
    assert (old.exit_code, "schema" in old.stdout) == (1, True)


def test_a_stop_says_where_the_database_is_not_yet_one_file(app: Flask, browser: Browser) -> None:
    address = app.config["DATABASE_URL"]
    if not address.startswith("sqlite"):
        assert bring_into_one_file(address) == []
        return
    browser.start("Saved last")
    file = Path(address.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(file)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM assessment").fetchone()
        browser.start("Saved while somebody reads")
        (said,) = bring_into_one_file(address)
        assert f"still lies in {file.resolve()}-wal" in said
    assert bring_into_one_file(address) == []
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?immutable=1", uri=True)) as copied:
        names = {name for (name,) in copied.execute("SELECT organisation FROM assessment")}
    assert names == {"Saved last", "Saved while somebody reads"}
