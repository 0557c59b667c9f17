"""The commands that keep, move and check what is stored, one after the other on one database."""

from pathlib import Path

from click.testing import CliRunner, Result
from flask import Flask

from assessment.commands import main
from tests.support.opener import Browser

PAGE = "iso-9001/questions/9.1"


def run(app: Flask, folder: Path, *arguments: str) -> Result:
    """Run a command as a person would who is where the app is."""
    environment = {
        "DATABASE_URL": app.config["DATABASE_URL"],
        "SECRET_KEY": app.config["SECRET_KEY"],
        "ISO_READINESS_DATA": str(folder),
    }
    return CliRunner().invoke(main, arguments, env=environment)


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
    assert run(app, tmp_path, "history").stdout == "Every history is whole.\n"
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
    assert "0 assessments deleted" in run(app, tmp_path, "tidy").stdout
