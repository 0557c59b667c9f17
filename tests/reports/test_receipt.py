"""The download is a receipt: a second scorer agrees with it, and `verify` recomputes it."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from assessment.commands import main
from assessment.content import read_sample
from assessment.domain.answers import Answer, AnswerSheet, Evidence, State
from assessment.domain.planning import StepNote
from assessment.domain.profile import Profile
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.result import Result, assess
from assessment.domain.rules import Rung
from assessment.reports.json_file import to_data, to_json
from assessment.reports.json_standard import answer_data, score_data
from assessment.reports.receipt import ReceiptError, verify
from assessment.reports.summary import summarise
from tests.reports.situations import situation
from tests.support import second_carrier, second_scorer
from tests.support.content import CONTENT, LIBRARY
from tests.support.opener import Browser

TODAY = date(2026, 11, 24)
MANY = 1_000  # of both standards each


def random_answer(chance: random.Random) -> Answer:
    state = chance.choice([State.RUNG] * 6 + [State.UNKNOWN, State.UNANSWERED, State.NOT_APPLICABLE])
    return Answer(
        state=state,
        rung=chance.choice(list(Rung)) if state is State.RUNG else None,
        reason=chance.choice(["", " ", "We do none.", "We do none of this here."]),
        note=chance.choice(["", "Ünïcode “note”"]),
        evidence=chance.choice([(), (Evidence(title="Report", where="Shelf 3", dated=TODAY),)]),
        last_done=chance.choice([None, TODAY - timedelta(days=chance.randrange(0, 1500))]),
    )


def random_result(chance: random.Random) -> Result:
    chosen: list[Questionnaire] = [
        LIBRARY.questionnaire(standard.id, chance.choice(standard.editions).id, chance.choice(list(QuestionPath)))
        for standard in LIBRARY.standards.values()
    ]
    answers = {question.ref: random_answer(chance) for each in chosen for question in each.questions}
    profile = Profile(values={"people": (str(chance.randrange(1, 400)),)})
    return assess(LIBRARY, chosen, AnswerSheet(answers=answers), profile, TODAY)


def random_download(chance: random.Random) -> dict[str, Any]:
    result = random_result(chance)
    asked_for = [each.questionnaire.standard.id for each in result.standards]
    return to_data(summarise(result, "Random Ltd", "0", asked_for))


def agree(result: Result) -> None:
    for standard in result.standards:
        questionnaire = standard.questionnaire
        told = {
            "standard": questionnaire.standard.id,
            "edition": questionnaire.edition.id,
            "depth": questionnaire.path.value,
            "answers": {question.id: answer_data(result.sheet.answer(question)) for question in questionnaire.questions},
        }
        again = second_scorer.recompute(CONTENT, told, TODAY)
        assert again["score"] == score_data(standard.score)
        assert again["by-chapter"] == {chapter.number: score_data(score) for chapter, score in standard.by_chapter}
        assert again["by-principle"] == {principle.id: score_data(score) for principle, score in standard.by_principle}
        assert (again["worst"], again["best"]) == (standard.verdict_range.worst.id, standard.verdict_range.best.id)
        named = {finding.clause: finding.grade.name.lower().replace("_", "-") for finding in standard.findings}
        assert again["areas"] == named
        counted = Counter(named.values())
        assert again["grades"] == {grade: counted[grade] for grade in again["grades"]}


@pytest.fixture(scope="module")
def files_read_once() -> Iterator[None]:
    """Let the second scorer read each file once; it stays without any code of the product."""
    patch = pytest.MonkeyPatch()
    for reader in (second_scorer, second_carrier):
        patch.setattr(reader, "read", cache(second_scorer.read))
    yield
    patch.undo()


@pytest.mark.broad
@pytest.mark.usefixtures("files_read_once")
def test_a_second_scorer_agrees_on_thousands_of_random_assessments() -> None:
    chance = random.Random(20261124)  # noqa: S311  # nothing secret
    for _ in range(MANY):
        agree(random_result(chance))


def test_the_second_scorer_agrees_with_a_download_read_back() -> None:
    for standard in json.loads(demo())["standards"]:
        again = second_scorer.recompute(CONTENT, standard, TODAY)
        assert {**again["score"], "how": standard["score"]["how"]} == standard["score"]
        assert again["by-chapter"] == standard["by-chapter"]
        assert again["best"] == standard["verdict"]["best"]


@pytest.mark.broad
@pytest.mark.usefixtures("files_read_once")
def test_a_second_reading_of_the_rules_carries_the_same_answers() -> None:
    carried = methods = 0
    for times in range(40):
        said = random_download(random.Random(times))  # noqa: S311  # nothing secret
        standards = {standard["standard"]: standard for standard in said["standards"]}
        (compared,) = said["comparisons"]
        assert {side["for"] for side in compared["carried"]} == standards.keys()
        for side in compared["carried"]:
            again = second_carrier.carried(CONTENT, standards[side["for"]], standards[side["from"]])
            assert (again[0], sorted(again[1])) == (side["suggested"], sorted(side["same-method"]))
            carried, methods = carried + len(again[0]), methods + len(again[1])
    assert carried > 100
    assert methods > 100
    assert "assessment." not in Path(second_carrier.__file__).read_text()


def test_the_second_scorer_is_short_and_shares_no_code_with_the_product() -> None:
    text = (Path(second_scorer.__file__)).read_text()
    # Longer than it was: areas, gates and stale deeds are rules of their own, and each is recomputed here.
    assert len(text.splitlines()) <= 200
    assert "assessment." not in text


@cache
def demo() -> bytes:
    told = read_sample(CONTENT / "demo.toml", LIBRARY, TODAY)
    result = assess(LIBRARY, told.questionnaires, told.sheet, told.profile, TODAY)
    return to_json(summarise(result, told.organisation, "9.9", ["iso-9001", "iso-14001"]))


def test_a_receipt_with_finished_steps_and_refused_suggestions_is_recomputed_equal() -> None:
    told = read_sample(CONTENT / "demo.toml", LIBRARY, TODAY)
    result = assess(LIBRARY, told.questionnaires, told.sheet, told.profile, TODAY)
    done = {result.steps[0].action.key: StepNote(owner="Ada", due=TODAY, done_on=TODAY)}
    refused = [next(iter(told.questionnaires[0].by_ref))]
    text = to_json(summarise(result, told.organisation, "9.9", ["iso-9001"], notes=done, refused=refused))
    assert verify(text, LIBRARY, "9.9").equal
    assert json.loads(text)["calendar"] != json.loads(demo())["calendar"]


def test_a_receipt_is_recomputed_equal_for_all_standards_or_one() -> None:
    found = verify(demo(), LIBRARY, "9.9")
    assert (found.equal, found.causes) == (True, ())
    told = read_sample(CONTENT / "demo.toml", LIBRARY, TODAY)
    result = assess(LIBRARY, told.questionnaires, told.sheet, told.profile, TODAY)
    assert verify(to_json(summarise(result, "One", "9.9", ["iso-14001"])), LIBRARY, "9.9").equal


@pytest.mark.parametrize("times", range(20))
def test_random_receipts_are_recomputed_equal(times: int) -> None:
    said = random_download(random.Random(times))  # noqa: S311  # nothing secret
    assert verify(json.dumps(said).encode(), LIBRARY, "0").equal


def test_a_changed_result_is_named() -> None:
    said = json.loads(demo())
    said["standards"][1]["score"]["low"] += 1
    found = verify(json.dumps(said).encode(), LIBRARY, "9.9")
    assert [each.where for each in found.differences] == ["/standards/1/score/low"]
    said = json.loads(demo())
    said["standards"][1]["answers"]["scope"]["rung"] = "in-use"
    places = {each.where for each in verify(json.dumps(said).encode(), LIBRARY, "9.9").differences}
    assert "/standards/1/score/earned-low" in places


def test_a_receipt_of_another_content_says_what_was_different() -> None:
    said = json.loads(demo())
    said["content"]["hash"] = "0" * 64
    found = verify(json.dumps(said).encode(), LIBRARY, "10.0")
    assert [cause.partition(" was ")[0] for cause in found.causes] == ["the product", "the content"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", "is not JSON"),
        (b"\xff\xfe", "is not JSON"),
        (b"[]", "is not a receipt"),
        (b'{"format": "x", "format": "y"}', "“format” twice"),
        (b'{"format": "x", "date": {"a": 1, "a": 1}}', "“a” twice"),
        (b'{"format": "x", "a": 1e999}', "is not JSON"),
        (b'{"format": "other"}', "is not a receipt"),
        (b"[" * 100_000, "is not JSON"),
        (b'{"format": "iso-readiness/gap-summary/1"}', "is incomplete or was changed by hand"),
        (b'{"format": "iso-readiness/gap-summary/1", "chosen": 3}', "is incomplete or was changed by hand"),
    ],
)
def test_a_file_that_is_no_receipt_is_refused(text: bytes, says: str) -> None:
    with pytest.raises(ReceiptError, match=says):
        verify(text, LIBRARY, "9.9")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"edition": "2026"', '"edition": "1066"'),
        ('"date": "2026-11-24"', '"date": "soon"'),
        ('"depth": "full"', '"depth": "deep"'),
        ('"rung": "improved"', '"rung": "great"'),
        ('"state": "rung"', '"state": "unknown"'),
    ],
)
def test_a_receipt_with_a_strange_value_is_refused(old: str, new: str) -> None:
    text = demo().decode()
    assert old in text
    with pytest.raises(ReceiptError):
        verify(text.replace(old, new).encode(), LIBRARY, "9.9")


def test_the_command_verifies_a_download(browser: Browser, tmp_path: Path) -> None:
    hub = browser.start_sample()
    path = tmp_path / "summary.json"
    path.write_bytes(browser.client.get(hub + "summary.json").get_data())
    said = CliRunner().invoke(main, ["verify", str(path)])
    assert (said.exit_code, said.output) == (0, "Equal: every result was recomputed as the file says.\n")
    changed = json.loads(path.read_text())
    asked = changed["standards"][0]["score"]["asked"]
    changed["standards"][0]["score"]["asked"] = asked + 1
    path.write_text(json.dumps(changed))
    said = CliRunner().invoke(main, ["verify", str(path)])
    assert said.exit_code == 1
    assert f"/standards/0/score/asked: the file says {asked + 1}, recomputed {asked}" in said.output
    path.write_text("nothing")
    said = CliRunner().invoke(main, ["verify", str(path)])
    assert (said.exit_code, "is not JSON" in said.output) == (1, True)


def with_worksheets() -> dict[str, Any]:
    return json.loads(to_json(situation("worksheets")))  # type: ignore[no-any-return]


def test_a_receipt_holds_the_worksheets_and_recomputes_their_scores() -> None:
    said = with_worksheets()
    assert said["worksheets"].keys() == {"environmental-review", "process-map"}
    review = said["worksheets"]["environmental-review"]
    assert review["scores"]["F1"]["total"] == 28
    assert review["open-first"] == ["D1", "D2"]
    assert [action["owner"] for action in review["actions"]] == ["Kim"]
    assert verify(json.dumps(said).encode(), LIBRARY, "9.9").equal


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda review: review["scores"]["F1"].update(total=11), "scores/F1/total"),
        (
            lambda review: review["lines"]["F1"]["values"].update(severity="1"),
            "scores/F1/total",
        ),
        (
            lambda review: review["lines"]["K1"]["values"].update(due="2030-01-01"),
            "actions/0/due",
        ),
        (lambda review: review.update(missing=0), "missing"),
        (lambda review: review["lines"].pop("D1"), "open-first"),
    ],
)
def test_a_changed_line_or_score_of_a_worksheet_is_named(change: Any, where: str) -> None:
    said = with_worksheets()
    change(said["worksheets"]["environmental-review"])
    assert f"/worksheets/environmental-review/{where}" in [
        each.where for each in verify(json.dumps(said).encode(), LIBRARY, "9.9").differences
    ]


def test_a_receipt_from_before_there_were_worksheets_is_still_equal() -> None:
    said = json.loads(demo())
    assert said.pop("worksheets") == {}
    assert verify(json.dumps(said).encode(), LIBRARY, "9.9").equal


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said.update(worksheets=[]),
        lambda said: said["worksheets"].update(nowhere={}),
        lambda said: said["worksheets"]["process-map"].pop("lines"),
        lambda said: said["worksheets"]["process-map"]["lines"]["P1"].update(values={"name": 3}),
        lambda said: said["worksheets"]["process-map"]["lines"]["P1"].update(values={"name": "x" * 2001}),
        lambda said: said["worksheets"]["process-map"]["lines"].update(
            {f"P{number}": said["worksheets"]["process-map"]["lines"]["P1"] for number in range(2, 5003)}
        ),
    ],
)
def test_a_worksheet_that_cannot_be_is_refused(change: Any) -> None:
    said = with_worksheets()
    change(said)
    with pytest.raises(ReceiptError):
        verify(json.dumps(said).encode(), LIBRARY, "9.9")


def test_a_value_that_no_form_of_a_worksheet_takes_is_a_difference() -> None:
    said = with_worksheets()
    said["worksheets"]["process-map"]["lines"]["M1"]["values"]["due"] = "soon"
    found = verify(json.dumps(said).encode(), LIBRARY, "9.9")
    assert not found.equal
    assert any(difference.where.endswith("due") for difference in found.differences)
