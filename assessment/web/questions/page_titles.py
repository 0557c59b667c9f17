"""The titles of question pages in words."""

from assessment.domain.questionnaire import PageTitle
from assessment.translation import gettext


def page_title(title: PageTitle) -> str:
    """Return what a question page is about as one text."""
    if title.last:
        return gettext("%(title)s, %(first)s to %(last)s", title=title.title, first=title.clause, last=title.last)
    text = title.title
    if title.clause:
        text = gettext(
            "%(title)s, %(clause)s %(clause_title)s", title=title.title, clause=title.clause, clause_title=title.clause_title
        )
    return gettext("%(title)s, continued", title=text) if title.continues else text
