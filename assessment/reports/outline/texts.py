"""People's words made fit for documents: without what steers machines or hides text; and which way they run."""

import unicodedata
from functools import cache

# Joiners shape Arabic, Indic text and emoji, a soft hyphen breaks long words; others of their kind turn or hide text.
_KEPT = "\n\u200c\u200d\u00ad"
_LINES = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "}


def shown(text: str) -> str:
    """The same text with one kind of line end and without control characters."""
    if text.isascii() and text.isprintable():
        return text
    for old, new in _LINES.items():
        text = text.replace(old, new)
    return "".join(filter(_is_shown, text))


@cache
def _is_shown(character: str) -> bool:
    if character in _KEPT:
        return True
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs"} and ord(character) & 0xFFFE != 0xFFFE


def runs_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left, as a browser decides for ``dir=auto``."""
    if text.isascii():
        return False
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False
