"""How the shipped questionnaires read: plain, short, spelt right, and one thing at a time."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyphen
import pytest
from spellchecker import SpellChecker

from assessment.domain.rules import Rung
from assessment.domain.standard import Action, Question, Standard
from assessment.reports.wording import verdicts
from tests.support.content import LIBRARY
from tests.support.summaries import demo_result

each_standard = pytest.mark.parametrize("standard", LIBRARY.standards.values(), ids=list(LIBRARY.standards))
SYLLABLES = pyphen.Pyphen(lang="en_GB")
# "And" inside these joins two words for one thing; anywhere else in a question it would join two questions.
ONE_THING = (
    "outside and inside conditions",
    "people inside and outside",
    "people and organisations",
    "products and services",
    "processes and products",
    "documents and records",
    "sites, products and services",
)
# Clauses that ask for no document (ISO 9001, both editions; ISO 14001:2015), by the lists of documented information.
WITHOUT_DOCUMENT = {
    "iso-9001": {"4.1", "4.2", "6.1.1", "6.1.2", "6.1.3", "7.1.6", "7.4"},
    "iso-14001": {"4.1", "4.2"},
}


def grade(texts: Iterable[str]) -> float:
    """Flesch-Kincaid grade: the years of school that easy reading takes."""
    joined = " ".join(texts)
    words = re.findall(r"[A-Za-z'’]+", joined)
    sentences = len(re.findall(r"[.?:;](?:\s|$)", joined))
    syllables = sum(SYLLABLES.inserted(word).count("-") + 1 for word in words)
    return float(0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59)


def texts_of(question: Question) -> tuple[str, ...]:
    spoken = (question.asks, question.hint, question.why, question.may_not_apply, *question.looks_like.values())
    because = (question.topic.because,) if question.topic else ()
    return (*spoken, *because, *question.evidence)


def texts_of_action(action: Action) -> tuple[str, ...]:
    return (action.title, action.why, action.note, action.done_when, action.role, *action.steps, *action.produces)


@each_standard
def test_every_question_is_one_short_plain_question(standard: Standard) -> None:
    for question in standard.questions:
        asks = question.asks
        assert asks.endswith("?"), question.ref
        assert asks.count("?") == 1, question.ref
        assert len(asks.split()) <= 25, question.ref
        for phrase in ONE_THING:
            asks = asks.replace(phrase, "")
        assert not re.search(r"\band\b|;|\balso\b|\bas well as\b", asks), f"{question.ref} asks two things: {question.asks}"


@each_standard
def test_questions_can_be_read_by_a_busy_manager(standard: Standard) -> None:
    for question in standard.questions:
        whole = grade((question.asks, question.why, *question.looks_like.values()))
        assert whole <= 8, f"{question.ref} reads like school year {whole:.1f}"


@each_standard
def test_nothing_sounds_like_the_standards_own_text(standard: Standard) -> None:
    for question in standard.questions:
        for text in texts_of(question):
            assert not re.search(r"\bshall\b|!|organiz|documented information", text), f"{question.ref}: {text}"
        assert len(question.why.split()) <= 45, question.ref
        assert len(re.findall(r"[.?](?:\s|$)", question.why)) <= 3, question.ref


@each_standard
def test_rungs_are_a_questions_own(standard: Standard) -> None:
    counted = Counter(text for each in LIBRARY.questions.values() for text in each.looks_like.values())
    for question in standard.questions:
        assert len(set(question.looks_like.values())) == len(Rung), question.ref
        assert all(counted[text] <= 3 for text in question.looks_like.values()), question.ref
        assert all(text.endswith(".") and 2 < len(text.split()) <= 30 for text in question.looks_like.values()), question.ref
        assert 2 <= len(question.evidence) <= 5, question.ref


@each_standard
def test_no_rung_demands_a_document_where_the_standard_wants_none(standard: Standard) -> None:
    looked_at = 0
    for question in standard.questions:
        clauses = {number for edition, numbers in question.clauses.items() if edition == "2015" for number in numbers}
        if not clauses or not clauses <= WITHOUT_DOCUMENT[standard.id]:
            continue
        looked_at += 1
        for rung in (Rung.INFORMAL, Rung.DEFINED, Rung.IN_USE, Rung.IMPROVED):
            text = question.looks_like[rung]
            assert not re.search(r"\b(written|document|documented|recorded|on paper|minutes|register)\b", text), (
                f"{question.ref}: {text}"
            )
    assert looked_at >= 3


def test_every_glossary_term_is_met_somewhere_and_explained_in_plain_words() -> None:
    explained = {term.means for term in LIBRARY.glossary} | {term.title for term in LIBRARY.glossary}
    results = (
        *verdicts.REASONS.values(),
        *verdicts.GRADES.values(),
        *verdicts.VERDICTS_MEAN.values(),
        *verdicts.STOPS.values(),
    )
    rehearsals = map(verdicts.rehearsal_in_words, demo_result().standards)  # what pages say of results is met as well
    said = " ".join((*(text for text in _all_texts() if text not in explained), *map(str, results), *rehearsals))
    for term in LIBRARY.glossary:
        assert any(re.search(rf"\b{re.escape(form)}\b", said, re.IGNORECASE) for form in term.forms), term.id
        assert grade((term.means,)) <= 11, f"{term.id} reads like school year {grade((term.means,)):.1f}"
    for newcomer in ("nonconformity", "interested party", "aspect", "impact", "compliance obligation"):
        assert newcomer in LIBRARY.terms


def test_every_word_is_spelt_right() -> None:
    own = (Path(__file__).parent / "words.txt").read_text().split()
    checker = SpellChecker()
    checker.word_frequency.load_words(own)
    found = {word for text in _all_texts() for word in _words(text)}
    assert len(found) > 1500
    assert sorted(checker.unknown(found)) == []
    assert set(own) <= found, "words that no text uses any more"


def _words(text: str) -> Iterator[str]:
    for word in re.findall(r"[A-Za-z][A-Za-z'’]+", text):
        plain = word.replace("’", "'").lower()
        yield re.sub(r"('s|')$", "", plain)


def _all_texts() -> Iterator[str]:
    for question in LIBRARY.questions.values():
        yield from texts_of(question)
    for action in LIBRARY.actions.values():
        yield from texts_of_action(action)
    for topic in LIBRARY.topics.values():
        yield from (topic.title, topic.about)
    for term in LIBRARY.glossary:
        yield from (term.title, term.means)
    for asked in LIBRARY.profile_questions.values():
        yield from (asked.asks, asked.hint, *(choice.text for choice in asked.choices))
    for standard in LIBRARY.standards.values():
        yield standard.about
        for part in standard.principles:
            yield from (part.title, part.about)
        yield from (chapter.intro for chapter in standard.chapters)
        yield from (fact.text for edition in standard.editions for fact in edition.facts)
        yield from (fact.text for fact in standard.differs.values())
        yield from (driver.because for driver in standard.drivers)
        yield from (reason.fact.text for reason in standard.audit_reasons)
    yield from (reason.fact.text for reason in LIBRARY.audit_tables.reasons)
    yield from (text for price in LIBRARY.prices for text in (price.land, price.fact.text))
    yield from _worksheet_texts()


def _worksheet_texts() -> Iterator[str]:
    for worksheet in LIBRARY.worksheets.values():
        yield from (worksheet.title, worksheet.about)
        for part in worksheet.parts:
            yield from (part.title, part.intro)
            for register in part.registers:
                yield from (register.title, register.about)
                for field in register.fields:
                    yield from (field.label, field.hint, *(choice.text for choice in field.choices))
        yield from (rule.says for rule in worksheet.rules)
        yield from (method.explained for method in worksheet.methods)
        yield from (override.text for override in worksheet.overrides.values())
        for candidate in worksheet.starter.candidates:
            if candidate.list_id:  # titles of acts are spelt as their authors spelt them
                yield from (value for value in candidate.values.values() if isinstance(value, str))


def test_every_glossary_title_is_itself_a_way_to_find_the_term() -> None:
    for term in LIBRARY.glossary:
        assert any(form in term.title.lower() for form in term.forms), term.id


def test_the_whole_profile_takes_less_than_five_minutes() -> None:
    # People read about 238 words a minute (a mean of many studies); three seconds to choose is our judgement.
    asked = LIBRARY.profile_questions.values()
    texts = [text for each in asked for text in (each.asks, each.hint, *(choice.text for choice in each.choices))]
    words = sum(
        len(text.split()) for text in (*texts, *(text for group in LIBRARY.profile for text in (group.title, group.intro)))
    )
    assert len(asked) > 20
    assert words / 238 * 60 + 3 * len(asked) < 5 * 60
