"""Words in the language of whoever reads them: gettext for every room that shows text, and nothing for those that do not.

A text is marked where it stands: ``gettext("Not before %(day)s", day=...)``. It is looked up when it is called, so what is made
at import (labels of form fields, tables of words) uses `lazy_gettext`, which waits until it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from gettext import NullTranslations

from babel import Locale, UnknownLocaleError
from babel.support import LazyProxy
from jinja2 import Environment

# The country belongs to it: spelling, dates, lists and the voice of a screen reader follow it.
SOURCE_LANGUAGE = "en-GB"
_active: ContextVar[tuple[str, NullTranslations]] = ContextVar("active", default=(SOURCE_LANGUAGE, NullTranslations()))


@dataclass(frozen=True, kw_only=True)
class Language:
    """A language that is offered: its BCP 47 tag, its name in itself, and its texts."""

    tag: str
    name: str
    translations: NullTranslations


def language() -> str:
    """Return the language texts are shown in now, as a BCP 47 tag such as ``en-GB``."""
    return _active.get()[0]


def locale() -> Locale:
    """Return how the active language writes dates, numbers and lists; one that nobody knows writes them as English does."""
    return _locale_of(language())


@lru_cache
def _locale_of(tag: str) -> Locale:
    for known in (tag, tag.partition("-")[0]):
        if known == SOURCE_LANGUAGE.partition("-")[0]:
            break
        try:
            return Locale.parse(known, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(SOURCE_LANGUAGE, sep="-")


def direction() -> str:
    """Return the direction in which the active language is written: ``ltr`` or ``rtl``, as HTML names them."""
    return locale().text_direction


@contextmanager
def speaking(tag: str, translations: NullTranslations) -> Iterator[None]:
    """Show texts in another language within the block."""
    token = _active.set((tag, translations))
    try:
        yield
    finally:
        _active.reset(token)


def gettext(message: str, /, **values: object) -> str:
    """Return a text in the active language, with ``%(name)s`` filled in where values are given."""
    found = _active.get()[1].gettext(message)
    return found % values if values else found


def ngettext(singular: str, plural: str, number: int, /, **values: object) -> str:
    """Return the form of a text that fits a number, which fills in ``%(num)s``; other values fill in their names."""
    return _active.get()[1].ngettext(singular, plural, number) % {"num": number, **values}


def pgettext(context: str, message: str, /, **values: object) -> str:
    """Return a text in the active language where one English word has several meanings; ``context`` tells them apart."""
    found = _active.get()[1].pgettext(context, message)
    return found % values if values else found


def lazy_gettext(message: str) -> str:
    """Return a text that is looked up when it is shown, not now; a ``str`` to type checkers, which is how it behaves."""
    return LazyProxy(gettext, message, enable_cache=False)  # type: ignore[return-value]


def translate_templates(environment: Environment) -> None:
    """Let templates mark what people read, with ``_("...")`` and ``{% trans %}``, and say in which language they speak.

    Values are filled in by Jinja, which escapes them; so it gets the bare messages.
    """
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        lambda message: _active.get()[1].gettext(message),
        lambda singular, plural, number: _active.get()[1].ngettext(singular, plural, number),
        newstyle=True,
        pgettext=lambda context, message: _active.get()[1].pgettext(context, message),
        npgettext=lambda context, singular, plural, number: _active.get()[1].npgettext(context, singular, plural, number),
    )
    environment.globals.update(language=language, direction=direction)
