"""Name, address and logo for documents: three parts, each stored and saved by the same rules as answers.

The history names a logo by its hash; only the logo of today is kept, so that one that was removed is gone.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from assessment.domain.letterhead import Letterhead
from assessment.domain.limits import LONGEST_ADDRESS, LONGEST_NAME
from assessment.storage import merge_save
from assessment.storage.database import reading
from assessment.storage.history import LETTERHEAD, Author, Content
from assessment.storage.idempotency import IdempotencyKey
from assessment.storage.merge_save import Conflict, Proposed
from assessment.storage.pictures import is_plain_png
from assessment.storage.repository import Codec, Repository
from assessment.storage.serialization import storable
from assessment.storage.tables import letterhead, logo

NAME, ADDRESS, LOGO = "name", "address", "logo"
PARTS = (NAME, ADDRESS, LOGO)
# A logo is called by the SHA-256 of its PNG in hex.
LONGEST = {NAME: LONGEST_NAME, ADDRESS: LONGEST_ADDRESS, LOGO: 64}


def letterhead_text(content: Content) -> str:
    """Return the text that a content holds; empty for nothing. Of a logo it is the hash."""
    return str(content[0]) if isinstance(content, list) and content else ""


def _content(text: str) -> Content:
    return [storable(text)] if text else None


_CODEC = Codec(to_content=_content, from_content=letterhead_text)
# Keys are ``PARTS``.
_PARTS = Repository(letterhead, ("part",), _CODEC, LETTERHEAD)
_PNG = select(logo.c.png).where(logo.c.assessment_id == bindparam("key"))


class _WithLogo(Repository[str]):
    """The parts; the picture is replaced in the moment in which its hash is written."""

    def __init__(self, png: bytes) -> None:
        super().__init__(letterhead, ("part",), _CODEC, LETTERHEAD)
        self._png = png

    def put(self, connection: Connection, author: Author, key: str, content: Content, version: int) -> bool:
        """Write a version, as `Repository.put` does."""
        if key == LOGO:
            write_logo(connection, author.assessment_id, self._png)
        return super().put(connection, author, key, content, version)


def write_logo(connection: Connection, assessment_id: str, png: bytes) -> None:
    """Put a picture in place of the one that is there, or take it away. Raises ``ValueError`` for what is no plain PNG."""
    connection.execute(delete(logo).where(logo.c.assessment_id == assessment_id))
    if png and not is_plain_png(png):
        raise ValueError("a logo that was not drawn anew")
    if png:
        connection.execute(insert(logo), {"assessment_id": assessment_id, "png": png})


def read_logo(connection: Connection, assessment_id: str) -> bytes:
    """Return the logo as PNG; empty where there is none."""
    found: Any = connection.execute(_PNG, {"key": assessment_id}).scalar()
    return bytes(found or b"")


def load_letterhead(assessment_id: str) -> tuple[Letterhead, dict[str, int]]:
    """Return the letterhead of an assessment, empty where nobody gave one, and the version of each of its parts."""
    with reading() as connection:
        stored = _PARTS.load(connection, assessment_id)
        png = read_logo(connection, assessment_id) if LOGO in stored else b""
    texts = {part: each.value for part, each in stored.items()}
    versions = {part: each.version for part, each in stored.items()}
    return Letterhead(name=texts.get(NAME, ""), address=texts.get(ADDRESS, ""), logo=png), versions


def logo_hash(png: bytes) -> str:
    """Return what the history calls a logo: the SHA-256 of its PNG in hex; empty for none."""
    return hashlib.sha256(png).hexdigest() if png else ""


def save_letterhead(
    assessment_id: str,
    proposals: Sequence[Proposed[str]],
    *,
    logo: bytes | None,
    who: str,
    at: datetime,
    idempotency_key: IdempotencyKey | None = None,
) -> tuple[Conflict[str], ...]:
    """Save parts in one transaction, by the rules of `merge_save.save`; return those that somebody else changed meanwhile.

    The proposal of a logo names it by its hash; ``logo`` is the picture itself, empty to have none.
    """
    author = Author(assessment_id=assessment_id, who=storable(who), at=at)
    parts = _WithLogo(logo or b"")
    return merge_save.save_alone(author, parts, proposals, idempotency_key=idempotency_key).conflicts
