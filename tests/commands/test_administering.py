"""What an administrator does for people: find an assessment, let somebody in again, delete, show a sample, count."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import text

from assessment.commands import main
from assessment.reports.pdf.glyphs import FONT_FILES
from assessment.storage.database import db
from tests.support.opener import Browser

PUBLIC = "https://readiness.example.org/iso"


def run(app: Flask, folder: Path, *arguments: str, **environment: str) -> Result:
    given: dict[str, str | None] = {"DATABASE_URL": app.config["DATABASE_URL"], "ISO_READINESS_DATA": str(folder)}
    return CliRunner().invoke(main, arguments, env={**given, "SECRET_KEY": None, "PUBLIC_URL": PUBLIC, **environment})


def said(result: Result) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def opened(app: Flask, address: str) -> Browser:
    """A new browser that came in by a link."""
    assert address.startswith(f"{PUBLIC}/open/")
    browser = Browser(app)
    browser.send(browser.open(address.removeprefix(PUBLIC).strip()))
    return browser


def test_somebody_who_lost_everything_gets_in_again(app: Flask, browser: Browser, tmp_path: Path) -> None:
    hub = browser.start("Muster & Söhne")
    browser.send(browser.open(hub + "iso-9001/questions/9.2"), {"internal-audit-note": "mine"})
    browser.start("Another one")
    (found,) = said(run(app, tmp_path, "list", "muster", "--json"))
    assert hub == f"/a/{found['id']}/"
    assert (found["answers"], found["browsers"], found["links"]) == (1, 1, 0)
    listed = run(app, tmp_path, "list")
    assert listed.stdout.count("\n") == 2
    assert "2 assessments." in listed.stderr
    assert f"{found['id']}  " in listed.stdout
    links = [run(app, tmp_path, "link", found["id"]).stdout for _ in range(2)]
    for address in links:
        rescued = opened(app, address)
        assert "mine" in rescued.open(hub + "iso-9001/questions/9.2").html
        rescued.send(rescued.open(hub + "choices"), {"organisation": "Renamed by an owner"})
    assert "Through the administrator (2)" in rescued.open(hub + "share").text
    assert run(app, tmp_path, "history").exit_code == 0
    reader = opened(app, run(app, tmp_path, "link", found["id"], "--role", "reader", "--label", "Auditor").stdout)
    reader.open(hub + "share", status=403)
    for label in ("x" * 91, "a\x07b", "\udcff"):
        assert "The label has more than 90 characters" in run(app, tmp_path, "link", found["id"], "--label", label).stderr


@pytest.mark.parametrize("command", ["link", "delete"])
@pytest.mark.parametrize("key", ["nobody", "-h", "--", "-nothing", "é\n"])
def test_an_assessment_that_is_not_there_is_said_in_a_line(app: Flask, tmp_path: Path, command: str, key: str) -> None:
    refused = run(app, tmp_path, command, *(["--yes"] if command == "delete" else []), "--", key)
    assert refused.exit_code == 1
    assert refused.stderr.startswith("Error: There is no assessment ")
    assert "Traceback" not in refused.output


def test_deleting_can_be_undone_unless_it_is_for_good(app: Flask, browser: Browser, tmp_path: Path) -> None:
    hub = browser.start("Muster & Söhne")
    key = hub.split("/")[2]
    assert run(app, tmp_path, "delete", key).exit_code == 1  # nobody said yes
    assert "deleted after" in run(app, tmp_path, "delete", key, "--yes").stdout
    assert said(run(app, tmp_path, "list", "--json"))[0]["delete_after"]
    assert json.loads(run(app, tmp_path, "stats", "--json").stdout)["to_delete"] == 1
    assert "is kept" in run(app, tmp_path, "delete", key, "--undo").stdout
    browser.open(hub)
    assert "for good" in run(app, tmp_path, "delete", key, "--now", "--yes").stdout
    browser.open(hub, status=404)
    assert said(run(app, tmp_path, "list", "--json")) == []


def test_the_sample_is_shown_by_a_link(app: Flask, tmp_path: Path) -> None:
    browser = opened(app, run(app, tmp_path, "demo").stdout)
    (found,) = said(run(app, tmp_path, "list", "--json"))
    assert int(found["answers"]) > 100
    assert "Overview of" in browser.open(f"/a/{found['id']}/").text


def test_figures_over_all(app: Flask, browser: Browser, tmp_path: Path) -> None:
    hub = browser.start("Muster & Söhne")
    browser.send(browser.open(hub + "share"), {"label": "Kim"})
    figures = json.loads(run(app, tmp_path, "stats", "--json").stdout)
    assert {name: figures[name] for name in ("assessments", "answers", "links", "browsers")} == {
        "assessments": 1,
        "answers": 0,
        "links": 1,
        "browsers": 1,
    }
    assert figures["bytes"] > 100_000
    assert run(app, tmp_path, "stats").stdout.count("\n") == len(figures)


def kinds(app: Flask, folder: Path, **environment: str) -> dict[str, str]:
    """What the doctor found, by what it is about."""
    found = {}
    for finding in said(run(app, folder, "doctor", "--json", **environment)):
        found[finding["about"]] = finding["kind"]
    return found


def test_the_doctor_tells_a_program_what_it_found(app: Flask, browser: Browser, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    browser.start()
    with app.app_context(), db.engine.begin() as connection:
        now = datetime.now(UTC).replace(tzinfo=None)
        connection.execute(text("UPDATE assessment SET updated_at = :now"), {"now": now})
    well = kinds(app, tmp_path, TRUSTED_PROXIES="1")
    assert {about for about, kind in well.items() if kind == "ok"} >= {
        *("settings", "modes", "proxy", "fonts", "database", "key", "clock", "history"),
    }
    assert well["backups"] == "note"
    assert kinds(app, tmp_path)["proxy"] == "note"
    assert kinds(app, tmp_path, PUBLIC_URL="", TRUSTED_PROXIES="1")["proxy"] == "note"
    assert kinds(app, tmp_path, PUBLIC_URL="", ISO_READINESS_HOST="0.0.0.0")["proxy"] == "note"  # noqa: S104
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "daily-20200101.sqlite3").touch()
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE assessment SET updated_at = :later"), {"later": now.replace(year=now.year + 1)})
        connection.execute(text("DELETE FROM signing_key"))
    ill = kinds(app, tmp_path)
    assert {about for about, kind in ill.items() if kind == "WRONG"} == {"backups", "clock", "key"}
    assert run(app, tmp_path, "doctor").exit_code == 1


@pytest.mark.parametrize("content", [None, b""])
def test_the_doctor_names_a_font_that_is_not_there_or_empty(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    gone = tmp_path / "NotoSansThai-Regular.ttf"
    if content is not None:
        gone.write_bytes(content)
    there = [file for file in FONT_FILES if file.name != gone.name]
    monkeypatch.setattr("assessment.reports.pdf.glyphs.FONT_FILES", (*there, gone))
    findings = {each["about"]: each for each in said(run(app, tmp_path, "doctor", "--json"))}
    assert findings["fonts"]["kind"] == "WRONG"
    assert gone.name in findings["fonts"]["sentence"]
    assert there[0].name not in findings["fonts"]["sentence"]
