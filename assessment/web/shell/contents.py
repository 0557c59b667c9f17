"""The contents of a long page: where each of its parts begins, read off the page itself, so that the two never differ."""

import re
from dataclasses import dataclass
from html import unescape

# A part begins with what somebody can be led to: a heading of the second rank, one of the third below it, or a term.
_HEADING = re.compile(r'<(h2|h3|dt) id="([^"]+)"[^>]*>(.*?)</\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
# Fewer are seen at a glance.
FEWEST = 3


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One part of a page: the id of its heading, its words, and the words of the part to which it belongs, if to any."""

    id: str
    title: str
    within: str = ""


def contents_of(page: str) -> list[Entry]:
    """Return the parts of a rendered page in their order; none where there are too few to need a list."""
    entries: list[Entry] = []
    above = ""
    for rank, id_, inside in _HEADING.findall(page):
        title = " ".join(unescape(_TAG.sub("", inside)).split())
        above = above if rank == "h3" else title
        entries.append(Entry(id=id_, title=title, within=above if rank == "h3" else ""))
    return entries if len(entries) >= FEWEST else []
