"""Significance as specified: the worked examples, what counts whatever the score, and the firm's own numbers."""

from dataclasses import replace

import pytest

from assessment.domain.significance import (
    Ground,
    Separation,
    Significance,
    judged,
    score,
    separation,
    significance,
)
from tests.support.worksheets import ACID_TANK, COOLING, ELECTRICITY, FUMES, PROCESS_MAP, REVIEW, TODAY, TRAVEL, Told, filled

METHOD, PRIORITY = REVIEW.methods


def judge(line_id: str, told: Told) -> Significance:
    found = filled(told)
    register = REVIEW.register_of(line_id)
    assert register is not None
    method = REVIEW.method_of(register.id)
    assert method is not None
    return significance(method, found, found.lines[line_id], TODAY)


def test_acid_fumes_of_a_galvaniser_score_28_and_24_after_the_scrubber() -> None:
    found = judge("F1", {"F1": FUMES})
    assert found.score.total == 28
    assert found.is_significant
    assert found.ground is Ground.OVERRIDE
    assert [override.id for override in found.overrides] == ["limit", "complaint"]
    assert found.after is not None
    assert found.after.total == 24


def test_the_steps_to_a_score_can_be_followed_by_hand() -> None:
    found = judge("F1", {"F1": FUMES}).score
    assert [(step.numbers, step.makes) for step in found.factors] == [((4,), 4), ((4, 5), 5)]
    assert tuple(step.factor for step in found.factors) == METHOD.factors
    assert [step.join for step in found.factors] == [factor.join for factor in METHOD.factors]
    assert [(step.addend.times, step.number) for step in found.addends] == [(2, 2), (2, 2)]


def test_an_acid_tank_by_a_stream_is_a_priority_although_it_is_unlikely() -> None:
    found = judge("G1", {"G1": ACID_TANK})
    assert (found.score.total, found.is_significant, found.ground) == (10, True, Ground.OVERRIDE)
    assert judge("G1", {"G1": {**ACID_TANK, "off-site": "no"}}).is_significant is False


def test_electricity_of_a_web_agency_is_not_significant_and_its_travel_is() -> None:
    assert (judge("F1", {"F1": ELECTRICITY}).score.total, judge("F1", {"F1": ELECTRICITY}).is_significant) == (9, False)
    assert (judge("F1", {"F1": TRAVEL}).score.total, judge("F1", {"F1": TRAVEL}).is_significant) == (14, True)


def test_a_leak_check_that_nobody_knows_of_makes_a_small_aspect_significant() -> None:
    unknown = {"F1": COOLING, "D1": {"kept": "not-known"}}
    assert judge("F1", unknown).score.total == 4
    assert judge("F1", unknown).is_significant
    assert not judge("F1", {**unknown, "D1": {"kept": "yes"}}).is_significant


def test_an_incident_of_the_last_24_months_counts_and_an_older_one_does_not() -> None:
    def after(day: str) -> bool | None:
        return judge("F1", {"F1": ELECTRICITY, "I1": {"happened": day, "about": ("F1",)}}).is_significant

    assert after("2024-11-27")
    assert not after("2024-11-26")


def test_the_larger_of_two_is_a_choice_of_the_firm_as_is_the_threshold() -> None:
    assert judge("F1", {"F1": ELECTRICITY, "FX1": {"join": "largest"}}).score.total == 15
    own = judge("F1", {"F1": ELECTRICITY, "FX1": {"threshold": "9"}})
    assert (own.is_significant, own.threshold, own.method) == (True, 9, METHOD)
    largest = judge("F1", {"F1": {**FUMES, "extent": "2"}, "FX1": {"join": "largest"}})
    assert largest.after is not None
    assert largest.after.total == largest.score.total


def test_what_has_an_open_number_is_neither_significant_nor_not() -> None:
    found = judge("F1", {"F1": {"severity": "5"}})
    assert (found.is_significant, found.ground, found.score.total) == (None, Ground.OPEN, None)
    assert set(found.score.open_fields) == {"extent", "often", "reach", "parties"}


def test_a_verdict_by_hand_goes_before_the_score_and_after_what_counts_anyway() -> None:
    by_hand = {**ELECTRICITY, "verdict": "yes", "verdict-reason": "The owner wants it."}
    assert judge("F1", {"F1": by_hand}).ground is Ground.BY_HAND
    assert judge("F1", {"F1": by_hand}).is_significant is True
    against = judge("F1", {"F1": {**TRAVEL, "verdict": "no", "verdict-reason": "One trip a year."}})
    assert (against.ground, against.is_significant) == (Ground.BY_HAND, False)
    assert judge("F1", {"F1": {**FUMES, "verdict": "no"}}).is_significant


def test_helpful_aspects_are_listed_apart() -> None:
    assert judge("F1", {"F1": {**TRAVEL, "effect": "helpful"}}).apart
    assert not judge("F1", {"F1": TRAVEL}).apart


def test_scores_go_from_1_to_33() -> None:
    low = {"severity": "1", "extent": "1", "often": "1", "reach": "0", "parties": "0"}
    high = {"severity": "5", "extent": "5", "often": "5", "reach": "2", "parties": "2"}
    assert (score(METHOD, low).total, score(METHOD, high).total) == (1, 33)


@pytest.mark.parametrize(("high", "hint"), [(0, Separation.HARDLY_ANY), (4, Separation.FINE), (8, Separation.MORE_THAN_HALF)])
def test_criteria_that_do_not_separate_are_hinted_at_from_fifteen_lines_on(high: int, hint: Separation) -> None:
    told = {f"F{number}": (TRAVEL if number <= high else ELECTRICITY) for number in range(1, 16)}
    found = judged(filled(told), METHOD, TODAY)
    assert separation(METHOD, found) is hint
    assert separation(METHOD, found[:14]) is Separation.FINE


@pytest.mark.parametrize(("high", "hint"), [(1, Separation.FINE), (10, Separation.FINE), (11, Separation.MORE_THAN_HALF)])
def test_one_in_twenty_and_a_half_still_separate(high: int, hint: Separation) -> None:
    told = {f"F{number}": (TRAVEL if number <= high else ELECTRICITY) for number in range(1, 21)}
    assert separation(METHOD, judged(filled(told), METHOD, TODAY)) is hint


def test_a_quality_worksheet_scores_its_risks_by_the_same_code() -> None:
    told = {"R1": {"effect": "4", "likelihood": "2"}, "R2": {"effect": "3", "likelihood": "2"}}
    [method] = PROCESS_MAP.methods
    found = judged(filled(told, PROCESS_MAP), method, TODAY)
    assert [each.line.id for each in found if each.is_significant] == ["R1"]


def test_deleted_incidents_count_no_more() -> None:
    found = filled({"F1": ELECTRICITY, "I1": {"happened": "2026-01-01", "about": ("F1",)}})
    gone = replace(found, lines={**found.lines, "I1": replace(found.lines["I1"], removed=True)})
    assert significance(METHOD, found, found.lines["F1"], TODAY).is_significant
    assert not significance(METHOD, gone, gone.lines["F1"], TODAY).is_significant
