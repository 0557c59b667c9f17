"""The form of one answer, built from its question, and the page form that holds several."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form, FormField, IntegerField, RadioField, SelectChoice, ValidationError
from wtforms.validators import Optional

from assessment.domain.answers import Answer, AnswerSheet, Evidence, State
from assessment.domain.questionnaire import Page, Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.standard import Question
from assessment.storage.answers import Submission
from assessment.translation import gettext, lazy_gettext, ngettext
from assessment.web.shell.forms import FormError, PageForm, PlainDateField, errors_of, line, paragraph
from assessment.web.shell.idempotency import FOLLOWS, SAVE_KEY
from assessment.web.wording.forms import CHOOSE_ONE_SHOWN, VERSION

MOST_EVIDENCE = 10


class EvidenceForm(Form):  # type: ignore[misc]
    """One piece of evidence."""

    title = line(lazy_gettext("What it is"))
    where = line(lazy_gettext("Where to find it"))
    dated = PlainDateField(lazy_gettext("Its date"), [Optional()])

    def validate_title(self, field: Any) -> None:
        """Ask for the name of evidence that has a place or a date."""
        if not field.data and (self.where.data or self.dated.data):
            raise ValidationError(gettext("Say what the evidence is, or empty its other fields."))


class AnswerForm(Form):  # type: ignore[misc]
    """The answer to one question, with the version it was rendered with."""

    answer = RadioField(lazy_gettext("Your answer"), [Optional()], validate_choice=False)
    who = line(lazy_gettext("Who could know?"))
    reason = paragraph(lazy_gettext("Why does it not apply?"))
    note = paragraph(lazy_gettext("Note"))
    evidence = FieldList(FormField(EvidenceForm), max_entries=MOST_EVIDENCE)
    last_done = PlainDateField(lazy_gettext("When was it last done?"), [Optional()])
    version = IntegerField(VERSION, [Optional()])

    # Set by `answer_form`, before anything is read.
    offered: tuple[str, ...]
    strict: bool
    today: date

    def validate_answer(self, field: Any) -> None:
        """Take only what this question offers."""
        if field.data is not None and field.data not in self.offered:
            raise ValidationError(CHOOSE_ONE_SHOWN)

    def validate_reason(self, field: Any) -> None:
        """Ask for a reason where "does not apply" is chosen; not when the page is only put aside."""
        if self.strict and self.answer.data == State.NOT_APPLICABLE and not field.data:
            raise ValidationError(gettext("Say why this does not apply to you. Without a reason it stays open."))

    def validate_last_done(self, field: Any) -> None:
        """Refuse a day that is still to come."""
        if field.data is not None and field.data > self.today:
            raise ValidationError(gettext("The day it was last done is still to come. Give a day in the past."))

    def to_answer(self, stored: Answer) -> Answer:
        """Return the answer as typed. Where it was carried from is kept as long as the rung stays."""
        rung = Rung.of(self.answer.data) if self.answer.data in _RUNGS else None
        state = State.RUNG if rung is not None else State(self.answer.data or State.UNANSWERED)
        return Answer(
            state=state,
            rung=rung,
            reason=self.reason.data or "",
            who=self.who.data or "",
            note=self.note.data or "",
            evidence=tuple(
                Evidence(title=row.form.title.data, where=row.form.where.data or "", dated=row.form.dated.data)
                for row in self.evidence
                if row.form.title.data
            ),
            last_done=self.last_done.data if "last_done" in self else stored.last_done,
            carried_from=stored.carried_from if rung == stored.rung else "",
        )


@dataclass(frozen=True, kw_only=True)
class BoundAnswer:
    """A question together with its form."""

    question: Question
    form: AnswerForm

    def errors(self) -> Iterable[FormError]:
        """Yield what is wrong in this answer."""
        yield from errors_of(self.form)
        for row in self.form.evidence:
            yield from errors_of(row.form)


_RUNGS = tuple(rung.id for rung in Rung)
_ALWAYS_OFFERED = (*_RUNGS, State.UNKNOWN.value)
_CHOICES = {value: SelectChoice(value, value) for value in (*_ALWAYS_OFFERED, State.NOT_APPLICABLE.value)}


def offered(question: Question) -> tuple[str, ...]:
    """Return the values an answer to this question may have."""
    return (*_ALWAYS_OFFERED, State.NOT_APPLICABLE.value) if question.may_not_apply else _ALWAYS_OFFERED


def answer_form(
    question: Question,
    stored: Answer,
    version: int,
    typed: "MultiDict[str, str] | None" = None,
    *,
    today: date,
    strict: bool = True,
) -> AnswerForm:
    """Build the form of one answer: what was typed where there is something, what is stored otherwise."""
    data = _data(stored, version)
    if typed is not None:
        data["answer"] = None  # no radio button sent means that none was pressed, whatever is stored by now
    form = AnswerForm(formdata=typed, prefix=f"{question.id}-", data=data)
    form.offered, form.strict, form.today = offered(question), strict, today
    form.answer.choices = [_CHOICES[value] for value in form.offered]
    if question.last_done is None:
        del form.last_done
    return form


def _data(stored: Answer, version: int) -> dict[str, Any]:
    value = stored.rung.id if stored.rung is not None else stored.state.value
    return {
        "answer": None if stored.state is State.UNANSWERED else value,
        "who": stored.who,
        "reason": stored.reason,
        "note": stored.note,
        "evidence": [{"title": item.title, "where": item.where, "dated": item.dated} for item in stored.evidence],
        "last_done": stored.last_done,
        "version": version,
    }


def add_empty_row(form: AnswerForm) -> None:
    """Offer always one more piece of evidence, up to the most."""
    full = all(row.form.title.data or row.form.where.data or row.form.dated.data for row in form.evidence)
    if full and len(form.evidence) < MOST_EVIDENCE:
        form.evidence.append_entry()


class QuestionsForm(PageForm):
    """The outer form of a question page: it carries the token; each answer has a form of its own inside."""


def build_forms(
    questions: Sequence[Question],
    sheet: AnswerSheet,
    versions: Mapping[str, int],
    typed: "MultiDict[str, str]",
    *,
    named: Container[str],
    today: date,
    strict: bool,
) -> tuple[BoundAnswer, ...]:
    """Build the forms of some questions of a page: as typed for those whose ids are named, as stored for the others."""
    return tuple(
        BoundAnswer(
            question=question,
            form=answer_form(
                question,
                sheet.answer(question),
                versions.get(question.ref, 0),
                typed if question.id in named else None,
                today=today,
                strict=strict,
            ),
        )
        for question in questions
    )


def question_id_of_field(name: str) -> str:
    """Return the id of the question that a field is about, by its name; empty for a field of none."""
    question, _, field = name.rpartition("-")
    if field in _FIELDS:
        return question
    question, evidence, _ = name.rpartition("-evidence-")
    return question if evidence else ""


def unknown_fields(page: Page, typed: Iterable[str]) -> tuple[str, ...]:
    """Return the names of fields that this page does not have: questions it does not ask, such as another standard's."""
    asked = {question.id for question in page.questions}
    return tuple(name for name in typed if question_id_of_field(name) not in asked and name not in _OF_THE_PAGE)


