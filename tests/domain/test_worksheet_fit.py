"""What a form could have stored is taken, and nothing else."""

import pytest

from assessment.domain.worksheet_condition import Value
from assessment.domain.worksheet_fit import unfit_field
from tests.support.worksheets import AUDITED, GALVANISER, REAL, REVIEW


@pytest.mark.parametrize(("worksheet", "told"), [(REVIEW, GALVANISER), (REAL, AUDITED)])
def test_every_line_that_was_filled_in_could_be(worksheet, told) -> None:  # type: ignore[no-untyped-def]
    assert {name: unfit_field(worksheet, name, values) for name, values in told.items()} == dict.fromkeys(told)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("F1", {"severity": "6"}),
        ("F1", {"severity": "9" * 400}),
        ("F1", {"severity": ("3",)}),
        ("F1", {"aspect": "x" * 201}),
        ("F1", {"aspect": "a\x07b"}),
        ("F1", {"aspect": ("Fumes",)}),
        ("F1", {"duties": "D1"}),
        ("F1", {"duties": ("D1", "D1")}),
        ("F1", {"duties": tuple(f"D{number}" for number in range(1, 52))}),
        ("F1", {"duties": ("D" * 21,)}),
        ("F1", {"amount": ("12", "elephants")}),
        ("F1", {"amount": ("many", "kWh")}),
        ("F1", {"amount": ("12",)}),
        ("G1", {"path": ("drain", "the moon")}),
        ("AF1", {"lists": ("circus",)}),
        ("AF1", {"people": "1" * 9}),
        ("AF1", {"people": "²"}),
        ("D3", {"checked": "soon"}),
        ("D3", {"checked": "20261102"}),
        ("AF1", {"permit": "x"}),
    ],
)
def test_what_no_form_could_have_stored_is_named_by_its_field(name: str, values: dict[str, Value]) -> None:
    field = unfit_field(REVIEW, name, values)
    assert field is not None
    assert [field.id] == list(values)


@pytest.mark.parametrize(
    ("name", "values"),
    [("ZZ1", {"aspect": "x" * 999}), ("F1", {"of another release": "x"}), ("F1", {"severity": "", "duties": ()})],
)
def test_what_is_not_known_here_may_say_anything(name: str, values: dict[str, Value]) -> None:
    assert unfit_field(REVIEW, name, values) is None


def test_standards_may_be_those_of_another_installation() -> None:
    assert unfit_field(REAL, "A1", {"standards": ("iso-45001",)}) is None
    assert unfit_field(REAL, "F1", {"area": "iso-45001/8.1"}) is None
    assert unfit_field(REAL, "F1", {"area": "x" * 201}) is not None
