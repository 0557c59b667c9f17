"""Commands that read a file refuse what may never end."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assessment.commands import errors, main


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, words, env={"ISO_READINESS_DATA": str(folder), "DATABASE_URL": None, "SECRET_KEY": None})


@pytest.mark.parametrize("words", [("verify",), ("import",), ("report", "--format", "md"), ("restore", "--yes")])
def test_a_pipe_or_a_device_is_refused(tmp_path: Path, words: tuple[str, ...]) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert run(tmp_path, "upgrade").exit_code == 0
    for path in (str(pipe), os.devnull, "/dev/zero"):
        refused = run(tmp_path, *words, path)
        assert refused.exit_code == 1
        assert "is no regular file." in refused.stderr


@pytest.mark.parametrize("words", [("verify",), ("import",), ("report", "--format", "md")])
def test_a_file_that_is_too_large_is_refused(tmp_path: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(tmp_path, "upgrade").exit_code == 0
    monkeypatch.setattr(errors, "MOST_BYTES", 2**20)
    (tmp_path / "large").write_bytes(bytes(2**20 + 1))
    refused = run(tmp_path, *words, str(tmp_path / "large"))
    assert refused.exit_code == 1
    assert "has more than 1 MB" in refused.stderr
