"""What templates need to show a question, worked out beforehand so that they compute nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import current_app, url_for
from markupsafe import Markup

from assessment.domain.answer_fields import Kind, further_fields
from assessment.domain.answers import AnswerSheet, State
from assessment.domain.library import Term
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.standard import Question
from assessment.web.questions.answer_form import AnswerForm, BoundAnswer, add_empty_row
from assessment.web.shell.context import AssessmentContext, library
from assessment.web.starting.glossary import terms_in
from assessment.web.wording import questions as wording


@dataclass(frozen=True, kw_only=True)
class RungView:
    """One rung as a radio button."""

    id: str
    title: str
    looks_like: str
    checked: bool
    field_id: str


@dataclass(frozen=True, kw_only=True)
class FieldView:
    """A field that is typed into, with the text as typed."""

    name: str
    value: str


@dataclass(frozen=True, kw_only=True)
class NotApplicableView:
    """The radio button "Does not apply", with its reason."""

    when: str
    checked: bool
    reason: FieldView


def question_addresses(opened: AssessmentContext) -> Callable[[Question], str]:
    """Return what gives the address of a question, for a page with many of them: those of one page begin alike."""

    @cache
    def of_page(standard: str, slug: str) -> str:
        return url_for("questions.page", assessment_id=opened.id, standard_id=standard, slug=slug)

    def address(question: Question) -> str:
        page = opened.questionnaire(question.standard).page_of(question)
        return f"{of_page(question.standard, page.slug)}#{question.id}"

    return address


@dataclass(frozen=True, kw_only=True)
class PrincipleLink:
    """A principle that a question carries; the address is seen from the question's page, whose assessment may be any."""

    title: str
    address: str


@dataclass(frozen=True, kw_only=True)
class QuestionView:
    """One question with its form, ready to be shown.

    A row of evidence is its title, where it is, and its date. ``further`` fields have no place of their own: each comes with
    what it is called and its kind, which is "area", or the type of an input.
    """

    anchor: str
    number: str
    asks: str
    hint: str
    why: str
    terms: tuple[Term, ...]
    principles: tuple[PrincipleLink, ...]
    evidence_examples: tuple[str, ...]
    tags: tuple[str, ...]
    field_name: str
    rungs: tuple[RungView, ...]
    unknown_checked: bool
    not_applicable: NotApplicableView | None
    who: FieldView
    note: FieldView
    evidence_name: str
    evidence_rows: tuple[tuple[FieldView, FieldView, FieldView], ...]
    last_done: FieldView | None
    further: tuple[tuple[str, str, FieldView], ...]
    version_name: str
    version: int
    errors: dict[str, str]
    carried: str
    history: str
    answered: bool
    has_more: bool


def question_view(bound: BoundAnswer, questionnaire: Questionnaire, sheet: AnswerSheet) -> QuestionView:
    """Prepare one question. Fields show what was typed, also where it could not be read."""
    question, form = bound.question, bound.form
    add_empty_row(form)
    chosen = form.answer.data
    return QuestionView(
        anchor=question.id,
        number=wording.clause_text(questionnaire, question),
        asks=question.asks,
        hint=question.hint,
        why=question.why,
        principles=tuple(
            PrincipleLink(title=principle.title, address=f"../principles/{principle.id}")
            for principle in questionnaire.standard.principles
            if principle.id in question.principles
        ),
        terms=terms_in(question.asks, question.hint, *question.looks_like.values()),
        evidence_examples=question.evidence,
        tags=_tags(bound),
        field_name=form.answer.name,
        rungs=tuple(
            RungView(
                id=step.rung.id,
                title=step.title,
                looks_like=question.looks_like[step.rung],
                checked=chosen == step.rung.id,
                field_id=f"{question.id}-{step.rung.id}",
            )
            for step in questionnaire.rules.ladder
        ),
        unknown_checked=chosen == State.UNKNOWN,
        not_applicable=_not_applicable(bound),
        who=_field(form.who),
        note=_field(form.note),
        evidence_name=form.evidence.id,
        evidence_rows=tuple((_field(row.form.title), _field(row.form.where), _field(row.form.dated)) for row in form.evidence),
        last_done=_field(form.last_done) if question.last_done is not None else None,
        further=_further(form),
        version_name=form.version.name,
        version=form.version.data or 0,
        errors={error.href[1:]: error.text for error in bound.errors()},
        carried=_carried_text(bound, sheet),
        history=f"../../history/{question.ref}",
        answered=chosen is not None,
        has_more=_has_more(form),
    )


def question_again(view: QuestionView) -> Markup:
    """Render a question as it was sent, with its errors."""
    macro = current_app.jinja_env.get_template("parts/question.html").module.question  # type: ignore[attr-defined]
    rendered: Markup = macro(view)
    return rendered


def _has_more(form: AnswerForm) -> bool:
    """Tell whether the fold with note and evidence holds something, so that it is open."""
    rows = [row.form for row in form.evidence]
    filled = any(row.title.data or row.where.data or row.dated.raw_data or row.dated.data for row in rows)
    filled = filled or any(form[field.name].data or form[field.name].errors for field in further_fields())
    wrong = bool(form.note.errors or form.evidence.errors or ("last_done" in form and form.last_done.errors))
    return bool(form.note.data or filled or wrong or ("last_done" in form and form.last_done.data))


_INPUTS = {Kind.TEXT: "area", Kind.LINE: "text", Kind.DATE: "date"}


def _further(form: AnswerForm) -> tuple[tuple[str, str, FieldView], ...]:
    shown = [(form[field.name], _INPUTS[field.kind]) for field in further_fields()]
    return tuple((str(field.label.text), kind, _field(field)) for field, kind in shown)


def _field(field: Any) -> FieldView:
    return FieldView(name=field.name, value=field._value())  # noqa: SLF001  # the text as typed


def _tags(bound: BoundAnswer) -> tuple[str, ...]:
    tags = [wording.essential()] if bound.question.essential else []
    return (*tags, wording.looked_at_in_stage_1()) if bound.question.stage == 1 else tuple(tags)


def _not_applicable(bound: BoundAnswer) -> NotApplicableView | None:
    if not bound.question.may_not_apply:
        return None
    form = bound.form
    return NotApplicableView(
        when=bound.question.may_not_apply,
        checked=form.answer.data == State.NOT_APPLICABLE,
        reason=_field(form.reason),
    )


def _carried_text(bound: BoundAnswer, sheet: AnswerSheet) -> str:
    source = library().questions.get(sheet.answer(bound.question).carried_from)
    if source is None:
        return ""
    return wording.taken_over_from(library().standards[source.standard].name, source.asks)
