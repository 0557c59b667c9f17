"""What it costs: the rates and sums people know, kept with the assessment, and what follows from them."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import IntegerField
from wtforms.validators import Optional

from assessment.domain.cost import AMOUNTS, CostField, cost, currency, entered, usual_help
from assessment.domain.limits import LONGEST_CURRENCY, MOST_AMOUNT
from assessment.domain.profile import Profile
from assessment.domain.result import Result
from assessment.domain.rights import Right
from assessment.reports.outline.costs import cost_blocks
from assessment.reports.wording import cost as wording
from assessment.storage.merge_save import Conflict, Proposed
from assessment.storage.profiles import Values, load_profile, save_profile
from assessment.web.shell.changer import changer_in_words
from assessment.web.shell.context import AssessmentContext, now
from assessment.web.shell.done import lead_on
from assessment.web.shell.forms import FormError, PageForm, PlainNumberField, line, status_of
from assessment.web.shell.idempotency import idempotency_key
from assessment.web.shell.rights import with_assessment
from assessment.web.wording import planning as page_wording
from assessment.web.wording.done import Done
from assessment.web.wording.forms import VERSION

blueprint = Blueprint("costs", __name__)


class CostForm(PageForm):
    """A field for each rate and sum, with the version it was rendered with; `cost_form` adds them."""


def version_of(field: CostField) -> str:
    """Return the name of the form field that holds the version of a rate or sum."""
    return f"{field.value}-version"


def cost_form(profile: Profile, versions: dict[str, int], result: Result) -> CostForm:
    """Build the form. Days of a helper that are usual stand in the hint: what nobody told is no answer."""
    data: dict[str, Any] = {CostField.CURRENCY.value: currency(profile)}
    fields: dict[str, Any] = {
        CostField.CURRENCY.value: line(
            wording.FIELDS[CostField.CURRENCY], longest=LONGEST_CURRENCY, hint=wording.HINTS[CostField.CURRENCY]
        )
    }
    told, usual = entered(profile), usual_help(result)
    for field in AMOUNTS:
        hint = wording.usual_help(usual) if field is CostField.HELPER_DAYS else wording.HINTS.get(field, "")
        fields[field.value] = PlainNumberField(
            wording.FIELDS[field], most=MOST_AMOUNT, least=0, validators=[Optional()], description=hint
        )
        data[field.value] = told.get(field)
    for field in CostField:
        fields[version_of(field)] = IntegerField(VERSION, [Optional()])
        data[version_of(field)] = versions.get(field.value, 0)
    built: type[CostForm] = type("AskedCostForm", (CostForm,), fields)
    return built(data=data)


@blueprint.route("/a/<assessment_id>/costs", methods=["GET", "POST"])
@with_assessment(may=Right.READ, post=Right.PLAN)
def show(opened: AssessmentContext) -> ResponseReturnValue:
    """Show what is known of the costs, and save rates and sums."""
    result = opened.result()
    profile, versions = load_profile(opened.id)
    form = cost_form(profile, dict(versions), result)
    if form.validate_on_submit():
        proposals = [
            Proposed(key=field.value, value=_values(form, field), base_version=form[version_of(field)].data or 0)
            for field in CostField
        ]
        saved = save_profile(opened.id, proposals, who=opened.record.who, at=now(), idempotency_key=idempotency_key())
        if saved.conflicts:
            _mark(form, saved.conflicts)
            return _page(opened, form, form.errors_to_show(named=True)), 409
        return lead_on(url_for("costs.show", assessment_id=opened.id), Done.SAVED)
    return _page(opened, form, form.errors_to_show(named=True)), status_of(form)


def _values(form: CostForm, field: CostField) -> Values:
    typed = form[field.value].data
    return None if typed in (None, "") else (str(typed),)


def _mark(form: CostForm, conflicts: Sequence[Conflict[Values]]) -> None:
    """Say at each field what somebody else saved meanwhile; the next save is made from that version."""
    for conflict in conflicts:
        field = CostField(conflict.key)
        who, amount = changer_in_words(conflict.changed_by), " ".join(conflict.theirs or ())
        form[field.value].errors = [page_wording.cost_changed(who, amount)]
        form[version_of(field)].raw_data = None
        form[version_of(field)].data = conflict.version


def _page(opened: AssessmentContext, form: CostForm, errors: Sequence[FormError]) -> str:
    result = opened.result()
    return render_template(
        "planning/costs.html",
        opened=opened,
        form=form,
        errors=errors,
        fields=[form[field.value] for field in CostField],
        versions=[(version_of(field), form[version_of(field)].data or 0) for field in CostField],
        is_told=bool(entered(result.profile)),
        blocks=tuple(cost_blocks(cost(result))),
        prices=[wording.price(price.land, price.year, price.fact.text) for price in result.library.prices],
        currency_field=CostField.CURRENCY.value,
        title=wording.TITLE,
        others_wrote=wording.OTHERS_WROTE,
    )
