"""What an uploaded workbook holds beside the cells that are read: comments, own columns and sheets, formulas without a result.

It is named, so that nobody thinks it was taken over. A workbook of ours says which heads and sheets it was made with; one that
is older does not, and then its own are not told from those that somebody added.
"""

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from io import BytesIO
from posixpath import join, normpath
from xml.sax.saxutils import unescape

from assessment.reports.workbook.columns import ANSWER, ANSWERS, filled_in_heads, is_evidence_head

# Keys of the sheet that says where a workbook came from: the heads of its answers, and its sheets, one a line.
HEADS, SHEETS = "heads", "sheets"
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^<>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")
_AUTHORS = re.compile(rb"<(?:\w+:)?author\b[^<>]*?(?:/>|>([^<]*)<)")
_COMMENT = re.compile(rb"<(?:\w+:)?(?:comment|threadedComment)\b[^<>]*>")
_FORMULA_ONLY = re.compile(
    rb"""<c\b[^<>]*?\sr="([A-Z]{1,3}\d{1,7})"[^<>]*>\s*<f\b[^<>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"""
)
_HOLDS = re.compile(rb"<(?:\w+:)?(?:v|is)\b")
_OF_COMMENTS = re.compile(r"(?:comments|threadedComment)\w*\.xml$", re.IGNORECASE)
# Who is named as the author of our own explanations after some programs saved them.
_NOBODY = frozenset({"", "none", "unknown author"})


@dataclass(frozen=True, kw_only=True)
class Unread:
    """What was not read: addresses of comments and of formulas without a result, heads of columns, names of sheets."""

    comments: tuple[str, ...] = ()
    formulas: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return any(getattr(self, part.name) for part in fields(self))


NOTHING_UNREAD = Unread()


def unread_of(data: bytes, origin: Mapping[str, str], heads_at: int, rows: Sequence[Sequence[str]]) -> Unread:
    """Return what a workbook holds that is not read. ``rows`` are those of its answers, their heads at ``heads_at``."""
    heads = rows[heads_at]
    with zipfile.ZipFile(BytesIO(data)) as archive:
        files = set(archive.namelist())
        parts = {sheet: part for sheet, part in _parts(archive).items() if part in files}
        comments = [
            f"{sheet}!{comment.cell}"
            for sheet, part in parts.items()
            for comment in _comments(archive, part)
            if comment.signed or sheet != ANSWERS or _column(comment.cell) != heads.index(ANSWER)
        ]
        formulas = _FORMULA_ONLY.findall(archive.read(parts[ANSWERS])) if ANSWERS in parts else []
        added = set(parts) - set(origin.get(SHEETS, "").split("\n")) if SHEETS in origin else set()
        sheets = tuple(sheet for sheet, part in parts.items() if sheet in added and _HOLDS.search(archive.read(part)))
    read = {position for position, head in enumerate(heads) if head in filled_in_heads() or is_evidence_head(head)}
    cells = [address.decode() for address in formulas]
    return Unread(
        comments=tuple(dict.fromkeys(comments)),
        formulas=tuple(f"{ANSWERS}!{cell}" for cell in cells if _column(cell) in read and _row(cell) > heads_at),
        columns=tuple(_own_columns(heads_at, rows, set(origin[HEADS].split("\n")))) if HEADS in origin else (),
        sheets=sheets,
    )


