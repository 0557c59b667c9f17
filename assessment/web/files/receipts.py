"""Receipts: a page that checks one that somebody was given, and the description of their format."""

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import FileField

from assessment.reports.child_process import SECONDS_UNTIL_FREE, TooBusyError
from assessment.reports.receipt import MOST_DIFFERENCES, ReceiptError, verify_upload
from assessment.reports.receipt_schema import ADDRESS, meaning, receipt_schema
from assessment.web.shell.context import library
from assessment.web.shell.forms import FormError, PageForm, status_of
from assessment.web.shell.limits import limit
from assessment.web.wording import files as wording

blueprint = Blueprint("receipts", __name__)

# Answers to two hundred questions with the longest notes in any script fit.
MOST_BYTES = 16 * 1024 * 1024


class VerifyForm(PageForm):
    """Check a receipt. The file is read, recomputed and forgotten."""

    file = FileField(wording.RECEIPT, description=wording.RECEIPT_HINT)


@blueprint.route("/verify", methods=["GET", "POST"])
def check() -> ResponseReturnValue:
    """Recompute a receipt and say whether everything in it is right, or what differs and why. Nothing is kept."""
    if request.method == "POST":
        limit("verify")  # before the file is read: what is refused costs its sender an attempt as well
        request.max_content_length = MOST_BYTES
    form = VerifyForm()
    if request.method == "GET":
        return _page(form, [])
    if not form.validate():
        return _page(form, form.errors_to_show()), status_of(form)
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page(form, [FormError(href="#file", text=wording.choose_a_file())]), 422
    try:
        checked = verify_upload(file.read(), library(), current_app.extensions["product-version"])
    except ReceiptError as error:
        return _page(form, [FormError(href="#file", text=wording.cannot_be_checked(str(error)))]), 422
    except TooBusyError:
        page = _page(form, [FormError(href="#file", text=wording.receipt_has_to_wait())])
        return page, 503, {"Retry-After": str(SECONDS_UNTIL_FREE)}
    return render_template(
        "receipts/checked.html", found=checked, shown=checked.differences[:MOST_DIFFERENCES], meaning=meaning
    )


def _page(form: VerifyForm, errors: list[FormError]) -> str:
    return render_template("receipts/verify.html", form=form, errors=errors)


@blueprint.get(ADDRESS)
def schema() -> Response:
    """Hand out the JSON Schema of the receipt."""
    return Response(receipt_schema(), content_type="application/schema+json")
