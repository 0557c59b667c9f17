"""The JSON Schema of the receipt (draft 2020-12): what each of its fields means, for people and for programs."""

import json
from functools import cache
from pathlib import Path
from typing import Any

# Where every installation serves it.
ADDRESS = "/receipt.schema.json"
_FILE = Path(__file__).parent / "receipt.schema.json"


@cache
def receipt_schema() -> bytes:
    """Return the schema as a file."""
    return _FILE.read_bytes()


def meaning(where: str) -> str:
    """Return what a place of a receipt means, in words, such as ``/standards/0/score/low``; empty for one that none has."""
    schema = _parsed()
    found: Any = schema
    for part in where.split("/")[1:]:
        found = _within(found, part, schema)
    return str(found.get("description", ""))


@cache
def _parsed() -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(receipt_schema())
    return parsed


def _within(of: dict[str, Any], part: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a part of what another schema is about; the part's own words go before those it refers to."""
    inner = of.get("properties", {}).get(part) or of.get("additionalProperties") or of.get("items") or {}
    if not inner and "oneOf" in of:
        inner = _within(of["oneOf"][0], part, schema)
    reference = inner.get("$ref", "").rpartition("/")[2]
    return {**schema["$defs"][reference], **inner} if reference else inner
