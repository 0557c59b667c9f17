"""Who changed something, as the history names them: a private link's name, or one of the product's own.

These names are kept for ever in the words below; whoever shows them says them in the language of the reader.
"""

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


def _as_read(name: str) -> str:
    """Return a name without what people do not see: kinds of letters of one shape, their case, and further blanks."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


RESERVED_NAMES = frozenset(map(_as_read, OWN_AUTHORS))


def is_reserved(name: str) -> bool:
    """Tell whether a name reads as one of the product's own authors, or as what somebody took over from a workbook."""
    read = _as_read(name)
    return read in RESERVED_NAMES or read.endswith(_FROM_A_WORKBOOK)
