"""The gap summary as Markdown: a reader of Markdown sees its structure and numbers, and what people typed as they typed it."""

from html import unescape

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assessment.reports.json_file import to_data
from assessment.reports.markdown_file import to_markdown
from assessment.reports.outline.blocks import Table
from assessment.reports.outline.plain import simple
from assessment.reports.outline.report import outline
from assessment.reports.texts import shown
from tests.reports import numbers
from tests.reports.summaries import CONTROL, EVERY_KIND, HOSTILE, LONG, hostile

READER = MarkdownIt("gfm-like", {"linkify": False, "html": True})


def visible(tokens: list[Token]) -> str:
    """What a reader sees of some inline content."""
    parts = []
    for token in tokens:
        match token.type:
            case "text" | "code_inline":
                parts.append(token.content)
            case "hardbreak" | "softbreak":
                parts.append("\n")
            case "html_inline":
                assert token.content == "<br>"
                parts.append("\n")
            case _:
                assert token.type in ("strong_open", "strong_close"), token
    return "".join(parts)


def read(text: bytes) -> tuple[list[Token], list[str]]:
    """The blocks, and the visible text of each that has any."""
    tokens = READER.parse(text.decode())
    assert {token.type for token in tokens}.isdisjoint({"fence", "code_block", "html_block", "hr"})
    return tokens, [visible(token.children or []) for token in tokens if token.type == "inline"]


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_headings_and_tables_are_those_of_the_report(kind: str) -> None:
    summary = EVERY_KIND[kind]()
    told = outline(summary)
    tokens, _ = read(to_markdown(summary))
    levels = [token.tag for token in tokens if token.type == "heading_open"]
    assert levels.count("h1") == 1
    assert levels.count("h2") == len(told.sections)
    tables = [block for section in told.sections for block in simple(section.blocks) if isinstance(block, Table)]
    assert len([token for token in tokens if token.type == "table_open"]) == len(tables)
    cells = sum(len(table.head) * (1 + len(table.rows)) for table in tables)
    assert len([token for token in tokens if token.type in ("th_open", "td_open")]) == cells
    titles = [
        visible(tokens[at + 1].children or []) for at, token in enumerate(tokens) if token.tag == "h2" and token.nesting == 1
    ]
    assert titles == [section.title for section in told.sections]


def tables_of(tokens: list[Token]) -> list[numbers.Rows]:
    """Every table as rows of visible texts, the head first."""
    tables: list[numbers.Rows] = []
    for at, token in enumerate(tokens):
        if token.type == "table_open":
            tables.append([])
        elif token.type == "tr_open":
            tables[-1].append([])
        elif token.type in ("th_open", "td_open"):
            tables[-1][-1].append(visible(tokens[at + 1].children or []))
    return tables


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_numbers_are_those_of_the_receipt(kind: str) -> None:
    summary = EVERY_KIND[kind]()
    tokens, _ = read(to_markdown(summary))
    headings = [visible(tokens[at + 1].children or []) for at, token in enumerate(tokens) if token.type == "heading_open"]
    numbers.compare(to_data(summary), headings, tables_of(tokens))


def folded(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


@pytest.mark.parametrize("text", [*HOSTILE, LONG.strip(), "\n".join(HOSTILE), shown(CONTROL)], ids=range(len(HOSTILE) + 3))
def test_what_people_typed_is_seen_as_they_typed_it(text: str) -> None:
    assert any(folded(text) in folded(each) for each in texts_of_hostile())


def texts_of_hostile() -> list[str]:
    if not _KEPT:
        _KEPT.extend(read(to_markdown(hostile()))[1])
    return _KEPT


_KEPT: list[str] = []


def test_no_control_character_is_left_and_nothing_becomes_a_link() -> None:
    text = to_markdown(hostile()).decode()
    assert not [each for each in text if (ord(each) < 32 and each != "\n") or each in "\u202e\ufeff\ufffe\x7f"]
    html = READER.render(text)
    assert "<a " not in html
    assert "<img" not in html
    assert "<script" not in html
    assert "<script>alert('x')</script>" in unescape(html)
