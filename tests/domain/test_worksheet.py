"""What a worksheet is made of."""

import pytest

from assessment.domain.worksheet import Field, FieldKind, new_line_ids, number_in
from assessment.domain.worksheet_condition import Condition
from tests.support.worksheets import PROCESS_MAP, REVIEW, TODAY


def test_the_environmental_review_has_the_parts_a_to_k() -> None:
    assert "".join(part.letter for part in REVIEW.parts) == "ABCDEFGHIJK"
    assert REVIEW.step == "iso-14001/environmental-review"
    assert REVIEW.standards == ("iso-14001",)


def test_an_id_of_a_line_leads_to_its_register() -> None:
    for register in REVIEW.registers.values():
        found = REVIEW.register_of(f"{register.prefix}12")
        assert found is register
        assert register in REVIEW.part_of(register.id).registers
    for strange in ("", "F", "F0", "f1", "F1x", "XX1", "F1234567", "F-1"):
        assert REVIEW.register_of(strange) is None


def test_no_id_is_used_twice_not_even_after_a_line_was_deleted() -> None:
    assert next(new_line_ids("F", [])) == "F1"
    assert next(new_line_ids("F", ["F1", "F9", "FX30", "G40"])) == "F10"
    assert number_in("F10") == 10
    assert number_in("nothing") == 0


@pytest.mark.parametrize("kind", FieldKind)
def test_a_kind_of_field_holds_one_text_or_several(kind: FieldKind) -> None:
    several = {FieldKind.MANY, FieldKind.LISTS, FieldKind.AMOUNT, FieldKind.POINTERS}
    assert kind.is_plural is (kind in several)


def test_a_field_is_needed_always_or_when_others_say_so() -> None:
    needed_when = (Condition(field="kept", says=("yes",)),)
    field = Field(id="proof", kind=FieldKind.LINE, label="Proof", needed_when=needed_when)
    assert field.is_needed_in({"kept": "yes"}, TODAY)
    assert not field.is_needed_in({"kept": "no"}, TODAY)
    assert not Field(id="proof", kind=FieldKind.LINE, label="Proof").is_needed_in({}, TODAY)


def test_a_choice_that_is_not_offered_any_more_is_shown_as_it_was() -> None:
    field = REVIEW.registers["obligations"].by_id["kept"]
    assert field.text_of("not-known") == "Not known"
    assert field.text_of("perhaps") == "perhaps"


def test_parts_methods_overrides_and_candidates_are_known_by_their_ids() -> None:
    part = REVIEW.part("aspects")
    assert part is not None
    assert part.letter == "F"
    assert REVIEW.part("nowhere") is None
    assert REVIEW.method_of("sites") is None
    assert "duty" in REVIEW.overrides
    assert REVIEW.candidate("ied") is not None
    assert PROCESS_MAP.candidate("ied") is None
