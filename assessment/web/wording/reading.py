"""What the pages say on which the questionnaires, the facts and the words of the field are read."""

from collections.abc import Mapping

from assessment.translation import gettext, lazy_gettext, pgettext

# The rows of the page on how standards differ, in its order; the texts are each standard's own.
DIFFERS: Mapping[str, str] = {
    "objective": lazy_gettext("Objective"),
    "principles": lazy_gettext("Principles"),
    "effect": lazy_gettext("Effect on the business"),
    "watched": lazy_gettext("How compliance is watched"),
    "first-step": lazy_gettext("First step"),
    "duration": lazy_gettext("How long it takes"),
    "for-whom": lazy_gettext("Who it is for"),
}
AUDITOR_DAYS = lazy_gettext("Auditor days")
NEWCOMERS = lazy_gettext("What newcomers ask")
PRICES = lazy_gettext("What others wrote about money")

# What tells the texts on protection apart from others in a translator's catalogue.
PROTECTION = "protection"


def in_the_glossary() -> str:
    """Return what is said, to ears alone, after a word that leads to the glossary."""
    return gettext("(glossary, new tab)")


def on_protection(text: str) -> str:
    """Return a text on how people are protected, in the language of whoever reads it."""
    return pgettext(PROTECTION, text)
