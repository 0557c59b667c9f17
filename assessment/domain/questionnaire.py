"""The words of the product: what a standard asks, and the rules that judge the answers.

Everything here is content turned into values: frozen, complete, and checked by ``assessment.content`` before anyone sees it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from functools import cached_property


class Rung(IntEnum):
    """One step of the answer ladder, lowest first. Titles and points are in ``rules.toml``."""

    ABSENT = 0
    INFORMAL = 1
    DEFINED = 2
    IN_USE = 3
    IMPROVED = 4

    @property
    def id(self) -> str:
        """The word used in content, storage and downloads, such as ``in-use``."""
        return self.name.lower().replace("_", "-")

    @classmethod
    def of(cls, rung_id: str) -> "Rung":
        """Return the rung with this id; ``KeyError`` when there is none."""
        return _RUNGS[rung_id]


_RUNGS = {rung.id: rung for rung in Rung}


class Overlap(StrEnum):
    """How much of a topic's evidence serves every standard that has the topic, most first.

    Full: the same piece of evidence. Most: the same way of working, with content to add. Part: the method only.
    """

    FULL = "full"
    MOST = "most"
    PART = "part"

    @classmethod
    def least(cls, overlaps: Iterable["Overlap"]) -> "Overlap":
        """Return the weakest of the overlaps; full when there is none."""
        return max(overlaps, key=tuple(cls).index, default=cls.FULL)


class Confidence(StrEnum):
    """How well a fact is known (the marks of the domain notes)."""

    SEVERAL_SOURCES = "several-sources"
    ONE_SOURCE = "one-source"
    GENERAL_KNOWLEDGE = "general-knowledge"
    JUDGEMENT = "judgement"


class Depth(StrEnum):
    """How much of a standard's question bank an organisation works through."""

    QUICK = "quick"
    FULL = "full"


class Size(StrEnum):
    """Size of the organisation, for the effort of actions. Limits are in ``rules.toml``."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class ProfileKind(StrEnum):
    """What an answer to a profile question looks like."""

    CHOICE = "choice"
    MANY = "many"
    STANDARDS = "standards"
    DATES = "dates"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A statement together with how well it is known."""

    text: str
    confidence: Confidence


@dataclass(frozen=True, kw_only=True)
class RungRule:
    """What a rung is called, how to test for it, and its points."""

    rung: Rung
    title: str
    test: str
    points: int


@dataclass(frozen=True, kw_only=True)
class FitRules:
    """When need counts as strong, close or weak; all in percent of the possible points."""

    strong: int
    close: int
    weak: int


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Every number of the rules, from ``rules.toml``."""

    revision: str
    ladder: tuple[RungRule, ...]
    enough: Rung
    major_up_to: Rung
    lapses_for_major: int
    minors_allowed: int
    carried_at_most: Mapping[Overlap, Rung]
    fit: FitRules
    small_up_to: int
    medium_up_to: int

    @cached_property
    def _points(self) -> tuple[int, ...]:
        return tuple(step.points for step in self.ladder)

    def points(self, rung: Rung) -> int:
        """Points of a rung, before weight."""
        return self._points[rung]

    def title(self, rung: Rung) -> str:
        """What people read for a rung."""
        return self.ladder[rung].title

    def size(self, people: int) -> Size:
        """Size class of an organisation with this many people."""
        if people <= self.small_up_to:
            return Size.SMALL
        return Size.MEDIUM if people <= self.medium_up_to else Size.LARGE


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What several standards have in common: the hub through which they compare."""

    id: str
    title: str
    about: str


@dataclass(frozen=True, kw_only=True)
class TopicLink:
    """A question's tie to a topic; ``because`` says why the overlap is not full, and is empty where it is."""

    topic: Topic
    overlap: Overlap
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Principle:
    """A principle or guiding idea of a standard."""

    id: str
    title: str
    about: str


