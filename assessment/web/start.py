"""The first page, starting an assessment, and pages that belong to nobody's assessment."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from assessment import storage
from assessment.domain.question_path import QuestionPath
from assessment.domain.sample import Sample
from assessment.domain.standard import Standard
from assessment.web.browser import begin_session, library, now, session_id
from assessment.web.forms import LONGEST_NAME, PageForm, line
from assessment.web.limits import limit
from assessment.web.once import once
from assessment.web.sample import sample_shown

blueprint = Blueprint("start", __name__)

# Who is named in the history of a demo's answers.
DEMO_AUTHOR = "The demo"


class StartForm(PageForm):
    """The name of the organisation, and which standards to look at."""

    organisation = line(
        "Name of your organisation",
        required="Give the organisation a name. It appears on every page and download.",
        longest=LONGEST_NAME,
        hint="As it should appear on the gap summary. A working name will do; you can change it.",
    )
    standards = SelectMultipleField(
        "Which standards do you want to look at?",
        [InputRequired("Tick at least one standard. You can add or remove one at any time.")],
        description="Tick all if you are not sure which one fits: comparing them is what this product is for.",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.standards.choices = [
            SelectChoice(each.id, f"{each.name}: {each.title.lower()}") for each in library().standards.values()
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
        held=storage.assessments_of(sid) if sid else [],
        sample=sample_shown(),
        form=form,
        errors=form.errors_to_show(),
    )


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
    sample = read()
    chosen = [
        storage.ChosenStandard(standard=each.standard.id, edition=each.edition.id, depth=each.path)
        for each in sample.questionnaires
    ]
    at = now()
    assessment_id = storage.create_assessment(sample.organisation, chosen, sid=begin_session(), at=at, once=once())
    answers = [storage.Submission(ref=ref, answer=answer, base_version=0) for ref, answer in sample.sheet.answers.items()]
    storage.save_answers(assessment_id, answers, who=DEMO_AUTHOR, at=at)
    profile = [
        storage.ProfileSubmission(question=question, values=values, base_version=0)
        for question, values in sample.profile.values.items()
    ]
    storage.save_profile(assessment_id, profile, who=DEMO_AUTHOR, at=at)
    return redirect(url_for("hub.show", assessment_id=assessment_id), 303)


@blueprint.route("/start", methods=["GET", "POST"])
def start() -> ResponseReturnValue:
    """Start an assessment; the browser that starts it holds it."""
    form = StartForm(data={"standards": list(library().standards)})
    if form.validate_on_submit():
        limit("start")
        assessment_id = storage.create_assessment(
            form.organisation.data,
            [newest(library().standards[each]) for each in form.standards.data],
            sid=begin_session(),
            at=now(),
            once=once(),
        )
        return redirect(url_for("hub.show", assessment_id=assessment_id), 303)
    return render_template("start/start.html", form=form, errors=form.errors_to_show()), status_of(form)


def newest(standard: Standard) -> storage.ChosenStandard:
    """A standard in its current edition, at the depth everybody begins with."""
    return storage.ChosenStandard(standard=standard.id, edition=standard.current.id, depth=QuestionPath.QUICK)


def status_of(form: PageForm) -> int:
    """200 for a form that is only shown, 400 for one with a wrong token, 422 for one with something to mend."""
    if not form.errors:
        return 200
    return 400 if "csrf_token" in form.errors else 422


@blueprint.get("/calculation")
def calculation() -> str:
    """Say how every figure is calculated, with the numbers in force."""
    return render_template("start/calculation.html", rules=library().rules, tables=library().audit_tables)


@blueprint.get("/privacy")
def privacy() -> str:
    """Say what is stored, and where."""
    return render_template("start/privacy.html")


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Say that the process is alive."""
    return {"status": "alive"}


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Say whether the database answers."""
    storage.check_health()
    return {"status": "ready"}
