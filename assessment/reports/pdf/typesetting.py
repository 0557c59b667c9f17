"""The process that sets the document: reads JSON from standard input and writes the PDF to standard output.

It imports nothing of ours and starts within hundredths of a second. The report goes in as a value, never as markup. Typst is
loaded where it is called: the server reads only where the fonts are, and would keep the library's memory.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).parent
DOCUMENT, FONTS = HERE / "gap-summary.typ", HERE / "fonts"


def typeset(order: dict[str, str]) -> bytes:
    """Set an order: ``report`` and ``logo`` (the bytes of a PNG as numbers, or none) as JSON, ``on`` a date in ISO form.

    The document is PDF/UA-1. Where a character defeats that for all that was checked before, it is a tagged PDF without
    the claim: a document is worth more than its badge.
    """
    import typst

    try:
        return _compile(order, "ua-1")
    except typst.TypstError as error:
        if "PDF/UA" not in str(error):
            raise
        return _compile(order, "1.7")


def fonts() -> "typst.Fonts":
    """Return the fonts of this folder and no others, so that the same order gives the same document on every machine."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _compile(order: dict[str, str], promise: Literal["ua-1", "1.7"]) -> bytes:
    import typst

    return typst.compile(
        DOCUMENT,
        font_paths=fonts(),
        sys_inputs={"report": order["report"], "logo": order["logo"]},
        pdf_standards=promise,
        timestamp=datetime.fromisoformat(order["on"]).replace(tzinfo=UTC),
    )


if __name__ == "__main__":
    sys.stdout.buffer.write(typeset(json.load(sys.stdin.buffer)))
