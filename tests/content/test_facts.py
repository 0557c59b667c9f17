"""What is told as a fact: where it was read, and when somebody last looked."""

from collections.abc import Iterator
from datetime import date

from assessment.domain.facts import Confidence, Fact
from assessment.domain.library import Library


def facts(library: Library) -> Iterator[Fact]:
    for standard in library.standards.values():
        for edition in standard.editions:
            yield from edition.facts
        yield from standard.differs.values()
    yield from library.audit_tables.facts
    yield from (entry.answer for entry in library.newcomers)


def test_every_fact_that_rests_on_sources_says_so_and_when_it_was_looked_at(library: Library) -> None:
    known = list(facts(library))
    assert len(known) > 60
    for fact in known:
        rests_on_sources = fact.confidence in (Confidence.SEVERAL_SOURCES, Confidence.ONE_SOURCE)
        assert fact.source or not rests_on_sources, fact.text
        assert fact.confidence is not Confidence.JUDGEMENT or not fact.source, fact.text
        assert fact.looked_at is not None, fact.text
        assert date(2026, 11, 1) <= fact.looked_at, fact.text


def test_newcomers_find_what_they_ask(library: Library) -> None:
    asked = {entry.id for entry in library.newcomers}
    assert asked >= {
        "families",
        "mandatory",
        "duration",
        "first",
        "levels",
        "small",
        "improvement",
        "law",
        "worldwide",
        "trust",
        "responsibility",
    }
    assert len(asked) == len(library.newcomers)
    for entry in library.newcomers:
        assert entry.asks.endswith("?")
        assert len(entry.answer.text.split()) <= 75, entry.id
