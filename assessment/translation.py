"""Words in the language of whoever reads them: gettext for every room that shows text, and nothing for those that do not.

A text is marked where it stands: ``gettext("Not before %(day)s", day=...)``. It is looked up when it is called, so what is made
at import (labels of form fields, tables of words) uses `lazy_gettext`, which waits until it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations

from babel.support import LazyProxy

_SOURCE_LANGUAGE = "en"
_active: ContextVar[tuple[str, NullTranslations]] = ContextVar("active", default=(_SOURCE_LANGUAGE, NullTranslations()))


def language() -> str:
    """Return the language texts are shown in now, as a BCP 47 tag such as ``en``."""
    return _active.get()[0]


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
