"""How often we were right: what audits found, held against what was said on the day before."""

from dataclasses import replace
from datetime import date

import pytest

from assessment.domain.answers import Answer, AnswerSheet, on_rung
from assessment.domain.audit_findings import audits_of
from assessment.domain.hindsight import Expectation, Foretold, Hindsight, days_before, expectations, hindsight, together
from assessment.domain.progress import GivenAnswer
from assessment.domain.question_path import QuestionPath
from assessment.domain.rules import Rung
from assessment.domain.worksheet_lines import Filled
from tests.support.content import LIBRARY
from tests.support.worksheets import AUDITED, REAL, TODAY, Told, filled

ASKED = LIBRARY.questionnaire("iso-9001", "2026", QuestionPath.FULL)
OTHER = LIBRARY.questionnaire("iso-14001", "2026", QuestionPath.FULL)
EVE = date(2026, 8, 2)
NOTHING = AnswerSheet(answers={})
STAGE_2 = "real-findings/A2"


def sheet(**areas: Rung) -> dict[str, Answer]:
    """Everything in use, but the questions of some areas (8_4 for 8.4) on another rung."""
    lower = {area.replace("_", "."): rung for area, rung in areas.items()}
    found = {}
    for question in ASKED.questions:
        area = ASKED.areas[question.ref]
        found[question.ref] = replace(on_rung(lower.get(area, Rung.IN_USE)), last_done=EVE if question.deed else None)
    return found


def given(answers: dict[str, Answer], on: date) -> list[GivenAnswer]:
    return [GivenAnswer(ref=ref, answer=answer, who="Kim", on=on) for ref, answer in answers.items()]


def held(told: Filled, expected: dict[str, Expectation], audit: int = 1) -> Hindsight:
    return hindsight(audits_of([told])[audit], expected, [ASKED, OTHER])


def areas(rows: object) -> list[tuple[str, Foretold | None, list[str]]]:
    return [(row.area, row.expected, [each.line.id for each in row.findings]) for row in rows]  # type: ignore[attr-defined]


def test_what_was_said_is_read_from_the_answers_as_they_were_at_the_end_of_the_day_before() -> None:
    audits = audits_of([filled(AUDITED, REAL)])
    assert days_before(audits)[STAGE_2] == EVE
    before, after = sheet(**{"8_4": Rung.ABSENT}), sheet()
    history = [*given(before, EVE), *given(after, date(2026, 8, 3))]
    found = expectations(audits, [ASKED, OTHER], {EVE: history}, NOTHING, TODAY)[STAGE_2]
    assert found.keys() == {"iso-9001"}
    assert found["iso-9001"] == Expectation(on=EVE, areas={"8.4": Foretold.MAJOR})


def test_where_nothing_was_answered_before_the_answers_of_today_stand_in_and_it_is_known() -> None:
    audits = audits_of([filled(AUDITED, REAL)])
    today = AnswerSheet(answers=sheet(**{"7_2": Rung.DEFINED}))
    late = given(sheet(), date(2026, 8, 3))
    found = expectations(audits, [ASKED], {EVE: late}, today, TODAY)[STAGE_2]["iso-9001"]
    assert (found.on, found.areas) == (None, {"7.2": Foretold.MINOR})


def test_stage_1_is_held_against_what_would_have_stopped_it_and_not_against_likely_findings() -> None:
    audits = audits_of([filled(AUDITED, REAL)])
    eve = date(2026, 6, 9)
    history = given(sheet(**{"4_3": Rung.ABSENT, "8_4": Rung.ABSENT}), eve)
    found = expectations(audits, [ASKED], {eve: history}, NOTHING, TODAY)["real-findings/A1"]["iso-9001"]
    assert found.areas == {"4.3": Foretold.STOP}


def test_areas_with_open_questions_are_known_as_open_and_nothing_is_expected_there() -> None:
    audits = audits_of([filled(AUDITED, REAL)])
    answers = {ref: answer for ref, answer in sheet().items() if ASKED.areas[ref] != "8.4"}
    found = expectations(audits, [ASKED], {EVE: given(answers, EVE)}, NOTHING, TODAY)[STAGE_2]["iso-9001"]
    assert (found.open, found.areas) == (("8.4",), {})
    row = held(filled(AUDITED, REAL), {"iso-9001": found}).only_found[1]
    assert (row.area, row.was_open) == ("8.4", True)


EXPECTED = {"iso-9001": Expectation(on=EVE, areas={"8.4": Foretold.MINOR, "9.2": Foretold.MAJOR})}


def test_each_area_is_found_and_expected_or_found_only_or_expected_only() -> None:
    told = filled({**AUDITED, "A2": {**AUDITED["A2"], "complete": "yes"}}, REAL)
    found = held(told, EXPECTED)
    assert areas(found.both) == [("8.4", Foretold.MINOR, ["F1"])]
    assert areas(found.only_found) == [("7.2", None, ["F2"])]
    assert found.only_expected is not None
    assert areas(found.only_expected) == [("9.2", Foretold.MAJOR, [])]


