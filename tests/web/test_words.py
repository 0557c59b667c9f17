"""How the product speaks: no blame, no shouting, no filler; titles, headings, units and short forms that say what they mean."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from assessment.domain.library import Library
from tests.content.test_facts import facts
from tests.support.chromium import session_cookie
from tests.support.opener import HTML, Browser, Page
from tests.support.organisations import Assembled
from tests.support.states import STATES, where

ROOT = Path(__file__).parent.parent.parent
# Words that blame, shout, or say nothing, and why not.
NEVER = {
    r"\binvalid\b": "say what is right instead",
    r"\boops\b|\buh[- ]oh\b|\bwhoops\b": "nobody laughs who lost a text",
    r"\bplease\b": "say what to do; politeness in every line is noise",
    r"!(?![=\[])": "no shouting",
    r"\bobviously\b|\bof course\b": "what is not obvious to somebody blames them",
    r"\byou forgot\b|\byour (mistake|fault)\b|\byou failed\b|\billegal\b|\bforbidden\b": "no blame",
    r"\ban error (has )?occurred\b|\bunknown error\b": "say what went wrong",
    r"\bleverage\b|\bsynergy\b|\bseamless|\bworld[- ]class\b|\bcompliant\b|\bbest practice\b": "says nothing, or too much",
    r"(?<!Context of the )\borganizations?\b": "British spelling; the title of a clause is the standard's",
    r"\b(?:organiz(?:e|ing)|recogniz|analyz|prioritiz|minimiz|summariz(?!er\b)|authoriz|categoriz)": "British spelling",
    r"\b(?:color|behavior|labor(?!ator)|favor|neighbor)": "British spelling",
    r"\b(?:center|fulfill|enroll|catalog|gray|defense|judgment)\b": "British spelling",
    r"\b(?:label|cancel|model|travel)(?:ed|ing)\b": "British spelling",
    r"\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b": "a day has 24 hours",
}
# What the product itself never says to people; content may speak of a click, a law that must be kept, or what people simply do.
NEVER_TO_PEOPLE = {
    r"\bclick\b": "people tap, press keys and speak, too",
    r"\bsimply\b|\beasily\b|\bjust\b(?! now)": "filler, and what is not simple for somebody blames them",
    r"\byou must\b": "no orders",
}
# Letters that everybody knows here, or that the page explains where it uses them.
KNOWN_LETTERS = {
    *("ISO", "IEC", "IAF", "MD", "CSV", "JSON", "PDF", "XLSX", "DOCX", "ZIP", "HTML", "UTC", "PNG", "JPEG", "KB", "MB"),
    *("QMS", "EMS"),  # names of two tables in the source of the auditor days, IAF MD 5
    "SHA",  # in the name of a hash function, on the page for people who check security
    "FILE",  # what stands for a name in a command
}


def texts_of_templates() -> Iterator[tuple[str, str]]:
    """What templates say: text between tags, names for screen readers, and sentences within expressions."""
    for path in sorted((ROOT / "templates").rglob("*.html")):
        source = re.sub(r"\{#.*?#\}| aria-invalid=\"true\"", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        expressions = re.findall(r"\{[{%].*?[%}]\}", source, flags=re.DOTALL)
        said = [text for each in expressions for text in re.findall(r'"([^"<>]* [^"<>]*)"', each)]
        bare = re.sub(r"\{[{%].*?[%}]\}", " ", source, flags=re.DOTALL)
        said += re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]+)"', bare)
        yield path.name, " | ".join([*said, re.sub(r"<!?[^>]*>", " | ", bare)])


def texts_of_code() -> Iterator[tuple[str, str]]:
    """What the pages and reports say from Python: texts with a blank in them that are no docstrings."""
    for path in sorted(each for part in ("web", "reports") for each in (ROOT / "assessment" / part).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        promises = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, documented)}
        for each in ast.walk(tree):
            text = each.value if isinstance(each, ast.Constant) and isinstance(each.value, str) else ""
            if " " in text.strip() and text not in promises and not re.search(r"[{}<>]|^SELECT", text):
                yield path.name, text


def texts_of_scripts() -> Iterator[tuple[str, str]]:
    """Sentences that a script would show by itself."""
    for path in sorted((ROOT / "static").glob("*.js")):
        source = re.sub(r"//[^\n]*", "", path.read_text(encoding="utf-8"))
        yield from ((path.name, each) for each in re.findall(r'["`]([A-Z][^"`\n]* [^"`\n]*)["`]', source))


def texts_of_content() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "questionnaires").rglob("*.toml")):
        source = re.sub(r"^\s*#[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        yield path.name, " | ".join(re.findall(r'"([^"\n]* [^"\n]*)"', source))


SOURCES = {"templates": texts_of_templates, "code": texts_of_code, "content": texts_of_content}


def faults(where: str, text: str, never: Mapping[str, str]) -> list[str]:
    return [
        f"{where}: …{text[max(0, found.start() - 40) : found.end() + 40]}… ({why})"
        for pattern, why in never.items()
        for found in re.finditer(pattern, text, re.IGNORECASE)
    ]


@pytest.mark.parametrize("source", SOURCES)
def test_nothing_blames_shouts_or_fills(source: str) -> None:
    texts = list(SOURCES[source]())
    assert sum(len(text) for _, text in texts) > 100
    never = NEVER if source == "content" else NEVER | NEVER_TO_PEOPLE
    assert [fault for name, text in texts for fault in faults(name, text, never)] == []


def test_scripts_show_only_what_the_page_brings_along() -> None:
    assert len(list((ROOT / "static").glob("*.js"))) > 1
    assert list(texts_of_scripts()) == []


@pytest.mark.parametrize(
    "text",
    [
        "Invalid value",
        "Oops",
        "Please enter a name",
        "Saved!",
        "Click here",
        "Just do it",
        "You must",
        "Saved 07:14 AM",
        "Labeled",
        "A gray color",
    ],
)
def test_such_words_are_seen(text: str) -> None:
    assert faults("here", text, NEVER | NEVER_TO_PEOPLE)
    assert faults("here", "Give the organisation a name. It was adjusted just now.", NEVER | NEVER_TO_PEOPLE) == []


@pytest.fixture(scope="module")
def pages(assembled: Assembled) -> list[tuple[str, str, Page]]:
    """Every page that opens without an act: whose it is, its path, and the page."""
    holder, nobody = Browser(assembled.app), Browser(assembled.app)
    holder.client.set_cookie(*session_cookie(assembled.app, assembled.cast.sid))
    opened = [
        (
            state.of,
            where(assembled.cast, state),
            (holder if state.of else nobody).open(where(assembled.cast, state), status=state.status),
        )
        for state in STATES
        if state.act is None
    ]
    library: Library = assembled.app.extensions["library"]
    hub = assembled.cast.address("demo")
    for standard in library.standards.values():
        found = holder.open(hub)
        chapters = {link for link in found.links() if f"{standard.id}/questions/" in link}
        opened += [("demo", link, holder.open(link)) for link in sorted(chapters)]
    return opened


@pytest.mark.broad
def test_no_two_pages_have_one_title_and_every_heading_is_specific(pages: list[tuple[str, str, Page]]) -> None:
    titles: dict[tuple[str, str], set[str]] = defaultdict(set)
    for whose, path, page in pages:
        title = "".join(page.all("title")[0].itertext())
        titles[whose, title].add(path.partition("?")[0].rstrip("/"))
        heading = " ".join("".join(page.all("h1")[0].itertext()).split())
        assert len(heading.split()) > 1 or heading in ("Glossary", "Privacy"), f"{path}: {heading}"
    assert len(titles) > 60
    assert {title: paths for title, paths in titles.items() if len(paths) > 1} == {}


@pytest.mark.broad
def test_every_percent_has_its_unit_and_no_decimals(pages: list[tuple[str, str, Page]]) -> None:
    met = 0
    for _, path, page in pages:
        met += len(re.findall(r"\d [%]", page.text))
        assert not re.search(r"\d%", page.text), path
        assert not re.search(r"\d[.,]\d+\s%", page.text), path
    assert met > 100


def test_a_number_alone_in_a_table_stands_under_a_head_that_says_what_it_is(pages: list[tuple[str, str, Page]]) -> None:
    met = 0
    for _, path, page in pages:
        for table in page.all("table"):
            heads = ["".join(each.itertext()).strip() for each in table.iter(HTML + "th") if each.get("scope") == "col"]
            for row in table.iter(HTML + "tr"):
                cells = [each for each in row if each.tag in (HTML + "td", HTML + "th")]
                for number, cell in enumerate(cells):
                    if re.fullmatch(r"\d+", "".join(cell.itertext()).strip()):
                        met += 1
                        assert len(cells) == len(heads) or len(cells) == len(heads) + 1, path
                        assert heads[number - len(cells)], path
    assert met > 0


def test_letters_that_stand_for_words_are_explained(pages: list[tuple[str, str, Page]], assembled: Assembled) -> None:
    library: Library = assembled.app.extensions["library"]
    explained = KNOWN_LETTERS | {
        part
        for term in library.glossary
        for text in (term.title, term.means, *term.forms)
        for part in re.findall(r"\b[A-Z]{2,}\b", text)
    }
    # Bodies are called what they call themselves, where they are named as a source.
    explained |= {part for fact in facts(library) for part in re.findall(r"\b[A-Z]{2,}\b", fact.source)}
    strange = {
        letters: path
        for whose, path, page in pages
        if whose in ("", "new", "demo")
        for letters in re.findall(r"\b[A-Z]{2,}\b", page.text)
        if letters not in explained
    }
    assert strange == {}
