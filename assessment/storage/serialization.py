"""What can be stored, and in which form: texts, values as JSON, and times."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from assessment.domain.limits import UNSTORABLE


def storable(text: str) -> str:
    """Return the text itself. Raises ``ValueError`` where it holds what no database can keep."""
    found = UNSTORABLE.search(text)
    if found:
        what = "a NUL character" if found[0] == "\x00" else "half a character (a lone surrogate)"
        raise ValueError(f"text holds {what}")
    return text


def all_storable(value: Any) -> Any:
    """Return a value of JSON itself. Raises ``ValueError`` where a text anywhere in it is one that no database can keep."""
    if isinstance(value, str):
        storable(value)
    elif isinstance(value, Mapping):
        for part in value.values():
            all_storable(part)
    elif isinstance(value, list):
        for part in value:
            all_storable(part)
    return value


def canonical(value: Any) -> str:
    """Return JSON in one form only, so that equal values are equal texts. Raises ``ValueError`` for numbers JSON has not."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def in_utc(time: datetime) -> datetime:
    """Return a stored time in UTC; SQLite gives times back without their zone, which is always UTC."""
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
