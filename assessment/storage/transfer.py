"""A whole assessment as one JSON document, out of one installation and into another, without losing anything.

The document holds the present state and the history that led to it. Its history must be whole, and its present state must be
what the history says; a document that was altered by hand is refused with the place named.
"""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from assessment.storage.access import fingerprint
from assessment.storage.assessments import ChosenStandard, grant, new_assessment, write_chosen
from assessment.storage.database import reading, writing
from assessment.storage.history import LETTERHEAD, PROFILE, RESERVED, STEP, AssessmentGoneError, Content, check_chain
from assessment.storage.letterheads import LOGO, LONGEST, letterhead_text, logo_hash, read_logo, write_logo
from assessment.storage.once import Once, remember, remembered
from assessment.storage.pictures import is_plain_png
from assessment.storage.plan_steps import step_note
from assessment.storage.records import ANSWER_COLUMNS, answer_from_columns, canonical, in_utc, storable
from assessment.storage.tables import (
    answer,
    assessment,
    change,
    chosen_standard,
    letterhead,
    plan_step,
    profile_answer,
    refused_suggestion,
)

FORMAT = "iso-readiness/assessment"
# What this version writes, and what an export of each older version did not have yet.
VERSION = 2
_ADDED_SINCE: Mapping[int, Mapping[str, Any]] = {1: {"letterhead": {}, "logo": ""}, 2: {}}
LONGEST_TEXT = 10_000
LONGEST_NAME = 200
_PARTS = frozenset(
    {
        "format",
        "version",
        "organisation",
        "created_at",
        "updated_at",
        "chosen",
        "answers",
        "profile",
        "steps",
        "letterhead",
        "logo",
        "refused",
        "history",
        "chain",
    }
)
_ENTRY = ("number", "subject", "version", "content", "changed_by", "changed_at", "hash")
_STATE = ("version", "content", "changed_by", "changed_at")


class TransferError(Exception):
    """A document cannot be taken in; the message says where and why. Nothing was written."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document that was checked and can be taken in."""

    organisation: str
    told: Mapping[str, Any]

    @property
    def standards(self) -> tuple[str, ...]:
        """The ids of the standards chosen in it."""
        return tuple(each["standard"] for each in self.told["chosen"])

    @property
    def refs(self) -> tuple[str, ...]:
        """The questions it has answers to."""
        return tuple(self.told["answers"])

    @property
    def changes(self) -> int:
        """How many changes its history has."""
        return len(self.told["history"])


def _time(at: datetime) -> str:
    return in_utc(at).isoformat(timespec="microseconds")


def to_document(assessment_id: str) -> dict[str, Any]:
    """Everything about an assessment except who may open it. Raises ``AssessmentGoneError``."""
    with reading() as connection:

        def rows(table: Any) -> list[dict[str, Any]]:
            query = select(table).where(table.c.assessment_id == assessment_id).order_by(*table.primary_key.columns)
            return [dict(row) for row in connection.execute(query).mappings()]

        head = connection.execute(select(assessment).where(assessment.c.id == assessment_id)).mappings().first()
        if head is None:
            raise AssessmentGoneError(assessment_id)
        answers = {
            f"{row['standard']}/{row['question']}": {**row, "content": {name: row[name] for name in ANSWER_COLUMNS}}
            for row in rows(answer)
        }
        profile = {row["question"]: {**row, "content": json.loads(row["value"])} for row in rows(profile_answer)}
        steps = {row["action"]: {**row, "content": json.loads(row["value"])} for row in rows(plan_step)}
        parts = {row["part"]: {**row, "content": json.loads(row["value"])} for row in rows(letterhead)}
        return {
            "format": FORMAT,
            "version": VERSION,
            "organisation": head["organisation"],
            "created_at": _time(head["created_at"]),
            "updated_at": _time(head["updated_at"]),
            "chosen": [{name: row[name] for name in ("standard", "edition", "depth")} for row in rows(chosen_standard)],
            "answers": {ref: _state(row) for ref, row in answers.items()},
            "profile": {key: _state(row) for key, row in profile.items()},
            "steps": {key: _state(row) for key, row in steps.items()},
            "letterhead": {part: _state(row) for part, row in parts.items()},
            "logo": base64.b64encode(read_logo(connection, assessment_id)).decode(),
            "refused": {row["question"]: row["source"] for row in rows(refused_suggestion)},
            "history": [_entry(row) for row in rows(change)],
            "chain": head["chain"],
        }


def _state(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _time(row[name]) if name == "changed_at" else row[name] for name in _STATE}


def _entry(row: Mapping[str, Any]) -> dict[str, Any]:
    content = json.loads(row["content"])
    return {**{name: row[name] for name in _ENTRY}, "content": content, "changed_at": _time(row["changed_at"])}


