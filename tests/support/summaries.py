"""Summaries of the demo and of made-up answers, and documents read as people would read them."""

import re
import subprocess
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from pypdf import PdfReader

from assessment.content import read_sample
from assessment.domain.answers import Answer, AnswerSheet
from assessment.domain.profile import Profile
from assessment.domain.question_path import QuestionPath
from assessment.domain.result import Result, assess
from assessment.reports.summary import GapSummary, summarise
from tests.support.content import CONTENT, LIBRARY

TODAY = date(2026, 11, 24)
ALL = list(LIBRARY.standards)


def result_of(sheet: AnswerSheet, profile: Profile | None = None) -> Result:
    """A result for every standard in its newest edition."""
    chosen = [LIBRARY.questionnaire(each.id, each.current.id, QuestionPath.FULL) for each in LIBRARY.standards.values()]
    return assess(LIBRARY, chosen, sheet, profile or Profile(), TODAY)


def demo_result(**answers: Answer) -> Result:
    """The demo's result, with some answers changed; ``_`` in the name of a question stands for a hyphen."""
    told = read_sample(CONTENT / "demo.toml", LIBRARY, TODAY)
    changed = {f"{ALL[0]}/{name.replace('_', '-')}": answer for name, answer in answers.items()}
    sheet = AnswerSheet(answers={**told.sheet.answers, **changed})
    return assess(LIBRARY, told.questionnaires, sheet, told.profile, TODAY)


def demo(organisation: str = "Brook Galvanising", standards: Sequence[str] = ALL, **more: Any) -> GapSummary:
    """The demo's summary."""
    return summarise(demo_result(), organisation, "9.9", standards, **more)


def read(pdf: bytes, *layout: str) -> str:
    """All text of a document as a person would copy it, by poppler, with every run of white space as one space.

    With "-raw" the cells of a table come one after the other, and not line by line.
    """
    copied = subprocess.run(["pdftotext", *layout, "-", "-"], input=pdf, capture_output=True, check=True)
    # Poppler marks right-to-left runs in what it copies; the marks are not in the document.
    unmarked = re.sub("[\u202a-\u202e]", "", copied.stdout.decode())
    return " ".join(unmarked.split())


def pages_of(pdf: bytes) -> list[str]:
    """The same page by page."""
    copied = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return [" ".join(page.split()) for page in copied.split("\f")[:-1]]


def squeezed(words_of: str) -> str:
    """Text without any white space and hyphens, to find what a line end divided."""
    return re.sub(r"[\s\u00ad\u2010-]", "", words_of)


def bookmarks(document: PdfReader) -> list[str]:
    """The titles of all bookmarks, in order."""

    def titles(outline: list[Any]) -> Iterator[str]:
        for each in outline:
            if isinstance(each, list):
                yield from titles(each)
            else:
                yield str(each.title)

    return list(titles(document.outline))
