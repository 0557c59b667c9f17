"""Question pages, checking the answers of a chapter, and what happens when two people change one answer."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from assessment import storage
from assessment.domain.answers import AnswerSheet
from assessment.domain.questionnaire import Page, Questionnaire
from assessment.domain.standard import Question
from assessment.web.answer_form import (
    Bound,
    QuestionsForm,
    answer_form,
    bind,
    cleared,
    submissions,
    unknown_fields,
)
from assessment.web.browser import Opened, now, with_assessment
from assessment.web.forms import FormError
from assessment.web.once import once
from assessment.web.views import QuestionView, chapter_spine, chapter_status, question_view

blueprint = Blueprint("questions", __name__)


@dataclass(frozen=True, kw_only=True)
class Place:
    """The question page a request is about."""

    opened: Opened
    questionnaire: Questionnaire
    page: Page

    def address(self, anchor: str | None = None) -> str:
        """The address of the page, or of one question on it."""
        return url_for(
            "questions.page",
            assessment_id=self.opened.id,
            standard_id=self.questionnaire.standard.id,
            slug=self.page.slug,
            _anchor=anchor,
        )

    def after(self) -> str:
        """Where "Save and continue" leads: the next page of the chapter, or the check of its answers."""
        pages = self.questionnaire.pages
        following = pages[pages.index(self.page) + 1 :]
        if following and following[0].chapter == self.page.chapter:
            return Place(opened=self.opened, questionnaire=self.questionnaire, page=following[0]).address()
        return url_for(
            "questions.check",
            assessment_id=self.opened.id,
            standard_id=self.questionnaire.standard.id,
            chapter=self.page.chapter.number,
        )


@blueprint.route("/a/<assessment_id>/<standard_id>/questions/<slug>", methods=["GET", "POST"])
@with_assessment
def page(opened: Opened, standard_id: str, slug: str) -> ResponseReturnValue:
    """Show and save the questions of one page."""
    questionnaire, shown = opened.page(standard_id, slug)
    place = Place(opened=opened, questionnaire=questionnaire, page=shown)
    sheet, versions = storage.load_sheet(opened.id)
    if request.method == "GET":
        return _render(place, bind(shown, sheet, versions, today=now().date()), sheet)
    return _save(place, sheet, versions)


def _save(place: Place, sheet: AnswerSheet, versions: dict[str, int]) -> ResponseReturnValue:
    typed = request.form
    outer = QuestionsForm()
    bound = bind(place.page, sheet, versions, typed, today=now().date(), strict=typed.get("save") != "later")
    valid = [each.form.validate() for each in bound]
    token_right = outer.validate()
    strangers = unknown_fields(place.page, typed)
    errors = [*outer.errors_to_show(), *_stranger_errors(strangers), *(error for each in bound for error in each.errors())]
    if errors or not all(valid) or not token_right:
        return _render(place, bound, sheet, errors), 422 if token_right else 400
    saved = storage.save_answers(
        place.opened.id, _asked_for(bound, sheet, typed), who=place.opened.record.who, at=now(), once=once()
    )
    if saved.conflicts:
        return _render_conflicts(place, saved.conflicts), 409
    return redirect(_next_address(place, typed), 303)


def _asked_for(bound: tuple[Bound, ...], sheet: AnswerSheet, typed: "MultiDict[str, str]") -> list[storage.Submission]:
    clear = typed.get("clear")
    return [
        cleared(submission) if submission.ref == f"{each.question.standard}/{clear}" else submission
        for each, submission in zip(bound, submissions(bound, sheet), strict=True)
    ]


def _next_address(place: Place, typed: "MultiDict[str, str]") -> str:
    ids = {question.id for question in place.page.questions}
    if typed.get("clear") in ids:
        return place.address(typed["clear"])
    if typed.get("save") in ids:
        return place.address(typed["save"])
    if typed.get("save") == "later":
        return url_for("hub.show", assessment_id=place.opened.id)
    return place.after()


def _stranger_errors(names: tuple[str, ...]) -> list[FormError]:
    if not names:
        return []
    text = (
        f"This page does not ask “{names[0][:80]}”. Nothing was saved. Open the page again from the overview; "
        "if you changed the edition in another tab, this question may have moved."
    )
    return [FormError(href="#main", text=text)]


def _render(place: Place, bound: tuple[Bound, ...], sheet: AnswerSheet, errors: list[FormError] | None = None) -> str:
    questionnaire, shown = place.questionnaire, place.page
    return render_template(
        "questions/page.html",
        opened=place.opened,
        questionnaire=questionnaire,
        page=shown,
        questions=[question_view(each, questionnaire, sheet) for each in bound],
        form=QuestionsForm(formdata=None),
        errors=errors or [],
        spine_marks=chapter_spine(place.opened, questionnaire, sheet, current=shown.chapter.number),
        here=questionnaire.pages.index(shown),
    )


@dataclass(frozen=True, kw_only=True)
class ConflictView:
    """One answer that two people changed: what is stored, what they began from, and the form that holds mine."""

    question: QuestionView
    conflict: storage.Conflict
    asked: Question


def _render_conflicts(place: Place, conflicts: tuple[storage.Conflict, ...]) -> str:
    """A page with both texts for each answer in conflict. Its form is mine, made from the newest version, to edit and save."""
    by_ref = place.questionnaire.by_ref
    sheet, _ = storage.load_sheet(place.opened.id)
    views = []
    for conflict in conflicts:
        question = by_ref[conflict.ref]
        form = answer_form(question, conflict.mine, conflict.version, today=now().date())
        view = question_view(Bound(question=question, form=form), place.questionnaire, sheet)
        views.append(ConflictView(question=view, conflict=conflict, asked=question))
    return render_template(
        "questions/conflict.html",
        opened=place.opened,
        questionnaire=place.questionnaire,
        page=place.page,
        conflicts=views,
        form=QuestionsForm(formdata=None),
        address=place.address(),
    )


@blueprint.get("/a/<assessment_id>/<standard_id>/check/<chapter>")
@with_assessment
def check(opened: Opened, standard_id: str, chapter: str) -> str:
    """Show all answers of a chapter in words."""
    questionnaire = opened.questionnaire(standard_id)
    found = {each.number: each for each in questionnaire.chapters()}.get(chapter)
    if found is None:
        abort(404)
    sheet = opened.sheet()
    pages = [page for page in questionnaire.pages if page.chapter == found]
    chapters = list(questionnaire.chapters())
    following = chapters[chapters.index(found) + 1 :]
    first_of_next = next((each for each in questionnaire.pages if following and each.chapter == following[0]), None)
    return render_template(
        "questions/check.html",
        opened=opened,
        questionnaire=questionnaire,
        chapter=found,
        pages=pages,
        sheet=sheet,
        status=chapter_status(questionnaire, found, sheet),
        spine_marks=chapter_spine(opened, questionnaire, sheet, current=found.number),
        next_page=first_of_next,
    )
