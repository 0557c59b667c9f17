"""How much can be kept, and what cannot: one rule for forms, files, the workbook and the databases alike."""

import re
from enum import Enum

# Lengths in characters (code points).
LONGEST_TEXT = 10_000
LONGEST_LINE = 300
LONGEST_NAME = 200
# The name of a private link, which changes carry; what follows it for a workbook has room in a name.
LONGEST_LABEL = 100
LONGEST_ADDRESS = 500
# In lines of worksheets: what stands in a column of a register, and what is explained.
LONGEST_LINE_TEXT = 200
LONGEST_WORKSHEET_TEXT = 2_000
# How many lines a worksheet has room for, deleted ones among them.
MOST_LINES = 5_000
# How many answers, steps and the like an assessment has room for, many times what content asks.
MOST_ENTRIES = 5_000
# How many private links of an assessment work at a time, and how many that ended are shown.
MOST_LINKS, MOST_ENDED_LINKS = 200, 100
# How many pieces of evidence an answer has room for.
MOST_EVIDENCE = 10
# The largest number a profile question takes.
MOST_NUMBER = 1_000_000
# The largest sum of money, and the longest name of a currency.
MOST_AMOUNT = 1_000_000_000
LONGEST_CURRENCY = 12
# A logo in pixels, two lines of a letterhead at 300 dots an inch; and in bytes.
LOGO_WIDTH, LOGO_HEIGHT = 1200, 600
LOGO_BYTES = 1024 * 1024
# PostgreSQL keeps no NUL, and neither database half a character (a lone surrogate).
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
# Control characters are never typed on purpose; tab and line breaks are.
UNTYPABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class TextFault(Enum):
    """Why a text cannot be taken from a person."""

    TOO_LONG = "it has more characters than can be kept"
    UNTYPABLE = "it holds a control character that nobody types on purpose"


def text_fault(text: str, longest: int) -> TextFault | None:
    """Tell why a text of at most ``longest`` characters cannot be this one; ``None`` where it can."""
    if len(text) > longest:
        return TextFault.TOO_LONG
    return TextFault.UNTYPABLE if UNTYPABLE.search(text) else None
