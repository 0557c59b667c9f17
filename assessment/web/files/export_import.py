"""Leaving with everything and coming in with everything: export, import, and deleting with seven days to undo."""

import hashlib
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge
from wtforms import FileField, HiddenField

from assessment.domain.rights import Right
from assessment.reports.child_process import SECONDS_UNTIL_FREE, TooBusyError, place
from assessment.reports.wording.transfers import why_not_taken_in
from assessment.storage.assessments import DAYS_TO_UNDO, delete_later, keep_after_all
from assessment.storage.export_check import TransferError
from assessment.storage.export_format import Document, read_document
from assessment.storage.export_import import add_document, in_parts
from assessment.storage.retention import keep_longer
from assessment.web.files.attachment import attachment_in_parts
from assessment.web.files.in_turn import could_not_be_made, when_free
from assessment.web.shell.context import AssessmentContext, begin_session, library, note_export, now
from assessment.web.shell.done import lead_on
from assessment.web.shell.forms import FormError, PageForm, status_of
from assessment.web.shell.idempotency import idempotency_key
from assessment.web.shell.limits import limit
from assessment.web.shell.rights import with_assessment
from assessment.web.shell.security_log import SecurityEvent, note
from assessment.web.wording import files as wording
from assessment.web.wording.done import Done

blueprint = Blueprint("export_import", __name__)

# An export may be this large.
MOST_BYTES = 64 * 1024 * 1024
# The page that shows what an export holds carries it along up to this size; a larger one is chosen once more.
MOST_BYTES_CARRIED = 2 * 1024 * 1024
_ROOM_FOR_FIELDS = 64 * 1024
# Commas and brackets, those in texts as well: each is about a value. An export has one for every 22 bytes.
LEAST_BYTES_A_VALUE, MOST_VALUES = 11, 3_000_000


class DeleteForm(PageForm):
    """Delete an assessment, or undo that."""


class ImportForm(PageForm):
    """Take in an export: look at it first, then take it in as it was shown."""

    file = FileField(wording.EXPORT, description=wording.EXPORT_HINT)
    document = HiddenField(wording.EXPORT_SHOWN)


@blueprint.get("/a/<assessment_id>/export.json")
@with_assessment(may=Right.SHARE)
def export(opened: AssessmentContext) -> ResponseReturnValue:
    """Hand out the whole assessment with its history, or say that its turn has not come yet: a long one takes seconds."""
    back = url_for("downloads.overview", assessment_id=opened.id)
    return when_free(opened, str(wording.EVERYTHING), back, lambda: _export(opened, back))


def _export(opened: AssessmentContext, back: str) -> ResponseReturnValue:
    rest = f"{now().date().isoformat()}-everything.json"
    try:
        response = attachment_in_parts(in_parts(opened.id), "application/json", opened.record.organisation, rest)
    except OSError:
        current_app.logger.exception("An export found no room in the temporary folder.")
        return could_not_be_made(opened, str(wording.EVERYTHING), back)
    note_export(opened.id)
    note(SecurityEvent.EXPORTED)
    return response


@blueprint.route("/import", methods=["GET", "POST"])
def take_in() -> ResponseReturnValue:
    """Show what an export holds, then make an assessment of it. Nothing is written unless all of it can be used."""
    if request.method == "GET":
        return _import_page(ImportForm(), [])
    # An export that was shown comes back from too many attempts; a file is not even read then.
    request.max_content_length = request.max_form_memory_size = 2 * MOST_BYTES_CARRIED
    limit("import")  # before the file is read: what is refused costs its sender an attempt as well
    request.max_content_length = MOST_BYTES + _ROOM_FOR_FIELDS
    try:
        form = ImportForm()
    except RequestEntityTooLarge:
        return _too_large(), 413
    if not form.validate():
        return _import_page(form, form.errors_to_show()), status_of(form)
    shown = request.form.get("document", "")
    raw = shown.encode("utf-8", "replace") if shown else _uploaded()
    if not raw and not getattr(request.files.get("file"), "filename", ""):
        return _import_page(form, [FormError(href="#file", text=wording.choose_a_file())]), 422
    if len(raw) > MOST_BYTES:
        return _too_large(), 413
    was_shown = bool(shown) or _sha256(raw) == request.form.get("sha256")
    try:
        with place(wait=0, uploaded=True):
            return _read(form, raw, was_shown=was_shown)
    except TooBusyError:
        page = _import_page(
            form, [FormError(href="#main", text=wording.workbook_has_to_wait())], raw=shown.encode("utf-8", "replace")
        )
        return page, 503, {"Retry-After": str(SECONDS_UNTIL_FREE)}


