"""Worksheets as they are shipped, and every fault of one named with its file, its place and its field."""

import shutil
import tomllib
from pathlib import Path

import pytest

from assessment.content import ContentError, load
from assessment.domain.worksheet import FieldKind, RuleKind, Worksheet
from assessment.paths import shipped
from tests.support.content import LIBRARY
from tests.support.worksheets import REVIEW

FOLDER = "worksheets/environmental-review"


def faults_after(folder: Path, file: str, old: str, new: str) -> list[str]:
    """Return the faults of the shipped content in which one text of a file of the review was replaced."""
    shutil.copytree(shipped("questionnaires"), folder, dirs_exist_ok=True)
    path = folder / FOLDER / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        load(folder)
    return [str(fault) for fault in raised.value.faults]


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (
            "d-obligations.toml",
            'kind = "date"',
            'kind = "day"',
            "d-obligations.toml: register 'obligations': field 'next': kind: expected",
        ),
        (
            "e-process.toml",
            'units = ["kWh"',
            'unit = ["kWh"',
            "e-process.toml: register 'flows': field 'amount': unit: is not known",
        ),
        (
            "e-process.toml",
            'points-to = ["products"]',
            'points-to = ["people"]',
            "'steps' points to 'people', which is no register",
        ),
        (
            "d-obligations.toml",
            'kind = "line"\nlabel = "Who looks',
            'kind = "pointers"\npoints-to = ["aspects"]\nlabel = "Who looks',
            "points to itself by way",
        ),
        (
            "f-aspects.toml",
            'differs-from = "aspect"',
            'differs-from = "effort"',
            "differs from 'effort', which is no field here",
        ),
        ("g-emergencies.toml", 'prefix = "G"', 'prefix = "F"', "prefix: 'F' is used twice"),
        (
            "rules.toml",
            'fields = ["extent", "often"]',
            'fields = ["extent", "owner"]',
            "'owner' is no choice of 'aspects' whose ids are numbers",
        ),
        ("rules.toml", 'says = ["close", "over"]', 'says = ["nearly"]', "'nearly' is nothing that 'limit' can say"),
        ("rules.toml", 'through = "about"', 'through = "kind"', "'kind' is no pointer of the register that points"),
        ("rules.toml", 'rung = "in-use"', 'rung = "improved"', "rung: a list shows no more than 'in-use'"),
        (
            "rules.toml",
            'question = "iso-14001/scope"',
            'question = "iso-14001/nothing"',
            "'iso-14001/nothing' is no question of a standard",
        ),
        ("rules.toml", 'rules = ["left-out-not-ours"]', 'rules = ["nothing"]', "rules: 'nothing' is not known here"),
        (
            "rules.toml",
            'field = "stage"\nreasons = "stages"',
            'field = "kind"\nreasons = "stages"',
            "'stages' has no field 'air' for a reason",
        ),
        (
            "worksheet.toml",
            'step = "iso-14001/environmental-review"',
            'step = "iso-14001/walk"',
            "step: 'iso-14001/walk' is not the key of an action",
        ),
        ("worksheet.toml", 'lists-in = "firm/lists"', 'lists-in = "firm/people"', "'firm/people' is not of the kind 'lists'"),
        ("starter/surface.toml", "as-of = 2026-11-27\n", "", "starter/surface.toml: candidate 'surface-"),
        ("starter/surface.toml", 'list = "surface"', 'list = "circus"', "list: 'circus' is not a starter list"),
        ("starter/surface.toml", 'duties = ["', 'duties = ["nothing", "', "'nothing' is pointed at and is no candidate"),
        ("starter/obligations.toml", 'id = "ied"', 'id = "ied-2"', "'ied' is pointed at and is no candidate"),
        ("starter/obligations.toml", 'id = "ied"', 'id = "ied-2"', "'ied-2' is on no list, and none on a list points at it"),
        (
            "starter/lists.toml",
            "[[list]]",
            '[[list]]\nid = "circus"\ntitle = "Circus"\nexamples = "Tents"\n\n[[list]]',
            "'circus' has no candidate for 'emergencies'",
        ),
        (
            "starter/lists.toml",
            "[[list]]",
            '[[list]]\nid = "circus"\ntitle = "Circus"\nexamples = "Tents"\n\n[[list]]',
            "'circus' has no candidate for 'aspects' whose 'stage' is one of upstream",
        ),
    ],
)
def test_a_fault_of_a_worksheet_is_named(tmp_path: Path, file: str, old: str, new: str, fault: str) -> None:
    found = faults_after(tmp_path, file, old, new)
    assert any(fault in each for each in found), found
    assert all(each.startswith((FOLDER, "released.toml")) for each in found)  # what was renamed is gone, too


