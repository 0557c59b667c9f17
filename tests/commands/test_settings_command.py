"""Settings are listed, and every wrong value of every setting is one sentence that names it, with 2 at the end."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assessment.commands import main
from assessment.settings import SETTINGS

# Addresses of databases that would be taken for another, or fail, or be printed with a part of the password.
UNREADABLE = (
    *("sqlite:////a/file?mode=ro", "sqlite:///file:x?uri=true", "postgresql://[::1", "postgresql://u:pw@h:notaport/db"),
    *("postgresql://user:se@cret@host/db", "postgresql://user:se/cret@host/db", "postgresql://user:se?cret@host/db"),
    *("postgresql://user:1/cret@host/db", "postgresql://user:se#cret@host/db", "postgresql://host/db?password=se@cret"),
)
WRONG = {
    "ISO_READINESS_DATA": ["a?b"],
    "ISO_READINESS_CONTENT": ["/no/such/folder", "README.md"],
    "ISO_READINESS_HOST": ["a b", "http://x", "x/y"],
    "ISO_READINESS_PORT": ["0", "65536", "-1", "80a", "8000.0", " ", "９"],
    "ISO_READINESS_SOCKET": ["/no/such/folder/socket", "x" * 200],
    "ISO_READINESS_WORKERS": ["0", "33", "two"],
    "ISO_READINESS_THREADS": ["0", "65", "1e1"],
    "ISO_READINESS_BACKUPS": ["yes", "hourly", "Daily"],
    "ISO_READINESS_RETENTION": ["0", "121", "-1", "12 months", "yes"],
    "ISO_READINESS_LOG": ["yes", "JSON", "xml"],
    "ISO_READINESS_METRICS": ["no", "1"],
    "PUBLIC_URL": [
        "readiness",
        "ftp://a",
        "https://",
        "https://a b",
        "https://u:p@a",
        "https://a?b",
        "https://a/../b",
        "https://ä",
    ],
    "ALLOWED_HOSTS": ["http://a", "a b", "*", "a,,b/c"],
    "TRUSTED_PROXIES": ["-1", "10", "yes", "1.5"],
    "DATABASE_URL": ["mysql://x", "sqlite://", "sqlite:///", "sqlite:///:memory:", "postgresql:x", "/a/file", *UNREADABLE],
    "SECRET_KEY": ["short", "a" * 40, "changeme" * 4, " " * 40, "please-change-me-before-you-go-live!"],
    "SECURITY_CONTACT": ["a@b.example", "http://x", "mailto:nobody"],
    "ISO_READINESS_DESIGN": ["no", "true", "1"],
}
EACH = [(name, value) for name, values in WRONG.items() for value in values]


def run(folder: Path, *arguments: str, **environment: str) -> Result:
    none: dict[str, str | None] = {setting.name: None for setting in SETTINGS}
    return CliRunner().invoke(main, arguments, env={**none, "ISO_READINESS_DATA": str(folder), **environment})


def test_every_setting_has_values_that_are_wrong() -> None:
    assert WRONG.keys() == {setting.name for setting in SETTINGS}


@pytest.mark.parametrize(("name", "value"), EACH)
def test_a_wrong_value_is_one_sentence_that_names_the_setting(tmp_path: Path, name: str, value: str) -> None:
    listed = run(tmp_path, "settings", **{name: value})
    assert listed.exit_code == 2
    (sentence,) = [line for line in listed.stderr.splitlines() if line.startswith("WRONG: ")]
    assert sentence.startswith(f"WRONG: {name} ")
    refused = run(tmp_path, "run", **{name: value})
    assert refused.exit_code == 2
    assert refused.stderr.count("\n") == 1, refused.stderr
    assert f"Error: {name} " in refused.stderr
    assert "Traceback" not in refused.output
    if name in ("SECRET_KEY", "DATABASE_URL") and len(value.strip()) > 10:
        assert value not in listed.output + refused.output


def test_several_wrong_values_are_said_at_once(tmp_path: Path) -> None:
    refused = run(tmp_path, "upgrade", PUBLIC_URL="x", ISO_READINESS_PORT="x", SECRET_KEY="x")
    assert refused.exit_code == 2
    assert [line.removeprefix("Error: ").split()[0] for line in refused.stderr.splitlines()] == [
        "ISO_READINESS_PORT",
        "PUBLIC_URL",
        "SECRET_KEY",
    ]


def test_settings_are_listed_for_people_and_programs_without_secrets(tmp_path: Path) -> None:
    secret, database = "k8Zq3Lw9Xc7Vb1Nm5Rt2Yp6Hs4Df0GjQ", "postgres://me:hunter2@db.example/readiness"
    given = {
        "SECRET_KEY": secret,
        "DATABASE_URL": database,
        "PUBLIC_URL": "HTTPS://Example.org:443/iso/",
        "ISO_READINESS_PROT": "1",
    }
    for more in ((), ("--json",)):
        listed = run(tmp_path, "settings", *more, **given)
        assert listed.exit_code == 0
        assert secret not in listed.output
        assert "hunter2" not in listed.output
        assert "ISO_READINESS_PROT" in listed.output
    told = json.loads(listed.stdout)
    values = {each["name"]: each for each in told["settings"]}
    assert values["PUBLIC_URL"]["value"] == "https://example.org/iso"
    assert values["DATABASE_URL"] == {**values["DATABASE_URL"], "value": "(not shown)", "set": True}
    assert values["ISO_READINESS_PORT"] == {**values["ISO_READINESS_PORT"], "value": 8000, "set": False}
    assert (told["problems"], told["unknown"]) == ([], ["ISO_READINESS_PROT"])


def test_a_wrong_socket_as_an_option_is_one_sentence(tmp_path: Path) -> None:
    refused = run(tmp_path, "run", "--socket", "/no/such/folder/socket")
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert refused.stderr.startswith("Error: --socket is /no/such/folder/socket")


def test_what_needs_no_data_depends_on_no_other_setting_and_makes_no_folder(tmp_path: Path) -> None:
    receipt = tmp_path / "receipt.json"
    receipt.write_text("{}")
    folder = tmp_path / "data"
    for name in ("DATABASE_URL", "PUBLIC_URL", "ISO_READINESS_PORT"):
        wrong = {name: WRONG[name][0]}
        assert run(folder, "check", **wrong).exit_code == 0, name
        assert run(folder, "verify", str(receipt), **wrong).exit_code == 1, name
    assert not folder.exists()
    for words in (("check",), ("verify", str(receipt))):
        said = run(folder, *words, ISO_READINESS_CONTENT="/no/such/folder")
        assert (said.exit_code, "ISO_READINESS_CONTENT" in said.output) == (2, True), words
    assert not folder.exists()
