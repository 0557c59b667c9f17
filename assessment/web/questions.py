"""Question pages, checking the answers of a chapter, and what happens when two people change one answer."""

from dataclasses import dataclass, replace

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from assessment import storage
from assessment.domain.answers import AnswerSheet
from assessment.domain.questionnaire import Page, Questionnaire
from assessment.domain.standard import Question
from assessment.web.answer_form import (
    COMMON,
    Bound,
    QuestionsForm,
    about,
    answer_form,
    bind,
    cleared,
    submissions,
    unknown_fields,
)
from assessment.web.browser import Opened, now, with_assessment
from assessment.web.chapters import chapter_spine, chapter_status, spine_html
from assessment.web.errors import wants_json
from assessment.web.forms import TOKEN_ERROR, FormError, is_token_right
from assessment.web.once import once
from assessment.web.page_titles import page_title
from assessment.web.views import QuestionView, question_again, question_html, question_view

blueprint = Blueprint("questions", __name__)


@dataclass(frozen=True, kw_only=True)
class Place:
    """The question page a request is about; ``one`` is the question shown where people answer one at a time."""

    opened: Opened
    questionnaire: Questionnaire
    page: Page
    one: Question | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is shown and saved here."""
        return (self.one,) if self.one else self.page.questions

    def address(self, anchor: str | None = None) -> str:
        """The address of the page, or of one question on it."""
        return url_for(
            "questions.page",
            assessment_id=self.opened.id,
            standard_id=self.questionnaire.standard.id,
            slug=self.page.slug,
            one=self.one.id if self.one else None,
            _anchor=anchor,
        )

    def neighbour(self, step: int) -> "Place | None":
        """The place ``step`` questions on (or back), where one question is shown at a time, within the chapter."""
        line = [
            (page, each) for page in self.questionnaire.pages for each in page.questions if page.chapter == self.page.chapter
        ]
        at = next((position for position, (_, each) in enumerate(line) if each is self.one), -1) + step
        if self.one is None or not 0 <= at < len(line):
            return None
        return replace(self, page=line[at][0], one=line[at][1])

    def switched(self) -> "Place":
        """The same questions the other way: all of the page, or the first open one of them."""
        if self.one:
            return replace(self, one=None)
        sheet = self.opened.sheet()
        return replace(self, one=next((each for each in self.page.questions if sheet.is_open(each)), self.page.questions[0]))

    def after(self) -> str:
        """Where "Save and continue" leads: the next question or page of the chapter, or the check of its answers."""
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


@blueprint.route("/a/<assessment_id>/<standard_id>/questions/<slug>", methods=["GET", "POST"])
@with_assessment
def page(opened: Opened, standard_id: str, slug: str) -> ResponseReturnValue:
    """Show and save the questions of one page; with ``one`` in the address, one question at a time."""
    questionnaire, shown = opened.page(standard_id, slug)
    asked_for = request.args.get("one")
    one = next((each for each in shown.questions if each.id == asked_for), None)
    place = Place(opened=opened, questionnaire=questionnaire, page=shown, one=one)
    if request.method == "GET":
        return _render(place, [question_html(questionnaire, each, opened.known) for each in place.questions])
    return _save(place)


def _save(place: Place) -> ResponseReturnValue:
    typed = request.form
    # A reason that is missing elsewhere does not stand in the way of taking an answer back.
    strict = typed.get("save") != "later" and not typed.get("clear")
    # Our own script sends one question; a form has all of its page, and comes back with all of them.
    named = {about(name) for name in typed}
    shown = [each for each in place.page.questions if each.id in named] if wants_json() else place.questions
    sheet, versions = storage.load_some(place.opened.id, [each.ref for each in shown])
    bound = bind(shown, sheet, versions, typed, named=named, today=now().date(), strict=strict)
    valid = [each.form.validate() for each in bound]
    token_right = is_token_right()
    strangers = unknown_fields(place.page, typed)
    errors = [
        *([] if token_right else [TOKEN_ERROR]),
        *_stranger_errors(strangers),
        *(error for each in bound for error in each.errors()),
    ]
    if errors or not all(valid) or not token_right:
        code = 422 if token_right else 400
        if wants_json():
            return {"errors": [each.text for each in errors]}, code
        again = [question_again(question_view(each, place.questionnaire, sheet)) for each in bound]
        return _render(place, again, errors), code
    bound = tuple(each for each in bound if each.question.id in named)
    if typed.get("join"):
        return _joined(place, bound, sheet, typed)
    saved = storage.save_answers(
        place.opened.id, _asked_for(bound, sheet, typed), who=place.opened.record.who, at=now(), once=once()
    )
    if wants_json():
        return _told(saved), 409 if saved.conflicts else 200
    if saved.conflicts:
        return _render_conflicts(place, saved.conflicts), 409
    return redirect(_next_address(place, typed), 303)


def _told(saved: storage.SaveResult) -> dict[str, object]:
    """The outcome of a save for our own script: the version of each question by its id, and which are in conflict."""
    reached = {ref.partition("/")[2]: version for ref, version in {**saved.unchanged, **saved.saved}.items()}
    return {"saved": reached, "conflicts": [each.ref.partition("/")[2] for each in saved.conflicts]}


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


def _render(place: Place, questions: list[Markup], errors: list[FormError] | None = None) -> str:
    questionnaire, shown = place.questionnaire, place.page
    return render_template(
        "questions/page.html",
        opened=place.opened,
        questionnaire=questionnaire,
        page=shown,
        questions=questions,
        form=QuestionsForm(formdata=None),
        errors=errors or [],
        spine=place.opened.known.once(
            (
                "spine",
                place.opened.id,
                questionnaire.edition.id,
                questionnaire.path,
                shown.chapter.number,
                request.script_root,
            ),
            lambda: spine_html(place.opened, questionnaire, place.opened.sheet(), current=shown.chapter.number),
        ),
        address=place.address(),
        place=place,
        position=shown.questions.index(place.one) + 1 if place.one else 0,
        title=page_title(shown.title),
    )


def _joined(place: Place, bound: tuple[Bound, ...], sheet: AnswerSheet, typed: "MultiDict[str, str]") -> ResponseReturnValue:
    """Show the conflict again; the form has both notes and the evidence of both for the answer whose button was pressed."""
    conflicts = []
    for each in bound:
        mine, theirs = each.form.to_answer(sheet.answer(each.question)), sheet.answer(each.question)
        if each.question.id == typed["join"]:
            notes = dict.fromkeys(text for text in (theirs.note, mine.note) if text)
            evidence = tuple(dict.fromkeys((*theirs.evidence, *mine.evidence)))
            mine = replace(mine, note="\n\n".join(notes), evidence=evidence)
        common = typed.get(f"{each.question.id}-{COMMON}", 0, type=int)
        submission = storage.Submission(ref=each.question.ref, answer=mine, base_version=common)
        conflicts.append(storage.conflict_of(place.opened.id, submission))
    return _render_conflicts(place, tuple(conflicts)), 409


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
        common=COMMON,
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
