"""Every document in a language of tests only: whatever is not in its marks would stay English in every language."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from babel import Locale
from babel.dates import get_day_names, get_month_names
from docx.oxml import parse_xml as fromstring
from docx.oxml.ns import qn
from icalendar import Calendar
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from assessment.content import load, read_sample
from assessment.domain.letterhead import Letterhead
from assessment.domain.limits import MOST_EVIDENCE
from assessment.domain.planning import StepNote
from assessment.domain.result import assess
from assessment.domain.rules import Rules
from assessment.languages import read_languages
from assessment.reports import plan_files
from assessment.reports.formats import FORMATS
from assessment.reports.outline.report import outline
from assessment.reports.receipt import verify
from assessment.reports.summary import GapSummary, summarise
from assessment.reports.workbook import columns
from assessment.translation import Language, speaking
from tests.reports.spoken import of_outline
from tests.support.content import CONTENT, LIBRARY
from tests.support.pseudo import CLOSING, OPENING, TAG, outside, pseudo, write_catalogue
from tests.support.sheets import words_of
from tests.support.summaries import ALL, TODAY, demo_result

pytestmark = pytest.mark.office

# What people typed in themselves.
ORGANISATION, OWNER, SENDER, ADDRESS = "Brook Galvanising", "Ada Novak", "Hill and Partners", "7 Mill Lane"
# What is called the same in every language, and why.
NAMES = (
    *("ISO Readiness", "iso-readiness verify receipt.json"),  # the product, and a command that is typed as it is
    *("JSON", "PDF", "CSV", "XLSX", "DOCX", "ZIP", "Markdown"),  # formats
    *("README.txt", "receipt.json", "plan.csv", "plan.ics", "findings.csv", "workbook.xlsx"),  # files
    *("plan.semicolons.csv", "findings.semicolons.csv"),
    *("gap-summary.pdf", "gap-summary.short.pdf", "gap-summary.docx", "gap-summary.short.docx", "gap-summary.md"),
    *(each.name for each in LIBRARY.standards.values()),  # standards
    *LIBRARY.standards,  # and their ids
    LIBRARY.content_hash,  # which content a document was made with
)
# Dates have no words of ours: what writes them follows the language, and this one has no months of its own.
MONTHS = {get_month_names(width, locale="en_GB")[month] for month in range(1, 13) for width in ("wide", "abbreviated")}
DAYS = {get_day_names(width, locale="en_GB")[day] for day in range(7) for width in ("wide", "abbreviated")}
# So are the words between the items of a list, which Babel knows.
PATTERNS = [Locale("en", "GB").list_patterns[style][at] for style in ("standard", "or") for at in ("2", "end")]
LISTED = {word for pattern in PATTERNS for word in re.findall(r"[^\W\d]+", pattern)}
DATED = re.compile(rf"\b(?:{'|'.join(sorted(MONTHS | DAYS | LISTED, key=len, reverse=True))})\b")
LETTERS = re.compile(r"[^\W\d_]{2,}")
Texts = Callable[[bytes], Iterable[str]]


@pytest.fixture(scope="module")
def pseudo_language(tmp_path_factory: pytest.TempPathFactory) -> Language:
    return read_languages(write_catalogue(tmp_path_factory.mktemp("pseudo") / "locale"))[TAG]


@pytest.fixture(scope="module")
def summary(pseudo_language: Language) -> GapSummary:
    """The sample organisation's summary from content in the pseudo-language, with what people add to it."""
    translate = pseudo_language.translations.pgettext
    with speaking(TAG, pseudo_language.translations):
        library = load(CONTENT, translate)
        told = read_sample(CONTENT / "demo.toml", library, TODAY, translate)
        result = assess(library, told.questionnaires, told.sheet, told.profile, TODAY)
        first, second, *_ = (step.action.key for step in result.steps)
        notes = {
            first: StepNote(owner=OWNER, due=date(2027, 3, 1)),
            second: StepNote(owner=OWNER, due=TODAY, done_on=TODAY),
        }
        return summarise(result, ORGANISATION, "9.9", ALL, notes=notes, letterhead=Letterhead(name=SENDER, address=ADDRESS))


def english(texts: Iterable[str], names: Iterable[str] = ()) -> list[str]:
    """What is neither translated, nor a number, a date or a name, nor typed in by people; each once."""
    known = sorted((*NAMES, ORGANISATION, OWNER, SENDER, ADDRESS, *names), key=len, reverse=True)
    found: dict[str, None] = {}
    for text in texts:
        for part in outside(text):
            rest = part
            for each in known:
                rest = re.sub(rf"(?<!\w){re.escape(each)}(?!\w)", " ", rest)
            if LETTERS.search(DATED.sub(" ", rest)):
                found[part] = None
    return list(found)


def of_markdown(content: bytes) -> Iterator[str]:
    # A line holds whole texts; HTML is only there to break lines in cells.
    yield from content.decode().replace("<br>", " ").split("\n")


