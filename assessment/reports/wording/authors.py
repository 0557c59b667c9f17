"""Who changed something, in words: the product's own authors in the reader's language, everybody else as they are called."""

from collections.abc import Mapping

from assessment.domain.authors import ADMINISTRATOR, DEMO, IMPORTER, STARTER, person_of
from assessment.translation import gettext, lazy_gettext

_OWN: Mapping[str, str] = {
    STARTER: lazy_gettext("The person who started it"),
    DEMO: lazy_gettext("The demo"),
    ADMINISTRATOR: lazy_gettext("Administrator"),
    IMPORTER: lazy_gettext("Import"),
}


def author_in_words(author: str) -> str:
    """Return who changed something, and whether it came from a workbook."""
    person = person_of(author)
    name = str(_OWN.get(person, person))
    return name if person == author else gettext("%(name)s, from a workbook", name=name)
