"""Candidates of the starter lists: happens here, not here because, later. A candidate is never an answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from assessment.domain.candidate_copies import copied_values, pointing_copies
from assessment.domain.completeness import chosen_lists
from assessment.domain.limits import LONGEST_WORKSHEET_TEXT, MOST_LINES
from assessment.domain.rights import Right
from assessment.domain.starter_list import Candidate
from assessment.domain.worksheet import Register
from assessment.domain.worksheet_lines import Declined, Line
from assessment.reports.wording.worksheet_lines import field_in_words
from assessment.storage.filled_worksheets import entry_of, filled_from
from assessment.storage.merge_save import Proposed, SaveResult
from assessment.storage.worksheets import (
    CANDIDATE,
    LINE,
    Along,
    Entries,
    NoRoomError,
    WorksheetEntry,
    nothing_along,
    save_entries,
)
from assessment.web.shell.changer import changer_in_words
from assessment.web.shell.context import AssessmentContext, now
from assessment.web.shell.done import lead_on
from assessment.web.shell.forms import FormError, PageForm, paragraph, status_of, version_sent
from assessment.web.shell.idempotency import idempotency_key
from assessment.web.shell.rights import with_assessment
from assessment.web.wording import worksheets as wording
from assessment.web.wording.done import Done
from assessment.web.wording.worksheet_faults import fault_in_words
from assessment.web.worksheets.gather import FaultyLineError, OpenedWorksheet, check_of, open_worksheet

blueprint = Blueprint("candidates", __name__)
HERE, NOT_HERE, LATER = "here", "not-here", "later"


class CandidateForm(PageForm):
    """What is said about one candidate."""

    because = paragraph(wording.NOT_HERE_BECAUSE)


@dataclass(frozen=True, kw_only=True)
class CandidateView:
    """A candidate as a page shows it: what it would say, what was said about it, and the lines copied from it."""

    candidate: Candidate
    name: str
    told: tuple[tuple[str, str], ...]
    as_of: str
    declined: Declined | None
    copies: tuple[Line, ...]
    version: int
    typed: str
    error: str


@blueprint.route("/a/<assessment_id>/worksheets/<worksheet_id>/candidates/<register_id>", methods=["GET", "POST"])
@with_assessment(may=Right.READ, post=Right.ANSWER)
def show(opened: AssessmentContext, worksheet_id: str, register_id: str) -> ResponseReturnValue:
    """Show what is usual in the trades that were chosen, to be taken, turned down with a reason, or left for later."""
    at = open_worksheet(opened, worksheet_id)
    register = at.worksheet.registers.get(register_id)
    if register is None:
        abort(404)
    if request.method == "GET":
        return _page(at, register)
    form = CandidateForm()
    if not form.validate():
        return _page(at, register, errors=form.errors_to_show()), status_of(form)
    candidate = at.worksheet.candidate(request.form.get("candidate", ""))
    if candidate is None or candidate.register != register.id:
        return _page(at, register, errors=[FormError(href="#main", text=wording.candidate_gone())]), 409
    return _decide(at, register, candidate, form.because.data or "")


def _decide(at: OpenedWorksheet, register: Register, candidate: Candidate, because: str) -> ResponseReturnValue:
    button = request.form.get("decide")
    errors = []
    if button not in (HERE, NOT_HERE, LATER):
        errors.append(FormError(href="#main", text=wording.press_one()))
    elif button == NOT_HERE and not because.strip():
        errors.append(FormError(href=f"#because-{candidate.id}", text=wording.reason_for_not_here()))
    elif len(because) > LONGEST_WORKSHEET_TEXT:
        text = wording.reason_too_long(len(because), LONGEST_WORKSHEET_TEXT)
        errors.append(FormError(href=f"#because-{candidate.id}", text=text))
    if errors:
        return _page(at, register, errors=errors, of=candidate.id, typed=because), 422
    if button == HERE:
        errors = [FormError(href="#main", text=text) for text in _take(at, register, candidate)]
        if errors:
            return _page(at, register, errors=errors), 422
    else:
        values = {"because": because} if button == NOT_HERE else {"later": "yes"}
        result = _save(
            at, Proposed(key=f"{CANDIDATE}/{candidate.id}", value=WorksheetEntry(values=values), base_version=version_sent())
        )
        for conflict in result.conflicts:
            text = wording.changed_meanwhile(candidate.id, changer_in_words(conflict.changed_by))
            return _page(at, register, errors=[FormError(href="#main", text=text)], of=candidate.id, typed=because), 409
    return lead_on(f"{at.candidates_address(register.id)}#{candidate.id}", Done.SAVED)


def _take(at: OpenedWorksheet, register: Register, candidate: Candidate) -> list[str]:
    """Copy a candidate into a line, and let the copies of what wants it point at that line; return what stands in the way."""

    def pointing(stored: Entries, new: Sequence[str]) -> list[Proposed[WorksheetEntry]]:
        filled = filled_from(at.worksheet, stored)
        return [
            Proposed(key=f"{LINE}/{line.id}", value=entry_of(line), base_version=stored[LINE][line.id].version)
            for line in pointing_copies(filled, candidate, *new)
        ]

    copy = WorksheetEntry(values=copied_values(at.filled, candidate), candidate=candidate.id)
    try:
        _save(at, Proposed(key=f"{LINE}/{register.prefix}", value=copy, base_version=0), along=pointing)
    except NoRoomError:
        return [wording.no_room(MOST_LINES)]
    except FaultyLineError as error:
        return [wording.of_line(error.line_id, fault_in_words(fault, at.worksheet)) for fault in error.faults]
    return []


def _save(at: OpenedWorksheet, proposed: Proposed[WorksheetEntry], along: Along = nothing_along) -> SaveResult[WorksheetEntry]:
    return save_entries(
        at.opened.id,
        at.worksheet.id,
        [proposed],
        who=at.opened.record.who,
        at=now(),
        check=check_of(at),
        along=along,
        idempotency_key=idempotency_key(),
    )


def _page(at: OpenedWorksheet, register: Register, *, errors: Sequence[FormError] = (), of: str = "", typed: str = "") -> str:
    offered = [each for each in at.worksheet.starter.offered(chosen_lists(at.filled)) if each.register == register.id]
    text = errors[0].text if errors else ""
    shown = [_view(at, register, each, typed if each.id == of else "", text if each.id == of else "") for each in offered]
    waiting = [view for view in shown if not view.copies and (view.declined is None or view.declined.later)]
    return render_template(
        "worksheets/candidates.html",
        opened=at.opened,
        at=at,
        register=register,
        part=at.worksheet.part_of(register.id),
        waiting=[*(view for view in waiting if not view.declined), *(view for view in waiting if view.declined)],
        decided=[view for view in shown if view not in waiting],
        lists=[each for each in at.worksheet.starter.lists if each.for_all or each.id in chosen_lists(at.filled)],
        form=CandidateForm(formdata=None),
        errors=errors,
    )


def _view(at: OpenedWorksheet, register: Register, candidate: Candidate, typed: str, error: str) -> CandidateView:
    declined = at.filled.declined.get(candidate.id)
    copy = Line(id="", values=candidate.values)
    told = [
        (field.label, field_in_words(at.filled, copy, field))
        for field in register.fields
        if candidate.values.get(field.id) and field.id != register.named_by
    ]
    named = (at.worksheet.candidate(target) for targets in candidate.points.values() for target in targets)
    duties = [str(each.values.get(at.worksheet.registers[each.register].named_by, "")) for each in named if each]
    return CandidateView(
        candidate=candidate,
        name=str(candidate.values.get(register.named_by, "")),
        told=(*told, *(((wording.points_at(), "; ".join(duties)),) if duties else ())),
        as_of=wording.as_of(candidate.as_of, candidate.months_old(at.today), old=candidate.is_old(at.today)),
        declined=declined,
        copies=at.filled.taken(candidate.id),
        version=at.version(CANDIDATE, candidate.id),
        typed=typed or (declined.because if declined else ""),
        error=error,
    )
