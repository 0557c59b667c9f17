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

from assessment.domain.answers import Answer
from assessment.reports.child_process import TooBusyError
from assessment.reports.wording.dates import join_and
from assessment.reports.workbook.filled_in import Change, Decision, decide, versions_told
from assessment.reports.workbook.filled_row import Present
from assessment.reports.workbook.reader import WorkbookError, read_workbook
from assessment.storage.answers import answers_at, load_sheet, save_answers
from assessment.storage.merge_save import Proposed
from assessment.web.questions.answer_form import clause_text
from assessment.web.shell.context import Opened, library, now, with_assessment
from assessment.web.shell.forms import FormError, PageForm
from assessment.web.shell.idempotency import idempotency_key
from assessment.web.shell.limits import limit
from assessment.web.starting.start import status_of

blueprint = Blueprint("round_trip", __name__)

MOST_BYTES = 4 * 1024 * 1024
# The file comes back as base64, with the other fields of the page.
MOST_BYTES_CARRIED = 6 * 1024 * 1024
# Names of fields that say what to do about a conflict, and which version of the answer was seen.
SETTLE, SEEN = "settle-", "seen-"
BUSY = "Other files are being read right now. Nothing was saved. Wait a few seconds and send it again."


class UploadForm(PageForm):
    """Choose the workbook that was filled in."""

    file = FileField("The workbook", description="The .xlsx file that was downloaded here and filled in, up to 4 MB.")


class TakeOverForm(PageForm):
    """Take over what was shown."""

    workbook = HiddenField("The workbook that was shown")


@dataclass(frozen=True, kw_only=True)
class ChangeView:
    """One answer that the file changes, ready to be shown. ``version`` is the one that is stored now."""

    change: Change
    clauses: str
    standard: str
    parts: str
    version: int
    settled: str


class RefusedError(Exception):
    """A file cannot be taken over: what to tell, and the status to tell it with."""

    def __init__(self, text: str, status: int = 422) -> None:
        super().__init__(text)
        self.status = status


@blueprint.route("/a/<assessment_id>/workbook", methods=["GET", "POST"])
@with_assessment
def upload(opened: Opened) -> ResponseReturnValue:
    """Offer to upload a workbook, show what it would change, and take over what was shown."""
    if request.method == "GET":
        return _upload_page(opened, UploadForm(), [])
    request.max_content_length = request.max_form_memory_size = MOST_BYTES_CARRIED
    shown = "workbook" in request.form
    form = TakeOverForm() if shown else UploadForm()
    right = form.validate()
    if not right and not shown:
        return _upload_page(opened, form, form.errors_to_show()), status_of(form)
    limit("workbook")
    try:
        raw = _carried(request.form["workbook"]) if shown else _uploaded()
        decision, versions = _decided(opened, raw)
    except RefusedError as refused:
        errors = [*form.errors_to_show(), FormError(href="#file", text=str(refused))]
        return _upload_page(opened, UploadForm(formdata=None), errors), refused.status if right else status_of(form)
    if not shown:
        return _preview(opened, raw, decision, versions, []), 422 if decision.faults else 200
    errors = [*form.errors_to_show(), *_unsettled(decision.conflicts, versions)]
    if errors or decision.faults:
        return _preview(opened, raw, decision, versions, errors), 422 if right else status_of(form)
    return _taken_over(opened, raw, decision, versions)


def _taken_over(opened: Opened, raw: bytes, decision: Decision, versions: dict[str, int]) -> ResponseReturnValue:
    """Save what a workbook changes, in one transaction; conflicts only as people settled them."""
    who = f"{opened.record.who}, from a workbook"
    saved = save_answers(opened.id, _submissions(decision, versions), who=who, at=now(), idempotency_key=idempotency_key())
    if saved.conflicts:
        error = FormError(href="#conflicts", text="These answers changed while you were looking. All others were saved.")
        return _preview(opened, raw, *_decided(opened, raw), [error]), 409
    return redirect(url_for("round_trip.upload", assessment_id=opened.id, taken=len(saved.saved)), 303)


def _uploaded() -> bytes:
    file = request.files.get("file")
    return file.read() if file else b""


def _carried(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise RefusedError("The file did not come along with the page. Choose it again.") from None


def _decided(opened: Opened, raw: bytes) -> tuple[Decision, dict[str, int]]:
    """Hold a file against what is stored now; with the versions of that. Raises ``RefusedError``."""
    if len(raw) > MOST_BYTES:
        raise RefusedError(f"This file has more than {MOST_BYTES // 2**20} MB. Nothing was saved.", 413)
    try:
        table = read_workbook(raw)
        sheet, versions = load_sheet(opened.id)
        present = Present(
            assessment_id=opened.id,
            asked={ref: question for each in opened.questionnaires for ref, question in each.by_ref.items()},
            known=library().questions,
            rules=library().rules,
            sheet=sheet,
            bases=answers_at(opened.id, versions_told(table)),
            today=now().date(),
        )
        return decide(table, present), versions
    except WorkbookError as error:
        raise RefusedError(f"Nothing was saved. {error}") from error
    except TooBusyError:
        raise RefusedError(BUSY, 503) from None


def _unsettled(conflicts: Sequence[Change], versions: dict[str, int]) -> list[FormError]:
    """Conflicts nobody settled yet, or that changed again after they were looked at."""
    found = []
    for each in conflicts:
        ref = each.question.ref
        if request.form.get(SEEN + ref) != str(versions.get(ref, 0)):
            text = "Somebody changed this answer again meanwhile; look at it and choose"
        elif request.form.get(SETTLE + ref) not in ("here", "file"):
            text = "Choose what to keep"
        else:
            continue
        found.append(
            FormError(href=f"#conflict-{each.question.standard}-{each.question.id}", text=f"{text}: {each.question.asks}")
        )
    return found


def _submissions(decision: Decision, versions: dict[str, int]) -> list[Proposed[Answer]]:
    """What is to be saved. One that was settled for the file is made from the version that people saw."""
    wanted = [Proposed(key=each.question.ref, value=each.mine, base_version=each.base_version) for each in decision.changes]
    for each in decision.conflicts:
        ref = each.question.ref
        if request.form.get(SETTLE + ref) == "file":
            wanted.append(Proposed(key=ref, value=each.mine, base_version=versions.get(ref, 0)))
    return wanted


def _upload_page(opened: Opened, form: UploadForm, errors: list[FormError]) -> str:
    taken = request.args.get("taken", type=int) if request.method == "GET" else None
    return render_template("round_trip/upload.html", opened=opened, form=form, errors=errors, taken=taken)


def _preview(opened: Opened, raw: bytes, decision: Decision, versions: dict[str, int], errors: list[FormError]) -> str:
    return render_template(
        "round_trip/preview.html",
        opened=opened,
        form=TakeOverForm(formdata=None),
        errors=errors,
        decision=decision,
        changes=[_view(opened, each, versions) for each in decision.changes],
        conflicts=[_view(opened, each, versions) for each in decision.conflicts],
        raw=base64.b64encode(raw).decode(),
        rules=library().rules,
        settle=SETTLE,
        seen=SEEN,
    )


def _view(opened: Opened, change: Change, versions: dict[str, int]) -> ChangeView:
    questionnaire = opened.questionnaire(change.question.standard)
    settled = request.form.get(SETTLE + change.question.ref, "")
    return ChangeView(
        change=change,
        clauses=clause_text(questionnaire, change.question),
        standard=questionnaire.standard.name,
        parts=join_and(list(change.parts)),
        version=versions.get(change.question.ref, 0),
        settled=settled,
    )
