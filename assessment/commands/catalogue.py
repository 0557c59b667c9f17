"""`catalogue`: every text that people read, in one file for translators, and whether that file is up to date."""

import os
import re
from collections.abc import Iterator
from contextlib import redirect_stderr
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import click

from assessment.commands.errors import explained
from assessment.paths import PACKAGE, shipped
from assessment.settings import read_content
from assessment.web.starting import protection
from assessment.web.wording import reading

FILE = PACKAGE / "locale" / "messages.pot"
HEADER = """\
# Every text of ISO Readiness that people read, made by `make catalogue`. Not edited by hand.
# A text of the questionnaires has where it stands as its context, such as "topics/objectives about"."""
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "lazy_gettext")),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
JINJA = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
# The page with every component, which is for developers only.
FOR_DEVELOPERS = frozenset({"components.html", "components.py"})
# Lines of the header that differ from day to day, or from one version of a tool to the next.
FLEETING = re.compile(rb'^"(?:POT-Creation-Date|Generated-By): [^\n]*\n', re.MULTILINE)
# How many texts a complaint shows.
SHOWN = 10


@click.command()
@click.option("--check", is_flag=True, help="Only say whether the file is up to date.")
@click.option("--to", "target", type=click.Path(dir_okay=False, path_type=Path), default=FILE, help="Where to write it.")
def catalogue(check: bool, target: Path) -> None:
    """Write every text that people read into one catalogue for translators."""
    with explained():
        written = extracted(read_content(os.environ))
    if not check:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(written)
        click.echo(f"{target}: {len(_keys(written)):,} texts.")
        return
    found = _keys(target.read_bytes()) if target.exists() else set()
    wanted = _keys(written)
    if found != wanted:
        lines = [f"  new: {each}" for each in _shown(wanted - found)] + [f"  gone: {each}" for each in _shown(found - wanted)]
        raise click.ClickException("\n".join([f"{target} is out of date; make it again with `make catalogue`.", *lines]))


def extracted(content: Path) -> bytes:
    """Return the catalogue of all texts of the code, the templates and a content folder, always the same for the same texts."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    found = Catalog(project="ISO Readiness", header_comment=HEADER, fuzzy=False)
    for file, message, comments, context in (*_marked(), *_content(content)):
        # Two places are told apart by their file only: line numbers would change with everything.
        added = found.add(message, None, [(file, 0)] if file else (), auto_comments=comments, context=context)
        if not file:
            added.flags.discard("python-format")  # content is never filled in, even where it has a percent sign
    out = BytesIO()
    write_po(out, found, width=120, include_lineno=False)
    return FLEETING.sub(b"", out.getvalue())


_Found = tuple[str, Any, list[str], str | None]


def _marked() -> Iterator[_Found]:
    """Yield what is marked in code and in templates, in the order of the files and of the texts in them."""
    from babel.messages.extract import extract

    python = [(path, f"assessment/{path.relative_to(PACKAGE).as_posix()}") for path in sorted(PACKAGE.rglob("*.py"))]
    templates = shipped("templates")
    pages = [(path, f"templates/{path.relative_to(templates).as_posix()}") for path in sorted(templates.rglob("*.html"))]
    for method, options, files in (("python", {}, python), ("jinja2", JINJA, pages)):
        for path, file in files:
            if path.name in FOR_DEVELOPERS:
                continue
            # Babel complains of f-strings that are only values; ruff's INT finds those that are texts.
            with path.open("rb") as source, redirect_stderr(StringIO()):
                for _, message, comments, context in extract(method, source, KEYWORDS, ("Translators:",), options):
                    yield file, message, comments, context
    for text in protection.protection().texts():
        yield f"assessment/{protection.FILE.relative_to(PACKAGE).as_posix()}", text, [], reading.PROTECTION


def _content(root: Path) -> Iterator[_Found]:
    """Yield what people read in a content folder, told by reading it."""
    from assessment.content import load, read_sample

    texts: dict[tuple[str, str], None] = {}

    def collect(context: str, text: str) -> str:
        texts[context, text] = None
        return text

    library = load(root, collect)
    sample = root / "demo.toml"
    if sample.exists():
        read_sample(sample, library, date.min.replace(year=2000), collect)
    for context, text in texts:
        yield "", text, [], context


def _keys(catalogue: bytes) -> set[tuple[str, Any]]:
    """Return the texts of a catalogue, each with its context."""
    from babel.messages.pofile import read_po

    return {(each.context or "", each.id) for each in read_po(BytesIO(catalogue)) if each.id}


def _shown(keys: set[tuple[str, Any]]) -> list[str]:
    texts = [f"{context}: {text}" if context else str(text) for context, text in sorted(keys, key=str)]
    return texts[:SHOWN] + ([f"and {len(texts) - SHOWN} more"] if len(texts) > SHOWN else [])
