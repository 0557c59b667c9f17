"""The overview of an assessment, and what can be chosen for it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, Form, RadioField, SelectChoice

from assessment.domain.answers import AnswerSheet
from assessment.domain.asked_first import asked_first
from assessment.domain.library import Library
from assessment.domain.limits import LONGEST_NAME
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Page, Questionnaire
from assessment.domain.rights import Right
from assessment.domain.standard import Chapter, Edition, Standard
from assessment.reports.wording.paths import PATHS
from assessment.storage.answers import last_changed
from assessment.storage.assessments import ChosenStandard, choose
from assessment.web.organisation.chapters import Mark, Status, chapter_address, chapter_spine, chapter_status
from assessment.web.organisation.profile import group_status
from assessment.web.shell.context import AssessmentContext, NotAllowedError, library, now, with_assessment
from assessment.web.shell.forms import FormError, PageForm, errors_of, line, status_of
from assessment.web.shell.session_cookie import renew
from assessment.web.wording import organisation as wording

blueprint = Blueprint("hub", __name__)

# Minutes for one question, by our own judgement: reading it and agreeing on a rung; in the full check also naming the evidence.
MINUTES_A_QUESTION = {
    QuestionPath.QUICK: 2,
    QuestionPath.FULL: 3,
    QuestionPath.NEW_IN_EDITION: 3,
    QuestionPath.AGAIN: 2,
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One chapter on the overview."""

    chapter: Chapter
    status: Status
    href: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """One standard on the overview."""

    questionnaire: Questionnaire
    rows: tuple[Row, ...]
    spine: tuple[Mark, ...]
    path: str
    newer: Edition | None
    more: int
    all: int
    full_minutes: int


@blueprint.get("/a/<assessment_id>/")
@with_assessment(may=Right.READ)
def show(opened: AssessmentContext) -> str:
    """Show what is where, how far everything is, and where to go on."""
    renew()
    sheet = opened.sheet()
    profile = opened.profile()
    return render_template(
        "hub/show.html",
        opened=opened,
        parts=[_part(opened, questionnaire, sheet) for questionnaire in opened.questionnaires],
        groups=[(group, group_status(group, profile)) for group in library().profile],
        left_off=_left_off(opened, sheet),
    )


def _part(opened: AssessmentContext, questionnaire: Questionnaire, sheet: AnswerSheet) -> Part:
    rows = tuple(
        Row(
            chapter=chapter,
            status=chapter_status(questionnaire, chapter, sheet),
            href=chapter_address(opened, questionnaire, chapter, sheet),
        )
        for chapter in questionnaire.chapters()
    )
    first = opened.asked_first(questionnaire)
    return Part(
        questionnaire=questionnaire,
        rows=rows,
        spine=chapter_spine(opened, questionnaire, sheet),
        path=wording.path_in_words(questionnaire.path, len(first), MINUTES_A_QUESTION[questionnaire.path] * len(first)),
        newer=next((e for e in questionnaire.standard.editions if e.supersedes == questionnaire.edition.id), None),
        full_minutes=MINUTES_A_QUESTION[QuestionPath.FULL] * len(questionnaire.questions),
        more=len(questionnaire.questions) - len(first),
        all=len(questionnaire.questions),
    )


def _left_off(opened: AssessmentContext, sheet: AnswerSheet) -> tuple[Questionnaire, Page] | None:
    """Return the page to go on with: the one changed last if something is open there, or the next one with something open."""
    pages = [(questionnaire, page) for questionnaire in opened.questionnaires for page in questionnaire.pages]
    last = last_changed(opened.id)
    at = next((i for i, (_, page) in enumerate(pages) if any(q.ref == last for q in page.questions)), None)
    if at is None:
        return None
    still_open = [
        (questionnaire, page, question)
        for questionnaire, page in pages[at:] + pages[:at]
        for question in page.questions
        if sheet.is_open(question)
    ]
    first = [entry for entry in still_open if entry[2].ref in opened.asked_first(entry[0])]
    return next(((questionnaire, page) for questionnaire, page, _ in (*first, *still_open)), None)


class ChoiceForm(Form):  # type: ignore[misc]
    """Whether a standard is part of the assessment, in which edition, and on which path."""

    chosen = BooleanField(wording.LOOK_AT_THIS)
    edition = RadioField(wording.EDITION)
    depth = RadioField(wording.PATH)


class ChoicesForm(PageForm):
    """The organisation's name; the choices for each standard have forms of their own inside."""

    organisation = line(wording.NAME, required=wording.NAME_MISSING, longest=LONGEST_NAME)


@blueprint.route("/a/<assessment_id>/choices", methods=["GET", "POST"])
@with_assessment(may=Right.PLAN)
def choices(opened: AssessmentContext) -> ResponseReturnValue:
    """Choose standards, editions and what is asked first; the owner renames the organisation. Answers stay in any case."""
    outer = ChoicesForm(data={"organisation": opened.record.organisation})
    organisation = opened.record.organisation
    if opened.may(Right.OWN):
        organisation = outer.organisation.data
    elif request.form.get("organisation", organisation) != organisation:
        raise NotAllowedError(Right.OWN)
    else:
        del outer.organisation
    forms = [(standard, _choice_form(standard, opened)) for standard in library().standards.values()]
    errors: list[FormError] = []
    if request.method == "POST":
        right = [outer.validate(), *(form.validate() for _, form in forms)]
        errors = [*outer.errors_to_show(), *(error for _, form in forms for error in errors_of(form))]
        if not any(form.chosen.data for _, form in forms):
            errors.append(FormError(href=f"#{forms[0][1].chosen.id}", text=wording.tick_a_standard()))
        if all(right) and not errors:
            chosen = [_chosen(standard, form) for standard, form in forms if form.chosen.data]
            choose(opened.id, organisation=organisation, chosen=chosen, who=opened.record.who, at=now())
            return redirect(url_for("hub.show", assessment_id=opened.id), 303)
    page = render_template("hub/choices.html", opened=opened, form=outer, forms=forms, errors=errors, sizes=_sizes(library()))
    return page, status_of(outer) if outer.errors else 422 if errors else 200


def _chosen(standard: Standard, form: Any) -> ChosenStandard:
    return ChosenStandard(standard=standard.id, edition=form.edition.data, depth=form.depth.data)


def _choice_form(standard: Standard, opened: AssessmentContext) -> ChoiceForm:
    present = next((chosen for chosen in opened.record.chosen if chosen.standard == standard.id), None)
    data = {
        "chosen": present is not None,
        "edition": present.edition if present else standard.current.id,
        "depth": present.depth if present else QuestionPath.QUICK.value,
    }
    form = ChoiceForm(request.form if request.method == "POST" else None, prefix=f"{standard.id}-", data=data)
    form.edition.choices = [SelectChoice(edition.id, edition.name) for edition in reversed(standard.editions)]
    form.depth.choices = [SelectChoice(path.value, name) for path, name in PATHS.items()]
    return form


def _sizes(content: Library) -> dict[str, dict[str, int]]:
    """Count how many questions of each standard's current edition each path asks first."""
    return {
        standard.id: {
            path.value: len(asked_first(content.questionnaire(standard.id, standard.current.id, path), AnswerSheet(), date.min))
            for path in QuestionPath
        }
        for standard in content.standards.values()
    }