def _read(form: ImportForm, raw: bytes, *, was_shown: bool) -> ResponseReturnValue:
    """Show what an export holds, or take it in where that was shown. A large one takes seconds, so one at a time."""
    values = sum(map(raw.count, (b",", b"[", b"{")))
    if values > MOST_VALUES or values * LEAST_BYTES_A_VALUE > len(raw) + MOST_BYTES_CARRIED:
        return _refused(form, wording.too_many_values(values))
    try:
        document = read_document(raw, library().takes, unfit_field=library().unfit_field)
    except TransferError as error:
        return _refused(form, why_not_taken_in(error.fault, error.where, error.values))
    if was_shown:
        limit("assessment")
        limit("imported kB", len(raw) // 1024 + 1)
        assessment_id = add_document(document, sid=begin_session(), at=now(), idempotency_key=idempotency_key())
        note_export(assessment_id)
        note(SecurityEvent.IMPORTED)
        return redirect(url_for("hub.show", assessment_id=assessment_id), 303)
    return _import_page(form, [], document=document, raw=raw)


def _refused(form: ImportForm, reason: str) -> ResponseReturnValue:
    return _import_page(form, [FormError(href="#file", text=wording.nothing_imported(reason))]), 422


def _too_large() -> str:
    return _import_page(
        ImportForm(formdata=None), [FormError(href="#file", text=wording.export_too_large(MOST_BYTES // 2**20))]
    )


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _uploaded() -> bytes:
    file = request.files.get("file")
    return file.read(MOST_BYTES + 1) if file else b""


def _import_page(form: ImportForm, errors: list[FormError], document: Document | None = None, raw: bytes = b"") -> str:
    return render_template(
        "export_import/import.html",
        form=form,
        errors=errors,
        document=document,
        raw=raw.decode("utf-8-sig") if len(raw) <= MOST_BYTES_CARRIED else "",
        sha256=_sha256(raw),
        standards=[_name(standard_id) for standard_id in document.standards] if document else [],
        no_longer_asked=sum(ref not in library().questions for ref in document.refs) if document else 0,
    )


def _name(standard_id: str) -> str:
    standard = library().standards.get(standard_id)
    return standard.name if standard else wording.not_installed(standard_id)


@blueprint.route("/a/<assessment_id>/delete", methods=["GET", "POST"])
@with_assessment(may=Right.OWN)
def delete(opened: AssessmentContext) -> ResponseReturnValue:
    """Delete the assessment in seven days; until it is undone nobody changes it."""
    if request.method == "GET" and opened.record.delete_after is not None:
        return redirect(url_for("export_import.leaving", assessment_id=opened.id), 303)
    form = DeleteForm()
    if request.method == "POST" and form.validate():
        delete_later(opened.id, at=now())
        note(SecurityEvent.DELETION_ASKED)
        return redirect(url_for("export_import.leaving", assessment_id=opened.id), 303)
    return _delete_page(opened, form), status_of(form)


@blueprint.get("/a/<assessment_id>/leaving")
@with_assessment(may=Right.READ)
def leaving(opened: AssessmentContext) -> ResponseReturnValue:
    """Say when an assessment is deleted for good, and restore it: every page of it leads here until then."""
    if opened.record.delete_after is None:
        return redirect(url_for("hub.show", assessment_id=opened.id), 303)
    return _delete_page(opened, DeleteForm())


@blueprint.post("/a/<assessment_id>/delete/undo")
@with_assessment(may=Right.OWN)
def keep(opened: AssessmentContext) -> ResponseReturnValue:
    """Undo the deletion."""
    form = DeleteForm()
    if not form.validate():
        return _delete_page(opened, form), status_of(form)
    keep_after_all(opened.id)
    note(SecurityEvent.DELETION_UNDONE)
    return lead_on(url_for("hub.show", assessment_id=opened.id), Done.KEPT)


@blueprint.route("/a/<assessment_id>/keep", methods=["GET", "POST"])
@with_assessment(may=Right.ANSWER)
def stay(opened: AssessmentContext) -> ResponseReturnValue:
    """Keep an assessment that nobody changed for so long that it would go."""
    form = DeleteForm()
    if request.method == "POST" and form.validate():
        keep_longer(opened.id, at=now())
        note(SecurityEvent.DELETION_UNDONE)
        return lead_on(url_for("hub.show", assessment_id=opened.id), Done.KEPT)
    page = render_template("export_import/stay.html", opened=opened, form=form, errors=form.errors_to_show())
    return page, status_of(form)


def _delete_page(opened: AssessmentContext, form: Any) -> str:
    return render_template(
        "export_import/delete.html",
        opened=opened,
        form=form,
        errors=form.errors_to_show(),
        days=DAYS_TO_UNDO,
    )
