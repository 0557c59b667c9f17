"""What would end stage 1 with an area of concern."""

import pytest
from hypothesis import given

from assessment.domain.answers import Answer, AnswerSheet, State
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.stops import StopReason, stops
from assessment.domain.tally import Tally
from assessment.domain.verdict import Verdict
from assessment.domain.verdict_range import verdict_range
from tests.domain.generated import QUICKLY, sheets
from tests.domain.shipped import ENOUGH, ISO_9001, ISO_14001, enough_but


def stopped(sheet: AnswerSheet, questionnaire: Questionnaire = ISO_9001) -> list[tuple[str, str]]:
    return [(stop.question.id if stop.question else "", stop.reason.value) for stop in stops(Tally(questionnaire, sheet))]


@pytest.mark.parametrize("name", ["scope", "policy", "objectives", "processes", "risks", "product-law"])
def test_what_stage_1_opens_first_stops_it_below_defined(name: str) -> None:
    assert stopped(enough_but(**{name: Rung.INFORMAL})) == [(name, "not-defined")]
    assert stopped(enough_but(**{name: Rung.DEFINED})) == []


def test_stage_1_of_the_environment_looks_at_aspects_and_obligations() -> None:
    everything = AnswerSheet().with_rungs({question.ref: Rung.ABSENT for question in ISO_14001.questions})
    assert [name for name, _ in stopped(everything, ISO_14001)] == [
        *("scope", "scope-complete", "policy", "policy-promises", "aspects", "aspects-abnormal", "significance"),
        *("obligations", "obligations-meaning", "objectives", "audit-programme", "review-dates", ""),
    ]


def test_programme_and_date_are_looked_at_only_until_audit_and_review_stand() -> None:
    assert stopped(enough_but(audit_programme=Rung.ABSENT, review_dates=Rung.ABSENT)) == []
    assert stopped(enough_but(audit_programme=Rung.ABSENT, internal_audit=Rung.INFORMAL)) == [
        ("audit-programme", "not-defined")
    ]
    assert stopped(enough_but(review_dates=Rung.ABSENT, management_review=Rung.INFORMAL)) == [("review-dates", "not-defined")]
    assert stopped(enough_but(review_dates=Rung.ABSENT, management_review=Rung.DEFINED)) == []


def test_an_exclusion_nobody_checked_or_gave_a_reason_for_stops_stage_1() -> None:
    def excluded(reason: str, checked: Rung) -> AnswerSheet:
        said = Answer(state=State.NOT_APPLICABLE, reason=reason)
        sheet = AnswerSheet(answers={**ENOUGH.answers, "iso-9001/calibration": said})
        return sheet.with_rungs({"iso-9001/scope-exclusions": checked})

    assert stopped(enough_but(scope_exclusions=Rung.ABSENT)) == []
    assert stopped(excluded("nothing we sell is measured", Rung.DEFINED)) == []
    assert stopped(excluded("nothing we sell is measured", Rung.INFORMAL)) == [("scope-exclusions", "exclusions-not-checked")]
    assert stopped(excluded("n/a", Rung.DEFINED)) == [("calibration", "no-reason-for-exclusion")]


@pytest.mark.parametrize("questionnaire", [ISO_9001, ISO_14001], ids=lambda questionnaire: questionnaire.standard.id)
def test_a_system_on_paper_that_nobody_lives_does_not_pass_stage_1(questionnaire: Questionnaire) -> None:
    paper = AnswerSheet().with_rungs({question.ref: Rung.DEFINED for question in questionnaire.questions})
    assert stopped(paper, questionnaire) == [("", "too-little-in-place")]


@QUICKLY
@given(sheets())
def test_what_is_known_to_stop_is_what_keeps_the_best_verdict_from_stage_1(
    given_sheet: tuple[Questionnaire, AnswerSheet],
) -> None:
    questionnaire, sheet = given_sheet
    assert bool(stops(Tally(questionnaire, sheet))) == (verdict_range(Tally(questionnaire, sheet)).best is Verdict.TOO_EARLY)
    assert all(stop.question or stop.reason is StopReason.TOO_LITTLE_IN_PLACE for stop in stops(Tally(questionnaire, sheet)))
