"""The gap summary as a PDF says what the model says, to everybody."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from assessment.content import load, read_sample
from assessment.domain.result import assess
from assessment.places import shipped
from assessment.reports.pdf_file import to_pdf
from assessment.reports.summary import GapSummary, summarise

CONTENT = shipped("questionnaires")
LIBRARY = load(CONTENT)
TODAY = date(2026, 11, 24)


def demo() -> GapSummary:
    told = read_sample(CONTENT / "demo.toml", LIBRARY, TODAY)
    result = assess(LIBRARY, told.questionnaires, told.sheet, told.profile, TODAY)
    return summarise(result, told.organisation, "9.9", list(LIBRARY.standards))


@pytest.fixture(scope="module")
def document() -> PdfReader:
    return PdfReader(io.BytesIO(to_pdf(demo())))


def test_the_document_is_tagged_and_says_so(document: PdfReader) -> None:
    root = document.root_object
    assert "'/Marked': True" in str(root["/MarkInfo"])
    assert str(root["/Lang"]) == "en-GB"
    assert document.xmp_metadata is not None
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document.xmp_metadata.stream.get_data()
