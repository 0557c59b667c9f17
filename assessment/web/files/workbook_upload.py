"""The workbook of answers that was filled in and comes back."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assessment.domain.answers import Answer, evidence_room
from assessment.domain.authors import by_workbook
from assessment.domain.limits import LONGEST_TEXT, MOST_EVIDENCE
from assessment.domain.rights import Right
from assessment.reports.wording.dates import join_and
from assessment.reports.workbook.filled_in import AnswersDecision, Change, decide, versions_told
from assessment.reports.workbook.filled_row import Present
from assessment.reports.workbook.reader import read_workbook
from assessment.storage.answers import answers_at, load_sheet, save_answers
from assessment.storage.merge_save import Proposed
from assessment.web.files.take_over import JOIN, WAYS, ChangeView, TakeOver
from assessment.web.questions.place import questionnaire_of
from assessment.web.shell.context import AssessmentContext, library, now, own_today
from assessment.web.shell.forms import FormError, PageForm
from assessment.web.shell.idempotency import idempotency_key
from assessment.web.shell.rights import with_assessment
from assessment.web.wording import files as wording
from assessment.web.wording.questions import clause_text

blueprint = Blueprint("workbook_upload", __name__)


@blueprint.route("/a/<assessment_id>/workbook", methods=["GET", "POST"])
@with_assessment(may=Right.ANSWER)
def upload(opened: AssessmentContext) -> ResponseReturnValue:
    """Offer to upload a workbook, show what it would change, and take over what was shown."""
    return _Answers(opened).answered()


@dataclass(frozen=True, kw_only=True)
class AnswerView(ChangeView):
    """An answer that the file changes. ``asked`` says whether its question is asked in what is chosen now."""

    change: Change
    clauses: str
    standard: str
    parts: str
    asked: bool


class _Answers(TakeOver[AnswersDecision, AnswerView]):
    def __init__(self, opened: AssessmentContext) -> None:
        self._opened = opened
        self._versions: dict[str, int] = {}

    @property
    def assessment_id(self) -> str:
        return self._opened.id

    def decide(self, raw: bytes) -> AnswersDecision:
        table = read_workbook(raw)
        sheet, self._versions = load_sheet(self._opened.id)
        present = Present(
            assessment_id=self._opened.id,
            known=library().questions,
            rules=library().rules,
            sheet=sheet,
            bases=answers_at(self._opened.id, versions_told(table)),
            today=own_today(),
        )
        return decide(table, present)

    def ask(self, form: PageForm, errors: list[FormError], taken: int | None) -> str:
        return render_template("workbook_upload/upload.html", opened=self._opened, form=form, errors=errors, taken=taken)

    def page(self, decision: AnswersDecision, **shared: Any) -> str:
        faults = [(fault.cell, fault.found, fault.expected) for fault in decision.faults]
        return render_template(
            "workbook_upload/answers.html",
            opened=self._opened,
            faults=faults,
            decision=decision,
            rules=library().rules,
            **shared,
        )

    def view(self, change: Change) -> AnswerView:
        question = change.question
        questionnaire = questionnaire_of(self._opened, question)
        return AnswerView(
            change=change,
            key=question.ref,
            anchor=f"{question.standard}-{question.id}",
            called=question.asks,
            version=self._versions.get(question.ref, 0),
            can_join=True,
            clauses=clause_text(questionnaire, question),
            standard=questionnaire.standard.name,
            parts=join_and(list(change.parts)),
            asked=questionnaire in self._opened.questionnaires and question.ref in questionnaire.by_ref,
        )

    def not_settled(self, view: AnswerView, *, seen: bool) -> str:
        if not seen:
            return wording.changed_again(view.called)
        if view.settled not in WAYS:
            return wording.choose_what_to_keep(view.called)
        if view.settled == JOIN and not _fits(view.change):
            return wording.too_much_together(view.called, MOST_EVIDENCE, LONGEST_TEXT)
        return ""

    def save(self, raw: bytes, decision: AnswersDecision) -> ResponseReturnValue:
        who = by_workbook(self._opened.record.who)
        key = idempotency_key()
        saved = save_answers(self._opened.id, self.proposals(decision), who=who, at=now(), idempotency_key=key)
        if saved.conflicts:
            return self.changed_meanwhile(raw, wording.changed_while_looking())
        return self.taken(len(saved.saved))

    def taken(self, count: int) -> ResponseReturnValue:
        return redirect(url_for("workbook_upload.upload", assessment_id=self._opened.id, taken=count), 303)

    def proposed(self, change: Change, value: Answer, version: int) -> Proposed[Answer]:
        return Proposed(key=change.question.ref, value=value, base_version=version)


def _fits(conflict: Change) -> bool:
    """Tell whether both together are an answer that there is room for, as on the page where two people join theirs."""
    together = conflict.together
    return len(together.evidence) <= evidence_room(conflict.theirs) and len(together.note) <= LONGEST_TEXT
