"""A workbook that was filled in and comes back: look at what would change, then take it over.

The page that shows the changes carries the file itself, and the file is read and decided again when it is taken over. So
nothing waits on the server that could be lost, there is no second form of the same thing to trust, and what changed meanwhile
is seen.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import FileField, HiddenField

from assessment.domain.answers import Answer, evidence_room
from assessment.domain.limits import LONGEST_TEXT, MOST_EVIDENCE
from assessment.domain.merge import join
from assessment.domain.rights import Right
from assessment.reports.child_process import SECONDS_UNTIL_FREE, TooBusyError
from assessment.reports.wording.dates import join_and
from assessment.reports.workbook.filled_in import Change, Decision, decide, versions_told
from assessment.reports.workbook.filled_row import Present
from assessment.reports.workbook.reader import WorkbookError, read_workbook
from assessment.storage.answers import answers_at, load_sheet, save_answers
from assessment.storage.merge_save import Proposed
from assessment.web.questions.answer_form import clause_text
from assessment.web.questions.place import questionnaire_of
from assessment.web.shell.context import AssessmentContext, library, now, own_today, with_assessment
from assessment.web.shell.forms import FormError, PageForm, status_of
from assessment.web.shell.idempotency import idempotency_key
from assessment.web.shell.limits import limit
from assessment.web.wording import files as wording

blueprint = Blueprint("workbook_upload", __name__)

MOST_BYTES = 4 * 1024 * 1024
# The file comes back as base64, with the other fields of the page.
MOST_BYTES_CARRIED = 6 * 1024 * 1024
# Names of fields that say what to do about a conflict, and which version of the answer was seen.
SETTLE, SEEN = "settle-", "seen-"
_HERE, _FILE, _JOIN = _WAYS = ("here", "file", "join")


class UploadForm(PageForm):
    """Choose the workbook that was filled in."""

    file = FileField(wording.WORKBOOK, description=wording.WORKBOOK_HINT)


class TakeOverForm(PageForm):
    """Take over what was shown."""

    workbook = HiddenField(wording.WORKBOOK_SHOWN)


@dataclass(frozen=True, kw_only=True)
class ChangeView:
    """One answer that the file changes, ready to be shown.

    ``version`` is the one that is stored now; ``asked`` says whether its question is asked in what is chosen now.
    """

    change: Change
    clauses: str
    standard: str
    parts: str
    version: int
    settled: str
    asked: bool


class RefusedError(Exception):
    """A file cannot be taken over: what to tell, and the status to tell it with."""

    def __init__(self, text: str, status: int = 422) -> None:
        super().__init__(text)
        self.status = status


@blueprint.route("/a/<assessment_id>/workbook", methods=["GET", "POST"])
@with_assessment(may=Right.ANSWER)
def upload(opened: AssessmentContext) -> ResponseReturnValue:
    """Offer to upload a workbook, show what it would change, and take over what was shown."""
    if request.method == "GET":
        return _upload_page(opened, UploadForm(), [])
    request.max_content_length = request.max_form_memory_size = MOST_BYTES_CARRIED
    limit("workbook")  # before the file is read: what is refused costs its sender an attempt as well
    shown = "workbook" in request.form
    form = TakeOverForm() if shown else UploadForm()
    right = form.validate()
    if not right and not shown:
        return _upload_page(opened, form, form.errors_to_show()), status_of(form)
    try:
        raw = carried(request.form["workbook"]) if shown else uploaded()
        decision, versions = _decided(opened, raw)
    except RefusedError as refused:
        errors = [*form.errors_to_show(), FormError(href="#file", text=str(refused))]
        status = refused.status if right else status_of(form)
        waits = {"Retry-After": str(SECONDS_UNTIL_FREE)} if status == 503 else {}
        return _upload_page(opened, UploadForm(formdata=None), errors), status, waits
    if not shown:
        return _preview(opened, raw, decision, versions, []), 422 if decision.faults else 200
    errors = [*form.errors_to_show(), *_unsettled(decision.conflicts, versions)]
    if errors or decision.faults:
        return _preview(opened, raw, decision, versions, errors), 422 if right else status_of(form)
    return _taken_over(opened, raw, decision, versions)


def _taken_over(opened: AssessmentContext, raw: bytes, decision: Decision, versions: dict[str, int]) -> ResponseReturnValue:
    """Save what a workbook changes, in one transaction; conflicts only as people settled them."""
    who = wording.by_workbook(opened.record.who)
    saved = save_answers(opened.id, _proposals(decision, versions), who=who, at=now(), idempotency_key=idempotency_key())
    if saved.conflicts:
        error = FormError(href="#conflicts", text=wording.changed_while_looking())
        return _preview(opened, raw, *_decided(opened, raw), [error]), 409
    return redirect(url_for("workbook_upload.upload", assessment_id=opened.id, taken=len(saved.saved)), 303)


def uploaded() -> bytes:
    """Return the file that was chosen; nothing where none was."""
    file = request.files.get("file")
    return file.read() if file else b""


def carried(text: str) -> bytes:
    """Return the file that a page carried along. Raises ``RefusedError`` where it is none any more."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise RefusedError(wording.file_missing()) from None


