"""The questions a path asks first, and that it changes nothing else."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from assessment.domain.answers import AnswerSheet, on_rung
from assessment.domain.asked_first import asked_first
from assessment.domain.findings import findings
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.scoring import score
from assessment.domain.tally import Tally
from assessment.domain.verdict_range import verdict_range
from tests.domain.generated import QUICKLY, sheets
from tests.domain.shipped import ENOUGH, ISO_9001, ON
from tests.support.content import LIBRARY


def first(standard: str, edition: str, path: QuestionPath, sheet: AnswerSheet | None = None) -> list[str]:
    questionnaire = LIBRARY.questionnaire(standard, edition, path)
    return [question.id for question in asked_first(questionnaire, sheet or AnswerSheet(), ON)]


def test_the_quick_path_asks_what_is_marked_and_the_full_one_everything() -> None:
    assert first("iso-9001", "2026", QuestionPath.QUICK) == [question.id for question in ISO_9001.questions if question.quick]
    assert first("iso-9001", "2026", QuestionPath.FULL) == [question.id for question in ISO_9001.questions]


def test_who_holds_the_older_edition_is_asked_only_what_is_new() -> None:
    assert first("iso-14001", "2026", QuestionPath.NEW_IN_EDITION) == [
        *("named-conditions", "scope-life-cycle", "support-for-others", "emergencies-apart", "planned-change"),
        *("system-change", "external-provision", "audit-objectives"),
    ]
    assert len(first("iso-14001", "2015", QuestionPath.NEW_IN_EDITION)) == 97  # it supersedes nothing here


def test_a_year_later_deeds_and_old_dates_and_gaps_come_first() -> None:
    sheet = ENOUGH.with_rungs({"iso-9001/knowledge": Rung.DEFINED})
    old = replace(on_rung(Rung.IN_USE), last_done=date(2025, 1, 1))
    answers = {**sheet.answers, "iso-9001/calibration": old}
    del answers["iso-9001/climate-change"]
    sheet = AnswerSheet(answers=answers)
    assert first("iso-9001", "2026", QuestionPath.AGAIN, sheet) == [
        *("climate-change", "calibration", "knowledge", "internal-audit", "management-review")
    ]


@pytest.mark.broad
@QUICKLY
@given(sheets())
def test_a_path_changes_no_number(given_sheet: tuple[Questionnaire, AnswerSheet]) -> None:
    questionnaire, sheet = given_sheet
    for path in QuestionPath:
        other = replace(questionnaire, path=path)
        assert score(other, sheet) == score(questionnaire, sheet)
        assert findings(other, sheet, ON) == findings(questionnaire, sheet, ON)
        assert verdict_range(Tally(other, sheet)) == verdict_range(Tally(questionnaire, sheet))
        assert {question.ref for question in asked_first(other, sheet, ON)} <= set(other.by_ref)
