"""The gap summary as a Word document: real headings, tables and contents, the receipt's numbers, and text as it was typed."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from assessment.domain.letterhead import Letterhead
from assessment.reports.docx_file import to_docx
from assessment.reports.json_file import to_data
from assessment.reports.logo import to_logo
from assessment.reports.outline.blocks import Facts, Heading, Table
from assessment.reports.outline.plain import simple
from assessment.reports.outline.report import outline
from assessment.reports.texts import shown
from assessment.reports.word.template import TEMPLATE, template
from tests.reports import numbers
from tests.reports.summaries import CONTROL, EVERY_KIND, HOSTILE, LONG, demo
from tests.support.logos import picture
from tests.support.office import convert

LETTERHEAD = Letterhead(name="Rat & Tat", address="Hauptstraße 5\n80331 München", logo=to_logo(picture(mode="RGBA")))


@cache
def made(kind: str) -> bytes:
    return to_docx(demo(LETTERHEAD) if kind == "the demo" else EVERY_KIND[kind]())


def opened(kind: str) -> Any:
    return Document(io.BytesIO(made(kind)))


def headings(document: Any) -> list[tuple[str, str]]:
    """Level and text of every heading."""
    found = [(each.style.name, each.text) for each in document.paragraphs]
    return [(style, text) for style, text in found if style.startswith("Heading ")]


def rows(table: Any) -> numbers.Rows:
    return [[cell.text for cell in row.cells] for row in table.rows]


def texts(document: Any) -> Iterator[str]:
    """Every paragraph, those in tables too."""
    for paragraph in document.element.body.iter(qn("w:p")):
        yield "".join("\n" if part.tag == qn("w:br") else part.text or "" for part in paragraph.iter(qn("w:t"), qn("w:br")))


def _plain(heading: Heading) -> str:
    return "".join(run.text for run in heading.text)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_headings_are_real_and_those_of_the_report(kind: str) -> None:
    wanted = []
    for section in outline(EVERY_KIND[kind]()).sections:
        within = (each for each in simple(section.blocks) if isinstance(each, Heading))
        wanted += [("Heading 1", section.title), *((f"Heading {each.level}", _plain(each)) for each in within)]
    assert headings(opened(kind)) == wanted


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_numbers_are_those_of_the_receipt(kind: str) -> None:
    document = opened(kind)
    tables = [rows(table) for table in document.tables if table.style.name == "Listing"]
    numbers.compare(to_data(EVERY_KIND[kind]()), [text for _, text in headings(document)], tables)


def test_tables_are_real_and_their_heads_repeat() -> None:
    document = opened("the demo")
    told = outline(demo())
    blocks = [block for section in told.sections for block in simple(section.blocks)]
    listings = [table for table in document.tables if table.style.name == "Listing"]
    listings = listings[1:]  # the first is on the cover and has no head
    assert len(listings) == sum(isinstance(block, Table) for block in blocks)
    assert sum(table.style.name == "Facts" for table in document.tables) == sum(isinstance(block, Facts) for block in blocks)
    for table in listings:
        first, *others = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr is None or row._tr.trPr.find(qn("w:tblHeader")) is None for row in others)
        widths = [int(each.get(qn("w:w"))) for each in table._tbl.tblGrid]
        assert len(widths) == len(first.cells)
        assert 9000 < sum(widths) <= 9412


def test_the_contents_are_a_field_with_an_entry_for_each_section() -> None:
    document = opened("the demo")
    body = document.element.body
    instructions = [each.text.strip() for each in body.iter(qn("w:instrText"))]
    assert instructions[0] == 'TOC \\o "1-1" \\h \\z \\u'
    entries = [each for each in document.paragraphs if each.style.name == "toc 1"]
    assert ["".join(part.text for part in each._p.iter(qn("w:t")) if part.text) for each in entries] == [
        section.title for section in outline(demo()).sections
    ]
    marks = {each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))}
    assert {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} == marks
    assert document.settings.element.find(qn("w:updateFields")).get(qn("w:val")) == "true"


def test_pages_are_numbered_and_the_document_says_whose_it_is_and_in_which_language() -> None:
    document = opened("the demo")
    foot = document.sections[0].footer._element
    assert [each.text.strip() for each in foot.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    properties = document.core_properties
    assert (properties.title, properties.author) == ("Gap summary of Brook Galvanising (invented)", "Rat & Tat")
    assert properties.created.date() == demo().on
    assert properties.language == "en-GB"
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "en-GB"


def test_the_letterhead_stands_on_the_cover() -> None:
    document = opened("the demo")
    assert [each.text for each in document.paragraphs[:4]] == ["", "Rat & Tat", "Hauptstraße 5", "80331 München"]
    (shape,) = document.inline_shapes
    assert shape.width > shape.height
    assert "Logo of Rat & Tat" in shape._inline.docPr.get("descr")
    with zipfile.ZipFile(io.BytesIO(made("the demo"))) as file:
        assert [file.read(each) for each in file.namelist() if each.startswith("word/media/")] == [LETTERHEAD.logo]
    assert len(opened("nothing answered").inline_shapes) == 0


def test_numbered_lists_each_begin_with_one() -> None:
    document = opened("the demo")
    used = [each._p.pPr.numPr.numId.val for each in document.paragraphs if each.style.name == "List Number"]
    lists = [number for at, number in enumerate(used) if at == 0 or used[at - 1] != number]
    assert len(lists) == len(set(lists)) > 1  # the reasons of each standard; steps tell theirs as facts
    numbering = document.part.numbering_part.element
    for number in lists:
        (override,) = numbering.num_having_numId(number).lvlOverride_lst
        assert override.startOverride.val == 1


@pytest.mark.parametrize("text", [*HOSTILE, LONG, "\n".join(HOSTILE), shown(CONTROL)], ids=range(len(HOSTILE) + 3))
def test_what_people_typed_is_seen_as_they_typed_it(text: str) -> None:
    assert any(text == each or f"{text[:200]}, {text[:200]}" in each for each in seen())
    assert sum(text in each for each in seen()) >= 2


@cache
def seen() -> tuple[str, ...]:
    return tuple(texts(opened("hostile text")))


def test_no_control_character_is_left_and_text_from_right_to_left_runs_so() -> None:
    whole = "".join(seen())
    assert not [each for each in whole if (ord(each) < 32 and each != "\n") or each in "\u202e\ufeff\ufffe\x7f"]
    arabic = [
        each
        for each in opened("hostile text").element.body.iter(qn("w:p"))
        if HOSTILE[15] == "".join(t.text or "" for t in each.iter(qn("w:t")))
    ]
    assert len(arabic) >= 3
    for paragraph in arabic:
        assert paragraph.pPr.find(qn("w:bidi")).get(qn("w:val")) == "1"
        assert paragraph.find(f".//{qn('w:rtl')}") is not None


OPENED = ("the demo", "hostile text", "nothing answered")


@pytest.fixture(scope="module")
def opened_by_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where LibreOffice put the documents that it opened, as PDF."""
    folder = tmp_path_factory.mktemp("opened")
    for kind in OPENED:
        (folder / f"{kind}.docx").write_bytes(made(kind))
    convert([folder / f"{kind}.docx" for kind in OPENED], "pdf", folder)
    return folder


@pytest.mark.office
@pytest.mark.parametrize("kind", OPENED)
def test_the_document_opens_in_libreoffice(kind: str, opened_by_libreoffice: Path) -> None:
    pages = PdfReader(opened_by_libreoffice / f"{kind}.pdf").pages
    assert len(pages) > 8
    assert "Gap summary" in pages[0].extract_text()
    assert "On one page" in pages[1].extract_text()
    assert f"Page 3 of {len(pages)}" in " ".join(pages[2].extract_text().split())
    assert "The limits" in pages[-1].extract_text()


def test_the_shipped_template_is_what_its_command_makes() -> None:
    def parts(file: Any) -> dict[str, bytes]:
        with zipfile.ZipFile(file) as found:
            return {name: found.read(name) for name in found.namelist() if name != "docProps/core.xml"}

    assert parts(TEMPLATE) == parts(io.BytesIO(template()))


def test_no_library_that_children_use_is_loaded_by_the_server() -> None:
    libraries = {"docx", "docxtpl", "lxml", "PIL", "typst"}
    asked = f"import assessment.factory, sys; print(sorted({libraries} & set(sys.modules)), end='')"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "[]"