def _decided(opened: AssessmentContext, raw: bytes) -> tuple[Decision, dict[str, int]]:
    """Hold a file against what is stored now; with the versions of that. Raises ``RefusedError``."""
    if len(raw) > MOST_BYTES:
        raise RefusedError(wording.workbook_too_large(MOST_BYTES // 2**20), 413)
    try:
        table = read_workbook(raw)
        sheet, versions = load_sheet(opened.id)
        present = Present(
            assessment_id=opened.id,
            known=library().questions,
            rules=library().rules,
            sheet=sheet,
            bases=answers_at(opened.id, versions_told(table)),
            today=own_today(),
        )
        return decide(table, present), versions
    except WorkbookError as error:
        raise RefusedError(wording.nothing_saved(str(error))) from error
    except TooBusyError:
        raise RefusedError(wording.workbook_has_to_wait(), 503) from None


def _unsettled(conflicts: Sequence[Change], versions: dict[str, int]) -> list[FormError]:
    """Return the conflicts that nobody settled yet, or that changed again after they were looked at."""
    errors = []
    for conflict in conflicts:
        question = conflict.question
        if request.form.get(SEEN + question.ref) != str(versions.get(question.ref, 0)):
            text = wording.changed_again(question.asks)
        elif (settled := request.form.get(SETTLE + question.ref)) not in _WAYS:
            text = wording.choose_what_to_keep(question.asks)
        elif settled == _JOIN and not _fits(conflict):
            text = wording.too_much_together(question.asks, MOST_EVIDENCE, LONGEST_TEXT)
        else:
            continue
        errors.append(FormError(href=f"#conflict-{question.standard}-{question.id}", text=text))
    return errors


def _joined(conflict: Change) -> Answer:
    return join(mine=conflict.mine, theirs=conflict.theirs)


def _fits(conflict: Change) -> bool:
    """Tell whether both together are an answer that there is room for, as on the page where two people join theirs."""
    joined = _joined(conflict)
    room = evidence_room(conflict.theirs)
    return len(joined.evidence) <= room and len(joined.note) <= LONGEST_TEXT


def _proposals(decision: Decision, versions: dict[str, int]) -> list[Proposed[Answer]]:
    """Return what is to be saved. One that was settled for the file is made from the version that people saw."""
    wanted = [
        Proposed(key=change.question.ref, value=change.mine, base_version=change.base_version) for change in decision.changes
    ]
    for conflict in decision.conflicts:
        ref = conflict.question.ref
        settled = request.form.get(SETTLE + ref)
        if settled in (_FILE, _JOIN):
            value = _joined(conflict) if settled == _JOIN else conflict.mine
            wanted.append(Proposed(key=ref, value=value, base_version=versions.get(ref, 0)))
    return wanted


def _upload_page(opened: AssessmentContext, form: UploadForm, errors: list[FormError]) -> str:
    taken = request.args.get("taken", type=int) if request.method == "GET" else None
    return render_template("workbook_upload/upload.html", opened=opened, form=form, errors=errors, taken=taken)


def _preview(
    opened: AssessmentContext, raw: bytes, decision: Decision, versions: dict[str, int], errors: list[FormError]
) -> str:
    return render_template(
        "workbook_upload/preview.html",
        opened=opened,
        form=TakeOverForm(formdata=None),
        errors=errors,
        decision=decision,
        changes=[_view(opened, change, versions) for change in decision.changes],
        conflicts=[_view(opened, change, versions) for change in decision.conflicts],
        raw=base64.b64encode(raw).decode(),
        rules=library().rules,
        unread=wording.not_read(decision.unread),
        settle=SETTLE,
        seen=SEEN,
    )


def _view(opened: AssessmentContext, change: Change, versions: dict[str, int]) -> ChangeView:
    questionnaire = questionnaire_of(opened, change.question)
    settled = request.form.get(SETTLE + change.question.ref, "")
    return ChangeView(
        change=change,
        clauses=clause_text(questionnaire, change.question),
        standard=questionnaire.standard.name,
        parts=join_and(list(change.parts)),
        version=versions.get(change.question.ref, 0),
        settled=settled,
        asked=questionnaire in opened.questionnaires and change.question.ref in questionnaire.by_ref,
    )
