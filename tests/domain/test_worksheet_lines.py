"""Lines: what is there, what they are called, and what points at what."""

from dataclasses import replace
from datetime import date

import pytest

from assessment.domain.worksheet import FieldKind
from assessment.domain.worksheet_condition import Value
from assessment.domain.worksheet_lines import Filled, fitting, pointers
from tests.support.worksheets import AUDITED, REAL, REVIEW, TODAY, Told, filled, line

TOLD: Told = {
    "A1": {"name": "Works"},
    "B1": {"site": ("A1",), "dwelling": "next"},
    "BC1": {"condition": "climate"},
    "F2": {"aspect": "Second", "steps": ("E1",)},
    "F1": {"aspect": "First", "steps": ("E1",)},
    "F10": {"aspect": "Tenth"},
    "E1": {"name": "Pickling"},
}


def test_lines_stand_in_the_order_they_were_made() -> None:
    found = filled(TOLD)
    assert [each.id for each in found.of("aspects")] == ["F1", "F2", "F10"]
    assert {each.id for each in found.present()} == set(TOLD)
    assert found.changed_on("aspects") == TODAY
    assert found.changed_on("parties") is None


def test_a_deleted_line_is_kept_and_not_shown() -> None:
    found = filled(TOLD)
    less = replace(found, lines={**found.lines, "F1": replace(found.lines["F1"], removed=True)})
    assert [each.id for each in less.of("aspects")] == ["F2", "F10"]
    assert "F1" in less.lines
    assert [source.id for source, _ in less.pointing_at("E1")] == ["F2"]


def test_a_line_is_called_by_its_naming_field_in_words() -> None:
    found = filled(TOLD)
    assert found.name_of(found.lines["F1"]) == "First"
    assert found.name_of(found.lines["B1"]) == "Works"
    assert found.name_of(found.lines["BC1"]) == "Climate"
    assert found.name_of(line("ZZ1")) == ""


def test_a_line_without_a_register_says_nothing_of_anything() -> None:
    found, strange = filled(TOLD), line("ZZ1", {"site": ("A1",)})
    assert (found.name_of(strange), found.day_of(strange), found.standards_of(strange)) == ("", None, ())
    assert list(pointers(REVIEW, [strange])) == []
    assert fitting(None, {"site": ("A1",)}) == {"site": ("A1",)}


def test_a_line_that_is_named_by_others_has_all_their_names() -> None:
    found = filled({"A1": {"name": "Works"}, "A2": {"name": "Yard"}, "B1": {"site": ("A1", "A2", "A9")}})
    assert found.name_of(found.lines["B1"]) == "Works, Yard"


def test_a_finding_belongs_to_the_standard_of_its_area_and_without_one_to_those_of_its_audit() -> None:
    told: Told = {
        "A1": {"standards": ("iso-9001", "iso-14001")},
        "F1": {"audit": ("A1",), "area": "iso-9001/8.4"},
        "F2": {"audit": ("A1", "A9")},
        "F3": {"area": "another"},
    }
    found = filled(told, REAL)
    assert [found.standards_of(found.lines[name]) for name in ("F1", "F2", "F3")] == [
        ("iso-9001",),
        ("iso-9001", "iso-14001"),
        (),
    ]


def test_a_field_is_said_in_words() -> None:
    found = filled({"AF1": {"lists": ("surface", "circus")}, "G1": {"path": ("drain", "surface-water"), "kind": "spill"}})
    firm, emergency = found.lines["AF1"], found.lines["G1"]
    lists, paths = (REVIEW.registers[name].by_id[field] for name, field in (("firm", "lists"), ("emergencies", "path")))
    title = next(each.title for each in REVIEW.starter.lists if each.id == "surface")
    assert found.in_words(firm, lists) == f"{title}, circus"
    texts = [next(choice.text for choice in paths.choices if choice.id == chosen) for chosen in ("drain", "surface-water")]
    assert found.in_words(emergency, paths) == ", ".join(texts)
    kind = REVIEW.registers["emergencies"].by_id["kind"]
    assert found.in_words(emergency, kind) == next(choice.text for choice in kind.choices if choice.id == "spill")
    assert found.in_words(line("G2"), kind) == ""


