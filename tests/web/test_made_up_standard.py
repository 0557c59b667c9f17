"""A standard nobody has heard of: a folder in a copy of the content, and no change of code."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from assessment.content import ContentError, load
from assessment.paths import shipped
from tests.support.apps import Opening, build_app
from tests.support.opener import Browser


def with_made_up_standard(to: Path) -> Path:
    """The shipped content, and a third standard for tea rooms with words and ids of its own."""
    shutil.copytree(shipped("questionnaires"), to)
    folder = to / "tea-7"
    shutil.copytree(to / "iso-14001", folder)
    for path in folder.glob("*.toml"):
        text = re.sub("iso-14001", "tea-7", path.read_text())
        text = text.replace("ISO 14001", "TEA 7").replace("Environmental", "Tea").replace("environmental", "tea")
        text = text.replace('"2015"', '"2020"').replace('"2026"', '"2027"').replace("tea-review", "tea-tasting")
        path.write_text(text.replace("tea-complexity", "environmental-complexity").replace("tea-data", "environmental-data"))
    return to


@pytest.fixture
def app(database: Opening, tmp_path: Path) -> Iterator[Flask]:
    with database(tmp_path, with_made_up_standard(tmp_path / "content")) as app:
        yield app


@pytest.mark.broad
def test_a_made_up_standard_walks_every_journey(browser: Browser) -> None:
    browser.open("/standards/tea-7?edition=2020")
    assert "TEA 7" in browser.open("/standards/differences").text
    hub = browser.start("Tea room")
    page = browser.open(hub + "profile/demand")
    browser.send(page, {"asked-in-writing": "tea-7", "deadline-tea-7": "2027-05-01"})
    assert "Begin with TEA 7" in browser.open(hub + "advice").text
    page = browser.open(hub + "tea-7/questions/9.2")
    browser.send(page, {"internal-audit-answer": "in-use", "internal-audit-note": "All rooms."})
    assert "All rooms." in browser.open(hub + "tea-7/check/9").text
    browser.send(browser.open(hub + "tea-7/questions/9.1.1"), {"monitoring-answer": "in-use"})
    for rest in ("", "choices", "results", "findings", "plan", "summary", "summary.csv", "downloads", "share"):
        browser.open(hub + rest)
    assert "TEA 7" in browser.open(hub + "summary.csv").html
    compared = browser.open(hub + "compare/iso-9001/tea-7")
    browser.send(compared, {"confirm": "iso-9001/monitoring=informal"})
    assert "Informal" in browser.open(hub + "iso-9001/check/9").text
    assert "Do an tea review" in browser.open(hub + "results").text


def test_choosing_another_edition_keeps_the_answers(browser: Browser) -> None:
    hub = browser.start()
    browser.send(browser.open(hub + "tea-7/questions/9.2"), {"internal-audit-answer": "in-use"})
    browser.send(browser.open(hub + "choices"), {"tea-7-edition": "2020", "tea-7-path": "full"})
    assert "In use" in browser.open(hub + "tea-7/check/9").text


@pytest.mark.usefixtures("database")
def test_content_with_faults_never_starts_and_says_where_all_of_them_are(tmp_path: Path) -> None:
    content = with_made_up_standard(tmp_path / "content")
    questions = content / "tea-7" / "09-performance.toml"
    questions.write_text(
        questions.read_text().replace("weight = 3", "weight = 7", 1).replace('overlap = "most"', 'overlap = "half"')
    )
    (content / "tea-7" / "fit.toml").unlink()
    with pytest.raises(ContentError) as caught:
        build_app(tmp_path, content)
    said = str(caught.value)
    assert "tea-7/09-performance.toml: question 'compliance-evaluation': weight: expected 1 to 3, found 7" in said
    assert "question 'monitoring': topic: overlap: expected one of full, most, part, found 'half'" in said
    assert "tea-7/fit.toml: is missing" in said


FAULTS = [
    ("iso-9001/actions.toml", 'customer-first = "in-use", ', "", "'customer-first': enough: no action lifts it to 'in-use'"),
    ("iso-9001/04-context.toml", 'id = "scope"', 'id = "context"', "question 'context': id: is used twice"),
    ("iso-9001/04-context.toml", 'id = "scope"', 'id = "Scope"', "expected lower-case words joined by hyphens"),
    ("iso-9001/04-context.toml", "quick = true", "quick = 1", "quick: expected true or false, found 1"),
    ("iso-9001/04-context.toml", "weight = 2", "weight = true", "weight: expected a whole number, found True"),
    ("iso-9001/04-context.toml", "weight = 2", "colour = 2", "colour: is not known here"),
    ("iso-9001/04-context.toml", "weight = 2", "", "weight: is missing"),
    ("iso-9001/04-context.toml", '"leadership", "evidence"', '"courage"', "'courage' is not a principle of this standard"),
    ("iso-9001/04-context.toml", 'id = "context", overlap', 'id = "weather", overlap', "expected one of context"),
    ("iso-9001/04-context.toml", '"2015" = ["4.1"]', '"2015" = ["4.9"]', "clause 4.9 is not in clauses.toml"),
    ("iso-9001/04-context.toml", '"2015" = ["4.1"]', '"1994" = ["4.1"]', "is not an edition of this standard"),
    ("iso-9001/04-context.toml", '"2015" = ["4.1"]', '"2015" = ["5.3"]', "clause 5.3 does not belong to chapter 4"),
    ("iso-9001/04-context.toml", "absent = ", "never = ", "looks-like: absent: is missing"),
    ("iso-9001/06-planning.toml", '"2015" = ["6.2.2"], ', "", "6.2.2: no question covers this clause"),
    (
        "iso-9001/actions.toml",
        'after = ["set-scope"]',
        'after = ["set-sail"]',
        "'set-sail' is neither an action",
    ),
    (
        "iso-9001/actions.toml",
        'processes = "in-use"',
        'procedures = "in-use"',
        "procedures: is not a question",
    ),
    ("iso-9001/actions.toml", 'processes = "in-use"', 'processes = "perfect"', "expected one of absent"),
    (
        "iso-9001/actions.toml",
        'production-control = "in-use", ',
        "",
        "'production-control': gravity: no action",
    ),
    ("actions.toml", 'id = "start-project"', 'id = "start-project"\nafter = ["set-scope"]', "goes in a circle"),
    ("actions.toml", "effort = 1\n", "effort = 0.3\n", "expected person-days above 0 in halves, found 0.3"),
    (
        "actions.toml",
        "alongside = { start-project = 1 }",
        "alongside = { nothing = 1 }",
        "nothing: is neither an action of this",
    ),
    (
        "iso-14001/actions.toml",
        'when = [{ profile = "permits", choices = ["permit"] }',
        'when = [{ profile = "permits", choices = ["licence"] }',
        "'licence' is not a choice of the profile question 'permits'",
    ),
    (
        "iso-14001/actions.toml",
        'when = [{ profile = "emergency-potential", choices = ["no"] }]',
        'when = [{ profile = "emergency-potential", choices = ["serious"] }]',
        "'emergency': gravity: no action",
    ),
    ("iso-9001/standard.toml", "office = 60", "cellar = 60", "'cellar' is not a choice of 'kind-of-work'"),
    ("iso-9001/standard.toml", "published = 2026-09-16", 'published = "2026"', "published: expected a date"),
    ("iso-9001/standard.toml", 'id = "iso-9001"', 'id = "iso-1"', "expected 'iso-9001', the name of the folder"),
    (
        "iso-9001/fit.toml",
        'choice = "badly"',
        'choice = "awfully"',
        "'awfully' is not a choice of the profile",
    ),
    ("iso-9001/fit.toml", 'choice = "iso-9001"', 'choice = "iso-1"', "expected 'iso-9001', found 'iso-1'"),
    ("rules.toml", 'part-at-most = "none"', 'part-at-most = "nothing"', "part-at-most: expected one of none, absent"),
    ("rules.toml", "points = 4", "points = 2", "must be more than those of the rung below"),
    ("topics.toml", "[[topic]]", "[[topic", "is not readable as TOML"),
]


@pytest.mark.parametrize(("file", "found", "instead", "says"), FAULTS, ids=[each[3][:40] for each in FAULTS])
def test_a_fault_in_the_content_is_named(tmp_path: Path, file: str, found: str, instead: str, says: str) -> None:
    content = tmp_path / "content"
    shutil.copytree(shipped("questionnaires"), content)
    path = content / file
    assert found in path.read_text()
    path.write_text(path.read_text().replace(found, instead, 1))
    with pytest.raises(ContentError) as caught:
        load(content)
    assert says in str(caught.value)
    assert file.split("/")[0] in str(caught.value)
