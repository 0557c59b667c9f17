"""The outline holds the whole summary in the order in which it is read, for every kind of summary."""

import pytest

from assessment.reports.outline.blocks import Beside, Heading, Step, Table
from assessment.reports.outline.plain import simple
from assessment.reports.outline.report import outline
from assessment.reports.texts import runs_right_to_left, shown
from tests.reports.summaries import EVERY_KIND, demo, open_only
from tests.support.content import LIBRARY


def test_sections_stand_in_the_order_of_reading() -> None:
    first, second = LIBRARY.standards
    assert [each.key for each in outline(demo()).sections] == [
        *("on-one-page", "decision", "reading", "advice", "chapters"),
        *(f"findings-{first}", f"findings-{second}", "plan", f"met-{first}", f"met-{second}"),
        *("excluded", "unknown", f"sharing-{first}-{second}", "calculated", "limits"),
    ]


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_no_section_is_empty_and_names_are_not_used_twice(kind: str) -> None:
    sections = outline(EVERY_KIND[kind]()).sections
    assert all(section.blocks for section in sections)
    assert len({section.key for section in sections}) == len(sections)
    captions = [block.caption for section in sections for block in simple(section.blocks) if isinstance(block, Table)]
    assert len(set(captions)) == len(captions) > 5


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_no_level_of_headings_is_skipped(kind: str) -> None:
    levels = set()
    for section in outline(EVERY_KIND[kind]()).sections:
        level = 1
        for block in simple(section.blocks):
            if isinstance(block, Heading):
                assert block.level <= level + 1, (section.key, block)
                level = block.level
                levels.add(level)
    assert 2 in levels


def test_what_is_done_is_not_called_next() -> None:
    page = next(section for section in outline(demo()).sections if section.key == "decision")
    (beside,) = (block for block in page.blocks if isinstance(block, Beside))
    assert [block.number for part in beside.parts for block in part if isinstance(block, Step)] == [1, 3, 4]


def test_one_standard_alone_is_compared_with_none() -> None:
    keys = [each.key for each in outline(open_only()).sections]
    assert not [key for key in keys if key.startswith("sharing")]


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb", "a b"),
        ("\u202ea\u2066b\ufeff", "ab"),
        ("👩\u200d🔧 e\u0301", "👩\u200d🔧 e\u0301"),
        ("\x00\x1b\ud800", ""),
    ],
)
def test_what_hides_or_steers_is_left_out(typed: str, seen: str) -> None:
    assert shown(typed) == seen


@pytest.mark.parametrize(
    ("text", "right"), [("123 مراجعة a", True), ("a مراجعة", False), ("(שלום)", True), ("123", False), ("审核", False)]
)
def test_the_first_letter_decides_which_way_a_text_runs(text: str, *, right: bool) -> None:
    assert runs_right_to_left(text) is right
