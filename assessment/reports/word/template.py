"""Makes the template: `python -m assessment.reports.word.template` writes `gap-summary.docx` anew.

The template holds styles and one pattern for each kind of block; docxtpl repeats the patterns. Only this file is edited by
hand: a test holds the shipped template to it.
"""

import io
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from assessment.reports.word.styles import MARGIN, TEXT_WIDTH, dress

TEMPLATE = Path(__file__).parent / "gap-summary.docx"


def template() -> bytes:
    """Return the template as a file."""
    document = Document()
    _page(document)
    dress(document)
    body = document.element.body
    for each in body[:-1]:
        body.remove(each)
    for each in parse_xml(f"<w:body {nsdecls('w')}>{_body()}</w:body>"):
        body[-1].addprevious(each)
    _footer(document)
    document.core_properties.author = document.core_properties.comments = ""
    _setting(document, '<w:updateFields {} w:val="true"/>')
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.different_first_page_header_footer = True


def _setting(document: Any, xml: str) -> None:
    document.settings.element.append(parse_xml(xml.format(nsdecls("w"))))


def _said(style: str, value: str, more: str = "") -> str:
    """Return a paragraph that shows a text of the report, in the direction it runs."""
    direction = f'<w:bidi w:val="{{{{ {value}.bidi }}}}"/>'
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}{direction}</w:pPr><w:r><w:t>{{{{r {value}.runs }}}}</w:t></w:r></w:p>'
    )


def _do(statement: str, kind: str = "p") -> str:
    """Return a statement of the template, in the paragraph, row or cell that it takes the place of."""
    mark = f"<w:p><w:r><w:t>{{%{kind} {statement} %}}</w:t></w:r></w:p>"
    if kind == "p":
        return mark
    cell = f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>{mark}</w:tc>'
    return f"<w:tr>{cell}</w:tr>" if kind == "tr" else cell


def _field(instruction: str, shown: str = "") -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _body() -> str:
    return "".join(
        (
            _cover(),
            _do("for section in sections"),
            _do("if loop.index == 2"),
            _contents(),
            _do("endif"),
            _heading(),
            _do("for block in section.blocks"),
            _do("if block.kind == 'heading'"),
            _said("Heading{{ block.level }}", "block.text"),
            _do("elif block.kind == 'paragraph'"),
            _said("{{ block.style }}", "block.text"),
            _do("elif block.kind == 'listing'"),
            _listing(),
            _do("elif block.kind == 'table'"),
            _table(),
            _do("elif block.kind == 'facts'"),
            _facts(),
            _do("endif"),
            _do("endfor"),
            _do("endfor"),
        )
    )


def _cover() -> str:
    return "".join(
        (
            _do("if logo"),
            '<w:p><w:pPr><w:pStyle w:val="Letterhead"/></w:pPr><w:r><w:t>{{ logo }}</w:t></w:r></w:p>',
            _do("endif"),
            _do("for each in letterhead"),
            _said("{{ each.style }}", "each.text"),
            _do("endfor"),
            '<w:p><w:pPr><w:pStyle w:val="Coverkind"/></w:pPr><w:r><w:t>{{r kind.runs }}</w:t></w:r></w:p>',
            _said("{{ title_style }}", "organisation"),
            _said("Coverday", "on"),
            _cover_standards(),
            _said("Coverstate", "state"),
        )
    )


