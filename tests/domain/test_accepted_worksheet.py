"""Accepted versions: what they freeze, what stands in the way, and what changed since."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from assessment.domain.accepted_worksheet import (
    AcceptedLines,
    Since,
    SinceLine,
    accept,
    accepted_from,
    cannot_accept,
    since,
    stands,
)
from assessment.domain.completeness import completeness
from assessment.domain.worksheet_lines import Filled, Line
from tests.support.worksheets import FUMES, PROCESS_MAP, TODAY, TRAVEL, Told, filled, line

CONCLUSION = {"reviewer": "Kim", "leader": "Ada Novak", "aims": "Less acid", "next": "2027-11-01"}
TOLD: Told = {"KC1": CONCLUSION, "F1": FUMES, "F2": {"severity": "1"}, "D1": {"kept": "yes"}}


def test_a_version_freezes_every_line_with_its_version_and_its_score() -> None:
    found = accept(completeness(filled(TOLD), TODAY), 1, {"KC1": 2, "F1": 3, "F2": 1, "D1": 1})
    assert (found.on, found.leader, found.revision) == (TODAY, "Ada Novak", "2026-11-27")
    assert found.lines == {"KC1": 2, "F1": 3, "F2": 1, "D1": 1}
    assert found.scores == {"F1": (28, True), "F2": (None, False)}
    assert accepted_from(1, found.to_values()) == found


def test_nothing_is_accepted_without_a_conclusion_or_with_a_breach_that_has_no_action() -> None:
    def blocked(told: Told) -> tuple[str, ...]:
        return cannot_accept(completeness(filled(told), TODAY))

    assert blocked({}) == ("conclusion",)
    assert blocked({"KC1": CONCLUSION}) == ()
    breach: Told = {"KC1": CONCLUSION, "D1": {"kept": "no"}}
    assert blocked(breach) == ("breaches-acted-on",)
    assert blocked({**breach, "K1": {"for": ("D1",), "owner": "Kim", "due": "2027-01-01"}}) == ()
    assert cannot_accept(completeness(filled({}, PROCESS_MAP), TODAY)) == ("conclusion",)


LATER = date(2027, 11, 20)


def reviewed(lines: Mapping[str, Line]) -> dict[str, SinceLine]:
    """How lines stand, a year later, to a version with those told above."""
    then = filled(TOLD)
    version = accept(completeness(then, TODAY), 1, dict.fromkeys(TOLD, 1))
    now = Filled(worksheet=then.worksheet, lines={**then.lines, **lines})
    return {found.line.id: found for found in since(AcceptedLines(version=version, filled=then), completeness(now, LATER))}


def test_the_next_review_asks_of_each_line_whether_it_is_still_so_and_knows_what_changed() -> None:
    then = filled(TOLD).lines
    found = reviewed(
        {
            "F1": replace(then["F1"], confirmed_on=LATER),
            "F2": line("F2", {"severity": "2"}),
            "F3": line("F3", TRAVEL),
            "D1": replace(then["D1"], removed=True),
            "F4": line("F4", removed=True),
        }
    )
    assert {line_id: each.how for line_id, each in found.items()} == {
        "KC1": Since.TO_CONFIRM,
        "F1": Since.CONFIRMED,
        "F2": Since.CHANGED,
        "F3": Since.NEW,
        "D1": Since.DELETED,
    }
    assert found["F2"].fields == ("severity",)


def test_a_line_that_was_confirmed_and_changed_is_changed_and_one_changed_back_is_not() -> None:
    then = filled(TOLD).lines
    changed = replace(then["F1"], values={**FUMES, "extent": "1"}, confirmed_on=LATER)
    found = reviewed({"F1": changed})["F1"]
    assert (found.how, found.fields) == (Since.CHANGED, ("extent",))
    assert (found.scored_before, found.scored, found.is_scored_otherwise) == ((28, True), (20, True), True)
    assert reviewed({"F1": then["F1"]})["F1"].how is Since.TO_CONFIRM


def test_what_was_confirmed_before_a_version_was_accepted_is_asked_again_after_it() -> None:
    told = line("F2", {"severity": "1"})
    before = replace(told, confirmed_on=TODAY)
    assert stands(before, before, LATER) is Since.TO_CONFIRM
    assert stands(replace(told, confirmed_on=LATER), before, LATER) is Since.CONFIRMED
    assert stands(before, before, TODAY) is Since.CONFIRMED
