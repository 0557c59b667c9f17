"""The catalogue of texts: complete, the same for the same texts, and said to be out of date when it is."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from assessment.commands.catalogue import FILE, catalogue, extracted
from assessment.paths import shipped


def test_the_catalogue_is_up_to_date() -> None:
    result = CliRunner().invoke(catalogue, ["--check"])
    assert result.output == ""
    assert result.exit_code == 0


@pytest.mark.broad
def test_the_same_texts_make_the_same_file() -> None:
    assert extracted(shipped("questionnaires")) == FILE.read_bytes()


def test_a_catalogue_that_lacks_a_text_or_has_one_too_many_is_out_of_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is extracted is the file, as the test above says.
    monkeypatch.setitem(extracted.__globals__, "extracted", lambda _content: FILE.read_bytes())
    target = tmp_path / "messages.pot"
    target.write_text(FILE.read_text(encoding="utf-8").replace('msgid "Privacy"', 'msgid "Secrecy"'), encoding="utf-8")
    result = CliRunner().invoke(catalogue, ["--check", "--to", str(target)])
    assert result.exit_code == 1
    assert "new: Privacy" in result.output
    assert "gone: Secrecy" in result.output


def test_a_text_of_the_questionnaires_says_where_it_stands() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert 'msgctxt "topics/objectives about"' in text
    assert 'msgctxt "iso-9001/internal-audit asks"' in text
