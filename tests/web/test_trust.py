"""Promises that hold for every route: headers, tokens, and no change by looking."""

import secrets
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from assessment.paths import usual_data_folder
from assessment.settings import SettingsError, precautions, read_settings
from assessment.storage.database import db
from tests.support.opener import Browser

PARTS = {
    "standard_id": "iso-9001",
    "slug": "9.1",
    "chapter": "9",
    "group_id": "demand",
    "left_id": "iso-9001",
    "right_id": "iso-14001",
    "ending": "json",
    "link_id": "none",
    "filename": "style.css",
    "key": "set-scope",
    "principle_id": "customer-focus",
    "ref": "iso-9001/internal-audit",
    "worksheet_id": "environmental-review",
    "part_id": "aspects",
    "register_id": "aspects",
    "line_id": "F",
}


def addresses(app: Flask, assessment_id: str, token: str, method: str) -> list[str]:
    """Every address of the app that takes a method."""
    values = {**PARTS, "assessment_id": assessment_id, "token": token}
    with app.test_request_context():
        adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
        return [
            adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments}, method=method)
            for rule in app.url_map.iter_rules()
            if method in (rule.methods or ())
        ]


def everything(app: Flask) -> str:
    with app.app_context(), db.engine.connect() as connection:
        tables = sorted(table.name for table in db.metadata.tables.values() if table.name != "attempt")
        return repr([connection.execute(text(f'SELECT * FROM "{name}" ORDER BY 1, 2')).all() for name in tables])  # noqa: S608


def started(browser: Browser) -> tuple[str, str]:
    hub = browser.start()
    browser.send(browser.open(hub + "iso-9001/questions/9.2"), {"internal-audit-answer": "absent"})
    shared = browser.send(browser.open(hub + "share"), {"label": "Kim"})
    (link,) = ("".join(each.itertext()).strip() for each in shared.all("textarea") if each.get("id") == "link-address")
    return hub.split("/")[2], link.rpartition("/")[2]


def test_looking_changes_nothing_and_every_answer_carries_the_headers(app: Flask, browser: Browser) -> None:
    listed = addresses(app, *started(browser), "GET")
    assert len(listed) > 20
    before = everything(app)
    for address in [*listed, "/nowhere"]:
        answer = browser.client.get(address)
        assert answer.status_code in (200, 303, 404), address
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'"), address
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "static" in address or answer.headers["Cache-Control"] == "no-store", address
        answer.close()
    assert everything(app) == before


def test_no_form_changes_anything_without_its_token(app: Flask, browser: Browser) -> None:
    assessment_id, token = started(browser)
    listed = addresses(app, assessment_id, token, "POST")
    assert len(listed) >= 8
    before = everything(app)
    for address in listed:
        fields = {"organisation": "Other", "standards": "iso-9001", "confirm": "iso-14001/roles", "label": "Eve"}
        answer = browser.client.post(address, data={**fields, "csrf_token": "wrong"})
        assert answer.status_code == 400, address
        assert "Nothing was saved" in answer.get_data(as_text=True), address
    assert everything(app) == before


def test_a_reload_of_a_saved_page_saves_nothing_twice(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + "iso-9001/questions/9.2")
    browser.send(page, {"internal-audit-answer": "in-use"})
    before = everything(app)
    browser.send(page, {"internal-audit-answer": "in-use"})
    assert everything(app) == before


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY has 5 characters"),
        ({"SECRET_KEY": "a" * 40}, "SECRET_KEY repeats itself"),
        ({"SECRET_KEY": "changeme" * 4}, "SECRET_KEY repeats itself"),
        ({"SECRET_KEY": " " * 40}, "SECRET_KEY has 0 characters"),
        ({"SECRET_KEY": "please-change-me-before-you-go-live!"}, "SECRET_KEY looks like a sample"),
        ({"SECRET_KEY": "django-insecure-x7f!kq2b9vw4zt8r3y6m"}, "SECRET_KEY looks like a sample"),
        ({"PUBLIC_URL": "readiness"}, "PUBLIC_URL is 'readiness'"),
        ({"PUBLIC_URL": "https://user:pw@example.org"}, "PUBLIC_URL is"),
        ({"PUBLIC_URL": "https://example.org/below it"}, "PUBLIC_URL is"),
        ({"PUBLIC_URL": "https://example.org?a=b"}, "PUBLIC_URL is"),
        ({"ISO_READINESS_CONTENT": "/no/such/folder"}, "there is no such folder"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL needs to begin with"),
    ],
)
def test_a_setting_that_cannot_work_refuses_to_start(tmp_path: Path, environment: dict[str, str], says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        read_settings({"ISO_READINESS_DATA": str(tmp_path), **environment})


def test_data_lie_where_the_platform_keeps_them_unless_they_lie_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    assert usual_data_folder({}) == tmp_path / "me/.local/share/iso-readiness"
    assert usual_data_folder({"XDG_DATA_HOME": "/data"}) == Path("/data/iso-readiness")
    assert usual_data_folder({"XDG_DATA_HOME": "not/absolute"}) == tmp_path / "me/.local/share/iso-readiness"
    monkeypatch.setattr("sys.platform", "darwin")
    assert usual_data_folder({}) == tmp_path / "me/Library/Application Support/iso-readiness"
    monkeypatch.setattr("sys.platform", "win32")
    assert usual_data_folder({"LOCALAPPDATA": "/local"}) == Path("/local/iso-readiness")
    (tmp_path / ".iso-readiness").mkdir()
    assert usual_data_folder({}) == tmp_path / ".iso-readiness"


def test_an_address_in_capitals_is_the_same_address(tmp_path: Path) -> None:
    settings = read_settings({"ISO_READINESS_DATA": str(tmp_path), "PUBLIC_URL": " HTTPS://Readiness.Example.org/ "})
    assert (settings.public_url, settings.https) == ("https://readiness.example.org", True)


def test_keys_as_tools_make_them_are_taken(tmp_path: Path) -> None:
    makers = (secrets.token_hex, secrets.token_urlsafe, lambda size: secrets.token_bytes(size).hex().upper())
    for make in makers:
        for _ in range(200):
            read_settings({"ISO_READINESS_DATA": str(tmp_path), "SECRET_KEY": make(32)})


def test_a_key_that_others_can_read_is_made_private_and_said(tmp_path: Path) -> None:
    settings = read_settings({"ISO_READINESS_DATA": str(tmp_path)})
    tmp_path.chmod(0o700)
    (tmp_path / "secret-key").touch(0o600)
    assert precautions(settings) == []
    (tmp_path / "secret-key").chmod(0o644)
    tmp_path.chmod(0o777)
    folder, key = precautions(settings)
    assert "chmod 700" in folder
    assert "now only its owner can" in key
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
