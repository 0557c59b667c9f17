"""Styles of the Word document: fonts, sizes, colours, and how tables are ruled."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

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


def dress(document: Any) -> None:
    """Give a new document the styles that the template names."""
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