# The version that both began from, carried along by the page that shows a conflict.
COMMON = "common"
_FIELDS = frozenset({"answer", "who", "reason", "note", "last_done", "version", COMMON})
_OF_THE_PAGE = frozenset({"csrf_token", SAVE_KEY, FOLLOWS, "save", "clear", "join"})


def submissions(bound: Iterable[BoundAnswer], sheet: AnswerSheet) -> tuple[Submission, ...]:
    """Return what the forms ask to be saved."""
    return tuple(
        Submission(
            ref=answered.question.ref,
            answer=answered.form.to_answer(sheet.answer(answered.question)),
            base_version=answered.form.version.data or 0,
        )
        for answered in bound
    )


def cleared(submission: Submission) -> Submission:
    """Return the same submission with its answer taken back; note and evidence stay."""
    answer = replace(submission.answer, state=State.UNANSWERED, rung=None, carried_from="")
    return replace(submission, answer=answer)


def clause_text(questionnaire: Questionnaire, question: Question) -> str:
    """Return the clauses a question touches, such as ``Clause 9.2.1`` or ``Clauses 9.2.1, 9.2.2``."""
    numbers = questionnaire.clauses(question)
    return ngettext("Clause %(clauses)s", "Clauses %(clauses)s", len(numbers), clauses=", ".join(numbers))
