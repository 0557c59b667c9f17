"""A language for tests only: every text accented, a third longer and between marks, so that what is not translated shows."""

import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.dates import get_month_names
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from assessment.commands.catalogue import FILE

TAG = "en-XA"
OPENING, CLOSING = "⟦", "⟧"
# Babel writes dates and joins lists in the active language, and as English does where it does not know it.
_MONTHS = [get_month_names(width, locale="en_GB")[month] for month in range(1, 13) for width in ("wide", "abbreviated")]
_BY_BABEL = re.compile(
    rf"\b(?:\d{{1,2}} )?(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b(?: \d{{4}})?|\b(?:and|or)\b"
)
_ACCENTS = str.maketrans("aceinosuyzACEINOSUYZ", "áçéïñöšüýžÁÇÉÏÑÖŠÜÝŽ")
# Placeholders, markup, entities and addresses stay as they are.
_KEPT = re.compile(r"(%\(\w+\)s|%%|\{\w+\}|<[^<>]+>|&\w+;|https?://\S+)")


def pseudo(text: str) -> str:
    """Return a text in the pseudo-language, longer by a third."""
    parts = _KEPT.split(text)
    words = "".join(part if number % 2 else part.translate(_ACCENTS) for number, part in enumerate(parts))
    longer = "~" * max(1, sum(len(part) for part in parts[::2]) // 3)
    return f"{OPENING}{words}{longer}{CLOSING}"


def write_catalogue(folder: Path, tag: str = TAG, texts: Mapping[str, str] | None = None) -> Path:
    """Write a catalogue into a folder of languages, and return the folder: in the pseudo-language unless ``texts`` are given.

    ``texts`` are by what they translate; whatever else is in the committed catalogue stays untranslated.
    """
    with FILE.open("rb") as file:
        template = read_po(file)
    catalogue = Catalog(locale="en" if tag == TAG else tag)
    for message in template:
        if message.id:
            text = _translated(message) if texts is None else texts.get(str(message.id), "")
            catalogue.add(message.id, text, context=message.context)
    target = folder / tag.replace("-", "_") / "LC_MESSAGES" / "messages.po"
    target.parent.mkdir(parents=True)
    out = BytesIO()
    write_po(out, catalogue)
    target.write_bytes(out.getvalue())
    return folder


def _translated(message: Any) -> Any:
    context = message.context or ""
    if context.startswith("pattern of "):
        return message.id  # of a date: a text for Babel, not for people
    if context.endswith(" forms"):
        return message.id.translate(_ACCENTS)  # words that are looked for within others
    if isinstance(message.id, tuple):
        return tuple(pseudo(each) for each in message.id)
    return pseudo(message.id)


def outside(text: str) -> list[str]:
    """The parts of a text that stand in no marks."""
    parts, depth = [""], 0
    for letter in text:
        if letter == OPENING:
            depth += 1
            parts.append("")
        elif letter == CLOSING:
            depth -= 1
            assert depth >= 0, text[:300]
        elif depth == 0:
            parts[-1] += letter
    assert depth == 0, text[:300]
    return [" ".join(part.split()) for part in parts if part.strip()]


def untranslated(texts: Iterable[str], theirs: Iterable[str], names: Iterable[str]) -> list[str]:
    """What is neither translated, nor a number, a date or a name, nor typed in by people; ``theirs`` the longest first."""
    names = sorted(names, key=len, reverse=True)
    found = []
    for text in texts:
        for each in theirs:
            text = text.replace(each, " ")
        for part in outside(text):
            rest = part
            for known in names:
                rest = rest.replace(known, " ")
            if re.search(r"\b[^\W\d_]{2,}\b", _BY_BABEL.sub(" ", rest)):
                found.append(part)
    return found
