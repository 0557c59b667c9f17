"""What templates need to show a question, worked out beforehand so that they compute nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, request, url_for
from markupsafe import Markup

from assessment.domain.answers import Answer, AnswerSheet, State
from assessment.domain.library import Term
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.standard import Question
from assessment.web.answer_form import AnswerForm, Bound, EvidenceForm, add_empty_row, answer_form, clause_text
from assessment.web.browser import Opened, library, now
from assessment.web.glossary import terms_in
from assessment.web.known import Known


@dataclass(frozen=True, kw_only=True)
class RungView:
    """One rung as a radio button."""

    id: str
    title: str
    looks_like: str
    checked: bool
    field_id: str


@dataclass(frozen=True, kw_only=True)
class NotApplicableView:
    """The radio button "Does not apply", with its reason."""

    when: str
    checked: bool
    reason_name: str
    reason_value: str


@dataclass(frozen=True, kw_only=True)
class EvidenceView:
    """The three fields of one piece of evidence."""

    title_name: str
    title_value: str
    where_name: str
    where_value: str
    dated_name: str
    dated_value: str


def question_address(opened: Opened, question: Question) -> str:
    """Where a question of a chosen questionnaire is answered."""
    questionnaire = opened.questionnaire(question.standard)
    page = next(page for page in questionnaire.pages if question in page.questions)
    return url_for(
        "questions.page", assessment_id=opened.id, standard_id=question.standard, slug=page.slug, _anchor=question.id
    )


@dataclass(frozen=True, kw_only=True)
class QuestionView:
    """One question with its form, ready to be shown."""

    anchor: str
    number: str
    asks: str
    hint: str
    why: str
    terms: tuple[Term, ...]
    evidence_examples: tuple[str, ...]
    tags: tuple[str, ...]
    field_name: str
    rungs: tuple[RungView, ...]
    unknown_checked: bool
    not_applicable: NotApplicableView | None
    who_name: str
    who_value: str
    note_name: str
    note_value: str
    evidence_rows: tuple[EvidenceView, ...]
    last_done_name: str | None
    last_done_value: str
    version_name: str
    version: int
    clear_name: str
    clear_value: str
    errors: dict[str, str]
    carried: str
    history: str
    answered: bool
    has_more: bool


def question_view(bound: Bound, questionnaire: Questionnaire, sheet: AnswerSheet) -> QuestionView:
    """Prepare one question. Fields show what was typed, also where it could not be read."""
    question, form = bound.question, bound.form
    add_empty_row(form)
    chosen = form.answer.data
    has_date = question.last_done is not None
    return QuestionView(
        anchor=question.id,
        number=clause_text(questionnaire, question),
        asks=question.asks,
        hint=question.hint,
        why=question.why,
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
        who_name=form.who.name,
        who_value=form.who.data or "",
        note_name=form.note.name,
        note_value=form.note.data or "",
        evidence_rows=tuple(_evidence_row(row.form) for row in form.evidence),
        last_done_name=form.last_done.name if has_date else None,
        last_done_value=form.last_done._value() if has_date else "",  # noqa: SLF001  # the text as typed
        version_name=form.version.name,
        version=form.version.data or 0,
        clear_name="clear",
        clear_value=question.id,
        errors={error.href[1:]: error.text for error in bound.errors()},
        carried=_carried_text(bound, sheet),
        history=f"../../history/{question.ref}",
        answered=chosen is not None,
        has_more=_has_more(form),
    )


def question_again(view: QuestionView) -> Markup:
    """A question as it was sent, with what is to mend."""
    macro = current_app.jinja_env.get_template("parts/question.html").module.question  # type: ignore[attr-defined]
    rendered: Markup = macro(view)
    return rendered


def question_html(questionnaire: Questionnaire, question: Question, known: Known) -> Markup:
    """A question with its stored answer. Rendered once for each answer, so that an empty one is the same for everybody."""
    rendered: Callable[..., Markup] = current_app.extensions["question-html"]
    answer, version = known.sheet.answer(question), known.versions.get(question.ref, 0)
    return rendered(questionnaire.standard.id, questionnaire.edition.id, question.ref, answer, version, request.script_root)


def render_question(standard: str, edition: str, ref: str, answer: Answer, version: int, _root: str) -> Markup:
    """What `question_html` keeps. The root of all addresses takes part because the question links to the glossary."""
    questionnaire = library().questionnaire(standard, edition, QuestionPath.FULL)
    question = library().questions[ref]
    form = answer_form(question, answer, version, today=now().date())
    sheet = AnswerSheet(answers={ref: answer})
    return question_again(question_view(Bound(question=question, form=form), questionnaire, sheet))


def _has_more(form: AnswerForm) -> bool:
    """Whether the fold with note and evidence holds something, so that it is open."""
    rows = [row.form for row in form.evidence]
    filled = any(row.title.data or row.where.data or row.dated.raw_data or row.dated.data for row in rows)
    wrong = bool(form.note.errors or form.evidence.errors or ("last_done" in form and form.last_done.errors))
    return bool(form.note.data or filled or wrong or ("last_done" in form and form.last_done.data))


def _tags(bound: Bound) -> tuple[str, ...]:
    tags = ["Looked at in stage 1"] if bound.question.stage == 1 else []
    return ("Essential", *tags) if bound.question.essential else tuple(tags)


def _not_applicable(bound: Bound) -> NotApplicableView | None:
    if not bound.question.may_not_apply:
        return None
    form = bound.form
    return NotApplicableView(
        when=bound.question.may_not_apply,
        checked=form.answer.data == State.NOT_APPLICABLE,
        reason_name=form.reason.name,
        reason_value=form.reason.data or "",
    )


def _evidence_row(row: EvidenceForm) -> EvidenceView:
    return EvidenceView(
        title_name=row.title.name,
        title_value=row.title.data or "",
        where_name=row.where.name,
        where_value=row.where.data or "",
        dated_name=row.dated.name,
        dated_value=row.dated._value(),  # noqa: SLF001  # the text as typed
    )


def _carried_text(bound: Bound, sheet: AnswerSheet) -> str:
    source = library().questions.get(sheet.answer(bound.question).carried_from)
    if source is None:
        return ""
    return f"Taken over from {library().standards[source.standard].name}: {source.asks}"
