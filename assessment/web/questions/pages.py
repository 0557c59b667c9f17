"""Question pages, and checking the answers of a chapter."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from assessment.domain.rights import Right
from assessment.web.organisation.chapters import chapter_spine, chapter_status
from assessment.web.questions.place import Place
from assessment.web.questions.question_cache import question_html
from assessment.web.questions.saving import save
from assessment.web.questions.showing import show_form, show_to_read
from assessment.web.shell.context import AssessmentContext, with_assessment

blueprint = Blueprint("questions", __name__)


@blueprint.route("/a/<assessment_id>/<standard_id>/questions/<slug>", methods=["GET", "POST"])
@with_assessment(may=Right.READ, post=Right.ANSWER)
def page(opened: AssessmentContext, standard_id: str, slug: str) -> ResponseReturnValue:
    """Show and save the questions of one page; with ``one`` in the address, one question at a time."""
    questionnaire, shown = opened.page(standard_id, slug)
    one = next((question for question in shown.questions if question.id == request.args.get("one")), None)
    place = Place(opened=opened, questionnaire=questionnaire, page=shown, one=one)
    if request.method == "POST":
        return save(place)
    if not opened.may(Right.ANSWER):
        return show_to_read(place)
    return show_form(place, [question_html(questionnaire, question, opened.state) for question in place.questions])


@blueprint.get("/a/<assessment_id>/<standard_id>/check/<chapter>")
@with_assessment(may=Right.READ)
def check(opened: AssessmentContext, standard_id: str, chapter: str) -> str:
    """Show all answers of a chapter in words."""
    questionnaire = opened.questionnaire(standard_id)
    shown = {other.number: other for other in questionnaire.chapters()}.get(chapter)
    if shown is None:
        abort(404)
    sheet = opened.sheet()
    pages = [page for page in questionnaire.pages if page.chapter == shown]
    chapters = list(questionnaire.chapters())
    following = chapters[chapters.index(shown) + 1 :]
    first = opened.asked_first(questionnaire)
    first_of_next = next(
        (
            page
            for page in questionnaire.pages
            if page.chapter in following and any(each.ref in first for each in page.questions)
        ),
        None,
    )
    return render_template(
        "questions/check.html",
        opened=opened,
        questionnaire=questionnaire,
        chapter=shown,
        pages=pages,
        sheet=sheet,
        status=chapter_status(questionnaire, shown, sheet),
        spine_marks=chapter_spine(opened, questionnaire, sheet, current=shown.number),
        next_page=first_of_next,
    )
