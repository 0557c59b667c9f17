"""The gap summary as a PDF says what the model says, to everybody."""

import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from assessment.domain.letterhead import Letterhead
from assessment.domain.planning import StepNote
from assessment.reports.json_file import to_data
from assessment.reports.outline.report import outline
from assessment.reports.pdf.data import to_data as to_values
from assessment.reports.pdf.glyphs import FONT_FILES
from assessment.reports.pdf.typesetting import FONTS, typeset
from assessment.reports.pdf_file import to_pdf, to_short_pdf
from assessment.reports.wording.advice import headline_in_words
from assessment.reports.wording.answers import answer_in_words
from assessment.reports.wording.dates import day_in_words, days_in_words, span_in_words
from assessment.reports.wording.scores import answered, percent_range, titled
from assessment.reports.wording.verdicts import GRADES, verdict_in_words
from tests.support.content import LIBRARY
from tests.support.summaries import ALL, TODAY, bookmarks, demo, pages_of, read, squeezed

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return to_pdf(demo())


@pytest.fixture(scope="module")
def document(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


@pytest.fixture(scope="module")
def content(pdf: bytes) -> str:
    return squeezed(read(pdf, "-raw"))


def structure(document: PdfReader) -> Iterator[DictionaryObject]:
    """Every element of the tag tree."""
    waiting: list[Any] = [document.root_object["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop()
        element = element.get_object() if isinstance(element, IndirectObject) else element
        if isinstance(element, DictionaryObject):
            yield element
            kids = element.get("/K", [])
            kids = kids.get_object() if isinstance(kids, IndirectObject) else kids
            waiting += kids if isinstance(kids, list) else [kids]


def test_the_document_claims_pdf_ua_and_is_tagged_with_its_language(document: PdfReader) -> None:
    root = document.root_object
    assert "'/Marked': True" in str(root["/MarkInfo"])
    assert str(root["/Lang"]) == "en-GB"
    assert "'/DisplayDocTitle': True" in str(root["/ViewerPreferences"])
    assert document.xmp_metadata is not None
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document.xmp_metadata.stream.get_data()


def test_title_author_and_date_are_in_the_document(document: PdfReader) -> None:
    about = document.metadata
    assert about is not None
    assert (about.title, about.author) == ("Gap summary of Brook Galvanising", "Brook Galvanising")
    assert about.creation_date is not None
    assert about.creation_date.date() == TODAY


def test_headings_tables_and_figures_are_tagged_and_every_figure_says_what_it_shows(document: PdfReader) -> None:
    elements = list(structure(document))
    kinds = {str(each.get("/S")) for each in elements}
    assert kinds >= {"/Title", "/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Figure", "/L", "/P"}
    alts = [str(each.get("/Alt", "")) for each in elements if each.get("/S") == "/Figure"]
    # Two rulers on the cover, two ranges, two needs (twice), the chart, the calendar, two scores for each of two standards.
    assert len(alts) == 14
    assert all(alts)
    assert any("strongest in chapter" in each for each in alts)
    assert any("steps over time" in each for each in alts)


def test_bookmarks_lead_to_every_section_chapter_and_finding(document: PdfReader) -> None:
    found = bookmarks(document)
    for title in (
        "On one page",
        "How to read this summary",
        "Which standard, and why",
        "The plan",
        "How it was calculated",
        "The limits",
    ):
        assert title in found
    findings = [line for each in demo().standards for line in each.findings]
    told = {squeezed(f"{GRADES[line.grade]} {line.clause} {line.clause_title}") for line in findings}
    assert told <= {squeezed(each) for each in found}
    assert sum(each.startswith("Likely") for each in found) == len(findings)


def test_every_font_is_embedded(document: PdfReader) -> None:
    fonts: dict[str, bool] = {}
    for page in document.pages:
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[attr-defined]
            for inner in font["/DescendantFonts"]:
                descriptor = inner.get_object()["/FontDescriptor"]
                fonts[str(font["/BaseFont"])] = "/FontFile2" in descriptor or "/FontFile3" in descriptor
    assert len(fonts) >= 2
    assert all(fonts.values())


def test_every_page_after_the_cover_is_numbered_and_names_its_section(pdf: bytes) -> None:
    pages = pages_of(pdf)
    for number, page in enumerate(pages[1:], start=2):
        assert f"Page {number} of {len(pages)}" in page
        assert page.startswith("Brook Galvanising")
    assert "Page 1" not in pages[0]


def test_the_director_finds_what_is_asked_and_why_on_one_page(pdf: bytes) -> None:
    summary, page = demo(), pages_of(pdf)[1]
    assert "On one page" in page
    for standard in summary.standards:
        milestones = summary.timeline.calendar.milestones[standard.result.questionnaire.standard.id]
        assert verdict_in_words(standard.result.verdict_range) in page
        assert percent_range(standard.result.score) in page
        assert day_in_words(milestones.certificate) in page
    assert headline_in_words(summary.result) in page
    for label in ("Decide", "Name", "Give", "Sign"):
        assert f" {label} " in page
    assert days_in_words(sum(step.person_days for step in summary.steps)) in page
    assert pages_of(pdf)[2].find("Contents") > 0


def test_what_next_and_what_could_go_wrong_stand_on_the_page_after_it(pdf: bytes) -> None:
    page = pages_of(pdf)[2]
    for step in demo().steps[:3]:  # they make room for what is asked, and stand beside the risks
        assert step.action.title in page
    assert "What could go wrong first" in page


def test_no_page_after_the_cover_has_little_on_it(pdf: bytes) -> None:
    words = [len(page.split()) for page in pages_of(pdf)[1:]]
    assert min(words) > 120  # a quarter of a usual one


def test_the_short_report_is_about_seven_pages_without_contents() -> None:
    pages = pages_of(to_short_pdf(demo()))
    assert 6 <= len(pages) <= 7
    assert not [page for page in pages if page.startswith("Brook Galvanising Contents")]
    assert "For the decision" in pages[2]
    assert "The figures, and their limits" in pages[-1]


def test_all_numbers_of_the_download_are_in_the_document(content: str) -> None:
    data = to_data(demo())
    for standard in data["standards"]:
        for lines in (standard["score"]["how"], standard["verdict"]["how"], [standard["rehearsal"]]):
            assert all(squeezed(line) in content for line in lines)
        for grade in ("likely-major", "likely-minor"):
            count = sum(each["grade"] == grade for each in standard["findings"])
            assert f"{grade.replace('-', '').capitalize()}{count}" in content
    for calendar in data["calendar"]["standards"].values():
        assert all(squeezed(line) in content for line in calendar["how"])
        for name in ("stage-1", "stage-2", "certificate"):
            assert squeezed(day_in_words(date.fromisoformat(calendar[name]))) in content
    for way in data["ways"]:
        assert squeezed(days_in_words(way["person-days"])) in content
    assert squeezed(data["advice"]["headline"]) in content
    assert all(squeezed(limit) in content for limit in data["limits"])
    assert squeezed(data["content"]["hash"]) in content


def test_the_range_of_every_chapter_and_principle_is_in_the_document(content: str) -> None:
    for standard in demo().standards:
        scores = [(f"{chapter.number} {chapter.title}", score) for chapter, score in standard.result.by_chapter]
        for title, score in [*scores, *titled(standard.result.by_principle)]:
            assert squeezed(title) in content
            assert squeezed(percent_range(score)) in content
            assert squeezed(answered(score)) in content


def test_every_finding_is_there_with_question_answer_note_evidence_and_action(content: str) -> None:
    found = 0
    for standard in demo().standards:
        for line in standard.findings:
            found += 1
            assert squeezed(f"{line.clause} {line.clause_title}") in content
            for question, answer in zip(line.questions, line.answers, strict=True):
                told = [question.asks, answer.note, *(each.title for each in answer.evidence)]
                told += [answer_in_words(answer, LIBRARY.rules)]
                assert all(squeezed(each) in content for each in told)
            assert all(squeezed(action.title) in content for action in line.actions)
    assert found > 25


def test_what_is_met_excluded_and_unknown_is_there_with_evidence_reason_and_who(content: str) -> None:
    for standard in demo().standards:
        assert standard.unknown
        for line in (*standard.met, *standard.excluded, *standard.unknown):
            told = [line.question.asks, line.answer.reason, line.answer.who, *(each.title for each in line.answer.evidence)]
            assert all(squeezed(each) in content for each in told)


def test_every_step_is_there_with_its_dates_and_what_people_say_about_it() -> None:
    steps = demo().steps
    notes = {
        steps[0].action.key: StepNote(owner="Ada Lovelace", due=TODAY - timedelta(days=3)),
        steps[1].action.key: StepNote(owner="Grace Hopper", due=TODAY, done_on=TODAY),
    }
    summary = demo(notes=notes)
    content = squeezed(read(to_pdf(summary), "-raw"))
    planned = {each.key: each for each in summary.timeline.calendar.planned}
    for step in summary.steps:
        dates = planned[step.action.key]
        assert squeezed(span_in_words(dates.start, dates.end)) in content
        for told in (step.action.title, step.action.done_when, step.action.role, days_in_words(step.person_days)):
            assert squeezed(told) in content
    assert squeezed("Owner Ada Lovelace Due 21 November 2026, overdue") in content
    assert squeezed("Owner Grace Hopper Due 24 November 2026 Done 24 November 2026.") in content


@pytest.mark.usefixtures("made_anew")
def test_the_same_summary_gives_the_same_bytes(pdf: bytes) -> None:
    assert to_pdf(demo()) == pdf


def test_a_summary_of_one_standard_shows_only_its_dates_and_findings() -> None:
    one, other = (LIBRARY.standards[each] for each in ALL)
    pdf = to_pdf(demo(standards=[one.id]))
    found = bookmarks(PdfReader(io.BytesIO(pdf)))
    assert f"Findings: {one.current.name}" in found
    assert not [each for each in found if each.startswith(f"Findings: {other.name}")]
    assert not [each for each in found if "share" in each]


def test_the_letterhead_stands_on_the_cover_and_makes_the_author() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (300, 100), "#0a5").save(picture, "PNG")
    head = Letterhead(name="Meyer Consulting", address="High Street 1\nTown", logo=picture.getvalue())
    pdf = to_pdf(demo(letterhead=head))
    document = PdfReader(io.BytesIO(pdf))
    assert document.metadata is not None
    assert document.metadata.author == "Meyer Consulting"
    assert len(document.pages[0].images) == 1
    assert pages_of(pdf)[0].startswith("Meyer Consulting High Street 1 Town")


def test_what_no_font_can_show_costs_the_claim_and_not_the_document() -> None:
    values = json.dumps(to_values(outline(demo()), TODAY, logo=False)).replace("Brook", "\U00012000")
    order = {"report": values, "logo": "[]", "on": "2026-11-24"}
    pdf = typeset(order)
    assert b"pdfuaid:part" not in pdf
    assert "'/Marked': True" in str(PdfReader(io.BytesIO(pdf)).root_object["/MarkInfo"])


def test_every_font_is_shipped_with_its_licence() -> None:
    fonts = [path.name for path in FONTS.glob("*.?tf")]
    assert sorted(fonts) == [path.name for path in FONT_FILES]
    licences = [path.name.removesuffix("-LICENSE.txt") for path in FONTS.glob("*-LICENSE.txt")]
    assert len(fonts) > 20
    assert not [font for font in fonts if not font.startswith(tuple(licences))]
