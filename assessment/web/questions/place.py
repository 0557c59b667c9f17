"""Where a request is within the questions: the page, or one question of it, and where it goes on from there."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from flask import abort, request, url_for

from assessment.domain.exclusions import Section, sections
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Page, Questionnaire
from assessment.domain.standard import Question, Standard
from assessment.storage.choices import changed_since_chosen
from assessment.web.shell.context import AssessmentContext, library


@dataclass(frozen=True, kw_only=True)
class Place:
    """The question page a request is about; ``one`` is the question shown where people answer one at a time."""

    opened: AssessmentContext
    questionnaire: Questionnaire
    page: Page
    one: Question | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return what is shown and saved here."""
        return (self.one,) if self.one else self.page.questions

    @property
    def asked_first(self) -> tuple[Question, ...]:
        """Return the questions here that the path asks first, with those changed on it already; all where that is none.

        A path with pages of its own asks there: any other page then shows all it has.
        """
        if self.questionnaire.path_pages:
            return self.questions
        first = self.opened.asked_first(self.questionnaire)
        if self.questionnaire.path is QuestionPath.AGAIN:
            first |= changed_since_chosen(self.opened.id, self.questionnaire.standard.id)
        return tuple(question for question in self.questions if question.ref in first) or self.questions

    @property
    def sections(self) -> list[tuple[Section, str]]:
        """The sections that questions here belong to and that can be left out as a whole, each with its anchor."""
        here = {question.ref for question in self.page.questions if question.may_not_apply}
        if not here:
            return []
        return [
            (section, section_anchor(section))
            for section in sections(self.questionnaire)
            if any(question.ref in here for question in section.questions)
        ]

    @property
    def _way(self) -> list[Page]:
        """The pages that are gone through with this one: those of the path, or else of the chapter."""
        if self.is_on_path:
            first = self.opened.asked_first(self.questionnaire)
            return [
                page
                for page in self.questionnaire.path_pages or self.questionnaire.pages
                if page == self.page or any(question.ref in first for question in page.questions)
            ]
        return [page for page in self.questionnaire.pages if page.chapter == self.page.chapter]

    @property
    def is_on_path(self) -> bool:
        """Whether the page belongs to a path that is shorter than the full check."""
        return self.page in self.questionnaire.path_pages or self.questionnaire.path is QuestionPath.AGAIN

    @property
    def is_asked(self) -> bool:
        """Tell whether the page is one of those that are chosen now: edition and standards may change while it is open."""
        return self.questionnaire in self.opened.questionnaires

    def address(self, anchor: str | None = None) -> str:
        """Return the address of the page, or of one question on it."""
        return url_for(
            "questions.page",
            assessment_id=self.opened.id,
            standard_id=self.questionnaire.standard.id,
            slug=self.page.slug,
            one=self.one.id if self.one else None,
            _anchor=anchor,
        )

    def neighbour(self, step: int) -> "Place | None":
        """Return the place ``step`` questions on (or back), where one question is shown at a time, on the path."""
        if self.one is None:
            return None
        first = self.opened.asked_first(self.questionnaire)
        in_order = [
            (page, question)
            for page in self._way
            for question in page.questions
            if question.ref in first or question is self.one or not self.is_on_path
        ]
        at = next((position for position, (_, question) in enumerate(in_order) if question is self.one), -1) + step
        if not 0 <= at < len(in_order):
            return None
        page, question = in_order[at]
        return replace(self, page=page, one=question)

    def switched(self) -> "Place":
        """Return the place with the same questions the other way: all of the page, or the first open one the path asks."""
        if self.one:
            return replace(self, one=None)
        sheet = self.opened.sheet()
        still_open = (question for question in self.asked_first if sheet.is_open(question))
        return replace(self, one=next(still_open, self.asked_first[0]))

    def after(self) -> str:
        """Return where "Save and continue" leads: on along the path, or to the check of its answers.

        The full check is looked through chapter by chapter, a shorter path once a standard.
        """
        following = self._way[self._way.index(self.page) + 1 :]
        if following_one := self.neighbour(1):
            return following_one.address()
        if self.one is None and following:
            return Place(opened=self.opened, questionnaire=self.questionnaire, page=following[0]).address()
        standard = self.questionnaire.standard.id
        if self.is_on_path:
            return url_for("questions.check_path", assessment_id=self.opened.id, standard_id=standard)
        return url_for("questions.check", assessment_id=self.opened.id, standard_id=standard, chapter=self.page.chapter.number)


def section_anchor(section: Section) -> str:
    """Return the id of a section on the page that checks its chapter."""
    return f"section-{section.clause}"


def place_of(opened: AssessmentContext, standard_id: str, slug: str) -> Place:
    """Return the page that is asked for; a 404 where it is not asked in what is chosen now."""
    questionnaire, page = opened.page(standard_id, slug)
    one = next((question for question in page.questions if question.id == request.args.get("one")), None)
    return Place(opened=opened, questionnaire=questionnaire, page=page, one=one)


def place_sent_from(opened: AssessmentContext, standard_id: str, slug: str, named: Container[str]) -> Place:
    """Return the page that a form was sent from: as it is asked now, or else one that asks what the form is about.

    ``named`` are the ids of questions that the form is about. A 404 where no edition asks any of them.
    """
    if any(asked.standard.id == standard_id and slug in _slugs(asked) for asked in opened.questionnaires):
        return place_of(opened, standard_id, slug)
    standard = library().standards.get(standard_id)
    chosen = [asked for asked in opened.questionnaires if asked.standard is standard]
    for questionnaire in (*chosen, *_all_of(standard)) if standard else ():
        for page in questionnaire.pages:
            if any(question.id in named for question in page.questions):
                return Place(opened=opened, questionnaire=questionnaire, page=page)
    return abort(404)


def questionnaire_with(asked: Questionnaire, question: Question) -> Questionnaire:
    """Return the questionnaire itself where its edition has a question, or else the newest one that has it."""
    if asked.edition.id in question.clauses:
        return asked
    return next(other for other in _all_of(asked.standard) if other.edition.id in question.clauses)


def questionnaire_of(opened: AssessmentContext, question: Question) -> Questionnaire:
    """Return the questionnaire of an assessment that a question belongs to, or else the newest one that has it."""
    standard = library().standards[question.standard]
    chosen = next((asked for asked in opened.questionnaires if asked.standard is standard), None)
    return questionnaire_with(chosen or next(_all_of(standard)), question)


def _all_of(standard: Standard) -> Iterator[Questionnaire]:
    """Yield every questionnaire of a standard, the newest edition first."""
    for edition in sorted(standard.editions, key=lambda edition: edition.published, reverse=True):
        yield library().questionnaire(standard.id, edition.id, QuestionPath.FULL)


def _slugs(questionnaire: Questionnaire) -> frozenset[str]:
    return frozenset(page.slug for page in (*questionnaire.path_pages, *questionnaire.pages))