def _cover_standards() -> str:
    widths = [str(TEXT_WIDTH * share // 100) for share in (50, 25, 25)]
    cells = "".join(
        _cell("Cell", f"[each.{name}]", width) for name, width in zip(("edition", "score", "answered"), widths, strict=True)
    )
    rows = _do("for each in cover", "tr") + f"<w:tr>{cells}</w:tr>" + _do("endfor", "tr")
    return _do("if cover") + _frame("Listing", 0, rows) + _do("endif")


def _contents() -> str:
    """Return a field that Word fills in anew when the document is opened; until then it shows the same titles."""
    start = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-1" \\h \\z \\u '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    return "".join(
        (
            '<w:p><w:pPr><w:pStyle w:val="Contentsheading"/></w:pPr><w:r><w:t>{{r contents.runs }}</w:t></w:r></w:p>',
            f'<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr>{start}</w:p>',
            _do("for each in sections"),
            '<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:hyperlink w:anchor="{{ each.mark }}" w:history="1">'
            "<w:r><w:t>{{r each.title.runs }}</w:t></w:r><w:r><w:tab/></w:r>"
            + _field("PAGEREF {{ each.mark }} \\h")
            + "</w:hyperlink></w:p>",
            _do("endfor"),
            '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
        )
    )


def _heading() -> str:
    mark = '<w:bookmarkStart w:id="{{ loop.index }}" w:name="{{ section.mark }}"/>'
    return (
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:pageBreakBefore w:val="{{ section.begins_page }}"/></w:pPr>'
        f'{mark}<w:r><w:t>{{{{r section.title.runs }}}}</w:t></w:r><w:bookmarkEnd w:id="{{{{ loop.index }}}}"/></w:p>'
    )


def _listing() -> str:
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{{ block.number }}"/></w:numPr>'
    return "".join(
        (
            _do("for each in block.entries"),
            _do("if block.number"),
            _said("ListNumber", "each", number),
            _do("else"),
            _said("ListBullet", "each"),
            _do("endif"),
            _do("endfor"),
        )
    )


_GAP = '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>'


def _frame(style: str, first_row: int, rows: str, caption: str = "") -> str:
    """Return a table over the whole width. The grid is set when it is filled in; a gap keeps it apart from the next."""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="04A0" w:firstRow="{first_row}" w:lastRow="0" w:firstColumn="{1 - first_row}" w:lastColumn="0" '
        f'w:noHBand="1" w:noVBand="1"/>{caption}</w:tblPr><w:tblGrid><w:gridCol w:w="{TEXT_WIDTH}"/></w:tblGrid>'
        f"{rows}</w:tbl>{_GAP}"
    )


def _cell(style: str, texts: str, width: str) -> str:
    inner = _do(f"for text in {texts}") + _said(style, "text") + _do("endfor")
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inner}</w:tc>'


def _table() -> str:
    width = "{{ block.widths[loop.index0] }}"
    head = _do("for cell in block.head", "tc") + _cell("Cellhead", "cell", width) + _do("endfor", "tc")
    row = _do("for cell in row.cells", "tc") + _cell("Cell", "cell", width) + _do("endfor", "tc")
    whole = '<w:trPr><w:cantSplit w:val="{{ row.whole }}"/></w:trPr>'
    rows = (
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
        f"{_do('for row in block.rows', 'tr')}<w:tr>{whole}{row}</w:tr>{_do('endfor', 'tr')}"
    )
    return _frame("Listing", 1, rows, '<w:tblCaption w:val="{{ block.caption }}"/>')


def _facts() -> str:
    label, value = TEXT_WIDTH * 19 // 100, TEXT_WIDTH * 81 // 100
    row = f"<w:tr>{_cell('Cellhead', '[row.label]', str(label))}{_cell('Cell', 'row.value', str(value))}</w:tr>"
    return _frame("Facts", 0, _do("for row in block.rows", "tr") + row + _do("endfor", "tr"))


def _footer(document: Any) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]._p  # noqa: SLF001  # the element, to put fields into it
    old = "".join(f'<w:tab w:val="clear" w:pos="{place}"/>' for place in (4320, 8640))
    tabs = f'<w:tabs>{old}<w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
    parts = (
        f'<w:pPr><w:pStyle w:val="Quiet"/>{tabs}</w:pPr>'
        "<w:r><w:t>{{r running.runs }}</w:t></w:r><w:r><w:tab/></w:r>"
        "<w:r><w:t>{{r page[0].runs }}</w:t></w:r>"
        + _field("PAGE", "2")
        + "<w:r><w:t>{{r page[1].runs }}</w:t></w:r>"
        + _field("NUMPAGES", "2")
        + "<w:r><w:t>{{r page[2].runs }}</w:t></w:r>"
    )
    for each in list(paragraph):
        paragraph.remove(each)
    for each in parse_xml(f"<w:p {nsdecls('w')}>{parts}</w:p>"):
        paragraph.append(each)


if __name__ == "__main__":
    TEMPLATE.write_bytes(template())
