"""Statements about the world: how well each is known, where it was read, and when somebody last looked."""

from datetime import date

from assessment.content.reading import Source, Table
from assessment.content.shared import read_id
from assessment.domain.facts import Confidence, Fact
from assessment.domain.library import NewcomerQuestion, PriceExample


def read_fact(table: Table, looked_at: date | None) -> Fact:
    """Read a statement together with how well it is known, where it was read, and when its file was last compared with that."""
    fact = Fact(
        text=table.wording("text"),
        confidence=Confidence(table.one_of("confidence", tuple(Confidence))),
        source=table.wording("source", ""),
        looked_at=looked_at,
    )
    table.close()
    return fact


def read_newcomers(source: Source) -> tuple[NewcomerQuestion, ...]:
    """Read ``newcomers.toml``: what people ask who come with other words, in the order in which it is shown."""
    table = source.read("newcomers.toml")
    looked_at = table.day_or_none("facts-looked-at")
    entries = [
        NewcomerQuestion(id=read_id(entry), asks=entry.wording("asks"), answer=read_fact(entry, looked_at))
        for entry in table.tables("entry")
    ]
    table.close()
    return tuple(entries)


def read_prices(source: Source) -> tuple[PriceExample, ...]:
    """Read ``prices.toml``: what others wrote about money, in the order in which it is shown."""
    table = source.read("prices.toml")
    looked_at = table.day_or_none("facts-looked-at")
    prices = [
        PriceExample(land=price.wording("land"), year=price.wording("year", ""), fact=read_fact(price, looked_at))
        for price in table.tables("price")
    ]
    table.close()
    return tuple(prices)