def test_what_was_not_found_is_not_known_before_all_findings_are_written_down() -> None:
    found = held(filled(AUDITED, REAL), EXPECTED)
    assert found.only_expected is None
    assert together([found]).only_expected == 0


def test_two_findings_in_one_area_are_one_area_and_an_opportunity_counts_nowhere() -> None:
    again = {**AUDITED["F1"], "what": "A fourth supplier", "grade": "minor"}
    found = held(filled({**AUDITED, "F5": again}, REAL), EXPECTED)
    assert areas(found.both) == [("8.4", Foretold.MINOR, ["F1", "F5"])]
    assert "F3" not in [each.line.id for row in (*found.both, *found.only_found) for each in row.findings]
    assert found.apart == ()


@pytest.mark.parametrize("area", ["", "none", "iso-9001/10.3"])
def test_a_finding_without_an_area_that_is_asked_stands_apart(area: str) -> None:
    told = filled({**AUDITED, "F2": {**AUDITED["F2"], "area": area}}, REAL)
    found = held(told, EXPECTED)
    assert [each.line.id for each in found.apart] == ["F2"]
    assert together([found]).apart == 1


def test_areas_stand_in_the_order_of_their_clauses_and_each_with_its_standard() -> None:
    told: Told = {
        **AUDITED,
        "A2": {**AUDITED["A2"], "standards": ("iso-9001", "iso-14001"), "complete": "yes"},
        "F1": {**AUDITED["F1"], "area": "iso-9001/10.2"},
        "F5": {**AUDITED["F1"], "area": "iso-14001/9.1.2"},
    }
    ours = {"iso-9001": Expectation(on=EVE, areas={"10.2": Foretold.MINOR, "9.2": Foretold.MAJOR, "10.1": Foretold.MINOR})}
    theirs = {"iso-14001": Expectation(on=EVE, areas={"9.2": Foretold.MINOR})}
    found = held(filled(told, REAL), {**ours, **theirs, "iso-45001": Expectation(on=EVE, areas={})})
    assert [(row.standard, row.area) for row in found.both] == [("iso-9001", "10.2")]
    assert [(row.standard, row.area) for row in found.only_found] == [("iso-9001", "7.2"), ("iso-14001", "9.1.2")]
    assert [(row.standard, row.area) for row in found.only_expected or ()] == [
        ("iso-9001", "9.2"),
        ("iso-9001", "10.1"),
        ("iso-14001", "9.2"),
    ]
    assert found.expected == {**ours, **theirs}
    assert found.apart == ()


def test_areas_that_were_open_are_named_in_the_order_of_their_clauses() -> None:
    audits = audits_of([filled(AUDITED, REAL)])
    answers = {ref: answer for ref, answer in sheet().items() if ASKED.areas[ref] not in {"10.2", "9.2", "8.4"}}
    found = expectations(audits, [ASKED], {EVE: given(answers, EVE)}, NOTHING, TODAY)[STAGE_2]["iso-9001"]
    assert found.open == ("8.4", "9.2", "10.2")


def test_an_audit_of_a_standard_that_is_not_looked_at_is_held_against_nothing() -> None:
    (first, second) = audits_of([filled(AUDITED, REAL)])
    assert expectations([first, second], [OTHER], {}, NOTHING, TODAY) == {}
    found = hindsight(second, {}, [OTHER])
    assert (found.expected, found.both, found.only_found, found.apart) == ({}, (), (), ())


def test_all_audits_together_are_plain_counts_and_few_of_them_are_called_too_few() -> None:
    told = filled({**AUDITED, "A2": {**AUDITED["A2"], "complete": "yes"}}, REAL)
    stage_1 = held(told, {"iso-9001": Expectation(on=EVE, areas={"4.3": Foretold.STOP})}, audit=0)
    counted = together([stage_1, held(told, EXPECTED)])
    assert (counted.both, counted.only_found, counted.only_expected, counted.apart) == (2, 1, 1, 0)
    assert (counted.found, counted.few, counted.is_little) == (3, 10, True)
    assert together([]).is_little
    assert not replace(counted, both=9).is_little


def test_an_audit_without_a_day_or_on_the_first_of_all_days_is_held_against_today() -> None:
    for began in ("", "0001-01-01"):
        audits = audits_of([filled({"A1": {**AUDITED["A2"], "began": began, "ended": ""}}, REAL)])
        assert days_before(audits) == {}
        found = expectations(audits, [ASKED], {}, AnswerSheet(answers=sheet()), TODAY)
        assert found["real-findings/A1"]["iso-9001"].on is None
