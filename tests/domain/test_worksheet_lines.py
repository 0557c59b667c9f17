"""Lines: what is there, what they are called, and what points at what."""

from dataclasses import replace

from assessment.domain.worksheet_lines import Filled
from tests.support.worksheets import REVIEW, TODAY, Told, filled, line

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
    assert found.changed_on == TODAY


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


def test_it_is_known_what_points_at_a_line_and_by_which_field() -> None:
    found = filled(TOLD)
    assert [(source.id, field.id) for source, field in found.pointing_at("E1")] == [("F1", "steps"), ("F2", "steps")]
    assert found.pointing_at("F1") == ()


def test_a_register_of_one_line_has_an_empty_one_before_anything_is_saved() -> None:
    assert filled({}).single("firm").values == {}
    assert filled({"AF1": {"permit": "yes"}}).single("firm").text("permit") == "yes"
    assert filled({}).is_empty
    assert filled({}).changed_on is None
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
