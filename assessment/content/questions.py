"""The questions of one standard, a file for each chapter, and what contradicts itself in them."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from assessment.content.reading import Source, Table
from assessment.content.shared import RUNG_IDS, read_id, read_rung
from assessment.domain.clauses import clause_group
from assessment.domain.rules import Overlap, Rung
from assessment.domain.standard import Chapter, Edition, Gravity, LastDone, Principle, Question, Topic, TopicLink

CHAPTER_FILE = re.compile(r"([0-9]{2})-[a-z0-9-]+\.toml")
# What stands around the questions of a standard: its principles, chapters and editions.
Frame = tuple[tuple[Principle, ...], tuple[Chapter, ...], tuple[Edition, ...]]


def read_questions(folder: Path, source: Source, frame: Frame, topics: Mapping[str, Topic], enough: Rung) -> Iterable[Question]:
    """Yield the questions of a standard's folder, chapter by chapter. ``enough`` is enough where a question names no rung."""
    chapters = {chapter.number for chapter in frame[1]}
    for path in sorted(folder.glob("[0-9]*.toml")):
        file = f"{folder.name}/{path.name}"
        named = CHAPTER_FILE.fullmatch(path.name)
        chapter = str(int(named.group(1))) if named else ""
        if chapter not in chapters:
            source.faults.add(file, "", "", "expected a name such as 04-context.toml, of a chapter in standard.toml")
            continue
        table = source.read(file)
        for question in table.tables("question"):
            yield _read_question(question, folder.name, chapter, frame, topics, enough)
        table.close()


def _read_question(
    table: Table, standard_id: str, chapter: str, frame: Frame, topics: Mapping[str, Topic], enough: Rung
) -> Question:
    principles, _, editions = frame
    looks = table.table("looks-like")
    question = Question(
        standard=standard_id,
        id=read_id(table),
        chapter=chapter,
        clauses=_read_clause_references(table.table("clauses"), chapter, editions),
        asks=table.wording("asks"),
        hint=table.wording("hint", ""),
        why=table.wording("why"),
        principles=_read_principles(table, {principle.id for principle in principles}),
        topic=_read_topic_link(table, topics),
        weight=table.whole("weight", 1, 3),
        gravity=Gravity(table.one_of("gravity", tuple(Gravity), Gravity.ORDINARY)),
        deed=table.flag("deed", default=False),
        event=table.flag("event", default=False),
        stage=table.whole("stage", 1, 2, 2),
        stage_1_until=_read_neighbour(table, "stage-1-until", standard_id),
        covered_by=_read_neighbour(table, "covered-by", standard_id),
        checks_exclusions=table.flag("checks-exclusions", default=False),
        quick=table.flag("quick", default=False),
        enough=_read_enough(table, enough),
        may_not_apply=table.wording("may-not-apply", ""),
        last_done=_read_last_done(table),
        evidence=table.wordings("evidence"),
        looks_like={Rung.of(rung): looks.wording(rung) for rung in RUNG_IDS},
    )
    _refuse_contradictions(table, question)
    looks.close()
    table.close()
    return question


def _read_neighbour(table: Table, field: str, standard_id: str) -> str:
    """Read the id of another question of the same standard, as its ref; empty where the field is left out."""
    named = table.text(field, "")
    return f"{standard_id}/{named}" if named else ""


def _read_enough(table: Table, enough: Rung) -> Rung:
    """Read the rung that is enough: "defined" for an event, which may not have happened yet."""
    if not table.raw("event"):
        return read_rung(table, "enough", enough)
    if table.raw("enough") is not None:
        table.fault("enough", "for an event it is always 'defined'")
    return Rung.DEFINED


def _refuse_contradictions(table: Table, question: Question) -> None:
    if question.essential and not question.evidence:
        table.fault("evidence", "an essential question needs evidence")
    if question.essential and question.may_not_apply:
        table.fault("may-not-apply", "an essential question always applies")
    if question.enough < Rung.DEFINED:
        table.fault("enough", "is at least 'defined'")
    if question.essential and question.event:
        table.fault("event", "an essential question never waits for something to happen")
    if question.deed:
        _refuse_contradictions_of_a_deed(table, question)
    if question.stage == 1 and (question.stage_1_until or question.checks_exclusions):
        table.fault("stage", "is 1 only where stage 1 always looks at the question")
    if question.checks_exclusions and question.may_not_apply:
        table.fault("checks-exclusions", "such a question always applies")
    if question.covered_by and question.essential:
        table.fault("covered-by", "nothing makes up for an essential question")


def _refuse_contradictions_of_a_deed(table: Table, question: Question) -> None:
    if question.event:
        table.fault("event", "a deed has a rhythm of its own, an event has none")
    if not question.essential:
        table.fault("gravity", "a deed that is too old is a likely major, so it is essential")
    if question.last_done is None or question.last_done.fresh_for_months is None:
        table.fault("last-done", "a deed needs its rhythm: last-done with fresh-for-months")
    if question.topic is not None and question.topic.overlap is not Overlap.PART:
        table.fault("topic", "what was done for one system never carries: the overlap of a deed is 'part'")


def _read_principles(table: Table, known: set[str]) -> tuple[str, ...]:
    named = table.texts("principles")
    for principle in named:
        if principle not in known:
            table.fault("principles", f"'{principle}' is not a principle of this standard")
    if not named:
        table.fault("principles", "names no principle")
    return named


def _read_clause_references(table: Table, chapter: str, editions: tuple[Edition, ...]) -> dict[str, tuple[str, ...]]:
    known = {edition.id: edition for edition in editions}
    references = {}
    for edition_id in table.fields():
        if edition_id not in known:
            table.fault(edition_id, f"is not an edition of this standard; those are {', '.join(known)}")
            continue
        numbers = table.texts(edition_id)
        for number in numbers:
            if number not in known[edition_id].clauses:
                table.fault(edition_id, f"clause {number} is not in clauses.toml for this edition")
            elif clause_group(number).partition(".")[0] != chapter:
                table.fault(edition_id, f"clause {number} does not belong to chapter {chapter}, the file's")
        valid = tuple(number for number in numbers if number in known[edition_id].clauses)
        if valid:
            references[edition_id] = valid
        else:
            table.fault(edition_id, "names no clause")
    if not references:
        table.fault("", "names no edition")
    return references


def _read_topic_link(table: Table, topics: Mapping[str, Topic]) -> TopicLink | None:
    link = table.table_or_none("topic")
    if link is None:
        return None
    topic = topics.get(link.one_of("id", tuple(topics)))
    overlap = Overlap(link.one_of("overlap", tuple(Overlap)))
    because = link.wording("because", "")
    if overlap is not Overlap.FULL and not because:
        link.fault("because", "is missing: say why the overlap is not full")
    if overlap is Overlap.FULL and because:
        link.fault("because", "belongs only to an overlap that is not full")
    link.close()
    return TopicLink(topic=topic, overlap=overlap, because=because) if topic else None


def _read_last_done(table: Table) -> LastDone | None:
    asked = table.table_or_none("last-done")
    if asked is None:
        return None
    fresh = asked.whole("fresh-for-months", 1, 120) if asked.raw("fresh-for-months") is not None else None
    if not asked.flag("ask"):
        asked.fault("ask", "leave last-done out when the date is not asked for")
    asked.close()
    return LastDone(fresh_for_months=fresh)
