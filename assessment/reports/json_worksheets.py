"""Worksheets as JSON: every line as it was filled in, and what is decided from it; and lines read back from there."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from assessment.domain.completeness import completeness, open_lines
from assessment.domain.library import Library
from assessment.domain.limits import LONGEST_WORKSHEET_TEXT, MOST_LINES
from assessment.domain.significance import Significance, judged
from assessment.domain.worksheet import Worksheet
from assessment.domain.worksheet_actions import actions_of
from assessment.domain.worksheet_condition import Value
from assessment.domain.worksheet_lines import Declined, Filled, Line, fitting
from assessment.reports.wording.significance import steps_in_words


def worksheets_data(worksheets: Sequence[Filled], on: date) -> dict[str, Any]:
    """Return worksheets by id as plain values: lines, what was said about candidates, and what comes of them on a day."""
    return {filled.worksheet.id: _worksheet(filled, on) for filled in worksheets}


def _worksheet(filled: Filled, on: date) -> dict[str, Any]:
    complete, worksheet = completeness(filled, on), filled.worksheet
    scored = (each for method in worksheet.methods for each in judged(filled, method, on))
    return {
        "title": worksheet.title,
        "revision": worksheet.revision,
        "lines": {line.id: _line(line) for line in filled.present()},
        "candidates": {name: {"because": said.because, "later": said.later} for name, said in sorted(filled.declined.items())},
        "scores": {each.line.id: _score(each, filled) for each in scored},
        "open-first": [line.id for line in open_lines(filled, on)],
        "parts": len(worksheet.parts),
        "parts-complete": complete.parts_complete,
        "missing": sum(len(complete.of_part(part)) for part in worksheet.parts),
        "actions": [
            {
                "line": action.line.id,
                "owner": action.note.owner,
                "due": _day(action.note.due),
                "done-on": _day(action.note.done_on),
                "effect": action.effect.value,
            }
            for action in actions_of([filled])
        ],
    }


def _line(line: Line) -> dict[str, Any]:
    values = {name: value if isinstance(value, str) else list(value) for name, value in line.values.items()}
    return {
        "values": values,
        "candidate": line.candidate,
        "confirmed-on": _day(line.confirmed_on),
        "changed-on": _day(line.changed_on),
    }


def _score(found: Significance, filled: Filled) -> dict[str, Any]:
    register = filled.worksheet.registers[found.method.register]
    return {
        "total": found.score.total,
        "counts": found.is_significant,
        "ground": found.ground.value,
        "how": steps_in_words(found, register),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def worksheets_from(told: Mapping[str, Any], library: Library) -> tuple[Filled, ...]:
    """Return worksheets as a receipt has them, in the order of the library; of one that is not installed a ``KeyError``.

    Raises ``KeyError``, ``TypeError``, ``ValueError`` and ``AttributeError`` for what is no worksheet.
    """
    unknown = told.keys() - library.worksheets.keys()
    if unknown:
        raise KeyError(min(unknown))
    return tuple(
        Filled(
            worksheet=worksheet,
            lines={name: _line_from(worksheet, name, line) for name, line in told[worksheet.id]["lines"].items()},
            declined={
                name: Declined(because=_text(said["because"]), later=bool(said["later"]))
                for name, said in told[worksheet.id]["candidates"].items()
            },
        )
        for worksheet in library.worksheets.values()
        if worksheet.id in told and _is_bearable(told[worksheet.id])
    )


def _is_bearable(told: Mapping[str, Any]) -> bool:
    if len(told["lines"]) > MOST_LINES:
        raise ValueError(f"a worksheet has more than {MOST_LINES} lines")
    return True


def _line_from(worksheet: Worksheet, line_id: str, told: Mapping[str, Any]) -> Line:
    return Line(
        id=line_id,
        values=fitting(worksheet.register_of(line_id), {name: _value(value) for name, value in told["values"].items()}),
        candidate=_text(told["candidate"]),
        confirmed_on=day_from(told["confirmed-on"]),
        changed_on=day_from(told["changed-on"]),
    )


def _value(told: Any) -> Value:
    return tuple(_text(part) for part in told) if isinstance(told, list) else _text(told)


def _text(told: Any) -> str:
    if not isinstance(told, str):
        raise TypeError("a line has a value that is no text")
    if len(told) > LONGEST_WORKSHEET_TEXT:
        raise ValueError("a line has a text that is too long")
    return told


def day_from(told: str | None) -> date | None:
    """Return the day that a receipt says; ``None`` where it says none. Raises ``ValueError`` and ``TypeError``."""
    return date.fromisoformat(told) if told is not None else None
