"""Readers who did not know which rung was meant chose it: the rungs of the shipped questionnaires can be told apart."""

import re
from collections import Counter

import pytest

from assessment.domain.library import Library
from assessment.domain.rules import Rung
from tests.tools.vignettes import agreement, fingerprint, sheet, vignettes

STANDARDS = ("iso-9001", "iso-14001")
LEAST = 60
LEAST_AGREEMENT = 0.9
# So many words in a row that stand in a rung as well would give it away.
WORDS_IN_A_ROW = 4


@pytest.mark.parametrize("standard", STANDARDS)
def test_nine_readings_in_ten_chose_the_rung_that_was_meant_and_none_was_two_apart(standard: str) -> None:
    read = vignettes(standard)
    assert len({vignette.question for vignette in read}) >= LEAST
    assert all(len(vignette.read) >= 2 for vignette in read)
    assert agreement(read) >= LEAST_AGREEMENT
    assert max(vignette.apart for vignette in read) <= 1
    assert min(Counter(vignette.meant for vignette in read)[rung] for rung in Rung) >= 10


@pytest.mark.parametrize("standard", STANDARDS)
def test_every_essential_question_was_read_and_each_rung_is_worded_as_it_was_read(library: Library, standard: str) -> None:
    questions = {question.id: question for question in library.standards[standard].questions}
    read = vignettes(standard)
    assert {question.id for question in questions.values() if question.essential} <= {vignette.question for vignette in read}
    changed = [vignette.question for vignette in read if fingerprint(questions[vignette.question]) != vignette.lines]
    assert changed == [], "reworded since: have these read again, by people who do not know the rung (questionnaires/README.md)"


@pytest.mark.parametrize("standard", STANDARDS)
def test_no_vignette_gives_its_rung_away(library: Library, standard: str) -> None:
    questions = {question.id: question for question in library.standards[standard].questions}
    for vignette in vignettes(standard):
        said = " ".join(_words(vignette.practice))
        for rung, line in questions[vignette.question].looks_like.items():
            words = _words(line)
            for at in range(len(words) - WORDS_IN_A_ROW + 1):
                assert " ".join(words[at : at + WORDS_IN_A_ROW]) not in said, f"{vignette.question} {rung}"


def test_a_sheet_for_readers_holds_every_vignette_with_its_rungs_and_not_what_was_meant() -> None:
    printed = sheet("iso-14001", "a reader")
    read = vignettes("iso-14001")
    assert all(vignette.practice in printed for vignette in read)
    assert printed.count("   E. Improved: ") == len(read)
    order = re.findall("^## (.+)$", printed, re.MULTILINE)
    assert order != [vignette.question for vignette in read]
    assert sorted(order) == sorted(vignette.question for vignette in read)
    assert sheet("iso-14001", "another one") != printed


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.casefold())
