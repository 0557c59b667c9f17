"""Every format that shows the report says the same sentences in the same order: those of its outline, and none of its own."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from assessment.domain.answers import Answer, AnswerSheet, State
from assessment.domain.result import assess
from assessment.reports.columns import finding_rows
from assessment.reports.formats import FORMATS
from assessment.reports.outline import report as order
from assessment.reports.outline.blocks import (
    Bar,
    Beside,
    Comparison,
    Counts,
    Finding,
    Heading,
    Panel,
    Paragraph,
    Run,
    Scoreboard,
    Section,
    Step,
    bullets,
    cell,
    facts,
    heading,
    paragraph,
    plain,
    said,
    table,
)
from assessment.reports.outline.document import Outline
from assessment.reports.outline.report import director_sections, outline, short_outline
from assessment.reports.summary import GapSummary, summarise
from assessment.reports.wording import doubts
from tests.reports import spoken
from tests.reports.situations import situation
from tests.reports.summaries import BOTH, EVERY_KIND, demo
from tests.support.content import LIBRARY

KINDS = [kind for kind in EVERY_KIND if kind != "hostile text"]


def read(summary: GapSummary, ending: str) -> str:
    readers: dict[str, Callable[[bytes], str]] = {"md": spoken.of_markdown, "docx": spoken.of_docx, "pdf": spoken.of_pdf}
    return readers[ending.removeprefix("short.")](FORMATS[ending].write(summary))


@pytest.mark.parametrize("ending", ["md", "docx", "pdf"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_document_says_the_sentences_of_the_report_in_their_order(kind: str, ending: str) -> None:
    summary = EVERY_KIND[kind]()
    assert read(summary, ending) == wanted(outline(summary), contents=ending == "pdf")


@pytest.mark.parametrize("ending", ["short.docx", "short.pdf"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_short_document_says_the_sentences_of_the_short_report_in_their_order(kind: str, ending: str) -> None:
    summary = EVERY_KIND[kind]()
    assert read(summary, ending) == "".join(spoken.of_outline(short_outline(summary)))


def test_both_reports_begin_with_the_same_pages() -> None:
    summary = demo()
    full, short = outline(summary).sections, short_outline(summary).sections
    assert full[:2] == short[:2] == director_sections(summary)


def wanted(told: Outline, *, contents: bool = False) -> str:
    texts = spoken.of_outline(told)
    assert len(texts) > 100
    if contents:  # the heading of the contents stands between the first section and the second
        texts.insert(texts.index(spoken.squeezed(told.sections[1].title)), spoken.squeezed(told.frame.contents))
    return "".join(texts)


def test_the_page_to_print_says_the_sentences_of_the_report_in_their_order(app: Flask) -> None:
    for kind in KINDS:
        told = outline(EVERY_KIND[kind]())
        assert spoken.of_page(page(app, told)) == wanted(told), kind


def page(app: Flask, told: Outline) -> str:
    """The sections as the page shows them, in its own markup."""
    template = app.jinja_env.get_template("parts/outline.html").module
    sections = (
        f"<section><h2>{section.title}</h2>{''.join(map(template.printed, section.blocks))}</section>"  # type: ignore[attr-defined]
        for section in told.sections
    )
    return f'<article class="report">{"".join(sections)}</article>'


MADE_UP = Section(
    key="made-up",
    title="Made-up section",
    blocks=(
        heading("Made-up heading"),
        Paragraph(text=(Run(text="Made-up "), Run(text="strong", strong=True), Run(text=" paragraph."))),
        bullets(["Made-up first item.", "Made-up second item."], numbered=True),
        table("Made-up table", ("Made-up one", "Made-up two"), [(cell("Left"), cell("Right", "Under it"))], shares=(1, 1)),
        facts(("Made-up label", cell(said("What somebody said")))),
        Scoreboard(
            panels=(
                Panel(
                    title="Made-up panel",
                    verdict="Made-up verdict",
                    score="12 to 34 %",
                    bar=Bar(low=12, high=34, says="drawn"),
                    counts=Counts(rows=(((Run(text="Made-up grade", grade="likely-major"),), 7),)),
                    sentences=("Made-up sentence of a panel.",),
                ),
            )
        ),
        Finding(
            grade=Run(text="Made-up minor", grade="likely-minor"),
            clause="99.9",
            title="Made-up clause",
            reasons=("Made-up reason.", "Another made-up reason."),
            questions=(facts(("Made-up question", cell("What is asked"))), facts(("Made-up answer", cell("Nothing")))),
            helps=facts(("Made-up help", cell("An action"))),
        ),
        Step(number=98, title="Made-up step", about=(plain("Why it is done."),), facts=facts(("When", cell("Never")))),
        Step(number=97, title="Made-up brief step", about=(plain("Why too."), said("Somebody")), facts=facts(), brief=True),
        Comparison(title="Made-up gift", sentences=("It gives nothing.",), bars=(Bar(low=1, high=2, says="drawn"),)),
        Beside(parts=((paragraph("Made-up left."),), (paragraph("Made-up right."),))),
        Heading(level=3, text=plain("Made-up end")),
    ),
)


@pytest.mark.broad
def test_a_new_section_is_one_function_and_reaches_every_format(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    sections = order._sections

    def with_made_up(summary: GapSummary) -> Iterator[Section]:
        yield from sections(summary)
        yield MADE_UP

    monkeypatch.setattr(order, "_sections", with_made_up)
    summary = EVERY_KIND["nothing answered"]()
    told = outline(summary)
    added = "".join(spoken.of_outline(replace(told, sections=(MADE_UP,))))
    assert added.startswith("MadeupsectionMadeupheading")
    for ending in ("md", "docx", "pdf"):
        assert read(summary, ending).endswith(added), ending
    assert spoken.of_page(page(app, told)).endswith(added)


@cache
def with_an_exclusion_that_gives_no_reason() -> GapSummary:
    summary = demo()
    asked = [question for each in summary.standards for question in each.result.questionnaire.questions]
    question = next(question for question in asked if question.may_not_apply)
    sheet = AnswerSheet(answers={**summary.result.sheet.answers, question.ref: Answer(state=State.NOT_APPLICABLE)})
    questionnaires = [each.result.questionnaire for each in summary.standards]
    result = assess(LIBRARY, questionnaires, sheet, summary.result.profile, summary.on)
    return summarise(result, "Brook", "9.9", BOTH)


@pytest.mark.parametrize("ending", ["md", "docx", "pdf"])
def test_an_exclusion_without_a_reason_is_called_that_everywhere(ending: str) -> None:
    text = read(with_an_exclusion_that_gives_no_reason(), ending)
    assert text.count("Doesnotapply,withoutareasonyet") >= 1


@pytest.mark.parametrize("ending", ["md", "docx", "pdf", "short.docx", "short.pdf"])
def test_what_is_left_out_in_doubt_is_warned_of_in_every_document(ending: str) -> None:
    summary = situation("left out in doubt")
    text = read(summary, ending)
    warnings = [warning for each in summary.standards for warning in doubts.doubts(each.result)]
    assert len(warnings) == 2
    assert [text.count(spoken.squeezed(warning)) for warning in warnings] == [1, 1]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_left_out_in_doubt_is_a_row_of_every_table(ending: str) -> None:
    summary = situation("left out in doubt")
    doubts = [doubt for each in summary.standards for doubt in each.result.doubtful_exclusions]
    rows = [row for row in finding_rows(summary) if row.grade == "An auditor will ask"]
    assert len(rows) == len(doubts) > 5
    written = FORMATS[ending].write(summary)
    if ending == "csv":
        assert written.decode().count("An auditor will ask,") == len(doubts)
    else:
        findings = CalamineWorkbook.from_filelike(io.BytesIO(written)).get_sheet_by_name("Findings").to_python()
        assert sum("An auditor will ask" in row for row in findings) == len(doubts)


def test_findings_stand_gravest_first_and_then_by_clause_within_their_chapter() -> None:
    found = 0
    for section in outline(demo()).sections:
        chapter: list[tuple[bool, list[int]]] = []
        for block in section.blocks:
            if isinstance(block, Heading):
                chapter = []
            elif isinstance(block, Finding):
                found += 1
                chapter.append((block.grade.grade != "likely-major", [int(part) for part in block.clause.split(".")]))
                assert chapter == sorted(chapter)
    assert found > 25
