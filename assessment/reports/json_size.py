"""How much a JSON file holds, found out in a process of its own before the server reads it.

Seventeen megabytes of brackets take half a gigabyte as values, and seconds in which nothing else runs.
Run as a program: the file comes in, the number of its values and how deep they lie go out, or nothing where it is no JSON.
"""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assessment.reports.child_process import DocumentError, make_in_child

# Deeper than any file of ours; Python itself reads about a thousand levels.
TOO_DEEP = 1_000


@dataclass(frozen=True, kw_only=True)
class JsonSize:
    """How many values a file holds, and in how many levels they lie within each other."""

    values: int
    depth: int


class NotJsonError(ValueError):
    """The file is no JSON document in UTF-8."""


class TooMuchJsonError(ValueError):
    """The file takes more memory or time to read than any file of ours does."""


def size_of_upload(text: bytes) -> JsonSize:
    """Return how much a file that somebody sent holds.

    Raises ``NotJsonError``, ``TooMuchJsonError``, and ``TooBusyError`` where another file is being read: nothing waits here.
    """
    try:
        told = make_in_child(__name__, text, seconds=10, processor_seconds=5, megabytes=1024, uploaded=True)
    except DocumentError as error:
        raise TooMuchJsonError from error
    if not told:
        raise NotJsonError
    values, depth = told.split()
    return JsonSize(values=int(values), depth=int(depth))


def size(text: bytes) -> JsonSize:
    """Return how much a file holds, read in this process. Raises ``ValueError`` for what is no JSON."""
    try:
        level = [json.loads(text.decode("utf-8-sig"))]
    except RecursionError:
        return JsonSize(values=TOO_DEEP, depth=TOO_DEEP)
    values = depth = 0
    while level:
        values, depth = values + len(level), depth + 1
        level = [inner for value in level for inner in _inside(value)]
    return JsonSize(values=values, depth=depth)


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def main() -> None:
    """Read a file from standard input, and write how much it holds to standard output."""
    try:
        found = size(sys.stdin.buffer.read())
    except ValueError:
        return
    sys.stdout.write(f"{found.values} {found.depth}")


if __name__ == "__main__":
    main()