def to_json(document: Mapping[str, Any]) -> bytes:
    """A document as a file."""
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def read_document(raw: bytes, fits: Callable[[str, tuple[str, ...]], bool]) -> Document:
    """Check a document whole before anything is written.

    ``fits`` says whether the values of a profile question are ones it can have. Raises ``TransferError``.
    """
    try:
        told = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_constant)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise TransferError(f"This file is no JSON document: {str(error)[:200]}.") from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise TransferError("This file is no export of an assessment. Take the file that “Everything, to move or keep” gave.")
    added = _ADDED_SINCE.get(told["version"]) if type(told.get("version")) is int else None
    if added is None or not told.keys().isdisjoint(added):
        raise TransferError(
            f"This export has version {str(told.get('version'))[:20]}; this installation reads versions 1 to {VERSION}."
        )
    told = {**told, **added}
    try:
        _check(told, fits)
    except TransferError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError) as error:
        raise TransferError(f"This export is damaged: {type(error).__name__}: {str(error)[:200]}.") from error
    return Document(organisation=told["organisation"], told=told)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _demand(right: object, where: str, text: str) -> None:
    if not right:
        raise TransferError(f"{where}: {text}.")


def _text(value: object, where: str, longest: int = LONGEST_TEXT) -> str:
    _demand(isinstance(value, str), where, "is not a text")
    text = storable(str(value))
    _demand(len(text) <= longest, where, f"has {len(text):,} characters; at most {longest:,} can be kept")
    return text


def _check(told: Mapping[str, Any], fits: Callable[[str, tuple[str, ...]], bool]) -> None:
    _demand(told.keys() == _PARTS, "the document", f"has other parts than {', '.join(sorted(_PARTS))}")
    _demand(_text(told["organisation"], "organisation", LONGEST_NAME).strip(), "organisation", "is empty")
    for name in ("created_at", "updated_at"):
        _day_and_time(told[name], name)
    for each in told["chosen"]:
        _demand(each.keys() == {"standard", "edition", "depth"}, "chosen", "has other fields")
        _demand(each["depth"] in ("quick", "full"), "chosen", "has an unknown depth")
        _demand(all(_text(value, "chosen", LONGEST_NAME) for value in each.values()), "chosen", "has an empty field")
    _demand(len({each["standard"] for each in told["chosen"]}) == len(told["chosen"]), "chosen", "names a standard twice")
    for ref, source in told["refused"].items():
        _demand(_text(ref, "refused", LONGEST_NAME) and _text(source, "refused", LONGEST_NAME), "refused", "is empty")
    for entry in told["history"]:
        _check_entry(entry, fits)
    rows = [
        {**each, "content": canonical(each["content"]), "changed_at": _day_and_time(each["changed_at"], "history")}
        for each in told["history"]
    ]
    found = check_chain(rows, len(rows), told["chain"])
    _demand(found is None, "history", found[1] if found else "")
    _check_state(told)


def _check_entry(entry: Mapping[str, Any], fits: Callable[[str, tuple[str, ...]], bool]) -> None:
    _demand(tuple(entry) == _ENTRY or entry.keys() == set(_ENTRY), "history", "has an entry with other fields")
    where = f"history, change {str(entry['number'])[:20]}"
    for name in ("number", "version"):
        _demand(type(entry[name]) is int and 0 < entry[name] < 2**31, where, f"{name} is not a number that can be")
    subject = _text(entry["subject"], where, LONGEST_NAME)
    _text(entry["changed_by"], where, LONGEST_NAME)
    _day_and_time(entry["changed_at"], where)
    kind, _, about = subject.partition("/")
    _check_content(kind, about, entry["content"], where, fits)


def _check_content(kind: str, about: str, content: Content, where: str, fits: Callable[[str, tuple[str, ...]], bool]) -> None:
    if kind == PROFILE:
        _demand(content is None or isinstance(content, list), where, "is no profile answer")
        values = tuple(_text(each, where) for each in content or ())
        _demand(content is None or fits(about, values), where, f"“{about}” cannot be answered like this")
    elif kind == STEP:
        _demand(isinstance(content, Mapping) and content.keys() == {"owner", "due", "done_on"}, where, "is no note on a step")
        for each in content.values() if isinstance(content, Mapping) else ():
            _text(each, where)
        step_note(content)
    elif kind == LETTERHEAD:
        _demand(about in LONGEST, where, "is no part of a letterhead")
        _demand(content is None or (isinstance(content, list) and len(content) == 1), where, "is no part of a letterhead")
        for each in content or ():
            _demand(_text(each, where, LONGEST[about]), where, "is an empty part of a letterhead")
    elif kind in RESERVED:
        _demand(isinstance(content, Mapping), where, "is no such change")
    else:
        _demand(about, where, "is about no question")
        _demand(isinstance(content, Mapping) and content.keys() == set(ANSWER_COLUMNS), where, "is no answer")
        for each in content.values() if isinstance(content, Mapping) else ():
            _text(each, where, 20 * LONGEST_TEXT)
        _check_answer(content if isinstance(content, Mapping) else {}, where)


