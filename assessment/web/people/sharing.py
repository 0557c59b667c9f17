"""Private links: how an assessment comes to another browser."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.storage.access import LinkNameTakenError, create_link, find_link, links, redeem_link, revoke_link
from assessment.web.shell.context import Opened, begin_session, now, with_assessment
from assessment.web.shell.forms import PageForm, line
from assessment.web.shell.idempotency import once_token
from assessment.web.shell.limits import limit
from assessment.web.starting.start import status_of

blueprint = Blueprint("sharing", __name__)

NAME_TAKEN = "There is a link with this name already. Choose another name, or revoke that link first."


class LinkForm(PageForm):
    """Make a private link for somebody."""

    label = line(
        "Who is this link for?",
        required="Say who the link is for, such as a name or a department.",
        longest=100,
        hint="Changes made through this link carry this name.",
    )


class RedeemForm(PageForm):
    """Open an assessment through a private link."""


@blueprint.route("/a/<assessment_id>/share", methods=["GET", "POST"])
@with_assessment
def share(opened: Opened) -> ResponseReturnValue:
    """List the private links, and make a new one. Its address is shown once: only a fingerprint is stored."""
    form = LinkForm()
    if form.validate_on_submit():
        try:
            token = create_link(opened.id, form.label.data, who=opened.record.who, at=now(), token=once_token())
        except LinkNameTakenError:
            form.label.errors = [NAME_TAKEN]
            return _render(opened, form), 400
        address = url_for("sharing.opening", token=token, _external=True)
        return _render(opened, LinkForm(formdata=None), address=address, label=form.label.data)
    return _render(opened, form), status_of(form)


def _render(opened: Opened, form: LinkForm, address: str = "", label: str = "", refused: RedeemForm | None = None) -> str:
    return render_template(
        "sharing/share.html",
        opened=opened,
        form=form,
        errors=(refused or form).errors_to_show(),
        links=links(opened.id),
        address=address,
        label=label,
    )


@blueprint.post("/a/<assessment_id>/share/<link_id>/revoke")
@with_assessment
def revoke(opened: Opened, link_id: str) -> ResponseReturnValue:
    """End a private link, for everybody who came through it."""
    form = RedeemForm()
    if not form.validate_on_submit():
        return _render(opened, LinkForm(formdata=None), refused=form), 400
    revoke_link(opened.id, link_id, who=opened.record.who, at=now())
    return redirect(url_for("sharing.share", assessment_id=opened.id), 303)


@blueprint.route("/open/<token>", methods=["GET", "POST"])
def opening(token: str) -> ResponseReturnValue:
    """Show a button; only pressing it opens the assessment here. Programs that look at links in mails press nothing."""
    if request.method == "POST":
        limit("open")
    link = find_link(token, at=now())
    if link is None:
        abort(404)
    form = RedeemForm()
    if request.method == "POST" and form.validate():
        assessment_id = redeem_link(token, sid=begin_session(), at=now())
        if assessment_id is None:
            abort(404)
        return redirect(url_for("hub.show", assessment_id=assessment_id), 303)
    return render_template("sharing/open.html", form=form, errors=form.errors_to_show()), status_of(form)
