"""Name, address and logo for documents: three parts, each stored and saved by the same rules as answers.

The history names a logo by its hash; only the logo of today is kept, so that one that was removed is gone.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from assessment.domain.limits import LONGEST_ADDRESS, LONGEST_NAME
from assessment.storage import merge_save
from assessment.storage.database import reading, writing
from assessment.storage.history import LETTERHEAD, Author, Content
from assessment.storage.idempotency import Once
from assessment.storage.pictures import is_plain_png
from assessment.storage.serialization import storable
from assessment.storage.tables import letterhead, logo
from assessment.storage.versioned_values import Noted

NAME, ADDRESS, LOGO = "name", "address", "logo"
PARTS = (NAME, ADDRESS, LOGO)
# A logo is called by the SHA-256 of its PNG in hex.
LONGEST = {NAME: LONGEST_NAME, ADDRESS: LONGEST_ADDRESS, LOGO: 64}


@dataclass(frozen=True, kw_only=True)
class StoredLetterhead:
    """A letterhead; each part is empty where nobody gave it. ``logo`` is a PNG, ``versions`` are those of its parts."""

    name: str
    address: str
    logo: bytes
    versions: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class LetterheadSubmission:
    """What somebody wants saved. ``logo`` is ``None`` to leave it as it is, and empty to have none.

    ``versions``: as in a `StoredLetterhead`, those the form was made from.
    """

    name: str
    address: str
    logo: bytes | None
    versions: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class LetterheadConflict:
    """Two people changed one part: mine was not written. ``theirs`` is the text stored; for a logo its hash, or nothing."""

    part: str
    theirs: str
    version: int
    changed_by: str


_SHELF = Noted(letterhead, "part", LETTERHEAD)
_PNG = select(logo.c.png).where(logo.c.assessment_id == bindparam("key"))


class _WithLogo:
    """The shelf of the parts; it replaces the picture in the moment in which its hash is written."""

    def __init__(self, png: bytes) -> None:
        self._png = png

    def find(self, connection: Connection, assessment_id: str, subject: str) -> merge_save.Kept | None:
        return _SHELF.find(connection, assessment_id, subject)

    def put(self, connection: Connection, author: Author, subject: str, content: Content, version: int) -> bool:
        if subject == f"{LETTERHEAD}/{LOGO}":
            write_logo(connection, author.assessment_id, self._png)
        return _SHELF.put(connection, author, subject, content, version)


def write_logo(connection: Connection, assessment_id: str, png: bytes) -> None:
    """Put a picture in place of the one that is there, or take it away. Raises ``ValueError`` for what is no plain PNG."""
    connection.execute(delete(logo).where(logo.c.assessment_id == assessment_id))
    if png and not is_plain_png(png):
        raise ValueError("a logo that was not drawn anew")
    if png:
        connection.execute(insert(logo), {"assessment_id": assessment_id, "png": png})


def read_logo(connection: Connection, assessment_id: str) -> bytes:
    """The logo as PNG; empty where there is none."""
    found: Any = connection.execute(_PNG, {"key": assessment_id}).scalar()
    return bytes(found or b"")


def load_letterhead(assessment_id: str) -> StoredLetterhead:
    """The letterhead of an assessment, empty where nobody gave one."""
    with reading() as connection:
        kept = _SHELF.load(connection, assessment_id)
        png = read_logo(connection, assessment_id) if LOGO in kept else b""
    texts = {part: letterhead_text(each.content) for part, each in kept.items()}
    versions = {part: each.version for part, each in kept.items()}
    return StoredLetterhead(name=texts.get(NAME, ""), address=texts.get(ADDRESS, ""), logo=png, versions=versions)


def letterhead_text(content: Content) -> str:
    """The text that an entry of the history holds; empty for nothing. Of a logo it is the hash."""
    return str(content[0]) if isinstance(content, list) and content else ""


def logo_hash(png: bytes) -> str:
    """What the history calls a logo: the SHA-256 of its PNG in hex; empty for none."""
    return hashlib.sha256(png).hexdigest() if png else ""


def save_letterhead(
    assessment_id: str, wanted: LetterheadSubmission, *, who: str, at: datetime, once: Once | None = None
) -> tuple[LetterheadConflict, ...]:
    """Save the parts in one transaction, by the rules of `save_answers`; return those that somebody else changed meanwhile."""
    author = Author(assessment_id=assessment_id, who=storable(who), at=at)
    texts = {NAME: storable(wanted.name), ADDRESS: storable(wanted.address)}
    if wanted.logo is not None:
        texts[LOGO] = logo_hash(wanted.logo)
    parts = [
        merge_save.Wanted(
            subject=f"{LETTERHEAD}/{part}", content=[text] if text else None, base_version=wanted.versions.get(part, 0)
        )
        for part, text in texts.items()
    ]
    with writing() as connection:
        outcome = merge_save.save(connection, author, _WithLogo(wanted.logo or b""), parts, once=once)
    return tuple(_conflict(each) for each in outcome.clashes)


def _conflict(clash: merge_save.Clash) -> LetterheadConflict:
    return LetterheadConflict(
        part=clash.wanted.subject.partition("/")[2],
        theirs=letterhead_text(clash.kept.content),
        version=clash.kept.version,
        changed_by=clash.kept.changed_by,
    )
