"""Leaving with everything and coming in with everything: export, import, and deleting with seven days to undo."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import FileField, HiddenField

from assessment.domain.rights import Right
from assessment.storage.assessments import DAYS_TO_UNDO, delete_later, keep_after_all
from assessment.storage.export_format import Document, TransferError, read_document, to_json
from assessment.storage.export_import import add_document, to_document
from assessment.web.files.attachment import attachment
from assessment.web.shell.context import AssessmentContext, begin_session, library, note_export, now, with_assessment
from assessment.web.shell.forms import FormError, PageForm, status_of
from assessment.web.shell.idempotency import idempotency_key
from assessment.web.shell.limits import limit
from assessment.web.wording import files as wording

blueprint = Blueprint("export_import", __name__)

MOST_BYTES = 16 * 1024 * 1024


class DeleteForm(PageForm):
    """Delete an assessment, or undo that."""


class ImportForm(PageForm):
    """Take in an export: look at it first, then take it in as it was shown."""

    file = FileField(wording.EXPORT, description=wording.EXPORT_HINT)
    document = HiddenField(wording.EXPORT_SHOWN)


@blueprint.get("/a/<assessment_id>/export.json")
@with_assessment(may=Right.SHARE)
def export(opened: AssessmentContext) -> ResponseReturnValue:
    """Hand out the whole assessment with its history."""
    document = to_json(to_document(opened.id))
    note_export(opened.id)
    rest = f"{now().date().isoformat()}-everything.json"
    return attachment(document, "application/json", opened.record.organisation, rest)


@blueprint.route("/import", methods=["GET", "POST"])
def take_in() -> ResponseReturnValue:
    """Show what an export holds, then make an assessment of it. Nothing is written unless all of it can be used."""
    if request.method == "POST":
        request.max_content_length = request.max_form_memory_size = MOST_BYTES
    form = ImportForm()
    if request.method == "GET":
        return _import_page(form, [])
    if not form.validate():
        return _import_page(form, form.errors_to_show()), status_of(form)
    limit("import")
    shown = request.form.get("document", "")
    raw = shown.encode("utf-8", "replace") if shown else _uploaded()
    try:
        document = read_document(raw, library().takes)
    except TransferError as error:
        return _import_page(form, [FormError(href="#file", text=wording.nothing_imported(str(error)))]), 422
    if shown:
        limit("assessment")
        assessment_id = add_document(document, sid=begin_session(), at=now(), idempotency_key=idempotency_key())
        note_export(assessment_id)
        return redirect(url_for("hub.show", assessment_id=assessment_id), 303)
    return _import_page(form, [], document=document, raw=raw.decode("utf-8-sig"))


def _uploaded() -> bytes:
    file = request.files.get("file")
    return file.read() if file else b""


def _import_page(form: ImportForm, errors: list[FormError], document: Document | None = None, raw: str = "") -> str:
    return render_template(
        "export_import/import.html",
        form=form,
        errors=errors,
        document=document,
        raw=raw,
        standards=[_name(standard_id) for standard_id in document.standards] if document else [],
        no_longer_asked=sum(ref not in library().questions for ref in document.refs) if document else 0,
    )


def _name(standard_id: str) -> str:
    standard = library().standards.get(standard_id)
    return standard.name if standard else wording.not_installed(standard_id)


@blueprint.route("/a/<assessment_id>/delete", methods=["GET", "POST"])
@with_assessment(may=Right.READ, post=Right.OWN)
def delete(opened: AssessmentContext) -> ResponseReturnValue:
    """Delete the assessment in seven days; until it is undone nobody changes it."""
    form = DeleteForm()
    if request.method == "POST" and form.validate():
        delete_later(opened.id, at=now())
        return redirect(url_for("export_import.delete", assessment_id=opened.id), 303)
    return _delete_page(opened, form), status_of(form)


@blueprint.post("/a/<assessment_id>/delete/undo")
@with_assessment(may=Right.OWN)
def keep(opened: AssessmentContext) -> ResponseReturnValue:
    """Undo the deletion."""
    form = DeleteForm()
    if not form.validate():
        return _delete_page(opened, form), status_of(form)
    keep_after_all(opened.id)
    return redirect(url_for("hub.show", assessment_id=opened.id), 303)


def _delete_page(opened: AssessmentContext, form: Any) -> str:
    return render_template(
        "export_import/delete.html",
        opened=opened,
        form=form,
        errors=form.errors_to_show(),
        days=DAYS_TO_UNDO,
    )
