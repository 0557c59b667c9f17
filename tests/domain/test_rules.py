"""The rules by example, with numbers worked out by hand from the published rules."""

from collections.abc import Mapping
from datetime import date

import pytest

from assessment.content import load
from assessment.domain.answers import Answer, AnswerSheet, Evidence, State, on_rung
from assessment.domain.findings import Grade, Reason, findings, months_later
from assessment.domain.outlook import outlook
from assessment.domain.questionnaire import Depth
from assessment.domain.rules import Rung, Size
from assessment.domain.scoring import score, score_of
from assessment.domain.standing import Verdict
from assessment.paths import shipped

LIBRARY = load(shipped("questionnaires"))
QUESTIONNAIRE = LIBRARY.questionnaire("iso-9001", "2026", Depth.FULL)
ON = date(2026, 11, 24)


def sheet(**rungs: Rung) -> AnswerSheet:
    return AnswerSheet(answers={f"iso-9001/{name.replace('_', '-')}": on_rung(rung) for name, rung in rungs.items()})


def found(answers: AnswerSheet) -> Mapping[str, tuple[Grade, Reason]]:
    return {each.questions[0].id: (each.grade, each.reason) for each in findings(QUESTIONNAIRE, answers, ON)}


def test_a_score_is_weighted_points_of_what_is_enough_rounded_down() -> None:
    # scope (weight 3) in use earns 12 of 12, roles (2) informal 2 of 8, climate change (1) is open: 0 to 4 of 4.
    wanted = {"scope", "roles", "climate-change"}
    questions = [question for question in QUESTIONNAIRE.questions if question.id in wanted]
    result = score_of(questions, sheet(scope=Rung.IN_USE, roles=Rung.INFORMAL), LIBRARY.rules)
    assert (result.earned_low, result.earned_high, result.possible) == (14, 18, 24)
    assert (result.low, result.high) == (58, 75)
    assert (result.asked, result.answered, result.open) == (3, 2, 1)


def test_more_than_enough_earns_nothing_more() -> None:
    enough, more = (sheet(scope=rung) for rung in (Rung.IN_USE, Rung.IMPROVED))
    assert score(QUESTIONNAIRE, enough) == score(QUESTIONNAIRE, more)


def test_where_nothing_applies_there_is_no_percent() -> None:
    result = score_of((), AnswerSheet(), LIBRARY.rules)
    assert (result.low, result.high) == (None, None)


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
    assert found(sheet(scope=rung)) == {"scope": (grade, reason)}


def test_another_gap_is_a_likely_minor_and_three_under_one_clause_are_a_major_as_well() -> None:
    two = findings(QUESTIONNAIRE, sheet(resources=Rung.ABSENT, knowledge=Rung.DEFINED), ON)
    assert [each.grade for each in two] == [Grade.LIKELY_MINOR] * 2
    three = findings(QUESTIONNAIRE, sheet(resources=Rung.ABSENT, knowledge=Rung.DEFINED, infrastructure=Rung.ABSENT), ON)
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


def test_the_verdict_needs_the_basics_then_no_major_and_few_minors() -> None:
    ready = {question.ref: Rung.IN_USE for question in QUESTIONNAIRE.questions}
    assert outlook(QUESTIONNAIRE, AnswerSheet().with_rungs(ready)).worst is Verdict.READY_FOR_STAGE_2
    no_policy = ready | {"iso-9001/policy": Rung.DEFINED}
    assert outlook(QUESTIONNAIRE, AnswerSheet().with_rungs(no_policy)).best is Verdict.TOO_EARLY
    no_cause = ready | {"iso-9001/corrective-action": Rung.INFORMAL}
    assert outlook(QUESTIONNAIRE, AnswerSheet().with_rungs(no_cause)).best is Verdict.READY_FOR_STAGE_1


def test_sizes_begin_and_end_where_the_rules_say() -> None:
    assert [LIBRARY.rules.size(people) for people in (1, 49, 50, 249, 250)] == [
        Size.SMALL,
        Size.SMALL,
        Size.MEDIUM,
        Size.MEDIUM,
        Size.LARGE,
    ]
