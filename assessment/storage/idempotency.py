"""Saving twice is saving once: what a form led to is remembered under its save key, in the transaction that saved it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from assessment.storage.compiled import Prepared
from assessment.storage.database import reading, writing
from assessment.storage.serialization import canonical
from assessment.storage.tables import save_receipt

REMEMBERED_DAYS = 7


@dataclass(frozen=True, kw_only=True)
class IdempotencyKey:
    """A save that must happen once: the key its form was rendered with, and the SHA-256 of everything that was sent.

    ``follows`` are the keys of earlier saves of the same page whose outcome it never learned.
    """

    key: str
    body_sha256: str
    follows: tuple[str, ...] = ()


class KeyReusedError(Exception):
    """The key belongs to another save: something else was sent with it. Nothing was written."""


_FIND = Prepared(
    select(save_receipt.c.body_sha256, save_receipt.c.outcome).where(
        save_receipt.c.scope == bindparam("scope"), save_receipt.c.save_key == bindparam("key")
    )
)
_FORGET = Prepared(
    delete(save_receipt).where(save_receipt.c.scope == bindparam("of"), save_receipt.c.save_key == bindparam("key"))
)
_KEEP = Prepared(insert(save_receipt))


def remembered(connection: Connection, scope: str, idempotency_key: IdempotencyKey | None) -> Mapping[str, Any] | None:
    """Return what this very save led to before; ``None`` for a new one. Raises ``KeyReusedError``."""
    row = _FIND.first(connection, {"scope": scope, "key": idempotency_key.key}) if idempotency_key else None
    if row is None or idempotency_key is None:
        return None
    if row["body_sha256"] != idempotency_key.body_sha256:
        raise KeyReusedError
    found: Mapping[str, Any] = json.loads(row["outcome"])
    return found


def settled_with(scope: str, idempotency_key: IdempotencyKey | None) -> int | None:
    """Return how much this very save wrote before; ``None`` for a new one, or where it left a conflict to be settled.

    Raises ``KeyReusedError``.
    """
    with reading() as connection:
        before = remembered(connection, scope, idempotency_key)
    return len(before["saved"]) if before and before.get("conflicts") == 0 else None


def saved_with(scope: str, key: str) -> dict[str, int]:
    """Return the version of each subject that a save under this key led to; empty where none is remembered."""
    with reading() as connection:
        row = _FIND.first(connection, {"scope": scope, "key": key})
    return {subject: int(version) for subject, version in json.loads(row["outcome"])["saved"].items()} if row else {}


def reached_before(connection: Connection, scope: str, idempotency_key: IdempotencyKey | None, subject: str) -> int | None:
    """Return the version that an earlier save of the same page brought a subject to, where that page never learned of it."""
    versions = []
    for key in idempotency_key.follows if idempotency_key else ():
        row = _FIND.first(connection, {"scope": scope, "key": key})
        if row is not None and subject in (saved := json.loads(row["outcome"])["saved"]):
            versions.append(int(saved[subject]))
    return max(versions, default=None)


def remember(
    connection: Connection,
    scope: str,
    idempotency_key: IdempotencyKey | None,
    outcome: Mapping[str, Any],
    at: datetime,
    *,
    again: bool = False,
) -> None:
    """Remember what a save led to. Pass ``again`` where it was remembered before and led to more now."""
    if idempotency_key is None:
        return
    key, body = idempotency_key.key, idempotency_key.body_sha256
    if again:
        _FORGET.run(connection, {"of": scope, "key": key})
    row = {"scope": scope, "save_key": key, "body_sha256": body, "outcome": canonical(outcome), "saved_at": at}
    _KEEP.run(connection, row)


def forget_old_saves(at: datetime) -> int:
    """Forget saves older than seven days; return how many."""
    old = delete(save_receipt).where(save_receipt.c.saved_at < at - timedelta(days=REMEMBERED_DAYS))
    with writing() as connection:
        return connection.execute(old).rowcount
