"""What an auditor would probably write, by example: by area, one line each, nothing twice."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from assessment.domain.answers import Answer, AnswerSheet, Evidence, State, on_rung
from assessment.domain.clauses import clause_order
from assessment.domain.findings import Grade, findings, not_shown_yet, nothing_to_show_yet
from assessment.domain.freshness import as_of, worth_another_look
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.reasons import Reason
from assessment.domain.rules import Rung
from tests.domain.generated import QUICKLY, sheets
from tests.domain.shipped import ENOUGH, ISO_9001, ISO_14001, ON, answered, enough_but


def written(sheet: AnswerSheet, questionnaire: Questionnaire = ISO_9001) -> Mapping[str, tuple[Grade, Reason]]:
    return {finding.clause: (finding.grade, finding.reason) for finding in findings(questionnaire, sheet, ON)}


MAJOR, MINOR = Grade.LIKELY_MAJOR, Grade.LIKELY_MINOR


@pytest.mark.parametrize(
    ("rung", "expected"),
    [
        (Rung.ABSENT, {"4.3": (MAJOR, Reason.ESSENTIAL_MISSING)}),
        (Rung.INFORMAL, {"4.3": (MAJOR, Reason.ESSENTIAL_MISSING)}),
        (Rung.DEFINED, {"4.3": (MINOR, Reason.ESSENTIAL_NOT_LIVED)}),
        (Rung.IN_USE, {}),
    ],
)
def test_a_short_essential_is_graded_by_its_rung(rung: Rung, expected: object) -> None:
    assert written(answered(scope=rung)) == expected


@pytest.mark.parametrize(
    ("rung", "expected"),
    [
        (Rung.ABSENT, {"8.4": (MAJOR, Reason.REQUIRED_MISSING)}),
        (Rung.INFORMAL, {"8.4": (MINOR, Reason.BELOW_ENOUGH)}),
        (Rung.DEFINED, {"8.4": (MINOR, Reason.BELOW_ENOUGH)}),
        (Rung.IN_USE, {}),
    ],
)
def test_a_required_element_is_a_major_only_where_it_is_absent(rung: Rung, expected: object) -> None:
    assert written(answered(suppliers=rung)) == expected


@pytest.mark.parametrize("name", ["internal-audit", "management-review"])
def test_a_deed_that_is_only_planned_is_not_done_and_a_major(name: str) -> None:
    area = {"internal-audit": "9.2", "management-review": "9.3"}[name]
    assert written(answered(**{name: Rung.DEFINED})) == {area: (MAJOR, Reason.DEED_NOT_DONE)}
    old = AnswerSheet(answers={f"iso-9001/{name}": replace(on_rung(Rung.IN_USE), last_done=date(2024, 1, 1))})
    assert written(as_of(old, [ISO_9001], ON)) == {area: (MAJOR, Reason.DEED_STALE)}


def test_a_drill_of_long_ago_is_no_finding_since_the_standard_sets_no_interval() -> None:
    old = AnswerSheet(answers={"iso-14001/emergency-drill": replace(on_rung(Rung.IN_USE), last_done=date(2024, 1, 1))})
    assert as_of(old, [ISO_14001], ON) is old
    assert written(old, ISO_14001) == {}
    assert [question.id for question in worth_another_look(ISO_14001, old, ON)] == ["emergency-drill"]


def test_an_area_is_one_line_that_names_all_its_questions_gravest_first() -> None:
    (finding,) = findings(
        ISO_9001, answered(audit_follow_up=Rung.INFORMAL, internal_audit=Rung.ABSENT, auditors=Rung.ABSENT), ON
    )
    assert (finding.clause, finding.grade) == ("9.2", MAJOR)
    assert [question.id for question in finding.questions] == ["internal-audit", "auditors", "audit-follow-up"]


def test_areas_are_those_a_body_writes_against() -> None:
    assert {ISO_9001.areas[f"iso-9001/{name}"] for name in ("design-inputs", "design-tests")} == {"8.3"}
    assert ISO_9001.areas["iso-9001/calibration"] == ISO_9001.areas["iso-9001/measuring-equipment"] == "7.1.5"
    assert ISO_9001.areas["iso-9001/identification"] == "8.5.2"
    assert ISO_14001.areas["iso-14001/aspects"] == "6.1.2"
    assert ISO_14001.areas["iso-14001/risks"] == ISO_14001.areas["iso-14001/planned-actions"] == "6.1"


def test_several_lapses_on_one_lowest_clause_are_a_major_two_of_them_absent() -> None:
    # 7.5.3 holds more; these are ordinary or short only informally, so no single one is a major.
    low = {"external_documents": Rung.ABSENT, "information_protection": Rung.ABSENT}
    assert written(answered(**low)) == {"7.5": (MINOR, Reason.BELOW_ENOUGH)}
    assert written(answered(**low, documents=Rung.DEFINED)) == {"7.5": (MINOR, Reason.BELOW_ENOUGH)}
    assert written(answered(**low, documents=Rung.INFORMAL)) == {"7.5": (MAJOR, Reason.SEVERAL_LAPSES)}
    # On another lowest clause of the same area it is no lapse on the same matter.
    assert written(answered(**low, document_approval=Rung.ABSENT)) == {"7.5": (MINOR, Reason.BELOW_ENOUGH)}


def test_an_event_that_has_not_happened_is_no_finding_and_nothing_to_show() -> None:
    sheet = enough_but(planned_change=Rung.DEFINED, wrong_gauge=Rung.INFORMAL)
    assert written(sheet) == {"7.1.5": (MINOR, Reason.BELOW_ENOUGH)}
    # ENOUGH answers every event with what is enough: that nothing has happened.
    events = {question.id for question in ISO_9001.questions if question.event}
    assert {question.id for question in nothing_to_show_yet(ISO_9001, sheet)} == events - {"wrong-gauge"}
    assert events.isdisjoint(question.id for question in not_shown_yet(ISO_9001, sheet))


def test_the_date_of_the_next_review_is_no_finding_once_a_review_was_held() -> None:
    assert written(enough_but(review_dates=Rung.INFORMAL)) == {}
    open_review = AnswerSheet(answers={r: a for r, a in ENOUGH.answers.items() if r != "iso-9001/management-review"})
    assert written(open_review.with_rungs({"iso-9001/review-dates": Rung.INFORMAL})) == {"9.3": (MINOR, Reason.BELOW_ENOUGH)}


def test_what_is_claimed_without_evidence_is_not_shown_yet_and_no_finding() -> None:
    shown = Evidence(title="Audit report")
    audit = Answer(state=State.RUNG, rung=Rung.IN_USE, evidence=(shown,))
    sheet = AnswerSheet(
        answers={
            "iso-9001/internal-audit": audit,
            "iso-9001/scope": on_rung(Rung.IN_USE),
            "iso-9001/policy": replace(audit, rung=Rung.IMPROVED),
            "iso-9001/calibration": audit,
            "iso-9001/management-review": replace(audit, evidence=(shown, replace(shown, dated=date(2026, 5, 1)))),
        }
    )
    assert findings(ISO_9001, sheet, ON) == ()
    # The audit names no date, and it is a deed; the calibration needs none, and the review has one on its minutes.
    assert [question.id for question in not_shown_yet(ISO_9001, sheet)] == ["scope", "internal-audit"]
    assert [grade.name for grade in Grade] == ["LIKELY_MINOR", "LIKELY_MAJOR"]


@QUICKLY
@given(sheets())
def test_nothing_is_written_twice_and_majors_come_first(given_sheet: tuple[Questionnaire, AnswerSheet]) -> None:
    questionnaire, sheet = given_sheet
    lines = findings(questionnaire, sheet, ON)
    assert len({finding.clause for finding in lines}) == len(lines)
    named = [question.ref for finding in lines for question in finding.questions]
    assert len(set(named)) == len(named)
    assert all(sheet.is_gap(question) for finding in lines for question in finding.questions)
    assert all(questionnaire.areas[question.ref] == finding.clause for finding in lines for question in finding.questions)
    order = [(-finding.grade, clause_order(finding.clause)) for finding in lines]
    assert order == sorted(order)