@pytest.mark.parametrize(("value", "fits"), [("2025", True), ("", True), ("much", False), ("²", False), ("-1", False)])
def test_a_whole_number_is_nothing_but_digits(value: str, fits: bool) -> None:
    name = next(field.id for field in REVIEW.registers["aspects"].fields if field.kind is FieldKind.WHOLE)
    assert fitting(REVIEW.registers["aspects"], {name: value}) == ({name: value} if fits else {})


def test_it_is_known_what_points_at_a_line_and_by_which_field() -> None:
    found = filled(TOLD)
    assert [(source.id, field.id) for source, field in found.pointing_at("E1")] == [("F1", "steps"), ("F2", "steps")]
    assert found.pointing_at("F1") == ()


def test_a_register_of_one_line_has_an_empty_one_before_anything_is_saved() -> None:
    assert filled({}).single("firm").values == {}
    assert filled({"AF1": {"permit": "yes"}}).single("firm").text("permit") == "yes"
    assert filled({}).is_empty
    assert filled({}).changed_on("firm") is None
    assert not filled(TOLD).is_empty


def test_a_value_is_read_as_one_text_or_as_several() -> None:
    found = line("F1", {"amount": ("12.5", "kWh"), "aspect": "Fumes"})
    assert found.text("amount") == "12.5 kWh"
    assert found.several("aspect") == ("Fumes",)
    assert found.several("owner") == ()
    assert found.number == 1


def test_lines_copied_from_a_candidate_are_known() -> None:
    lines = {"F1": line("F1", candidate="surface-oil"), "F2": line("F2", candidate="surface-oil", removed=True)}
    assert [each.id for each in Filled(worksheet=REVIEW, lines=lines).taken("surface-oil")] == ["F1"]
    assert Filled(worksheet=REVIEW, lines=lines).taken("other") == ()


def test_a_day_that_is_part_of_a_name_is_found_where_a_register_has_one() -> None:
    audits = Filled(worksheet=REAL, lines={name: line(name, AUDITED[name]) for name in ("A1", "F1")})
    assert audits.day_of(audits.lines["A1"]) == date(2026, 6, 10)
    assert audits.day_of(audits.lines["F1"]) is None
    assert audits.day_of(line("A2")) is None


@pytest.mark.parametrize(
    ("name", "held", "refused"),
    [
        ("began", ["2026-06-10", ""], ["soon", "2026-6-1", "20260610", ("2026-06-10",)]),
        ("standards", [("iso-9001",), (), ""], ["iso-9001"]),
        ("kind", ["stage-1", "what another release offered"], [("stage-1",)]),
    ],
)
def test_what_a_field_cannot_hold_is_left_out(name: str, held: list[Value], refused: list[Value]) -> None:
    register = REAL.registers["audits"]
    for value in held:
        assert fitting(register, {name: value}) == {name: value}
    for value in refused:
        assert fitting(register, {name: value, "body": "kept", "of another release": "kept"}) == {
            "body": "kept",
            "of another release": "kept",
        }


def test_an_amount_is_a_number_and_its_unit() -> None:
    register, name = next(
        (register, field.id)
        for register in REVIEW.registers.values()
        for field in register.fields
        if field.kind is FieldKind.AMOUNT
    )
    held: list[Value] = [(), ("12.5", "t")]
    refused: list[Value] = [("much", "t"), ("12.5",), "12.5 t"]
    assert [fitting(register, {name: value}) for value in held] == [{name: value} for value in held]
    assert [fitting(register, {name: value}) for value in refused] == [{}, {}, {}]
