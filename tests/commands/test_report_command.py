"""`report`: any form of the summary from a file, for scripts; without a server, without a database, and over no other file."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assessment.commands import main
from assessment.domain.question_path import QuestionPath
from assessment.reports.formats import FORMATS
from tests.reports.situations import situation
from tests.reports.test_same_numbers import READERS, decided
from tests.support.opener import Browser
from tests.web.test_worksheets import add

TODAY = ["--on", "2026-11-24"]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder to work in, and a database that must not be asked for."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("ISO_READINESS_DATA", str(tmp_path / "no-such-data"))
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/nothing")


@pytest.fixture(scope="module")
def noted(shared: Browser) -> str:
    """The sample with a step that somebody did, and a letterhead."""
    hub = shared.start_sample()
    shared.send(shared.open(hub + "plan/start-project"), {"owner": "Kim Lee", "done_on": "2026-11-20"})
    shared.send(shared.open(hub + "letterhead"), {"name": "Rat & Tat GmbH"})
    return hub


@pytest.fixture(scope="module")
def exported(shared: Browser, noted: str) -> bytes:
    return shared.client.get(noted + "export.json").get_data()


@pytest.fixture
def export(exported: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "everything.json"
    path.write_bytes(exported)
    return path


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["report", *map(str, words)])


def test_every_format_can_be_asked_for() -> None:
    shown = CliRunner().invoke(main, ["report", "--help"]).output
    assert f"[{'|'.join(FORMATS)}]" in shown


@pytest.mark.parametrize("ending", FORMATS)
def test_a_form_from_an_export_shows_the_numbers_of_the_assessment(
    shared: Browser, noted: str, export: Path, ending: str
) -> None:
    said = run(export, "--format", ending, *TODAY)
    assert said.exit_code == 0, said.output
    (made,) = Path().iterdir()
    assert made.name == f"brook-galvanising-invented-2026-11-24-iso-9001-iso-14001-gap-summary.{ending}"
    assert f"{made}: {made.stat().st_size:,} bytes." in said.output
    assert ("Making the" in said.output) == FORMATS[ending].heavy
    if ending in ("csv", "json", "md"):
        assert made.read_bytes() == shared.client.get(f"{noted}summary.{ending}").get_data()
    elif ending != "zip":
        advice, found = READERS[ending](made.read_bytes(), situation("demo"))
        wanted, figures = decided(situation("demo"))
        assert advice == wanted
        for name, each in figures.items():
            assert {**found[name], **{label: each[label] for label in each if label.startswith("Certificate")}} == each
    assert not Path(export.parent / "no-such-data").exists()


def test_a_receipt_makes_every_form_on_its_own_day(browser: Browser, demo: str, tmp_path: Path) -> None:
    receipt = tmp_path / "receipt.json"
    receipt.write_bytes(browser.client.get(demo + "summary.json").get_data())
    assert run(receipt, "--format", "csv", "--output", "out.csv").exit_code == 0
    assert Path("out.csv").read_bytes() == browser.client.get(demo + "summary.csv").get_data()
    assert run(receipt, "--format", "json", "--output", "again.json").exit_code == 0
    assert Path("again.json").read_bytes() == receipt.read_bytes()
    assert run(receipt, "--format", "json", "--on", "2027-03-01", "--output", "later.json").exit_code == 0
    assert json.loads(Path("later.json").read_bytes())["date"] == "2027-03-01"


@pytest.mark.parametrize("path", QuestionPath)
def test_whatever_is_asked_first_an_export_comes_in_again_and_is_reported_and_its_receipt_verified(
    browser: Browser, tmp_path: Path, path: QuestionPath
) -> None:
    hub = browser.start()
    browser.send(browser.open(hub + "choices"), {"iso-9001-path": path.value, "iso-14001-path": path.value})
    export, receipt = tmp_path / "everything.json", tmp_path / "receipt.json"
    export.write_bytes(browser.client.get(hub + "export.json").get_data())
    with export.open("rb") as file:
        fields = {**browser.open("/import").fields(), "file": (file, "everything.json")}
        shown = browser.checked(browser.client.post("/import", data=fields, content_type="multipart/form-data"), 200)
    other = browser.send(shown).path
    assert other != hub
    asked = browser.open(other + "choices").fields()
    assert (asked["iso-9001-path"], asked["iso-14001-path"]) == ([path.value], [path.value])
    assert run(export, "--format", "json", "--output", receipt).exit_code == 0
    assert {each["depth"] for each in json.loads(receipt.read_bytes())["chosen"]} == {path.value}
    assert CliRunner().invoke(main, ["verify", str(receipt)]).output.startswith("Equal")


def test_one_standard_can_be_asked_for(export: Path) -> None:
    assert run(export, "--format", "json", "--standard", "iso-14001", "--output", "one.json", *TODAY).exit_code == 0
    said = json.loads(Path("one.json").read_bytes())
    assert [each["standard"] for each in said["standards"]] == ["iso-14001"]
    assert said["notes"]["start-project"]["owner"] == "Kim Lee"


def test_no_file_is_written_over_unless_that_is_asked_for(export: Path) -> None:
    Path("kept.csv").write_text("mine")
    said = run(export, "--format", "csv", "--output", "kept.csv")
    assert (said.exit_code, "is there already" in said.output) == (1, True)
    assert Path("kept.csv").read_text() == "mine"
    assert run(export, "--format", "csv", "--output", "kept.csv", "--force").exit_code == 0
    assert "Gap summary of" in Path("kept.csv").read_text(encoding="utf-8-sig")


def test_the_letterhead_of_an_export_stands_on_documents(export: Path) -> None:
    assert run(export, "--format", "docx", "--output", "out.docx").exit_code == 0
    with zipfile.ZipFile("out.docx") as archive:
        assert any(b"Rat &amp; Tat GmbH" in archive.read(name) for name in archive.namelist() if name.startswith("word/"))


@pytest.mark.parametrize(
    ("content", "more", "says"),
    [
        (b"nothing", [], "no JSON document"),
        (b"[]", [], "no export of an assessment"),
        (b'{"format": "iso-readiness/gap-summary/1"}', [], "incomplete or was changed by hand"),
        (None, ["--standard", "iso-0"], "iso-0 is not in"),
        (None, ["--on", "soon"], "does not match the format"),
        (None, ["--output", "no/such/folder.csv"], "cannot be written: No such file or directory"),
    ],
)
def test_what_cannot_be_made_is_said_in_a_line(export: Path, content: bytes | None, more: list[str], says: str) -> None:
    if content is not None:
        export.write_bytes(content)
    said = run(export, "--format", "csv", *more)
    assert said.exit_code in (1, 2)
    assert says in said.output
    assert "Traceback" not in said.output
    assert list(Path().iterdir()) == []


@pytest.mark.broad
def test_worksheets_of_an_export_are_in_what_is_made_of_it_and_verify_says_so(
    browser: Browser, demo: str, tmp_path: Path
) -> None:
    add(browser, demo, "K", {"what": "Second stage", "owner": "Kim", "due": "2027-02-01"})
    path = tmp_path / "everything.json"
    path.write_bytes(browser.client.get(demo + "export.json").get_data())
    for more in ([], ["--standard", "iso-14001"]):
        said = run(path, "--format", "json", "--output", "receipt.json", "--force", *more, *TODAY)
        assert said.exit_code == 0, said.output
        told = json.loads(Path("receipt.json").read_text())
        assert told["worksheets"]["environmental-review"]["actions"] == [
            {"line": "K1", "owner": "Kim", "due": "2027-02-01", "done-on": None, "effect": ""}
        ]
    checked = CliRunner().invoke(main, ["verify", "receipt.json"])
    assert "Worksheets in it, with what is missing, scores and actions: Environmental review." in checked.output
    page = browser.open("/verify")
    file = (io.BytesIO(browser.client.get(demo + "summary.json").get_data()), "receipt.json")
    answer = browser.client.post("/verify", data={**page.fields(), "file": file}, content_type="multipart/form-data")
    assert (
        "Worksheets in it, with what is missing, scores and actions: Environmental review." in browser.checked(answer, 200).text
    )
    assert run(path, "--format", "zip", "--output", "all.zip", *TODAY).exit_code == 0
    with zipfile.ZipFile("all.zip") as archive:
        files = {name.rpartition("/")[2] for name in archive.namelist()}
    assert {f"environmental-review.{ending}" for ending in ("pdf", "docx", "xlsx", "ics")} < files


def test_real_audits_of_an_export_are_held_against_the_same_answers_as_on_the_server(
    browser: Browser, demo: str, tmp_path: Path
) -> None:
    lines = demo + "worksheets/real-findings/lines/"
    audit = {"f-kind": "surveillance", "f-standards": ["iso-9001"], "f-began": "2026-11-24", "f-complete": "yes"}
    found = {"f-what": "No proof of competence", "f-audit": ["A1"], "f-grade": "minor", "f-area": "iso-9001/7.2"}
    for prefix, values in (("A", audit), ("F", found)):
        browser.send(browser.open(lines + prefix), {**values, "save": "here"}, to=lines + prefix)
    path = tmp_path / "everything.json"
    path.write_bytes(browser.client.get(demo + "export.json").get_data())
    for more in ([], ["--standard", "iso-9001"]):
        said = run(path, "--format", "json", "--output", "receipt.json", "--force", *more, *TODAY)
        assert said.exit_code == 0, said.output
        told = json.loads(Path("receipt.json").read_text())["real-audits"]
        assert told["held-against"].keys() == {"real-findings/A1"}
        assert told == json.loads(browser.client.get(demo + "summary.json").get_data())["real-audits"]
