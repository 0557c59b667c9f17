"""Question pages, and checking the answers of a chapter."""

from collections.abc import Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rights import Right
from assessment.domain.standard import Chapter, Question
from assessment.reports.wording.paths import PATHS
from assessment.web.organisation.chapters import chapter_spine, chapter_status, counts_of
from assessment.web.questions.answer_form import QuestionsForm, named_in
from assessment.web.questions.place import Place, place_of, place_sent_from
from assessment.web.questions.question_cache import question_html
from assessment.web.questions.question_view import question_addresses
from assessment.web.questions.saving import save
from assessment.web.questions.sections import Refused, SectionView, save_section, sections_of
from assessment.web.questions.showing import show_form, show_to_read
from assessment.web.shell.context import AssessmentContext, library
from assessment.web.shell.forms import FormError
from assessment.web.shell.kept_forms import cached_form_page
from assessment.web.shell.rights import with_assessment

blueprint = Blueprint("questions", __name__)


@blueprint.route("/a/<assessment_id>/<standard_id>/questions/<slug>", methods=["GET", "POST"])
@with_assessment(may=Right.READ, post=Right.ANSWER)
def page(opened: AssessmentContext, standard_id: str, slug: str) -> ResponseReturnValue:
    """Show and save the questions of one page; with ``one`` in the address, one question at a time."""
    if request.method == "POST":
        named = named_in(request.form)
        return save(place_sent_from(opened, standard_id, slug, named), named)
    place = place_of(opened, standard_id, slug)
    if not opened.may(Right.ANSWER):
        return show_to_read(place)
    if place.page.slug != slug:  # an old address, which the page itself may name
        return show_form(place, _asked(place))
    name = f"question page {standard_id} {slug} {place.one.id if place.one else ''}"
    return cached_form_page(opened, name, QuestionsForm(formdata=None), lambda form: show_form(place, _asked(place), form=form))


def _asked(place: Place) -> list[tuple[Question, Markup]]:
    return [(question, question_html(place.questionnaire, question, place.opened.state)) for question in place.questions]


@blueprint.get("/a/<assessment_id>/<standard_id>/kept")
@with_assessment(may=Right.READ)
def kept(opened: AssessmentContext, standard_id: str) -> ResponseReturnValue:
    """Show answers that were saved and are not asked for now: edition or standards changed while their page was open."""
    standard = library().standards.get(standard_id)
    if standard is None:
        abort(404)
    asked = next((chosen for chosen in opened.questionnaires if chosen.standard is standard), None)
    ids = set(request.args.getlist("question"))
    wanted = [question for question in standard.questions if question.id in ids]
    unasked = [question for question in wanted if asked is None or question.ref not in asked.by_ref]
    if not unasked:  # by now they are asked again
        return redirect(url_for("hub.show", assessment_id=opened.id), 303)
    return render_template(
        "questions/kept.html",
        opened=opened,
        standard=standard,
        asked=asked,
        questions=unasked,
        sheet=opened.sheet(),
        rules=library().rules,
    )


@blueprint.route("/a/<assessment_id>/<standard_id>/check/<chapter>", methods=["GET", "POST"])
@with_assessment(may=Right.READ, post=Right.ANSWER)
def check(opened: AssessmentContext, standard_id: str, chapter: str) -> ResponseReturnValue:
    """Show all answers of a chapter in words; leave out a whole section of it with one reason, or take that back."""
    questionnaire = opened.questionnaire(standard_id)
    shown = {other.number: other for other in questionnaire.chapters()}.get(chapter)
    if shown is None:
        abort(404)
    if request.method == "GET":
        return _check(opened, questionnaire, shown, sections_of(opened, questionnaire, shown))
    outcome = save_section(opened, questionnaire, shown)
    if not isinstance(outcome, Refused):
        return outcome
    return _check(opened, questionnaire, shown, outcome.sections, outcome.errors), outcome.status


@blueprint.get("/a/<assessment_id>/<standard_id>/check")
@with_assessment(may=Right.READ)
def check_path(opened: AssessmentContext, standard_id: str) -> str:
    """Show in words what a path asked first, chapter by chapter, and what comes after it."""
    questionnaire = opened.questionnaire(standard_id)
    first, sheet = opened.asked_first(questionnaire), opened.sheet()
    asked = [question for question in questionnaire.questions if question.ref in first]
    return render_template(
        "questions/check_path.html",
        opened=opened,
        questionnaire=questionnaire,
        chapters=[
            (chapter, asked_here)
            for chapter in questionnaire.chapters()
            if (asked_here := [question for question in asked if question.chapter == chapter.number])
        ],
        address=question_addresses(opened),
        sheet=sheet,
        counts=counts_of(asked, sheet),
        path=PATHS[questionnaire.path],
        spine_marks=chapter_spine(opened, questionnaire, opened.judged()),
    )


def _check(
    opened: AssessmentContext,
    questionnaire: Questionnaire,
    shown: Chapter,
    sections: Sequence[SectionView],
    errors: Sequence[FormError] = (),
) -> str:
    sheet = opened.sheet()
    pages = [page for page in questionnaire.pages if page.chapter == shown]
    chapters = list(questionnaire.chapters())
    following = chapters[chapters.index(shown) + 1 :]
    first = opened.asked_first(questionnaire)
    first_of_next = next(
        (
            page
            for page in questionnaire.pages
            if page.chapter in following and (questionnaire.path_pages or any(each.ref in first for each in page.questions))
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
        spine_marks=chapter_spine(opened, questionnaire, opened.judged(), current=shown.number),
        next_page=first_of_next,
        sections=sections,
        errors=errors,
        form=QuestionsForm(formdata=None),
    )
