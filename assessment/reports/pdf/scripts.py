"""Text that can be printed: without characters that steer machines instead of being read, and with a glyph for every other."""

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from pathlib import Path
from struct import unpack_from
from typing import Any

FONTS = Path(__file__).parent / "fonts"
MISSING = "\N{WHITE SQUARE}"  # stands for a character that no font of ours has
_EMPTY_LINES = re.compile(r"\s*\n\s*\n\s*")
_LONG_WORD = re.compile(r"\S{18}")
# Joiners shape Arabic, Indic text and emoji; the other characters of the category Cf turn or hide text.
_JOINERS = "\u200c\u200d"
_LINES = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "}


def printable(value: Any) -> Any:
    """The same plain value with every text in it made printable."""
    match value:
        case str():
            return text(value)
        case dict():
            return {key: printable(each) for key, each in value.items()}
        case list():
            return [printable(each) for each in value]
        case _:
            return value


def text(raw: str) -> str:
    """A text made printable: composed (NFC), one kind of line end, nothing unseen, a square for what no font has."""
    if raw.isascii() and raw.isprintable():
        return raw
    for old, new in _LINES.items():
        raw = raw.replace(old, new)
    shown: list[str] = []
    carrier: frozenset[int] = frozenset()
    for character in unicodedata.normalize("NFC", raw):
        fonts = fonts_with(character)
        if unicodedata.category(character).startswith("M"):
            # A mark is drawn on its letter only where one font has both.
            shown.append(_shown(character) if carrier & fonts else MISSING)
            carrier &= fonts
        else:
            shown.append(_shown(character))
            carrier = fonts if character not in _JOINERS else carrier
    return "".join(shown)


def in_one_line(raw: str) -> str:
    """A name without line ends, whoever put some in."""
    return " ".join(raw.split())


def shortened(raw: str, most: int) -> str:
    """A name in one line of at most so many characters; three dots say that there is more."""
    name = in_one_line(raw)
    return name if len(name) <= most else f"{name[:most].rstrip()}…"


def said(raw: str, href: str = "") -> str | dict[str, str | bool]:
    """What people wrote, made printable. Where it needs care in setting, also what: see ``inline`` in ``parts.typ``."""
    shown = _EMPTY_LINES.sub("\n\n", text(raw)).strip()
    rtl, long = _right_to_left(shown), bool(_LONG_WORD.search(shown))
    if not (rtl or long or href or "\n" in shown):
        return shown
    return {"text": shown, "rtl": rtl, "long": long, "href": href}


def _right_to_left(shown: str) -> bool:
    """Whether the first letter that has a direction runs from right to left (UAX 9, rules P2 and P3)."""
    directions = (unicodedata.bidirectional(character) for character in shown)
    return next((each for each in directions if each in {"L", "R", "AL"}), "L") != "L"


@cache
def _shown(character: str) -> str:
    if character == "\n" or character in _JOINERS:
        return character
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co"} or "\ufe00" <= character <= "\ufe0f":
        return ""
    if character.isspace():
        return "\N{NO-BREAK SPACE}" if character in "\u00a0\u202f\u2007" else " "
    return character if fonts_with(character) else MISSING


@cache
def fonts_with(character: str) -> frozenset[int]:
    """The numbers of our fonts that can show this character; read from the fonts themselves."""
    code, found = ord(character), set()
    for number, (first, last) in enumerate(_spans()):
        at = bisect_right(first, code) - 1
        if at >= 0 and code <= last[at]:
            found.add(number)
    return frozenset(found)


@cache
def _spans() -> tuple[tuple[list[int], list[int]], ...]:
    """For each of our fonts the first and the last characters of the spans that it has glyphs for, in order."""
    return tuple(_joined(sorted(_spans_of(path.read_bytes()))) for path in sorted(FONTS.glob("*.?tf")))


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
    """The characters of an OpenType font as spans: the subtables of format 4 and 12 of its table "cmap"."""
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
