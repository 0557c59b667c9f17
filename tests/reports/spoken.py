"""What a report says, in order: from the outline, and read back from each format that shows it, without white space.

Marks that only lay out a text are left out: numbers of lists, what is drawn, and the colon after a label.
"""

import io
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from itertools import chain
from typing import Any

import docx
import pypdfium2
import pypdfium2.raw as raw
from docx.oxml.ns import qn
from markdown_it import MarkdownIt
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NumberObject

from assessment.reports.outline.blocks import Chart, Facts, Heading, Listing, Paragraph, Table, Text
from assessment.reports.outline.document import Outline
from assessment.reports.outline.plain import simple


def squeezed(text: str) -> str:
    """A text without what a format may put between or within words to lay them out."""
    return re.sub(r"[\s:\u00ad\u200b\u2060\u2010-]", "", text)


def of_outline(report: Outline) -> list[str]:
    """Every text of every section, in order."""
    found = []
    for section in report.sections:
        found.append(section.title)
        for block in simple(section.blocks):
            found += texts_of(block)
    return [text for text in map(squeezed, found) if text]


def texts_of(block: Any) -> Iterator[str]:
    """The texts of a simple block, from left to right and from top to bottom."""
    match block:
        case Heading() | Paragraph():
            yield _plain(block.text)
        case Listing():
            yield from map(_plain, block.items)
        case Table():
            yield from block.head
            yield from map(_plain, chain.from_iterable(chain.from_iterable(block.rows)))
        case Facts():
            for label, value in block.rows:
                yield from (_plain(label), *map(_plain, value))
        case Chart():
            return


def _plain(text: Text) -> str:
    return "".join(run.text for run in text)


def of_markdown(content: bytes) -> str:
    """What a reader of Markdown sees from the first section on."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(content.decode())
    first = next(at for at, token in enumerate(tokens) if token.tag == "h2")
    inline = (token for token in tokens[first:] if token.type == "inline")
    return squeezed("\n".join(child.content for token in inline for child in token.children or [] if child.type == "text"))


def of_docx(content: bytes) -> str:
    """The paragraphs of a Word document, those in tables too, from the first section's heading on, without the contents."""
    body = docx.Document(io.BytesIO(content)).element.body
    found: list[str] = []
    for paragraph in body.iter(qn("w:p")):
        style = paragraph.pPr.pStyle.val if paragraph.pPr is not None and paragraph.pPr.pStyle is not None else ""
        if (style == "Heading1" or found) and style not in ("TOC1", "Contentsheading"):
            found.append("".join(part.text or "" for part in paragraph.iter(qn("w:t"))))
    return squeezed("".join(found))


class _Page(HTMLParser):
    """Collects the text of the sections of a report, but nothing that is drawn or explains a drawing."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("img", "br", "meta", "link", "input", "line", "rect", "circle", "path"):
            return
        drawn = tag in ("svg", "figure") or given.get("class") == "range"
        within = any(counts for _, counts in self._open)
        starts = tag == "section" and "report" in [name for name, _ in self._open]
        self._open.append((given.get("class") or tag, (within or starts) and not drawn and not self._is_drawn()))

    def _is_drawn(self) -> bool:
        return any(name in ("svg", "figure", "range") for name, _ in self._open)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("img", "br", "meta", "link", "input", "line", "rect", "circle", "path") and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][1]:
            self.text.append(data)


def of_page(html: str) -> str:
    """What the page to print says in its sections."""
    page = _Page()
    page.feed(html)
    return squeezed("".join(page.text))


def of_pdf(content: bytes) -> str:
    """What a reader of the tags of a PDF is told from the first section on, without figures, list numbers and the contents."""
    document = PdfReader(io.BytesIO(content))
    with pypdfium2.PdfDocument(content) as shown:
        marked = {
            (page.indirect_reference.idnum, mark): text
            for page, sheet in zip(document.pages, shown, strict=True)
            if page.indirect_reference
            for mark, text in _marked(sheet).items()
        }
    texts = _tagged(document.root_object["/StructTreeRoot"], 0, marked, started=[])
    return squeezed("".join(texts))


def _marked(sheet: pypdfium2.PdfPage) -> dict[int, str]:
    """The text of each marked stretch of a page by its number, by PDFium: reading text took pypdf most of the time."""
    found: dict[int, list[str]] = {}
    for shown in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], textpage=sheet.get_textpage()):
        found.setdefault(raw.FPDFPageObj_GetMarkedContentID(shown), []).append(shown.extract())
    # A hyphen that divides a word at the end of a line.
    return {number: "".join(parts).replace("\x02", "\u00ad") for number, parts in found.items()}


_LEFT_OUT = ("/Figure", "/Lbl", "/TOC", "/TOCI")


def _tagged(element: Any, page: int, marked: dict[tuple[int, int], str], *, started: list[bool]) -> Iterable[str]:
    element = element.get_object() if isinstance(element, IndirectObject) else element
    if isinstance(element, ArrayObject):
        for each in element:
            yield from _tagged(each, page, marked, started=started)
    elif isinstance(element, NumberObject):
        yield marked.get((page, int(element)), "") if started else ""
    elif isinstance(element, DictionaryObject) and element.get("/S") not in _LEFT_OUT:
        if element.get("/S") == "/H1":
            started.append(True)
        where = element.raw_get("/Pg").idnum if "/Pg" in element else page
        if element.get("/Type") == "/MCR":
            yield marked.get((where, int(str(element["/MCID"]))), "") if started else ""
        elif "/K" in element:
            yield from _tagged(element.raw_get("/K"), where, marked, started=started)
