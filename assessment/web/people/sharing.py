"""Private links: how an assessment comes to another browser."""

from datetime import UTC, date, datetime, time, timedelta

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field, RadioField, SelectChoice, ValidationError
from wtforms.validators import Optional

from assessment.domain.authors import is_reserved
from assessment.domain.entries import earliest_today
from assessment.domain.limits import LONGEST_LABEL, MOST_LINKS
from assessment.domain.rights import Right, Role
from assessment.storage.access import (
    LinkNameTakenError,
    LinkRecord,
    TooManyLinksError,
    create_link,
    find_link,
    links,
    redeem_link,
    revoke_link,
)
from assessment.web.shell.context import (
    AssessmentContext,
    next_session_id,
    now,
    open_assessment,
    public_address,
    session_id,
    take_session,
)
from assessment.web.shell.done import lead_on
from assessment.web.shell.forms import PageForm, PlainDateField, line, status_of
from assessment.web.shell.idempotency import once_token
from assessment.web.shell.limits import limit
from assessment.web.shell.rights import NotAllowedError, with_assessment
from assessment.web.shell.security_log import SecurityEvent, note
from assessment.web.wording import people as wording
from assessment.web.wording.done import Done

blueprint = Blueprint("sharing", __name__)

# What a link can be made for. Those who only answer come with questions of their own; until then a link is not made for them.
OFFERED = (Role.EDITOR, Role.READER)


class LinkForm(PageForm):
    """Make a private link for somebody: what it lets them do, and until when."""

    label = line(wording.LABEL, required=wording.LABEL_MISSING, longest=LONGEST_LABEL, hint=wording.LABEL_HINT)
    role = RadioField(
        wording.ROLE, default=Role.EDITOR.value, choices=[SelectChoice(role.value, wording.ROLES[role]) for role in OFFERED]
    )
    last_day = PlainDateField(wording.LAST_DAY, [Optional()], description=wording.LAST_DAY_HINT)

    # When the access of whoever makes the link ends, set by `share`.
    longest: datetime | None = None

    def validate_label(self, field: Field) -> None:
        """Take no name that the history has for the product's own authors."""
        if is_reserved(field.data or ""):
            raise ValidationError(wording.name_reserved())

    def validate_last_day(self, field: Field) -> None:
        """Take no day that is past, and none after the day on which the maker's own link ends."""
        if field.data is None:
            return
        if field.data < earliest_today(now()):
            raise ValidationError(wording.last_day_is_past())
        if self.longest is not None and _end_of(field.data) > self.longest:
            raise ValidationError(wording.last_day_after_own())

    def ends_at(self) -> datetime | None:
        """Return when the link ends: with its last day, or with the link of whoever makes it."""
        return _end_of(self.last_day.data) if self.last_day.data else self.longest


class RedeemForm(PageForm):
    """Open an assessment through a private link."""


@blueprint.route("/a/<assessment_id>/share", methods=["GET", "POST"])
@with_assessment(may=Right.SHARE)
def share(opened: AssessmentContext) -> ResponseReturnValue:
    """List the private links, and make a new one. Its address is shown once: only a fingerprint is stored."""
    form = LinkForm()
    form.longest = opened.record.access_ends_at
    if form.validate_on_submit():
        role, label, ends_at = Role(form.role.data), form.label.data, form.ends_at()
        token = once_token(f"private link {request.path}")
        try:
            token = create_link(opened.id, label, role=role, who=opened.record.who, at=now(), token=token, ends_at=ends_at)
        except LinkNameTakenError:
            form.label.errors = [wording.name_taken()]
            return _render(opened, form), 400
        except TooManyLinksError:
            form.label.errors = [wording.too_many_links(MOST_LINKS)]
            return _render(opened, form), 400
        note(SecurityEvent.LINK_MADE)
        address = public_address(url_for("sharing.opening", token=token))
        opened = open_assessment(opened.id)  # by now it is open to somebody else
        return _render(opened, LinkForm(formdata=None), address=address, label=label)
    return _render(opened, form), status_of(form)


def _render(
    opened: AssessmentContext, form: LinkForm, address: str = "", label: str = "", refused: RedeemForm | None = None
) -> str:
    return render_template(
        "sharing/share.html",
        opened=opened,
        form=form,
        errors=(refused or form).errors_to_show(),
        links=[(link, _state(link), may_end(opened, link)) for link in links(opened.id, at=now())],
        roles=wording.ROLES,
        address=address,
        label=label,
    )


def may_end(opened: AssessmentContext, link: LinkRecord) -> bool:
    """Tell whether a link can be ended here: by its maker and by the owner, and never the link one came through oneself."""
    mine = link.made_by == opened.record.who
    return link.works(now()) and link.label != opened.record.who and (mine or opened.may(Right.OWN))


@blueprint.post("/a/<assessment_id>/share/<link_id>/revoke")
@with_assessment(may=Right.SHARE)
def revoke(opened: AssessmentContext, link_id: str) -> ResponseReturnValue:
    """End a private link, for everybody who came through it, with the links that they made."""
    form = RedeemForm()
    if not form.validate_on_submit():
        return _render(opened, LinkForm(formdata=None), refused=form), 400
    link = next((link for link in links(opened.id, at=now()) if link.id == link_id), None)
    if link is not None and link.revoked_at is None:
        if not may_end(opened, link):
            raise NotAllowedError(Right.OWN)
        revoke_link(opened.id, link_id, who=opened.record.who, at=now())
        note(SecurityEvent.LINK_ENDED)
    return lead_on(url_for("sharing.share", assessment_id=opened.id), Done.ENDED)


def _state(link: LinkRecord) -> str:
    if link.revoked_at is not None:
        return wording.revoked(link.revoked_at)
    if link.ends_at is not None:
        last_moment = link.ends_at - _AFTER_MIDNIGHT - timedelta(seconds=1)
        return wording.ended(last_moment) if link.ends_at <= now() else wording.works_until(last_moment)
    return wording.works()


# How long a day lasts on after its end in UTC, where it ends last: a last day is that of whoever holds the link, too.
_AFTER_MIDNIGHT = timedelta(hours=12)


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC) + _AFTER_MIDNIGHT


@blueprint.route("/open/<token>", methods=["GET", "POST"])
def opening(token: str) -> ResponseReturnValue:
    """Show a button; only pressing it opens the assessment here. Programs that look at links in mails press nothing."""
    if request.method == "POST":
        limit("open")
    link = find_link(token, at=now())
    if link is None:
        note(SecurityEvent.LINK_REFUSED)
        abort(404)
    form = RedeemForm()
    if request.method == "POST" and form.validate():
        new_sid = next_session_id()
        assessment_id = redeem_link(token, sid=session_id(), new_sid=new_sid, at=now())
        if assessment_id is None:
            note(SecurityEvent.LINK_REFUSED)
            abort(404)
        note(SecurityEvent.LINK_REDEEMED)
        take_session(new_sid)
        return redirect(url_for("hub.show", assessment_id=assessment_id), 303)
    return render_template("sharing/open.html", form=form, errors=form.errors_to_show()), status_of(form)
