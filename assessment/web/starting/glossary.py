"""Terms of the glossary, linked where they occur in a text."""

import re
from collections.abc import Callable, Hashable
from functools import cache

from flask import g, url_for
from markupsafe import Markup, escape

from assessment.domain.library import Term
from assessment.web.shell.context import library
from assessment.web.shell.pieces import kept_piece
from assessment.web.wording import reading as wording


def linked(text: str) -> Markup:
    """Return the text with the first occurrence of each term as a link to the glossary, in a tab of its own.

    A tab of its own, because whoever wants to know a word in the middle of a form has not saved it yet.
    """
    return _linked(text, set())


def linked_once(text: str) -> Markup:
    """Return the text with each term linked that no earlier text of the same page linked."""
    return _linked(str(text), _linked_so_far())


def _linked_so_far() -> set[str]:
    """Return the ids of the terms that this page linked until now."""
    if "terms_linked" not in g:
        g.terms_linked = set()
    terms: set[str] = g.terms_linked
    return terms


def linking_piece(*shows: Hashable, caller: Callable[[], Markup]) -> Markup:
    """As `piece`, for one whose terms are linked once a page.

    What was linked before it is part of what it shows, and what it links counts as linked below it.
    """
    linked_before = frozenset(_linked_so_far())
    text, linked_after = kept_piece((shows, linked_before), lambda: (caller(), frozenset(_linked_so_far())))
    _linked_so_far().update(linked_after)
    return text


def _linked(text: str, seen: set[str]) -> Markup:
    parts: list[str] = []
    end = 0
    for found in _pattern(tuple(library().terms)).finditer(text):
        term = library().terms[found.group().lower()]
        if term.id in seen:
            continue
        seen.add(term.id)
        parts += [escape(text[end : found.start()]), _link(term, found.group())]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def terms_in(*texts: str) -> tuple[Term, ...]:
    """Return the terms that occur in any of the texts, in the order in which they are first met."""
    terms = library().terms
    pattern = _pattern(tuple(terms))
    return tuple(dict.fromkeys(terms[found.group().lower()] for text in texts for found in pattern.finditer(text)))


@cache
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    # The longest first: "significant aspect" before "aspect". Without any form, a pattern that never matches.
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})\b", re.IGNORECASE)


def _link(term: Term, words: str) -> Markup:
    link = Markup('<a class="term" href="%s" target="_blank" rel="noopener">%s<span class="visually-hidden"> %s</span></a>')
    return link % (url_for("reading.glossary", _anchor=term.id), words, wording.in_the_glossary())
