"""Text that our fonts can print: with a glyph for every character, or a square in its place. Read from the fonts themselves."""

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from struct import unpack_from
from typing import Any

from assessment.reports.pdf.typesetting import FONTS

# Every font that documents need, by name. Which has a glyph is told by their places in this list.
FONT_FILES = tuple(
    FONTS / name
    for name in (
        "DroidSansFallbackFull.ttf",
        "NotoEmoji-Regular.ttf",
        "NotoSansArabic-Regular.ttf",
        "NotoSansArmenian-Regular.ttf",
        "NotoSansBengali-Regular.ttf",
        "NotoSansCJKkr-Hangul.otf",
        "NotoSansDevanagari-Regular.ttf",
        "NotoSansEthiopic-Regular.ttf",
        "NotoSansGeorgian-Regular.ttf",
        "NotoSansGujarati-Regular.ttf",
        "NotoSansGurmukhi-Regular.ttf",
        "NotoSansHebrew-Regular.ttf",
        "NotoSansKannada-Regular.ttf",
        "NotoSansKhmer-Regular.ttf",
        "NotoSansLao-Regular.ttf",
        "NotoSansMalayalam-Regular.ttf",
        "NotoSansMath-Regular.ttf",
        "NotoSansMyanmar-Regular.ttf",
        "NotoSansOriya-Regular.ttf",
        "NotoSansSinhala-Regular.ttf",
        "NotoSansSymbols-Regular.ttf",
        "NotoSansSymbols2-Regular.ttf",
        "NotoSansTamil-Regular.ttf",
        "NotoSansTelugu-Regular.ttf",
        "NotoSansThai-Regular.ttf",
        "SourceSans3-Regular.ttf",
        "SourceSans3-Semibold.ttf",
    )
)
MISSING = "\N{WHITE SQUARE}"  # stands for a character that no font of ours has
_EMPTY_LINES = re.compile(r"\s*\n\s*\n\s*")
_JOINERS = "\u200c\u200d"


def printable(value: Any) -> Any:
    """Return the same plain value with every text in it made printable."""
    match value:
        case str():
            return printable_text(value)
        case dict():
            return {key: printable(inner) for key, inner in value.items()}
        case list():
            return [printable(inner) for inner in value]
        case _:
            return value


def printable_text(shown: str) -> str:
    """Return a text of an outline composed (NFC), without empty lines in a row, and with a square for what no font has."""
    if shown.isascii() and "\n" not in shown:
        return shown
    glyphs: list[str] = []
    carrier: frozenset[int] = frozenset()
    for character in unicodedata.normalize("NFC", shown):
        fonts = fonts_with(character)
        if unicodedata.category(character).startswith("M"):
            # A mark is drawn on its letter only where one font has both.
            glyphs.append(_glyph(character) if carrier & fonts else MISSING)
            carrier &= fonts
        else:
            glyphs.append(_glyph(character))
            carrier = fonts if character not in _JOINERS else carrier
    return _EMPTY_LINES.sub("\n\n", "".join(glyphs))


@cache
def _glyph(character: str) -> str:
    if character == "\n" or character in _JOINERS:
        return character
    if unicodedata.category(character) in {"Cf", "Co"} or "\ufe00" <= character <= "\ufe0f":
        return ""
    if character.isspace():
        return "\N{NO-BREAK SPACE}" if character in "\u00a0\u202f\u2007" else " "
    return character if fonts_with(character) else MISSING


@cache
def fonts_with(character: str) -> frozenset[int]:
    """Return the numbers of our fonts that can show this character; read from the fonts themselves."""
    code, found = ord(character), set()
    for number, (first, last) in enumerate(_spans()):
        at = bisect_right(first, code) - 1
        if at >= 0 and code <= last[at]:
            found.add(number)
    return frozenset(found)


@cache
def _spans() -> tuple[tuple[list[int], list[int]], ...]:
    """Return for each of our fonts the first and the last characters of the spans that it has glyphs for, in order."""
    return tuple(_joined(sorted(_spans_of(path.read_bytes()))) for path in FONT_FILES)


def _joined(spans: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    first, last = [spans[0][0]], [spans[0][1]]
    for begins, ends in spans:
        if begins > last[-1] + 1:
            first.append(begins)
            last.append(ends)
        else:
            last[-1] = max(last[-1], ends)
    return first, last


def _spans_of(font: bytes) -> set[tuple[int, int]]:
    """Return the characters of an OpenType font as spans: the subtables of format 4 and 12 of its table "cmap"."""
    tables = unpack_from(">H", font, 4)[0]
    records = (unpack_from(">4sIII", font, 12 + 16 * each) for each in range(tables))
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    count = unpack_from(">H", font, start + 2)[0]
    found: set[tuple[int, int]] = set()
    for table in {start + unpack_from(">I", font, start + 8 + 8 * each)[0] for each in range(count)}:
        found |= _FORMATS.get(unpack_from(">H", font, table)[0], _of_no_use)(font, table)
    return found


def _of_format_4(font: bytes, table: int) -> set[tuple[int, int]]:
    count = unpack_from(">H", font, table + 6)[0] // 2
    last = unpack_from(f">{count}H", font, table + 14)
    first = unpack_from(f">{count}H", font, table + 16 + 2 * count)
    return {span for span in zip(first, last, strict=True) if span[0] != NOTHING}


def _of_format_12(font: bytes, table: int) -> set[tuple[int, int]]:
    groups = unpack_from(">I", font, table + 12)[0]
    return {unpack_from(">II", font, table + 16 + 12 * each) for each in range(groups)}


def _of_no_use(_font: bytes, _table: int) -> set[tuple[int, int]]:
    return set()


NOTHING = 0xFFFF  # the last span of a table of format 4 says that the table ends
_FORMATS = {4: _of_format_4, 12: _of_format_12}