@dataclass(frozen=True, kw_only=True)
class LastDone:
    """Ask when it was last done; older than ``fresh_for_months`` (if given) it no longer shows anything."""

    fresh_for_months: int | None


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A chapter of a standard, 4 to 10."""

    number: str
    title: str
    intro: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """One auditable thing, in our own words. ``clauses`` has a key for every edition in which it exists."""

    standard: str
    id: str
    chapter: str
    clauses: Mapping[str, tuple[str, ...]]
    asks: str
    hint: str
    why: str
    principles: tuple[str, ...]
    topic: TopicLink | None
    weight: int
    essential: bool
    stage: int
    quick: bool
    enough: Rung
    may_not_apply: str
    last_done: LastDone | None
    evidence: tuple[str, ...]
    looks_like: Mapping[Rung, str]

    @cached_property
    def ref(self) -> str:
        """The name of the question among all standards: ``standard/id``."""
        return f"{self.standard}/{self.id}"


@dataclass(frozen=True, kw_only=True)
class Action:
    """Something to do. ``lifts`` maps question refs to the rung they reach; ``standard`` is empty for a shared action.

    Effort is in person-days by size; ``weeks`` is the least time it takes, whoever helps.
    """

    standard: str
    id: str
    title: str
    why: str
    steps: tuple[str, ...]
    note: str
    done_when: str
    role: str
    effort: Mapping[Size, float]
    weeks: int
    after: tuple[str, ...]
    produces: tuple[str, ...]
    lifts: Mapping[str, Rung]

    @cached_property
    def key(self) -> str:
        """The name of the action in the library: ``standard/id``, or ``id`` for a shared one."""
        return f"{self.standard}/{self.id}" if self.standard else self.id


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A clause of an edition; an untitled one carries the title of the clause above it."""

    number: str
    title: str
    auditable: bool


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A published version of a standard. Dates are ``None`` where none is set."""

    id: str
    name: str
    published: date
    supersedes: str
    no_new_certificates_after: date | None
    ends: date | None
    facts: tuple[Fact, ...]
    clauses: Mapping[str, Clause]


@dataclass(frozen=True, kw_only=True)
class Driver:
    """A profile choice that speaks for a standard. ``decides`` marks a written demand."""

    profile: str
    choice: str
    points: int
    decides: bool
    because: str


@dataclass(frozen=True, kw_only=True)
class Standard:
    """A standard: one folder under ``questionnaires/``."""

    id: str
    name: str
    title: str
    revision: str
    about: str
    principles: tuple[Principle, ...]
    chapters: tuple[Chapter, ...]
    editions: tuple[Edition, ...]
    differs: Mapping[str, Fact]
    first_step: str
    drivers: tuple[Driver, ...]
    questions: tuple[Question, ...]

    def edition(self, edition_id: str) -> Edition:
        """Return an edition; ``KeyError`` when the standard has none of that id."""
        for edition in self.editions:
            if edition.id == edition_id:
                return edition
        raise KeyError(edition_id)

    @property
    def current(self) -> Edition:
        """The edition published last: what a newcomer is steered to."""
        return max(self.editions, key=lambda edition: edition.published)


@dataclass(frozen=True, kw_only=True)
class Page:
    """Questions shown together, and the address of the page: the number of its first clause group."""

    slug: str
    chapter: Chapter
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True)
class Questionnaire:
    """The questions of one standard that exist in one edition, at one depth, in clause order."""

    standard: Standard
    edition: Edition
    depth: Depth
    rules: Rules
    questions: tuple[Question, ...]

    @cached_property
    def by_ref(self) -> Mapping[str, Question]:
        """Questions by their ref."""
        return {question.ref: question for question in self.questions}

    def clauses(self, question: Question) -> tuple[str, ...]:
        """Clause numbers of a question in this edition; the first is the one a finding is written against."""
        return question.clauses[self.edition.id]

    def clause_group(self, question: Question) -> str:
        """The clause at the level x.y under which lapses on this question add up."""
        return clause_group(self.clauses(question)[0])

    def clause_title(self, number: str) -> str:
        """The short title of a clause of this edition."""
        return self.edition.clauses[number].title

    def in_chapter(self, chapter: Chapter) -> tuple[Question, ...]:
        """The questions of one chapter."""
        return tuple(question for question in self.questions if question.chapter == chapter.number)

    def chapters(self) -> tuple[Chapter, ...]:
        """The chapters that hold at least one question."""
        held = {question.chapter for question in self.questions}
        return tuple(chapter for chapter in self.standard.chapters if chapter.number in held)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """All question pages in order: clause groups kept together, up to seven questions on a page."""
        return tuple(page for chapter in self.chapters() for page in self._pages_of(chapter))

    def _pages_of(self, chapter: Chapter) -> Iterator[Page]:
        for units in _packed(self._units_of(chapter)):
            first = units[0]
            # A page that begins in the middle of a clause takes its first question's id, so that no two share an address.
            slug = first.questions[0].id if first.continues else first.clause
            questions = tuple(question for unit in units for question in unit.questions)
            yield Page(slug=slug, chapter=chapter, title=self._title(chapter, units), questions=questions)

    def _units_of(self, chapter: Chapter) -> Iterator["_Unit"]:
        """What stays together on a page: a clause x.y, or each clause under it where x.y asks more than fits on one page."""
        for number, group in _grouped(self.in_chapter(chapter), self.clause_group).items():
            if len(group) <= MOST_ON_A_PAGE:
                yield _Unit(clause=number, questions=group)
            else:
                for leaf, questions in _grouped(group, lambda question: self.clauses(question)[0]).items():
                    yield from _split(leaf, questions)

    def _title(self, chapter: Chapter, units: Sequence["_Unit"]) -> str:
        first, last = units[0], units[-1]
        if len(units) == 1:
            parent = clause_group(first.clause)
            own = self.clause_title(first.clause)
            title = own if first.clause == parent else f"{self.clause_title(parent)}, {first.clause} {own}"
            return f"{title}, continued" if first.continues else title
        groups = {clause_group(unit.clause) for unit in units}
        whole = self.clause_title(groups.pop()) if len(groups) == 1 else chapter.title
        return f"{whole}, {first.clause} to {last.clause}"


MOST_ON_A_PAGE = 7


@dataclass(frozen=True, kw_only=True)
class _Unit:
    clause: str
    questions: tuple[Question, ...]
    continues: bool = False


def _grouped(questions: Iterable[Question], clause: Callable[[Question], str]) -> Mapping[str, tuple[Question, ...]]:
    groups: dict[str, tuple[Question, ...]] = {}
    for question in questions:
        groups[clause(question)] = (*groups.get(clause(question), ()), question)
    return {number: groups[number] for number in sorted(groups, key=clause_order)}


def _split(clause: str, questions: tuple[Question, ...]) -> Iterator[_Unit]:
    pieces = -(-len(questions) // MOST_ON_A_PAGE)
    size = -(-len(questions) // pieces)
    for start in range(0, len(questions), size):
        yield _Unit(clause=clause, questions=questions[start : start + size], continues=start > 0)


def _packed(units: Iterable[_Unit]) -> list[list[_Unit]]:
    pages: list[list[_Unit]] = []
    held = 0
    for unit in units:
        if pages and held + len(unit.questions) <= MOST_ON_A_PAGE:
            pages[-1].append(unit)
            held += len(unit.questions)
        else:
            pages.append([unit])
            held = len(unit.questions)
    return pages


@dataclass(frozen=True, kw_only=True)
class ProfileChoice:
    """One answer a profile question offers."""

    id: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ProfileQuestion:
    """A question about the organisation. ``choices`` is empty for numbers, texts, and what depends on the standards."""

    id: str
    group: str
    kind: ProfileKind
    asks: str
    hint: str
    choices: tuple[ProfileChoice, ...]


@dataclass(frozen=True, kw_only=True)
class ProfileGroup:
    """Profile questions shown on one page."""

    id: str
    title: str
    intro: str
    questions: tuple[ProfileQuestion, ...]


@dataclass(frozen=True, kw_only=True)
class Library:
    """All content, built once. ``actions`` holds shared actions first, then those of each standard, in file order."""

    rules: Rules
    profile: tuple[ProfileGroup, ...]
    topics: Mapping[str, Topic]
    standards: Mapping[str, Standard]
    actions: Mapping[str, Action]
    content_hash: str

    @cached_property
    def profile_questions(self) -> Mapping[str, ProfileQuestion]:
        """Profile questions by id."""
        return {question.id: question for group in self.profile for question in group.questions}

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question of every standard, by ref."""
        return {question.ref: question for standard in self.standards.values() for question in standard.questions}

    @cached_property
    def _questionnaires(self) -> dict[tuple[str, str, Depth], Questionnaire]:
        return {}

    def questionnaire(self, standard_id: str, edition_id: str, depth: Depth) -> Questionnaire:
        """Return the questions of an edition at a depth; ``KeyError`` for an unknown standard or edition."""
        wanted = (standard_id, edition_id, depth)
        if wanted not in self._questionnaires:
            self._questionnaires[wanted] = self._select(*wanted)
        return self._questionnaires[wanted]

    def _select(self, standard_id: str, edition_id: str, depth: Depth) -> Questionnaire:
        standard = self.standards[standard_id]
        edition = standard.edition(edition_id)
        existing = [
            question
            for question in standard.questions
            if edition.id in question.clauses and (question.quick or depth is Depth.FULL)
        ]
        existing.sort(key=lambda question: clause_order(question.clauses[edition.id][0]))
        return Questionnaire(standard=standard, edition=edition, depth=depth, rules=self.rules, questions=tuple(existing))


def clause_order(number: str) -> tuple[int, ...]:
    """Sort key of a clause number: 4.10 comes after 4.9."""
    return tuple(int(part) for part in number.split("."))


def clause_group(number: str) -> str:
    """The clause at the level x.y that a clause belongs to: ``8.5`` for 8.5.3."""
    return ".".join(number.split(".")[:2])
