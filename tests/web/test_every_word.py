"""Every page in a language of tests only: whatever is not in its marks would stay English in every language."""

import inspect
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from flask import Flask

from assessment.commands import reporting
from assessment.commands.catalogue import FOR_DEVELOPERS
from assessment.domain.library import Library
from assessment.domain.limits import LOGO_BYTES
from assessment.paths import shipped
from assessment.reports import logo, logo_child
from assessment.reports.wording.transfers import FAULTS
from assessment.reports.wording.uploads import LOGO_FAULTS
from assessment.storage import export_check, export_format, export_worksheets
from assessment.storage.answers import load_sheet
from assessment.storage.assessments import find_assessment
from assessment.storage.export_format import FORMAT, VERSION
from assessment.storage.worksheets import LINE, load_entries
from tests.support.apps import NOW, Opening
from tests.support.chromium import session_cookie
from tests.support.logos import animated, bomb, picture
from tests.support.opener import Browser, Page
from tests.support.organisations import PERSON, Assembled, Cast, assembled_in
from tests.support.pseudo import CLOSING, OPENING, TAG, outside, pseudo, untranslated, write_catalogue
from tests.support.states import STATES, State, where

# Attributes that somebody reads or hears, or that a script shows.
READ = ("title", "aria-label", "alt", "placeholder", "label", "aria-description")
READ_BY_SCRIPTS = ("data-saving", "data-saved", "data-retrying", "data-refused", "data-conflict", "data-offline")
# What is called the same in every language.
NAMES = (
    *("ISO Readiness", "iso-readiness report", "iso-readiness verify FILE", "English", TAG),
    *("JSON Schema", "JSON", "PDF", "CSV", "XLSX", "DOCX", "ZIP", "Markdown", "UTC", "KB"),
)
# Whoever else changed something.
OTHERS = ("Ada Novak", "The consultant", "Works council")


@pytest.fixture(scope="module")
def assembled(database: Opening, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assembled]:
    """Every invented organisation, in an app that speaks the language of tests, too."""
    folder = tmp_path_factory.mktemp("pseudo")
    with database(folder, locale=write_catalogue(folder / "locale")) as app:
        yield assembled_in(app)


@pytest.fixture(scope="module")
def app(assembled: Assembled) -> Flask:
    return assembled.app


@pytest.fixture(scope="module")
def cast(assembled: Assembled) -> Cast:
    return assembled.cast


@pytest.fixture
def holder(app: Flask, cast: Cast) -> Browser:
    """A browser that holds every organisation and speaks the language of tests."""
    browser = speaker(app)
    browser.client.set_cookie(*session_cookie(app, cast.sid))
    return browser


@pytest.fixture(scope="module")
def theirs(app: Flask, cast: Cast) -> list[str]:
    """What people typed in themselves, which nobody translates; the longest first."""
    with app.app_context():
        answers = [answer for each in cast.ids.values() for answer in load_sheet(each)[0].answers.values()]
        records = [find_assessment(each, cast.sid, at=NOW) for each in cast.ids.values()]
        lines = [line for each in cast.ids.values() for line in _lines(app, each)]
    said = {PERSON, *OTHERS, *(text for answer in answers for text in _typed(answer))}
    said |= {record.organisation for record in records if record is not None} | set(lines)
    return sorted(said, key=len, reverse=True)


@pytest.fixture(scope="module")
def names(app: Flask) -> list[str]:
    """What is called the same in every language."""
    library: Library = app.extensions["library"]
    standards = library.standards.values()
    return [*NAMES, *(each.name for each in standards)]


def speaker(app: Flask) -> Browser:
    browser = Browser(app)
    browser.client.set_cookie("language", TAG)
    return browser


