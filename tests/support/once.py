"""What thousands of tests would make anew and none changes is made once: addresses, shipped content, and what children make.

- How addresses are written is compiled by Werkzeug for each app; the same rule gives the same code.
- The shipped content is read once a process (`content.py`), and its sample once a day, by commands and apps that tests build
  themselves, too.
- What a child process makes is kept for the whole run, by the program and every byte it gets: the same document is not made
  again, and the process starts warm (`warm.py`). It takes its place among those that are made all the same. Whoever asks for
  `made_anew`, and whoever measures, gets none that was kept, and a process as the product starts it.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from gettext import NullTranslations
from pathlib import Path
from tempfile import mkdtemp
from types import ModuleType
from typing import Any

from werkzeug.routing import Rule

import assessment.content
import assessment.factory
import assessment.languages
from assessment.content import read_sample
from assessment.content.reading import Translator, as_written
from assessment.domain.library import Library
from assessment.domain.sample import Sample
from assessment.reports import docx_file, json_size, logo, pdf_file
from assessment.reports.child_process import make_in_child, place
from assessment.reports.workbook import reader
from tests.support import kinds
from tests.support.content import CONTENT, LIBRARY
from tests.support.warm import Warm

_read, _compile = assessment.content.load, Rule._compile_builder
_demos: dict[date, Sample] = {}
_compiled: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}


class Kept:
    """What children of a run made, in a folder that all its processes share."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.anew = 0

    def make(self, module: str, data: bytes, *, wait: float = 0, uploaded: bool = False, **limits: Any) -> bytes:
        """Do as `make_in_child`, with what it made before of the same."""
        if self.folder is None or self.anew or kinds.runs("timed"):
            return make_in_child(module, data, wait=wait, uploaded=uploaded, **limits)
        asked = hashlib.sha256(f"{module} {sorted(limits.items())}\n".encode())
        asked.update(data)  # not joined: files are large, and a test counts the memory that reading one takes
        file = self.folder / asked.hexdigest()
        with place(wait, uploaded=uploaded):
            if not file.exists():
                made = WARM.make(module, data, **limits)
                unfinished = Path(mkdtemp(dir=self.folder)) / file.name
                unfinished.write_bytes(made)
                unfinished.rename(file)
            return file.read_bytes()

    @contextmanager
    def nothing(self) -> Iterator[None]:
        """Make everything anew meanwhile."""
        self.anew += 1
        try:
            yield
        finally:
            self.anew -= 1


WARM = Warm()
KEPT = Kept()
_MAKE_IN_CHILDREN: tuple[ModuleType, ...] = (docx_file, json_size, logo, pdf_file, reader)


def make_once(folder: Path) -> None:
    """Let this process make nothing twice, and keep in a folder what children made."""
    KEPT.folder = folder
    Rule._compile_builder = _compile_once  # type: ignore[assignment,method-assign]
    for module in _MAKE_IN_CHILDREN:
        assert module.make_in_child is make_in_child or module.make_in_child == KEPT.make, module
        module.make_in_child = KEPT.make  # type: ignore[attr-defined]
    for package in (assessment.content, assessment.factory, assessment.languages):
        package.load = _read_once  # type: ignore[attr-defined]
    assessment.languages.read_sample = _read_demo_once  # type: ignore[attr-defined]


def _read_once(root: Path, translate: Translator = as_written) -> Library:
    return LIBRARY if translate is as_written and root == CONTENT else _read(root, translate)


def _read_demo_once(path: Path, library: Library, today: date, translate: Translator = as_written) -> Sample:
    """Read the shipped sample, which each app reads when it starts, once for a day, as it is written."""
    written = type(getattr(translate, "__self__", None)) is NullTranslations
    if library is not LIBRARY or path != CONTENT / "demo.toml" or not written:
        return read_sample(path, library, today, translate)
    if today not in _demos:
        _demos[today] = read_sample(path, library, today, translate)
    return _demos[today]


def _compile_once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # Werkzeug's
    if rule.defaults:
        return _compile(rule, append_unknown)
    key = (rule.rule, tuple(rule._trace), append_unknown)
    if key not in _compiled:
        _compiled[key] = _compile(rule, append_unknown)
    return _compiled[key]
