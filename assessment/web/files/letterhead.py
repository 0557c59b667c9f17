"""The letterhead: whose name, address and logo stand on documents."""

from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from wtforms import Field, FileField, IntegerField, TextAreaField, ValidationError
from wtforms.validators import Optional

from assessment.domain.letterhead import Letterhead
from assessment.domain.limits import LONGEST_ADDRESS, LONGEST_NAME
from assessment.domain.rights import Right
from assessment.reports.child_process import SECONDS_UNTIL_FREE, TooBusyError
from assessment.reports.logo import LogoError, to_logo
from assessment.storage.letterheads import ADDRESS, LOGO, NAME, load_letterhead, logo_hash, save_letterhead
from assessment.storage.merge_save import Conflict, Proposed
from assessment.web.shell.context import AssessmentContext, now
from assessment.web.shell.done import lead_on
from assessment.web.shell.forms import PageForm, StorableText, line, normal, status_of
from assessment.web.shell.idempotency import idempotency_key
from assessment.web.shell.limits import limit
from assessment.web.shell.rights import with_assessment
from assessment.web.wording import files as wording
from assessment.web.wording.done import Done
from assessment.web.wording.forms import VERSION

blueprint = Blueprint("letterhead", __name__)

# More than a logo may have, so that a picture that is too large is refused on this page and what was typed stays.
MOST_BYTES_READ = 16 * 1024 * 1024
MOST_ADDRESS_LINES = 8


class LetterheadForm(PageForm):
    """Name, address and logo, each with the version it was rendered with."""

    name = line(wording.LETTERHEAD_PARTS["name"], longest=LONGEST_NAME, hint=wording.LETTERHEAD_NAME_HINT)
    address = TextAreaField(
        wording.LETTERHEAD_PARTS["address"],
        [StorableText(LONGEST_ADDRESS)],
        filters=[normal],
        default="",
    )
    logo = FileField(
        wording.LETTERHEAD_PARTS["logo"],
    )
    name_version = IntegerField(VERSION, [Optional()], name="name-version")
    address_version = IntegerField(VERSION, [Optional()], name="address-version")
    logo_version = IntegerField(VERSION, [Optional()], name="logo-version")

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.address.description = wording.address_hint(MOST_ADDRESS_LINES)
        self.logo.description = wording.logo_hint()

    def validate_address(self, field: Field) -> None:
        """Take no more lines than a page has room for."""
        lines = len((field.data or "").splitlines())
        if lines > MOST_ADDRESS_LINES:
            raise ValidationError(wording.too_many_lines(lines, MOST_ADDRESS_LINES))

    def proposals(self, picture: bytes | None) -> list[Proposed[str]]:
        """Return what the form proposes for each part; nothing for the logo where ``picture`` is ``None``."""
        texts = {NAME: self.name.data, ADDRESS: self.address.data}
        if picture is not None:
            texts[LOGO] = logo_hash(picture)
        return [Proposed(key=part, value=text, base_version=self[f"{part}_version"].data or 0) for part, text in texts.items()]


@blueprint.route("/a/<assessment_id>/letterhead", methods=["GET", "POST"])
@with_assessment(may=Right.READ, post=Right.PLAN)
def edit(opened: AssessmentContext) -> ResponseReturnValue:
    """Show and save the letterhead. A chosen picture goes with the form once; browsers do not show it again."""
    if request.method == "POST":
        request.max_content_length = MOST_BYTES_READ
    stored, reached = load_letterhead(opened.id)
    versions = {f"{part}_version": reached.get(part, 0) for part in wording.LETTERHEAD_PARTS}
    form = LetterheadForm(data={"name": stored.name, "address": stored.address, **versions})
    if request.method == "GET":
        return _page(opened, form, stored)
    if _sent(form):
        limit("picture")  # before anything is looked at: what is refused costs its sender an attempt as well
    right = form.validate()
    try:
        picture = _chosen_picture(form) if right else None
    except TooBusyError:
        form.logo.errors = [wording.picture_has_to_wait()]
        return _page(opened, form, stored), 503, {"Retry-After": str(SECONDS_UNTIL_FREE)}
    if form.errors or form.logo.errors:
        return _page(opened, form, stored), status_of(form)
    proposals, who = form.proposals(picture), opened.record.who
    conflicts = save_letterhead(opened.id, proposals, logo=picture, who=who, at=now(), idempotency_key=idempotency_key())
    if conflicts:
        for conflict in conflicts:
            form[f"{conflict.key}_version"].raw_data = None
            form[f"{conflict.key}_version"].data = conflict.version
        return _page(opened, form, load_letterhead(opened.id)[0], conflicts), 409
    return lead_on(url_for("letterhead.edit", assessment_id=opened.id), Done.SAVED)


def _sent(form: LetterheadForm) -> FileStorage | None:
    """Return the file that was sent as a logo, if one was."""
    file = request.files.get(form.logo.name)
    return file if file and file.filename else None


def _chosen_picture(form: LetterheadForm) -> bytes | None:
    """Return the chosen logo, redrawn; empty where it is to be removed, ``None`` where it stays. Mark what is wrong."""
    if "remove" in request.form:
        return b""
    file = _sent(form)
    if file is None:
        return None
    picture = file.read()
    file.seek(0)
    try:
        return to_logo(picture)
    except LogoError as error:
        form.logo.errors = [str(error)]
        return None


def _page(
    opened: AssessmentContext,
    form: LetterheadForm,
    stored: Letterhead,
    conflicts: tuple[Conflict[str], ...] = (),
) -> str:
    return render_template(
        "letterhead/edit.html",
        opened=opened,
        form=form,
        stored=stored,
        conflicts=conflicts,
        labels=wording.LETTERHEAD_PARTS,
        errors=form.errors_to_show(),
        picture_was_chosen=any(file.filename for file in request.files.values()),
    )


@blueprint.get("/a/<assessment_id>/letterhead/logo.png")
@with_assessment(may=Right.READ)
def logo(opened: AssessmentContext) -> Response:
    """Show the logo as it stands on documents."""
    png = load_letterhead(opened.id)[0].logo
    if not png:
        abort(404)
    return Response(png, content_type="image/png")
