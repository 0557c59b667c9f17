"""Who changed something while a page was open, as its reader is told."""

from flask import g

from assessment.reports.wording.authors import author_in_words
from assessment.web.wording.people import oneself_elsewhere


def changer_in_words(author: str) -> str:
    """Return the name of whoever changed something, or that the readers did so themselves, elsewhere."""
    return oneself_elsewhere() if author == g.opened.record.who else author_in_words(author)
