"""The overview of an assessment, and what can be chosen for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, Form, HiddenField, RadioField, SelectChoice

from assessment.domain.answers import AnswerSheet
from assessment.domain.asked_first import asked_first
from assessment.domain.choices import CHOSEN, EDITION, ORGANISATION, PATH, Choices, field_of
from assessment.domain.library import Library
from assessment.domain.limits import LONGEST_NAME
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rights import Right
from assessment.domain.standard import Chapter, Edition, Standard
from assessment.reports.wording.paths import PATHS
from assessment.storage.choices import ChosenBefore, SavedChoices, chosen_before, save_choices
from assessment.web.organisation.chapters import Mark, Status, chapter_address, chapter_spine, chapter_status
from assessment.web.organisation.next_thing import MINUTES_A_QUESTION
from assessment.web.organisation.profile import group_status
from assessment.web.shell.changer import changer_in_words
from assessment.web.shell.context import AssessmentContext, library, now
from assessment.web.shell.done import lead_on
from assessment.web.shell.forms import FormError, PageForm, errors_of, line, normal_line, status_of
from assessment.web.shell.rights import NotAllowedError, with_assessment
from assessment.web.shell.session_cookie import renew
from assessment.web.starting.start import newest
from assessment.web.wording import organisation as wording
from assessment.web.wording.done import Done
from assessment.web.worksheets.parts import rows_of

blueprint = Blueprint("hub", __name__)

# The form of each standard.
Forms = Sequence[tuple[Standard, "ChoiceForm"]]


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
    sheet = opened.judged()
    profile = opened.profile()
    return render_template(
        "hub/show.html",
        opened=opened,
        parts=[_part(opened, questionnaire, sheet) for questionnaire in opened.questionnaires],
        groups=[(group, group_status(group, profile)) for group in library().profile],
        worksheets=rows_of(opened),
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


class ChoiceForm(Form):  # type: ignore[misc]
    """Whether a standard is part of the assessment, in which edition, on which path; and what the page showed of that."""

    chosen = BooleanField(wording.LOOK_AT_THIS)
    edition = RadioField(wording.EDITION)
    path = RadioField(wording.PATH)
    was_chosen = HiddenField()
    was_edition = HiddenField()
    was_path = HiddenField()


class ChoicesForm(PageForm):
    """The organisation's name; the choices for each standard have forms of their own inside."""

    organisation = line(wording.NAME, required=wording.NAME_MISSING, longest=LONGEST_NAME)
    was_organisation = HiddenField(filters=[normal_line])


PARTS = (CHOSEN, EDITION, PATH)


@blueprint.route("/a/<assessment_id>/choices", methods=["GET", "POST"])
@with_assessment(may=Right.PLAN)
def choices(opened: AssessmentContext) -> ResponseReturnValue:
    """Choose standards, editions and what is asked first; the owner renames the organisation. Answers stay in any case.

    Each field is taken from whoever changed it since the page was made; where two did, the page shows both.
    """
    name = opened.record.organisation
    outer = ChoicesForm(data={"organisation": name, "was_organisation": name})
    if not opened.may(Right.OWN):
        if request.form.get("organisation", name) != name:
            raise NotAllowedError(Right.OWN)
        del outer.organisation
    before = chosen_before(opened.id)
    forms = [(standard, _choice_form(standard, opened, before)) for standard in library().standards.values()]
    if request.method == "GET":
        return _choices_page(opened, outer, forms, [])
    right = [outer.validate(), *(form.validate() and _marks_what_is_new(standard, form) for standard, form in forms)]
    errors = [*outer.errors_to_show(), *(error for standard, form in forms for error in errors_of(form, standard.name))]
    if not any(form.chosen.data for _, form in forms):
        errors.append(FormError(href=f"#{forms[0][1].chosen.id}", text=wording.tick_a_standard()))
    if not all(right) or errors:
        return _choices_page(opened, outer, forms, errors), status_of(outer) if outer.errors else 422
    base, mine = _made_from(outer, forms, name), _wanted(outer, forms, name)
    saved = save_choices(opened.id, base=base, mine=mine, who=opened.record.who, at=now())
    if not saved.clashes:
        return lead_on(url_for("hub.show", assessment_id=opened.id), Done.SAVED)
    errors = _show_clashes(outer, forms, base, mine, saved, changer_in_words(chosen_before(opened.id).by))
    return _choices_page(opened, outer, forms, errors), 409