def of_docx(content: bytes) -> Iterator[str]:
    document = docx.Document(io.BytesIO(content))
    about = document.core_properties
    yield from (
        about.title,
        about.author,
        about.subject,
        about.last_modified_by,
        about.comments,
        about.keywords,
        about.category,
    )
    for part in document.part.package.iter_parts():
        if not part.partname.endswith(".xml") or not part.partname.startswith("/word/"):
            continue
        tree = fromstring(part.blob)
        for paragraph in tree.iter(qn("w:p")):
            yield "".join(_docx_texts(paragraph))
        yield from (value for each in tree.iter() for name in ("descr", "title") if (value := each.get(name)))
        yield from (
            value
            for tag in ("tblCaption", "tblDescription")
            for each in tree.iter(qn(f"w:{tag}"))
            if (value := each.get(qn("w:val")))
        )


def _docx_texts(paragraph: Any) -> Iterator[str]:
    for each in paragraph.iter():
        if each.tag == qn("w:t"):
            yield each.text or ""
        elif each.tag in (qn("w:br"), qn("w:tab")):
            yield " "


@cache
def of_pdf(content: bytes) -> Sequence[str]:
    # Kept, since the ZIP has the same files in it.
    return list(_pdf_texts(content))


def _pdf_texts(content: bytes) -> Iterator[str]:
    reader = PdfReader(io.BytesIO(content))
    about = reader.metadata
    assert about is not None
    yield from (str(about.get(name, "")) for name in ("/Title", "/Author", "/Subject", "/Keywords"))
    # A text may go on over lines and pages, between the marks of others.
    yield " ".join(words_of(content))
    yield from _titles(reader.outline)
    yield from _alternatives(reader.root_object["/StructTreeRoot"])


def _titles(entries: list[Any]) -> Iterator[str]:
    for each in entries:
        if isinstance(each, list):
            yield from _titles(each)
        else:
            yield str(each.title)


def _alternatives(root: Any) -> Iterator[str]:
    waiting = [root]
    while waiting:
        each = waiting.pop()
        each = each.get_object() if isinstance(each, IndirectObject) else each
        if isinstance(each, ArrayObject):
            waiting += each
        elif isinstance(each, DictionaryObject):
            yield from (str(each[name]) for name in ("/Alt", "/T", "/ActualText") if name in each)
            waiting += [each["/K"]] if "/K" in each else []


def of_xlsx(content: bytes) -> Iterator[str]:
    with ZipFile(io.BytesIO(content)) as file:
        for name in file.namelist():
            if name.endswith(".xml") and not name.startswith(("[", "xl/theme", "xl/styles")):
                yield from _xlsx_texts(fromstring(file.read(name)))


# What people read in attributes: in messages of cells, on tabs, and instead of pictures.
_READ = ("promptTitle", "prompt", "errorTitle", "error", "descr", "title", "tooltip", "display")
# Elements with texts of their own; texts in runs are put together.
_SAID = ("t", "v", "title", "subject", "creator", "description", "keywords", "category", "lastModifiedBy", "Company", "Manager")
_SAID_BY_PAGES = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")


def _xlsx_texts(element: Any, *, of: str = "") -> Iterator[str]:
    tag = element.tag.rpartition("}")[2]
    yield from (element.get(name) for name in _READ if element.get(name))
    if tag == "sheet":
        yield element.get("name")
    if tag in ("si", "is", "text"):
        yield "".join(each.text or "" for each in element.iter() if each.tag.rpartition("}")[2] == "t")
        return
    if tag == "c" and element.get("t") not in ("str", "inlineStr"):
        # A shared text is read where it is shared; of numbers there is nothing to read but their formulas.
        yield from (text for each in element if each.tag.endswith("}f") for text in _in_formula(each.text or ""))
        return
    if tag in ("f", "formula", "formula1", "formula2"):
        yield from _in_formula(element.text or "")
    elif tag in _SAID:
        yield element.text or ""
    elif tag in _SAID_BY_PAGES:
        yield re.sub(r'&"[^"]*"|&[A-Z]|&\d+|&K[0-9A-F]{6}', " ", element.text or "")
    for child in element:
        yield from _xlsx_texts(child)


def _in_formula(formula: str) -> Iterator[str]:
    yield from (text.replace('""', '"') for text in re.findall(r'"((?:[^"]|"")*)"', formula))


def of_csv(content: bytes, between: str = ",") -> Iterator[str]:
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=between):
        yield from row


def of_csv_with_semicolons(content: bytes) -> Iterator[str]:
    return of_csv(content, ";")


def of_ics(content: bytes) -> Iterator[str]:
    for event in Calendar.from_ical(content).walk():
        yield from (
            str(event[name]) for name in ("SUMMARY", "DESCRIPTION", "X-WR-CALNAME", "LOCATION", "COMMENT") if name in event
        )


