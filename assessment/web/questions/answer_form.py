"""The form of one answer, built from its question, and the page form that holds several."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form, FormField, IntegerField, RadioField, SelectChoice, ValidationError
from wtforms.validators import Optional

from assessment.domain.answer_fields import AnswerField, Kind, make_answer, plain_fields
from assessment.domain.answers import Answer, AnswerSheet, Evidence, State, evidence_room, still_carried_from
from assessment.domain.limits import MOST_EVIDENCE
from assessment.domain.rules import Rung
from assessment.domain.standard import Question, Standard
from assessment.reports.wording.answer_fields import WORDS
from assessment.storage.merge_save import Proposed
from assessment.web.shell.forms import FormError, PageForm, PlainDateField, errors_of, line, not_to_come, paragraph
from assessment.web.shell.idempotency import FOLLOWS, SAVE_KEY
from assessment.web.wording import questions as wording
from assessment.web.wording.forms import CHOOSE_ONE_SHOWN, VERSION, evidence_of_an_answer, still_to_come


class EvidenceForm(Form):  # type: ignore[misc]
    """One piece of evidence."""

    title = line(wording.EVIDENCE_TITLE)
    where = line(wording.EVIDENCE_WHERE)
    dated = PlainDateField(wording.EVIDENCE_DATED, [Optional()])

    # Set by `answer_form`, before anything is read.
    today: date

    def validate_title(self, field: Any) -> None:
        """Ask for the name of evidence that has a place or a date."""
        if not field.data and (self.where.data or self.dated.data):
            raise ValidationError(wording.evidence_not_named())

    def validate_dated(self, field: Any) -> None:
        """Refuse a day that is still to come: it is the date of something that can be shown."""
        not_to_come(field, self.today, still_to_come(field.label.text))


class AnswerForm(Form):  # type: ignore[misc]
    """The answer to one question, with the version it was rendered with. `_form_class` adds the plain fields of an answer."""

    answer = RadioField(wording.YOUR_ANSWER, [Optional()], validate_choice=False)
    evidence = FieldList(FormField(EvidenceForm))
    version = IntegerField(VERSION, [Optional()])

    # Set by `answer_form`, before anything is read.
    asks: str
    offered: tuple[str, ...]
    evidence_room: int
    strict: bool
    today: date

    def validate_answer(self, field: Any) -> None:
        """Take only what this question offers."""
        if field.data is not None and field.data not in self.offered:
            raise ValidationError(CHOOSE_ONE_SHOWN)

    def validate_reason(self, field: Any) -> None:
        """Ask for a reason where "does not apply" is chosen; not when the page is only put aside."""
        if self.strict and self.answer.data == State.NOT_APPLICABLE and not field.data:
            raise ValidationError(wording.reason_missing(self.asks))

    def validate_evidence(self, field: Any) -> None:
        """Refuse more evidence than an answer has room for. None is cut off: people say which of it matters."""
        named = sum(bool(row.form.title.data) for row in field)
        if named > self.evidence_room:
            raise ValidationError(wording.too_much_evidence(self.evidence_room, named))

    def validate_last_done(self, field: Any) -> None:
        """Refuse a day that is still to come."""
        not_to_come(field, self.today, wording.last_done_still_to_come())

    def to_answer(self, stored: Answer) -> Answer:
        """Return the answer as typed. Where it was carried from is kept as long as the rung stays."""
        rung = Rung.of(self.answer.data) if self.answer.data in _RUNGS else None
        state = State.RUNG if rung is not None else State(self.answer.data or State.UNANSWERED)
        evidence = tuple(
            Evidence(title=row.form.title.data, where=row.form.where.data or "", dated=row.form.dated.data)
            for row in self.evidence
            if row.form.title.data
        )
        values = {field.name: self._typed(field, stored) for field in plain_fields()}
        carried_from = still_carried_from(stored, rung)
        return make_answer({**values, "state": state, "rung": rung, "evidence": evidence, "carried_from": carried_from})

    def _typed(self, field: AnswerField, stored: Answer) -> Any:
        if field.name not in self:  # not asked with this question
            return getattr(stored, field.name)
        typed = self[field.name].data
        return typed if field.kind is Kind.DATE else typed or ""


_PLAIN_FIELDS: Mapping[Kind, Callable[[str], Any]] = {
    Kind.LINE: line,
    Kind.TEXT: paragraph,
    Kind.DATE: lambda label: PlainDateField(label, [Optional()]),
}


@cache
def _form_class(fields: tuple[AnswerField, ...]) -> type[AnswerForm]:
    """Return the form with a field for each plain field of an answer."""
    made = {field.name: _PLAIN_FIELDS[field.kind](WORDS[field.name].asks) for field in fields}
    return type("AnswerForm", (AnswerForm,), made)


@dataclass(frozen=True, kw_only=True)
class BoundAnswer:
    """A question together with its form."""

    question: Question
    form: AnswerForm

    def errors(self) -> Iterable[FormError]:
        """Yield what is wrong in this answer, with the question it is about: a page can have several."""
        yield from (replace(error, about=self.question.asks, always=True) for error in errors_of(self.form))
        for position, row in enumerate(self.form.evidence):
            about = evidence_of_an_answer(self.question.asks, position)
            yield from (replace(error, about=about, always=True) for error in errors_of(row.form))


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
    """Build the form of one answer: what was typed where there is something, what is stored otherwise.

    ``today`` is the latest day that can be past.
    """
    data = _data(stored, version)
    if typed is not None:
        data["answer"] = None  # no radio button sent means that none was pressed, whatever is stored by now
    form = _form_class(plain_fields())(formdata=typed, prefix=f"{question.id}-", data=data)
    form.asks = question.asks
    form.offered, form.strict, form.today = offered(question), strict, today
    for row in form.evidence:
        row.form.today = today
    form.evidence_room = evidence_room(stored)
    form.answer.choices = [_CHOICES[value] for value in form.offered]
    if question.last_done is None:
        del form.last_done
    return form


def _data(stored: Answer, version: int) -> dict[str, Any]:
    value = stored.rung.id if stored.rung is not None else stored.state.value
    return {
        "answer": None if stored.state is State.UNANSWERED else value,
        **{field.name: getattr(stored, field.name) for field in plain_fields()},
        "evidence": [{"title": item.title, "where": item.where, "dated": item.dated} for item in stored.evidence],
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


def _names_of_fields() -> frozenset[str]:
    return frozenset((*_FIELDS, *(plain.name for plain in plain_fields())))


def _question_id(name: str, fields: Container[str]) -> str:
    question, _, field = name.rpartition("-")
    if field in fields:
        return question
    question, evidence, _ = name.rpartition("-evidence-")
    return question if evidence else ""


def named_in(typed: Iterable[str]) -> frozenset[str]:
    """Return the ids of the questions that fields are about, by their names."""
    fields = _names_of_fields()
    return frozenset(_question_id(name, fields) for name in typed)


def unknown_fields(standard: Standard, typed: Iterable[str]) -> tuple[str, ...]:
    """Return the names of fields about no question of a standard, such as another standard's or one that was withdrawn."""
    known, fields = {question.id for question in standard.questions}, _names_of_fields()
    return tuple(name for name in typed if _question_id(name, fields) not in known and name not in _OF_THE_PAGE)


# The version that both began from, carried along by the page that shows a conflict.
COMMON = "common"
# Fields of every question besides the plain fields of its answer, and evidence.
_FIELDS = ("answer", "version", COMMON)
_OF_THE_PAGE = frozenset({"csrf_token", SAVE_KEY, FOLLOWS, "save", "clear", "join"})


def submissions(bound: Iterable[BoundAnswer], sheet: AnswerSheet) -> tuple[Proposed[Answer], ...]:
    """Return what the forms ask to be saved."""
    return tuple(
        Proposed(
            key=answered.question.ref,
            value=answered.form.to_answer(sheet.answer(answered.question)),
            base_version=answered.form.version.data or 0,
        )
        for answered in bound
    )


def cleared(submission: Proposed[Answer]) -> Proposed[Answer]:
    """Return the same submission with its answer taken back; note and evidence stay."""
    answer = replace(submission.value, state=State.UNANSWERED, rung=None, carried_from="")
    return replace(submission, value=answer)
