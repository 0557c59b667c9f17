"""The questions of one standard that exist in one edition, the areas findings fall into, and the pages they are shown on."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assessment.domain.answers import AnswerSheet
from assessment.domain.clauses import area_of, clause_group, clause_order
from assessment.domain.question_path import QuestionPath
from assessment.domain.reasons import MAJOR_REASONS, reason_of
from assessment.domain.rules import Rules, Rung
from assessment.domain.standard import Chapter, Edition, Principle, Question, Standard


@dataclass(frozen=True, kw_only=True)
class PageTitle:
    """What a page is about, in parts: the rooms that show it put them into a sentence.

    ``title`` is that of the chapter or clause the page belongs to. A page about one clause under it names that clause and its
    title; a page about several names the ``clause`` it begins with and the ``last`` one. ``continues`` marks a page that begins
    in the middle of a clause.
    """

    title: str
    clause: str = ""
    clause_title: str = ""
    last: str = ""
    continues: bool = False


@dataclass(frozen=True, kw_only=True)
class Page:
    """Questions shown together, and the address of the page: the number of its first clause group."""

    slug: str
    chapter: Chapter
    title: PageTitle
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """How a question is counted: the lowest rung that is no likely major by itself, and under which clause and area.

    ``cover`` is the question that makes up for it while it is enough; ``None`` where none does.
    """

    major_below: int
    area: str
    clause: str
    cover: Question | None


@dataclass(frozen=True, kw_only=True)
class Questionnaire:
    """All questions of one standard that exist in one edition, in clause order; ``path`` says which are asked first.

    The path changes no number: scores, findings, verdicts and plans are over all questions.
    """

    standard: Standard
    edition: Edition
    path: QuestionPath
    rules: Rules
    questions: tuple[Question, ...]

    @cached_property
    def by_ref(self) -> Mapping[str, Question]:
        """Questions by their ref."""
        return {question.ref: question for question in self.questions}

    def clauses(self, question: Question) -> tuple[str, ...]:
        """Return the clause numbers of a question in this edition; the first is the one a finding is written against."""
        return question.clauses[self.edition.id]

    def clause_group(self, question: Question) -> str:
        """Return the clause at the level x.y that keeps this question together with others on a page."""
        return clause_group(self.clauses(question)[0])

    def area(self, number: str) -> str:
        """Return the clause against which one finding is written for a clause: x.y, or one below it that heads findings."""
        return area_of(number, self.edition.clauses)

    def clause_title(self, number: str) -> str:
        """Return the short title of a clause of this edition."""
        return self.edition.clauses[number].title

    @cached_property
    def areas(self) -> Mapping[str, str]:
        """The area of each question by its ref: the clause a finding on it is written against."""
        return {question.ref: self.area(self.clauses(question)[0]) for question in self.questions}

    @cached_property
    def growing_old(self) -> tuple[Question, ...]:
        """The questions about something whose last time shows for so long only that it still works."""
        return tuple(question for question in self.questions if question.last_done and question.last_done.fresh_for_months)

    @cached_property
    def thresholds(self) -> Mapping[str, Thresholds]:
        """How each question is counted, by its ref."""
        return {
            question.ref: Thresholds(
                major_below=sum(reason_of(question, rung, self.rules.findings) in MAJOR_REASONS for rung in Rung),
                area=self.areas[question.ref],
                clause=self.clauses(question)[0],
                cover=self.by_ref.get(question.covered_by),
            )
            for question in self.questions
        }

    @cached_property
    def dependents(self) -> Mapping[str, tuple[Question, ...]]:
        """By ref of a question those that are judged by how it stands: it covers them, or spares them in stage 1."""
        found: dict[str, list[Question]] = {}
        for question in self.questions:
            for ref in {question.covered_by, question.stage_1_until} - {""}:
                found.setdefault(ref, []).append(question)
        return {ref: tuple(questions) for ref, questions in found.items()}

    @cached_property
    def by_chapter(self) -> tuple[tuple[Chapter, tuple[Question, ...]], ...]:
        """The questions of each chapter that has any, in order."""
        asked: dict[str, list[Question]] = {}
        for question in self.questions:
            asked.setdefault(question.chapter, []).append(question)
        return tuple((chapter, tuple(asked[chapter.number])) for chapter in self.standard.chapters if chapter.number in asked)

    @cached_property
    def by_principle(self) -> tuple[tuple[Principle, tuple[Question, ...]], ...]:
        """The questions that carry each principle, in the standard's order; principles that none carries are left out."""
        principles = self.standard.principles
        carrying = {principle.id: tuple(q for q in self.questions if principle.id in q.principles) for principle in principles}
        return tuple((principle, carrying[principle.id]) for principle in principles if carrying[principle.id])

    def untouched_clauses(self, sheet: AnswerSheet) -> tuple[str, ...]:
        """Return the clauses an auditor can write a finding against and that no answer says anything about yet."""
        touched = {number for question in self.questions if not sheet.is_open(question) for number in self.clauses(question)}
        numbers = (clause.number for clause in self.edition.clauses.values() if clause.auditable)
        return tuple(sorted((number for number in numbers if number not in touched), key=clause_order))

    def in_chapter(self, chapter: Chapter) -> tuple[Question, ...]:
        """Return the questions of one chapter; none where it has none."""
        return next((questions for other, questions in self.by_chapter if other.number == chapter.number), ())

    def chapters(self) -> tuple[Chapter, ...]:
        """Return the chapters that hold at least one question."""
        return tuple(chapter for chapter, _ in self.by_chapter)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """All question pages in order: clause groups kept together, up to seven questions on a page."""
        return tuple(page for chapter in self.chapters() for page in self._pages_of(chapter))

    @cached_property
    def marked(self) -> tuple[Question, ...] | None:
        """The questions a path asks first whatever is answered; ``None`` for a path that follows the answers, or asks all."""
        if self.path is QuestionPath.QUICK:
            return tuple(question for question in self.questions if question.quick)
        before = self.edition.supersedes
        if self.path is QuestionPath.NEW_IN_EDITION and before:
            return tuple(question for question in self.questions if before not in question.clauses)
        return None

    @cached_property
    def path_pages(self) -> tuple[Page, ...]:
        """The pages of a path that always asks the same questions, with only those, at addresses of their own; else none."""
        if self.marked is None:
            return ()
        pages = replace(self, questions=self.marked).pages
        return tuple(replace(page, slug=f"{self.path.value}-{page.slug}") for page in pages)

    def page_of(self, question: Question) -> Page:
        """Return the page a question is answered on: that of the path, or else the one of its clause."""
        return self._page_by_ref[question.ref]

    @cached_property
    def _page_by_ref(self) -> Mapping[str, Page]:
        pages = reversed((*self.path_pages, *self.pages))
        return {question.ref: page for page in pages for question in page.questions}

    def _pages_of(self, chapter: Chapter) -> Iterator[Page]:
        for units in _packed(self._units_of(chapter)):
            first = units[0]
            # A page that begins in the middle of a clause takes its first question's id, so that no two share an address.
            slug = first.questions[0].id if first.continues else first.clause
            questions = tuple(question for unit in units for question in unit.questions)
            yield Page(slug=slug, chapter=chapter, title=self._title(chapter, units), questions=questions)

    def _units_of(self, chapter: Chapter) -> Iterator["_Unit"]:
        """Group what stays together: a clause x.y, or each clause under it where x.y asks more than fits on a page."""
        for number, group in _grouped(self.in_chapter(chapter), self.clause_group).items():
            if len(group) <= MOST_ON_A_PAGE:
                yield _Unit(clause=number, questions=group)
            else:
                for leaf, questions in _grouped(group, lambda question: self.clauses(question)[0]).items():
                    yield from _split(leaf, questions)

    def _title(self, chapter: Chapter, units: Sequence["_Unit"]) -> PageTitle:
        first, last = units[0], units[-1]
        if len(units) == 1:
            parent = clause_group(first.clause)
            own = self.clause_title(first.clause)
            if first.clause == parent:
                return PageTitle(title=own, continues=first.continues)
            whole = self.clause_title(parent)
            return PageTitle(title=whole, clause=first.clause, clause_title=own, continues=first.continues)
        groups = {clause_group(unit.clause) for unit in units}
        whole = self.clause_title(groups.pop()) if len(groups) == 1 else chapter.title
        return PageTitle(title=whole, clause=first.clause, last=last.clause)


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
    on_page = 0
    for unit in units:
        if pages and on_page + len(unit.questions) <= MOST_ON_A_PAGE:
            pages[-1].append(unit)
            on_page += len(unit.questions)
        else:
            pages.append([unit])
            on_page = len(unit.questions)
    return pages
