"""Accepting a worksheet: what stands in the way, the versions that were accepted, and what changed since the last."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.domain.accepted_worksheet import Since, SinceLine, accept, cannot_accept, since
from assessment.domain.rights import Right
from assessment.reports.wording import worksheet_since
from assessment.reports.wording.worksheet_lines import line_name
from assessment.storage.merge_save import Proposed
from assessment.storage.worksheets import ACCEPTED, LINE, WorksheetEntry, save_entries
from assessment.web.shell.context import AssessmentContext, now
from assessment.web.shell.done import lead_on, what_was_done
from assessment.web.shell.forms import FormError, PageForm, status_of
from assessment.web.shell.idempotency import idempotency_key
from assessment.web.shell.rights import with_assessment
from assessment.web.wording import worksheets as wording
from assessment.web.wording.done import Done
from assessment.web.worksheets.gather import OpenedWorksheet, check_of, open_worksheet

blueprint = Blueprint("accepted", __name__)


class AcceptForm(PageForm):
    """Accept a worksheet as it is."""


@dataclass(frozen=True, kw_only=True)
class SinceRow:
    """A line that stands in some way to the version that was accepted last."""

    line_id: str
    name: str
    href: str
    version: int
    changes: tuple[tuple[str, str, str], ...]


@blueprint.route("/a/<assessment_id>/worksheets/<worksheet_id>/accepted", methods=["GET", "POST"])
@with_assessment(may=Right.READ, post=Right.PLAN)
def show(opened: AssessmentContext, worksheet_id: str) -> ResponseReturnValue:
    """Show accepted versions and what changed since; accept the worksheet as it is today, where nothing stands in the way."""
    at = open_worksheet(opened, worksheet_id)
    if not at.worksheet.conclusion_in:
        abort(404)
    if request.method == "GET":
        return _page(at, ())
    form = AcceptForm()
    if not form.validate():
        return _page(at, tuple(form.errors_to_show())), status_of(form)
    if blocking := _blocking(at):
        return _page(at, tuple(FormError(href=href, text=text) for text, href in blocking)), 422
    # The number the form was made for: sent twice it is one version, and of two people one is told.
    number = min(max(1, request.form.get("number", 0, type=int)), _next_number(at))
    values = accept(at.complete, number, at.line_versions).to_values()
    saved = save_entries(
        opened.id,
        worksheet_id,
        [Proposed(key=f"{ACCEPTED}/{number}", value=WorksheetEntry(values=values), base_version=0)],
        who=opened.record.who,
        at=now(),
        check=check_of(at),
        idempotency_key=idempotency_key(),
    )
    if saved.conflicts:
        return _page(at, (FormError(href="#main", text=wording.accepted_meanwhile()),)), 409
    return lead_on(url_for("accepted.show", assessment_id=opened.id, worksheet_id=worksheet_id), Done.ACCEPTED)


def _next_number(at: OpenedWorksheet) -> int:
    return max((each.number for each in at.accepted), default=0) + 1


def _blocking(at: OpenedWorksheet) -> list[tuple[str, str]]:
    """Return what stands in the way of accepting, each with where to mend it."""
    rules = {rule.id: rule for rule in at.worksheet.rules}
    found = []
    for blocked in cannot_accept(at.complete):
        if blocked in rules:
            lines = [each.line.id for each in at.complete.by_rule[blocked] if each.line]
            text = wording.stands_in_the_way(rules[blocked].says, lines)
            found.append((text, at.part_address(rules[blocked].register)))
        else:
            found.append((wording.fill_in_first(at.worksheet.registers[blocked].title), at.part_address(blocked)))
    return found


def _page(at: OpenedWorksheet, errors: tuple[FormError, ...]) -> str:
    last = at.last_accepted
    stands = since(last, at.complete) if last else ()
    return render_template(
        "worksheets/accepted.html",
        opened=at.opened,
        at=at,
        versions=list(reversed(at.accepted)),
        blocking=_blocking(at),
        since=worksheet_since.title(last.version) if last else "",
        groups=[(worksheet_since.HOW[how], how is Since.TO_CONFIRM, _rows(at, stands, how)) for how in Since],
        form=AcceptForm(formdata=None),
        number=_next_number(at),
        errors=errors,
        is_still_so=what_was_done() is Done.STILL_SO,
    )


def _rows(at: OpenedWorksheet, stands: Sequence[SinceLine], how: Since) -> list[SinceRow]:
    last = at.last_accepted
    return [
        SinceRow(
            line_id=found.line.id,
            name=line_name(at.filled, found.line),
            href=at.line_address(found.line.id),
            version=at.version(LINE, found.line.id),
            changes=tuple(worksheet_since.changes(found, at.filled, last.filled)) if last and not found.line.removed else (),
        )
        for found in stands
        if found.how is how
    ]