def unread_beside(
    data: bytes, origin: Mapping[str, str], names_at: Mapping[str, int], rows: Mapping[str, Sequence[Sequence[str]]]
) -> Unread:
    """Return what the workbook of a worksheet holds that is not read.

    ``names_at`` says in which row of each sheet that is read the names of its columns stand; ``rows`` are the rows of those.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        files = set(archive.namelist())
        parts = {sheet: part for sheet, part in _parts(archive).items() if part in files}
        comments = [f"{sheet}!{comment.cell}" for sheet, part in parts.items() for comment in _comments(archive, part)]
        formulas = [
            f"{sheet}!{address.decode()}"
            for sheet in names_at
            if sheet in parts
            for address in _FORMULA_ONLY.findall(archive.read(parts[sheet]))
        ]
        added = set(parts) - set(origin.get(SHEETS, "").split("\n")) - set(names_at)
        sheets = tuple(sheet for sheet, part in parts.items() if sheet in added and _HOLDS.search(archive.read(part)))
    columns = [f"{sheet}: {head}" for sheet, at in names_at.items() for head in _unnamed(at, rows[sheet])]
    return Unread(comments=tuple(dict.fromkeys(comments)), formulas=tuple(formulas), columns=tuple(columns), sheets=sheets)


def _unnamed(at: int, rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Yield the heads of columns without a name that hold something; the letters of one without a head."""
    heads = rows[at + 1] if at + 1 < len(rows) else []
    for position, name in enumerate(rows[at]):
        if not name and any(position < len(row) and row[position] for row in rows[at + 1 :]):
            yield (heads[position] if position < len(heads) else "") or _letters(position)


def _own_columns(heads_at: int, rows: Sequence[Sequence[str]], made_with: set[str]) -> Iterable[str]:
    """Yield the heads of columns that somebody added and filled; the letters of one without a head."""
    below = rows[heads_at + 1 :]
    for position, head in enumerate(rows[heads_at]):
        if (head not in made_with or not head) and any(position < len(row) and row[position] for row in below):
            yield head or _letters(position)


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the file within a workbook that holds each sheet, by the name of the sheet."""
    targets = dict(_relations(archive, "xl/workbook.xml"))
    found = {}
    for tag in _SHEET.findall(archive.read("xl/workbook.xml")):
        name, relation = _attribute(tag, "name"), _attribute(tag, "id")
        if relation in targets:
            found[name] = targets[relation]
    return found


def _relations(archive: zipfile.ZipFile, part: str) -> Iterable[tuple[str, str]]:
    """Yield id and file of everything that a part of a workbook refers to."""
    folder, _, name = part.rpartition("/")
    path = f"{folder}/_rels/{name}.rels"
    for tag in _RELATION.findall(archive.read(path)) if path in archive.namelist() else ():
        target = _attribute(tag, "Target")
        yield _attribute(tag, "Id"), target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))


def _attribute(tag: bytes, name: str) -> str:
    found = re.search(rf"""[\s:]{name}\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag.decode("utf-8", "replace"))
    return unescape(found[1] or found[2] or "", {"&quot;": '"', "&apos;": "'"}) if found else ""


@dataclass(frozen=True, kw_only=True)
class _Comment:
    """A comment on a cell; ``signed`` where somebody is named as its author. Our own explanations are not."""

    cell: str
    signed: bool


def _comments(archive: zipfile.ZipFile, part: str) -> Iterable[_Comment]:
    """Yield the comments of a sheet, of the older and the newer kind."""
    for _, target in _relations(archive, part):
        if not _OF_COMMENTS.search(target) or target not in archive.namelist():
            continue
        content = archive.read(target)
        authors = [author.decode("utf-8", "replace").strip().casefold() for author in _AUTHORS.findall(content)]
        for tag in _COMMENT.findall(content):
            author = _attribute(tag, "authorId")
            named = not author.isdecimal() or int(author[:9]) >= len(authors) or authors[int(author[:9])] not in _NOBODY
            yield _Comment(cell=_attribute(tag, "ref"), signed=named)


def _column(cell: str) -> int:
    """Return the column of a cell, from 0."""
    number = 0
    for letter in cell.rstrip("0123456789"):
        number = 26 * number + ord(letter) - 64
    return number - 1


def _row(cell: str) -> int:
    """Return the row of a cell, from 0."""
    digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) - 1 if digits.isdecimal() else -1


def _letters(column: int) -> str:
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
