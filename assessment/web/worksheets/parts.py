"""A worksheet and its parts: how far each is, its lines, and what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, url_for

from assessment.domain.completeness import Missing, open_lines, parts_in_order, undecided
from assessment.domain.rights import Right
from assessment.domain.significance import Separation, Significance, judged, separation
from assessment.domain.worksheet import Part, Register
from assessment.domain.worksheet_lines import Line
from assessment.reports.wording.missing import grouped
from assessment.reports.wording.significance import separation_in_words, verdict_in_words
from assessment.reports.wording.worksheet_lines import field_in_words, line_in_full, line_name
from assessment.reports.worksheet_files import days_ahead
from assessment.reports.worksheet_summary import WorksheetSummary
from assessment.storage.worksheets import LINE
from assessment.web.shell.context import AssessmentContext
from assessment.web.shell.done import line_of_it, what_was_done
from assessment.web.shell.forms import PageForm
from assessment.web.shell.rights import with_assessment
from assessment.web.wording import done as done_wording
from assessment.web.wording import worksheets as wording
from assessment.web.wording.questions import STATUSES
from assessment.web.worksheets.gather import OpenedWorksheet, open_worksheet, read_worksheet, worksheets_of
from assessment.web.worksheets.line_form import has_candidates
from assessment.web.worksheets.proposed import proposals_of

blueprint = Blueprint("worksheets", __name__)


@dataclass(frozen=True, kw_only=True)
class WorksheetRow:
    """A worksheet on the overview and at the step that it does: where it is, how far, as an id for styles and in words."""

    title: str
    href: str
    status: str
    status_text: str
    progress: str


@dataclass(frozen=True, kw_only=True)
class PartRow:
    """A part on the page of a worksheet."""

    part: Part
    href: str
    status: str
    progress: str


@dataclass(frozen=True, kw_only=True)
class LineRow:
    """A line on the page of its part: what it is called, what it says in short, and how it is judged."""

    line: Line
    name: str
    href: str
    short: str
    verdict: str
    is_significant: bool
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class RegisterView:
    """A register on the page of its part, with its lines and those that were deleted."""

    register: Register
    rows: tuple[LineRow, ...]
    deleted: tuple[LineRow, ...]
    add: str
    candidates: str
    waiting: int
    hint: str


@dataclass(frozen=True, kw_only=True)
class MissingRow:
    """One thing that is missing: what is to be done, the line it is about, and where to do it."""

    text: str
    line: str
    href: str


# So many fields of a line are shown with it.
MOST_SHORT = 3


def rows_of(opened: AssessmentContext) -> list[WorksheetRow]:
    """Return the worksheets of an assessment, each with how far it is."""
    return [_row(read_worksheet(opened, worksheet)) for worksheet in worksheets_of(opened)]


def rows_by_step(opened: AssessmentContext) -> dict[str, WorksheetRow]:
    """Return the worksheets of an assessment by the key of the step that each does."""
    return {worksheet.step: _row(read_worksheet(opened, worksheet)) for worksheet in worksheets_of(opened)}


def row_of_step(opened: AssessmentContext, action: str) -> WorksheetRow | None:
    """Return the worksheet that does a step, with how far it is; ``None`` where none does."""
    return rows_by_step(opened).get(action)


def _row(at: OpenedWorksheet) -> WorksheetRow:
    missing = at.missing_count
    status = _status(at.parts_begun, missing)
    return WorksheetRow(
        title=at.worksheet.title,
        href=at.address(),
        status=status,
        status_text=STATUSES[status],
        progress=wording.progress(at.parts_begun, at.complete.parts_complete, len(at.worksheet.parts), missing),
    )


def _status(begun: int, missing: int) -> str:
    if not begun:
        return "not-started"
    return "in-progress" if missing else "completed"


@blueprint.get("/a/<assessment_id>/worksheets/<worksheet_id>/")
@with_assessment(may=Right.READ)
def show(opened: AssessmentContext, worksheet_id: str) -> str:
    """Show a worksheet: what stands open first, its parts in the order that serves this firm, and what comes of it."""
    at = open_worksheet(opened, worksheet_id)
    return opened.cached_page(f"worksheet {worksheet_id}", lambda: _show(at))


def _show(at: OpenedWorksheet) -> str:
    return render_template(
        "worksheets/show.html",
        opened=at.opened,
        at=at,
        row=_row(at),
        parts=[_part_row(at, part) for part in parts_in_order(at.filled, at.today)],
        first=[_line_row(at, line, None) for line in open_lines(at.filled, at.today)],
        proposals=len(proposals_of(at)),
        missing=at.missing_count,
        has_days_ahead=any(days_ahead(WorksheetSummary(organisation="", on=at.today, filled=at.filled))),
        statuses=STATUSES,
    )


def _part_row(at: OpenedWorksheet, part: Part) -> PartRow:
    lines = sum(len(at.filled.of(register.id)) for register in part.registers)
    missing = len(at.complete.of_part(part))
    return PartRow(
        part=part,
        href=url_for("worksheets.part", assessment_id=at.opened.id, worksheet_id=at.worksheet.id, part_id=part.id),
        status=_status(lines, missing),
        progress=wording.part_progress(lines, missing),
    )


@blueprint.get("/a/<assessment_id>/worksheets/<worksheet_id>/<part_id>")
@with_assessment(may=Right.READ)
def part(opened: AssessmentContext, worksheet_id: str, part_id: str) -> str:
    """Show one part with its registers, line by line."""
    at = open_worksheet(opened, worksheet_id)
    shown = at.worksheet.part(part_id)
    if shown is None:
        abort(404)
    return opened.cached_page(f"worksheet {worksheet_id}, part {part_id}", lambda: _part(at, shown))


def _part(at: OpenedWorksheet, shown: Part) -> str:
    ordered = parts_in_order(at.filled, at.today)
    position = ordered.index(shown)
    touched = at.filled.lines.get(line_of_it()) if what_was_done() else None
    return render_template(
        "worksheets/part.html",
        opened=at.opened,
        at=at,
        part=shown,
        registers=[_register_view(at, register) for register in shown.registers],
        missing=missing_rows(at, shown),
        touched=touched,
        deleted=done_wording.line_deleted(touched.id) if touched and touched.removed else "",
        version=at.version(LINE, touched.id) if touched else 0,
        form=PageForm(formdata=None),
        following=_part_row(at, ordered[position + 1]) if position + 1 < len(ordered) else None,
    )


def _register_view(at: OpenedWorksheet, register: Register) -> RegisterView:
    method = at.worksheet.method_of(register.id)
    scores = {each.line.id: each for each in judged(at.filled, method, at.today)} if method else {}
    separates = separation(method, tuple(scores.values())) if method else Separation.FINE
    lines: Iterable[Line] = (at.filled.single(register.id),) if register.single else at.filled.of(register.id)
    offered = has_candidates(at.filled, register)
    return RegisterView(
        register=register,
        rows=tuple(_line_row(at, line, scores.get(line.id)) for line in lines),
        deleted=tuple(_line_row(at, line, None) for line in at.deleted(register)),
        add="" if register.single else at.line_address(register.prefix),
        candidates=at.candidates_address(register.id) if offered else "",
        waiting=undecided(at.filled, register.id) if offered else 0,
        hint=separation_in_words(method, separates) if method else "",
    )


def _line_row(at: OpenedWorksheet, line: Line, score: Significance | None) -> LineRow:
    register = at.worksheet.register_of(line.id)
    name = line_name(at.filled, line)
    said = [
        field_in_words(at.filled, line, field)
        for field in (register.fields if register else ())
        if line.values.get(field.id) and register and field.id != register.named_by and not field.folded
    ]
    opens = at.worksheet.open_first.get(register.id, ()) if register else ()
    if register is not None and (register.single or not name):
        name = register.title if register.single else wording.nothing_there(register.title)
    return LineRow(
        line=line,
        name=name,
        href=at.line_address(line.id),
        short=", ".join(said[:MOST_SHORT]),
        verdict=verdict_in_words(score) if score else "",
        is_significant=bool(score and score.is_significant),
        is_open=bool(opens) and all(each.holds(line.values, at.today) for each in opens),
    )


@blueprint.get("/a/<assessment_id>/worksheets/<worksheet_id>/missing")
@with_assessment(may=Right.READ)
def missing(opened: AssessmentContext, worksheet_id: str) -> str:
    """List what is missing for a complete worksheet, each with where to do it."""
    at = open_worksheet(opened, worksheet_id)
    return opened.cached_page(f"worksheet {worksheet_id}, missing", lambda: _missing(at))


def _missing(at: OpenedWorksheet) -> str:
    parts = [(part, missing_rows(at, part)) for part in parts_in_order(at.filled, at.today)]
    return render_template("worksheets/missing.html", opened=at.opened, at=at, parts=[each for each in parts if each[1]])


def missing_rows(at: OpenedWorksheet, part: Part) -> list[MissingRow]:
    """Return what is missing in a part as a page shows it; the empty fields of one line are one row."""
    return [_missing_row(at, each, text) for each, text in grouped(at.complete.of_part(part))]


def _missing_row(at: OpenedWorksheet, missing: Missing, text: str) -> MissingRow:
    if missing.line is not None:
        return MissingRow(text=text, line=line_in_full(at.filled, missing.line), href=at.line_address(missing.line.id))
    if missing.count and has_candidates(at.filled, missing.register):
        return MissingRow(text=text, line="", href=at.candidates_address(missing.register.id))
    return MissingRow(text=text, line="", href=at.part_address(missing.register.id))
