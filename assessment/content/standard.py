"""One standard: a folder with its description, clauses and drivers."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from assessment.content.audit_reasons import read_audit_reason
from assessment.content.conditions import read_conditions
from assessment.content.facts import read_fact
from assessment.content.questions import read_questions
from assessment.content.reading import Source, Table
from assessment.content.shared import read_id
from assessment.domain.clauses import Clause, clause_group
from assessment.domain.facts import Confidence
from assessment.domain.rules import Rung
from assessment.domain.standard import (
    Chapter,
    DoubtfulExclusion,
    Driver,
    Edition,
    Principle,
    Standard,
    Topic,
    WorkFactors,
)

CLAUSE = re.compile(r"[1-9][0-9]?(\.[1-9][0-9]?)*")
# What the page on how standards differ tells about each of them, in its order.
DIFFERS = ("objective", "principles", "effect", "watched", "first-step", "duration", "for-whom")


def read_standard(folder: Path, source: Source, topics: Mapping[str, Topic], enough: Rung) -> Standard:
    """Read one standard's folder. ``enough`` is the rung that is enough where a question names none."""
    table = source.read(f"{folder.name}/standard.toml")
    standard_id = read_id(table)
    if standard_id != folder.name:
        table.fault("id", f"expected '{folder.name}', the name of the folder, found '{standard_id}'")
    principles = tuple(_read_principle(principle) for principle in table.tables("principle"))
    chapters = tuple(_read_chapter(chapter) for chapter in table.tables("chapter"))
    clauses = source.read(f"{folder.name}/clauses.toml")
    looked_at = table.day_or_none("facts-looked-at")
    editions = tuple(_read_edition(edition, clauses, looked_at) for edition in table.tables("edition"))
    clauses.close()
    differs = table.table("differs")
    audit, work = table.table("audit-time"), table.table("work")
    standard = Standard(
        id=standard_id,
        name=table.text("name"),
        title=table.wording("title"),
        revision=table.text("revision"),
        about=table.wording("about"),
        principles=principles,
        chapters=chapters,
        editions=editions,
        differs={name: read_fact(differs.table(name), looked_at) for name in DIFFERS},
        first_step=table.text("first-step", ""),
        audit_column=audit.text("column", ""),
        audit_by=audit.text("by", ""),
        drivers=tuple(_read_drivers(folder, source)),
        doubtful_exclusions=tuple(_read_doubtful_exclusions(table)),
        questions=tuple(read_questions(folder, source, (principles, chapters, editions), topics, enough)),
        work=_read_work(work),
        audit_reasons=tuple(read_audit_reason(reason, looked_at) for reason in table.tables("audit-reason", at_least=0)),
    )
    if bool(standard.audit_column) is bool(standard.audit_by):
        audit.fault("", "name either a column of audit-time.toml or, with by, the profile question whose answer names it")
    for part in (differs, audit, work, table):
        part.close()
    return standard


def _read_work(table: Table) -> WorkFactors:
    factors = table.table_or_empty("factors")
    read = WorkFactors(
        by=table.text("by", ""),
        factors={name: factors.whole(name, 1, 1000) / 100 for name in factors.fields()},
        otherwise=table.whole("otherwise", 1, 1000) / 100,
        shared_part=table.whole("shared-part", 1, 100, 100) / 100,
    )
    factors.close()
    table.close()
    return read


def _read_principle(table: Table) -> Principle:
    principle = Principle(id=read_id(table), title=table.wording("title"), about=table.wording("about"))
    table.close()
    return principle


def _read_chapter(table: Table) -> Chapter:
    chapter = Chapter(number=table.text("number"), title=table.wording("title"), intro=table.wording("intro"))
    if chapter.number and not CLAUSE.fullmatch(chapter.number):
        table.fault("number", f"expected a number such as 4, found {chapter.number!r}")
    table.close()
    return chapter


def _read_edition(table: Table, clauses: Table, looked_at: date | None) -> Edition:
    edition_id = table.text("id")
    no_new, ends = table.day_or_none("no-new-certificates-after"), table.day_or_none("ends")
    sure = tuple(Confidence)
    edition = Edition(
        id=edition_id,
        name=table.wording("name"),
        published=table.day("published"),
        supersedes=table.text("supersedes", ""),
        no_new_certificates_after=no_new,
        ends=ends,
        facts=tuple(read_fact(fact, looked_at) for fact in table.tables("fact")),
        clauses=_read_clauses(clauses.table(edition_id)),
        # Whoever tells such a day has to say how sure it is.
        no_new_known=Confidence(table.one_of("no-new-certificates-after-confidence", sure)) if no_new else Confidence.JUDGEMENT,
        ends_known=Confidence(table.one_of("ends-confidence", sure)) if ends else Confidence.JUDGEMENT,
    )
    table.close()
    return edition


def _read_clauses(table: Table) -> dict[str, Clause]:
    numbers = tuple(number for number in table.fields() if _is_clause(table, number))
    titles: dict[str, str] = {}
    for number in sorted(numbers, key=lambda number: number.count(".")):
        # The empty text is allowed: a numbered paragraph without a title of its own.
        own = _read_clause_title(table, number)
        titles[number] = own or titles.get(number.rpartition(".")[0], "")
        if not titles[number]:
            table.fault(number, "has no title, and no clause above it has one")
    return {
        number: Clause(
            number=number,
            title=titles[number],
            auditable=not any(other.startswith(number + ".") for other in numbers),
            heads_finding=_heads_finding(table, number),
        )
        for number in numbers
    }


def _read_clause_title(table: Table, number: str) -> str:
    value = table.raw(number)
    if value == "":
        return ""
    if not isinstance(value, dict):
        return table.wording(number)
    clause = table.table(number)
    title = clause.wording("title")
    clause.flag("heads-finding", default=False)
    clause.close()
    return title


def _heads_finding(table: Table, number: str) -> bool:
    value = table.raw(number)
    heads = isinstance(value, dict) and bool(value.get("heads-finding"))
    if heads and number == clause_group(number):
        table.fault(number, "a clause at the level x.y heads findings anyway")
    return heads


def _is_clause(table: Table, number: str) -> bool:
    if CLAUSE.fullmatch(number):
        return True
    table.fault(number, "expected a clause number such as 4.1")
    return False


def _read_drivers(folder: Path, source: Source) -> Iterable[Driver]:
    table = source.read(f"{folder.name}/fit.toml")
    for driver in table.tables("driver"):
        yield Driver(
            profile=driver.text("profile"),
            choice=driver.text("choice"),
            points=driver.whole("points", 1, 10),
            decides=driver.flag("decides", default=False),
            because=driver.wording("because"),
        )
        driver.close()
    table.close()


def _read_doubtful_exclusions(table: Table) -> Iterable[DoubtfulExclusion]:
    for doubt in table.tables("doubtful-exclusion") if table.raw("doubtful-exclusion") is not None else ():
        yield DoubtfulExclusion(
            clause=doubt.text("clause", ""),
            questions=doubt.texts("questions", ()),
            profile=doubt.texts("profile", ()),
            words=tuple(word.casefold() for word in doubt.texts("words", ())),
            denials=tuple(word.casefold() for word in doubt.texts("denials", ())),
            when=read_conditions(doubt, "when"),
        )
        doubt.close()
