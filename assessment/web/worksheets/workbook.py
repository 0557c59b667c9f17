"""The workbook of a worksheet that comes back: look at what would change line by line, then take it over.

As with the workbook of answers, the page that shows the changes carries the file itself, and the file is read and decided again
when it is taken over.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.domain.limits import MOST_LINES
from assessment.domain.rights import Right
from assessment.domain.worksheet_lines import Filled, Line
from assessment.domain.worksheet_merge import can_join, joined
from assessment.reports.child_process import SECONDS_UNTIL_FREE, TooBusyError
from assessment.reports.wording.worksheet_lines import field_in_words
from assessment.reports.workbook.filled_lines import (
    LineChange,
    LineDecision,
    LineFault,
    PresentLines,
    decide_lines,
    lines_told,
)
from assessment.reports.workbook.reader import WorkbookError
from assessment.reports.workbook.worksheet_reader import WorksheetTables, read_worksheet_workbook
from assessment.storage.filled_worksheets import entry_of, filled_from, line_of
from assessment.storage.merge_save import Proposed
from assessment.storage.worksheets import LINE, NoRoomError, WorksheetEntry, entries_at, load_entries, save_entries
from assessment.web.files.workbook_upload import (
    MOST_BYTES,
    MOST_BYTES_CARRIED,
    SEEN,
    SETTLE,
    RefusedError,
    TakeOverForm,
    UploadForm,
    carried,
    uploaded,
)
from assessment.web.shell.context import AssessmentContext, now, own_today, with_assessment
from assessment.web.shell.forms import FormError, PageForm, status_of
from assessment.web.shell.idempotency import idempotency_key
from assessment.web.shell.limits import limit
from assessment.web.wording import files
from assessment.web.wording import worksheets as wording
from assessment.web.worksheets.gather import FaultyLineError, OpenedWorksheet, check_of, open_worksheet

blueprint = Blueprint("worksheet_workbook", __name__)
_HERE, _FILE, _JOIN = _WAYS = ("here", "file", "join")


@dataclass(frozen=True, kw_only=True)
class LineChangeView:
    """A line that the file changes, as a page shows it: each field that differs with what it says on each side.

    ``version`` is the one that is stored now; ``fields`` are label, here now, in the file, and when it was downloaded.
    """

    change: LineChange
    key: str
    name: str
    fields: tuple[tuple[str, str, str, str], ...]
    version: int
    settled: str
    can_join: bool


@blueprint.route("/a/<assessment_id>/worksheets/<worksheet_id>/workbook", methods=["GET", "POST"])
@with_assessment(may=Right.ANSWER)
def upload(opened: AssessmentContext, worksheet_id: str) -> ResponseReturnValue:
    """Offer to upload the workbook of a worksheet, show what it would change, and take over what was shown."""
    at = open_worksheet(opened, worksheet_id)
    if request.method == "GET":
        return _upload_page(at, UploadForm(), [])
    request.max_content_length = request.max_form_memory_size = MOST_BYTES_CARRIED
    limit("workbook")  # before the file is read: what is refused costs its sender an attempt as well
    shown = "workbook" in request.form
    form = TakeOverForm() if shown else UploadForm()
    right = form.validate()
    if not right and not shown:
        return _upload_page(at, form, form.errors_to_show()), status_of(form)
    try:
        raw = carried(request.form["workbook"]) if shown else uploaded()
        decision = _decided(at, raw)
    except RefusedError as refused:
        errors = [*form.errors_to_show(), FormError(href="#file", text=str(refused))]
        status = refused.status if right else status_of(form)
        waits = {"Retry-After": str(SECONDS_UNTIL_FREE)} if status == 503 else {}
        return _upload_page(at, UploadForm(formdata=None), errors), status, waits
    if not shown:
        return _preview(at, raw, decision, []), 422 if decision.faults else 200
    errors = [*form.errors_to_show(), *_unsettled(at, decision.conflicts)]
    if errors or decision.faults:
        return _preview(at, raw, decision, errors), 422 if right else status_of(form)
    return _taken_over(at, raw, decision)


def _decided(at: OpenedWorksheet, raw: bytes) -> LineDecision:
    """Hold a file against what is stored now. Raises ``RefusedError``."""
    if len(raw) > MOST_BYTES:
        raise RefusedError(files.workbook_too_large(MOST_BYTES // 2**20), 413)
    try:
        found = read_worksheet_workbook(raw)
        present = PresentLines(
            assessment_id=at.opened.id,
            filled=at.filled,
            versions=at.line_versions,
            bases=_bases(at, found),
            today=at.today,
            own_today=own_today(),
        )
        return decide_lines(found, present)
    except WorkbookError as error:
        raise RefusedError(files.nothing_saved(str(error))) from error
    except TooBusyError:
        raise RefusedError(files.workbook_has_to_wait(), 503) from None


def _bases(at: OpenedWorksheet, found: WorksheetTables) -> dict[str, Line]:
    """Return the lines as they were when the file was downloaded, of those that have changed since."""
    older = {line: version for line, version in lines_told(found).items() if 0 < version < at.version(LINE, line)}
    kept = entries_at(at.opened.id, at.worksheet.id, older)
    return {line_id: line_of(line_id, entry, None) for line_id, entry in kept.items()}


def _taken_over(at: OpenedWorksheet, raw: bytes, decision: LineDecision) -> ResponseReturnValue:
    """Save what a workbook changes, in one transaction; conflicts only as people settled them."""
    try:
        saved = save_entries(
            at.opened.id,
            at.worksheet.id,
            _proposals(at, decision),
            who=files.by_workbook(at.opened.record.who),
            at=now(),
            check=check_of(at.worksheet, at.today),
            idempotency_key=idempotency_key(),
        )
    except FaultyLineError as error:
        texts = [wording.fault_in_words(fault, at.worksheet) for fault in error.faults]
        return _preview(at, raw, decision, [FormError(href="#main", text=text) for text in texts]), 422
    except NoRoomError:
        return _preview(at, raw, decision, [FormError(href="#main", text=wording.no_room(MOST_LINES))]), 422
    if saved.conflicts:
        entries = load_entries(at.opened.id, at.worksheet.id)
        again = replace(at, entries=entries, filled=filled_from(at.worksheet, entries))
        changed = FormError(href="#conflicts", text=wording.lines_changed_while_looking())
        return _preview(again, raw, _decided(again, raw), [changed]), 409
    address = url_for(
        "worksheet_workbook.upload", assessment_id=at.opened.id, worksheet_id=at.worksheet.id, taken=len(saved.saved)
    )
    return redirect(address, 303)


def _proposals(at: OpenedWorksheet, decision: LineDecision) -> list[Proposed[WorksheetEntry]]:
    """Return what is to be saved. One that was settled for the file is made from the version that people saw."""
    wanted = [
        Proposed(
            key=f"{LINE}/{change.line_id or change.register.prefix}",
            value=entry_of(change.mine),
            base_version=change.base_version,
        )
        for change in decision.changes
    ]
    for conflict in decision.conflicts:
        settled = request.form.get(SETTLE + conflict.line_id)
        if settled in (_FILE, _JOIN):
            line = _joined(conflict) if settled == _JOIN else conflict.outcome
            version = at.version(LINE, conflict.line_id)
            wanted.append(Proposed(key=f"{LINE}/{conflict.line_id}", value=entry_of(line), base_version=version))
    return wanted


def _joined(conflict: LineChange) -> Line:
    return joined(conflict.register, conflict.base, conflict.mine, conflict.theirs)


def _unsettled(at: OpenedWorksheet, conflicts: Sequence[LineChange]) -> list[FormError]:
    """Return the conflicts that nobody settled yet, or that changed again after they were looked at."""
    errors = []
    for conflict in conflicts:
        line_id = conflict.line_id
        if request.form.get(SEEN + line_id) != str(at.version(LINE, line_id)):
            text = wording.line_changed_again(line_id)
        elif request.form.get(SETTLE + line_id) not in _WAYS:
            text = wording.choose_what_to_keep(line_id)
        else:
            continue
        errors.append(FormError(href=f"#conflict-{line_id}", text=text))
    return errors


def _upload_page(at: OpenedWorksheet, form: PageForm, errors: list[FormError]) -> str:
    taken = request.args.get("taken", type=int) if request.method == "GET" else None
    registers = [register for register in at.worksheet.registers.values() if register.sheet]
    return render_template(
        "worksheets/upload.html", opened=at.opened, at=at, form=form, errors=errors, taken=taken, registers=registers
    )


def _preview(at: OpenedWorksheet, raw: bytes, decision: LineDecision, errors: list[FormError]) -> str:
    return render_template(
        "worksheets/upload_preview.html",
        opened=at.opened,
        at=at,
        form=TakeOverForm(formdata=None),
        errors=errors,
        decision=decision,
        faults=[(fault.cell, fault.found, _expected(at, fault)) for fault in decision.faults],
        changes=[_view(at, change) for change in decision.changes],
        conflicts=[_view(at, change) for change in decision.conflicts],
        raw=base64.b64encode(raw).decode(),
        unread=files.not_read(decision.unread),
        settle=SETTLE,
        seen=SEEN,
    )


def _expected(at: OpenedWorksheet, fault: LineFault) -> str:
    return wording.fault_in_words(fault.field, at.worksheet) if fault.field else fault.expected


def _view(at: OpenedWorksheet, change: LineChange) -> LineChangeView:
    outcome, theirs = change.mine if change.is_conflict else change.outcome, change.theirs
    told = Filled(worksheet=at.worksheet, lines={**at.filled.lines, "": outcome})
    sides = (theirs, outcome, change.base)
    fields = tuple(
        (field.label, *(field_in_words(told, side, field) for side in sides))
        for field in change.register.fields
        if change.mine.values.get(field.id) != change.base.values.get(field.id)
    )
    return LineChangeView(
        change=change,
        key=change.line_id or f"new-{change.register.id}-{change.row}",
        name=told.name_of(outcome)
        if change.line_id
        else told.in_words(outcome, change.register.by_id[change.register.named_by]),
        fields=tuple((label, here, file, before) for label, here, file, before in fields),
        version=at.version(LINE, change.line_id) if change.line_id else 0,
        settled=request.form.get(SETTLE + change.line_id, ""),
        can_join=change.is_conflict and can_join(change.register, change.base, change.mine, change.theirs),
    )
