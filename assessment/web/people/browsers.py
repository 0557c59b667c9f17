"""The browsers of one person: where else the same assessments are open, ending that, and forgetting this browser."""

from flask import Blueprint, Flask, Response, current_app, g, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from assessment.storage.assessments import assessments_of
from assessment.storage.database import OUR_FAULTS, UNAVAILABLE
from assessment.storage.sessions import SessionRecord, end_others, forget, note_use, sessions_of
from assessment.web.people.user_agents import browser_and_system
from assessment.web.shell.context import USE_TO_NOTE, now, session_id
from assessment.web.shell.done import lead_on
from assessment.web.shell.forms import PageForm, status_of
from assessment.web.shell.security_log import SecurityEvent, note
from assessment.web.wording import people as wording
from assessment.web.wording.done import Done

blueprint = Blueprint("browsers", __name__)

# Where somebody else is writing for longer, noting the use is left to the next page.
_WAIT_MS = 200


class EndForm(PageForm):
    """End another session, or this one."""


def note_uses(app: Flask) -> None:
    """Note, after its first page and then once an hour, that a session was used."""

    @app.after_request
    def note_use_after(response: Response) -> Response:
        sid = g.pop(USE_TO_NOTE, None)
        if sid is not None and session_id() == sid:
            browser, system = browser_and_system(request.headers.get("User-Agent", ""))
            try:
                note_use(sid, browser=browser, system=system, at=now(), wait_ms=_WAIT_MS)
            except UNAVAILABLE as error:
                if isinstance(error, OUR_FAULTS):
                    raise
                current_app.logger.warning("The use of a session could not be noted: %s", type(error).__name__)
        return response


@blueprint.get("/browsers")
def show() -> str:
    """List the browsers that came in the same way as this one, and offer to end them."""
    return _page(EndForm())


def _page(form: EndForm) -> str:
    sid = session_id()
    sessions = sessions_of(sid) if sid else []
    return render_template(
        "browsers/show.html",
        form=form,
        errors=form.errors_to_show(),
        sessions=[(each, wording.browser_on(each.browser, each.system), _used(each)) for each in sessions],
        others=any(not each.is_asking for each in sessions),
        only_here=[record for record in (assessments_of(sid, at=now()) if sid else []) if record.only_here],
    )


def _used(record: SessionRecord) -> str:
    return wording.last_used(record.last_used_at) if record.last_used_at else wording.not_used_yet()


@blueprint.post("/browsers/end")
def end() -> ResponseReturnValue:
    """End another browser of this person, or all others."""
    form = EndForm()
    if not form.validate():
        return _page(form), status_of(form)
    sid, which = session_id(), request.form.get("which", "")
    if sid and which:
        end_others(sid, None if which == "others" else which)
        note(SecurityEvent.SESSIONS_ENDED)
    return lead_on(url_for("browsers.show"), Done.ENDED)


@blueprint.post("/browsers/forget")
def forget_this() -> ResponseReturnValue:
    """End the session of this browser and take its cookie away. Everything that was saved stays."""
    form = EndForm()
    if not form.validate():
        return _page(form), status_of(form)
    sid = session_id()
    if sid:
        forget(sid)
        note(SecurityEvent.BROWSER_FORGOTTEN)
    session.clear()
    return lead_on(url_for("start.home"), Done.FORGOTTEN)
