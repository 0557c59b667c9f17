"""Accepted versions: what they freeze, what stands in the way, and what changed since."""

from dataclasses import replace
from datetime import date

from assessment.domain.accepted_worksheet import Since, accept, accepted_from, cannot_accept, since
from assessment.domain.completeness import completeness
from assessment.domain.worksheet_lines import Filled
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


def test_the_next_review_asks_of_each_line_whether_it_is_still_so_and_knows_what_changed() -> None:
    before = accept(completeness(filled(TOLD), TODAY), 1, dict.fromkeys(TOLD, 1))
    now = filled({**TOLD, "F3": TRAVEL})
    later = date(2027, 11, 20)
    lines = {
        **now.lines,
        "F1": replace(now.lines["F1"], confirmed_on=later),
        "D1": replace(now.lines["D1"], removed=True),
        "F4": line("F4", removed=True),
    }
    found = since(before, Filled(worksheet=now.worksheet, lines=lines), {**dict.fromkeys(lines, 1), "F1": 2, "F2": 2})
    assert found == {
        "KC1": Since.TO_CONFIRM,
        "F1": Since.CONFIRMED,
        "F2": Since.CHANGED,
        "F3": Since.NEW,
        "D1": Since.DELETED,
    }
