"""A whole assessment out of one installation and into another, as one document, without losing anything."""

import base64
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from assessment.domain.authors import STARTER
from assessment.storage.assessments import chosen_from, grant, new_assessment, write_chosen
from assessment.storage.database import reading, writing
from assessment.storage.export_check import ENTRY, STATE, day_and_time, time_in_full
from assessment.storage.export_format import FORMAT, VERSION, Document, to_json
from assessment.storage.history import IMPORTED, AssessmentGoneError, Author, lock_for_update, record
from assessment.storage.idempotency import IdempotencyKey, remember, remembered
from assessment.storage.letterheads import read_logo, write_logo
from assessment.storage.secret_tokens import fingerprint
from assessment.storage.serialization import canonical
from assessment.storage.sessions import hold
from assessment.storage.tables import (
    answer,
    assessment,
    change,
    chosen_standard,
    letterhead,
    plan_step,
    profile_answer,
    refused_suggestion,
    worksheet_entry,
)

# Read at a time.
CHANGES_AT_ONCE = 100


def to_document(assessment_id: str) -> dict[str, Any]:
    """Return everything about an assessment except who may open it. Raises ``AssessmentGoneError``."""
    with reading() as connection:
        told, chain = _present(connection, assessment_id)
        return {**told, "history": list(_history(connection, assessment_id)), "chain": chain}


def in_parts(assessment_id: str) -> Iterator[bytes]:
    """Return the same as a file, piece by piece, never held whole: a history has no end. Raises ``AssessmentGoneError``."""
    with reading() as connection:
        told, chain = _present(connection, assessment_id)
        yield to_json(told).removesuffix(b"\n}") + b',\n "history": ['
        before = b"\n"
        for entry in _history(connection, assessment_id):
            yield before + to_json(entry)
            before = b",\n"
        yield b'\n ],\n "chain": ' + to_json(chain) + b"\n}"


def _present(connection: Connection, assessment_id: str) -> tuple[dict[str, Any], str]:
    """Return an assessment without its history, and the hash of its last change."""

    def rows(table: Any) -> list[dict[str, Any]]:
        query = select(table).where(table.c.assessment_id == assessment_id).order_by(*table.primary_key.columns)
        return [dict(row) for row in connection.execute(query).mappings()]

    head = connection.execute(select(assessment).where(assessment.c.id == assessment_id)).mappings().first()
    if head is None:
        raise AssessmentGoneError(assessment_id)
    told = {
        "format": FORMAT,
        "version": VERSION,
        "organisation": head["organisation"],
        "created_at": time_in_full(head["created_at"]),
        "updated_at": time_in_full(head["updated_at"]),
        "chosen": [{name: row[name] for name in ("standard", "edition", "depth")} for row in rows(chosen_standard)],
        "answers": {f"{row['standard']}/{row['question']}": _state(row) for row in rows(answer)},
        "profile": {row["question"]: _state(row) for row in rows(profile_answer)},
        "steps": {row["action"]: _state(row) for row in rows(plan_step)},
        "letterhead": {row["part"]: _state(row) for row in rows(letterhead)},
        "worksheets": {f"{row['worksheet']}/{row['kind']}/{row['entry']}": _state(row) for row in rows(worksheet_entry)},
        "logo": base64.b64encode(read_logo(connection, assessment_id)).decode(),
        "refused": {row["question"]: row["source"] for row in rows(refused_suggestion)},
    }
    return told, head["chain"]


def _history(connection: Connection, assessment_id: str) -> Iterator[dict[str, Any]]:
    """Return every change of an assessment, the oldest first, so many read at a time."""
    query = select(change).where(change.c.assessment_id == assessment_id).order_by(change.c.number)
    for row in connection.execute(query, execution_options={"yield_per": CHANGES_AT_ONCE}).mappings():
        yield _entry(dict(row))


def _state(row: Mapping[str, Any]) -> dict[str, Any]:
    return _as_written({name: row[name] for name in STATE})


def _entry(row: Mapping[str, Any]) -> dict[str, Any]:
    return _as_written({name: row[name] for name in ENTRY})


def _as_written(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row for a document; its content keeps the shape it was written in, which the chain is about."""
    return {**row, "content": json.loads(row["content"]), "changed_at": time_in_full(row["changed_at"])}


def add_document(document: Document, *, sid: str, at: datetime, idempotency_key: IdempotencyKey | None = None) -> str:
    """Make a new assessment of a document, held by a browser session, and return its id. All of it is written, or nothing.

    Its history is that of the document, and one entry more that says it was imported.
    """
    told = document.told
    with writing() as connection:
        hold(connection, sid, at=at)
        before = remembered(connection, fingerprint(sid), idempotency_key)
        if before is not None:
            return str(before["assessment"])
        key = new_assessment(connection, document.organisation, at=day_and_time(told["created_at"], ""))
        write_chosen(connection, key, [chosen_from(each) for each in told["chosen"]])
        _write_state(connection, key, told)
        head = {"changes": document.changes, "chain": told["chain"], "updated_at": day_and_time(told["updated_at"], "")}
        connection.execute(update(assessment).where(assessment.c.id == key).values(head))
        grant(connection, key, sid, at=at)
        locked = lock_for_update(connection, Author(assessment_id=key, who=STARTER, at=at))
        record(connection, locked, {IMPORTED: (locked.changes + 1, {"as_of": told["updated_at"]})})
        remember(connection, fingerprint(sid), idempotency_key, {"assessment": key}, at)
    return key


def _write_state(connection: Connection, key: str, told: Mapping[str, Any]) -> None:
    def changed(row: Mapping[str, Any]) -> dict[str, Any]:
        at = day_and_time(row["changed_at"], "")
        content = canonical(row["content"])
        return {
            "assessment_id": key,
            "version": row["version"],
            "content": content,
            "changed_by": row["changed_by"],
            "changed_at": at,
        }

    rows: dict[Any, list[dict[str, Any]]] = {
        answer: [
            {
                **changed(told["answers"][ref]),
                "standard": ref.partition("/")[0],
                "question": ref.partition("/")[2],
            }
            for ref in told["answers"]
        ],
        profile_answer: [{**changed(row), "question": name} for name, row in told["profile"].items()],
        plan_step: [{**changed(row), "action": name} for name, row in told["steps"].items()],
        letterhead: [{**changed(row), "part": part} for part, row in told["letterhead"].items()],
        worksheet_entry: [
            {**changed(row), **dict(zip(("worksheet", "kind", "entry"), key_of.split("/", 2), strict=True))}
            for key_of, row in told["worksheets"].items()
        ],
        refused_suggestion: [
            {"assessment_id": key, "question": ref, "source": source} for ref, source in told["refused"].items()
        ],
        change: [
            {
                **changed(row),
                "number": row["number"],
                "subject": row["subject"],
                "hash": row["hash"],
            }
            for row in told["history"]
        ],
    }
    for table, some in rows.items():
        if some:
            connection.execute(insert(table), some)
    write_logo(connection, key, base64.b64decode(told["logo"]))
