"""Who changed something, as the history names them: a private link's name, or one of the product's own.

These names are kept for ever in the words below; whoever shows them says them in the language of the reader.
"""

import re
import unicodedata

# Whoever started an assessment and came through no link; what filled in a sample; the command line, and its import.
STARTER = "The person who started it"
DEMO = "The demo"
ADMINISTRATOR = "Administrator"
IMPORTER = "Import"
OWN_AUTHORS = (STARTER, DEMO, ADMINISTRATOR, IMPORTER)
# Follows the name of whoever took a workbook over.
_FROM_A_WORKBOOK = ", from a workbook"


def by_workbook(person: str) -> str:
    """Return the name that what somebody took over from a workbook carries."""
    return person + _FROM_A_WORKBOOK


def person_of(author: str) -> str:
    """Return whose change it was, whether or not it came from a workbook."""
    return author.removesuffix(_FROM_A_WORKBOOK)


def as_read(name: str) -> str:
    """Return a name without what people do not see: letters without a shape, kinds of one shape, case, and further blanks."""
    seen = "".join(letter for letter in name if unicodedata.category(letter) != "Cf" and not _UNSEEN.match(letter))
    return " ".join(unicodedata.normalize("NFKC", seen).casefold().split())


# What has no shape besides what Unicode calls format: joiners of graphemes, fillers of Hangul, silent vowels of Khmer, the
# empty sign of Braille, and selectors of variants.
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
RESERVED_NAMES = frozenset(map(as_read, OWN_AUTHORS))


def is_reserved(name: str) -> bool:
    """Tell whether a name reads as nothing, as one of our own authors, or as what somebody took over from a workbook."""
    read = as_read(name)
    return not read or read in RESERVED_NAMES or read.endswith(_FROM_A_WORKBOOK)