def _lines(app: Flask, assessment_id: str) -> Iterator[str]:
    """What people typed into the lines of worksheets, with units; and the numbers of lines, which no language changes."""
    library: Library = app.extensions["library"]
    for worksheet in library.worksheets.values():
        for number, stored in load_entries(assessment_id, worksheet.id)[LINE].items():
            yield number
            for value in stored.value.values.values():
                texts = (value,) if isinstance(value, str) else tuple(map(str, value))
                # A choice is stored as one word in small letters or a figure, and shown in words of ours.
                yield from (text for text in texts if re.search("[A-Z ]", text))


def _typed(answer: Any) -> Iterable[str]:
    yield from (text for text in (answer.note, answer.reason, answer.who) if text)
    for evidence in answer.evidence:
        yield from (text for text in (evidence.title, evidence.where) if text)


def texts(page: Page) -> Iterator[str]:
    """Every text of a page in the order in which it stands there, and every attribute that is read, as it is."""
    yield "".join(_visible(page.tree))
    for element in page.tree.iter():
        yield from (value for name in (*READ, *READ_BY_SCRIPTS) if (value := element.get(name)))


def _visible(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag.rpartition("}")[2] in ("script", "style", "textarea"):
        return
    yield element.text or ""
    for child in element:
        yield from _visible(child)
        yield child.tail or ""
    # Two elements are two texts, unless they stand within the same marks.
    yield " "


def english(page: Page, theirs: Iterable[str], names: Iterable[str]) -> list[str]:
    """What of a page is neither translated, nor a number, a date or a name, nor typed in by people."""
    return untranslated(texts(page), theirs, names)


WITHOUT_AN_ACT = [state for state in STATES if state.act is None]


@pytest.mark.broad
@pytest.mark.parametrize("state", WITHOUT_AN_ACT, ids=lambda state: state.name)
def test_nothing_on_a_page_stays_english(
    app: Flask, cast: Cast, holder: Browser, theirs: list[str], names: list[str], state: State
) -> None:
    page = (holder if state.of else speaker(app)).open(where(cast, state), status=state.status)
    assert f'<html lang="{TAG}">' in page.html
    assert OPENING in page.text
    assert english(page, theirs, names) == []
    assert CLOSING + OPENING not in "".join(_visible(page.tree)), "two texts without a blank between them"


def test_a_text_that_nobody_marked_is_seen() -> None:
    assert outside(f"{pseudo('A verdict')} and 5 more {pseudo('Findings')}") == ["and 5 more"]
    assert outside(pseudo("Plan for <bdi>%(name)s</bdi>") % {"name": pseudo("us")}) == []


def unmarked(source: str) -> list[str]:
    """What a template says outside of marks: between tags, in attributes that are read, and as a sentence in an expression."""
    bare = re.sub(r"\{#.*?#\}|\{%[-+]? trans\b.*?endtrans -?%\}", " ", source, flags=re.DOTALL)
    bare = re.sub(r"p?gettext\([^()]*\)|_\(\"[^\"]*\"", " ", bare)
    expressions = " ".join(re.findall(r"\{[{%].*?[%}]\}", bare, flags=re.DOTALL))
    bare = re.sub(r"\{[{%].*?[%}]\}", " ", bare, flags=re.DOTALL)
    said = [text for name in READ for text in re.findall(rf'\b{name}="([^"]*)"', bare)]
    said += re.sub(r"<[^>]*>|[a-z-]+=\"[^\"]*\"", "\n", bare).split("\n")
    sentences = re.findall(r'"([A-Z][a-z]+ [a-z][^"<>]*)"', expressions)
    return [*(text.strip() for text in said if re.search("[A-Za-z]", text)), *sentences]


TEMPLATES = {path.relative_to(shipped("templates")).as_posix(): path for path in shipped("templates").rglob("*.html")}


@pytest.mark.parametrize("name", sorted(TEMPLATES.keys() - FOR_DEVELOPERS))
def test_no_template_says_anything_without_marking_it(name: str) -> None:
    assert unmarked(TEMPLATES[name].read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("source", ["<p>Two words</p>", '<a title="Read {{ it }}">', '{{ spine("The chapters in a row") }}'])
def test_a_template_that_says_something_unmarked_is_seen(source: str) -> None:
    assert unmarked(source)


# What a file is written with besides texts: markup, names of files, field codes, keys of a calendar.
SYNTAX = re.compile(
    r"<br>|\b[\w-]+\.[a-z]{2,4}\b|PAGEREF \w+|TOC \\o \S+|"
    r"^(?:UID|BEGIN|END|PRODID|VERSION|METHOD|ACTION|TRIGGER):.*|^[A-Z-]+(?:;[A-Z]+=\w+)*:",
    re.MULTILINE,
)


def _whole(data: bytes) -> list[str]:
    return [data.decode()]


def _entries(data: bytes) -> list[str]:
    """The entries of a calendar, each on one line."""
    return [data.decode().replace("\r\n ", "").replace("\r\n", "\n")]


def _paragraphs(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = [file.read(name).decode() for name in file.namelist() if re.match(r"word/(?:document|header|footer)", name)]
    paragraphs = (each for part in parts for each in re.findall(r"<w:p[ >].*?</w:p>", part, re.DOTALL))
    return [re.sub(r"<[^>]+>", " ", each) for each in paragraphs]


DOCUMENTS: dict[str, Callable[[bytes], list[str]]] = {
    "summary.md": _whole,
    "summary.csv": _whole,
    "summary.docx": _paragraphs,
    "plan.csv": _whole,
    "plan.ics": _entries,
}


@pytest.mark.broad
@pytest.mark.parametrize("organisation", ["demo", "partly"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_in_a_document_stays_english(
    cast: Cast, holder: Browser, theirs: list[str], names: list[str], organisation: str, name: str
) -> None:
    response = holder.client.get(cast.address(organisation) + name)
    assert response.status_code == 200
    found = DOCUMENTS[name](response.data)
    assert sum(text.count(OPENING) for text in found) > 20
    assert untranslated([SYNTAX.sub(" ", text) for text in found], theirs, names) == []


REFUSED_FILES: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "no JSON": ("/import", "file", lambda: b"{"),
    "no export": ("/import", "file", lambda: b"{}"),
    "another version": ("/import", "file", lambda: json.dumps({"format": FORMAT, "version": 99}).encode()),
    "a damaged export": ("/import", "file", lambda: json.dumps({"format": FORMAT, "version": VERSION}).encode()),
    "an empty logo": ("letterhead", "logo", lambda: b""),
    "no picture": ("letterhead", "logo", lambda: b"%PDF"),
    "a damaged picture": ("letterhead", "logo", lambda: picture()[:200]),
    "an animated picture": ("letterhead", "logo", lambda: animated("PNG")),
    "a huge picture": ("letterhead", "logo", lambda: bomb()),
    "a large picture": ("letterhead", "logo", lambda: picture() + bytes(LOGO_BYTES)),
}


@pytest.mark.parametrize("refused", REFUSED_FILES)
def test_why_a_file_is_refused_is_said_in_the_language_of_the_page(
    cast: Cast, holder: Browser, theirs: list[str], names: list[str], refused: str
) -> None:
    address, field, content = REFUSED_FILES[refused]
    address = address if address.startswith("/") else cast.address("demo") + address
    fields = {**holder.open(address).fields(), field: (io.BytesIO(content()), "file")}
    answer = holder.client.post(address, data=fields, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # the test client leaves its own copy of a large file open
    page = Page(answer)
    assert page.status == 422
    assert english(page, theirs, names) == []


def test_whatever_is_found_wrong_with_an_export_or_a_logo_has_its_words() -> None:
    demanding = "".join(map(inspect.getsource, (export_check, export_format, export_worksheets, reporting)))
    assert set(re.findall(r'"((?:is|has|was|does|names|cannot)(?:-[a-z]+)+)"', demanding)) == FAULTS.keys()
    drawing = "".join(map(inspect.getsource, (logo, logo_child)))
    assert set(re.findall(r'(?:LogoError|ValueError)\("([a-z-]+)"', drawing)) == LOGO_FAULTS.keys()
