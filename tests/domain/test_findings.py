"""What an auditor would probably find, by example."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from assessment.domain.answers import Answer, AnswerSheet, Evidence, State, on_rung
from assessment.domain.findings import Grade, Reason, findings, freshness, months_later
from assessment.domain.rules import Rung
from tests.domain.shipped import DEMO, ISO_9001, LIBRARY, ON, answered


def found(answers: AnswerSheet) -> Mapping[str, tuple[Grade, Reason]]:
    return {each.questions[0].id: (each.grade, each.reason) for each in findings(ISO_9001, answers, ON)}


@pytest.mark.parametrize(
    ("rung", "grade", "reason"),
    [
        (Rung.ABSENT, Grade.LIKELY_MAJOR, Reason.ESSENTIAL_MISSING),
        (Rung.INFORMAL, Grade.LIKELY_MAJOR, Reason.ESSENTIAL_MISSING),
        (Rung.DEFINED, Grade.LIKELY_MINOR, Reason.ESSENTIAL_NOT_LIVED),
        (Rung.IN_USE, Grade.OPPORTUNITY, Reason.NOT_SHOWN),
    ],
)
def test_a_short_essential_is_graded_by_its_rung(rung: Rung, grade: Grade, reason: Reason) -> None:
    assert found(answered(scope=rung)) == {"scope": (grade, reason)}


def test_another_gap_is_a_likely_minor_and_three_under_one_clause_are_a_major_as_well() -> None:
    two = findings(ISO_9001, answered(resources=Rung.ABSENT, knowledge=Rung.DEFINED), ON)
    assert [each.grade for each in two] == [Grade.LIKELY_MINOR] * 2
    three = findings(ISO_9001, answered(resources=Rung.ABSENT, knowledge=Rung.DEFINED, infrastructure=Rung.ABSENT), ON)
    assert (three[0].grade, three[0].clause) == (Grade.LIKELY_MAJOR, "7.1")
    assert three[0].reason is Reason.SEVERAL_LAPSES
    assert len(three) == 4


def test_evidence_grows_old() -> None:
    shown = {"state": State.RUNG, "rung": Rung.IN_USE, "evidence": (Evidence(title="Audit report"),)}
    ref = "iso-9001/internal-audit"
    fresh = AnswerSheet(answers={ref: Answer(**shown, last_done=date(2025, 11, 24))})  # type: ignore[arg-type]
    stale = AnswerSheet(answers={ref: Answer(**shown, last_done=date(2025, 11, 23))})  # type: ignore[arg-type]
    assert found(fresh) == {}
    assert found(stale) == {"internal-audit": (Grade.OPPORTUNITY, Reason.OUT_OF_DATE)}


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_are_calendar_months(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_freshness_lists_what_goes_stale_the_earliest_first() -> None:
    listed = freshness(DEMO.questionnaires[0], DEMO.sheet)
    assert listed
    assert all(each.last_done == date(2026, 7, 27) and each.until == date(2027, 7, 27) for each in listed)
    audit, review = (LIBRARY.questions[f"iso-9001/{name}"] for name in ("internal-audit", "management-review"))
    sheet = AnswerSheet(
        answers={
            review.ref: replace(on_rung(Rung.IN_USE), last_done=date(2026, 1, 31)),
            audit.ref: replace(on_rung(Rung.IN_USE), last_done=date(2025, 9, 1)),
            "iso-9001/scope": replace(on_rung(Rung.IN_USE), last_done=date(2025, 9, 1)),
            "iso-9001/calibration": Answer(state=State.NOT_APPLICABLE, reason="None.", last_done=date(2025, 9, 1)),
        }
    )
    assert [(each.question.id, each.until) for each in freshness(DEMO.questionnaires[0], sheet)] == [
        ("internal-audit", date(2026, 9, 1)),
        ("management-review", date(2027, 1, 31)),
    ]