def test_a_date_that_is_missing_is_named_with_file_id_and_field(tmp_path: Path) -> None:
    (fault,) = faults_after(tmp_path, "starter/surface.toml", "as-of = 2026-11-27\n", "")
    file, where, field, problem = fault.split(": ")
    assert (file, field, problem) == (f"{FOLDER}/starter/surface.toml", "as-of", "is missing")
    assert where.startswith("candidate 'surface-")


def test_the_starter_lists_hold_what_the_audit_of_the_review_gave() -> None:
    lists = {each.id: [one for one in REVIEW.starter.candidates if one.list_id == each.id] for each in REVIEW.starter.lists}
    assert {name: len(candidates) for name, candidates in lists.items()} == {
        "everybody": 17,
        "surface": 13,
        "printing": 11,
        **dict.fromkeys(("metal", "food", "plastics", "construction", "transport"), 12),
        **dict.fromkeys(("chemicals", "hospitality", "office", "education", "recycling"), 12),
    }
    assert sum(not one.list_id for one in REVIEW.starter.candidates) == 60


def test_every_duty_says_where_it_was_looked_up_and_how_sure_that_is() -> None:
    duties = [one for one in REVIEW.starter.candidates if not one.list_id]
    assert all(one.source and one.status and one.applies_when for one in duties)
    counted = {how: sum(one.confidence == how for one in duties) for how in ("several", "one", "unverified", "judgement")}
    assert counted == {"several": 45, "one": 2, "unverified": 13, "judgement": 0}


@pytest.mark.parametrize("worksheet", LIBRARY.worksheets.values(), ids=list(LIBRARY.worksheets))
def test_every_line_is_named_by_a_field_that_can_name_it(worksheet: Worksheet) -> None:
    can_name = {FieldKind.LINE, FieldKind.TEXT, FieldKind.CHOICE, FieldKind.POINTERS}
    assert len({rule.id for rule in worksheet.rules}) == len(worksheet.rules) >= 5
    for register in worksheet.registers.values():
        assert register.by_id[register.named_by].kind in can_name, register.id


def test_every_kind_of_rule_is_used_by_a_worksheet_that_is_shipped() -> None:
    assert {rule.kind for worksheet in LIBRARY.worksheets.values() for rule in worksheet.rules} == set(RuleKind)


def test_a_standard_that_is_taken_out_takes_its_worksheet_along(tmp_path: Path) -> None:
    shutil.copytree(shipped("questionnaires"), tmp_path, dirs_exist_ok=True)
    rules = tmp_path / "worksheets/process-map/rules.toml"
    rules.write_text(rules.read_text().replace("iso-9001/", "iso-1/"))
    assert list(load(tmp_path).worksheets) == ["environmental-review", "real-findings"]


def texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for key, each in value.items() if key not in KEYS for text in texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in texts(each)]
    return [value] if isinstance(value, str) else []


KEYS = {"id", "kind", "source", "number", "as-of", "revision", "step"}


def test_texts_of_worksheets_are_short_and_in_our_own_words() -> None:
    read = 0
    for path in sorted((shipped("questionnaires") / "worksheets").rglob("*.toml")):
        for text in texts(tomllib.loads(path.read_text(encoding="utf-8"))):
            read += 1
            assert len(text) <= 400, f"{path.name}: {text}"
            assert "shall" not in text.split(), f"{path.name}: {text}"
            assert "organiz" not in text, f"{path.name}: {text}"
    assert read > 1500
