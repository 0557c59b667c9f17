"""What people enter in lines, with everything that can be wrong in it."""

import pytest

from assessment.domain.worksheet import FieldKind, Register
from assessment.domain.worksheet_condition import Value
from assessment.domain.worksheet_entry import faults_among, longest, needed_by, read_entry
from assessment.domain.worksheet_faults import EntryFault
from tests.support.worksheets import FUMES, REVIEW, TODAY, filled, line

ASPECTS, OBLIGATIONS, STEPS = (REVIEW.registers[name] for name in ("aspects", "obligations", "steps"))
SITES, FIRM = REVIEW.registers["sites"], REVIEW.registers["firm"]
LISTS = tuple(each.id for each in REVIEW.starter.lists)


def read(register: Register, field: str, *typed: str) -> tuple[Value | None, EntryFault | None]:
    values, faults = read_entry(register, {field: typed}, LISTS, TODAY)
    return values.get(field), faults[0].fault if faults else None


@pytest.mark.parametrize(
    ("register", "field", "typed", "value"),
    [
        (ASPECTS, "aspect", ("  Fumes\nfrom the bath ",), "Fumes from the bath"),
        (ASPECTS, "why", ("First\r\nsecond",), "First\nsecond"),
        (ASPECTS, "severity", ("4",), "4"),
        (ASPECTS, "dealt-with", ("control", "plan", "control"), ("control", "plan")),
        (ASPECTS, "complaint", ("yes",), "yes"),
        (ASPECTS, "complaint", (), None),
        (ASPECTS, "amount", ("1 200,50", "kWh"), ("1200.5", "kWh")),
        (ASPECTS, "amount", ("0", "t"), ("0", "t")),
        (ASPECTS, "amount", ("", ""), None),
        (SITES, "area", ("1’200", ""), ("1200", "m2")),
        (SITES, "area", ("", "m2"), None),
        (ASPECTS, "year", ("2025",), "2025"),
        (ASPECTS, "steps", ("E1, E2", "E3"), ("E1", "E2", "E3")),
        (OBLIGATIONS, "next", ("2027-03-01",), "2027-03-01"),
        (OBLIGATIONS, "checked", ("2026-11-27",), "2026-11-27"),
        (FIRM, "lists", ("surface", "metal"), ("surface", "metal")),
    ],
)
def test_what_people_type_is_read_as_they_mean_it(
    register: Register, field: str, typed: tuple[str, ...], value: Value | None
) -> None:
    assert read(register, field, *typed) == (value, None)


@pytest.mark.parametrize(
    ("register", "field", "typed", "fault"),
    [
        (ASPECTS, "aspect", ("x" * 201,), EntryFault.TOO_LONG),
        (ASPECTS, "why", ("x" * 5_000,), EntryFault.TOO_LONG),
        (ASPECTS, "why", ("a\x00b",), EntryFault.UNTYPABLE),
        (ASPECTS, "severity", ("6",), EntryFault.NOT_OFFERED),
        (ASPECTS, "dealt-with", ("prayer",), EntryFault.NOT_OFFERED),
        (FIRM, "lists", ("circus",), EntryFault.NOT_OFFERED),
        (ASPECTS, "amount", ("12", ""), EntryFault.NO_UNIT),
        (ASPECTS, "amount", ("", "kWh"), EntryFault.NO_NUMBER),
        (ASPECTS, "amount", ("12", "miles"), EntryFault.UNKNOWN_UNIT),
        (ASPECTS, "amount", ("-12", "kWh"), EntryFault.NEGATIVE),
        (SITES, "area", ("−5", "m2"), EntryFault.NEGATIVE),
        (ASPECTS, "amount", ("1,200", "kWh"), EntryFault.TWO_READINGS),
        (ASPECTS, "amount", ("much", "kWh"), EntryFault.NOT_A_NUMBER),
        (ASPECTS, "amount", ("1e9", "kWh"), EntryFault.NOT_A_NUMBER),
        (ASPECTS, "year", ("202",), EntryFault.OUT_OF_RANGE),
        (ASPECTS, "year", ("-2025",), EntryFault.NEGATIVE),
        (ASPECTS, "year", ("2.025.5",), EntryFault.TWO_READINGS),
        (ASPECTS, "year", ("last",), EntryFault.NOT_A_NUMBER),
        (OBLIGATIONS, "checked", ("2026-11-28",), EntryFault.STILL_TO_COME),
        (OBLIGATIONS, "checked", ("28.11.2026",), EntryFault.NOT_A_DATE),
        (OBLIGATIONS, "next", ("0202-01-01",), EntryFault.UNLIKELY_YEAR),
        (ASPECTS, "steps", ("E1\x00",), EntryFault.NO_SUCH_LINE),
        (ASPECTS, "steps", ("E" * 100_000,), EntryFault.NO_SUCH_LINE),
        (ASPECTS, "steps", (" ".join(f"E{number}" for number in range(1, 60)),), EntryFault.TOO_MANY),
    ],
)
def test_what_cannot_be_kept_is_refused_and_never_corrected(
    register: Register, field: str, typed: tuple[str, ...], fault: EntryFault
) -> None:
    assert read(register, field, *typed) == (None, fault)


