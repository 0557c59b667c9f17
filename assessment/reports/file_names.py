"""Names of files: in letters that every system takes, and as people write them."""

import re
import unicodedata

from assessment.reports.summary import GapSummary

# Letters of Latin scripts that stand for others and whose Unicode names do not say for which.
_SPELLED = {"SHARP S": "ss", "THORN": "th", "ETH": "d", "ENG": "ng", "DOTLESS I": "i", "SCHWA": "e", "KRA": "k", "LONG S": "s"}
_LATIN = re.compile(r"LATIN (?:SMALL|CAPITAL) (?:LETTER|LIGATURE) (.+?)(?: WITH .+)?")
# What some systems do not take in a name, and what turns or hides text.
_NOT_IN_A_NAME = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f]')
_LONGEST_PLAIN, _LONGEST_BYTES = 60, 150


def plain_name(text: str) -> str:
    """Return a name in letters a to z and digits, joined by hyphens.

    Accents are taken off, other letters of Latin scripts are spelled (ß ss, ø o, æ ae), and other scripts are left out.
    """
    letters = "".join(map(_spelled, unicodedata.normalize("NFKD", text))).lower()
    joined = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in letters).split())
    return joined[:_LONGEST_PLAIN].strip("-") or "organisation"


def _spelled(character: str) -> str:
    if character.isascii():
        return character
    if unicodedata.category(character) == "Mn":
        return ""
    latin = _LATIN.fullmatch(unicodedata.name(character, ""))
    if latin is None:
        return " "
    said = latin[1]
    return _SPELLED.get(said) or (said.lower() if len(said) <= 2 else " ")


def own_name(text: str) -> str:
    """Return a name as its people write it, without what no system takes in the name of a file; at most 150 bytes of UTF-8."""
    shown = "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"} or c in "\u200c\u200d")
    name = " ".join(_NOT_IN_A_NAME.sub(" ", shown).split()).strip(". ")
    cut = name.encode("utf-8", "replace")[:_LONGEST_BYTES].decode("utf-8", "ignore").strip()
    return cut or "organisation"


def file_name(summary: GapSummary, ending: str) -> str:
    """Return a file name that carries organisation, date and standards, in characters every system takes."""
    return f"{plain_name(summary.organisation)}-{after_name(summary, ending)}"


def after_name(summary: GapSummary, ending: str) -> str:
    """Return what stands after the organisation's name in the name of a file."""
    standards = "-".join(summary.shown)
    return f"{summary.on.isoformat()}-{standards}-gap-summary.{ending}"