def of_zip(content: bytes) -> Iterator[str]:
    with ZipFile(io.BytesIO(content)) as file:
        for name in file.namelist():
            ending = name.rpartition("/")[2].partition(".")[2]
            if ending == "txt":
                yield file.read(name).decode()
            elif ending not in ("json", "xlsx"):  # those have tests of their own
                yield from READ[ending](file.read(name))


READ: Mapping[str, Texts] = {
    "md": of_markdown,
    "docx": of_docx,
    "short.docx": of_docx,
    "pdf": of_pdf,
    "short.pdf": of_pdf,
    "xlsx": of_xlsx,
    "csv": of_csv,
    "semicolons.csv": of_csv_with_semicolons,
    "ics": of_ics,
    "zip": of_zip,
}


def _heads_read_back(rules: Rules) -> set[str]:
    """What an upload of the workbook reads back, which no language changes."""
    heads = {columns.FORMAT, columns.ANSWERS, columns.ORIGIN, columns.STANDARD, columns.CLAUSE, columns.QUESTION}
    # The hidden sheet says by keys what the workbook was made from.
    heads |= {
        "format",
        "assessment",
        "date",
        "content",
        "product",
        "heads",
        "sheets",
        *(f"standard {each}" for each in LIBRARY.standards),
    }
    heads |= {f"{edition.id} full" for each in LIBRARY.standards.values() for edition in each.editions}
    heads |= {columns.REF, columns.VERSION, *columns.filled_in_heads(), *columns.STATES.values()}
    for number in range(1, MOST_EVIDENCE + 1):
        evidence = columns.evidence_columns(number)
        heads |= {evidence.title, evidence.where, evidence.dated}
    return heads


WRITERS = {**{ending: each.write for ending, each in FORMATS.items()}}
PLAN: Mapping[str, Callable[[GapSummary], bytes]] = {"csv": plan_files.to_csv, "ics": plan_files.to_ics}


@pytest.mark.parametrize("ending", sorted(WRITERS.keys() - {"json", "xlsx"}))
def test_nothing_in_a_document_stays_english(pseudo_language: Language, summary: GapSummary, ending: str) -> None:
    with speaking(TAG, pseudo_language.translations):
        texts = list(READ[ending](WRITERS[ending](summary)))
    assert any(OPENING in text for text in texts)
    assert english(texts) == []


def test_nothing_in_the_workbook_stays_english(pseudo_language: Language, summary: GapSummary) -> None:
    with speaking(TAG, pseudo_language.translations):
        said = list(of_xlsx(WRITERS["xlsx"](summary)))
    # The hidden sheet names all heads and all sheets, one a line.
    texts = [
        line for text in said for line in (text.split("\n") if {columns.REF, columns.ORIGIN} & {*text.split("\n")} else [text])
    ]
    rules = summary.result.library.rules
    refs = {question.ref for each in summary.standards for question in each.result.questionnaire.questions}
    # References of questions and the hash of the content are read back, too.
    ids = {*refs, summary.result.library.content_hash}
    left = [text for text in english(texts) if text not in ids | _heads_read_back(rules)]
    assert left == [], left


@pytest.mark.parametrize("ending", PLAN)
def test_nothing_in_the_plan_stays_english(pseudo_language: Language, summary: GapSummary, ending: str) -> None:
    with speaking(TAG, pseudo_language.translations):
        texts = list(READ[ending](PLAN[ending](summary)))
    assert any(OPENING in text for text in texts)
    assert english(texts) == []


def test_nothing_that_the_print_page_shows_of_the_report_stays_english(pseudo_language: Language, summary: GapSummary) -> None:
    with speaking(TAG, pseudo_language.translations):
        told = outline(summary)
        texts = [told.title, told.cover.kind, told.cover.on, told.cover.state, told.cover.key]
        assert english(texts) == []
        assert [text for text in of_outline(told) if text.count(OPENING) != text.count(CLOSING)] == []


def test_a_receipt_made_in_another_language_says_the_same_and_verifies_equal(pseudo_language: Language) -> None:
    plain = summarise(demo_result(), ORGANISATION, "9.9", ALL)
    made = FORMATS["json"].write(plain)
    with speaking(TAG, pseudo_language.translations):
        theirs = FORMATS["json"].write(plain)
        assert theirs == made
        assert verify(theirs, LIBRARY, "9.9").equal
    assert verify(theirs, LIBRARY, "9.9").equal


def test_a_text_that_nobody_marked_is_seen() -> None:
    assert english([f"{pseudo('A plan')} and more"]) == ["and more"]
    assert english([f"{ORGANISATION}, 24 November 2026, 8.4.1, {pseudo('nested ' + pseudo('twice'))}"]) == []
    assert list(of_csv("﻿one,two\r\n".encode())) == ["one", "two"]
    assert list(_in_formula('IF(A1="","Not met",B1)')) == ["", "Not met"]
