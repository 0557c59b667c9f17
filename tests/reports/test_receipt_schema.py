"""The receipt is what its published description says, field for field."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from assessment.domain.answers import State
from assessment.domain.findings import Grade
from assessment.domain.fit import Advice, Why
from assessment.domain.reasons import Reason
from assessment.domain.rules import Rung
from assessment.domain.verdict import Verdict
from assessment.reports.json_file import to_json
from assessment.reports.receipt_schema import ADDRESS, meaning, receipt_schema
from tests.reports.situations import SITUATIONS, situation
from tests.support.opener import Browser

SCHEMA = json.loads(receipt_schema())
DATES = Draft202012Validator.FORMAT_CHECKER


def faults(said: Any) -> list[str]:
    """Where a receipt is not as described."""
    found = Draft202012Validator(SCHEMA, format_checker=DATES).iter_errors(said)
    return [f"{each.json_path}: {each.message[:200]}" for each in found]


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Every description of an object within a schema, the schema itself first."""
    if isinstance(schema, dict):
        if "properties" in schema and isinstance(schema.get("type"), str):
            yield schema
        for each in schema.values():
            yield from objects(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from objects(each)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", SITUATIONS)
def test_every_receipt_is_as_described(name: str) -> None:
    assert faults(json.loads(to_json(situation(name)))) == []


def test_every_field_is_described_and_no_other_is_allowed() -> None:
    found = list(objects(SCHEMA))
    assert len(found) > 25
    for each in found:
        assert each["additionalProperties"] is False, each["description"]
        assert each["required"] == list(each["properties"])
        for name, field in each["properties"].items():
            assert len(field.get("description", "").split()) >= 2, f"{name} has no description"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda said: said.update(mood="fine"), "'mood' was unexpected"),
        (lambda said: said.pop("plan"), "'plan' is a required property"),
        (lambda said: said["standards"][0]["score"].update(low="96"), "is not of type"),
        (lambda said: said["standards"][0]["score"].update(low=101), "greater than the maximum"),
        (lambda said: said["standards"][0]["answers"]["scope"].update(colour=1), "'colour' was unexpected"),
        (lambda said: said["plan"][0]["lifts"][0].update(after="perfect"), "is not one of"),
        (lambda said: said.update(date="24.11.2026"), "is not a 'date'"),
    ],
)
def test_what_is_not_described_is_seen(change: Any, says: str) -> None:
    said = json.loads(to_json(situation("demo")))
    change(said)
    (fault,) = faults(said)
    assert says in fault


def test_the_choices_of_the_schema_are_those_of_the_rules() -> None:
    def choices(*path: str) -> set[str]:
        found: Any = SCHEMA
        for part in path:
            found = found[part]
        return set(found["enum"])

    finding = ("$defs", "standard", "properties", "findings", "items", "properties")
    assert choices("$defs", "rung") == {each.id for each in Rung}
    assert choices("$defs", "verdict") == {each.id for each in Verdict}
    assert choices("$defs", "answer", "properties", "state") == {each.value for each in State}
    assert choices(*finding, "grade") == {each.name.lower().replace("_", "-") for each in Grade}
    assert choices(*finding, "reason") == {each.value for each in Reason}
    assert choices("properties", "advice", "properties", "advice") == {each.value for each in Advice}
    assert choices("properties", "advice", "properties", "why") == {each.value for each in Why}


@pytest.mark.parametrize(
    ("where", "means"),
    [
        ("/organisation", "The name of the organisation, as it was written."),
        ("/standards/1/score/low", "Percent that is certain: open questions count as nothing. Null where nothing applies."),
        ("/standards/0/next-verdict/needs/0", ""),
        ("/standards/0/next-verdict/needs", "The questions that stand in its way, by id."),
        ("/calendar/standards/iso-9001/certificate", "The certificate at the earliest."),
        ("/standards/0/answers/scope/rung", "The step of the answer ladder that was chosen; null unless the state is rung."),
        ("/nothing/such", ""),
    ],
)
def test_a_place_of_a_receipt_is_told_in_words(where: str, means: str) -> None:
    assert meaning(where) == means


def test_the_schema_is_served_where_a_receipt_says(browser: Browser) -> None:
    answer = browser.client.get(ADDRESS)
    assert (answer.status_code, answer.mimetype) == (200, "application/schema+json")
    assert answer.get_json(force=True) == SCHEMA
    assert json.loads(to_json(situation("demo")))["schema"] == ADDRESS
    assert ADDRESS in browser.open("/calculation").links()
    assert ADDRESS in browser.open("/verify").links()
    assert ADDRESS in browser.open(browser.start() + "downloads").links()
