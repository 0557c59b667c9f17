"""The process that fills in the template: reads JSON from standard input and writes the document to standard output.

Every text is escaped before the template sees it, and the template never reads a text as a part of itself.
"""

import base64
import io
import json
import re
import sys
from datetime import UTC, datetime
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from markupsafe import Markup, escape

from assessment.reports.texts import runs_right_to_left
from assessment.reports.word.styles import TEXT_WIDTH
from assessment.reports.word.template import TEMPLATE

Data = dict[str, Any]
_GRADES = {"likely-major": "A32A22", "likely-minor": "8A4A0B"}
# docxtpl turns these into braces of its own after everything else; people may have typed them.
_ITS_OWN = re.compile(r"(?<=[{}%])_(?=[{}%])")
SHORT_ROW = 1500  # characters of a row that is not split over pages
SHORT_NAME = 60  # characters of a name that may be set large
WIDEST_LOGO, HIGHEST_LOGO = 60, 24  # millimetres


class _Template(DocxTemplate):  # type: ignore[misc]  # the library has no types
    """A template whose texts hold no tabs, breaks or form feeds to look for: `_run` has written them as elements."""

    def resolve_listing(self, xml: str) -> str:
        """Leave the document as it is."""
        return xml


def fill(order: Data) -> bytes:
    """Fill in the template with what `docx_file` ordered."""
    template = _Template(TEMPLATE)
    template.init_docx()
    before, between, after = order["page"]
    values = {
        "logo": _logo(template, base64.b64decode(order["logo"])),
        "letterhead": [
            {"style": "Letterhead" if number else "Letterheadname", "text": _text([{"text": line}])}
            for number, line in enumerate(order["letterhead"])
        ],
        "kind": _text([{"text": order["kind"]}]),
        "title_style": "Title" if len(order["organisation"]) <= SHORT_NAME else "Titleofalongname",
        "organisation": _text([{"text": order["organisation"]}]),
        "running": _text([{"text": order["running"]}]),
        "page": [_text([{"text": text}]) for text in (before, between, after)],
        "contents": _text([{"text": order["contents"]}]),
        "on": _text([{"text": order["on"]}]),
        "state": _text([{"text": order["state"]}]),
        "cover": [{name: _text([{"text": text}]) for name, text in each.items()} for each in order["cover"]],
        "sections": [
            {
                "mark": f"_Toc{number:08d}",
                "title": _text([{"text": each["title"]}]),
                "begins_page": int(number != 2),  # the second stands under the contents
                "blocks": [_block(template, block) for block in each["blocks"]],
            }
            for number, each in enumerate(order["sections"], start=1)
        ],
    }
    template.render(values, autoescape=True)
    _set_grids(template)
    _describe(template, order)
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def _logo(template: Any, png: bytes) -> Any:
    """Return the logo as large as it may be, or nothing."""
    if not png:
        return None
    wide, high = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    width = min(WIDEST_LOGO, HIGHEST_LOGO * wide / high)
    return InlineImage(template, io.BytesIO(png), width=Mm(width))


def _text(runs: list[Data]) -> Data:
    """Return a paragraph: its runs as WordprocessingML, and 1 where it runs from right to left."""
    whole = "".join([run["text"] for run in runs])
    # Each run escapes what it shows; put together piece by piece they would be escaped a second time, slowly.
    return {"runs": Markup("".join([_run(run) for run in runs])), "bidi": int(runs_right_to_left(whole))}  # noqa: S704


def _run(run: Data) -> str:
    bold = "<w:b/><w:bCs/>" if run.get("strong") or run.get("grade") else ""
    tint = f'<w:color w:val="{_GRADES[run["grade"]]}"/>' if run.get("grade") else ""
    direction = "<w:rtl/>" if runs_right_to_left(run["text"]) else ""
    lines = [f'<w:t xml:space="preserve">{_escaped(line)}</w:t>' for line in run["text"].split("\n")]
    return f"<w:r><w:rPr>{bold}{tint}{direction}</w:rPr>{'<w:br/>'.join(lines)}</w:r>"


def _escaped(text: str) -> str:
    return _ITS_OWN.sub("&#95;", str(escape(text)))


def _block(template: Any, block: Data) -> Data:
    match block["kind"]:
        case "heading":
            return {**block, "text": _text(block["text"])}
        case "paragraph":
            style = {"body": "Normal"}.get(block["look"], block["look"].capitalize())
            return {**block, "text": _text(block["text"]), "style": style}
        case "listing":
            number = _new_numbers(template) if block["numbered"] else 0
            return {"kind": "listing", "entries": [_text(each) for each in block["items"]], "number": number}
        case "table":
            return {
                "kind": "table",
                "caption": block["caption"],
                "head": [[_text([{"text": each}])] for each in block["head"]],
                "rows": [
                    {"cells": [[_text(text) for text in cell] for cell in row], "whole": int(_is_short(row))}
                    for row in block["rows"]
                ],
                "widths": [TEXT_WIDTH * share // sum(block["shares"]) for share in block["shares"]],
            }
        case "facts":
            rows = [{"label": _text(label), "value": [_text(text) for text in value]} for label, value in block["rows"]]
            return {"kind": "facts", "rows": rows}
        case kind:
            raise ValueError(f"there is no pattern for a block of kind {kind!r}")


def _is_short(row: list[list[list[Data]]]) -> bool:
    """Whether a row is better kept on one page; a long one may go on over pages."""
    return sum(len(run["text"]) for cell in row for text in cell for run in text) <= SHORT_ROW


def _new_numbers(template: Any) -> int:
    """Return a numbering of its own for a list, so that it begins with 1."""
    document = template.docx
    style = document.styles["List Number"].element
    numbering = document.part.numbering_part.element
    kind = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
    added = numbering.add_num(kind)
    added.add_lvlOverride(ilvl=0).add_startOverride(1)
    number: int = added.numId
    return number


def _set_grids(template: Any) -> None:
    """Give each table the grid that its first row asks for; programs other than Word go by the grid."""
    for table in template.docx.element.body.iter(qn("w:tbl")):
        grid = table.find(qn("w:tblGrid"))
        for each in list(grid):
            grid.remove(each)
        for cell in table.find(qn("w:tr")).findall(qn("w:tc")):
            width = cell.find(qn("w:tcPr")).find(qn("w:tcW")).get(qn("w:w"))
            grid.append(parse_xml(f'<w:gridCol {nsdecls("w")} w:w="{width}"/>'))


def _describe(template: Any, order: Data) -> None:
    document = template.docx
    for picture in document.element.body.iter(qn("wp:docPr")):
        picture.set("descr", order["logo-says"])
    properties = document.core_properties
    properties.title, properties.author = order["title"][:255], order["author"][:255]
    properties.last_modified_by, properties.language = order["author"][:255], order["language"]
    properties.subject = order["kind"]
    properties.created = properties.modified = datetime.fromisoformat(order["day"]).replace(tzinfo=UTC)


if __name__ == "__main__":
    sys.stdout.buffer.write(fill(json.load(sys.stdin.buffer)))
