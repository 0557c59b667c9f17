"""The languages of this installation: the one it is written in, and every catalogue that lies in its locale folder.

A language is added by a file, ``<tag>/LC_MESSAGES/messages.po``, and by nothing else.
"""

from collections.abc import Callable, Mapping
from datetime import date
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from threading import Lock

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from assessment.content import load, read_sample
from assessment.domain.library import Library
from assessment.domain.sample import Sample
from assessment.translation import SOURCE_LANGUAGE, Language, language

CATALOGUE = "messages.po"


class CatalogueError(Exception):
    """A catalogue cannot be used; the message names the file and says why."""


def read_languages(folder: Path) -> dict[str, Language]:
    """Return the languages by tag: the source language first, then those that have a catalogue in the folder.

    Raises ``CatalogueError``.
    """
    in_general = SOURCE_LANGUAGE.partition("-")[0]  # the only English here is called so
    languages = [Language(tag=SOURCE_LANGUAGE, name=_name(in_general), translations=NullTranslations())]
    languages += [_read_language(path) for path in sorted(folder.glob(f"*/LC_MESSAGES/{CATALOGUE}"))]
    return {each.tag: each for each in languages}


def _read_language(path: Path) -> Language:
    # Tools for catalogues write pt_BR, the web writes pt-BR.
    tag = path.parent.parent.name.replace("_", "-")
    compiled = BytesIO()
    try:
        with path.open("rb") as file:
            write_mo(compiled, read_po(file, abort_invalid=True))
    except (OSError, ValueError, PoFileError) as error:
        raise CatalogueError(f"{path} cannot be read: {error}") from error
    compiled.seek(0)
    return Language(tag=tag, name=_name(tag), translations=GNUTranslations(compiled))


def _name(tag: str) -> str:
    try:
        found = Locale.parse(tag, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        found = None
    return found[:1].upper() + found[1:] if found else tag


class Contents:
    """The content in the language of whoever asks: in the source language from the start, in others from their first use."""

    def __init__(self, root: Path, library: Library, languages: Mapping[str, Language]) -> None:
        self._root = root
        self._languages = languages
        self._libraries = {SOURCE_LANGUAGE: library}
        self._lock = Lock()

    def library(self) -> Library:
        """Return the content in the active language."""
        tag = language()
        found = self._libraries.get(tag)
        if found is None:
            with self._lock:  # reading takes a second: nobody needs it done twice
                found = self._libraries.get(tag) or load(self._root, self._translator())
                self._libraries[tag] = found
        return found

    def sample(self, path: Path, today: date) -> Sample:
        """Return a sample organisation as it stands on a day, in the active language."""
        return read_sample(path, self.library(), today, self._translator())

    def _translator(self) -> Callable[[str, str], str]:
        return self._languages[language()].translations.pgettext
