"""Where a request is within the questions: the page, or one question of it, and where it goes on from there."""

from dataclasses import dataclass, replace

from flask import url_for

from assessment.domain.questionnaire import Page, Questionnaire
from assessment.domain.standard import Question
from assessment.web.shell.context import AssessmentContext


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
        """Return the place ``step`` questions on (or back), where one question is shown at a time, within the chapter."""
        chapter = [page for page in self.questionnaire.pages if page.chapter == self.page.chapter]
        in_order = [(page, question) for page in chapter for question in page.questions]
        at = next((position for position, (_, question) in enumerate(in_order) if question is self.one), -1) + step
        if self.one is None or not 0 <= at < len(in_order):
            return None
        page, question = in_order[at]
        return replace(self, page=page, one=question)

    def switched(self) -> "Place":
        """Return the place with the same questions the other way: all of the page, or the first open one of them."""
        if self.one:
            return replace(self, one=None)
        sheet = self.opened.sheet()
        still_open = (question for question in self.page.questions if sheet.is_open(question))
        return replace(self, one=next(still_open, self.page.questions[0]))

    def after(self) -> str:
        """Return where "Save and continue" leads: the next question or page of the chapter, or the check of its answers."""
        pages = self.questionnaire.pages
        following = pages[pages.index(self.page) + 1 :]
        if following_one := self.neighbour(1):
            return following_one.address()
        if self.one is None and following and following[0].chapter == self.page.chapter:
            return Place(opened=self.opened, questionnaire=self.questionnaire, page=following[0]).address()
        return url_for(
            "questions.check",
            assessment_id=self.opened.id,
            standard_id=self.questionnaire.standard.id,
            chapter=self.page.chapter.number,
        )
