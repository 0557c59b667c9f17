"""The way: which standards in which order. What is chosen here everything that is planned follows, for everybody."""

from collections.abc import Sequence

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import IntegerField, RadioField, SelectChoice
from wtforms.validators import InputRequired, Optional

from assessment.domain.profile import AS_ADVISED, WAY, way_of, way_values
from assessment.domain.rights import Right
from assessment.domain.way_planner import Legs
from assessment.domain.ways import possible_legs
from assessment.reports.wording.advice import legs_in_words
from assessment.reports.wording.timeline import a_week
from assessment.storage.merge_save import Proposed
from assessment.storage.profiles import Values, load_profile, save_profile
from assessment.web.planning.pace import pace
from assessment.web.shell.changer import changer_in_words
from assessment.web.shell.context import AssessmentContext, library, now
from assessment.web.shell.done import lead_on
from assessment.web.shell.forms import FormError, PageForm, status_of
from assessment.web.shell.idempotency import idempotency_key
from assessment.web.shell.rights import with_assessment
from assessment.web.wording import planning as wording
from assessment.web.wording.done import Done
from assessment.web.wording.forms import VERSION

blueprint = Blueprint("way", __name__)

NONE_NOW = "none"
# Stands between the stretches of a way in the value of a choice.
_THEN = ">"


def _value(legs: Legs) -> str:
    return _THEN.join(way_values(legs)) or NONE_NOW


class WayForm(PageForm):
    """One of the ways, as advised, or none for now."""

    way = RadioField(wording.WAY, [InputRequired(wording.WAY_MISSING)], description=wording.WAY_HINT)
    version = IntegerField(VERSION, [Optional()])

    def offer(self, ways: Sequence[Legs]) -> None:
        """Offer these ways besides what is advised and none."""
        self.way.choices = [
            SelectChoice(AS_ADVISED, wording.AS_ADVISED),
            *(
                SelectChoice(_value(legs), wording.way(legs_in_words(legs, library()), only=sum(map(len, legs)) == 1))
                for legs in ways
            ),
            SelectChoice(NONE_NOW, wording.NONE_NOW),
        ]


@blueprint.route("/a/<assessment_id>/way", methods=["GET", "POST"])
@with_assessment(may=Right.READ, post=Right.PLAN)
def choose(opened: AssessmentContext) -> ResponseReturnValue:
    """Show every way with its work and dates, and choose one of them."""
    result = opened.result()
    profile, versions = load_profile(opened.id)
    chosen = profile.way()
    form = WayForm(data={"way": AS_ADVISED if chosen is None else _value(result.way), "version": versions.get(WAY, 0)})
    offered = possible_legs(result.to_certify)
    form.offer(offered)
    if form.validate_on_submit():
        legs = {_value(legs): legs for legs in offered} | {NONE_NOW: ()}
        wanted = None if form.way.data == AS_ADVISED else legs[form.way.data]
        proposed: Values = way_values(wanted)
        proposals = [Proposed(key=WAY, value=proposed, base_version=form.version.data or 0)]
        saved = save_profile(opened.id, proposals, who=opened.record.who, at=now(), idempotency_key=idempotency_key())
        for conflict in saved.conflicts:
            form.version.raw_data, form.version.data = None, conflict.version
            text = wording.way_changed(changer_in_words(conflict.changed_by), way_in_words(conflict.theirs))
            return _page(opened, form, [FormError(href="#way", text=text)]), 409
        return lead_on(url_for("planning.plan", assessment_id=opened.id), Done.SAVED)
    return _page(opened, form, form.errors_to_show()), status_of(form)


def way_in_words(values: tuple[str, ...] | None) -> str:
    """Return a way that is kept as people read it; a standard that is not known here keeps its id."""
    legs = way_of(values)
    if legs is None:
        return str(wording.AS_ADVISED)
    return legs_in_words(legs, library())


def _page(opened: AssessmentContext, form: WayForm, errors: Sequence[FormError]) -> str:
    result = opened.result()
    at = pace(result)
    return render_template(
        "planning/way.html",
        opened=opened,
        result=result,
        form=form,
        errors=errors,
        routes=result.ways_from(at.start, at.days_a_week),
        pace=at,
        a_week=a_week,
    )
