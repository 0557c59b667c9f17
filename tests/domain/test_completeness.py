"""What is missing for a complete worksheet, rule by rule."""

from assessment.domain.completeness import (
    Missing,
    chosen_lists,
    completeness,
    open_lines,
    parts_in_order,
    undecided,
)
from assessment.domain.worksheet_lines import Declined, Filled
from tests.support.worksheets import PROCESS_MAP, REVIEW, TODAY, TRAVEL, Told, filled, line

DUTY = {"title": "Waste", "level": "national", "means": "Notes", "who": "Kim"}


def missing(rule: str, told: Told) -> tuple[Missing, ...]:
    return completeness(filled(told), TODAY).by_rule[rule]


def lines(rule: str, told: Told) -> list[str]:
    return [each.line.id if each.line else "" for each in missing(rule, told)]


def test_an_empty_review_misses_something_in_most_parts_and_nothing_is_needed_to_save() -> None:
    complete = completeness(filled({}), TODAY)
    assert not complete.is_complete
    assert {part.letter for part in REVIEW.parts if complete.of_part(part)} == set("ABCDEFGHIJK")


def test_needed_fields_are_missing_line_by_line() -> None:
    complete = completeness(filled({"D1": {**DUTY, "kept": "yes"}}), TODAY)
    assert [each.field.id for each in complete.by_register["obligations"] if each.field] == ["proof", "checked"]
    assert not complete.is_filled_in("obligations")
    kept = {**DUTY, "kept": "not-due"}
    assert completeness(filled({"D1": kept}), TODAY).is_filled_in("obligations")
    assert not completeness(filled({}), TODAY).is_filled_in("obligations")


def test_what_is_missing_is_named_with_its_register_its_line_and_its_rule() -> None:
    told: Told = {
        "C1": {},
        "D1": {**DUTY, "kept": "no"},
        "D2": {},
        "D3": {},
        "E1": {"name": "Pickling"},
        "F1": {**TRAVEL, "stage": "own"},
        "G1": {"severity": "3", "likelihood": "2", "off-site": "no"},
        "AF1": {"lists": ("surface",)},
    }
    complete = completeness(filled(told), TODAY)
    for rule, register, ids in (
        ("party", "parties", [""]),
        ("steps-normal", "steps", ["E1"]),
        ("stages", "aspects", [""] * 4),
        ("aspects-offered", "aspects", [""]),
        ("half-meant", "obligations", [""]),
        ("kept-with-proof", "obligations", []),
        ("obligations-known", "obligations", ["D2", "D3"]),
        ("breaches-acted-on", "obligations", ["D1"]),
        ("significant-owned", "aspects", ["F1"]),
        ("emergencies-planned", "emergencies", ["G1"]),
    ):
        found = complete.by_rule[rule]
        assert [(each.register.id, each.rule and each.rule.id) for each in found] == [(register, rule)] * len(ids), rule
        assert [each.line.id if each.line else "" for each in found] == ids, rule
    needed = [(each.register.id, each.line and each.line.id) for each in complete.by_register["obligations"] if each.field]
    assert {line_id for _, line_id in needed} == {"D2", "D3"}, "of a duty that is not kept nothing more is needed"
    assert {register for register, _ in needed} == {"obligations"}


def test_a_part_misses_what_its_own_registers_miss() -> None:
    complete = completeness(filled({"C1": {}, "D1": {**DUTY, "kept": "no"}}), TODAY)
    for part in REVIEW.parts:
        own = {register.id for register in part.registers}
        assert {each.register.id for each in complete.of_part(part)} <= own
    with_breach = next(part for part in REVIEW.parts if part.letter == "D")
    assert "breaches-acted-on" in {each.rule.id for each in complete.of_part(with_breach) if each.rule}


def test_the_one_line_of_a_register_is_looked_at_before_anything_is_saved_and_others_are_not() -> None:
    complete = completeness(filled({}), TODAY)
    assert [each for each in complete.by_register["firm"] if each.field]
    assert not [each for each in complete.by_register["obligations"] if each.field]


def test_a_register_must_have_so_many_lines_or_a_reason() -> None:
    assert lines("party", {"C1": {}, "C2": {}}) == [""]
    assert lines("party", {"C1": {}, "C2": {}, "C3": {}}) == []
    assert lines("incident", {}) == [""]
    assert lines("incident", {"IN1": {"looked": "Diary and insurer."}}) == []


def test_every_step_is_followed_by_an_aspect_or_says_why_not() -> None:
    told: Told = {
        "E1": {"name": "Pickling"},
        "E2": {"no-abnormal": "It never stops."},
        "F1": {"condition": "normal", "steps": ("E1",)},
    }
    assert lines("steps-normal", told) == ["E2"]
    assert lines("steps-abnormal", told) == ["E1"]


def test_every_life_stage_has_a_line_or_a_reason() -> None:
    told: Told = {"F1": {"stage": "own"}, "FC1": {"use": "We sell nothing that is used."}}
    assert [each.choice for each in missing("stages", told)] == ["Before us", "On the road", "At its end"]


