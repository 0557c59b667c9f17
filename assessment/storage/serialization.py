"""Turning answers into stored text and back, without losing anything."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from assessment.domain.answers import Answer, Evidence, State
from assessment.domain.limits import UNSTORABLE
from assessment.domain.rules import Rung


def storable(text: str) -> str:
    """The text itself. Raises ``ValueError`` where it holds what no database can keep."""
    found = UNSTORABLE.search(text)
    if found:
        what = "a NUL character" if found[0] == "\x00" else "half a character (a lone surrogate)"
        raise ValueError(f"text holds {what}")
    return text


def canonical(value: Any) -> str:
    """JSON in one form only, so that equal values are equal texts."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# What an answer is stored as: one text for each.
ANSWER_COLUMNS = ("state", "rung", "reason", "who", "note", "evidence", "last_done", "carried_from")


def answer_to_columns(answer: Answer) -> dict[str, str]:
    """An answer as texts, one for each column."""
    evidence = [
        {"title": each.title, "where": each.where, "dated": each.dated.isoformat() if each.dated else ""}
        for each in answer.evidence
    ]
    columns = {
        "state": answer.state.value,
        "rung": answer.rung.id if answer.rung is not None else "",
        "reason": answer.reason,
        "who": answer.who,
        "note": answer.note,
        "evidence": canonical(evidence) if evidence else "",
        "last_done": answer.last_done.isoformat() if answer.last_done else "",
        "carried_from": answer.carried_from,
    }
    return {name: storable(text) for name, text in columns.items()}


def answer_from_columns(columns: Mapping[str, Any]) -> Answer:
    """The answer that was stored."""
    evidence = json.loads(columns["evidence"]) if columns["evidence"] else []
    return Answer(
        state=State(columns["state"]),
        rung=Rung.of(columns["rung"]) if columns["rung"] else None,
        reason=columns["reason"],
        who=columns["who"],
        note=columns["note"],
        evidence=tuple(Evidence(title=each["title"], where=each["where"], dated=_day(each["dated"])) for each in evidence),
        last_done=_day(columns["last_done"]),
        carried_from=columns["carried_from"],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def in_utc(time: datetime) -> datetime:
    """A stored time; SQLite gives times back without their zone, which is always UTC."""
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
