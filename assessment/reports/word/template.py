"""Makes the template: `python -m assessment.reports.word.template` writes `gap-summary.docx` anew.

The template holds styles and one pattern for each kind of block; docxtpl repeats the patterns. Only this file is edited by
hand: a test holds the shipped template to it.
"""

import io
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

TEMPLATE = Path(__file__).parent / "gap-summary.docx"
# A4 with margins of 22 mm: what is left for text, in twentieths of a point.
MARGIN = Mm(22)
TEXT_WIDTH = 9412
FONT = "Calibri"
INK, QUIET, ACCENT, RULE = "14232B", "51626B", "0B5563", "B9C4C9"
# Sizes in points: name of the style, size, space before, space after.
HEADINGS = (("Heading 1", 20, 0, 10), ("Heading 2", 13, 16, 4), ("Heading 3", 11, 12, 2))
PARAGRAPHS: dict[str, tuple[float, bool, str, float, float]] = {
    "Letterhead name": (12, True, INK, 6, 0),
    "Letterhead": (9.5, False, QUIET, 0, 0),
    "Cover kind": (13, True, ACCENT, 150, 4),
    "Cover day": (12, False, QUIET, 8, 40),
    "Cover state": (9.5, False, QUIET, 30, 0),
    "Lead": (12.5, False, INK, 0, 8),
    "Note": (10, False, INK, 4, 6),
    "Quiet": (9.5, False, QUIET, 0, 4),
    "Cell": (9.5, False, INK, 0, 0),
    "Cell head": (9, True, QUIET, 0, 0),
    "Gap": (3, False, INK, 0, 4),
    "Contents heading": (20, True, INK, 0, 10),
}


def template() -> bytes:
    """Return the template as a file."""
    document = Document()
    _page(document)
    _styles(document)
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


def _styles(document: Any) -> None:
    styles = document.styles
    fonts = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    fonts.clear()
    face = f'<w:rFonts {nsdecls("w")} w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:eastAsia="{FONT}"/>'
    for xml in (face, f'<w:sz {nsdecls("w")} w:val="21"/>', f'<w:szCs {nsdecls("w")} w:val="21"/>'):
        fonts.append(parse_xml(xml))
    fonts.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'))
    _dress(styles["Normal"], 10.5, bold=False, colour=INK, before=0, after=6)
    for name, points, before, after in HEADINGS:
        _dress(styles[name], points, bold=True, colour=INK, before=before, after=after)
        styles[name].paragraph_format.keep_with_next = True
    styles["Heading 1"].paragraph_format.page_break_before = True
    _dress(styles["Title"], 34, bold=True, colour=INK, before=0, after=0)
    _bare(styles["Title"])
    smaller = styles.add_style("Title of a long name", WD_STYLE_TYPE.PARAGRAPH)
    smaller.base_style = styles["Title"]
    _dress(smaller, 22, bold=True, colour=INK, before=0, after=0)
    for name, (size, bold, colour, above, below) in PARAGRAPHS.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _dress(style, size, bold=bold, colour=colour, before=above, after=below)
    styles["Quiet"].paragraph_format.keep_with_next = True
    styles["Cell head"].paragraph_format.keep_with_next = True
    styles["Contents heading"].paragraph_format.page_break_before = True
    border = f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="18" w:space="8" w:color="{ACCENT}"/></w:pBdr>'
    styles["Note"].element.get_or_add_pPr().append(parse_xml(border))
    styles["Note"].paragraph_format.left_indent = Mm(4)
    for name in ("List Bullet", "List Number"):
        styles[name].paragraph_format.space_after = Pt(3)
    for xml in (
        _CONTENTS_STYLE,
        _table_style("Listing", f"<w:tblBorders>{_TOP}{_BOTTOM}{_LINES}</w:tblBorders>"),
        _table_style("Facts"),
    ):
        styles.element.append(parse_xml(xml))


def _dress(style: Any, size: float, *, bold: bool, colour: str, before: float, after: float) -> None:
    properties = style.element.get_or_add_rPr()
    for tag in ("w:rFonts", "w:spacing", "w:kern", "w:bCs", "w:szCs"):
        for each in properties.findall(qn(tag)):
            properties.remove(each)
    style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, RGBColor.from_string(colour)
    properties.append(parse_xml(f'<w:szCs {nsdecls("w")} w:val="{int(size * 2)}"/>'))
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.1


def _bare(style: Any) -> None:
    """Take away the line that python-docx's own template draws under a title."""
    properties = style.element.get_or_add_pPr()
    for each in properties.findall(qn("w:pBdr")):
        properties.remove(each)


_CONTENTS_STYLE = (
    f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/><w:basedOn w:val="Normal"/>'
    '<w:next w:val="Normal"/><w:uiPriority w:val="39"/><w:unhideWhenUsed/><w:pPr><w:tabs>'
    f'<w:tab w:val="right" w:leader="dot" w:pos="{TEXT_WIDTH}"/></w:tabs><w:spacing w:after="80"/></w:pPr></w:style>'
)
_LINES = f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
_PADDING = (
    '<w:tblCellMar><w:top w:w="45" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="45" w:type="dxa"/>'
    '<w:right w:w="140" w:type="dxa"/></w:tblCellMar>'
)
_TOP = f'<w:top w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>'
_BOTTOM = f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'


def _table_style(name: str, borders: str = "") -> str:
    return (
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:tblPr>{borders}{_PADDING}</w:tblPr></w:style>'
    )


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
