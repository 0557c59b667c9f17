"""One line of a worksheet: filling it in, deleting it and bringing it back, with two people at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from assessment.domain.accepted_worksheet import Since, stands
from assessment.domain.limits import MOST_LINES
from assessment.domain.rights import Right
from assessment.domain.significance import significance
from assessment.domain.worksheet import Register
from assessment.domain.worksheet_entry import faults_among, needed_by, read_entry
from assessment.domain.worksheet_faults import FieldFault
from assessment.domain.worksheet_lines import Line
from assessment.reports.wording import worksheet_since
from assessment.reports.wording.significance import steps_in_words, verdict_in_words
from assessment.reports.wording.worksheet_lines import field_in_words, line_in_full, line_name
from assessment.storage.filled_worksheets import entry_of, line_of
from assessment.storage.merge_save import Conflict, Proposed, SaveResult
from assessment.storage.worksheets import LINE, NoRoomError, WorksheetEntry, save_entries
from assessment.web.shell.context import AssessmentContext, now, own_today
from assessment.web.shell.done import lead_on
from assessment.web.shell.forms import FormError, PageForm, version_sent
from assessment.web.shell.idempotency import idempotency_key
from assessment.web.shell.kept_forms import FormToCome, cached_form_page
from assessment.web.shell.rights import require, with_assessment
from assessment.web.wording import worksheets as wording
from assessment.web.wording.done import Done
from assessment.web.wording.worksheet_faults import fault_in_words
from assessment.web.worksheets.gather import (
    FaultyLineError,
    NeededLineError,
    OpenedWorksheet,
    check_of,
    open_worksheet,
)
from assessment.web.worksheets.line_form import PREFIX, Typed, lists_of, typed_in, views

blueprint = Blueprint("lines", __name__)
# Buttons of the form of a line.
ANOTHER, DELETE, RESTORE, STILL_SO = "another", "delete", "restore", "still"
# Where a form says that it stands among the lines that the next review goes through.
REVIEWING = "reviewing"


class LineForm(PageForm):
    """A line; its fields come from the content."""


@dataclass(frozen=True, kw_only=True)
class LinePlace:
    """Where one is: a line of a register of a worksheet, new or there already."""

    at: OpenedWorksheet
    register: Register
    line_id: str

    @property
    def is_new(self) -> bool:
        """Whether the line gets its id when it is saved."""
        return self.line_id == self.register.prefix

    @property
    def line(self) -> Line:
        """The line as it is stored; an empty one where it is not."""
        return self.at.filled.lines.get(self.line_id, Line(id=self.line_id))

    @property
    def version(self) -> int:
        """The version that is stored."""
        return 0 if self.is_new else self.at.version(LINE, self.line_id)

    @property
    def part_address(self) -> str:
        """The address of the page that the register stands on."""
        return self.at.part_address(self.register.id)

    def address(self, line_id: str) -> str:
        """Return the address of a line of this register."""
        return self.at.line_address(line_id)


@blueprint.route("/a/<assessment_id>/worksheets/<worksheet_id>/lines/<line_id>", methods=["GET", "POST"])
@with_assessment(may=Right.READ, post=Right.ANSWER)
def line(opened: AssessmentContext, worksheet_id: str, line_id: str) -> ResponseReturnValue:
    """Show one line and save it: nothing is needed, and what is wrong comes back as it was typed."""
    at = open_worksheet(opened, worksheet_id)
    register = at.register_of(line_id)
    if register.single and line_id == register.prefix:
        return redirect(at.line_address(f"{line_id}1"), 303)
    place = LinePlace(at=at, register=register, line_id=line_id)
    if place.is_new:
        require(Right.ANSWER)
    if request.method == "GET":
        return cached_form_page(opened, f"line {worksheet_id} {line_id}", LineForm(formdata=None), partial(_page, place))
    form = LineForm()
    if not form.validate():
        return _page(place, typed=typed_in(register, request.form), errors=form.errors_to_show()), 400
    if request.form.get("save") in (DELETE, RESTORE, STILL_SO) and not place.is_new:
        return _press(place, request.form["save"])
    return _save_typed(place)


def _save_typed(place: LinePlace) -> ResponseReturnValue:
    typed = typed_in(place.register, request.form)
    stored = place.line
    values, faults = read_entry(place.register, typed, lists_of(place.at.filled), own_today(), stored)
    wanted = replace(stored, values=values, removed=False)
    found = (*faults, *(() if faults else faults_among(place.at.filled, wanted, place.at.today)))
    if found:
        return _page(place, typed=typed, faults=found), 422
    return _saved(place, wanted, typed)


def _press(place: LinePlace, button: str) -> ResponseReturnValue:
    """Delete a line, bring it back, or say that it is still so."""
    wanted = replace(place.line, removed=button == DELETE)
    if button == STILL_SO:
        wanted = replace(place.line, confirmed_on=place.at.today)
    return _saved(place, wanted, None)


def _saved(place: LinePlace, wanted: Line, typed: Typed | None) -> ResponseReturnValue:
    try:
        result = _save(place, wanted)
    except FaultyLineError as error:
        return _page(place, typed=typed, faults=error.faults), 422
    except NeededLineError as error:
        names = [line_in_full(place.at.filled, each) for each in error.lines]
        return _page(place, errors=[FormError(href="#needed", text=wording.needed_by(names))], needed=error.lines), 422
    except NoRoomError:
        return _page(place, typed=typed, errors=[FormError(href="#main", text=wording.no_room(MOST_LINES))]), 422
    for conflict in result.conflicts:
        return _page(place, typed=typed, conflict=conflict), 409
    if request.form.get("save") == ANOTHER and not place.register.single:
        return lead_on(place.address(place.register.prefix), Done.SAVED)
    (key,) = {**result.saved, **result.unchanged}
    line_id = key.rpartition("/")[2]
    if request.form.get("from") == REVIEWING:
        return lead_on(place.at.accepted_address(), Done.STILL_SO)
    if wanted.removed:
        return lead_on(place.part_address, Done.DELETED, line=line_id)
    done = Done.BROUGHT_BACK if request.form.get("save") == RESTORE else Done.SAVED
    return lead_on(f"{place.part_address}#{line_id}", done, line=line_id)


def _save(place: LinePlace, wanted: Line) -> SaveResult[WorksheetEntry]:
    opened = place.at.opened
    proposed = Proposed(key=f"{LINE}/{place.line_id}", value=entry_of(wanted), base_version=version_sent())
    return save_entries(
        opened.id,
        place.at.worksheet.id,
        [proposed],
        who=opened.record.who,
        at=now(),
        check=check_of(place.at),
        idempotency_key=idempotency_key(),
    )


def _page(
    place: LinePlace,
    form: FormToCome | None = None,
    *,
    typed: Typed | None = None,
    faults: Sequence[FieldFault] = (),
    errors: Sequence[FormError] = (),
    conflict: Conflict[WorksheetEntry] | None = None,
    needed: Sequence[Line] = (),
) -> str:
    at, register, shown = place.at, place.register, place.line
    if conflict is None and shown.removed and typed is None and not errors and not at.opened.may(Right.ANSWER):
        abort(404)
    chosen = {questionnaire.standard.id for questionnaire in at.opened.questionnaires}
    fields = views(at.filled, register, shown, typed, faults, chosen)
    found = [FormError(href=f"#{PREFIX}{fault.field.id}", text=fault_in_words(fault, at.worksheet)) for fault in faults]
    method = at.worksheet.method_of(register.id)
    judged = significance(method, at.filled, shown, at.today) if method and not place.is_new else None
    theirs = line_of(place.at.worksheet, place.line_id, conflict.theirs, None) if conflict else None
    return render_template(
        "worksheets/line.html",
        opened=at.opened,
        at=at,
        place=place,
        register=register,
        part=at.worksheet.part_of(register.id),
        line=shown,
        name=line_name(at.filled, shown),
        first=[view for view in fields if not view.field.folded],
        folded=[view for view in fields if view.field.folded],
        form=form or LineForm(formdata=None),
        version=conflict.version if conflict else version_sent() if typed is not None else place.version,
        errors=[*errors, *found],
        conflict=conflict,
        theirs=[(field.label, _told(place, theirs, field.id)) for field in register.fields if theirs.values.get(field.id)]
        if theirs
        else [],
        told=[(field.label, _told(place, shown, field.id)) for field in register.fields if shown.values.get(field.id)],
        judged=judged,
        asks=_asks(place) if conflict is None and typed is None else "",
        steps=steps_in_words(judged, register) if judged else [],
        verdict=verdict_in_words(judged) if judged else "",
        needed=needed or (needed_by(at.filled, place.line_id) if not place.is_new else ()),
        candidate=at.worksheet.candidate(shown.candidate) if shown.candidate else None,
    )


def _asks(place: LinePlace) -> str:
    """Return that nobody said since a version was accepted that this line is still so; empty where there is nothing to ask."""
    last = place.at.last_accepted
    if last is None or stands(place.line, last.filled.lines.get(place.line_id), place.at.today) is not Since.TO_CONFIRM:
        return ""
    return worksheet_since.nobody_said(last.version)


def _told(place: LinePlace, line: Line, field_id: str) -> str:
    """Return what a field of a line says, in words."""
    return field_in_words(place.at.filled, line, place.register.by_id[field_id])
