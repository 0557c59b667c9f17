"""The first page, starting an assessment, and pages that belong to nobody's assessment."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from assessment.domain.authors import DEMO
from assessment.domain.limits import LONGEST_NAME
from assessment.domain.question_path import QuestionPath
from assessment.domain.rights import Right, allows
from assessment.domain.sample import Sample
from assessment.domain.standard import Standard
from assessment.storage.assessments import AssessmentRecord, ChosenStandard, assessments_of, create_assessment
from assessment.storage.filled_assessments import create_filled
from assessment.storage.health import Fault, find_fault
from assessment.storage.idempotency import IdempotencyKey
from assessment.web.shell.context import begin_session, library, now, session_id
from assessment.web.shell.forms import PageForm, line, status_of
from assessment.web.shell.idempotency import idempotency_key
from assessment.web.shell.limits import limit
from assessment.web.starting.protection import protection
from assessment.web.starting.sample import sample_shown
from assessment.web.wording import organisation as wording
from assessment.web.wording.reading import on_protection

blueprint = Blueprint("start", __name__)


class StartForm(PageForm):
    """The name of the organisation, and which standards to look at."""

    organisation = line(wording.NAME, required=wording.NAME_MISSING, longest=LONGEST_NAME, hint=wording.NAME_HINT)
    standards = SelectMultipleField(
        wording.STANDARDS,
        [InputRequired(wording.STANDARDS_MISSING)],
        description=wording.STANDARDS_HINT,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.standards.choices = [
            SelectChoice(standard.id, wording.standard_with_title(standard.name, standard.title))
            for standard in library().standards.values()
        ]


@blueprint.get("/")
def home() -> str:
    """Say what this is, and show the assessments this browser holds."""
    return _home(PageForm())


def _home(form: PageForm) -> str:
    sid = session_id()
    return render_template(
        "start/home.html",
        standards=library().standards.values(),
        held=_told_apart(assessments_of(sid, at=now())) if sid else [],
        sample=sample_shown(),
        form=form,
        errors=form.errors_to_show(),
    )


def _told_apart(records: Sequence[AssessmentRecord]) -> list[tuple[AssessmentRecord, str]]:
    """Return each assessment with a note that no other one of its name has."""
    notes = [(record, _note(record)) for record in records]
    alike: dict[tuple[str, str], list[str]] = {}
    for record, note in notes:
        alike.setdefault((record.organisation, note), []).append(record.id)
    held = []
    for record, note in notes:
        same = alike[record.organisation, note]
        own = wording.one_of_several(note, same.index(record.id) + 1, len(same)) if len(same) > 1 else note
        held.append((record, own))
    return held


def _note(record: AssessmentRecord) -> str:
    own = allows(record.role, Right.OWN)
    return wording.held(record.updated_at, record.imported_at, record.delete_after, can_restore=own)


@blueprint.post("/demo")
def demo() -> ResponseReturnValue:
    """Start an assessment of the sample organisation, with everything it answered; this browser holds it."""
    read: Callable[[], Sample] | None = current_app.extensions["demo"]
    if read is None:
        abort(404)
    form = PageForm()
    if not form.validate():
        return _home(form), 400
    limit("start")
    limit("assessment")
    assessment_id = start_sample(read(), sid=begin_session(), at=now(), key=idempotency_key())
    return redirect(url_for("hub.show", assessment_id=assessment_id), 303)


def start_sample(sample: Sample, *, sid: str, at: datetime, key: IdempotencyKey | None = None) -> str:
    """Start an assessment of a sample organisation, held by a session, and return its id; twice with one key is once."""
    chosen = [
        ChosenStandard(standard=asked.standard.id, edition=asked.edition.id, path=asked.path) for asked in sample.questionnaires
    ]
    return create_filled(
        sample.organisation,
        chosen,
        sample.sheet,
        sample.profile,
        who=DEMO,
        sid=sid,
        at=at,
        idempotency_key=key,
    )


@blueprint.route("/start", methods=["GET", "POST"])
def start() -> ResponseReturnValue:
    """Start an assessment; the browser that starts it holds it."""
    form = StartForm()
    if form.validate_on_submit():
        limit("start")
        limit("assessment")
        assessment_id = create_assessment(
            form.organisation.data,
            [newest(library().standards[standard_id]) for standard_id in form.standards.data],
            sid=begin_session(),
            at=now(),
            idempotency_key=idempotency_key(),
        )
        return redirect(url_for("hub.show", assessment_id=assessment_id), 303)
    return render_template("start/start.html", form=form, errors=form.errors_to_show()), status_of(form)


def newest(standard: Standard) -> ChosenStandard:
    """Return a standard in its current edition, along the path everybody begins with."""
    return ChosenStandard(standard=standard.id, edition=standard.current.id, path=QuestionPath.QUICK)


@blueprint.get("/calculation")
def calculation() -> str:
    """Say how every figure is calculated, with the numbers in force."""
    return render_template("start/calculation.html", rules=library().rules, tables=library().audit_tables)


@blueprint.get("/privacy")
def privacy() -> str:
    """Say what is stored, and where."""
    return render_template("start/privacy.html")


@blueprint.get("/protection")
def how_we_protect_you() -> str:
    """Say how people and what they type are protected, and where the product differs from a public standard."""
    return render_template("start/protection.html", protection=protection(), text=on_protection)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Say that the process is alive."""
    return {"status": "alive"}


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Say whether saves would succeed: the database answers, has the right schema, and takes writes."""
    fault = _fault_of_late()
    if fault is None:
        return {"status": "ready", **dict.fromkeys(Fault, "ok")}
    before = list(Fault)[: list(Fault).index(fault)]
    return {"status": "not ready", "fault": fault, **dict.fromkeys(before, "ok"), fault: "fault"}, 503, {"Retry-After": "5"}


_SECONDS_KNOWN = 1.0
_FAULT = "fault-of-late"


def _fault_of_late() -> Fault | None:
    """Look at most once a second in each worker: whoever asks more often must not make it write."""
    looked_at, fault = current_app.extensions.get(_FAULT, (-_SECONDS_KNOWN, None))
    if time.monotonic() - looked_at >= _SECONDS_KNOWN:
        fault = find_fault(now())
        current_app.extensions[_FAULT] = (time.monotonic(), fault)
    known: Fault | None = fault
    return known
