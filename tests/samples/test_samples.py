"""Twelve invented organisations: the rules say about each what an experienced auditor would say."""

import shutil
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assessment.content import ContentError, read_sample
from assessment.domain.answers import State
from assessment.domain.findings import Grade
from assessment.domain.result import Result, assess
from assessment.domain.sample import Sample
from assessment.paths import shipped
from tests.support.apps import Opening
from tests.support.content import LIBRARY
from tests.support.opener import Browser

FOLDER = Path(__file__).parent
PATHS = {"demo": shipped("questionnaires") / "demo.toml"} | {
    path.stem: path for path in sorted(FOLDER.glob("*.toml")) if path.stem != "expected"
}
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((FOLDER / "expected.toml").read_text())
TODAY = date(2026, 11, 24)
each_sample = pytest.mark.parametrize("name", PATHS)


@cache
def sample(name: str) -> Sample:
    return read_sample(PATHS[name], LIBRARY, TODAY)


@cache
def result(name: str) -> Result:
    told = sample(name)
    return assess(LIBRARY, told.questionnaires, told.sheet, told.profile, TODAY)


def test_there_are_twelve_and_each_has_reasons() -> None:
    assert len(PATHS) == 12
    assert set(EXPECTED) == set(PATHS)
    assert all(len(each["why"].split()) > 25 for each in EXPECTED.values())


@each_sample
def test_a_sample_has_a_full_sheet(name: str) -> None:
    told = sample(name)
    for questionnaire in told.questionnaires:
        for question in questionnaire.questions:
            assert told.sheet.answer(question).state is not State.UNANSWERED, question.ref
    assert set(told.profile.values) >= set(LIBRARY.profile_questions) - {
        "deadline",
        "what-it-does",
        "certificates",
        "sites-alike",
    }  # the last only with several sites


@each_sample
def test_the_verdict_is_the_auditors(name: str) -> None:
    said = {
        each.questionnaire.standard.id: [verdict.id for verdict in (each.verdict_range.worst, each.verdict_range.best)]
        for each in result(name).standards
    }
    assert said == EXPECTED[name]["verdicts"]


@each_sample
def test_the_advice_is_the_auditors(name: str) -> None:
    advice = result(name).recommendation
    assert [standard.id for standard in advice.first] == EXPECTED[name]["begin-with"]
    assert set(EXPECTED[name].get("later", [])) <= {standard.id for standard in advice.later}


@each_sample
def test_what_comes_first_is_what_an_auditor_would_do_first(name: str) -> None:
    order = [step.action.key for step in result(name).steps]
    wanted = EXPECTED[name]["first-actions"]
    places = [order.index(key) for key in wanted]
    assert places == sorted(places)
    assert all(place < 6 for place in places)
    assert bool(wanted) == bool(order)


@each_sample
def test_the_first_steps_belong_to_the_advised_way(name: str) -> None:
    found = result(name)
    assert found.way == found.advised_way
    if not found.recommendation.first:
        assert found.steps == ()
        return
    begin = {standard.id for standard in found.recommendation.first}
    assert set(found.way[0]) == begin & set(found.chosen)
    count = len(found.legs[0].steps)
    assert count > 3
    for step in found.steps[:count]:
        assert step.urgent or set(step.standards) <= begin
    # The standard that begins with a review begins with it, after half a day or a day of mandate and what must not wait.
    firsts = [place for place, step in enumerate(found.steps) if step.first_step]
    assert bool(firsts) == any(LIBRARY.standards[standard].first_step for standard in found.on_the_way)
    if firsts and firsts[0] < count:
        assert all(step.urgent or step.key == "start-project" for step in found.steps[: firsts[0]])


@each_sample
def test_the_likely_majors_hold_what_an_auditor_would_write(name: str) -> None:
    for standard_id, clauses in EXPECTED[name]["majors"].items():
        standard = result(name).of(standard_id)
        majors = {finding.clause for finding in standard.graded(Grade.LIKELY_MAJOR)}
        assert {standard.questionnaire.area(clause) for clause in clauses} <= majors