def _marks_what_is_new(standard: Standard, form: ChoiceForm) -> bool:
    """Refuse the path of what is new in an edition that supersedes none here, so that everything would be new."""
    edition = standard.edition(form.edition.data)
    if form.chosen.data and form.path.data == QuestionPath.NEW_IN_EDITION and not edition.supersedes:
        form.path.errors = [wording.nothing_marked_as_new(edition.name)]
        return False
    return True


def _choices_page(opened: AssessmentContext, outer: ChoicesForm, forms: Forms, errors: Sequence[FormError]) -> str:
    return render_template("hub/choices.html", opened=opened, form=outer, forms=forms, errors=errors, sizes=_sizes(library()))


def _made_from(outer: ChoicesForm, forms: Forms, organisation: str) -> Choices:
    """Return what the page showed when it was made. Of the name only the owner says something."""
    shown = {ORGANISATION: outer.was_organisation.data or "" if "organisation" in outer else organisation}
    for standard, form in forms:
        shown |= {field_of(standard.id, part): form[f"was_{part}"].data or "" for part in PARTS}
    return shown


def _wanted(outer: ChoicesForm, forms: Forms, organisation: str) -> Choices:
    """Return what was sent."""
    wanted = {ORGANISATION: outer.organisation.data if "organisation" in outer else organisation}
    for standard, form in forms:
        wanted |= {field_of(standard.id, part): _said(form, part) for part in PARTS}
    return wanted


def _said(form: ChoiceForm, part: str) -> str:
    return ("y" if form.chosen.data else "") if part == CHOSEN else str(form[part].data)


def _show_clashes(
    outer: ChoicesForm, forms: Forms, base: Choices, mine: Choices, saved: SavedChoices, who: str
) -> list[FormError]:
    """Show mine in each field that I changed, theirs elsewhere, and both at a clash; the next save is made from theirs."""
    errors = []
    theirs = saved.theirs
    fields = [(ORGANISATION, outer, ORGANISATION, "")] if "organisation" in outer else []
    fields += [(field_of(standard.id, part), form, part, standard.name) for standard, form in forms for part in PARTS]
    for name, form, part, about in fields:
        form[f"was_{part}"].data = theirs.get(name, "")
        if name in saved.clashes:
            text = wording.changed_meanwhile(who, _in_words(form, part, theirs.get(name, "")))
            form[part].errors = [text]
            errors.append(FormError(href=f"#{form[part].id}", text=text, about=about))
        elif mine[name] == base.get(name):
            form[part].data = theirs.get(name, "")
    return errors


def _in_words(form: Any, part: str, said: str) -> str:
    """Return what somebody chose as the page says it."""
    if part == CHOSEN:
        return wording.looked_at(chosen=bool(said))
    return next((str(choice.label) for choice in getattr(form[part], "choices", ()) if choice.value == said), said)


def _choice_form(standard: Standard, opened: AssessmentContext, before: ChosenBefore) -> ChoiceForm:
    present = next((chosen for chosen in opened.record.chosen if chosen.standard == standard.id), None)
    # A standard that is put back comes as it was.
    how = present or before.standards.get(standard.id) or newest(standard)
    if how.edition not in {edition.id for edition in standard.editions}:
        how = newest(standard)
    data = {CHOSEN: present is not None, EDITION: how.edition, PATH: how.path}
    shown = {"was_chosen": "y" if present else "", "was_edition": how.edition, "was_path": how.path}
    form = ChoiceForm(request.form if request.method == "POST" else None, prefix=f"{standard.id}-", data={**data, **shown})
    form.edition.choices = [SelectChoice(edition.id, edition.name) for edition in reversed(standard.editions)]
    form.path.choices = [SelectChoice(path.value, name) for path, name in _paths_of(standard)]
    return form


def _paths_of(standard: Standard) -> Iterator[tuple[QuestionPath, str]]:
    """Yield the paths that a standard offers, with their names: what is new only where an edition supersedes another."""
    newer = [edition.name for edition in standard.editions if edition.supersedes]
    for path, name in PATHS.items():
        if path is not QuestionPath.NEW_IN_EDITION:
            yield path, name
        elif newer:
            yield path, wording.only_in(name, newer)


def _sizes(content: Library) -> dict[str, dict[str, int]]:
    """Count how many questions of each standard's current edition each path asks first."""
    return {
        standard.id: {
            path.value: len(asked_first(content.questionnaire(standard.id, standard.current.id, path), AnswerSheet(), date.min))
            for path in QuestionPath
        }
        for standard in content.standards.values()
    }
