"""The profile: what the organisation says about itself."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, IntegerField, RadioField, SelectChoice, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from assessment.domain.entries import day_or_none
from assessment.domain.profile import Profile, ProfileGroup, ProfileKind, ProfileQuestion
from assessment.domain.rights import Right
from assessment.storage.merge_save import Conflict, Proposed
from assessment.storage.profiles import Values, load_profile, save_profile
from assessment.web.organisation.certificates import (
    certificate_fields,
    certificate_values,
    certificates_in_words,
    refuse_without_edition,
)
from assessment.web.organisation.chapters import Status
from assessment.web.shell.changer import changer_in_words
from assessment.web.shell.context import AssessmentContext, library, now
from assessment.web.shell.done import lead_on
from assessment.web.shell.forms import PageForm, PlainDateField, PlainNumberField, paragraph, status_of
from assessment.web.shell.idempotency import idempotency_key
from assessment.web.shell.rights import with_assessment
from assessment.web.wording import organisation as wording
from assessment.web.wording.done import Done
from assessment.web.wording.forms import NOT_KNOWN_YET, VERSION
from assessment.web.wording.questions import STATUSES, counts

blueprint = Blueprint("profile", __name__)

NONE_OF_THEM = "none"


def group_status(group: ProfileGroup, profile: Profile) -> Status:
    """Tell how far one page of the profile is."""
    done = sum(profile.get(question.id) is not None for question in group.questions)
    status = "completed" if done == len(group.questions) else "in-progress" if done else "not-started"
    return Status(
        id=status,
        text=STATUSES[status],
        counts=counts(done, len(group.questions)),
    )


class ProfileForm(PageForm):
    """The questions of one page of the profile; `profile_form` adds a field for each."""


def profile_form(group: ProfileGroup, profile: Profile, versions: dict[str, int]) -> ProfileForm:
    """Build the form of one group: for each question its fields, and the version they were rendered with."""
    fields: dict[str, Any] = {}
    data: dict[str, Any] = {}
    for question in group.questions:
        values = profile.get(question.id)
        for name, field, value in _fields(question, values):
            fields[name] = field
            data[name] = value
        fields[_version_name(question)] = IntegerField(VERSION, [Optional()])
        data[_version_name(question)] = versions.get(question.id, 0)
    built: type[ProfileForm] = type("GroupForm", (ProfileForm,), fields)
    return built(data=data)


def _version_name(question: ProfileQuestion) -> str:
    return f"{question.id}-version"


def _fields(question: ProfileQuestion, values: tuple[str, ...] | None) -> Iterable[tuple[str, Any, Any]]:
    """Yield name, field and present value of each field a profile question needs."""
    first = values[0] if values else None
    match question.kind:
        case ProfileKind.CHOICE:
            yield question.id, _radios(question), first or ""
        case ProfileKind.NUMBER:
            yield question.id, PlainNumberField(question.asks, validators=[Optional()], description=question.hint), first
        case ProfileKind.TEXT:
            yield question.id, paragraph(question.asks, hint=question.hint), first or ""
        case ProfileKind.DATES:
            by_standard = dict(value.split("=", 1) for value in values or ())
            for standard in library().standards.values():
                field = PlainDateField(wording.by_standard(standard.name), [Optional()])
                yield f"{question.id}-{standard.id}", field, day_or_none(by_standard.get(standard.id, ""))
        case ProfileKind.CERTIFICATES:
            yield from certificate_fields(question.id, values)
        case ProfileKind.MANY | ProfileKind.STANDARDS:
            yield question.id, _checkboxes(question), list(values) if values else [NONE_OF_THEM] if values == () else []


def _radios(question: ProfileQuestion) -> Any:
    choices = [SelectChoice(choice.id, choice.text) for choice in question.choices]
    return RadioField(
        question.asks, [Optional()], choices=[*choices, SelectChoice("", NOT_KNOWN_YET)], description=question.hint
    )


def _checkboxes(question: ProfileQuestion) -> Any:
    offered = (
        [SelectChoice(standard.id, standard.name) for standard in library().standards.values()]
        if question.kind is ProfileKind.STANDARDS
        else [SelectChoice(choice.id, choice.text) for choice in question.choices]
    )
    return SelectMultipleField(
        question.asks,
        [Optional()],
        choices=[*offered, SelectChoice(NONE_OF_THEM, wording.NONE_OF_THESE)],
        description=question.hint,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


def _values(question: ProfileQuestion, form: Form) -> tuple[str, ...] | None:
    """Return what the form says for one question; ``None`` for not answered."""
    if question.kind is ProfileKind.DATES:
        days = {standard: form[f"{question.id}-{standard}"].data for standard in library().standards}
        return tuple(f"{standard}={day.isoformat()}" for standard, day in days.items() if day is not None)
    if question.kind is ProfileKind.CERTIFICATES:
        return certificate_values(question.id, form)
    value = form[question.id].data
    if value in (None, "", []):
        return None
    if isinstance(value, list):
        return tuple(choice for choice in value if choice != NONE_OF_THEM)
    return (str(value),)


@blueprint.route("/a/<assessment_id>/profile/<group_id>", methods=["GET", "POST"])
@with_assessment(may=Right.READ, post=Right.ANSWER)
def group(opened: AssessmentContext, group_id: str) -> ResponseReturnValue:
    """Show and save one page of the profile."""
    groups = {shown.id: shown for shown in library().profile}
    if group_id not in groups:
        abort(404)
    shown = groups[group_id]
    profile, versions = load_profile(opened.id)
    form = profile_form(shown, profile, dict(versions))
    if request.method == "POST" and form.validate() and _holds_together(shown, form):
        asked = [
            Proposed(
                key=question.id,
                value=_values(question, form),
                base_version=form[_version_name(question)].data or 0,
            )
            for question in shown.questions
        ]
        saved = save_profile(opened.id, asked, who=opened.record.who, at=now(), idempotency_key=idempotency_key())
        if saved.conflicts:
            _mark_conflicts(form, saved.conflicts)
            return _render(opened, shown, form), 409
        return lead_on(_next_address(opened, shown), Done.SAVED)
    return _render(opened, shown, form), status_of(form)


def _holds_together(group: ProfileGroup, form: ProfileForm) -> bool:
    """Refuse "none of these" together with one of them, and what is told of a certificate that is not chosen."""
    for question in group.questions:
        if question.kind is ProfileKind.CERTIFICATES:
            refuse_without_edition(question.id, form)
        value = form[question.id].data if question.id in form else None
        if isinstance(value, list) and NONE_OF_THEM in value and len(value) > 1:
            form[question.id].errors = [wording.tick_none_alone()]
    return not form.errors


def _mark_conflicts(form: ProfileForm, conflicts: Iterable[Conflict[Values]]) -> None:
    """Say at each field what somebody else saved meanwhile; the next save is made from that version."""
    for conflict in conflicts:
        question = library().profile_questions[conflict.key]
        message = wording.changed_meanwhile(changer_in_words(conflict.changed_by), values_in_words(question, conflict.theirs))
        name = next(name for name in form._fields if name == question.id or name.startswith(f"{question.id}-"))
        form[name].errors = [message]
        form[_version_name(question)].raw_data = None
        form[_version_name(question)].data = conflict.version


def values_in_words(question: ProfileQuestion, values: tuple[str, ...] | None) -> str:
    """Return an answer of the profile as people read it."""
    if values is None:
        return wording.not_answered()
    texts = {choice.id: choice.text for choice in question.choices}
    texts |= {standard.id: standard.name for standard in library().standards.values()}
    if question.kind is ProfileKind.DATES:
        pairs = (value.split("=", 1) for value in values)
        return ", ".join(wording.by_day(texts.get(name, name), day) for name, day in pairs) or wording.no_deadline()
    if question.kind is ProfileKind.CERTIFICATES:
        return certificates_in_words(values)
    return ", ".join(texts.get(value, value) for value in values) or wording.none_of_these()


def _next_address(opened: AssessmentContext, group: ProfileGroup) -> str:
    if request.form.get("save") == "later":
        return url_for("hub.show", assessment_id=opened.id)
    groups = library().profile
    following = groups[groups.index(group) + 1 :]
    if following:
        return url_for("profile.group", assessment_id=opened.id, group_id=following[0].id)
    return url_for("results.advice", assessment_id=opened.id)


def _render(opened: AssessmentContext, group: ProfileGroup, form: ProfileForm) -> str:
    return render_template(
        "profile/group.html",
        opened=opened,
        group=group,
        form=form,
        errors=form.errors_to_show(named=True),
        kinds=ProfileKind,
        told=[(question.asks, values_in_words(question, opened.profile().get(question.id))) for question in group.questions],
        version_names={question.id: _version_name(question) for question in group.questions},
        standards=library().standards,
        position=library().profile.index(group) + 1,
        total=len(library().profile),
    )