@each_sample
def test_as_many_areas_have_findings_as_an_auditor_would_write(name: str) -> None:
    told = {
        standard.questionnaire.standard.id: [len(standard.graded(grade)) for grade in (Grade.LIKELY_MAJOR, Grade.LIKELY_MINOR)]
        for standard in result(name).standards
    }
    assert told == EXPECTED[name]["areas"]


@each_sample
def test_the_effort_is_in_the_range_an_auditor_would_name(name: str) -> None:
    low, high = EXPECTED[name]["person-days"]
    assert low <= sum(step.person_days for step in result(name).steps) <= high


def test_the_better_organisation_scores_higher() -> None:
    def low(name: str, standard: str) -> int:
        return result(name).of(standard).score.low or 0

    assert low("machine-shop", "iso-9001") < low("hospital-laundry", "iso-9001") < low("software-house", "iso-9001")
    assert low("builder", "iso-14001") < low("demo", "iso-14001") < low("logistics", "iso-14001")
    assert low("logistics", "iso-14001") < low("chemical-distributor", "iso-14001")


FAULTS = [
    ('"4" = "in-use"', '"4.9" = "in-use"', "4.9: is not a question of this edition, nor a clause"),
    ('"4" = "in-use"', "", "context: has no rung, neither by itself nor through clause 4.1"),
    ('"4" = "in-use"', '"4" = "great"', "4: expected one of absent, informal, defined, in-use, improved, found 'great'"),
    ("people = 64", 'people = "many"', "people: expected a whole number, found 'many'"),
    ('permits = "permit"', 'permits = "hundreds"', "permits: expected one of no, few, permit"),
    ('new-market = "no"', 'newest-market = "no"', "newest-market: is not a profile question"),
    ("[not-applicable.iso-9001]", '[not-applicable.iso-9001]\npolicy = "No."', "policy: always applies"),
    ("[standard.iso-14001]", "[standard.iso-50001]", "iso-50001: is not a standard"),
    ("months-since = 4", "months-since = 4\nmood = 'good'", "mood: is not known here"),
]


@pytest.mark.parametrize(("old", "new", "says"), FAULTS)
def test_a_sample_with_faults_is_refused_and_says_where(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = PATHS["demo"].read_text()
    assert old in text
    path = tmp_path / "sample.toml"
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(ContentError) as caught:
        read_sample(path, LIBRARY, TODAY)
    assert says in str(caught.value)


def test_the_demo_opens_with_one_click_and_is_a_copy_of_ones_own(browser: Browser) -> None:
    home = browser.open("/")
    overview = browser.send(home, to="/demo")
    assert "Brook Galvanising (invented)" in overview.text
    assert overview.path.startswith("/a/")
    other = browser.send(browser.open("/"), to="/demo")
    assert other.path != overview.path
    results = browser.open(overview.path + "results")
    assert "Too early for an audit" in results.text
    # A permit and an incident: the law is looked at before anything else.
    assert "Look through permits and laws for what is not kept" in results.text
    check = browser.open(overview.path + "iso-14001/check/8")
    assert "nobody had the drain plan" in check.text


def test_the_demo_without_its_token_starts_nothing(browser: Browser) -> None:
    page = browser.send(browser.open("/"), {"csrf_token": "wrong"}, to="/demo", status=400)
    assert "Your assessments in this browser" not in page.text
    assert "Your assessments in this browser" not in browser.open("/").text


def test_the_quick_check_says_what_it_does_not_look_at(browser: Browser) -> None:
    overview = browser.start()
    shown = browser.open(overview).text
    assert "Quick check: 24 questions first, about 50 minutes. Everything together is 138 questions, about 7 hours;" in shown
    # Whatever is asked first, the results are over all questions of both, so that choosing another path moves no figure.
    assert "0 of 241 questions answered" in browser.open(overview + "results").text


def test_content_without_a_demo_offers_none(database: Opening, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(shipped("questionnaires"), content)
    (content / "demo.toml").unlink()
    with database(tmp_path, content) as app:
        browser = Browser(app)
        assert "Open the sample organisation" not in browser.open("/").text
        browser.send(browser.open("/start"), to="/demo", status=404)
