"""Saving twice is saving once: what a form led to is remembered under its save key, in the transaction that saved it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from assessment.storage.compiled import Prepared
from assessment.storage.database import writing
from assessment.storage.serialization import canonical
from assessment.storage.tables import save_receipt

REMEMBERED_DAYS = 7


@dataclass(frozen=True, kw_only=True)
class Once:
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


def remembered(connection: Connection, scope: str, once: Once | None) -> Mapping[str, Any] | None:
    """What this very save led to before; ``None`` for a new one. Raises ``KeyReusedError``."""
    row = _FIND.first(connection, {"scope": scope, "key": once.key}) if once else None
    if row is None or once is None:
        return None
    if row["body_sha256"] != once.body_sha256:
        raise KeyReusedError
    found: Mapping[str, Any] = json.loads(row["outcome"])
    return found


def reached_before(connection: Connection, scope: str, once: Once | None, subject: str) -> int | None:
    """The version that an earlier save of the same page brought a subject to, where that page never learned of it."""
    versions = []
    for key in once.follows if once else ():
        row = _FIND.first(connection, {"scope": scope, "key": key})
        if row is not None and subject in (saved := json.loads(row["outcome"])["saved"]):
            versions.append(int(saved[subject]))
    return max(versions, default=None)


def remember(
    connection: Connection, scope: str, once: Once | None, outcome: Mapping[str, Any], at: datetime, *, again: bool = False
) -> None:
    """Remember what a save led to. Pass ``again`` where it was remembered before and led to more now."""
    if once is None:
        return
    if again:
        _FORGET.run(connection, {"of": scope, "key": once.key})
    row = {"scope": scope, "save_key": once.key, "body_sha256": once.body_sha256, "outcome": canonical(outcome)}
    _KEEP.run(connection, {**row, "saved_at": at})


def forget_old_saves(at: datetime) -> int:
    """Forget saves older than seven days; return how many."""
    old = delete(save_receipt).where(save_receipt.c.saved_at < at - timedelta(days=REMEMBERED_DAYS))
    with writing() as connection:
        return connection.execute(old).rowcount
