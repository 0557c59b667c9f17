"""People's words made fit for documents: without what steers machines or hides text; and what to know to set them."""

import re
import unicodedata
from functools import cache

from assessment.domain.entries import with_line_breaks

# Joiners shape Arabic, Indic text and emoji, a soft hyphen breaks long words; others of their kind turn or hide text.
_KEPT = "\n\u200c\u200d\u00ad"


def shown(text: str) -> str:
    """Return the same text with one kind of line end and without control characters."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(filter(_is_shown, with_line_breaks(text).replace("\t", " ")))


@cache
def _is_shown(character: str) -> bool:
    if character in _KEPT:
        return True
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs"} and ord(character) & 0xFFFE != 0xFFFE


def runs_right_to_left(text: str) -> bool:
    """Return whether the first letter that has a direction runs from right to left (UAX 9, rules P2 and P3)."""
    if text.isascii():
        return False
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def one_line(text: str) -> str:
    """Return a name without line ends, whoever put some in."""
    return " ".join(text.split())


def shortened(text: str, most: int) -> str:
    """Return a name in one line of at most so many characters; three dots say that there is more."""
    name = one_line(text)
    return name if len(name) <= most else f"{name[:most].rstrip()}…"


@cache
def _word_of(length: int) -> re.Pattern[str]:
    return re.compile(rf"\S{{{length}}}")


def has_word_of(text: str, length: int) -> bool:
    """Return whether a text holds a word of so many characters or more."""
    return len(text) >= length and _word_of(length).search(text) is not None