def _check_answer(content: Mapping[str, Any], where: str) -> None:
    for name in ("reason", "who", "note"):
        _text(content[name], where)
    found = answer_from_columns(content)
    for each in found.evidence:
        _demand(_text(each.title, where).strip(), where, "has evidence without a name")
        _text(each.where, where)


def _check_state(told: Mapping[str, Any]) -> None:
    """The present state must be what the history led to."""
    last: dict[str, dict[str, dict[str, Any]]] = {"answers": {}, "profile": {}, "steps": {}, "letterhead": {}}
    for entry in told["history"]:
        kind, _, about = entry["subject"].partition("/")
        part = {PROFILE: "profile", STEP: "steps", LETTERHEAD: "letterhead"}.get(kind, "answers")
        if part == "answers" and kind in RESERVED:
            continue
        key = entry["subject"] if part == "answers" else about
        before = last[part].get(key, {"version": 0})["version"]
        _demand(entry["version"] == before + 1, f"history, change {entry['number']}", "does not follow the version before it")
        last[part][key] = {name: entry[name] for name in _STATE}
    for part, state in last.items():
        _demand(told[part] == state, part, "is not what the history says")
    png = base64.b64decode(told["logo"], validate=True)
    named = letterhead_text(last["letterhead"].get(LOGO, {"content": None})["content"])
    _demand(logo_hash(png) == named, "logo", "is not the one the history names")
    _demand(not png or is_plain_png(png), "logo", "is no picture as this product makes them")


def _day_and_time(value: object, where: str) -> datetime:
    at = datetime.fromisoformat(_text(value, where, LONGEST_NAME))
    _demand(at.tzinfo is not None and _time(at) == value, where, "has a time in another form")
    return at.astimezone(UTC)


def add_document(document: Document, *, sid: str, at: datetime, once: Once | None = None) -> str:
    """Make a new assessment of a document, held by a browser session, and return its id. All of it is written, or nothing."""
    told = document.told
    with writing() as connection:
        before = remembered(connection, fingerprint(sid), once)
        if before is not None:
            return str(before["assessment"])
        key = new_assessment(connection, document.organisation, at=_day_and_time(told["created_at"], ""))
        write_chosen(connection, key, [ChosenStandard(**each) for each in told["chosen"]])
        _write_state(connection, key, told)
        head = {"changes": document.changes, "chain": told["chain"], "updated_at": _day_and_time(told["updated_at"], "")}
        connection.execute(update(assessment).where(assessment.c.id == key).values(head))
        grant(connection, key, sid, at=at)
        remember(connection, fingerprint(sid), once, {"assessment": key}, at)
    return key


def _write_state(connection: Connection, key: str, told: Mapping[str, Any]) -> None:
    def changed(row: Mapping[str, Any]) -> dict[str, Any]:
        at = _day_and_time(row["changed_at"], "")
        return {"assessment_id": key, "version": row["version"], "changed_by": row["changed_by"], "changed_at": at}

    rows: dict[Any, list[dict[str, Any]]] = {
        answer: [
            {
                **changed(told["answers"][ref]),
                **told["answers"][ref]["content"],
                "standard": ref.partition("/")[0],
                "question": ref.partition("/")[2],
            }
            for ref in told["answers"]
        ],
        profile_answer: [
            {**changed(row), "question": name, "value": canonical(row["content"])} for name, row in told["profile"].items()
        ],
        plan_step: [
            {**changed(row), "action": name, "value": canonical(row["content"])} for name, row in told["steps"].items()
        ],
        letterhead: [
            {**changed(row), "part": part, "value": canonical(row["content"])} for part, row in told["letterhead"].items()
        ],
        refused_suggestion: [
            {"assessment_id": key, "question": ref, "source": source} for ref, source in told["refused"].items()
        ],
        change: [
            {
                **changed(row),
                "number": row["number"],
                "subject": row["subject"],
                "content": canonical(row["content"]),
                "hash": row["hash"],
            }
            for row in told["history"]
        ],
    }
    for table, some in rows.items():
        if some:
            connection.execute(insert(table), some)
    write_logo(connection, key, base64.b64decode(told["logo"]))
