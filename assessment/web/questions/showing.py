"""Question pages as they are shown: to be answered, to be read, and with what two people changed at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import render_template, request
from markupsafe import Markup

from assessment.domain.answers import Answer, evidence_room
from assessment.domain.standard import Question
from assessment.reports.wording.paths import PATHS
from assessment.storage.answers import load_sheet
from assessment.storage.merge_save import Conflict
from assessment.web.organisation.chapters import spine_html
from assessment.web.questions.answer_form import COMMON, BoundAnswer, QuestionsForm, answer_form
from assessment.web.questions.place import Place, questionnaire_with
from assessment.web.questions.question_view import QuestionView, question_view
from assessment.web.shell.context import library, now, own_today
from assessment.web.shell.forms import FormError
from assessment.web.shell.kept_forms import FormToCome
from assessment.web.wording.questions import clause_text, page_title


def show_form(
    place: Place,
    questions: Sequence[tuple[Question, Markup]],
    errors: Sequence[FormError] = (),
    left_over: Sequence[tuple[str, str]] = (),
    *,
    form: FormToCome | None = None,
    is_stored: bool = False,
) -> str:
    """Show questions, each rendered already, in a form: what the path asks first, the others folded unless there are errors.

    ``left_over`` are names and texts of fields that were sent and are about no question: they are shown, to be copied.
    ``form`` stands for the form of a page that is kept. ``is_stored``: what was sent is stored, only reasons are missing.
    """
    first = {question.ref for question in ([question for question, _ in questions] if errors else place.asked_first)}
    return render_template(
        "questions/page.html",
        opened=place.opened,
        questionnaire=place.questionnaire,
        page=place.page,
        questions=[html for question, html in questions if question.ref in first],
        further=[html for question, html in questions if question.ref not in first],
        form=form or QuestionsForm(formdata=None),
        errors=errors,
        left_over=left_over,
        is_stored=is_stored,
        spine=_spine(place),
        address=place.address(),
        place=place,
        path=PATHS[place.questionnaire.path],
        position=place.page.questions.index(place.one) + 1 if place.one else 0,
        title=page_title(place.page.title),
    )


def show_to_read(place: Place) -> str:
    """Show questions and answers to whoever may not change them."""
    return render_template(
        "questions/read.html",
        opened=place.opened,
        questionnaire=place.questionnaire,
        page=place.page,
        place=place,
        path=PATHS[place.questionnaire.path],
        questions=place.questions,
        spine=_spine(place),
        title=page_title(place.page.title),
        clause_text=clause_text,
    )


def _spine(place: Place) -> Markup:
    questionnaire, chapter = place.questionnaire, place.page.chapter
    return place.opened.state.get_or_compute(
        (
            "spine",
            now().date(),
            questionnaire.standard.id,
            questionnaire.edition.id,
            questionnaire.path,
            chapter.number,
            request.script_root,
        ),
        lambda: spine_html(place.opened, questionnaire, place.opened.judged(), current=chapter.number),
    )


@dataclass(frozen=True, kw_only=True)
class ConflictView:
    """One answer that was changed twice: what is stored, what both began from, the form, and what I ``said`` in it.

    ``is_own`` says that it was changed under the same name: in another tab or browser of mine, or of whoever has my link.
    """

    question: QuestionView
    conflict: Conflict[Answer]
    asked: Question
    said: Answer
    is_own: bool


def show_conflicts(place: Place, conflicts: Sequence[Conflict[Answer]], said: Mapping[str, Answer] | None = None) -> str:
    """Show both texts for each answer in conflict. The form holds mine, made from the newest version, to edit and save.

    ``said`` are my answers by ref as they were before theirs was joined to them, where that was done.
    """
    sheet, _ = load_sheet(place.opened.id)
    views: list[ConflictView] = []
    errors: list[FormError] = []
    for conflict in conflicts:
        question = library().questions[conflict.key]
        form = answer_form(question, conflict.mine, conflict.version, today=own_today(), strict=False)
        form.evidence_room = evidence_room(conflict.theirs)
        form.validate()
        answer = BoundAnswer(question=question, form=form)
        errors += answer.errors()
        view = question_view(answer, questionnaire_with(place.questionnaire, question), sheet)
        views.append(
            ConflictView(
                question=view,
                conflict=conflict,
                asked=question,
                said=(said or {}).get(conflict.key, conflict.mine),
                is_own=conflict.changed_by == place.opened.record.who,
            )
        )
    return render_template(
        "questions/conflict.html",
        opened=place.opened,
        questionnaire=place.questionnaire,
        page=place.page,
        conflicts=views,
        are_own=all(view.is_own for view in views),
        errors=errors,
        form=QuestionsForm(formdata=None),
        address=place.address(),
        common=COMMON,
    )
