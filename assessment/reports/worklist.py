"""The findings of a summary as a list to work through: rows of areas and questions, counted by kind, filtered."""

import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessment.domain.findings import Grade
from assessment.domain.freshness import Freshness
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.standard import Question
from assessment.domain.stops import StopReason
from assessment.reports.summary import FindingLine, GapSummary, StandardSummary


class Kind(StrEnum):
    """What a row is about, in the order in which they stand."""

    STOP = "stop"
    NEXT = "next"
    MAJOR = "major"
    MINOR = "minor"
    UNKNOWN = "not-known"
    MET = "met"
    NOT_SHOWN = "not-shown"
    NOTHING_YET = "nothing-yet"
    LOOK_AGAIN = "look-again"
    EXCLUDED = "does-not-apply"
    AGEING = "ageing"


FINDINGS = (Kind.MAJOR, Kind.MINOR)
# What is said of a question that has a row of its own under another kind.
REMARKS = (Kind.NOT_SHOWN, Kind.NOTHING_YET, Kind.LOOK_AGAIN)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One thing to look at.

    ``title`` is a question, or an area where several of its questions fall short. Nothing but a stop that concerns the whole
    system has no question, and then neither ``clause`` nor ``title``.
    """

    kind: Kind
    clause: str
    title: str
    questions: tuple[Question, ...]
    finding: FindingLine | None = None
    stop: StopReason | None = None
    ageing: Freshness | None = None

    @property
    def ageing_days(self) -> tuple[date, date] | None:
        """Until when and since when what grows old shows something; ``None`` where nothing does."""
        return (self.ageing.until, self.ageing.last_done) if self.ageing else None


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What of the list is wanted: of one standard, kind or chapter, or with each of some words. Empty means all."""

    standard: str = ""
    kind: Kind | None = None
    chapter: str = ""
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether everything is wanted."""
        return self == Filter()


@dataclass(frozen=True, kw_only=True)
class StandardList:
    """The rows of one standard by kind, without kinds that have none; ``remarks`` by ref of a question."""

    summary: StandardSummary
    rows: Mapping[Kind, tuple[Row, ...]]
    remarks: Mapping[str, tuple[Kind, ...]]

    def shows(self, kind: Kind) -> Hashable:
        """All that the rows of a kind say of their questions in a line, for whoever keeps what was made of them."""
        return tuple((row.clause, row.stop, row.ageing_days, *map(self._shown, row.questions)) for row in self.rows[kind])

    def _shown(self, question: Question) -> Hashable:
        return question.ref, self.summary.answer(question), self.remarks.get(question.ref)

    def remarks_on(self, row: Row) -> tuple[tuple[Kind, ...], ...]:
        """Return the remarks on each question of a row."""
        return tuple(self.remarks.get(question.ref, ()) for question in row.questions)


@dataclass(frozen=True, kw_only=True)
class Worklist:
    """What is shown, and how many rows of each kind there would be with everything wanted but the kind."""

    standards: tuple[StandardList, ...]
    counts: Mapping[Kind, int]

    @property
    def shown(self) -> int:
        """How many rows are shown."""
        return sum(len(rows) for standard in self.standards for rows in standard.rows.values())


def worklist(summary: GapSummary, wanted: Filter) -> Worklist:
    """Return what of the findings is wanted, and the counts by kind that go with it."""
    lists, counts = [], Counter[Kind]()
    sought = _folded(wanted.text).split()
    for standard in summary.standards:
        if wanted.standard not in ("", standard.result.questionnaire.standard.id):
            continue
        rows: dict[Kind, list[Row]] = {}
        for row in _rows(standard):
            if _is_in_chapter(row, wanted.chapter) and _says(row, standard, sought):
                counts[row.kind] += 1
                if wanted.kind in (None, row.kind):
                    rows.setdefault(row.kind, []).append(row)
        by_kind = {kind: tuple(rows[kind]) for kind in Kind if kind in rows}
        lists.append(StandardList(summary=standard, rows=by_kind, remarks=_remarks(standard)))
    return Worklist(standards=tuple(lists), counts={kind: counts[kind] for kind in Kind if counts[kind]})


def _rows(standard: StandardSummary) -> Iterator[Row]:
    """Yield every row of a standard."""
    result, asked = standard.result, standard.result.questionnaire
    for stop in result.stops:
        yield _row(asked, Kind.STOP, stop.question, stop=stop.reason)
    for kind, questions in _questions(standard):
        for question in questions:
            yield _row(asked, kind, question)
    for line in standard.findings:
        kind = Kind.MAJOR if line.grade is Grade.LIKELY_MAJOR else Kind.MINOR
        title = line.questions[0].asks if len(line.questions) == 1 else _area_title(asked, line.clause)
        yield Row(kind=kind, clause=line.clause, title=title, questions=line.questions, finding=line)
    for entry in result.freshness:
        yield _row(asked, Kind.AGEING, entry.question, ageing=entry)


def _questions(standard: StandardSummary) -> Iterator[tuple[Kind, Sequence[Question]]]:
    """Yield the kinds whose rows are questions and nothing else."""
    result = standard.result
    yield Kind.NEXT, result.next.questions if result.next else ()
    yield Kind.UNKNOWN, [line.question for line in standard.unknown]
    yield Kind.MET, [line.question for line in standard.met]
    yield Kind.NOT_SHOWN, result.not_shown_yet
    yield Kind.NOTHING_YET, result.nothing_to_show_yet
    yield Kind.LOOK_AGAIN, result.worth_another_look
    yield Kind.EXCLUDED, [line.question for line in standard.excluded]


def _row(
    asked: Questionnaire,
    kind: Kind,
    question: Question | None,
    *,
    stop: StopReason | None = None,
    ageing: Freshness | None = None,
) -> Row:
    if question is None:
        return Row(kind=kind, clause="", title="", questions=(), stop=stop)
    clauses = ", ".join(asked.clauses(question))
    return Row(kind=kind, clause=clauses, title=question.asks, questions=(question,), stop=stop, ageing=ageing)


def _area_title(asked: Questionnaire, clause: str) -> str:
    """Return the title of an area; of several that are called alike, that of the clause above it instead."""
    title = asked.clause_title(clause)
    alike = sum(other.title == title for other in asked.edition.clauses.values())
    above = clause.rpartition(".")[0]
    if alike == 1:
        return title
    if above in asked.edition.clauses:
        return asked.clause_title(above)
    return next((chapter.title for chapter in asked.chapters() if chapter.number == above), title)


def _remarks(standard: StandardSummary) -> Mapping[str, tuple[Kind, ...]]:
    remarks: dict[str, tuple[Kind, ...]] = {}
    for kind, questions in _questions(standard):
        if kind in REMARKS:
            for question in questions:
                remarks[question.ref] = (*remarks.get(question.ref, ()), kind)
    return remarks


def _is_in_chapter(row: Row, chapter: str) -> bool:
    return not chapter or any(question.chapter == chapter for question in row.questions)


def _says(row: Row, standard: StandardSummary, words: Sequence[str]) -> bool:
    """Tell whether each of some folded words is somewhere in what a row shows or people wrote about it."""
    if not words:
        return True
    said = _folded(" ".join(_said(row, standard)))
    return all(word in said for word in words)


def _said(row: Row, standard: StandardSummary) -> Iterator[str]:
    yield from (row.clause, row.title)
    if row.finding:
        yield row.finding.clause_title
    for question in row.questions:
        answer = standard.answer(question)
        yield from (question.asks, answer.note, answer.reason, answer.who)
        yield from (piece.title for piece in answer.evidence)


def _folded(text: str) -> str:
    """Return a text as it is compared: large and small letters and ways of writing one letter are the same."""
    return unicodedata.normalize("NFKC", text).casefold()
