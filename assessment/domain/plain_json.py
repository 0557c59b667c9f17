"""JSON that every reader reads alike: no name twice in one object, and no number that JSON has not."""

import json
import math
from typing import Any


class NameTwiceError(ValueError):
    """An object has a name twice: one reader takes the first value, another the last. The argument is the name."""


def parse(text: str) -> Any:
    """Return the value that a text says. Raises ``ValueError``, of which ``NameTwiceError`` is one, and ``RecursionError``."""
    return json.loads(text, object_pairs_hook=_each_once, parse_constant=_finite, parse_float=_finite)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise NameTwiceError(next(name for name in names if names.count(name) > 1))
    return found


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:20]} is no number")
    return number