def test_a_breach_needs_an_action_with_a_name_and_a_day() -> None:
    told: Told = {"D1": {"kept": "no"}, "K1": {"for": ("D1",), "owner": "Kim"}}
    assert lines("breaches-acted-on", told) == ["D1"]
    assert lines("breaches-acted-on", {**told, "K1": {**told["K1"], "due": "2027-01-01"}}) == []


def test_not_known_is_open_and_never_counts_as_yes() -> None:
    told: Told = {"D1": {"kept": "not-known"}, "D2": {"kept": "no"}, "D3": {"kept": "yes"}, "D4": {}}
    assert lines("obligations-known", told) == ["D1", "D4"]
    assert [each.id for each in open_lines(filled(told), TODAY)] == ["D1", "D2"]


def test_a_yes_needs_a_check_of_the_last_twelve_months() -> None:
    told: Told = {
        "D1": {"kept": "yes", "proof": "Notes", "checked": "2025-11-26"},
        "D2": {"kept": "yes", "proof": "Notes", "checked": "2025-11-27"},
        "D3": {"kept": "no"},
    }
    assert lines("kept-with-proof", told) == ["D1"]


def test_half_is_enough_where_half_is_asked_for() -> None:
    told: Told = {"D1": DUTY, "D2": {}, "D3": {}}
    assert [each.count for each in missing("half-meant", told)] == [2]
    assert missing("half-meant", {"D1": DUTY, "D2": {}}) == ()


def test_what_is_significant_has_an_owner() -> None:
    told: Told = {"F1": TRAVEL, "F2": {**TRAVEL, "owner": "Kim"}, "F3": {**TRAVEL, "extent": "1"}}
    assert lines("significant-owned", told) == ["F1"]


def test_an_emergency_of_six_and_more_has_a_plan_or_a_reason() -> None:
    told: Told = {
        "G1": {"severity": "3", "likelihood": "2", "off-site": "no"},
        "G2": {"severity": "5", "likelihood": "1", "off-site": "yes", "no-plan": "The town has one."},
        "G3": {"severity": "5", "likelihood": "1", "off-site": "no"},
    }
    assert lines("emergencies-planned", told) == ["G1"]


def test_a_tick_that_is_wanted_is_missing_before_anything_is_filled_in() -> None:
    assert lines("walked", {}) == ["AF1"]
    assert lines("walked", {"AF1": {"walked": "yes"}}) == []


def test_a_candidate_waits_until_it_is_taken_or_turned_down_with_a_reason() -> None:
    found = filled({"AF1": {"lists": ("surface",)}})
    assert chosen_lists(found) == ("surface",)
    waiting = undecided(found, "aspects")
    offered = [each for each in REVIEW.starter.offered(("surface",)) if each.register == "aspects"]
    assert waiting == len(offered) > 20
    first, second, third = (each.id for each in offered[:3])
    decided = Filled(
        worksheet=REVIEW,
        lines={**found.lines, "F1": line("F1", candidate=first)},
        declined={second: Declined(because="We have no bath."), third: Declined(later=True)},
    )
    assert undecided(decided, "aspects") == waiting - 2
    assert [each.count for each in completeness(decided, TODAY).by_rule["aspects-offered"]] == [waiting - 2]


def test_a_firm_with_a_permit_begins_with_obligations_and_emergencies() -> None:
    def letters(told: Told) -> str:
        return "".join(part.letter for part in parts_in_order(filled(told), TODAY))

    assert letters({}) == "ABCDEFGHIJK"
    assert letters({"AF1": {"permit": "no"}}) == "ABCDEFGHIJK"
    assert letters({"AF1": {"permit": "yes"}}) == "DGABCEFHIJK"
    assert [part.letter for part in parts_in_order(filled({}, PROCESS_MAP), TODAY)] == ["A", "B", "C"]


def test_a_small_worksheet_can_be_complete() -> None:
    processes = {
        f"P{number}": {
            "name": f"Process {number}",
            "owner": "Kim",
            "inputs": "Orders",
            "outputs": "Parts",
            "measure": "Late parts",
            "looked": "2026-11-01",
            "no-risk": "Nothing new.",
        }
        for number in (1, 2, 3)
    }
    told: Told = {
        **processes,
        "R1": {
            "what": "Late steel",
            "kind": "risk",
            "process": ("P1",),
            "effect": "4",
            "likelihood": "3",
            "dealt-with": "Two mills",
        },
        "R2": {"what": "Second shift", "kind": "opportunity", "process": ("P2",), "effect": "1", "likelihood": "3"},
        "M1": {"what": "Ask a second mill", "for": ("R1",), "owner": "Kim", "due": "2027-01-01"},
        "MC1": {"leader": "Ada", "next": "2027-11-01"},
    }
    assert completeness(filled(told, PROCESS_MAP), TODAY).is_complete
    assert not completeness(filled({**told, "R1": {**told["R1"], "dealt-with": ""}}, PROCESS_MAP), TODAY).is_complete