@pytest.mark.parametrize(
    ("register", "field", "typed", "told"),
    [
        (ASPECTS, "aspect", ("x" * 201,), "201"),
        (ASPECTS, "why", ("a\x00b",), ""),
        (ASPECTS, "severity", ("6" * 90,), "6" * 80),
        (ASPECTS, "dealt-with", ("prayer",), "prayer"),
        (ASPECTS, "amount", ("12", "miles " * 9), ("miles " * 9)[:40]),
        (ASPECTS, "amount", ("-" + "1" * 50, "kWh"), "-" + "1" * 39),
        (ASPECTS, "amount", ("1,200", "kWh"), "1,200"),
        (ASPECTS, "amount", ("much" * 20, "kWh"), "much" * 10),
        (ASPECTS, "amount", ("1,2,3", "kWh"), "1,2,3"),
        (ASPECTS, "year", ("9" * 50,), "9" * 40),
        (ASPECTS, "year", ("-" + "2" * 50,), "-" + "2" * 39),
        (ASPECTS, "year", ("2.025.5",), "2.025.5"),
        (ASPECTS, "year", ("last" * 20,), "last" * 10),
        (OBLIGATIONS, "checked", ("2026-11-28",), "2026-11-28"),
        (OBLIGATIONS, "checked", ("28.11.2026" * 9,), ("28.11.2026" * 9)[:40]),
        (OBLIGATIONS, "next", ("0202-01-01",), "0202-01-01"),
        (ASPECTS, "steps", ("E1\x00",), "E1"),
        (ASPECTS, "steps", ("E" * 100_000,), "E" * 20),
        (ASPECTS, "steps", (" ".join(f"E{number}" for number in range(1, 52)),), "50"),
    ],
)
def test_what_is_refused_is_told_back_and_never_at_length(
    register: Register, field: str, typed: tuple[str, ...], told: str
) -> None:
    (fault,) = read_entry(register, {field: typed}, LISTS, TODAY)[1]
    assert (fault.field.id, fault.detail) == (field, told)


def test_the_longest_and_the_most_that_fit_are_kept() -> None:
    assert read(ASPECTS, "aspect", "x" * 200) == ("x" * 200, None)
    assert read(ASPECTS, "steps", " ".join(f"E{number}" for number in range(1, 51)))[1] is None
    year = ASPECTS.by_id["year"]
    assert [read(ASPECTS, "year", str(number)) for number in (year.low, year.high)] == [
        (str(year.low), None),
        (str(year.high), None),
    ]
    assert read(ASPECTS, "year", str(year.high + 1)) == (None, EntryFault.OUT_OF_RANGE)
    assert {longest(field) for field in ASPECTS.fields if field.kind not in {FieldKind.LINE, FieldKind.TEXT}} == {0}


def test_every_kind_of_field_is_read() -> None:
    for register in REVIEW.registers.values():
        for field in register.fields:
            assert read(register, field.id) == (None, None)
    assert {field.kind for register in REVIEW.registers.values() for field in register.fields} == set(FieldKind)


def test_a_field_that_was_not_sent_stays_as_it_is_and_an_empty_one_is_emptied() -> None:
    stored = line("F1", {"aspect": "Fumes", "owner": "Kim"})
    values, faults = read_entry(ASPECTS, {"owner": ("",), "activity": ("Pickling",)}, LISTS, TODAY, stored)
    assert (values, faults) == ({"aspect": "Fumes", "activity": "Pickling"}, ())


def test_a_day_that_was_stored_stays_whatever_the_clock_says() -> None:
    stored = line("D1", {"checked": "2026-12-24"})
    assert read_entry(OBLIGATIONS, {"checked": ("2026-12-24",)}, LISTS, TODAY, stored) == ({"checked": "2026-12-24"}, ())


def faults(line_id: str, values: dict[str, Value], others: dict[str, dict[str, Value]]) -> list[tuple[str, EntryFault, str]]:
    return [(each.field.id, each.fault, each.detail) for each in faults_among(filled(others), line(line_id, values), TODAY)]


def test_a_pointer_to_a_line_that_is_not_there_or_of_another_kind_is_refused() -> None:
    others: dict[str, dict[str, Value]] = {"E1": {"name": "Pickling"}, "A1": {"name": "Works"}}
    assert faults("F1", {"steps": ("E1",)}, others) == []
    for strange in ("E2", "A1", "F1", "nonsense", "D99999"):
        assert faults("F1", {"steps": (strange,)}, others) == [("steps", EntryFault.NO_SUCH_LINE, strange)]


def test_a_circle_of_pointers_is_named_along_its_way() -> None:
    others: dict[str, dict[str, Value]] = {"E1": {"after": ("E3",)}, "E2": {"after": ("E1",)}, "E3": {}}
    assert faults("E3", {"after": ("E2",)}, others) == [("after", EntryFault.CIRCLE, "E3 → E2 → E1 → E3")]
    assert faults("E3", {"after": ("E3",)}, others) == [("after", EntryFault.CIRCLE, "E3 → E3")]
    assert faults("E4", {"after": ("E2",)}, others) == []


def test_an_impact_says_another_thing_than_its_aspect() -> None:
    assert faults("F1", {"aspect": "Fumes", "impact": "fumes"}, {}) == [("impact", EntryFault.SAME, "aspect")]


def test_a_no_by_hand_against_what_counts_anyway_is_refused() -> None:
    reason: dict[str, Value] = {"verdict-reason": "Too small."}
    assert faults("F1", {**FUMES, "verdict": "no", **reason}, {}) == [("verdict", EntryFault.OVERRIDDEN, "limit")]
    assert faults("F1", {"verdict": "no", **reason}, {}) == []
    assert faults("F1", {"verdict": "yes"}, {}) == [("verdict-reason", EntryFault.REASON_MISSING, "")]


def test_it_is_known_which_lines_need_a_line() -> None:
    found = filled({"D1": {}, "F1": {"duties": ("D1",)}, "K1": {"for": ("D1", "F1")}})
    assert [each.id for each in needed_by(found, "D1")] == ["F1", "K1"]
    assert needed_by(found, "K1") == ()
    assert STEPS.by_id["after"].points_to == ("steps",)
