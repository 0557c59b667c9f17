"""The authors' guide and the loader name the same fields."""

import ast
import re
from pathlib import Path

import pytest

import assessment.content
from assessment.paths import shipped

READERS = {
    "text",
    "texts",
    "wording",
    "wordings",
    "table",
    "table_or_none",
    "table_or_empty",
    "tables",
    "whole",
    "flag",
    "day",
    "day_or_none",
    "one_of",
    "half_days",
}
# Readers of our own that are told the name of a field after the table.
NAMING = {
    *("read_rung", "_read_named", "_read_weeks", "_read_neighbour", "_rung_or_none"),
    *("read_conditions", "_read_conditions", "_place", "known", "_known", "_field_of"),
}
GUIDE = (shipped("questionnaires") / "README.md").read_text()
# Fields whose names are data: clause numbers, editions, question ids and rungs.
RUNGS = {"absent", "informal", "defined", "in-use", "improved"}
DIFFERS = {"objective", "principles", "effect", "watched", "first-step", "duration", "for-whom"}


def fields_of_the_loader() -> set[str]:
    """Every field name that some reader of the loader is called with, read from its source."""
    found = set()
    for path in Path(assessment.content.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            function = node.func
            named = (
                (isinstance(function, ast.Attribute) and function.attr in READERS and node.args[:1])
                or (isinstance(function, ast.Name) and function.id in NAMING and node.args[1:2])
                or []
            )
            found |= {arg.value for arg in named if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}
    return found | {"id"} | RUNGS | DIFFERS


def fields_of_the_guide() -> set[str]:
    """Every field that a table of the guide explains: the first cell of its rows, in backticks."""
    return set(re.findall(r"^\| `([a-z0-9-]+)`", GUIDE, re.MULTILINE))


def test_the_guide_explains_every_field_that_the_loader_reads_and_no_other() -> None:
    loader, guide = fields_of_the_loader(), fields_of_the_guide()
    assert len(loader) > 60
    assert loader - guide == set(), "fields without a line in questionnaires/README.md"
    assert guide - loader == set(), "fields in questionnaires/README.md that nothing reads"


@pytest.mark.parametrize("subject", ["question", "rung", "action", "topic", "edition", "standard", "term", "sample"])
def test_the_guide_says_how_to_write_each_kind_of_thing(subject: str) -> None:
    assert re.search(rf"^## .*\b{subject}", GUIDE, re.MULTILINE | re.IGNORECASE)
